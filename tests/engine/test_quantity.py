"""The grammar of quantities: what is read, and exactly as what; what is refused, and with carets under what."""

from __future__ import annotations

from fractions import Fraction
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monocli.engine.answers import BAD_INPUT, Refusal
from monocli.engine.quantities import quantity
from monocli.engine.quantities.quantity import Quantity, read_number, read_quantity
from monocli.engine.writings import NAKED_DECIMAL, TRAILING_ZERO
from told import told

READ = {
    "18e6": ("18000000", ""),
    "18E6 IU": ("18000000", "IU"),
    "18e+6": ("18000000", ""),
    "5e-3 g": ("1/200", "g"),
    "1e60": (f"1{'0' * 60}", ""),
    "1e-60 g": (f"1/1{'0' * 60}", "g"),
    "2 x 10^60 IU": (f"2{'0' * 60}", "IU"),
    "18 MIU": ("18", "MIU"),
    "18 million IU": ("18000000", "IU"),
    "18million IU": ("18000000", "IU"),
    "1.5 Million IU": ("1500000", "IU"),
    "600 thousand IU/kg": ("600000", "IU/kg"),
    "600,000": ("600000", ""),
    "18,000,000 IU": ("18000000", "IU"),
    "1,500": ("1500", ""),
    "12,345.67 IU": ("1234567/100", "IU"),
    "33 800 units/mL": ("33800", "units/mL"),
    "33\u00a0800 units/mL": ("33800", "units/mL"),
    "33\u2009800 units/mL": ("33800", "units/mL"),
    "33\u202f800 units/mL": ("33800", "units/mL"),
    "1.1mg": ("11/10", "mg"),
    "1.1  mg": ("11/10", "mg"),
    "340 mg/m2": ("340", "mg/m2"),
    "44 µg/mL": ("44", "µg/mL"),
    "45umol/L": ("45", "umol/L"),
    "2.5xULN": ("5/2", "xULN"),
    "1.8 × 10^7 IU": ("18000000", "IU"),
    "1.8x10^7 IU": ("18000000", "IU"),
    "1.8*10^7 IU": ("18000000", "IU"),
    "1.8 x 10⁷ IU": ("18000000", "IU"),
    "1.8 x 10**7 IU": ("18000000", "IU"),
    "1.8·10^7 IU": ("18000000", "IU"),
    "10^6 IU": ("1000000", "IU"),
    "10⁶ IU": ("1000000", "IU"),
    "10 ⁻³ g": ("1/1000", "g"),
    "18 millions IU": ("18000000", "IU"),
    "1.195 mg": ("239/200", "mg"),
    "0.500 mg": ("1/2", "mg"),
    "1.50 mg": ("3/2", "mg"),
    "1.2000 mg": ("6/5", "mg"),
    "3,400.600 IU": ("17003/5", "IU"),
    "1.200e3 IU": ("1200", "IU"),
    "2.5 × ULN": ("5/2", "× ULN"),
    "１８　ＭＩＵ": ("18", "MIU"),
    "+5 mg": ("5", "mg"),
    "-5 mg": ("-5", "mg"),
    "−5 mg": ("-5", "mg"),
    "0 IU": ("0", "IU"),
    "007": ("7", ""),
    "0.1": ("1/10", ""),
}


@pytest.mark.parametrize("text", READ)
def test_is_read_exactly(text: str) -> None:
    quantity = read_quantity(text)
    assert isinstance(quantity, Quantity)
    value, unit = READ[text]
    assert (quantity.value, quantity.unit) == (Fraction(value), unit)


REFUSED = [
    "",
    " ",
    "IU",
    " IU",
    "nan IU",
    "NaN",
    "inf",
    "-inf mg",
    "infinity",
    "∞ mg",
    "1e400",
    "1e61",
    "1e-61",
    "2 x 10^61 IU",
    "1x10^99 mg",
    "1e-400",
    "9" * 200,
    "1,5",
    "1,50 mg",
    "0,500",
    "1,234,56",
    "1,000,5",
    "12345,678",
    "1.000.000",
    "1..5",
    "5. mg",
    ".",
    "1_000",
    "1'000",
    "33 80 units",
    "1 5 mg",
    "1000 000",
    "1,234 567",
    "1,000e3",
    "٣ mg",
    "½ mg",
    "five mg",
    "<5 mg",
    "~5 mg",
    "5-10 mg",
    "5 – 10 mg",
    "5 ± 1 mg",
    "\x00",
    "mg 5",
    "1 ½ mg",
    "1/0 mg",
    "1/ 2 mg",
    "18\u3000000 IU",
    "18\t000 IU",
    "18\u200b000 IU",
    "18\u2003000 IU",
    "18٣ mg",
    "१८ mg",
    "Ⅻ mg",
    "十 mg",
    "18٫5 mg",
    "18;5 mg",
    "18e IU",
    "18 E6 IU",
    "1e6e",
    "18e6.5",
    "2^3 mg",
    "5² mg",
    "310^6 IU",
    "18 x 10^6.5 IU",
    "18 billion IU",
    "18 mio IU",
    "2 million million IU",
    "1O mg",
    "1O0 mg",
    "5 to 10 mg",
    "5 mg or 10 mg",
    "5 mg - 10 mg",
    "≥18 MIU",
    "about 18 mg",
    "18 (5) mg",
    "9" * 90 + " x " + "9" * 5000,
    "1/" + "9" * 5000,
]


