"""What a person typed for a measure: a number with its unit, or a word, or why it is not read.

Nothing is guessed: where two units of a measure are in use, a number alone is refused and both are named.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import BAD_INPUT, Note, Refusal
from monocli.engine.names import normalise, visible
from monocli.engine.quantities.numbers import exact
from monocli.engine.quantities.quantity import Quantity, read_number, read_quantity
from monocli.engine.quantities.units import PURE, Dimensions, Unit, UnitTable
from monocli.engine.quantities.values import Value
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.records.measures import Equal, Measure

MAX_TEXT = 100
"""Longer text is no value of a patient or a preparation."""
_PART = re.compile(r"\s*(?P<number>[0-9.]+)\s*(?P<unit>[^\d\s.,+/-][^\d.,+/-]*)")
_THEN_BARE = re.compile(r"\s*[0-9]+\s*(?P<unit>[^\d\s.,+-]+)\s*[0-9]+(?:\.[0-9]+)?\s*")


class Reading(Record):
    """A measure as read. `number` and `unit` are as typed; `value` is in base units of `dimensions`."""

    value: Fraction
    dimensions: Dimensions = PURE
    number: Fraction = Fraction(0)
    unit: str = ""
    word: str = ""
    notes: tuple[Note, ...] = ()
    converted: Equal | None = None
    """How it came from another kind of unit (`given_as`)."""
    given_as: Dimensions = PURE

    def in_unit(self, unit: Unit) -> Fraction:
        """The number of these units in the value."""
        return self.value / unit.factor


def bad_value(name: str, message: str, hint: str | None = None, code: str = "bad-value") -> Refusal:
    """The refusal of one value, by the name of its input."""
    return Refusal(code, f"{name}: {message}", hint, kind=BAD_INPUT, detail={"field": name})


def read(measure: Measure, text: str, name: str, table: UnitTable) -> Reading | Refusal:
    """The value typed for an input of this name. Refusals: `bad-value`, `unit-needed`, `unknown-unit`,
    `incompatible-units`."""
    if len(text) > MAX_TEXT:
        return bad_value(name, f"not a value: {visible(text, MAX_TEXT)!r}", measure.get("hint"))
    if "words" in measure:
        return _word(measure, text, name)
    twofold = measure.get("two_readings")
    if twofold and re.fullmatch(rf"[0-9.]+\s*{re.escape(twofold['unit'])}", text.strip()):
        return bad_value(name, f"{visible(text.strip())!r} {twofold['text']}", measure.get("hint"))
    reading = _added(measure, text, name, table) or _single(measure, text, name, table)
    return reading if isinstance(reading, Refusal) else _in_range(measure, reading, name, table)


def unit_of(measure: Measure, table: UnitTable) -> Unit:
    """The unit of the measure's range; a pure number where it has none."""
    return table.known(measure["unit"]) if measure.get("unit", "number") != "number" else Unit(Fraction(1))


def bound_of(text: str, table: UnitTable) -> tuple[Fraction, Dimensions]:
    """A bound of the data ("18 years", "34 micromol/L"), in base units."""
    number, _, unit = text.partition(" ")
    if not unit:
        return exact(number), PURE
    read_unit = table.known(unit)
    return exact(number) * read_unit.factor, read_unit.dimensions


def across(value: Fraction, equal: Equal, table: UnitTable, *, back: bool = False) -> Fraction:
    """A value of the other kind of unit in that of the measure, by what is said to be the same; or `back`."""
    this, that = bound_of(equal["this"], table)[0], bound_of(equal["that"], table)[0]
    return value * that / this if back else value * this / that


def choices(measure: Measure) -> str:
    """The words that a measure may be, in one line."""
    return ", ".join(word["id"] for word in measure.get("words", []))


def _word(measure: Measure, text: str, name: str) -> Reading | Refusal:
    key = normalise(text)
    for word in measure.get("words", []):
        if key in {normalise(known) for known in (word["id"], *word.get("also", []))}:
            return Reading(Fraction(0), word=word["id"])
    return bad_value(name, f"{visible(text)!r} is not one of {choices(measure)}", measure.get("hint"))


def _added(measure: Measure, text: str, name: str, table: UnitTable) -> Reading | Refusal | None:
    """ "4 ft 3 in" and "2y6mo" add up, each unit smaller than the one before; None where it is no such sum."""
    bare = _THEN_BARE.fullmatch(text)
    if bare and not isinstance(unit := table.read(bare["unit"]), Refusal) and unit.text in table.followed_by:
        text = f"{text.rstrip()} {table.followed_by[unit.text]}"
    parts = list(_PART.finditer(text))
    if len(parts) < 2 or "".join(part[0] for part in parts).strip() != text.strip():
        return None
    total, last = Fraction(0), None
    dimensions = unit_of(measure, table).dimensions
    for part in parts:
        number = read_number(part["number"])
        if isinstance(number, Refusal):
            return _of_input(number, name, measure)
        unit = table.read(part["unit"].strip(), (dimensions,))
        if isinstance(unit, Refusal):
            return _of_input(unit, name, measure)
        if unit.unit.dimensions != dimensions or (last is not None and unit.unit.factor >= last):
            return bad_value(name, f"not one {measure['label']}: {visible(text.strip())!r}", measure.get("hint"))
        total, last = total + number * unit.unit.factor, unit.unit.factor
    own = unit_of(measure, table)
    return Reading(total, dimensions, total / own.factor, measure.get("unit", ""), given_as=dimensions)


