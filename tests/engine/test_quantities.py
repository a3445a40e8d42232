"""Units are a factor and exponents; a measure is read in any of its units, or refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from formula_records import book
from monocli.engine.answers import Refusal
from monocli.engine.quantities import measuring
from monocli.engine.quantities.units import Unit
from monocli.engine.quantities.values import Undefined, Value


def unit(text: str) -> Unit:
    return book().table.known(text)


@pytest.mark.parametrize(
    ("one", "other", "times"),
    [
        ("mg/dL", "g/L", Fraction(1, 100)),
        ("microgram/kg/min", "mg/kg/h", Fraction(6, 100)),
        ("mL/min/1.73 m2", "mL/min/m2", 1 / Fraction("1.73")),
        ("kg/m2", "g/cm2", Fraction(1, 10)),
        ("mg·min/mL", "mg/mL·h", None),
        ("drops/mL", "/mL", 1),
        ("mg per mL", "mg/mL", 1),
        ("10^9/L", "cells/microlitre", 1000),
        ("years", "months", 12),
        ("mL/24 h", "mL/day", 1),
    ],
)
def test_a_unit_is_a_factor_and_exponents(one: str, other: str, times: Fraction | int | None) -> None:
    if times is None:
        assert unit(one).dimensions != unit(other).dimensions
        return
    assert unit(one).dimensions == unit(other).dimensions
    assert unit(one).factor == unit(other).factor * times


@pytest.mark.parametrize("text", ["mgg", "/", "mg/", "mg//mL", "mL/U", "Mg", "·mg", "mg/0 m2", "", "x" * 200])
def test_what_is_no_unit_is_refused(text: str) -> None:
    found = book().table.read(text)
    assert isinstance(found, Refusal)
    assert found.code == "unknown-unit"


def read(measure: str, text: str) -> measuring.Reading | Refusal:
    return measuring.read(book().measures[measure], text, measure, book().table)


def number(measure: str, text: str) -> Fraction:
    """The value in the measure's own unit."""
    found = read(measure, text)
    assert isinstance(found, measuring.Reading), found
    return found.in_unit(measuring.unit_of(book().measures[measure], book().table))


@pytest.mark.parametrize(
    ("measure", "text", "value"),
    [
        ("weight", "70", "70"),
        ("weight", "70 kilos", "70"),
        ("weight", "70 KG", "70"),
        ("weight", "10 st 4 lb", "65.3173"),
        ("weight", "10st4", "65.3173"),
        ("height", "5 ft 9 in", "175.26"),
        ("height", "5'9\"", "175.26"),
        ("height", "1.75m", "175"),
        ("age", "2y6mo", "2.5"),
        ("age", "18mo", "1.5"),
        ("age", "8.5", "8.5"),
        ("age", "70 Years", "70"),
        ("creatinine", "88.4 micromol/L", "1"),
        ("creatinine", "88.4 umol/L", "1"),
        ("creatinine", "0.0884 mmol/L", "1"),
        ("creatinine", "12 mg/L", "1.2"),
        ("albumin", "25 g/L", "2.5"),
        ("bilirubin", "17.1 micromol/L", "1"),
        ("sodium", "140 mEq/L", "140"),
        ("heart-rate", "75/min", "75"),
        ("heart-rate", "75 beats per min", "75"),
        ("share-of-cells", "60 %", "60"),
        ("white-cells", "4.5 x 10^9/L", "4.5"),
        ("neutrophils", "0.8 10^9/L", "0.8"),
        ("neutrophils", "0.8 10⁹/L", "0.8"),
        ("neutrophils", "0.8x10^9/L", "0.8"),
        ("neutrophils", "0.8 x 10*9/L", "0.8"),
        ("neutrophils", "0.8 10*9/L", "0.8"),
        ("neutrophils", "0.8 × 10^9/l", "0.8"),
        ("neutrophils", "0.8 G/L", "0.8"),
        ("neutrophils", "0.8 Gpt/L", "0.8"),
        ("neutrophils", "800/microL", "0.8"),
        ("neutrophils", "800 /µL", "0.8"),
        ("neutrophils", "800 cells/mm³", "0.8"),
        ("neutrophils", "0.8 10^3/uL", "0.8"),
        ("neutrophils", "0.8 K/uL", "0.8"),
        ("neutrophils", "800 000 000/L", "0.8"),
        ("neutrophils", "0 G/L", "0"),
        ("haematocrit", "0.36 L/L", "36"),
        ("clearance", "1 ml/s", "60"),
        ("creatinine", "88.4 µmol/l", "1"),
    ],
)
def test_a_measure_is_read_in_any_of_its_units(measure: str, text: str, value: str) -> None:
    assert round(number(measure, text), 4) == Fraction(value)


