"""A list of medicines checked pair by pair: what is recorded, what was checked and is not, what was not recognised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any, Protocol

from monocli.engine.answers import Answer, Note, Refusal
from monocli.engine.inputs import ask
from monocli.engine.interactions.index import Index
from monocli.engine.interactions.pairs import PairAnswer, duplicate_finding, pair_answer
from monocli.engine.interactions.shapes import Finding, finding_order
from monocli.engine.names import visible
from monocli.records.words import ACTIONS

Mention = dict[str, Any]
"""What a name resolved to: `query`, `status` (monograph, agent, class, unknown), `id`, `title`, `matched`,
`suggestions`.
"""


class Pairs(Protocol):
    """Where the answers for pairs come from; a batch keeps those that it has met."""

    def __call__(self, first: str, second: str) -> PairAnswer: ...


def check(index: Index, mentions: Sequence[Mention], edition: str, pairs: Pairs | None = None) -> Answer[Any] | Refusal:
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
    others_alone: list[Note] = []
    for first, second in combinations(ids, 2):
        answer = look_up(first, second)
        findings += answer.findings
        notes += answer.notes
        others_alone += other_source_only(index, answer)
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
    warnings += [*others_alone, *see_compat(index, ids), *see_also(index, ids)]
    if unknown or findings or notes:
        refusals = tuple(unknown_name(mention, index) for mention in unknown)
        return Answer(data, tuple(warnings), refusals, empty=not ids)
    return nothing_recorded(data, edition, tuple(warnings))


def shown(mention: Mention) -> dict[str, Any]:
    """A name of the list and what it resolved to, as JSON shows it."""
    keys = ("query", "status", "id")
    asked = {**{key: mention[key] for key in keys}, "name": mention["title"], "matched": mention["matched"]}
    return asked | {key: mention[key] for key in ("mentioned_in",) if key in mention}


_MEANT = "Give the exact name of one of the suggestions if it is meant."
_NOTHING_NEAR = "It is not in this library by this name, and no name in it is spelt nearly so."


def unknown_name(mention: Mention, index: Index | None = None) -> Refusal:
    """The error for a name that was not recognised, or that a monograph only mentions."""
    query = mention["query"]
    if "mentioned_in" in mention:
        where = mention["mentioned_in"]
        message = f"{visible(query)} is only mentioned in the monograph of {where}; nothing is recorded for it"
        hint = f'Every pair with this name is unchecked. See "{ask("show")} {where}".'
        return Refusal("only-mentioned", f"{message}, and it was not checked", hint=hint, detail={"query": query})
    if index is not None and index.names_roles(query):
        hint = "This names many drugs at once. Name the drugs that are meant: each is checked with its enzyme roles."
        return Refusal("unknown-name", f"no drug, so not checked: {visible(query)!r}", hint, detail={"query": query})
    return Refusal(
        "unknown-name",
        f"not recognised, so not checked: {visible(query)!r}" if query.strip() else "an empty name cannot be checked",
        hint=f"Every pair with this name is unchecked. {_MEANT if mention['suggestions'] else _NOTHING_NEAR}",
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


def other_source_only(index: Index, answer: PairAnswer) -> list[Note]:
    """The warning for a pair of which the leading source says nothing and another does: `interactions` is silent on it,
    `notes` are not.
    """
    said = [note for note in answer.notes if note["kind"] == "other-source"]
    if not said or any(finding["level"] != "duplicate" for finding in answer.findings):
        return []
    pair = said[0]["between"]
    action = min((note["action"] for note in said), key=ACTIONS.index)
    by = list(dict.fromkeys(source["source"] for note in said for source in note["sources"]))
    names = " with ".join(index.drugs[drug_id].name for drug_id in pair)
    message = f"only another source speaks of {names} ({', '.join(by)}); what it asks for: {action}"
    detail = {"between": pair, "action": action, "sources": [{"source": source} for source in by]}
    return [Note("other-source-only", message, detail)]


def see_compat(index: Index, ids: Sequence[str]) -> list[Note]:
    """For two drugs of which something is recorded on mixing, which is another question: how to ask it."""
    notes = []
    for owner in ids:
        mixed = index.mixed.get(owner, frozenset())
        for partner in ids:
            if partner in mixed:
                names = f"{index.drugs[owner].name} with {index.drugs[partner].name}"
                command = f"{ask('compat')} {owner} {partner}"
                message = f"something is recorded on mixing {names}, which is another question: {command}"
                notes.append(Note("see-compat", message, {"between": sorted((owner, partner)), "see": command}))
    return notes


def see_also(index: Index, ids: Iterable[str]) -> list[Note]:
    """For a substance whose interactions its source files under another drug: where they stand."""
    notes = []
    for drug_id in ids:
        for owner in index.owners.get(drug_id, {}).get("see_also", []):
            message = f"the source files interactions under {owner}, not {drug_id}; they are shown from there"
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