def _single(measure: Measure, text: str, name: str, table: UnitTable) -> Reading | Refusal:
    quantity = read_quantity(text)
    if isinstance(quantity, Refusal):
        return _of_input(quantity, name, measure)
    if quantity.negative and not exact(measure.get("at_least", "0")) < 0:
        return bad_value(name, f"cannot be negative: {visible(text.strip())!r}", measure.get("hint"))
    if not quantity.unit:
        return _bare(measure, quantity, name, table)
    own = unit_of(measure, table)
    kinds = [table.known(unit).dimensions for unit in measure.get("kinds", [])] or [own.dimensions]
    if "equals" in measure:
        kinds.append(bound_of(measure["equals"]["that"], table)[1])
    found = table.read(quantity.unit, kinds if measure.get("any_case") else ())
    if isinstance(found, Refusal):
        return _of_input(found, name, measure)
    if found.unit.dimensions not in kinds or (measure.get("kinds") and found.text.startswith("/")):
        return bad_value(
            name,
            f"{found.text} is no unit of {measure['label']}; {_in_use(measure)}",
            measure.get("hint"),
            "incompatible-units",
        )
    value = quantity.value * found.unit.factor
    read_as = Reading(
        value, found.unit.dimensions, quantity.value, found.text, notes=found.notes, given_as=found.unit.dimensions
    )
    if "equals" in measure and found.unit.dimensions != own.dimensions:
        equal = measure["equals"]
        return read_as.replaced(value=across(value, equal, table), dimensions=own.dimensions, converted=equal)
    return read_as


def _bare(measure: Measure, quantity: Quantity, name: str, table: UnitTable) -> Reading | Refusal:
    """A number without a unit: in the measure's own, or refused where that would be a guess."""
    units = measure.get("unit_needed", []) or measure.get("kinds", [])
    if units:
        typed = Value(quantity.value).text()
        meant = " or ".join(f"{typed} {unit}" for unit in units[:2])
        message = f"{typed} has no unit, and more than one is in use: {meant}?"
        written = " or ".join(f'"{name}={typed} {unit}"' for unit in units[:2])
        return bad_value(name, message, f"write {written}", "unit-needed")
    own = unit_of(measure, table)
    unit = measure.get("unit", "number")
    shown = "" if unit == "number" else unit
    return Reading(quantity.value * own.factor, own.dimensions, quantity.value, shown, given_as=own.dimensions)


def _in_range(measure: Measure, reading: Reading, name: str, table: UnitTable) -> Reading | Refusal:
    """The reading, if it lies in the range that the library sets against slips."""
    least, most = measure.get("at_least"), measure.get("at_most")
    own = unit_of(measure, table)
    number = reading.value / own.factor
    if least is None and reading.value <= 0:
        return bad_value(name, f"must be more than 0, not {Value(reading.number).text()}", measure.get("hint"))
    if (least is None or exact(least) <= number) and (most is None or number <= exact(most)):
        return reading
    unit = "" if measure.get("unit", "number") == "number" else measure["unit"]
    typed = f"{Value(reading.number).text()} {reading.unit}".strip()
    same = "" if reading.unit in ("", unit) else f", which is {Value(number).text(unit)},"
    between = f"{least} to {most}" if least is not None and most is not None else f"at most {most or least}"
    message = f"{typed}{same} is no {measure['label']} of a patient ({between} {unit}".rstrip() + ")"
    return bad_value(name, message, measure.get("hint"))


def _in_use(measure: Measure) -> str:
    units = measure.get("unit_needed") or measure.get("kinds") or [measure.get("unit", "number")]
    return f"units in use: {', '.join(units)}" if units != ["number"] else "it is a number without a unit"


def _of_input(inner: Refusal, name: str, measure: Measure) -> Refusal:
    """A reader's refusal, as that of the input."""
    code = inner.code if inner.code == "unknown-unit" else "bad-value"
    hint = inner.hint or measure.get("hint") or f"{measure['label']}: {_in_use(measure)}"
    return inner.replaced(
        code=code, message=f"{name}: {inner.message}", hint=hint, detail={**inner.detail, "field": name}
    )
