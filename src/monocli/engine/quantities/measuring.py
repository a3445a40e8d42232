"""What a person typed for a measure: a number with its unit, or a word, or why it is not read.

Nothing is guessed: where two units of a measure are in use, a number alone is refused and both are named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import Note, Refusal, bad_value, too_long
from monocli.engine.names import normalise, numbered, visible
from monocli.engine.quantities.compound import Part, carried, mixed, slip, text_of, total
from monocli.engine.quantities.numbers import decimal_text, exact, is_finite_decimal
from monocli.engine.quantities.quantity import Quantity, read_number, read_quantity
from monocli.engine.quantities.units import PURE, Dimensions, Unit, UnitRead, UnitTable
from monocli.engine.quantities.values import Value
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.records.measures import Equal, Measure

OF_A_BODY = ("age", "height", "weight", "body-surface")
"""Measures of which one person has one each, so that they are held against one another (`plausible`)."""
_PART = re.compile(r"\s*(?P<number>[0-9.]+)\s*(?P<unit>[^\d\s.,+/-][^\d.,+/-]*)")
_POWERS = (3, 6, 9)
"""Powers of ten that units of counts have."""
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
    parts: tuple[Part, ...] = ()
    """As it was given in several units; `number` and `unit` are then in the measure's own."""

    def in_unit(self, unit: Unit) -> Fraction:
        """The number of these units in the value."""
        return self.value / unit.factor

    def typed(self) -> str:
        """The number and unit, or numbers and units, in which it was given."""
        return text_of(self.parts) if self.parts else Value(self.number).text(self.unit)

    def defined_in(self, table: UnitTable) -> str:
        """The source that defines its units, where that is not the one of all units."""
        units = [part.unit for part in self.parts] or [self.unit]
        return next((source for unit in units if (source := table.source_of(unit))), "")


def read(measure: Measure, text: str, name: str, table: UnitTable, *, ranged: bool = True) -> Reading | Refusal:
    """The value typed for an input of this name; not held against the range of the measure where others are to be asked
    first (`ranged`). Refusals: `bad-value`, `unit-needed`, `unknown-unit`, `incompatible-units`."""
    if refused := too_long(text, name, measure.get("hint")):
        return refused
    if "words" in measure:
        return _word(measure, text, name)
    twofold = measure.get("two_readings")
    any_case = re.IGNORECASE if measure.get("any_case") else 0
    if twofold and re.fullmatch(rf"[0-9.]+\s*{re.escape(twofold['unit'])}", text.strip(), any_case):
        return bad_value(name, f"{visible(text.strip())!r} {twofold['text']}", measure.get("hint"))
    reading = _added(measure, text, name, table) or _single(measure, text, name, table)
    if isinstance(reading, Refusal) or not ranged:
        return reading
    why = why_out_of_range(measure, reading, table)
    return bad_value(name, why, measure.get("hint")) if why else reading


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
    """ "4 ft 3 in" and "2y6mo" add up, each unit a part of the one before; None where it is no such sum."""
    bare = _THEN_BARE.fullmatch(text)
    if bare and not isinstance(unit := table.read(bare["unit"]), Refusal) and unit.text in table.followed_by:
        text = f"{text.rstrip()} {table.followed_by[unit.text]}"
    parts = list(_PART.finditer(text))
    if len(parts) < 2 or "".join(part[0] for part in parts).strip() != text.strip():
        return None
    added: list[Part] = []
    own = unit_of(measure, table)
    for part in parts:
        number = read_number(part["number"])
        if isinstance(number, Refusal):
            return _of_input(number, name, measure)
        unit = table.read(part["unit"].strip(), (own.dimensions,))
        if isinstance(unit, Refusal):
            return _of_input(unit, name, measure)
        if unit.unit.dimensions != own.dimensions or (added and unit.unit.factor >= added[-1].size):
            return bad_value(name, f"not one {measure['label']}: {visible(text.strip())!r}", measure.get("hint"))
        added.append(Part(number, table.shown(unit.text), unit.unit.factor))
    if (why := slip(added)) is not None:
        meant = _meant(measure, added, name, table)
        message = f"{visible(text.strip())!r} is not one {measure['label']}: {why}"
        return bad_value(name, message, f"did you mean {' or '.join(meant)}?" if meant else measure.get("hint"))
    value = total(added)
    number, unit_shown = value / own.factor, measure.get("unit", "")
    return Reading(value, own.dimensions, number, unit_shown, given_as=own.dimensions, parts=tuple(added))


