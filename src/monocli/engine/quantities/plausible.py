"""Whether a person's measures are possible: in the human range, at the age, and together. What is not is refused with
the question that its likeliest slip suggests; a value in a question has passed every check that it would meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import Refusal, bad_value
from monocli.engine.inputs import BSA, HEIGHT, WEIGHT
from monocli.engine.names import numbered, with_article
from monocli.engine.quantities.numbers import decimal_text, exact, round_half_up
from monocli.engine.quantities.person import OWN_LIMIT, read_measure
from monocli.engine.quantities.quantity import Quantity, read_quantity
from monocli.engine.quantities.values import Value
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.records.body import BodyFile, PersonMeasure

MASS_INDEX = "mass-index"
"""The name under which an age limits height and weight together."""
_INPUTS = {"height": HEIGHT, "weight": WEIGHT, "area": BSA}
_POINT_SLIPS = (Fraction(10), Fraction(1, 10), Fraction(100), Fraction(1, 100))


class _Fault(Record):
    measure: str
    message: str
    hint: str | None


def read_measures(
    document: BodyFile, typed: Mapping[str, str], age: Fraction | None = None
) -> dict[str, Fraction] | Refusal:
    """Height (cm), weight (kg) and area (m2) by id, of one person of this age (years), as typed; `bad-value` for what
    cannot be read or cannot be."""
    values: dict[str, Fraction] = {}
    for id, text in typed.items():
        value = read_measure(document, id, text, _INPUTS[id])
        if isinstance(value, Refusal):
            return value
        values[id] = value
    fault = _first_fault(document, age, values)
    if fault is None:
        return values
    question = _question(document, age, values, typed, fault.measure)
    option = _INPUTS.get(fault.measure, HEIGHT)
    return bad_value(option, fault.message, " ".join(part for part in (question, fault.hint) if part) or None)


def is_possible(document: BodyFile, age: Fraction | None, values: Mapping[str, Fraction]) -> bool:
    """Whether one person can have these measures at this age."""
    return _first_fault(document, age, values) is None


def _first_fault(document: BodyFile, age: Fraction | None, values: Mapping[str, Fraction]) -> _Fault | None:
    ranges = (_out_of_range(document, id, value) for id, value in values.items())
    found = next((fault for fault in ranges if fault is not None), None)
    return found or _at_age(document, age, values) or _together(document, values)


def _out_of_range(document: BodyFile, id: str, value: Fraction) -> _Fault | None:
    """A value outside the human range that the library sets."""
    measure = _measure(document, id)
    label, unit = measure["label"], measure["unit"]
    if exact(measure["at_least"]) <= value <= exact(measure["at_most"]):
        return None
    if value <= 0:
        return _Fault(id, f"{with_article(label)} must be more than 0: {Value(value).text()}", measure.get("hint"))
    shown, between = Value(value).text(unit), f"{measure['at_least']} to {measure['at_most']} {unit}"
    return _Fault(id, f"{shown} is no human {label} ({between})", measure.get("hint"))


def _at_age(document: BodyFile, age: Fraction | None, values: Mapping[str, Fraction]) -> _Fault | None:
    """The first measure that is not possible at the age; height and weight together go by the mass index."""
    if age is None:
        return None
    bands = document.get("ages", [])
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
        measure = _measure(document, id)
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
    document: BodyFile, age: Fraction | None, values: Mapping[str, Fraction], typed: Mapping[str, str], at_fault: str
) -> str | None:
    """What may have been meant: the point at another place, else another unit; or the two swapped. None where no such
    reading passes every check."""
    bare = {id: value for id, text in typed.items() if (value := _bare(text)) is not None}
    asked = []
    if at_fault in bare:
        measure = _measure(document, at_fault)
        for meant, reading in _readings(measure, bare[at_fault]):
            if _is_likely(document, age, {**values, at_fault: meant}):
                asked.append(f"did you mean {decimal_text(meant)} {measure['unit']}{reading}?")
                break
    if "height" in bare and "weight" in bare:
        swapped = {**values, "height": values["weight"], "weight": values["height"]}
        if _is_likely(document, age, swapped):
            asked.append(f"are {HEIGHT} and {WEIGHT} swapped?")
    return " or ".join(asked) or None


def _is_likely(document: BodyFile, age: Fraction | None, values: Mapping[str, Fraction]) -> bool:
    """Whether one person can have these measures at this age; where that has no limits of its own, at any that has."""
    bands = document.get("ages", [])
    ages = [exact(b["from_years"]) for b in bands if age is None or age >= exact(b["below_years"])]
    if bands and len(ages) == len(bands):
        return any(is_possible(document, each, values) for each in ages)
    return is_possible(document, age, values)


def _bare(text: str) -> Fraction | None:
    quantity = read_quantity(text)
    return quantity.value if isinstance(quantity, Quantity) and not quantity.unit and quantity.value > 0 else None


def _readings(measure: PersonMeasure, number: Fraction) -> Iterator[tuple[Fraction, str]]:
    """Other values that a bare number may have been meant for, likeliest first, with how each is written."""
    # Nobody means tenths of a foot or of a stone: 4.2 would be 4 ft 2 in.
    whole = [u for u in measure["units"] if "then" not in u or number.denominator == 1]
    units = [(exact(unit["factor"]), unit["names"][0]) for unit in whole]
    written = {factor: f" ({decimal_text(number)} {name})" for factor, name in units if factor != 1}
    for factor in dict.fromkeys((*_POINT_SLIPS, *written)):
        yield number * factor, written.get(factor, "")


def _measure(document: BodyFile, id: str) -> PersonMeasure:
    return next(m for m in document["body"] if m["id"] == id)
