"""Body surface area: published values, exactness, and the reading of heights, weights and ages."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosing_records import formulas
from in_options import in_options
from monocli.engine.answers import BAD_INPUT, Refusal
from monocli.engine.dosing import area as areas
from monocli.engine.inputs import asked
from monocli.engine.quantities import person
from monocli.engine.quantities.plausible import read_measures
from monocli.engine.quantities.values import Value

PUBLISHED = [  # pharmaverse/admiral and InsightRX/clinPK tests; height cm, weight kg, m2 to the places published
    ("mosteller", 170, 75, "1.882"),
    ("mosteller", 185, 90, "2.151"),
    ("dubois", 170, 75, "1.864"),
    ("dubois", 185, 90, "2.141"),
    ("haycock", 170, 75, "1.895"),
    ("haycock", 185, 90, "2.161"),
    ("gehan-george", 170, 75, "1.897"),
    ("gehan-george", 185, 90, "2.160"),
    ("boyd", 170, 75, "1.905"),
    ("boyd", 185, 90, "2.158"),
    ("fujimoto", 170, 75, "1.819"),
    ("fujimoto", 185, 90, "2.086"),
]


def area(name: str, height: Any, weight: Any, sex: str | None = None) -> areas.Area:
    formula = areas.find_formula(formulas(), name, "--bsa-formula")
    assert not isinstance(formula, Refusal)
    found = areas.area(formulas(), formula, Fraction(height), Fraction(weight), sex)
    assert not isinstance(found, Refusal)
    return found


@pytest.mark.parametrize(("name", "height", "weight", "published"), PUBLISHED)
def test_published_values(name: str, height: int, weight: int, published: str) -> None:
    number = area(name, height, weight).value.number
    shown = Decimal(number.numerator) / Decimal(number.denominator)
    assert str(shown.quantize(Decimal("0.001"), ROUND_HALF_UP)) == published


def test_schlich_by_hand() -> None:
    """0.000975482 x 160^1.08 x 60^0.46 and 0.000579479 x 160^1.24 x 60^0.38, from logarithms on paper."""
    women = area("schlich", 160, 60, "female").value
    men = area("schlich", 160, 60, "male").value
    assert women.text().startswith("1.540")
    assert men.text().startswith("1.485")


def test_an_even_root_is_exact() -> None:
    found = area("mosteller", 100, 36).value
    assert found == Value(Fraction(1))
    assert found.json("m2") == {"value": "1", "unit": "m2"}


def test_an_odd_root_says_that_it_is_rounded() -> None:
    found = area("mosteller", 120, 24).value
    assert not found.is_exact
    assert found.json("m2") == {"value": "0.894427", "unit": "m2", "rounded": True}
    assert abs(found.number**2 - Fraction(4, 5)) < Fraction(1, 10**48)


def test_all_formulas_stand_side_by_side() -> None:
    beside = areas.side_by_side(formulas(), Fraction(150), Fraction(45), None)
    assert [a.formula for a in beside] == [
        "mosteller", "dubois", "haycock", "gehan-george", "boyd", "fujimoto", "schlich", "schlich",
    ]  # fmt: skip
    assert len({a.source for a in beside}) == 7


def test_a_formula_with_an_equation_for_each_sex_asks() -> None:
    formula = areas.find_formula(formulas(), "Schlich", "--bsa-formula")
    assert not isinstance(formula, Refusal)
    refused = areas.area(formulas(), formula, Fraction(150), Fraction(45), None)
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.kind) == ("sex-needed", BAD_INPUT)


@pytest.mark.parametrize(
    ("measure", "text", "value"),
    [
        ("height", "130", "130"),
        ("height", "130 cm", "130"),
        ("height", "1.3m", "130"),
        ("height", "1.3 m", "130"),
        ("height", "1300 mm", "130"),
        ("height", "51in", "129.54"),
        ("height", "4 ft 3 in", "129.54"),
        ("height", "4ft 3in", "129.54"),
        ("height", "4'3\"", "129.54"),
        ("height", "4ft3", "129.54"),
        ("height", "4'3", "129.54"),
        ("weight", "10 st 4", "65.31730128"),
        ("weight", "30", "30"),
        ("weight", "30kg", "30"),
        ("weight", "30 000 g", "30"),
        ("weight", "66 lb", "29.93709642"),
        ("weight", "10 st 4 lb", "65.31730128"),
        ("area", "1.1", "1.1"),
        ("area", "1.1 m2", "1.1"),
        ("area", "1.1m²", "1.1"),
    ],
)
def test_measures_as_people_write_them(measure: str, text: str, value: str) -> None:
    assert person.read_measure(formulas().file, measure, text, "--x") == Fraction(value)


@pytest.mark.parametrize(
    ("measure", "text"),
    [
        ("height", "1.3"),
        ("height", "0"),
        ("height", "-130"),
        ("height", "nan"),
        ("height", "inf"),
        ("height", ""),
        ("height", "tall"),
        ("height", "130 furlongs"),
        ("height", "3 in 4 ft"),
        ("height", "4 ft 3 ft"),
        ("height", "4 ft 3.5.1"),
        ("height", "130 cm 3"),
        ("height", "1,30"),
        ("height", "130-140"),
        ("height", "1e99"),
        ("weight", "30000"),
        ("weight", "0.03"),
        ("weight", "30 cm"),
        ("area", "25"),
        ("area", "0"),
        ("area", "-1.1"),
        ("area", "1.1 kg"),
    ],
)
def test_what_is_no_human_measure_is_refused(measure: str, text: str) -> None:
    refused = read_measures(formulas().file, {measure: text})
    assert isinstance(refused, Refusal)
    names = {"height": "height", "weight": "weight", "area": "bsa"}
    assert (refused.code, refused.kind, refused.detail["field"]) == ("bad-value", BAD_INPUT, asked(names[measure]))


def test_metres_typed_as_centimetres_are_recognised() -> None:
    refused = read_measures(formulas().file, {"height": "1.3"})
    assert isinstance(refused, Refusal)
    assert "130 cm (1.3 m)" in (refused.hint or "")


def test_height_and_weight_swapped_are_asked_about() -> None:
    refused = read_measures(formulas().file, {"height": "30", "weight": "130"})
    assert isinstance(refused, Refusal)
    assert "swapped" in str(refused.hint)
    assert not isinstance(read_measures(formulas().file, {"height": "130", "weight": "30"}), Refusal)


@pytest.mark.parametrize(("weight", "one_person"), [("4.999", False), ("5", True), ("210", True), ("210.001", False)])
def test_the_limits_of_the_mass_index_are_still_one_person(weight: str, one_person: bool) -> None:
    read = read_measures(formulas().file, {"height": "100", "weight": weight})
    assert isinstance(read, Refusal) is not one_person


@pytest.mark.parametrize(
    ("age", "given", "option"),
    [
        ("9", {"height": "51", "weight": "28"}, "height"),
        ("14", {"height": "51", "weight": "28"}, "height"),
        ("14", {"height": "70", "weight": "60"}, "height"),
        ("5", {"height": "45", "weight": "28"}, "height"),
        ("9", {"height": "130", "weight": "300"}, "weight"),
        ("9", {"height": "100", "weight": "80"}, "height"),
        ("9", {"area": "0.1"}, "bsa"),
        ("2", {"area": "0.29"}, "bsa"),
        ("5", {"area": "2.1"}, "bsa"),
    ],
)
def test_what_cannot_be_at_an_age_is_refused(age: str, given: dict[str, str], option: str) -> None:
    refused = read_measures(formulas().file, given, Fraction(age))
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.kind, refused.detail["field"]) == ("bad-value", BAD_INPUT, asked(option))
    assert refused.hint


@pytest.mark.parametrize(
    ("age", "given"),
    [
        ("9", {"height": "129.54", "weight": "28"}),
        ("9", {"height": "100", "weight": "36"}),
        ("14", {"height": "100", "weight": "16"}),
        ("2", {"height": "86", "weight": "12"}),
        ("9", {"area": "0.4"}),
        ("10", {"area": "2.5"}),
        ("9", {"height": "100", "weight": "7"}),
        ("9", {"height": "100", "weight": "60"}),
        ("9", {"height": "65"}),
        ("9", {"height": "200"}),
        ("40", {"area": "0.1"}),
        (None, {"area": "0.1"}),
    ],
)
def test_what_can_be_at_an_age_is_not(age: str | None, given: dict[str, str]) -> None:
    years = Fraction(age) if age else None
    assert not isinstance(read_measures(formulas().file, given, years), Refusal)


def test_inches_typed_as_centimetres_are_recognised() -> None:
    refused = read_measures(formulas().file, {"height": "51"}, Fraction(9))
    assert isinstance(refused, Refusal)
    assert "129.54 cm (51 in)" in (refused.hint or "")


@pytest.mark.parametrize(
    ("age", "height", "weight", "asked_for"),
    [
        ("10", "130", "2.6", "26 kg"),
        ("10", "130", "2600", "26 kg"),
        ("10", "130", "260", "26 kg"),
        ("10", "130", "26000", "26 kg (26000 g)"),
        ("10", "130", "0.26", "26 kg"),
        ("10", "13", "26", "130 cm"),
        ("10", "1300", "26", "130 cm (1300 mm)"),
        ("10", "1.30", "26", "130 cm (1.3 m)"),
        ("3", "980", "15", "98 cm (980 mm)"),
        ("3", "98", "150", "15 kg"),
    ],
)
def test_a_slip_of_the_point_is_asked_about(age: str, height: str, weight: str, asked_for: str) -> None:
    refused = read_measures(formulas().file, {"height": height, "weight": weight}, Fraction(age))
    assert isinstance(refused, Refusal)
    assert str(refused.hint).startswith(f"did you mean {asked_for}? ")


@pytest.mark.parametrize(("height", "weight"), [("26", "130"), ("30", "140"), ("22", "100"), ("35", "150")])
def test_swapped_at_an_age_is_asked_about(height: str, weight: str) -> None:
    refused = read_measures(formulas().file, {"height": height, "weight": weight}, Fraction(10))
    assert isinstance(refused, Refusal)
    assert "swapped" in str(refused.hint)


@pytest.mark.parametrize(
    ("age", "height", "weight", "hint"),
    [
        (None, "13", "26", "did you mean 130 cm?"),  # swapped would be 26 cm and 13 kg, which is nobody
        (None, "130", "2600", "did you mean 26 kg?"),  # 260 kg at 130 cm is nobody either
        (None, "26", "130", "are --height and --weight swapped?"),
        ("40", "13", "60", "did you mean 130 cm?"),
        ("40", "60", "170", "are --height and --weight swapped?"),
        ("16", "17", "100", "did you mean 170 cm? or are --height and --weight swapped?"),
        ("8", "4.2", "26", "a bare number is in cm"),  # not 4.2 ft: 4 ft 2 in may be meant
        ("10", "130", "4.1", "did you mean 41 kg?"),
    ],
)
def test_the_slip_of_the_point_comes_before_the_swap(age: str | None, height: str, weight: str, hint: str) -> None:
    years = Fraction(age) if age else None
    outcome = read_measures(formulas().file, {"height": height, "weight": weight}, years)
    assert isinstance(outcome, Refusal)
    refused = in_options(outcome)
    assert str(refused.hint).startswith(hint)


@given(st.integers(2, 17), st.integers(1, 30_000), st.integers(1, 30_000))
def test_a_hint_passes_every_check(age: int, height: int, weight: int) -> None:
    typed = {"height": f"{height // 10}.{height % 10}", "weight": f"{weight // 10}.{weight % 10}"}
    refused = read_measures(formulas().file, typed, Fraction(age))
    meant = re.match(r"did you mean ([0-9.]+) (cm|kg)", str(getattr(refused, "hint", "")))
    if meant:
        typed["height" if meant[2] == "cm" else "weight"] = meant[1]
        assert not isinstance(read_measures(formulas().file, typed, Fraction(age)), Refusal)


def test_an_age_with_two_readings_says_both() -> None:
    refused = person.read_age(formulas().file, "18m", "--age")
    assert isinstance(refused, Refusal)
    assert "18mo" in refused.message
    assert "18y" in refused.message


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("8", "8"), ("8.5", "8.5"), ("8y", "8"), ("8 years", "8"), ("18mo", "1.5"), ("26mo", "13/6"), ("2y6mo", "2.5"),
        ("2 y 6 mo", "2.5"), ("24 months", "2"), ("1.99", "1.99"), ("0", "0"),
    ],
)  # fmt: skip
def test_ages_as_people_write_them(text: str, years: str) -> None:
    assert person.read_age(formulas().file, text, "--age") == Fraction(years)


@pytest.mark.parametrize("text", ["-3", "nan", "eight", "", "18m", "3 weeks", "200", "2 6mo", "1..5", "8-9"])
def test_what_is_no_age_is_refused(text: str) -> None:
    refused = person.read_age(formulas().file, text, "--age")
    assert isinstance(refused, Refusal)
    assert refused.code == "bad-value"
