"""Exact numbers: from text to `Fraction` and back, with one named rounding rule.

Nothing here or above it passes through binary floating point.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monocli.records.output.common import Amount

SIGNIFICANT_DIGITS = 6
"""Digits shown where a value has no finite decimal form; the exact fraction then stands beside it."""
_SIX_DIGITS = Context(prec=SIGNIFICANT_DIGITS, rounding=ROUND_HALF_UP, Emax=999_999_999, Emin=-999_999_999)


@lru_cache(1024)
def exact(text: str) -> Fraction:
    """The exact value of decimal text that is already known to be a plain number, such as library data ("1.195")."""
    return Fraction(Decimal(text))


def is_finite_decimal(value: Fraction) -> bool:
    """Whether the value can be written as a decimal that ends (its denominator has no prime factor but 2 and 5)."""
    return _places(value.denominator) is not None


@lru_cache(1024)
def _places(denominator: int) -> int | None:
    """Decimal places of a fraction in lowest terms, or None where its decimal does not end."""
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def decimal_text(value: Fraction) -> str:
    """Decimal text without exponent or trailing zeros: exact where the decimal ends, else 6 significant digits,
    half-up."""
    numerator, denominator = value.as_integer_ratio()
    places = _places(denominator)
    if places is None:
        text = format(_SIX_DIGITS.divide(Decimal(numerator), Decimal(denominator)), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if not places:
        return str(numerator)
    # In lowest terms the last of these digits is never 0.
    digits = str(abs(numerator) * 10**places // denominator).zfill(places + 1)
    return f"{'-' if numerator < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def fraction_text(value: Fraction) -> str | None:
    """The fraction ("22/15") of a value that no finite decimal can show, or None where decimal text is exact."""
    return None if is_finite_decimal(value) else f"{value.numerator}/{value.denominator}"


def amount(value: Fraction, unit: str) -> Amount:
    """A number that a person could act on, as JSON shows it: `{"value", "unit"}`, with `exact` where the value is
    rounded."""
    shown: Amount = {"value": decimal_text(value), "unit": unit}
    fraction = fraction_text(value)
    if fraction is not None:
        shown["exact"] = fraction
    return shown


def in_practice(value: Fraction) -> str:
    """The number to three significant digits, half up, for what has no end as a decimal: what a syringe or a pump is
    set to. The exact one is shown beside it."""
    size = decimal_text(abs(value)).partition(".")
    before = len(size[0].lstrip("0"))
    zeros = 0 if before else len(size[2]) - len(size[2].lstrip("0"))
    return decimal_text(round_half_up(value, max(3 - before + zeros, 0)))


def round_half_up(value: Fraction, places: int) -> Fraction:
    """The value rounded half-up (away from zero) to so many decimal places; the caller shows that it did."""
    scale = 10**places
    scaled = abs(value) * scale + Fraction(1, 2)
    rounded = Fraction(scaled.numerator // scaled.denominator, scale)
    return rounded if value >= 0 else -rounded
