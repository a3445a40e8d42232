"""Words and signs of an answer on interactions: actions, worst first, what changes, names in the order asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monocli.records.output.interactions import DrugAsked, Finding, Interactions
    from monocli.records.words import Action
    from monocli.render.page import Page, Text

ACTIONS: dict[Action, str] = {"avoid": "AVOID", "adjust": "ADJUST", "monitor": "MONITOR", "note": "NOTE"}
"""Worst first."""
_SIGNS: dict[Action, tuple[str, str]] = {
    "avoid": ("■", "X"),
    "adjust": ("▲", "!"),
    "monitor": ("●", "o"),
    "note": ("○", "i"),
}
"""Each with the form for encodings that cannot carry it."""
_VERBS = {"increase": "increases", "decrease": "decreases"}
NOT_STATED = "not stated"
"""The effect of a finding whose source names the pair and no effect."""


def sign(action: Action, page: Page) -> Text:
    """The sign of an action."""
    return page.sign(*_SIGNS[action], action)


def marked(action: Action, page: Page) -> Text:
    """The sign and the word of an action: colour never says it alone."""
    return sign(action, page).append_text(page.text(f" {ACTIONS[action]}", action))


def change(finding: Finding) -> str:
    """What becomes of what: "increases risk of bleeding"."""
    if finding["effect"] == NOT_STATED:
        return "effect not stated by the source"
    verb = _VERBS.get(finding["direction"])
    return f"{verb} {finding['effect']}" if verb else finding["effect"]


def graded(finding: Finding) -> str:
    """The source's own level, once where its id and its label are one word: "CI, contraindicated", "critical"."""
    level = finding["source_level"]
    if level is None:
        return ""
    same = level["value"].casefold() == level["label"].casefold()
    return level["label"] if same else f"{level['value']}, {level['label']}"


BASES = {
    "ndfrt": "joined by us",
    "atc": "joined by us",
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


def pair_name(between: list[str], names: dict[str, str], *, alone: bool = False) -> str:
    """ "warfarin + ibuprofen"; of one drug twice its name; where one name alone was asked for, the other of the two."""
    first, second = in_order(between, names)
    return second if alone or first == second else f"{first} + {second}"
