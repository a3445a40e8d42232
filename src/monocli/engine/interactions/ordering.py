"""The order of findings, and of those of one pair what its line says first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from monocli.engine.interactions.enzymes import SENSITIVITIES, STRENGTHS
from monocli.records.words import ACTIONS, LEVELS, STATED

if TYPE_CHECKING:
    from monocli.records.output.interactions import Finding, LaterSource, Pair
    from monocli.records.words import Action

Order = tuple[int, int, int, int]
"""Of a finding: its action, its level, and within the level what is nearest to the pair or strongest."""
NOT_STATED = "not stated"
"""The effect of a finding whose source names the pair, and no effect."""


def finding_order(finding: Finding) -> Order:
    """Worst action first, then by level; by class first where one of the two is named; predictions by the strength of
    the role that acts, then by how sensitive the affected drug is.
    """
    action, level = ACTIONS.index(finding["action"]), LEVELS.index(finding["level"])
    if finding["level"] != "predicted":
        return action, level, len(finding.get("classes", ())), 0
    strength, sensitivity = finding.get("strength"), finding.get("sensitivity")
    return action, level, rank(strength, STRENGTHS), rank(sensitivity, SENSITIVITIES)


def rank(grade: str | None, grades: Sequence[str]) -> int:
    """The place of a grade in its order; a word that is not there, or none, comes last."""
    return grades.index(grade) if grade in grades else len(grades)


def pairs_of(findings: Iterable[Finding]) -> list[Pair]:
    """One line for each pair, in the order in which the findings stand."""
    by_pair: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        by_pair.setdefault(tuple(finding["between"]), []).append(finding)
    return [_pair(found) for found in by_pair.values()]


def leading(findings: Sequence[Finding]) -> Finding:
    """Of the findings of one pair in their order the one to read first: what a source says of the two stands before
    what is derived from enzyme roles, whatever asks for more; of equals one that says what changes."""
    stated = [finding for finding in findings if finding["level"] in STATED]
    first = stated[0] if stated and findings[0]["level"] == "predicted" else findings[0]
    alike = (finding for finding in stated if finding["action"] == first["action"] and first["effect"] == NOT_STATED)
    return next((finding for finding in alike if finding["effect"] != NOT_STATED), first)


def _pair(findings: list[Finding]) -> Pair:
    first, lead = findings[0], leading(findings)
    worst = [finding for finding in findings if finding["action"] == first["action"]]
    asking = (source for finding in worst for source in asking_in(finding))
    pair: Pair = {
        "between": first["between"],
        "action": first["action"],
        "affected": lead["affected"],
        "direction": lead["direction"],
        "effect": lead["effect"],
        "do": next((finding["management"] for finding in worst if finding["management"]), None),
        "by": list(dict.fromkeys(asking)),
        "levels": list(dict.fromkeys(finding["level"] for finding in findings)),
        "conditional": all(finding["conditions"] for finding in worst),
    }
    if later := _later(findings):
        pair["later"] = later
    return pair


def asking_in(finding: Finding) -> list[str]:
    """Ids of the sources that ask for the action of a finding: one, but where it tells of members of a class."""
    of_members = [pair["by"] for pair in finding.get("member_pairs", ()) if pair["action"] == finding["action"]]
    if of_members:
        return list(dict.fromkeys(source for by in of_members for source in by))
    return [source["source"] for source in finding["sources"][:1]]


def _later(findings: Iterable[Finding]) -> LaterSource | None:
    """Where a printed monograph and a label ask for different actions, the later of them."""
    asked: dict[str, dict[tuple[str, str], Action]] = {"monograph": {}, "label": {}}
    for finding in findings:
        if "origin" in finding:
            origin, source = finding["origin"], finding["sources"][0]["source"]
            asked[origin["kind"]].setdefault((origin["date"], source), finding["action"])
    labels = asked["label"].items()
    differing = [
        sorted((ours, label)) for ours, one in asked["monograph"].items() for label, other in labels if one != other
    ]
    # A year alone is not earlier than a day in it.
    dated = [(than, later) for than, later in differing if not later[0].startswith(than[0])]
    if not dated:
        return None
    (_, than), (date, id) = max(dated, key=lambda two: two[1])
    return {"source": id, "date": date, "than": than}
