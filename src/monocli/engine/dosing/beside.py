"""What other sources answer to the same question: beside the first answer, what differs said, never mixed into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias, cast

from monocli.engine.answers import NO_ANSWER, Answer, Note, Refusal
from monocli.engine.dosing.patient import find_region
from monocli.engine.dosing.requests import Measurement, Request, named_measurements, named_values
from monocli.engine.dosing.work import listed
from monocli.engine.inputs import SOURCE

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.engine.dosing.known import Bodies
    from monocli.records.output.common import Amount
    from monocli.records.output.dosing import Beside, Dose, DoseListing
    from monocli.records.output.regimens import Regimen

Outcome: TypeAlias = "Answer[Dose | DoseListing] | Refusal"


def shared_out(
    book: DoseBook, others: Sequence[DoseBook], bodies: Bodies, request: Request
) -> tuple[Request, list[Note]] | Refusal:
    """The request without the values that only other sources have rules for, and a note for each of them.

    `bad-value` where one of those is not readable, or no source has a rule about a value: what is not used is no less
    wrong.
    """
    given = [*request.measurements, *named_measurements(request.given)]
    foreign = [m for m in given if book.variable(m.variable) is None]
    if refused := _unreadable(book, others, bodies, foreign):
        return refused
    notes = []
    for measured in foreign:
        other = _who_knows(others, measured)
        assert other is not None
        known = other.variable(measured.variable)
        label = known["label"] if known else measured.variable
        message = (
            f"{label} was not used: {book.about(book.source)['title']} has no rule about it; "
            f"{other.source} has, see what stands beside."
        )
        notes.append(Note("not-used", message, {"field": measured.option}))
    own = tuple(m for m in given if m not in foreign)
    return request.replaced(measurements=own, given=(), values=named_values((book, *others), given)), notes


def _unreadable(
    book: DoseBook, others: Sequence[DoseBook], bodies: Bodies, foreign: Sequence[Measurement]
) -> Refusal | None:
    """The refusal of the first value that no source has a rule about, or that the first which has one cannot read."""
    if not foreign:
        return None
    from monocli.engine.dosing.laboratory import no_rule, read_measurements

    known = tuple(dict.fromkeys(id for one in (book, *others) for id in one.variables))
    unknown = next((m for m in foreign if _who_knows(others, m) is None), None)
    if unknown is not None:
        return no_rule(book.drug, unknown, known)
    for other in others:
        read = read_measurements(other, bodies, [m for m in foreign if _who_knows(others, m) is other])
        if isinstance(read, Refusal):
            return read
    return None


def _who_knows(others: Sequence[DoseBook], measured: Measurement) -> DoseBook | None:
    """The first of other sources that has rules for a value."""
    return next((other for other in others if other.variable(measured.variable) is not None), None)


def asked_too(other: DoseBook, request: Request, answer: Callable[[DoseBook, Request], Outcome]) -> Beside:
    """The same question to the rules of another source; what these have no word for is left out of it."""
    given: tuple[Measurement, ...] = (*request.measurements, *named_measurements(request.given))
    own = request.replaced(measurements=tuple(m for m in given if other.variable(m.variable) is not None), given=())
    if request.region is not None and isinstance(find_region(other, request.region), Refusal):
        own = own.replaced(region=None)
    outcome = answer(other, own)
    about = other.about(other.source)
    if isinstance(outcome, Refusal):
        return _beside(outcome, about)
    notes = [note.as_json() for note in outcome.notes if note.code != "not-used"]
    return cast(
        "Beside",
        {
            "about": about,
            "dose": outcome.data,
            "refused": None,
            "message": None,
            "bands": outcome.data.get("bands", []),
            "warnings": notes,
            "differences": [],
        },
    )


def _beside(outcome: Refusal, about: object) -> Beside:
    warnings = [note.as_json() for note in outcome.notes]
    return cast(
        "Beside",
        {
            "about": about,
            "dose": None,
            "refused": outcome.code,
            "message": _whole(outcome),
            "bands": [outcome.detail["band"]] if "band" in outcome.detail else [],
            "warnings": warnings,
            "differences": [],
        },
    )


def _whole(refusal: Refusal) -> str:
    """Why a source has no dose. Where it has one for such a patient under another indication, that is said with it: a
    child's dose is not looked for twice."""
    other_indication = refusal.code == "no-dose-for-population" and refusal.hint
    return f"{refusal.message}; {refusal.hint}" if other_indication else refusal.message


