"""A measure in several units, each a part of the one before ("5 ft 9 in"): what is none, by the units' own factors.

A larger unit is a whole number of the smaller one (1 ft is 12 in); it stands in whole numbers, and the smaller one does
not reach it. What breaks this is a slip, and is never added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from monocli.engine.names import numbered
from monocli.engine.quantities.numbers import decimal_text
from monocli.records.record import Record


class Part(Record):
    """A number of one unit: how that is shown, and its size in base units."""

    number: Fraction
    unit: str
    size: Fraction

    def text(self) -> str:
        return numbered(decimal_text(self.number), self.unit)


def total(parts: Sequence[Part]) -> Fraction:
    """All parts together, in base units."""
    return sum((part.number * part.size for part in parts), Fraction(0))


def text_of(parts: Sequence[Part]) -> str:
    """The parts as they are shown ("11 st 4 lb")."""
    return " ".join(part.text() for part in parts)


def slip(parts: Sequence[Part]) -> str | None:
    """Why parts, each smaller than the one before, are no one amount; None where they are."""
    for larger, smaller in pairwise(parts):
        whole, one = larger.size / smaller.size, numbered("1", larger.unit)
        if whole.denominator != 1:
            return f"no whole number of {smaller.unit} makes {one}, so that the two do not go together"
        if larger.number.denominator != 1:
            return f"{larger.text()} is not a whole number, and is followed by {smaller.unit}"
        if smaller.number >= whole:
            return f"{smaller.text()} behind {larger.unit}, but {whole} {smaller.unit} make {one}"
    return None


def carried(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The same amount with every unit but the last in whole numbers, none reaching the one before; parts of 0 are left
    out."""
    rest = total(parts)
    found: list[Part] = []
    for part in parts[:-1]:
        whole = Fraction(rest // part.size)
        rest -= whole * part.size
        found.append(part.replaced(number=whole))
    found.append(parts[-1].replaced(number=rest / parts[-1].size))
    return tuple(part for part in found if part.number)


def mixed(parts: Sequence[Part]) -> bool:
    """Whether two units are of different systems: no whole number of the smaller makes the larger (st and kg)."""
    return any((larger.size / smaller.size).denominator != 1 for larger, smaller in pairwise(parts))