def _meant(measure: Measure, parts: Sequence[Part], name: str, table: UnitTable) -> list[str]:
    """What parts that are no one amount may have been meant for, each read as the measure is, and in its own unit."""
    own = measure.get("unit", "")
    in_all = numbered(decimal_text(total(parts) / unit_of(measure, table).factor), own)
    first = parts[0]
    if not mixed(parts):
        written = [text_of(carried(parts)), *([first.text()] if first.number.denominator != 1 else [])]
    elif len(parts) == 2 and first.unit in table.followed_by:
        written = [f"{first.text()} {decimal_text(parts[1].number)} {table.followed_by[first.unit]}", in_all]
    else:
        written = [in_all]
    found: list[str] = []
    for text in written:
        reading = read(measure, text, name, table)
        if isinstance(reading, Refusal):
            continue
        number = reading.in_unit(unit_of(measure, table))
        same = numbered(decimal_text(number), own)
        found.append(text if text == same or not is_finite_decimal(number) else f"{text} ({same})")
    return found


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
    if not _is_of(measure, found, kinds):
        return bad_value(
            name,
            f"{found.text} is no unit of {measure['label']}; {_in_use(measure)}",
            measure.get("hint"),
            code="incompatible-units",
        )
    value = quantity.value * found.unit.factor
    number, unit = _as_counted(quantity, found.text, table)
    read_as = Reading(value, found.unit.dimensions, number, unit, notes=found.notes, given_as=found.unit.dimensions)
    if "equals" in measure and found.unit.dimensions != own.dimensions:
        equal = measure["equals"]
        return read_as.replaced(value=across(value, equal, table), dimensions=own.dimensions, converted=equal)
    return read_as


def _is_of(measure: Measure, found: UnitRead, kinds: Sequence[Dimensions]) -> bool:
    """Whether a unit is one of the measure. A quotient of one kind ("mmol/mol") is a share, but seldom the one that is
    meant, for HbA1c is another number in it: only where the measure names it."""
    if measure.get("kinds") and found.text.startswith("/"):
        return False
    named = (*measure.get("kinds", []), *measure.get("unit_needed", []), *measure.get("also_in", []))
    share = found.unit.dimensions == PURE and "/" in found.text and found.text not in named
    return found.unit.dimensions in kinds and not share


def _as_counted(quantity: Quantity, unit: str, table: UnitTable) -> tuple[Fraction, str]:
    """A number and its unit as they are shown: the power of ten of a count ("4.5 × 10^9" "/L") stays with the unit, so
    that nobody has to count zeros."""
    typed = read_number(quantity.number) if unit.startswith("/") else quantity.value
    if not isinstance(typed, Refusal) and typed not in (0, quantity.value):
        for power in _POWERS:
            if typed * 10**power == quantity.value and not isinstance(table.read(f"10^{power}{unit}"), Refusal):
                return typed, f"10^{power}{unit}"
    return quantity.value, unit


def _bare(measure: Measure, quantity: Quantity, name: str, table: UnitTable) -> Reading | Refusal:
    """A number without a unit: in the measure's own, or refused where that would be a guess."""
    units = measure.get("unit_needed", []) or measure.get("kinds", [])
    if units:
        typed = Value(quantity.value).text()
        meant = " or ".join(f"{typed} {unit}" for unit in units[:2])
        message = f"{typed} has no unit, and more than one is in use: {meant}?"
        written = " or ".join(f'"{name}={typed} {unit}"' for unit in units[:2])
        return bad_value(name, message, f"write {written}", code="unit-needed")
    own = unit_of(measure, table)
    unit = measure.get("unit", "number")
    shown = "" if unit == "number" else unit
    return Reading(quantity.value * own.factor, own.dimensions, quantity.value, shown, given_as=own.dimensions)


def why_out_of_range(measure: Measure, reading: Reading, table: UnitTable) -> str | None:
    """Why the reading is taken for a slip; None where it lies in the range that the library sets."""
    least, most = measure.get("at_least"), measure.get("at_most")
    number = reading.value / unit_of(measure, table).factor
    if least is None and reading.value <= 0:
        return f"must be more than 0, not {Value(reading.number).text()}"
    if (least is None or exact(least) <= number) and (most is None or number <= exact(most)):
        return None
    unit = "" if measure.get("unit", "number") == "number" else measure["unit"]
    typed = Value(reading.number).text(reading.unit)
    same = "" if reading.unit in ("", unit) else f", which is {Value(number).text(unit)},"
    between = f"{least} to {most}" if least is not None and most is not None else f"at most {most or least}"
    between += f" × {unit}" if unit.startswith("10^") else f" {unit}" if unit else ""
    return f"{typed}{same} is no {measure['label']} of a patient ({between})"


def _in_use(measure: Measure) -> str:
    own = [measure.get("unit", "number"), *measure.get("also_in", [])]
    units = measure.get("unit_needed") or measure.get("kinds") or own
    return f"units in use: {', '.join(units)}" if units != ["number"] else "it is a number without a unit"


def _of_input(inner: Refusal, name: str, measure: Measure) -> Refusal:
    """A reader's refusal, as that of the input. How the measure is written says more than how any number is, unless the
    reader has the readings that the text may have had."""
    code = inner.code if inner.code == "unknown-unit" else "bad-value"
    own = measure.get("hint")
    first, then = (inner.hint, own) if inner.suggestions else (own, inner.hint)
    hint = first or then or f"{measure['label']}: {_in_use(measure)}"
    return inner.replaced(
        code=code, message=f"{name}: {inner.message}", hint=hint, detail={**inner.detail, "field": name}
    )