def with_others(outcome: Outcome, others: list[Beside], elsewhere: list[Note]) -> Outcome:
    """The answer with the others beside it and a warning of each that differs; a refusal with what others have."""
    if isinstance(outcome, Refusal):
        found = [_elsewhere(other) for other in others if other["dose"]] if outcome.kind == NO_ANSWER else []
        return outcome.replaced(notes=(*outcome.notes, *found, *elsewhere))
    data = cast("Dose", outcome.data)
    notes = []
    for other in others:
        other["differences"] = differences(data, other["dose"]) if other["dose"] else []
        if other["differences"]:
            cited = {"source": other["about"]["source"]}
            message = f"{named(other)} differs: {'; '.join(other['differences'])}."
            notes.append(Note("sources-differ", message, cited))
        notes += [
            Note(w["code"], f"{named(other)}: {w['message']}", {"source": other["about"]["source"]})
            for w in other["warnings"]
            if w["code"] in _FOLLOWED
        ]
        notes += _limits(other, data)
        if other["refused"] in _FOLLOWED and not other["bands"]:
            notes.append(
                Note(str(other["refused"]), f"{named(other)}: {other['message']}", {"source": other["about"]["source"]})
            )
    data["beside"] = others
    return Answer(outcome.data, (*outcome.notes, *notes, *elsewhere))


def _limits(other: Beside, data: Dose) -> list[Note]:
    """What a value given changes by another source only: the dose that stands here does not go by it, and nobody may
    take it for one that does."""
    own = {band["id"] for band in data["bands"]}
    return [
        Note(
            str(other["refused"] or "limit-in-other-source"),
            f"{band['label']}, {band['band']}, by {named(other)}: {band['text']} The dose here does not go by it.",
            {
                "band": band["band"],
                "source": band["source"],
                **({"section": band["section"]} if "section" in band else {}),
            },
        )
        for band in other["bands"]
        if band["changes"] and band["id"] not in own
    ]


_FOLLOWED = {"values-stop-treatment", "source-ambiguous", "no-dose-in-source", "advised-against"}
"""What another source says of the values given that must not be missed."""


def named(other: Beside) -> str:
    """A source in a sentence, with its date."""
    date = other["about"]["date"]
    return other["about"]["source"] + (f" ({date})" if date else "")


def _elsewhere(other: Beside) -> Note:
    """What another source has where the first has no dose."""
    dose = other["dose"]
    assert dose is not None
    said = "; ".join(f"{r['stage']} {_least(r)}{_text(r['daily'])} a day" for r in dose["regimens"])
    source = other["about"]["source"]
    printed = dose["indication"]["printed"]
    message = f"{named(other)} has a dose for {printed}: {said}. For its whole answer add {SOURCE} {source}."
    return Note("dose-in-other-source", message, {"source": source})


def _least(regimen: Regimen) -> str:
    """Said of a dose that is the least which the source asks for."""
    return "at least " if regimen["adjusted_at_least"] else ""


def _text(amount: Amount) -> str:
    return f"{amount['value']} {amount['unit']}"


def differences(ours: Dose, theirs: Dose) -> list[str]:
    """In what two answers differ: starts, the highest dose, printed maxima. Amounts are compared, not words."""
    found = []
    for what, of in (("start", _starts), ("highest dose", _highest), ("maximum", _maxima)):
        mine, other = of(ours), of(theirs)
        if set(mine) != set(other):
            here, there = (listed(list(texts.values()), "or") or "none" for texts in (mine, other))
            found.append(f"{what} {there} a day, not {here}")
    return found


_Amounts: TypeAlias = dict[tuple[Fraction, bool], str]
"""Amounts in words, by number and whether it is the least that the source asks for."""


def _starts(dose: Dose) -> _Amounts:
    return _daily([r for r in dose["regimens"] if r["stage"] in ("start", "option")])


def _highest(dose: Dose) -> _Amounts:
    every = _daily(dose["regimens"])
    return {max(every): every[max(every)]} if every else {}


def _maxima(dose: Dose) -> _Amounts:
    return _amounts([(r["maximum"], False) for r in dose["regimens"] if r["maximum"] is not None])


def _daily(found: Sequence[Regimen]) -> _Amounts:
    return _amounts([(r["daily"], r["adjusted_at_least"]) for r in found])


def _amounts(shown: list[tuple[Amount, bool]]) -> _Amounts:
    return {(Fraction(a.get("exact", a["value"])), least): "at least " * least + _text(a) for a, least in shown}
