"""Of every formula of the library, over its own cases: the same answer in any unit of an input, the unit of the result
follows, and more of one input never turns the result around."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from formula_records import FORMULAS, book
from monocli.engine.answers import Answer, Refusal
from monocli.engine.formulas.calculating import calculate
from monocli.engine.names import normalise
from monocli.engine.quantities.measuring import Reading, read
from monocli.engine.quantities.numbers import decimal_text
from monocli.engine.quantities.units import Unit

Case = tuple[str, dict[str, str]]


def _given(path: Any) -> list[dict[str, str]]:
    cases = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["cases"]
    return [case["inputs"] for case in cases if "gives" in case]


CASES: list[Case] = [
    (path.name.removesuffix(".cases.yaml"), inputs)
    for path in sorted(FORMULAS.glob("*.cases.yaml"))
    for inputs in _given(path)
]


@cache
def _units() -> dict[str, Unit]:
    """Every unit that a measure names, and each single unit that the table knows by one of these names' dimensions."""
    written = {
        "g",
        "mg",
        "microgram",
        "kg",
        "lb",
        "L",
        "mL",
        "cm",
        "m",
        "mm",
        "in",
        "h",
        "min",
        "s",
        "ms",
        "years",
        "months",
    }
    written |= {"mg/dL", "mg/L", "g/L", "g/dL", "micromol/L", "mmol/L", "mEq/L", "mL/min", "mL/h", "L/h", "mL/s"}
    written |= {
        "microgram/mL",
        "mg/mL",
        "g/L",
        "/min",
        "/h",
        "cells/microlitre",
        "10^9/L",
        "m2",
        "cm2",
        "mL/day",
        "L/day",
    }
    for measure in book().measures.values():
        written |= {measure.get("unit", "number"), *measure.get("unit_needed", []), *measure.get("kinds", [])}
    return {text: book().table.known(text) for text in written - {"number"}}


def _number(found: Answer[Any] | Refusal) -> Fraction:
    assert isinstance(found, Answer), found
    result = found.data["result"]
    return Fraction(result.get("exact") or Decimal(result["value"]))


def _readings(formula: str, inputs: dict[str, str]) -> dict[str, Reading]:
    """What was typed for each input that is a number, by the name it was typed under."""
    compiled = book().formula(formula)
    names = book().input_names(compiled)
    asked = {i["name"]: i for i in compiled["inputs"]}
    found = {}
    for name, text in inputs.items():
        reading = read(book().measure(asked[names[normalise(name)]]), text, name, book().table)
        assert not isinstance(reading, Refusal), reading
        if not reading.word:
            found[name] = reading
    return found


def _near(one: Fraction, other: Fraction) -> bool:
    return abs(one - other) <= max(abs(one), Fraction(1)) * Fraction(1, 10**5)


@pytest.mark.parametrize("formula", sorted({formula for formula, _ in CASES}))
def test_an_input_in_any_other_unit_gives_the_same(formula: str) -> None:
    for inputs in (given_ for id, given_ in CASES if id == formula):
        compiled = book().formula(formula)
        usual = _number(calculate(book(), compiled, list(inputs.items())))
        for name, reading in _readings(formula, inputs).items():
            for written, unit in _units().items():
                number = reading.value / unit.factor
                if unit.dimensions != reading.given_as or not unit.dimensions or reading.converted is not None:
                    continue
                if written.startswith("/") and not reading.unit.startswith("/"):
                    continue  # A bare rate is no unit of a dose, whatever it is a rate of.
                text = decimal_text(number)
                if Fraction(Decimal(text)) != number or len(text) > 40:
                    continue
                typed = {**inputs, name: f"{text} × {written}" if written[0].isdigit() else f"{text} {written}"}
                found = calculate(book(), compiled, list(typed.items()))
                assert isinstance(found, Answer), (typed, found)
                if found.data["result"]["unit"] == _unit_of(formula, inputs):
                    assert _near(_number(found), usual), typed


@cache
def _usual_unit(formula: str, inputs: tuple[tuple[str, str], ...]) -> str:
    found = calculate(book(), book().formula(formula), list(inputs))
    assert isinstance(found, Answer)
    return str(found.data["result"]["unit"])


def _unit_of(formula: str, inputs: dict[str, str]) -> str:
    return _usual_unit(formula, tuple(inputs.items()))


@pytest.mark.parametrize("formula", sorted({formula for formula, _ in CASES}))
def test_the_result_follows_in_any_unit_that_is_asked_for(formula: str) -> None:
    inputs = next(given_ for id, given_ in CASES if id == formula)
    compiled, table = book().formula(formula), book().table
    unit = _unit_of(formula, inputs)
    own = table.known(unit)
    usual = _number(calculate(book(), compiled, list(inputs.items())))
    for written, other in _units().items():
        if other.dimensions == own.dimensions and own.dimensions:
            found = calculate(book(), compiled, list(inputs.items()), written)
            assert _near(_number(found) * other.factor, usual * own.factor), written


@given(st.sampled_from(CASES), st.data())
def test_more_of_one_input_never_turns_the_result_around(case: Case, data: st.DataObject) -> None:
    """Each formula of the library rises or falls with an input alone, or does not move."""
    formula, inputs = case
    numbers = _readings(formula, inputs)
    if not numbers:
        return
    name = data.draw(st.sampled_from(sorted(numbers)))
    reading = numbers[name]
    drawn = data.draw(st.lists(st.integers(50, 200), min_size=3, max_size=3, unique=True))
    results = []
    for hundredths in sorted(drawn):
        number = reading.number * Fraction(hundredths, 100)
        text = f"{decimal_text(number)} {reading.unit}".strip()
        found = calculate(book(), book().formula(formula), list({**inputs, name: text}.items()))
        if isinstance(found, Refusal):
            return
        results.append(_number(found))
    assert results in (sorted(results), sorted(results, reverse=True)), (formula, name, drawn)
