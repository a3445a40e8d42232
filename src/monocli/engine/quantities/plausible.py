"""Whether a person's measures are possible: in the human range, at the age, and together. What is not is refused with
the question that its likeliest slip suggests; a value in a question has passed every check that it would meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import Refusal, bad_value
from monocli.engine.inputs import AGE, BSA, HEIGHT, WEIGHT
from monocli.engine.names import numbered
from monocli.engine.quantities.numbers import decimal_text, exact, round_half_up
from monocli.engine.quantities.quantity import Quantity, read_quantity
from monocli.engine.quantities.values import Value
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.quantities.measuring import Reading
    from monocli.engine.quantities.units import UnitTable
    from monocli.records.body import BodyFile
    from monocli.records.measures import Measure

OWN_LIMIT = "this library's own limits"
MASS_INDEX = "mass-index"
"""The name under which an age limits height and weight together."""
INPUTS = {"age": AGE, "height": HEIGHT, "weight": WEIGHT, "body-surface": BSA}
"""What a dose calls the inputs of these measures."""
_POINT_SLIPS = (Fraction(10), Fraction(1, 10), Fraction(100), Fraction(1, 100))


class People(Record):
    """What is known of people: what can be at an age and together, the measures with their ranges, and the units."""

    limits: BodyFile
    measures: Mapping[str, Measure]
    table: UnitTable


class _Fault(Record):
    measure: str
    message: str
    hint: str | None


def read_age(people: People, text: str) -> Fraction | Refusal:
    """The age of a dose's patient in years, exactly; `bad-value` for what cannot be read or cannot be."""
    from monocli.engine.quantities.measuring import read, unit_of

    measure = people.measures["age"]
    reading = read(measure, text, AGE, people.table)
    return _bad(reading) if isinstance(reading, Refusal) else reading.in_unit(unit_of(measure, people.table))


def read_measures(
    people: People, typed: Mapping[str, str], age: Fraction | None = None
) -> dict[str, Fraction] | Refusal:
    """Height (cm), weight (kg) and area (m2) by measure, of a dose's patient of this age (years), as typed; `bad-value`
    for what cannot be read or cannot be."""
    from monocli.engine.quantities.measuring import read

    readings: dict[str, Reading] = {}
    for id, text in typed.items():
        reading = read(people.measures[id], text, INPUTS[id], people.table, ranged=False)
        if isinstance(reading, Refusal):
            return _bad(reading)
        readings[id] = reading
    return impossible(people, readings, typed, INPUTS, age) or _numbers(people, readings)


def impossible(
    people: People,
    readings: Mapping[str, Reading],
    typed: Mapping[str, str],
    names: Mapping[str, str],
    age: Fraction | None,
) -> Refusal | None:
    """`bad-value` where one person of this age (years; None where it is not known) cannot have these measures. All go
    by the id of the measure: `typed` is what was typed, `names` what the inputs are called."""
    values = _numbers(people, readings)
    fault = _out_of_range(people, readings, names) or _first_fault(people, age, values)
    if fault is None:
        return None
    question = _question(people, age, values, typed, names, fault.measure)
    option = names.get(fault.measure) or names["height"]
    return bad_value(option, fault.message, " ".join(part for part in (question, fault.hint) if part) or None)


def is_possible(people: People, age: Fraction | None, values: Mapping[str, Fraction]) -> bool:
    """Whether one person can have these measures (each in its unit) at this age (years)."""
    measures = ((people.measures[id], value) for id, value in values.items())
    within = all(exact(m["at_least"]) <= value <= exact(m["at_most"]) for m, value in measures)
    return within and _first_fault(people, age, values) is None


def _bad(refusal: Refusal) -> Refusal:
    """A refusal of a measure under the one code that values of a dose have."""
    return refusal.replaced(code="bad-value")


def _numbers(people: People, readings: Mapping[str, Reading]) -> dict[str, Fraction]:
    """The numbers, each in the unit of its measure."""
    from monocli.engine.quantities.measuring import unit_of

    return {id: reading.in_unit(unit_of(people.measures[id], people.table)) for id, reading in readings.items()}


def _out_of_range(people: People, readings: Mapping[str, Reading], names: Mapping[str, str]) -> _Fault | None:
    """The first value outside the range that the library sets for every person."""
    from monocli.engine.quantities.measuring import why_out_of_range

    for id in names:
        if id in readings and (why := why_out_of_range(people.measures[id], readings[id], people.table)):
            return _Fault(id, why, people.measures[id].get("hint"))
    return None


def _first_fault(people: People, age: Fraction | None, values: Mapping[str, Fraction]) -> _Fault | None:
    return _at_age(people, age, values) or _together(people.limits, values)