@pytest.mark.parametrize(
    ("measure", "text", "code"),
    [
        ("creatinine", "1.2", "unit-needed"),
        ("concentration", "5", "unit-needed"),
        ("creatinine", "1.2 mg", "incompatible-units"),
        ("weight", "70 cm", "incompatible-units"),
        ("weight", "70 xyz", "unknown-unit"),
        ("weight", "-70", "bad-value"),
        ("weight", "0", "bad-value"),
        ("weight", "abc", "bad-value"),
        ("weight", "1,5", "bad-value"),
        ("weight", "", "bad-value"),
        ("weight", "4 lb 10 st", "bad-value"),
        ("weight", "9" * 200, "bad-value"),
        ("height", "1.75", "bad-value"),
        ("age", "18m", "bad-value"),
        ("age", "131", "bad-value"),
        ("sex", "x", "bad-value"),
        ("dose-rate", "5/min", "incompatible-units"),
        ("clearance", "60 mL/min/1.73 m2", "incompatible-units"),
        ("creatinine", "40.1 mg/dL", "bad-value"),
        ("age", "18M", "bad-value"),
        ("neutrophils", "0.8", "unit-needed"),
        ("neutrophils", "0.8 x 10e9/L", "bad-value"),
        ("neutrophils", "0.8 10E9/L", "bad-value"),
        ("neutrophils", "0.8 x 109/L", "bad-value"),
        ("neutrophils", "0.8 109/L", "bad-value"),
        ("neutrophils", "8 10*9", "bad-value"),
        ("neutrophils", "0.8*10*9/L", "bad-value"),
        ("neutrophils", "0.8 g/L", "incompatible-units"),
        ("neutrophils", "501 G/L", "bad-value"),
        ("share-of-cells", "600 mmol/mol", "incompatible-units"),
        ("share-of-cells", "600 mg/g", "incompatible-units"),
    ],
)
def test_what_is_no_value_of_a_measure_is_refused(measure: str, text: str, code: str) -> None:
    found = read(measure, text)
    assert isinstance(found, Refusal)
    assert (found.code, found.detail["field"]) == (code, measure)


@pytest.mark.parametrize(
    ("measure", "text", "why", "hint"),
    [
        ("height", "5'13\"", "12 in make 1 ft", "did you mean 6 ft 1 in (185.42 cm)?"),
        ("height", "5'12", "12 in make 1 ft", "did you mean 6 ft (182.88 cm)?"),
        ("height", "1 m 100 cm", "100 cm make 1 m", "did you mean 2 m (200 cm)?"),
        ("height", "5.5 ft 3 in", "5.5 ft is not", "did you mean 5 ft 9 in (175.26 cm) or 5.5 ft (167.64 cm)?"),
        ("height", "5 ft 10 cm", "do not go together", "did you mean 5 ft 10 in (177.8 cm) or 162.4 cm?"),
        ("weight", "3 st 20 lb", "14 lb make 1 st", "did you mean 4 st 6 lb (28.12272694 kg)?"),
        ("weight", "11 st 14", "14 lb make 1 st", "did you mean 12 st (76.20351816 kg)?"),
        ("weight", "150 lb 16 oz", "16 oz make 1 lb", "did you mean 151 lb (68.49244787 kg)?"),
        ("weight", "24 kg 1500 g", "1000 g make 1 kg", "did you mean 25 kg 500 g (25.5 kg)?"),
        ("weight", "10 st 5 kg", "do not go together", "did you mean 10 st 5 lb (65.77089365 kg) or 68.5029318 kg?"),
        ("weight", "100 kg 3 lb", "do not go together", "did you mean 101.36077711 kg?"),
        ("age", "2y12mo", "12 months make 1 year", "did you mean 3 years?"),
        ("age", "1.5 y 2 mo", "1.5 years is not", "did you mean 1 year 8 months or 1.5 years?"),
    ],
)
def test_a_smaller_unit_is_a_part_of_the_larger_one(measure: str, text: str, why: str, hint: str) -> None:
    found = read(measure, text)
    assert isinstance(found, Refusal)
    assert (found.code, found.hint) == ("bad-value", hint)
    assert why in found.message


