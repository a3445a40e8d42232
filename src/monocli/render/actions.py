"""What the text of an answer on interactions is made of: actions, worst first, and names in the order asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monocli.records.output.interactions import DrugAsked, Interactions

ACTIONS = {"avoid": "AVOID", "adjust": "ADJUST", "monitor": "MONITOR", "note": "NOTE"}
"""Worst first."""

BASES = {
    "ndfrt": "joined by us",
    "inferred, reviewed": "inferred by us, reviewed",
    "form": "a form of what is listed",
}
"""Why a drug is counted to a class by us, in words for readers."""


def is_taken(drug: DrugAsked) -> bool:
    """Whether a drug of a list is checked: a file may say that it is not being taken."""
    return drug.get("taken", "yes") in ("yes", "given", "unknown")


def names_of(data: Interactions) -> dict[str, str]:
    """Names by id, in the order in which they were asked for; then those of partners."""
    names = {drug["id"]: drug["name"] or "" for drug in data["drugs"] if drug["id"]}
    return names | {
        partner["id"]: _named(partner["name"], partner.get("members"))
        for partner in data.get("partners", [])
        if partner["id"] not in names
    }


def _named(name: str, members: int | None) -> str:
    return name if members is None else f"{name} ({members} members)"


def in_order(between: list[str], names: dict[str, str]) -> list[str]:
    """The names of a pair, in the order in which they were asked for."""
    places = {drug_id: place for place, drug_id in enumerate(names)}
    ordered = sorted(between, key=lambda drug_id: places.get(drug_id, len(places)))
    return [names.get(drug_id, drug_id) for drug_id in ordered]
