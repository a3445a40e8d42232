"""The reading of a person's measures: height, weight, area and age as people write them, in the base unit of each.

Units, human ranges and what has two readings are data (`data/measures/body.yaml`).
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import Refusal, bad_value, not_readable, too_long
from monocli.engine.names import visible, with_article
from monocli.engine.quantities.numbers import exact
from monocli.engine.quantities.quantity import read_number, read_quantity
from monocli.engine.quantities.values import Value

if TYPE_CHECKING:
    from monocli.records.body import BodyFile, PersonMeasure

OWN_LIMIT = "this library's own limits"
_PART = r"\s*(?P<number>[0-9.]+)\s*(?P<unit>[^\d\s.,+-][^\d.,+-]*)"
_MONTHS_A_YEAR = 12
_YEARS = r"(?P<years>[0-9.]+)\s*(?:y|yrs?|years?)"
_MONTHS = r"(?P<months>[0-9.]+)\s*(?:mos?|months?)"
_AGES = (rf"(?:{_YEARS}|(?P<bare>[0-9.]+))", _MONTHS, rf"{_YEARS}\s*{_MONTHS}")
"""Forms of an age. Patterns are compiled when an age is read, not whenever the module is loaded."""


def read_measure(document: BodyFile, measure_id: str, text: str, option: str) -> Fraction | Refusal:
    """A height (cm), weight (kg) or area (m2) as typed; `bad-value` for what cannot be read."""
    if refused := too_long(text, option):
        return refused
    measure = next(m for m in document["body"] if m["id"] == measure_id)
    return _in_base_unit(measure, text, option)


def read_age(document: BodyFile, text: str, option: str) -> Fraction | Refusal:
    """An age in years, exactly: "8", "8.5", "18mo", "2y6mo"."""
    if refused := too_long(text, option):
        return refused
    measure = next(m for m in document["body"] if m["id"] == "age")
    match = next(filter(None, (re.fullmatch(form, text.strip(), re.IGNORECASE) for form in _AGES)), None)
    twofold = measure.get("two_readings")
    if twofold and re.fullmatch(rf"[0-9.]+\s*{re.escape(twofold['unit'])}", text.strip(), re.IGNORECASE):
        return bad_value(option, f"{visible(text.strip())!r} {twofold['text']}", measure.get("hint"))
    if match is None:
        inner = read_quantity(text)
        if isinstance(inner, Refusal):
            return not_readable(option, inner, measure.get("hint"))
        if inner.negative:
            return bad_value(option, f"an age cannot be negative: {visible(text)!r}", measure.get("hint"))
        return bad_value(option, f"not an age: {visible(text)!r}", measure.get("hint"))
    total = Fraction(0)
    for name, a_year in (("bare", 1), ("years", 1), ("months", _MONTHS_A_YEAR)):
        if part := match.groupdict().get(name):
            number = read_number(part)
            if isinstance(number, Refusal):
                return not_readable(option, number, measure.get("hint"))
            total += number / a_year
    return _within(measure, total, text, option)


def _in_base_unit(measure: PersonMeasure, text: str, option: str) -> Fraction | Refusal:
    """The measure in its base unit; "4 ft 3 in" adds up, and so does "4ft3"."""
    hint = measure.get("hint")
    text = _with_last_unit(measure, text)
    parts = list(re.finditer(_PART, text))
    if len(parts) > 1 and "".join(part[0] for part in parts).strip() == text.strip():
        total, last = Fraction(0), None
        for part in parts:
            number = read_number(part["number"])
            if isinstance(number, Refusal):
                return not_readable(option, number, hint)
            factor = _factor(measure, part["unit"])
            if factor is None or (last is not None and factor >= last):
                return _unknown_unit(measure, part["unit"], option)
            total, last = total + number * factor, factor
        return total
    quantity = read_quantity(text)
    if isinstance(quantity, Refusal):
        return not_readable(option, quantity, hint)
    if quantity.unit == "":
        return quantity.value
    factor = _factor(measure, quantity.unit)
    return _unknown_unit(measure, quantity.unit, option) if factor is None else quantity.value * factor


def _with_last_unit(measure: PersonMeasure, text: str) -> str:
    """ "4ft3" as "4ft3in": the unit of a last bare number, where the unit before it says which follows."""
    match = re.fullmatch(r"\s*[0-9]+\s*(?P<unit>[^\d\s.,+-]+)\s*[0-9]+(?:\.[0-9]+)?\s*", text)
    for unit in measure["units"] if match else ():
        if match and match["unit"].casefold() in (name.casefold() for name in unit["names"]):
            return text.rstrip() + unit.get("then", "")
    return text


def _factor(measure: PersonMeasure, unit: str) -> Fraction | None:
    key = unit.strip().casefold()
    return next((exact(u["factor"]) for u in measure["units"] if key in (n.casefold() for n in u["names"])), None)


def _unknown_unit(measure: PersonMeasure, unit: str, option: str) -> Refusal:
    known = ", ".join(u["names"][0] for u in measure["units"])
    return bad_value(
        option, f"{visible(unit.strip())!r} is not a unit of {measure['label']}; known: {known}", measure.get("hint")
    )


def _within(measure: PersonMeasure, value: Fraction, text: str, option: str) -> Fraction | Refusal:
    """The value, if it lies in the human range that the library sets."""
    low, high, label = exact(measure["at_least"]), exact(measure["at_most"]), measure["label"]
    if value < 0 or (value == 0 and low > 0):
        return bad_value(option, f"{with_article(label)} must be more than 0: {visible(text)!r}", measure.get("hint"))
    if low <= value <= high:
        return value
    shown = Value(value).text(measure["unit"])
    message = f"{shown} is no human {label} ({measure['at_least']} to {measure['at_most']} {measure['unit']})"
    return bad_value(option, message, measure.get("hint"))
