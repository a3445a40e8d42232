"""Numbers and quantities as people write them, read exactly or refused.

    quantity   = number [word] unit-text            "18 million IU", "1.1mg", "33 800 units/mL", "1.8 × 10^7 IU"
    number     = [sign] (plain | grouped) [exponent | times-ten]
    plain      = digits ["." digits] | "." digits   "18000000", "1.1", ".5"
    grouped    = 1 to 3 digits, then groups of exactly three digits, all behind the same separator, ["." digits]
    separator  = "," | space | no-break, thin, narrow no-break or figure space
    exponent   = "e" [sign] digits                  "18e6"; not with groups
    times-ten  = ("×" | "x" | "*") "10^" digits     "1.8 × 10^7", "1.8x10⁷"; not with groups
    word       = "thousand" | "million"

The point is always the decimal mark. A comma is only ever a separator of thousands, and anything that has a second
reading ("1,5": one and a half, or fifteen?) is refused with both. Full-width forms are their ASCII twins; other digits
are refused. docs/units.md has the table.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from monocli.engine.answers import BAD_INPUT, Refusal
from monocli.engine.names import visible
from monocli.engine.numbers import decimal_text, exact

MAX_EXPONENT = 60
"""A power of ten beyond this is no quantity of any medicine; it is refused before it is computed."""
MAX_LENGTH = 100
"""A longer number is no quantity of any medicine either."""

TRAILING_ZERO = "trailing-zero"
"""`Quantity.writings`: zeros end the decimals ("1.0"), read as ten where the point is not seen."""
NAKED_DECIMAL = "naked-decimal"
"""`Quantity.writings`: no zero stands before the decimal point (".5"), read as five where the point is not seen."""

_SPACES = " \u00a0\u2007\u2009\u202f"
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_WORDS = {"thousand": 1_000, "million": 1_000_000}

_CHUNK = re.compile(
    rf"""(?P<number>[+-]?\s?(?=[.,]?[0-9])[0-9.,'’_{_SPACES}]*[0-9]      # digits and whatever may stand between them
          [.,'’_]*(?:[eE][+-]?[0-9]+)?)                                    # 18e6
         (?P<ten>\s*[×xX*]\s*10\s*(?:\^\s*(?P<power>[+-]?[0-9]+)|(?P<raised>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)))?
         (?:\s*(?P<word>thousand|million)(?![^\W\d_]))?""",
    re.VERBOSE | re.IGNORECASE,
)
_PLAIN = re.compile(r"[+-]?(?P<whole>[0-9]+)?(?:\.(?P<part>[0-9]+))?(?:[eE](?P<exponent>[+-]?[0-9]+))?")
# Needed for few quantities, so compiled when they are.
_GROUPED = (
    rf"[+-]?[1-9][0-9]{{0,2}}(?:,[0-9]{{3}}(?:,[0-9]{{3}})*|(?P<gap>[{_SPACES}])[0-9]{{3}}(?:(?P=gap)[0-9]{{3}})*)"
    r"(?:\.(?P<part>[0-9]+))?"
)
_DECIMAL_COMMA = r"(?P<sign>[+-]?)(?P<whole>[0-9]+),(?P<part>[0-9]+)"
_NOT_FINITE = r"(?i)[+-]?(?:nan|inf|infinity|∞)(?![^\W\d_])"


class Quantity(NamedTuple):
    """An exact number and the unit as it was typed (empty where none was).

    `number` is the number as typed, `writings` its error-prone ways of writing (`TRAILING_ZERO`, `NAKED_DECIMAL`),
    `unit_at` where the unit begins in the text.
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


def refuse_at(
    code: str,
    message: str,
    text: str,
    start: int,
    end: int,
    *,
    hint: str | None = None,
    suggestions: tuple[str, ...] = (),
) -> Refusal:
    """A refusal that points into what was typed.

    `detail` has the input, the position, and `caret`: the input with carets under the part that could not be read.
    """
    shown = visible(text)
    start = min(start, len(shown))
    width = max(1, min(end, len(shown)) - start)
    detail = {"input": shown, "position": start, "caret": f"{shown}\n{' ' * start}{'^' * width}"}
    return Refusal(code, message, hint, suggestions, exit_code=BAD_INPUT, detail=detail)


def read_number(text: str) -> Fraction | Refusal:
    """The exact value of a number as typed ("600,000", "18 million"); `bad-quantity` where it is not one finite number.

    A negative number is a number; whether it makes sense is for the caller to say.
    """
    quantity = read_quantity(text)
    if isinstance(quantity, Refusal):
        return quantity
    if quantity.unit:
        start = quantity.unit_at
        return refuse_at("bad-quantity", f"not a number: {visible(text.strip())!r}", text, start, len(text.rstrip()))
    return quantity.value


def read_quantity(text: str) -> Quantity | Refusal:
    """A number and the unit text after it ("1.1mg", "340 mg/m2", "45umol/L"); `bad-quantity` where there is no number.

    The unit is not looked at: it is given back as typed, for whoever knows units.
    """
    folded = text if text.isascii() else text.translate(_twins())
    start = len(folded) - len(folded.lstrip())
    match = _CHUNK.match(folded, start)
    if not match:
        return _no_number(text, folded, start)
    value = _value(text, match)
    if isinstance(value, Refusal):
        return value
    number = match["number"].strip()
    unit_at = match.end() + len(folded[match.end() :]) - len(folded[match.end() :].lstrip())
    if folded[match.end() :].lstrip()[:1] in set("-~±") and re.match(r"\s*[-~±]\s*[.]?[0-9]", folded[match.end() :]):
        return refuse_at(
            "bad-quantity",
            f"a range or a tolerance is not one quantity: {visible(text.strip())!r}",
            text,
            start,
            len(text.rstrip()),
            hint="ask for each end of the range by itself",
        )
    return Quantity(value, folded[unit_at:].strip(), number, _writings(number), unit_at)


def _value(text: str, match: re.Match[str]) -> Fraction | Refusal:
    """The number of a matched quantity: digits, power of ten and number word multiplied out."""
    number = match["number"].strip()
    start, end = match.start("number"), match.start("number") + len(match["number"].rstrip())
    plain = _PLAIN.fullmatch(number.replace(" ", "", 1) if number[:2] in ("- ", "+ ") else number)
    if len(number) > MAX_LENGTH:
        return refuse_at(
            "bad-quantity", f"a number of {len(number)} characters is no quantity of a medicine", text, start, end
        )
    if plain:
        power = int(plain["exponent"] or 0)
        digits = plain[0].lower().partition("e")[0]
    elif re.fullmatch(_GROUPED, number):
        if match["ten"]:
            return _unreadable(
                text, number, start, match.end("ten"), "groups of thousands and a power of ten do not go together"
            )
        power, digits = 0, re.sub(rf"[,{_SPACES}]", "", number)
    else:
        return _second_reading(text, number, start, end)
    raised = match["power"] or (match["raised"] or "0").translate(_SUPERSCRIPTS)
    power += int(raised[:MAX_LENGTH])
    if abs(power) > MAX_EXPONENT:
        return refuse_at(
            "bad-quantity",
            f"far outside any quantity of a medicine: {visible(match[0].strip())!r}",
            text,
            start,
            match.end(),
        )
    if not power and not match["word"]:
        return exact(digits)
    return exact(digits) * Fraction(10) ** power * _WORDS.get((match["word"] or "").lower(), 1)


def _writings(number: str) -> tuple[str, ...]:
    """The error-prone ways in which a number was written."""
    digits = number.lower().partition("e")[0]
    found = []
    if "." in digits and digits.endswith("0"):
        found.append(TRAILING_ZERO)
    if digits.lstrip("+-").startswith("."):
        found.append(NAKED_DECIMAL)
    return tuple(found)


def _no_number(text: str, folded: str, start: int) -> Refusal:
    """Why text that does not begin with a number is refused."""
    if not folded.strip():
        return refuse_at(
            "bad-quantity", "no quantity was given", text, 0, 1, hint='a number and a unit, such as "18 million IU"'
        )
    not_finite = re.match(_NOT_FINITE, folded[start:])
    if not_finite:
        return refuse_at(
            "bad-quantity", f"not a finite number: {visible(not_finite[0])!r}", text, start, start + not_finite.end()
        )
    end = start + len(folded[start:].split(maxsplit=1)[0])
    message = f"no number in {visible(text.strip())!r}" if start == 0 else f"no number before {visible(text.strip())!r}"
    if any(c.isdigit() and not c.isascii() for c in folded[start:end]):
        message = f"not a number in the digits 0 to 9: {visible(text.strip())!r}"
    return refuse_at("bad-quantity", message, text, start, end, hint='a number comes first, such as "18 million IU"')


def _second_reading(text: str, number: str, start: int, end: int) -> Refusal:
    """A number with more than one reading, or none: refused with every reading it may have had."""
    comma = re.fullmatch(_DECIMAL_COMMA, number)
    if comma:
        decimal = decimal_text(exact(f"{comma['sign']}{comma['whole']}.{comma['part']}".lstrip("+")))
        joined = decimal_text(exact((comma["sign"] + comma["whole"] + comma["part"]).lstrip("+")))
        why = f"{number!r} may be {decimal} (a decimal comma) or {joined} (a separator of thousands)"
        hint = "the point is the decimal mark; a comma only parts groups of three digits"
        return refuse_at("bad-quantity", why, text, start, end, hint=hint, suggestions=(decimal, joined))
    digits = re.sub(rf"[^0-9{_SPACES}]|[{_SPACES}]", "", number)
    if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}", number):
        return _unreadable(
            text, number, start, end, f"points between thousands are not read: write {digits}", (digits,)
        )
    if re.fullmatch(r"[0-9]{1,3}(?:[_'’][0-9]{3})+", number):
        return _unreadable(
            text, number, start, end, f"only a comma or a space parts thousands: write {digits}", (digits,)
        )
    if re.search(rf"[{_SPACES}]", number):
        return _unreadable(
            text, number, start, end, "spaces part groups of exactly three digits; is this more than one number?"
        )
    return _unreadable(
        text,
        number,
        start,
        end,
        "separators part groups of exactly three digits, all of one kind, before one decimal point",
    )


def _unreadable(text: str, number: str, start: int, end: int, hint: str, suggestions: tuple[str, ...] = ()) -> Refusal:
    message = f"{visible(number)!r} cannot be read as one number"
    return refuse_at("bad-quantity", message, text, start, end, hint=hint, suggestions=suggestions)
