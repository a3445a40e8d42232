"""A class asked for as a whole: what is known of its members, drug by drug, that is not said of the class itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from monocli.engine.interactions.findings import initial
from monocli.records.words import ACTIONS

if TYPE_CHECKING:
    from monocli.engine.interactions.book import Drug, InteractionBook
    from monocli.records.output.interactions import Finding, MemberPair

Findings = Callable[[str, str], "Sequence[Finding]"]
"""What is found of two drugs, by their ids, worst first."""
_MOST_NAMED = 8
"""So many members are named in the sentence; of more their number. All stand in `member_pairs`."""
_ASK = "Ask for the members by name."
_CONDITION = "each pair under a condition of its own; ask for its drugs by name"


def of_members(
    book: InteractionBook, one: Drug, other: Drug, own: Sequence[Finding], findings: Findings
) -> list[Finding]:
    """One finding for all pairs of the members of one or two classes of which more is known than `own`, what is said of
    the classes. Its action is the worst of theirs; none where there is no such pair."""
    known = {_said(finding) for finding in own}
    sides = [drug.record.get("members", []) if drug.kind == "class" else [drug.id] for drug in (one, other)]
    checked = {tuple(sorted((here, there))) for here in sides[0] for there in sides[1] if here != there}
    told: list[MemberPair] = []
    also: dict[str, None] = {}
    for here, there in sorted(checked):
        if not book.may_answer(book.drug(here), book.drug(there)):
            continue
        more = [finding for finding in findings(here, there) if _said(finding) not in known]
        if more:
            action = more[0]["action"]
            worst = [finding for finding in more if finding["action"] == action]
            told.append(
                {
                    "between": [here, there],
                    "action": action,
                    "by": list(dict.fromkeys(map(_source, worst))),
                    "conditional": all(finding["conditions"] for finding in worst),
                }
            )
            also.update(dict.fromkeys(map(_source, more)))
    if not told:
        return []
    told.sort(key=lambda pair: (ACTIONS.index(pair["action"]), pair["conditional"]))
    # Who asks for the worst stands first.
    sources = dict.fromkeys([*(source for pair in told for source in pair["by"]), *also])
    finding: Finding = {
        "between": [one.id, other.id],
        "affected": None,
        "direction": "other",
        "effect": "recorded of members",
        "mechanism": None,
        "level": "members",
        "action": told[0]["action"],
        "source_level": None,
        "statement": _statement(book, (one, other), told, len(checked)),
        "management": _ASK,
        "conditions": [_CONDITION] if told[0]["conditional"] else [],
        "references": [],
        "sources": [{"source": source} for source in sources],
        "member_pairs": told,
    }
    return [finding]


def _said(finding: Finding) -> tuple[str, str]:
    """What tells a finding from others: who says it, and what."""
    return finding["statement"], _source(finding)


def _source(finding: Finding) -> str:
    return finding["sources"][0]["source"] if finding["sources"] else ""


def _statement(book: InteractionBook, classes: tuple[Drug, Drug], told: Sequence[MemberPair], checked: int) -> str:
    """How many pairs of members something is known of, which ask for the worst, and how many for what else."""
    of_each = [[pair for pair in told if pair["action"] == action] for action in ACTIONS]
    first, *others = [pairs for pairs in of_each if pairs]
    one, other = classes if classes[0].kind == "class" else classes[::-1]
    found = f"Recorded or predicted of {len(told)} of {checked} pair{'s' if checked != 1 else ''} of members"
    action = first[0]["action"]
    by_condition = {under: [pair for pair in first if pair["conditional"] is under] for under in (False, True)}
    which = "; ".join(
        f"{action}{' under a condition' if under else ''}: {_named(book, one, other, pairs)}"
        for under, pairs in by_condition.items()
        if pairs
    )
    rest = "".join(f"; {pairs[0]['action']}: {len(pairs)}" for pairs in others)
    return f"{found}. {initial(which)}{rest}."


def _named(book: InteractionBook, one: Drug, other: Drug, pairs: Sequence[MemberPair]) -> str:
    """The members of pairs, those with the same partners together."""
    members = one.record.get("members", [])
    others = other.record.get("members", []) if other.kind == "class" else [other.id]
    partners: dict[str, set[str]] = {}
    for pair in pairs:
        here, there = pair["between"]
        # A drug may be a member of the class and its partner.
        if here not in members or there not in others:
            here, there = there, here
        partners.setdefault(here, set()).add(there)
    if other.kind != "class":
        return _some(book, sorted(partners), one)
    together: dict[frozenset[str], list[str]] = {}
    for here, met in partners.items():
        together.setdefault(frozenset(met), []).append(here)
    if len(together) > _MOST_NAMED:
        all_met = frozenset[str]().union(*together)
        return f"{len(pairs)}, of {_some(book, sorted(partners), one)} with {_some(book, sorted(all_met), other)}"
    groups = (f"{_some(book, here, one)} with {_some(book, sorted(met), other)}" for met, here in together.items())
    return "; ".join(groups)


def _some(book: InteractionBook, ids: Sequence[str], group: Drug) -> str:
    """Members of a class by name, or how many they are."""
    total = len(group.record.get("members", []))
    if len(ids) == total > 1:
        return f"all {total} {group.name}"
    if len(ids) > _MOST_NAMED:
        return f"{len(ids)} of {total} {group.name}"
    return ", ".join(book.name_of(id) for id in ids)
