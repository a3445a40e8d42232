"""A number on its way through a calculation: exact as long as it can be, else carried to 50 digits and marked."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from math import isqrt
from typing import TYPE_CHECKING

from monocli.engine.names import with_unit
from monocli.engine.quantities.numbers import SIGNIFICANT_DIGITS, amount, decimal_text, round_half_up
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.records.output.common import Amount

DIGITS = 50
"""Digits carried through powers, roots and logarithms."""
_CONTEXT = Context(prec=DIGITS, rounding=ROUND_HALF_UP)
_SHOWN = Context(prec=SIGNIFICANT_DIGITS, rounding=ROUND_HALF_UP)
_LARGEST_POWER = 1000
"""A whole exponent beyond this belongs to no formula; it would only take time."""


class Undefined(ValueError):
    """There is no such number: a division by nothing, the logarithm of what is not more than 0."""


class Value(Record):
    """A number: exact, or carried to 50 digits where no exact form exists."""

    number: Fraction
    is_exact: bool = True

    def plus(self, other: Value) -> Value:
        return Value(self.number + other.number, self.is_exact and other.is_exact)

    def minus(self, other: Value) -> Value:
        return Value(self.number - other.number, self.is_exact and other.is_exact)

    def times(self, factor: Fraction | Value) -> Value:
        """The product; exact only where both factors are."""
        if isinstance(factor, Value):
            return Value(self.number * factor.number, self.is_exact and factor.is_exact)
        return Value(self.number * factor, self.is_exact)

    def over(self, other: Value) -> Value:
        if other.number == 0:
            raise Undefined("a division by 0")
        return Value(self.number / other.number, self.is_exact and other.is_exact)

    def to_the(self, exponent: Value) -> Value:
        """The power; exact where the exponent is a whole number and the base is exact."""
        power = exponent.number
        if self.number == 0 and power <= 0:
            raise Undefined("0 to a power that is not more than 0")
        if exponent.is_exact and power.denominator == 1 and abs(power) <= _LARGEST_POWER:
            return Value(self.number ** int(power), self.is_exact)
        if self.number < 0:
            raise Undefined("a power of a negative number")
        return _carried(_CONTEXT.power(_decimal(self.number), _decimal(power)))

    def root(self) -> Value:
        """The square root; exact where it comes out even."""
        if self.number < 0:
            raise Undefined("the root of a negative number")
        top, bottom = isqrt(self.number.numerator), isqrt(self.number.denominator)
        if top * top == self.number.numerator and bottom * bottom == self.number.denominator:
            return Value(Fraction(top, bottom), self.is_exact)
        return _carried(_CONTEXT.sqrt(_decimal(self.number)))

    def cube_root(self) -> Value:
        return self.to_the(Value(Fraction(1, 3)))

    def exponential(self) -> Value:
        return _carried(_CONTEXT.exp(_decimal(self.number)))

    def logarithm(self) -> Value:
        """The natural logarithm."""
        return _carried(_CONTEXT.ln(_decimal(self._positive())))

    def decimal_logarithm(self) -> Value:
        return _carried(_CONTEXT.log10(_decimal(self._positive())))

    def rounded(self, places: int) -> Value:
        """Rounded half up to so many decimal places: an exact number again."""
        return Value(round_half_up(self.number, places))

    def _positive(self) -> Fraction:
        if self.number <= 0:
            raise Undefined("a logarithm of what is not more than 0")
        return self.number

    def text(self, unit: str = "") -> str:
        """The number as shown, with its unit; six significant digits where it is not exact."""
        shown = decimal_text(self.number) if self.is_exact else _significant(self.number)
        return with_unit(shown, unit)

    def json(self, unit: str) -> Amount:
        """`{"value", "unit"}`, with `exact` (a fraction) or `rounded: true` where the value shown is rounded."""
        if self.is_exact:
            return amount(self.number, unit)
        return {"value": _significant(self.number), "unit": unit, "rounded": True}


def _carried(number: Decimal) -> Value:
    return Value(Fraction(number), is_exact=False)


def _significant(number: Fraction) -> str:
    text = format(_SHOWN.divide(Decimal(number.numerator), Decimal(number.denominator)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimal(value: Fraction) -> Decimal:
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))
