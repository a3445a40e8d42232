"""Numbers and quantities as people write them, read exactly or refused.

    quantity   = number [word] unit-text            "18 million IU", "1.1mg", "33 800 units/mL", "1.8 × 10^7 IU"
    number     = [sign] (plain | grouped) [exponent | times-ten]
    plain      = digits ["." digits] | "." digits   "18000000", "1.1", ".5"
    grouped    = 1 to 3 digits, then groups of exactly three digits, all behind the same separator, ["." digits]
    separator  = "," | space | no-break, thin, narrow no-break or figure space
    exponent   = "e" [sign] digits                  "18e6"; not with groups
    times-ten  = ("×" | "x" | "*" | "·") "10^" digits   "1.8 × 10^7", "1.8x10⁷", "1.8*10**7"; not with groups
    word       = "thousand" | "million"

A power of ten alone ("10^6") is a number too.

The point is always the decimal mark. A comma is only ever a separator of thousands, and anything that has a second
reading ("1,5": one and a half, or fifteen? "1.200": one and a fifth, or twelve hundred?) is refused with both, by
`unreadable`. Full-width forms are their ASCII twins; other digits are refused. docs/units.md has the table.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from monocli.engine.answers import Refusal
from monocli.engine.names import visible
from monocli.engine.quantities.numbers import exact
from monocli.engine.writings import writings_of
from monocli.records.record import Record

MAX_EXPONENT = 60
"""A power of ten beyond this is no quantity of any medicine; it is refused before it is computed."""
MAX_LENGTH = 100
"""A longer number is no quantity of any medicine either."""
SPACES = " \u00a0\u2007\u2009\u202f"
"""The spaces that may part groups of thousands."""
TIMES = "×xX*·•∙⋅"
"""The signs of multiplication before a power of ten."""
NUMBER_WORDS = frozenset(
    (
        *("thousand", "thousands", "million", "millions", "billion", "billions", "bn", "trillion", "trillions"),
        *("milliard", "milliards", "milliarden", "lakh", "lakhs", "crore", "crores", "hundred", "hundreds"),
        *("mio", "mln", "mill", "millionen", "millones", "mil", "tsd"),
    )
)
"""Words for a power of ten, of which two are read (`_WORDS`)."""
_NO_UNITS = NUMBER_WORDS | {"e", "o"}
"""Letters behind a number that are looked at more closely: an exponent cut short, a zero written as a letter."""

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_WORDS = {"thousand": 1_000, "million": 1_000_000}

# Compiled when they are needed (`re` keeps them): many commands load this module and read no quantity.
_CHUNK = rf"""
         (?P<number>[+-]?\s?(?=[.,]?[0-9])[0-9.,'’_{SPACES}]*[0-9]      # digits and whatever may stand between them
          [.,'’_]*(?:[eE][+-]?[0-9]+)?)                                    # 18e6
         (?P<ten>(?:\s*(?P<by>[{TIMES}])\s*10|(?<=(?<![0-9.,])10))\s*          # × 10, or 10 itself
          (?:(?:\^|\*\*)\s*(?P<power>[+-]?[0-9]+)|(?P<raised>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)))?
         (?:\s*(?P<word>thousand|million)s?(?![^\W\d_]))?"""
_PLAIN = r"[+-]?(?P<whole>[0-9]+)?(?:\.(?P<part>[0-9]+))?(?:[eE](?P<exponent>[+-]?[0-9]+))?"
_GROUPED = (
    rf"[+-]?[1-9][0-9]{{0,2}}(?:,[0-9]{{3}}(?:,[0-9]{{3}})*|(?P<gap>[{SPACES}])[0-9]{{3}}(?:(?P=gap)[0-9]{{3}})*)"
    r"(?:\.(?P<part>[0-9]+))?"
)


class Quantity(Record):
    """An exact number and the unit as it was typed (empty where none was).

    `number` is the number as typed, `writings` its error-prone ways of writing, `unit_at` where the unit
    begins in the text.
    """

    value: Fraction
    unit: str
    number: str = ""
    writings: tuple[str, ...] = ()
    unit_at: int = 0

    @property
    def negative(self) -> bool:
        """Whether the number was typed with a minus ("-0" too)."""
        return self.value < 0 or self.number.startswith("-")


@cache
def _twins() -> dict[int, str]:
    """Full-width forms and the many dashes, each to its ASCII twin: one character for one, so that positions stay."""
    twins = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    return twins | dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")


def read_number(text: str) -> Fraction | Refusal:
    """The exact value of a number as typed ("600,000", "18 million"); `bad-quantity` where it is not one finite number.

    A negative number is a number; whether it makes sense is for the caller to say.
    """
    quantity = read_quantity(text)
    if isinstance(quantity, Refusal):
        return quantity
    if quantity.unit:
        from monocli.engine.quantities.unreadable import bad_quantity

        start = quantity.unit_at
        return bad_quantity(f"not a number: {visible(text.strip())!r}", text, start, len(text.rstrip()))
    return quantity.value


def read_quantity(text: str) -> Quantity | Refusal:
    """A number and the unit text after it ("1.1mg", "340 mg/m2", "45umol/L"); `bad-quantity` where there is no number.

    The unit is not looked at: it is given back as typed, for whoever knows units.
    """
    if (plainly := _plainly_written(text)) is not None:
        return plainly
    from monocli.engine.quantities.unreadable import bad_quantity, no_number, stray

    folded = text if text.isascii() else text.translate(_twins())
    start = len(folded) - len(folded.lstrip())
    match = re.compile(_CHUNK, re.VERBOSE | re.IGNORECASE).match(folded, start)
    if not match:
        return no_number(text, folded, start)
    number = match["number"].strip()
    if len(number) > MAX_LENGTH:
        message = f"a number of {len(number)} characters is no quantity of a medicine"
        return bad_quantity(message, text, start, start + len(number))
    wrong = stray(folded, match[0].strip(), match.end())
    if wrong is not None:
        typed = visible(folded[start : wrong.end].strip())
        return bad_quantity(f"{typed!r} {wrong.why}", text, start, wrong.end, wrong.hint, wrong.readings)
    value = _value(text, match)
    if isinstance(value, Refusal):
        return value
    unit_at = match.end() + len(folded[match.end() :]) - len(folded[match.end() :].lstrip())
    return Quantity(value, folded[unit_at:].strip(), number, writings_of(number), unit_at)


def _plainly_written(text: str) -> Quantity | None:
    """What nearly everyone types, a number of digits, a point and an exponent with a word behind it ("400 mg",
    "1.1mg", "18e6 IU"), as all patterns of this module together would read it; None where they must be asked.

    A start of the program pays for compiling each pattern that it uses, and these took as long as a whole conversion.
    """
    if len(text) > MAX_LENGTH or not text.isascii():
        return None
    number, _, unit = " ".join(text.split()).partition(" ")
    if not unit:
        together, number = number, number.rstrip(_LETTERS)
        unit = together[len(number) :]
    if unit and (not unit.isalpha() or unit.lower() in _NO_UNITS):
        return None
    digits, e, power = number.lower().partition("e")
    whole, point, part = digits.partition(".")
    is_number = whole.isdigit() and (part.isdigit() or not point) and (power.isdigit() or not e)
    # "1.200" has two readings.
    if not is_number or (len(part) == len("200") and part.endswith("0")) or int(power or 0) > MAX_EXPONENT:
        return None
    end = len(text.rstrip()) - len(unit) if unit else len(text)
    return Quantity(exact(digits) * 10 ** int(power or 0), unit, number, writings_of(number), end)


def _value(text: str, match: re.Match[str]) -> Fraction | Refusal:
    """The number of a matched quantity: digits, power of ten and number word multiplied out."""
    from monocli.engine.quantities.unreadable import (
        POINT_OR_THOUSANDS,
        bad_quantity,
        point_or_thousands,
        second_reading,
        unreadable,
    )

    number = match["number"].strip()
    start, end = match.start("number"), match.start("number") + len(match["number"].rstrip())
    plain = re.fullmatch(_PLAIN, number.replace(" ", "", 1) if number[:2] in ("- ", "+ ") else number)
    if plain:
        power = int(plain["exponent"] or 0)
        digits = plain[0].lower().partition("e")[0]
        if not match["ten"] and re.fullmatch(POINT_OR_THOUSANDS, number.lstrip("+- ")):
            return point_or_thousands(text, number, start, end)
    elif re.fullmatch(_GROUPED, number):
        if match["ten"]:
            why = "groups of thousands and a power of ten do not go together"
            return unreadable(text, number, start, match.end("ten"), why)
        power, digits = 0, re.sub(rf"[,{SPACES}]", "", number)
    else:
        return second_reading(text, number, start, end)
    if match["ten"]:
        raised = match["power"] or match["raised"].translate(_SUPERSCRIPTS)
        power += int(raised[:MAX_LENGTH]) - (0 if match["by"] else 1)
    if abs(power) > MAX_EXPONENT:
        message = f"far outside any quantity of a medicine: {visible(match[0].strip())!r}"
        return bad_quantity(message, text, start, match.end())
    if not power and not match["word"]:
        return exact(digits)
    return exact(digits) * Fraction(10) ** power * _WORDS.get((match["word"] or "").lower(), 1)
