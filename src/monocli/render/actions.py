"""What the text of an answer on interactions is made of: actions, worst first, and names in the order asked for."""

from __future__ import annotations

from typing import Any

ACTIONS = {"avoid": "AVOID", "adjust": "ADJUST", "monitor": "MONITOR", "note": "NOTE"}
"""Worst first."""
_WORST_FIRST = tuple(ACTIONS)


def place(stated: dict[str, Any]) -> int:
    """The place of an action, worst first; what has none comes last."""
    action = stated.get("action")
    return _WORST_FIRST.index(action) if action in _WORST_FIRST else len(_WORST_FIRST)


def worse_elsewhere(finding: dict[str, Any]) -> dict[str, Any] | None:
    """What another source says, where it asks for a worse action than the finding itself; the worst of these."""
    worse = [other for other in finding.get("also", []) if place(other) < place(finding)]
    return min(worse, key=place, default=None)


def worst(finding: dict[str, Any]) -> int:
    """The place of the worst action that any source asks for."""
    return place(worse_elsewhere(finding) or finding)


def names_of(data: dict[str, Any]) -> dict[str, str]:
    """Names by id, in the order in which they were asked for; then those of partners."""
    names = {drug["id"]: drug["name"] for drug in data["drugs"] if drug["id"]}
    return names | {
        partner["id"]: partner["name"] for partner in data.get("partners", []) if partner["id"] not in names
    }


def in_order(between: list[str], names: dict[str, str]) -> list[str]:
    """The names of a pair, in the order in which they were asked for."""
    places = {drug_id: place for place, drug_id in enumerate(names)}
    ordered = sorted(between, key=lambda drug_id: places.get(drug_id, len(places)))
    return [names.get(drug_id, drug_id) for drug_id in ordered]
