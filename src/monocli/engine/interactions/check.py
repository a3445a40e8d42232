"""A list of medicines checked pair by pair: what is recorded, what was checked and is not, what was not recognised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any, Protocol

from monocli.engine.answers import Answer, Note, Refusal
from monocli.engine.interactions.index import Index
from monocli.engine.interactions.pairs import PairAnswer, duplicate_finding, pair_answer
from monocli.engine.interactions.shapes import ACTIONS, Finding, finding_order
from monocli.engine.names import visible

Mention = dict[str, Any]
"""What a name resolved to: `query`, `status` (monograph, agent, class, unknown), `id`, `title`, `matched`,
`suggestions`.
"""


class Pairs(Protocol):
    """Where the answers for pairs come from; a batch keeps those that it has met."""

    def __call__(self, first: str, second: str) -> PairAnswer: ...


def check(index: Index, mentions: Sequence[Mention], edition: str, pairs: Pairs | None = None) -> Answer | Refusal:
    """Every pair of the list. `data` is what `mono interactions` shows.

    Findings stand worst action first, then documented, class, predicted, duplicate, then in the order of the list. An
    unknown name makes the answer partial and stands in `not_checked`. Refused as `nothing-recorded` where every name is
    recognised and no pair has anything recorded; `data` is there all the same.
    """
    look_up: Pairs = pairs or (lambda first, second: pair_answer(index, first, second))
    ids = list(dict.fromkeys(mention["id"] for mention in mentions if mention["id"] is not None))
    findings: list[Finding] = duplicates(mentions)
    notes: list[dict[str, Any]] = []
    not_recorded: list[list[str]] = []
    for first, second in combinations(ids, 2):
        answer = look_up(first, second)
        findings += answer.findings
        notes += answer.notes
        if not answer:
            not_recorded.append(sorted((first, second)))
    findings.sort(key=finding_order)
    unknown = [mention for mention in mentions if mention["id"] is None]
    data = {
        "drugs": [shown(mention) for mention in mentions],
        "interactions": findings,
        "notes": notes,
        "not_recorded": sorted(not_recorded),
        "not_checked": [mention["query"] for mention in unknown],
    }
    warnings = [not_recorded_note(len(not_recorded), edition)] if not_recorded else []
    warnings += see_also(index, ids)
    if unknown or findings or notes:
        return Answer(data, tuple(warnings), tuple(unknown_name(mention) for mention in unknown))
    return nothing_recorded(data, edition, tuple(warnings))


def shown(mention: Mention) -> dict[str, Any]:
    """A name of the list and what it resolved to, as JSON shows it."""
    keys = ("query", "status", "id")
    return {**{key: mention[key] for key in keys}, "name": mention["title"], "matched": mention["matched"]}


def unknown_name(mention: Mention) -> Refusal:
    """The error for a name that was not recognised."""
    query = mention["query"]
    return Refusal(
        "unknown-name",
        f"not recognised, so not checked: {visible(query)!r}" if query.strip() else "an empty name cannot be checked",
        hint="Every pair with this name is unchecked. Give the exact name of one of the suggestions if it is meant.",
        suggestions=tuple(mention["suggestions"]),
        detail={"query": query},
    )


def not_recorded_note(count: int, edition: str) -> Note:
    """The warning that stands beside pairs without a record. Absence is never called safe."""
    pairs = f"{count} pair{'s' if count != 1 else ''}"
    return Note(
        "nothing-recorded",
        f"for {pairs}, nothing is recorded in edition {edition}, which is not proof of safety",
        {"pairs": count},
    )


def nothing_recorded(data: dict[str, Any], edition: str, warnings: tuple[Note, ...] = ()) -> Refusal:
    """Every name was recognised, and the library records nothing."""
    return Refusal(
        "nothing-recorded",
        f"recognised, but nothing recorded in edition {edition}, which is not proof of safety",
        hint="Look further: the library holds few monographs, and a role that no source lists is not thereby absent.",
        notes=warnings,
        data=data,
    )


def see_also(index: Index, ids: Iterable[str]) -> list[Note]:
    """For a substance whose interactions its source files under another drug: where to look."""
    notes = []
    for drug_id in ids:
        for owner in index.owners.get(drug_id, {}).get("see_also", []):
            message = f"the source files what is recorded of {drug_id} under {owner}; ask for {owner} as well"
            notes.append(Note("see-also", message, {"id": drug_id, "see": owner}))
    return notes


def duplicates(mentions: Sequence[Mention]) -> list[Finding]:
    """A finding for every drug that the list names more than once."""
    by_id: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention["id"] is not None:
            by_id.setdefault(mention["id"], []).append(mention)
    return [_duplicate(drug_id, same) for drug_id, same in by_id.items() if len(same) > 1]


def _duplicate(id: str, same: list[Mention]) -> Finding:
    names = ", ".join(f"“{visible(mention['query'])}”" for mention in same)
    sources = dict.fromkeys(mention["matched"]["source"] for mention in same if mention["matched"].get("source"))
    statement = f"{names}: {len(same)} names in the list, one drug, {same[0]['title']}."
    return duplicate_finding([id, id], id, statement, [{"source": source} for source in sources])


def threshold_met(data: dict[str, Any], threshold: str) -> bool:
    """Whether any source asks for this action or a worse one: in a finding, beside it, or in a note."""
    return any(ACTIONS.index(action) <= ACTIONS.index(threshold) for action in actions_of(data))


def actions_of(data: dict[str, Any]) -> list[str]:
    """Every action that an answer shows."""
    findings = data["interactions"]
    stated = [*findings, *(item for finding in findings for item in finding.get("also", []))]
    return [item["action"] for item in (*stated, *data["notes"]) if "action" in item]