@pytest.mark.parametrize(
    ("measure", "text"),
    [("height", "5 ft 11.5 in"), ("height", "1 m 99.5 cm"), ("weight", "24 kg 999 g"), ("weight", "9 st 13 lb 15 oz")],
)
def test_only_the_last_unit_has_a_fraction_and_none_reaches_the_one_before(measure: str, text: str) -> None:
    assert isinstance(read(measure, text), measuring.Reading)


@pytest.mark.parametrize(
    ("measure", "text"), [("creatinine", "40 mg/dL"), ("creatinine", "0.05 mg/dL"), ("age", "130"), ("age", "0")]
)
def test_the_ends_of_a_range_belong_to_it(measure: str, text: str) -> None:
    assert isinstance(read(measure, text), measuring.Reading)


@pytest.mark.parametrize("text", ["4.5 x 10^9/L", "4.5 10^9/L", "4.5 10*9/L", "4.5 G/L"])
def test_a_count_is_shown_with_its_power_of_ten(text: str) -> None:
    found = read("white-cells", text)
    assert isinstance(found, measuring.Reading)
    assert (found.number, found.unit) == (Fraction("4.5"), "10^9/L")


def test_a_small_l_below_the_stroke_is_warned_of() -> None:
    found = read("creatinine", "88 micromol/l")
    assert isinstance(found, measuring.Reading)
    assert [note.code for note in found.notes] == ["error-prone-abbreviation"]
    assert isinstance(read("volume", "5 l"), Refusal)


def test_a_bare_number_names_both_units() -> None:
    found = read("creatinine", "1.2")
    assert isinstance(found, Refusal)
    assert "1.2 mg/dL or 1.2 micromol/L" in found.message


def test_roots_that_come_out_even_are_exact_and_others_are_marked() -> None:
    assert Value(Fraction(9, 4)).root() == Value(Fraction(3, 2))
    assert Value(Fraction(2)).root().is_exact is False
    assert Value(Fraction(2)).to_the(Value(Fraction(10))) == Value(Fraction(1024))
    assert Value(Fraction(2)).to_the(Value(Fraction(1, 2))).is_exact is False
    assert Value(Fraction(5, 2)).rounded(0) == Value(Fraction(3))


@pytest.mark.parametrize(
    "undefined",
    [
        lambda: Value(Fraction(1)).over(Value(Fraction(0))),
        lambda: Value(Fraction(0)).logarithm(),
        lambda: Value(Fraction(-1)).root(),
        lambda: Value(Fraction(-8)).cube_root(),
        lambda: Value(Fraction(0)).to_the(Value(Fraction(-1))),
    ],
)
def test_what_has_no_value_is_no_number(undefined: object) -> None:
    with pytest.raises(Undefined):
        undefined()  # type: ignore[operator]  # each is a lambda


@pytest.mark.parametrize(
    ("measure", "text"),
    [
        ("weight", "24 k"), ("weight", "24 kgg"), ("weight", ""), ("age", "abc"), ("height", "\u0661\u0667\u0660"),
        ("height", "5'"), ("height", "17e"),
    ],
)  # fmt: skip
def test_a_refusal_says_how_the_measure_is_written(measure: str, text: str) -> None:
    found = read(measure, text)
    assert isinstance(found, Refusal)
    assert found.hint == book().measures[measure].get("hint")


@pytest.mark.parametrize("text", ["1,5", "1.200", "70\u00bd"])
def test_readings_of_a_number_keep_their_own_hint(text: str) -> None:
    found = read("weight", text)
    assert isinstance(found, Refusal)
    assert found.suggestions
    assert found.hint != book().measures["weight"].get("hint")
