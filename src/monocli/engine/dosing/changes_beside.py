"""A change during treatment by several sources: which of them answers, and what the others say of the same change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias, cast

from monocli.engine.answers import NO_ANSWER, Answer, Note, Refusal
from monocli.engine.dosing.facts import compared
from monocli.engine.dosing.patient import find_region
from monocli.engine.dosing.requests import Request, named_measurements, named_values
from monocli.engine.dosing.work import listed
from monocli.engine.inputs import INDICATION, SOURCE

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.records.output.adjusting import Adjust, AdjustBeside
    from monocli.records.output.common import Amount, WarningRecord
    from monocli.records.output.dose_rules import ComparedShown, SourceShown

Outcome: TypeAlias = "Answer[Adjust] | Refusal"
Asking: TypeAlias = "Callable[[DoseBook, Request], Outcome]"


def adjust(book: DoseBook, others: Sequence[DoseBook], request: Request, answer: Asking) -> Outcome:
    """The answer of the first source; of another where that alone has rules for the values given. The rest stand
    beside, with what differs."""
    books = [book, *others]
    given = (*request.measurements, *named_measurements(request.given))
    unknown = next((m for m in given if not any(b.variable(m.variable) for b in books)), None)
    if unknown is not None:
        from monocli.engine.dosing.laboratory import no_rule

        return no_rule(book.drug, unknown, tuple(dict.fromkeys(id for one in books for id in one.variables)))
    request = request.replaced(measurements=given, given=(), values=named_values(books, given))
    first = _answering(books, request)
    outcome = answer(first, request)
    if isinstance(outcome, Refusal) and outcome.kind != NO_ANSWER:
        return outcome
    notes = [_answered_by(first, book)] if first is not book else []
    rest = [_beside(other, request, answer) for other in books if other is not first]
    if isinstance(outcome, Refusal):
        return outcome.replaced(notes=(*notes, *outcome.notes, *(_elsewhere(r) for r in rest if r["adjust"])))
    if first is not book:
        outcome.data["compared"] = [*outcome.data["compared"], *_compared(book, request)]
    for other in rest:
        other["differences"] = _differences(outcome.data, other["adjust"]) if other["adjust"] else []
        if other["differences"]:
            message = f"{named(other['about'])} differs: {'; '.join(other['differences'])}."
            notes.append(Note("sources-differ", message, {"source": other["about"]["source"]}))
    if request.indication is not None and outcome.data["indication"] is None:
        message = f"{INDICATION} was not used: this change does not depend on what is treated."
        notes.append(Note("not-used", message, {"field": INDICATION}))
    outcome.data["beside"] = rest
    return Answer(outcome.data, (*notes, *outcome.notes))


def _answering(books: Sequence[DoseBook], request: Request) -> DoseBook:
    """The first source that has rules for every value given; the very first where none has."""
    return next((b for b in books if all(b.variable(m.variable) for m in request.measurements)), books[0])


def _compared(book: DoseBook, request: Request) -> list[ComparedShown]:
    """What the first source has said beside others of these values."""
    region = None if request.region is None else find_region(book, request.region)
    return compared(book, None if region is None or isinstance(region, Refusal) else region["id"], request.values)


def _beside(other: DoseBook, request: Request, answer: Asking) -> AdjustBeside:
    """The same question to another source; what it has no word for is left out of it."""
    own = tuple(m for m in request.measurements if other.variable(m.variable) is not None)
    about = other.about(other.source)
    if request.measurements and not own:
        message = f"it has no rule about {listed(list(request.values))}"
        return _none(about, "no-dose-in-source", message)
    asked = request.replaced(measurements=own)
    if request.region is not None and isinstance(find_region(other, request.region), Refusal):
        asked = asked.replaced(region=None)
    outcome = answer(other, asked)
    if isinstance(outcome, Refusal):
        return _none(about, outcome.code, outcome.message)
    found: AdjustBeside = {
        "about": about,
        "adjust": outcome.data,
        "refused": None,
        "message": None,
        "warnings": cast("list[WarningRecord]", [note.as_json() for note in outcome.notes]),
        "differences": [],
    }
    return found


def _none(about: SourceShown, code: str, message: str) -> AdjustBeside:
    none: AdjustBeside = {
        "about": about,
        "adjust": None,
        "refused": code,
        "message": message,
        "warnings": [],
        "differences": [],
    }
    return none


def named(about: SourceShown) -> str:
    """A source in a sentence, with its date."""
    return about["source"] + (f" ({about['date']})" if about["date"] else "")


def _answered_by(first: DoseBook, usual: DoseBook) -> Note:
    own, other = (named(book.about(book.source)) for book in (usual, first))
    message = f"{own} has no rule about these values; what stands here is that of {other}."
    return Note("other-source-answers", message, {"source": first.source})


def _elsewhere(other: AdjustBeside) -> Note:
    """What another source has where the first has nothing."""
    found, source = other["adjust"], other["about"]["source"]
    assert found is not None
    to = f" to {_least(found)}{_text(found['to'])} a day" if found["to"] else ""
    said = f"{found['action'] or 'no figure'}{to}"
    message = f"{named(other['about'])} has: {said}. For its whole answer add {SOURCE} {source}."
    return Note("dose-in-other-source", message, {"source": source})


def _differences(ours: Adjust, theirs: Adjust) -> list[str]:
    """In what two answers differ: the action, the dose, what to wait for."""
    found = []
    if ours["action"] != theirs["action"]:
        found.append(f"{theirs['action']}, not {ours['action']}")
    elif ours["to"] != theirs["to"] or _least(ours) != _least(theirs):
        there, here = (f"{_least(a)}{_text(a['to'])} a day" if a["to"] else "no new dose" for a in (theirs, ours))
        found.append(f"{there}, not {here}")
    elif ours["until"] != theirs["until"]:
        there, here = (listed([limit["text"] for limit in a["until"]]) for a in (theirs, ours))
        found.append(f"until {there}, not until {here}")
    return found


def _least(adjusted: Adjust) -> str:
    """Said of a dose that is the least which the source asks for."""
    return "at least " if adjusted["changed_by"] and adjusted["changed_by"]["at_least"] else ""


def _text(amount: Amount) -> str:
    return f"{amount['value']} {amount['unit']}"
