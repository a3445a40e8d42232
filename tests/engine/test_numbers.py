"""Exact numbers and their text."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monocli.engine.quantities.numbers import (
    amount,
    decimal_text,
    exact,
    fraction_text,
    in_practice,
    is_finite_decimal,
    round_half_up,
)

decimals = st.decimals(allow_nan=False, allow_infinity=False, places=8, min_value=-(10**12), max_value=10**12)
fractions = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(374), "374"),
        (Fraction(0), "0"),
        (Fraction(11, 10), "1.1"),
        (Fraction(3, 10) - Fraction(1, 10), "0.2"),
        (Fraction(18_000_000), "18000000"),
        (Fraction(1, 10**9), "0.000000001"),
        (Fraction(1, 1024), "0.0009765625"),
        (Fraction(22, 15), "1.46667"),
        (Fraction(2, 3), "0.666667"),
        (Fraction(-2, 3), "-0.666667"),
        (Fraction(2_999_999_999, 3), "1000000000"),
        (Fraction(1, 3_000_000), "0.000000333333"),
    ],
)
def test_decimal_text(value: Fraction, text: str) -> None:
    assert decimal_text(value) == text


@given(decimals)
def test_a_decimal_that_ends_is_written_whole(value: Decimal) -> None:
    text = decimal_text(Fraction(value))
    assert Fraction(text) == Fraction(value)
    assert "E" not in text.upper()
    assert "." not in text or text[-1] not in ".0"
    assert exact(text) == Fraction(value)


@given(fractions)
def test_a_decimal_that_does_not_end_is_close_and_has_its_fraction_beside_it(value: Fraction) -> None:
    shown = amount(value, "mg")
    assert shown["unit"] == "mg"
    if is_finite_decimal(value):
        assert "exact" not in shown
        assert Fraction(shown["value"]) == value
    else:
        assert Fraction(shown["exact"]) == value
        assert abs(Fraction(shown["value"]) - value) <= abs(value) / 10**5


@given(fractions)
def test_the_fraction_is_given_only_where_decimals_do_not_end(value: Fraction) -> None:
    assert (fraction_text(value) is None) == is_finite_decimal(value)


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("2.4999999", 0, "2"),
        ("1.005", 2, "1.01"),
        ("1.045", 2, "1.05"),
        ("0", 3, "0"),
    ],
)
def test_half_goes_up_away_from_zero(value: str, places: int, rounded: str) -> None:
    assert round_half_up(Fraction(value), places) == Fraction(rounded)


@given(fractions, st.integers(min_value=0, max_value=6))
def test_rounding_is_near_symmetric_and_stable(value: Fraction, places: int) -> None:
    rounded = round_half_up(value, places)
    assert abs(rounded - value) <= Fraction(1, 2 * 10**places)
    assert round_half_up(-value, places) == -rounded
    assert round_half_up(rounded, places) == rounded
    assert rounded * 10**places == int(rounded * 10**places)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("7/3", "2.33"), ("20/3", "6.67"), ("2/3", "0.667"), ("1/300", "0.00333"), ("628/3", "209"), ("10000/3", "3333")],
)
def test_in_practice_a_number_has_three_digits(value: str, shown: str) -> None:
    assert in_practice(Fraction(value)) == shown