def _at_age(people: People, age: Fraction | None, values: Mapping[str, Fraction]) -> _Fault | None:
    """The first measure that is not possible at the age; height and weight together go by the mass index."""
    if age is None:
        return None
    bands = people.limits.get("ages", [])
    band = next((b for b in bands if exact(b["from_years"]) <= age < exact(b["below_years"])), None)
    held = dict(values)
    if "height" in values and "weight" in values:
        held[MASS_INDEX] = mass_index(values["height"], values["weight"])
    for limit in band["limits"] if band else ():
        id = limit["measure"]
        value = held.get(id)
        if value is None or exact(limit["at_least"]) <= value <= exact(limit["at_most"]):
            continue
        between, years = f"{limit['at_least']} to {limit['at_most']}", numbered(decimal_text(age), "years")
        if id == MASS_INDEX:
            both = f"{decimal_text(held['height'])} cm and {decimal_text(held['weight'])} kg"
            index = decimal_text(round_half_up(value, 1))
            message = (
                f"{both} make a body-mass index of {index} kg/m2, not plausible at {years} ({between}: {OWN_LIMIT})"
            )
            return _Fault(id, message, "check both and their units: a bare height is in cm, a bare weight in kg")
        measure = people.measures[id]
        shown, unit = Value(value).text(measure["unit"]), measure["unit"]
        message = f"{shown} is not plausible as {measure['label']} at {years} ({between} {unit}: {OWN_LIMIT})"
        return _Fault(id, message, measure.get("hint"))
    return None


def _together(document: BodyFile, values: Mapping[str, Fraction]) -> _Fault | None:
    """Height (cm) and weight (kg) that no one person has."""
    if "height" not in values or "weight" not in values:
        return None
    limits = document["mass_index"]
    if exact(limits["at_least"]) <= mass_index(values["height"], values["weight"]) <= exact(limits["at_most"]):
        return None
    both = f"{decimal_text(values['height'])} cm and {decimal_text(values['weight'])} kg"
    return _Fault(MASS_INDEX, f"{both} do not belong to one person", "check both and their units")


def mass_index(height: Fraction, weight: Fraction) -> Fraction:
    """Weight in kg over the square of the height (cm) in m."""
    return weight / (height / 100) ** 2


def _question(
    people: People,
    age: Fraction | None,
    values: Mapping[str, Fraction],
    typed: Mapping[str, str],
    names: Mapping[str, str],
    at_fault: str,
) -> str | None:
    """What may have been meant: the point at another place, else another unit; or the two swapped. None where no such
    reading passes every check."""
    bare = {id: value for id, text in typed.items() if (value := _bare(text)) is not None}
    asked = []
    if at_fault in bare:
        for meant, reading in _readings(people, at_fault, bare[at_fault]):
            if _is_likely(people, age, {**values, at_fault: meant}):
                asked.append(f"did you mean {decimal_text(meant)} {people.measures[at_fault]['unit']}{reading}?")
                break
    if "height" in bare and "weight" in bare:
        swapped = {**values, "height": values["weight"], "weight": values["height"]}
        if _is_likely(people, age, swapped):
            asked.append(f"are {names['height']} and {names['weight']} swapped?")
    return " or ".join(asked) or None


def _is_likely(people: People, age: Fraction | None, values: Mapping[str, Fraction]) -> bool:
    """Whether one person can have these measures at this age; where that has no limits of its own, at any that has."""
    bands = people.limits.get("ages", [])
    ages = [exact(b["from_years"]) for b in bands if age is None or age >= exact(b["below_years"])]
    if bands and len(ages) == len(bands):
        return any(is_possible(people, each, values) for each in ages)
    return is_possible(people, age, values)


def _bare(text: str) -> Fraction | None:
    quantity = read_quantity(text)
    return quantity.value if isinstance(quantity, Quantity) and not quantity.unit and quantity.value > 0 else None


def _readings(people: People, id: str, number: Fraction) -> Iterator[tuple[Fraction, str]]:
    """Other values that a bare number may have been meant for, likeliest first, with how each is written."""
    measure, table = people.measures[id], people.table
    own = table.known(measure["unit"]).factor
    written = {
        table.known(unit).factor / own: f" ({decimal_text(number)} {unit})"
        for unit in measure.get("also_in", [])
        # Nobody means tenths of a foot or of a stone: 4.2 would be 4 ft 2 in.
        if unit not in table.followed_by or number.denominator == 1
    }
    for factor in dict.fromkeys((*_POINT_SLIPS, *written)):
        yield number * factor, written.get(factor, "")
