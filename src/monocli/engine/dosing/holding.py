"""The dose really given where a current dose goes by area or weight: worked out, and held at its printed maximum."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import Note, Refusal
from monocli.engine.dosing import limits
from monocli.engine.dosing.book import AREA_UNIT, Rate, rate_of
from monocli.engine.dosing.current import DAY, Current
from monocli.engine.dosing.work import listed, needed, step
from monocli.engine.inputs import CURRENT, REGION
from monocli.engine.quantities.numbers import exact
from monocli.engine.quantities.values import Value
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook, Printed
    from monocli.engine.dosing.known import Known
    from monocli.records.doses import PrintedIndication
    from monocli.records.output.dose_rules import DoseStep


class Case(Record):
    """The request of `adjust` with every value read."""

    book: DoseBook
    population: str
    region: str | None
    area: Value | None
    current: Current
    known: dict[str, Known]
    indication: PrintedIndication | None = None
    """Where the change depends on it."""
    values: tuple[str, ...] = ()
    """Ids of every value given, those too that only other sources have rules for."""
    names: tuple[DoseStep, ...] = ()
    """Steps that say by which other name a drug was found."""


class Now(Record):
    """What is given a day now. `printed` are the regimens with this result; none where the rate is in no regimen."""

    daily: Value
    maximum: Fraction | None
    capped: bool
    printed: tuple[Printed, ...]
    steps: tuple[DoseStep, ...]


def printed_at(case: Case) -> list[Printed]:
    """The printed regimens of exactly the current rate, for the population and region (none given: any)."""
    current = Rate(case.current.value, case.current.basis)
    printed = case.book.printed(case.population, case.region)
    return [found for found in printed if rate_of(found.regimen) == current]


def elsewhere(case: Case) -> Refusal | None:
    """The refusal of a rate that is printed for other regions only, so that its maximum here is not known."""
    if case.current.basis == DAY or case.region is None or printed_at(case):
        return None
    others = printed_at(case.replaced(region=None))
    if not others or _on_ladder(case):
        return None
    rate, unit = case.current.text, case.book.unit
    regions = list(dict.fromkeys(r for p in others for r in p.doses.get("regions", [])))
    where = listed([case.book.where(r) for r in regions])
    here = case.book.where(case.region)
    message = f"{rate} is printed for the {where} and not for the {here}"
    hint = f"check {CURRENT} and {REGION}; a dose that is given all the same can be asked for in {unit} a day"
    return Refusal("no-dose-for-region", message, hint, detail={"field": REGION, **case.book.cite(others[0].doses)})


def _on_ladder(case: Case) -> bool:
    """Whether the current rate is one that a printed step begins or ends at."""
    return any(
        case.current.value.number in (exact(step["start"]), exact(step["to"]))
        for ladder in case.book.ladders(case.population)
        if ladder["basis"] == case.current.basis
        for step in ladder["steps"]
    )


def given_now(case: Case) -> list[Now]:
    """The dose that may be given now: one, or several where printed maxima differ; none where the area is not known."""
    current = case.current
    if current.basis == DAY:
        return [Now(current.value, None, capped=False, printed=(), steps=())]
    if case.area is None or current.basis != AREA_UNIT:
        return []
    daily, unit = current.value.times(case.area), case.book.unit
    shown = step(
        "area",
        "The current dose for the area given.",
        case.book.cite(),
        formula=f"{current.unit} × area",
        inputs=f"{current.text} × {case.area.text(AREA_UNIT)}",
        result=daily.text(unit),
    )
    found: dict[Fraction, list[Printed]] = {}
    for printed in printed_at(case):
        held = min(daily.number, printed.maximum) if printed.maximum is not None else daily.number
        found.setdefault(held, []).append(printed)
    if not found:
        return [Now(daily, None, capped=False, printed=(), steps=(shown,))]
    return [_now(case.book, daily, number, same, shown) for number, same in found.items()]


def _now(book: DoseBook, daily: Value, number: Fraction, same: list[Printed], shown: DoseStep) -> Now:
    maximum = min((p.maximum for p in same if p.maximum is not None), default=None)
    if maximum is None:
        return Now(daily, None, capped=False, printed=tuple(same), steps=(shown,))
    unit, capped = book.unit, number != daily.number
    limit = Value(maximum).text(unit)
    outcome = "is above it, so this is what is given" if capped else "does not exceed it"
    held = step(
        "printed maximum",
        f"Printed maximum {limit} a day ({_where(book, same)}): {daily.text(unit)} {outcome}.",
        book.cite(same[0].doses),
        formula="the smaller of the two",
        inputs=f"{daily.text(unit)}, {limit}",
        result=Value(number).text(unit),
    )
    return Now(Value(number) if capped else daily, maximum, capped, tuple(same), (shown, held))


def _where(book: DoseBook, printed: Sequence[Printed]) -> str:
    """Indications and regions: "cml-chronic and cml-advanced, UK"."""
    ids = listed(list(dict.fromkeys(p.indication["id"] for p in printed)))
    regions = dict.fromkeys(r for p in printed for r in p.doses.get("regions", []))
    where = listed([book.where(r) for r in regions])
    return f"{ids}, {where}" if where else ids


def undecided(case: Case, several: Sequence[Now]) -> Refusal:
    """The question that decides between several doses that may be given now."""
    unit = case.book.unit
    said = "; ".join(f"{now.daily.text(unit)} ({_where(case.book, now.printed)})" for now in several)
    message = f"by the printed maxima {case.current.text} is {said}"
    regions = list(dict.fromkeys(r for now in several for p in now.printed for r in p.doses.get("regions", [])))
    if case.region is None and len(regions) > 1:
        return needed("region-needed", REGION, message, f"add {REGION} {' or '.join(regions)}", tuple(regions))
    return needed("value-needed", CURRENT, message, f"give {CURRENT} in {unit} a day, as it is given")


def maximum_notes(case: Case, to: Value) -> list[Note]:
    """Warnings of a new daily dose above the maxima that bear on it, and of a rate for which none is printed."""
    unit = case.book.unit
    if case.current.basis == DAY:
        bearing = list(case.book.printed(case.population, case.region))
    else:
        bearing = printed_at(case)
    passed: dict[tuple[Fraction, str], list[Printed]] = {}
    for printed in bearing:
        if printed.maximum is not None and to.number > printed.maximum:
            passed.setdefault((printed.maximum, str(printed.doses.get("regions", ""))), []).append(printed)
    notes = []
    for (maximum, _), same in passed.items():
        above, limit = to.text(unit), Value(maximum).text(unit)
        message = (
            f"{above} a day is above the maximum of {limit} printed for {_where(case.book, same)}. {limits.NOT_CAPPED}"
        )
        detail = {"doses": [above], "maximum": limit, **case.book.cite(same[0].doses)}
        notes.append(Note("exceeds-maximum", message, detail))
    return notes if case.current.basis == DAY else [*notes, *_without_maximum(case, bearing)]


def _without_maximum(case: Case, bearing: list[Printed]) -> list[Note]:
    """`no-maximum-printed`, in the words of the regimen, of the step down, or where the rate is not printed at all."""
    said = {p.regimen["maximum_note"]: p.doses for p in bearing if "maximum_note" in p.regimen}
    if said or bearing:
        return [Note("no-maximum-printed", text, case.book.cite(doses)) for text, doses in said.items()]
    ladder = next(iter(case.book.ladders(case.population)), None)
    if ladder is not None and "maximum_note" in ladder and _on_ladder(case):
        return [Note("no-maximum-printed", ladder["maximum_note"], case.book.cite(ladder))]
    text = f"No maximum is printed for {case.current.text} a day."
    return [Note("no-maximum-printed", text, case.book.cite())]
