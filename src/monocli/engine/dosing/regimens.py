"""From a printed regimen and a patient's area or weight to a daily dose, its parts, salt and tablets, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from monocli.engine.answers import Refusal
from monocli.engine.bsa import Value
from monocli.engine.dosing import tablets
from monocli.engine.dosing.partners import Change
from monocli.engine.dosing.work import needed, step
from monocli.engine.inputs import BSA, HEIGHT, WEIGHT
from monocli.engine.numbers import decimal_text, exact, round_half_up

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.records.doses import Doses, PrintedRegimen
    from monocli.records.output.common import Amount, SourceRef
    from monocli.records.output.dosing import DoseStep, Regimen, SaltAmount, Schedule

AREA_UNIT = "m2"
WEIGHT_UNIT = "kg"
STAGE_WORDS = {"start": "Starting dose", "option": "One of the printed options", "increase": "Increased dose"}


class Body(NamedTuple):
    """What doses are scaled by: an area in m2, a weight in kg; None where not known."""

    area: Value | None = None
    weight: Value | None = None

    def of(self, unit: str) -> Value | None:
        return self.area if unit == AREA_UNIT else self.weight


class Computed(NamedTuple):
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
    scaled_by: Value | None = None
    calculated: Value | None = None
    """The daily dose before any maximum, where it goes by area or weight."""
    maximum: Fraction | None = None
    capped: bool = False
    adjusted_from: Value | None = None
    instead_of: tuple[Value, ...] = ()
    """The usual starts in whose place this one stands."""
    left_out: tuple[Value, ...] = ()
    """Printed increases that are not shown, because nothing says that they follow this start."""


class Rate(NamedTuple):
    """A printed dose a day for each m2 or kg."""

    per: Value
    measure: str
    """ "m2" or "kg"."""


def rate_of(regimen: PrintedRegimen) -> Rate | None:
    """What a regimen scales by; None for a fixed dose."""
    if "daily_per_m2" in regimen:
        return Rate(Value(exact(regimen["daily_per_m2"])), AREA_UNIT)
    return Rate(Value(exact(regimen["daily_per_kg"])), WEIGHT_UNIT) if "daily_per_kg" in regimen else None


def body_unit(regimen: PrintedRegimen) -> str | None:
    """Which measure a regimen scales by: "m2", "kg", or None for a fixed dose."""
    rate = rate_of(regimen)
    return rate.measure if rate else None


def missing_measure(regimens: Sequence[PrintedRegimen], body: Body) -> Refusal | None:
    """The measure without which one of these regimens cannot be worked out."""
    for regimen in regimens:
        unit = body_unit(regimen)
        if unit == AREA_UNIT and body.area is None:
            message = "this dose is printed per m2 of body surface area"
            return needed("bsa-needed", BSA, message, f"add {BSA}, or {HEIGHT} and {WEIGHT}")
        if unit == WEIGHT_UNIT and body.weight is None:
            return needed("weight-needed", WEIGHT, "this dose is printed per kg of body weight")
    return None


def compute(book: DoseBook, doses: Doses, regimen: PrintedRegimen, body: Body) -> Computed:
    """A regimen for a body whose needed measure is known (see `missing_measure`).

    The measure is not rounded before use.
    """
    unit = book.unit
    citation = book.cite(regimen, doses)
    words = STAGE_WORDS[regimen["stage"]] + (f" ({regimen['condition']})" if "condition" in regimen else "")
    rate = rate_of(regimen)
    if rate is None:
        daily = Value(exact(regimen["daily"]))
        shown = step("printed dose", f"{words}: {daily.text(unit)} a day.", citation, result=daily.text(unit))
        done = Computed(regimen, daily, citation, (shown,))
    else:
        per, scale = rate
        measure = body.of(scale)
        assert measure is not None
        daily = measure.times(per)
        text = f"{words}: {per.text(f'{unit}/{scale}')} a day."
        inputs = f"{per.text(f'{unit}/{scale}')} × {measure.text(scale)}{_unrounded(measure)}"
        formula = f"daily dose = printed {unit}/{scale} × {'area' if scale == AREA_UNIT else 'weight'}"
        shown = step(
            "printed dose",
            text,
            citation,
            formula=formula,
            inputs=inputs,
            result=daily.text(unit) + _shown_rounded(daily),
        )
        done = Computed(regimen, daily, citation, (shown,), per, f"{unit}/{scale}", measure, calculated=daily)
    return _held_at_maximum(book, done)


def _unrounded(measure: Value) -> str:
    return "" if measure.is_exact else " (shown rounded; the unrounded value is used)"


def _shown_rounded(value: Value) -> str:
    return "" if value.is_exact else " (rounded for display)"


def _held_at_maximum(book: DoseBook, done: Computed) -> Computed:
    """The printed maximum applied, and the step that says whether it changed anything."""
    if "maximum" not in done.regimen:
        return done
    unit, maximum = book.unit, Value(exact(done.regimen["maximum"]))
    capped = done.daily.number > maximum.number
    daily = maximum if capped else done.daily
    outcome = "is above it and is held at it" if capped else "does not exceed it"
    text = f"Printed maximum {maximum.text(unit)} a day: {done.daily.text(unit)} {outcome}."
    inputs = f"{done.daily.text(unit)}, {maximum.text(unit)}"
    shown = step(
        "printed maximum", text, done.citation, formula="the smaller of the two", inputs=inputs, result=daily.text(unit)
    )
    return done._replace(daily=daily, maximum=maximum.number, capped=capped, steps=(*done.steps, shown))


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
    return done._replace(daily=daily, adjusted_from=done.daily, steps=(*done.steps, shown))


def entry(book: DoseBook, done: Computed, change: Change | None = None, warnings: Sequence[str] = ()) -> Regimen:
    """The regimen as `data.regimens[]` shows it; `warnings` are the codes of those that concern it and not all."""
    unit, regimen = book.unit, done.regimen
    times = int(regimen["times_daily"])
    per_area, bsa = _scaled(done, AREA_UNIT)
    per_weight, weight = _scaled(done, WEIGHT_UNIT)
    return {
        "stage": regimen["stage"],
        "condition": regimen.get("condition"),
        "reasons": list(regimen.get("reasons", [])),
        "daily": done.daily.json(unit),
        "each": part(done.daily, times).json(unit),
        "times_daily": times,
        "per_area": per_area,
        "bsa": bsa,
        "per_weight": per_weight,
        "weight": weight,
        "calculated": None if done.calculated is None else done.calculated.json(unit),
        "maximum": None if done.maximum is None else Value(done.maximum).json(unit),
        "capped": done.capped,
        "as_salt": salt_json(book, done.daily),
        "adjusted_from": None if done.adjusted_from is None else done.adjusted_from.json(unit),
        "adjusted_for": change.text if change is not None and done.adjusted_from is not None else None,
        "adjusted_factor": None if change is None or done.adjusted_from is None else decimal_text(change.factor),
        "instead_of": [dose.json(unit) for dose in done.instead_of],
        "increases_left_out": [dose.json(unit) for dose in done.left_out],
        "schedules": [_schedule(book, done.daily, n) for n in (times, *map(int, regimen.get("other_times_daily", [])))],
        "division": regimen.get("division"),
        "warnings": list(warnings),
        **done.citation,
    }


def _scaled(done: Computed, measure: str) -> tuple[Amount | None, Amount | None]:
    """The printed rate and what it was multiplied by, where that is this measure."""
    if done.per is None or done.scaled_by is None or not done.unit.endswith(f"/{measure}"):
        return None, None
    return done.per.json(done.unit), done.scaled_by.json(measure)


def part(daily: Value, times: int) -> Value:
    """One of equal parts of the daily dose."""
    return daily.times(Fraction(1, times))


def _schedule(book: DoseBook, daily: Value, times: int) -> Schedule:
    each = part(daily, times)
    found = tablets.nearest(book, each, daily) if times == 1 else tablets.parted(book, each, daily, times)
    return {"times_daily": times, "each": each.json(book.unit), "tablets": found}


def salt_json(book: DoseBook, dose: Value) -> SaltAmount | None:
    """The same dose as the salt: dose × factor, exactly; None where doses are expressed as what is given."""
    salt = book.salt
    if salt is None:
        return None
    unit, amount = book.unit, dose.times(exact(salt["factor"]))
    shown = amount.json(unit)
    text = f"{'about ' if salt['about'] else ''}{amount.text(unit)} {salt['substance']}"
    rounded = round_half_up(amount.number, 1)
    if salt["about"] and rounded != amount.number:
        text = f"≈ {decimal_text(rounded)} {unit} (rounded) {salt['substance']}"
    return {**shown, "substance": salt["substance"], "about": salt["about"], "text": text, **book.cite(salt)}


def salt_step(book: DoseBook, doses: Sequence[Value]) -> list[DoseStep]:
    """The step that turns the daily doses into the salt."""
    salt = book.salt
    if salt is None or not doses:
        return []
    unit, factor = book.unit, exact(salt["factor"])
    inputs = "; ".join(f"{dose.text(unit)} × {salt['factor']}" for dose in doses)
    result = "; ".join(
        f"{'about ' if salt['about'] else ''}{dose.times(factor).text(unit)} {salt['substance']}" for dose in doses
    )
    formula = f"{salt['substance']} = {book.drug} × {salt['factor']}"
    return [step("salt", salt["text"], book.cite(salt), formula=formula, inputs=inputs, result=result)]