@pytest.mark.parametrize("text", REFUSED)
def test_is_refused_as_a_bad_quantity_with_carets(text: str) -> None:
    refusal = read_quantity(text)
    assert isinstance(refusal, Refusal), refusal
    assert (refusal.code, refusal.kind) == ("bad-quantity", BAD_INPUT)
    shown, carets = told(refusal.detail)["caret"].split("\n")
    assert shown == refusal.detail["input"]
    assert carets.strip("^ ") == ""
    assert len(carets) <= max(len(shown), 1)
    assert carets.index("^") == refusal.detail["position"]


BOTH_READINGS = [
    ("1,5", ("1.5", "15")),
    ("1,50 mg", ("1.5", "150")),
    ("0,500", ("0.5", "500")),
    ("12,5", ("12.5", "125")),
    ("600.000 IU/kg", ("600", "600000")),
    ("18.000 IU", ("18", "18000")),
    ("1.200 mg", ("1.2", "1200")),
    ("1.250 mg", ("1.25", "1250")),
    ("-1.200 mg", ("-1.2", "-1200")),
    ("1.200 million IU", ("1.2", "1200")),
    ("18 x 106 IU", ("18000000", "1908")),
    ("1.8×107 IU", ("18000000", "192.6")),
    ("18 x 10-6 g", ("0.000018", "180")),
    ("18 x 10e6 IU", ("18000000", "180000000")),
    ("18·5 mg", ("18.5", "90")),
]
ONE_READING = [
    ("18.000.000 IU", "18000000"),
    ("1.234,56 mg", "1234.56"),
    ("1 000 000,5 IU", "1000000.5"),
    ("½ mg", "0.5"),
    ("1½ mg", "1.5"),
    ("1/2 mg", "0.5"),
    ("1 1/2 mg", "1.5"),
    ("1⁄3 mg", "0.333333"),
    ("2 x 18 MIU", "36"),
    ("2 × 100 mg", "200"),
]


@pytest.mark.parametrize(("text", "readings"), BOTH_READINGS)
def test_what_has_two_readings_is_refused_with_both(text: str, readings: tuple[str, str]) -> None:
    refusal = read_quantity(text)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.suggestions) == ("bad-quantity", readings)
    assert all(reading in f"{refusal.message} {refusal.hint}" for reading in readings if "·" not in text)


@pytest.mark.parametrize(("text", "write"), ONE_READING)
def test_what_is_not_read_is_refused_with_what_to_write(text: str, write: str) -> None:
    refusal = read_quantity(text)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.suggestions) == ("bad-quantity", (write,))


def test_the_caret_stands_under_what_could_not_be_read() -> None:
    refusal = read_quantity("33 80 units/mL")
    assert isinstance(refusal, Refusal)
    assert refusal.detail["caret"] == "33 80 units/mL\n^^^^^"


def test_error_prone_writings_are_noted() -> None:
    def writings(text: str) -> tuple[str, ...]:
        quantity = read_quantity(text)
        assert isinstance(quantity, Quantity)
        return quantity.writings

    assert writings("1.0 mg") == (TRAILING_ZERO,)
    assert writings(".5 mg") == (NAKED_DECIMAL,)
    assert writings(".50 mg") == (TRAILING_ZERO, NAKED_DECIMAL)
    assert writings("10 mg") == writings("1.05 mg") == writings("600,000 IU") == writings("10e3 IU") == ()


def test_minus_zero_is_negative() -> None:
    quantity = read_quantity("-0 mg")
    assert isinstance(quantity, Quantity)
    assert quantity.negative


def test_a_number_alone_takes_nothing_behind_it() -> None:
    assert read_number("600,000") == 600_000
    assert read_number(" 18 million ") == 18_000_000
    assert read_number("-2.5") == Fraction(-5, 2)
    refusal = read_number("5 mg")
    assert isinstance(refusal, Refusal)
    assert refusal.detail["caret"] == "5 mg\n  ^^"


def test_superscripts_are_never_digits_of_the_number() -> None:
    refusal = read_quantity("5² mg")
    assert isinstance(refusal, Refusal)
    assert refusal.detail["caret"] == "5² mg\n^^^"


PIECES = (
    *("12", "1.5", "1.200", "0.50", "10", "1" * 60, "e6", "E06", "e99"),
    *("mg", "MIU", "million", "Mil", "bn", "thousand", "or", "to", "per", "m2", "µ", "١", "½"),
    *"0159.,eExXoOIlS+-^/% \t\n\x1c",
)


@given(st.lists(st.sampled_from(PIECES), max_size=5).map("".join))
def test_what_is_written_plainly_is_read_as_the_patterns_read_it(text: str) -> None:
    plainly = quantity._plainly_written(text)
    if plainly is not None:
        with mock.patch.object(quantity, "_plainly_written", return_value=None):
            assert read_quantity(text) == plainly


@pytest.mark.parametrize("text", ["400 mg", "1.1mg", "18e6", "18e6 IU", "007 IU", "1.0 mg"])
def test_what_nearly_everyone_types_needs_no_pattern(text: str) -> None:
    assert quantity._plainly_written(text) is not None
