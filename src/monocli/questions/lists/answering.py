"""A list of a file answered: what is taken is checked pair by pair, and what is not taken is listed with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from monocli.engine.answers import BAD_INPUT, Answer, Note, Refusal
from monocli.engine.interactions.check import Pairs, check, shown, unknown_name
from monocli.engine.interactions.single import recorded
from monocli.engine.names import visible
from monocli.questions.lists.entries import MedicationList
from monocli.questions.lists.fhir import COURSES
from monocli.questions.lists.reading import EntryReader, ReadEntry, place

if TYPE_CHECKING:
    from monocli.engine.interactions.book import InteractionBook
    from monocli.records.output.interactions import DrugAsked, Interactions
    from monocli.records.resolution import Resolution

MAX_ENTRIES = 1000
"""A longer list is refused: its pairs would be half a million and more, which nobody reads."""
_CHECKED = ("yes", "given", "unknown")


def answer_list(
    book: InteractionBook,
    reader: EntryReader,
    held: MedicationList,
    read_as: str,
    pairs: Pairs | None = None,
) -> Answer[Interactions] | Refusal:
    """Every pair of what is taken. `data.drugs` has an item for every drug of every entry, taken or not."""
    says = [f"{place(entry.origin)} says {entry.absence}" for entry in held.entries if entry.absence]
    if len(held.entries) > MAX_ENTRIES:
        message = f"{len(held.entries)} entries; at most {MAX_ENTRIES} are checked at once"
        return Refusal("too-many-names", message, "Part the list.", kind=BAD_INPUT)
    read = [reader.read(entry) for entry in held.entries if not entry.absence]
    if not read:
        return Refusal("no-names", f"no medicine is listed: {'; '.join(says)}")
    taken = [one for one in read if one.entry.standing.taken in _CHECKED]
    counted = _counted(taken)
    single = len(read) == 1 and len(counted) == 1
    outcome = recorded(book, counted) if single else check(book, counted, pairs)
    data = cast("Interactions", outcome.data) if outcome.data else _nothing_taken()
    unread = [one for one in taken if one.error is not None]
    data = {
        **data,
        "drugs": [_shown(one, mention) for one in read for mention in one.mentions],
        "not_checked": [*data["not_checked"], *(m["query"] for one in unread for m in one.mentions)],
        "not_taken": [_not_taken(one) for one in read if one not in taken],
        "read_as": read_as,
    }
    notes = (*_notes(read, says, held.remarks), *outcome.notes)
    refusals = (*_refusals(outcome, counted, book), *(one.error for one in unread if one.error))
    if not taken:
        message = "nothing of the list is being taken, so nothing was checked"
        return Refusal("none-taken", message, notes=notes, data=data)
    if refusals:
        return Answer(data, notes, refusals, empty=not any(mention["id"] for mention in counted))
    if isinstance(outcome, Refusal):
        return Refusal(outcome.code, outcome.message, outcome.hint, notes=notes, data=data)
    return Answer(data, notes)


def _counted(taken: Sequence[ReadEntry]) -> list[Resolution]:
    """The mentions that are checked. One course stands in a record as request, statement and administration: of a drug
    only the first of these kinds counts, or it would be called a duplicate; and of what was given, one dose."""
    kinds: dict[str | None, str] = {}
    readable = [one for one in taken if one.error is None]
    for one in sorted(readable, key=_rank):
        for mention in one.mentions:
            kinds.setdefault(mention["id"], one.entry.origin.get("resource", ""))
    counted: list[Resolution] = []
    given: set[str | None] = set()
    for one in readable:
        kind = one.entry.origin.get("resource", "")
        for mention in one.mentions:
            if mention["id"] is not None and (kind != kinds[mention["id"]] or mention["id"] in given):
                continue
            if kind == COURSES[-1]:
                given.add(mention["id"])
            counted.append(mention)
    return counted


def _rank(one: ReadEntry) -> int:
    kind = one.entry.origin.get("resource", "")
    return COURSES.index(kind) if kind in COURSES else 0


def _refusals(
    outcome: Answer[Interactions] | Refusal, counted: Sequence[Resolution], book: InteractionBook
) -> tuple[Refusal, ...]:
    """The names that were not recognised."""
    if isinstance(outcome, Refusal):
        return tuple(unknown_name(mention, book) for mention in counted if mention["id"] is None)
    return outcome.refusals


def _shown(one: ReadEntry, mention: Resolution) -> DrugAsked:
    """A drug as the answer lists it, with its place in the file and whether it is taken."""
    drug = shown(mention)
    drug["origin"] = one.entry.origin
    drug["taken"] = one.entry.standing.taken
    if one.entry.standing.why:
        drug["taken_why"] = one.entry.standing.why
    if one.by:
        drug["read_by"] = one.by
    return drug


def _not_taken(one: ReadEntry) -> str:
    return str(one.mentions[0]["query"])


def _notes(read: Sequence[ReadEntry], says: list[str], remarks: tuple[str, ...]) -> list[Note]:
    """What is to be known before the pairs are read."""
    notes = [Note("read-with-care", remark) for remark in remarks]
    held = [one for one in read if one.entry.standing.taken == "held"]
    doubtful = [one for one in read if one.entry.standing.taken == "unknown"]
    if held:
        names = ", ".join(_not_taken(one) for one in held)
        message = f"on hold, so not checked, and to be checked before it is started again: {names}"
        notes.append(Note("on-hold", message, {"queries": [_not_taken(one) for one in held]}))
    if doubtful:
        names = "; ".join(f"{_not_taken(one)} ({one.entry.standing.why})" for one in doubtful)
        message = f"whether it is being taken is not told, so it was checked as if it were: {names}"
        notes.append(Note("taken-unknown", message, {"queries": [_not_taken(one) for one in doubtful]}))
    if says:
        listed = f", and {len(read)} other entr{'y' if len(read) == 1 else 'ies'} name medicines"
        notes.append(Note("says-none", f"{visible('; '.join(says), 1000)}{listed}"))
    return [*notes, *(note for one in read for note in one.notes)]


def _nothing_taken() -> Interactions:
    return {"drugs": [], "pairs": [], "interactions": [], "notes": [], "not_recorded": [], "not_checked": []}
