"""From a printed regimen and a patient's area or weight to a daily dose, its parts, salt and tablets, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import Refusal
from monocli.engine.dosing import tablets
from monocli.engine.dosing.book import AREA_UNIT, WEIGHT_UNIT, a_day, measure_of, measured_in, printed_amount, scale_of
from monocli.engine.dosing.work import OWN, needed, step
from monocli.engine.inputs import BSA, GIVEN, HEIGHT, WEIGHT
from monocli.engine.quantities.numbers import decimal_text, exact
from monocli.engine.quantities.values import Value
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.engine.dosing.known import Body
    from monocli.engine.dosing.partners import Change
    from monocli.records.doses import Doses, PrintedRegimen
    from monocli.records.output.common import Amount, SourceRef
    from monocli.records.output.dose_rules import DoseStep
    from monocli.records.output.regimens import Named, Regimen, Scaled, Schedule

_WHOLE = 100
STAGE_WORDS = {
    "start": "Starting dose",
    "option": "One of the printed options",
    "increase": "Increased dose",
    "later": "Later in the course",
}


class Computed(Record):
    """A regimen worked out for one patient.

    `daily` is what the day adds up to after the maximum and after any change for a partner.
    """

    regimen: PrintedRegimen
    daily: Value
    citation: SourceRef
    steps: tuple[DoseStep, ...]
    per: Value | None = None
    unit: str = ""
    """Unit of `per`, such as mg/m2."""
    measure: str | None = None
    """What it is scaled by: "m2", "kg" or a variable."""
    scaled_by: Value | None = None
    calculated: Value | None = None
    """The daily dose before any maximum, where it goes by area or weight."""
    maximum: Fraction | None = None
    capped: bool = False
    adjusted_from: Value | None = None
    instead_of: tuple[Value, ...] = ()
    """The usual starts in whose place this one stands."""
    left_out: tuple[Value, ...] = ()
    """Printed increases that are not shown: nothing says that they follow this start, or a limit leaves nothing of
    them."""
    left_out_because: str | None = None
    """The limit that leaves nothing of an increase, with its source."""
    not_reduced: str | None = None
    """What the source says, or does not, of an increase that stands as printed beside a reduced start."""


def per_unit(book: DoseBook, measure: str) -> str:
    """The unit of an amount for each unit of a measure: mg/m2, mg/(mL/min)."""
    unit = measured_in(book, measure)
    return f"{book.unit}/({unit})" if "/" in unit else f"{book.unit}/{unit}"


def missing_measure(book: DoseBook, regimens: Sequence[PrintedRegimen], body: Body) -> Refusal | None:
    """The measure without which one of these regimens cannot be worked out."""
    for regimen in regimens:
        measure = measure_of(regimen)
        if measure is None or body.of(measure) is not None:
            continue
        if measure == AREA_UNIT:
            message = "this dose is printed per m2 of body surface area"
            return needed("bsa-needed", BSA, message, f"add {BSA}, or {HEIGHT} and {WEIGHT}")
        if measure == WEIGHT_UNIT:
            return needed("weight-needed", WEIGHT, "this dose is printed per kg of body weight")
        message = f"this dose is printed for each {measured_in(book, measure)} of {book.value(measure)}"
        return needed("value-needed", GIVEN, message, f"add {GIVEN} {measure}=VALUE")
    return None


def compute(book: DoseBook, doses: Doses, regimen: PrintedRegimen, body: Body) -> Computed:
    """A regimen for a body whose needed measure is known (see `missing_measure`).

    The measure is not rounded before use.
    """
    unit = book.unit
    citation = book.cite(regimen, doses)
    words = STAGE_WORDS[regimen["stage"]] + (f" ({regimen['condition']})" if "condition" in regimen else "")
    measure, per = measure_of(regimen), printed_amount(regimen)
    by_dose = "each" in regimen
    often = f", {_spacing(regimen)}" if by_dose else " a day"
    if measure is None:
        daily = a_day(regimen)
        shown = step("printed dose", f"{words}: {per.text(unit)}{often}.", citation, result=per.text(unit))
        return _held_at_maximum(
            book, Computed(regimen, daily, citation, (shown, *_of_day(book, regimen, daily, citation)))
        )
    found = body.of(measure)
    assert found is not None
    one, per_text = found.times(per), per.text(per_unit(book, measure))
    daily = one.times(Fraction(int(regimen["times_daily"]) if by_dose else 1))
    shown = step(
        "printed dose",
        f"{words}: {per_text}{often}.",
        citation,
        formula=f"{'one' if by_dose else 'daily'} dose = printed {per_unit(book, measure)} × {_called(book, measure)}",
        inputs=f"{per_text} × {found.text(measured_in(book, measure))}{_unrounded(found)}",
        result=one.text(unit) + _shown_rounded(one),
    )
    steps = (shown, *_of_day(book, regimen, daily, citation))
    done = Computed(regimen, daily, citation, steps, per, per_unit(book, measure), measure, found, calculated=daily)
    return _held_at_maximum(book, done)


def _spacing(regimen: PrintedRegimen) -> str:
    every = regimen.get("every_hours")
    return f"every {every} hours" if every is not None else f"{regimen['times_daily']} times a day"


def _of_day(book: DoseBook, regimen: PrintedRegimen, daily: Value, citation: SourceRef) -> list[DoseStep]:
    """What single doses add up to in a day, where the source counts by the dose and there are several."""
    times = int(regimen["times_daily"])
    if "each" not in regimen or times == 1:
        return []
    inputs = f"{part(daily, times).text(book.unit)} × {times}"
    text = "The doses of a full day, added up."
    return [step("day", text, OWN, formula="one dose × doses a day", inputs=inputs, result=daily.text(book.unit))]


def _called(book: DoseBook, measure: str) -> str:
    return {AREA_UNIT: "area", WEIGHT_UNIT: "weight"}.get(measure) or book.value(measure)


def _unrounded(measure: Value) -> str:
    return "" if measure.is_exact else " (shown rounded; the unrounded value is used)"


def _shown_rounded(value: Value) -> str:
    return "" if value.is_exact else " (rounded for display)"


def _held_at_maximum(book: DoseBook, done: Computed) -> Computed:
    """The printed maximum applied, and the step that says whether it changed anything."""
    return held_at(book, done, done.regimen["maximum"], done.citation) if "maximum" in done.regimen else done


def held_at(book: DoseBook, done: Computed, printed: str, citation: SourceRef) -> Computed:
    """A printed maximum applied; the lower one stands where there are two."""
    unit, maximum = book.unit, Value(exact(printed))
    capped = done.daily.number > maximum.number
    daily = maximum if capped else done.daily
    outcome = "is above it and is held at it" if capped else "does not exceed it"
    text = f"Printed maximum {maximum.text(unit)} a day: {done.daily.text(unit)} {outcome}."
    inputs = f"{done.daily.text(unit)}, {maximum.text(unit)}"
    shown = step(
        "printed maximum", text, citation, formula="the smaller of the two", inputs=inputs, result=daily.text(unit)
    )
    least = maximum.number if done.maximum is None else min(maximum.number, done.maximum)
    calculated = done.calculated or (done.daily if capped else None)
    return done.replaced(
        daily=daily, maximum=least, capped=capped or done.capped, calculated=calculated, steps=(*done.steps, shown)
    )


def part_of_start(book: DoseBook, usual: Computed, percent: str, rule: str, text: str, citation: SourceRef) -> Computed:
    """A start of which so many per cent are given."""
    daily = usual.daily.times(exact(percent) / _WHOLE)
    shown = step(
        rule,
        text,
        citation,
        formula=f"usual start × {percent} / 100",
        inputs=f"{usual.daily.text(book.unit)} × {percent} / 100",
        result=daily.text(book.unit),
    )
    return usual.replaced(daily=daily, instead_of=usual.instead_of or (usual.daily,), steps=(*usual.steps, shown))


def changed(book: DoseBook, done: Computed, change: Change) -> Computed:
    """The regimen with a printed percentage applied once, after the maximum, and not held at the maximum again."""
    unit = book.unit
    daily = done.daily.times(change.factor)
    inputs = f"{done.daily.text(unit)} × {Value(change.factor).text()}"
    formula = f"daily dose × (1 {'+' if change.percent >= 0 else '−'} {Value(abs(change.percent)).text()} / 100)"
    citation = book.cite(change.rule)
    shown = step(
        "change for another drug",
        change.rule["text"],
        citation,
        formula=formula,
        inputs=inputs,
        result=daily.text(unit),
    )
    return done.replaced(daily=daily, adjusted_from=done.daily, steps=(*done.steps, shown))


def entry(book: DoseBook, done: Computed, change: Change | None = None, warnings: Sequence[str] = ()) -> Regimen:
    """The regimen as `data.regimens[]` shows it; `warnings` are the codes of those that concern it and not all."""
    unit, regimen = book.unit, done.regimen
    times = int(regimen["times_daily"])
    per_area, bsa = _scaled(book, done, AREA_UNIT)
    per_weight, weight = _scaled(book, done, WEIGHT_UNIT)
    each = part(done.daily, times)
    least = bool(change and change.at_least and done.adjusted_from is not None)
    ways = (times, *map(int, regimen.get("other_times_daily", [])))
    return {
        "stage": regimen["stage"],
        "condition": regimen.get("condition"),
        "reasons": list(regimen.get("reasons", [])),
        "daily": done.daily.json(unit),
        "each": each.json(unit),
        "times_daily": times,
        "every_hours": int(regimen["every_hours"]) if "every_hours" in regimen else None,
        "over": {**regimen["over"]} if "over" in regimen else None,
        "route": route_json(book, regimen.get("route")),
        "course": regimen.get("course"),
        "also": _in_other_units(book, each),
        "printed_for": "dose" if "each" in regimen else "day",
        "scaled": _scaled_by(book, done),
        "per_area": per_area,
        "bsa": bsa,
        "per_weight": per_weight,
        "weight": weight,
        "calculated": None if done.calculated is None else done.calculated.json(unit),
        "maximum": None if done.maximum is None else Value(done.maximum).json(unit),
        "capped": done.capped,
        "as_salt": tablets.salt_json(book, done.daily),
        "adjusted_from": None if done.adjusted_from is None else done.adjusted_from.json(unit),
        "adjusted_for": change.text if change is not None and done.adjusted_from is not None else None,
        "adjusted_factor": None if change is None or done.adjusted_from is None else decimal_text(change.factor),
        "adjusted_at_least": least,
        "instead_of": [dose.json(unit) for dose in done.instead_of],
        "increases_left_out": [dose.json(unit) for dose in done.left_out],
        "left_out_because": done.left_out_because,
        "not_reduced": done.not_reduced,
        "schedules": [_schedule(book, done.daily, n, least=least) for n in ways],
        "division": regimen.get("division"),
        "preparation": None,
        "warnings": list(warnings),
        **done.citation,
    }


def route_json(book: DoseBook, route: str | None) -> Named | None:
    """A route as JSON shows it."""
    found = next((r for r in book.routes if r["id"] == route), None)
    return {"id": found["id"], "label": found["label"]} if found else None


def _scaled(book: DoseBook, done: Computed, measure: str) -> tuple[Amount | None, Amount | None]:
    """The printed rate and what it was multiplied by, where that is this measure."""
    if done.per is None or done.scaled_by is None or done.measure != measure:
        return None, None
    return done.per.json(done.unit), done.scaled_by.json(measured_in(book, measure))


def _scaled_by(book: DoseBook, done: Computed) -> Scaled | None:
    """The same by whatever measure it is."""
    if done.measure is None or done.per is None or done.scaled_by is None:
        return None
    scale = scale_of(done.measure)
    return {
        "by": scale,
        "per": done.per.json(done.unit),
        "value": done.scaled_by.json(measured_in(book, done.measure)),
    }


def _in_other_units(book: DoseBook, each: Value) -> list[Amount]:
    """One dose in the other units that the rules name."""
    if book.other_units is None:
        return []
    from monocli.engine.dosing.preparing import in_other_units

    return in_other_units(book, each, book.other_units["to"])


def part(daily: Value, times: int) -> Value:
    """One of equal parts of the daily dose."""
    return daily.times(Fraction(1, times))


def _schedule(book: DoseBook, daily: Value, times: int, *, least: bool) -> Schedule:
    each = part(daily, times)
    found = (
        tablets.nearest(book, each, daily, least=least)
        if times == 1
        else tablets.parted(book, each, daily, times, least=least)
    )
    return {"times_daily": times, "each": each.json(book.unit), "tablets": found}
