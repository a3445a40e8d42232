"""Why what was typed is not one number: two readings, or none. Nothing here is ever read; each refusal says what to
write, and gives every reading that the text may have had.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from monocli.engine.answers import Refusal, refuse_at
from monocli.engine.names import visible
from monocli.engine.quantities.numbers import decimal_text, exact
from monocli.engine.quantities.quantity import NUMBER_WORDS, SPACES, TIMES
from monocli.records.record import Record

POINT_OR_THOUSANDS = r"[1-9][0-9]{0,2}\.[0-9]{2}0"
"""1.200 is 1.2 with a needless zero, or 1200 as half of Europe writes it. A number that ends in another digit is not
taken for one of thousands, nor one that begins with 0."""

_DECIMAL_COMMA = r"(?P<sign>[+-]?)(?P<whole>[0-9]+),(?P<part>[0-9]+)"
_CONTINENTAL = rf"[+-]?[0-9]{{1,3}}(?:([.'’{SPACES}])[0-9]{{3}})(?:\1[0-9]{{3}})*,[0-9]+"
_NOT_FINITE = r"(?i)[+-]?(?:nan|inf|infinity|∞)(?![^\W\d_])"
_FRACTION = r"\s*[/⁄∕]\s*(?P<under>[0-9][0-9.,]{0,20})"
_PRODUCT = rf"\s*(?P<sign>[{TIMES}])\s*(?P<by>[0-9][0-9.,]{{0,20}})(?P<e>[eE][+-]?[0-9]{{1,2}})?"
_WORDS = rf"(?i)\s*(?P<word>{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})(?![^\W\d_])"


class Stray(Record):
    """What stands behind a number and makes it no single number: why, from where to where, and its readings."""

    why: str
    start: int
    end: int
    hint: str
    readings: tuple[str, ...] = ()


def bad_quantity(
    message: str, text: str, start: int, end: int, hint: str | None = None, suggestions: tuple[str, ...] = ()
) -> Refusal:
    """The refusal of a number."""
    return refuse_at("bad-quantity", message, text, start, end, hint=hint, suggestions=suggestions)


def no_number(text: str, folded: str, start: int) -> Refusal:
    """Why text that does not begin with a number is refused."""
    if not folded.strip():
        return bad_quantity("no quantity was given", text, 0, 1, 'a number and a unit, such as "18 million IU"')
    shown = repr(visible(text.strip()))
    not_finite = re.match(_NOT_FINITE, folded[start:])
    if not_finite:
        return bad_quantity(f"not a finite number: {visible(not_finite[0])!r}", text, start, start + not_finite.end())
    end = start + len(folded[start:].split(maxsplit=1)[0])
    part = _vulgar(folded[start])
    if part is not None:
        write = decimal_text(part)
        return bad_quantity(f"a fraction is not read: {shown}", text, start, end, f"write {write}", (write,))
    if re.match(r"(?i)(?:[<>≤≥~≈±=]|about|approx|around|ca?\.|circa|up to|at (?:least|most))", folded[start:]):
        message = f"a limit, an estimate or a tolerance is not one quantity: {shown}"
        return bad_quantity(message, text, start, end, "write the number that is meant, without a sign before it")
    message = f"no number in {shown}" if start == 0 else f"no number before {shown}"
    if any(c.isnumeric() and not c.isascii() for c in folded[start:end]):
        message = f"not a number in the digits 0 to 9: {shown}"
    return bad_quantity(message, text, start, end, 'a number comes first, such as "18 million IU"')


def stray(folded: str, number: str, at: int) -> Stray | None:
    """What makes the text from `at`, behind a number, part of no single number; None where a unit may begin there."""
    rest = folded[at:]
    first = at + len(rest) - len(rest.lstrip())
    if first == len(folded):
        return None
    return (
        _multiplied(folded, number, at)
        or _fraction(folded, number, at)
        or _range(folded, at)
        or _exponent(folded, number, at)
        or _more_digits(folded, number, at, first)
    )


def _multiplied(folded: str, number: str, at: int) -> Stray | None:
    """ "18 x 106" (a superscript that was lost), "18 x 10e6", "2 x 18"."""
    match = re.compile(_PRODUCT).match(folded, at)
    if not match:
        return None
    left, end, by = _plain(number), match.end(), match["by"].rstrip(".,")
    right = _plain(by)
    product = decimal_text(left * right) if left is not None and right is not None and not match["e"] else None
    lost = re.compile(r"10\s?(?P<power>[+-]?[1-9][0-9]?)(?![0-9.,])").match(folded, match.start("by"))
    power = lost["power"] if lost else match["e"][1:] if match["e"] and by == "10" else None
    if left is not None and power is not None:
        raised = decimal_text(left * Fraction(10) ** int(power))
        other = decimal_text(left * 10 * Fraction(10) ** int(power)) if match["e"] else product
        end = max(end, lost.end() if lost else end)
        why = f"may be {number} × 10^{power} = {raised}" + (f" or {other}" if other and other != raised else "")
        readings = tuple(dict.fromkeys(filter(None, (raised, other))))
        return Stray(why, at, end, f"write {number}e{power} or the number in full", readings)
    if match["sign"] in "·•∙⋅":
        point = f"{number}.{by}"
        readings = tuple(filter(None, (point if _plain(point) is not None else None, product)))
        return Stray("has a raised point, of a decimal or of a multiplication", at, end, "write the number", readings)
    hint = "write the amount in all" + (f": {product}" if product else "")
    return Stray("is a multiplication and not one number", at, end, hint, (product,) if product else ())


def _fraction(folded: str, number: str, at: int) -> Stray | None:
    """ "1/2", "1½", and "1 1/2", whose two numbers are taken for one until the stroke."""
    over = re.match(rf"(?:(?P<whole>[0-9]+)[{SPACES}])?(?P<over>[0-9]+)$", number)
    under = re.compile(_FRACTION).match(folded, at)
    if under and over and under["under"].isdecimal() and int(under["under"]):
        value = int(over["whole"] or 0) + Fraction(int(over["over"]), int(under["under"]))
        write = decimal_text(value)
        return Stray("is a fraction, or two numbers", at, under.end(), f"write {write}, if that is meant", (write,))
    if under:
        return Stray("is followed by a stroke and another number", at, under.end(), "write one number")
    first = at + len(folded[at:]) - len(folded[at:].lstrip())
    part, whole = _vulgar(folded[first]), _plain(number)
    if part is None or whole is None:
        return None
    write = decimal_text(whole + part)
    return Stray("is written with a fraction, which is not read", at, first + 1, f"write {write}", (write,))


def _range(folded: str, at: int) -> Stray | None:
    match = re.compile(r"\s*[-~±]\s*[.]?[0-9]|\s+(?:to|or|and)\s+[.]?[0-9]").match(folded, at) or re.compile(
        r"\S.*?(?:\s[-~±]|\s(?:to|or|and)\s)\s*[.]?[0-9]"
    ).match(folded, at + len(folded[at:]) - len(folded[at:].lstrip()))
    if not match:
        return None
    return Stray("is a range or has a tolerance", at, len(folded.rstrip()), "ask for each end of the range by itself")


def _exponent(folded: str, number: str, at: int) -> Stray | None:
    """An exponent that is cut short, doubled or spaced ("18e IU", "1e6e", "18 E6"), or a power of another number."""
    match = re.compile(r"[eE](?![^\W\d_])|\s+[eE]\s*[+-]?\s*[0-9]+(?![^\W\d_])").match(folded, at)
    if match:
        return Stray("has an exponent that cannot be read", at, match.end(), "write it as in 18e6")
    match = re.compile(r"\s*(?:\^|\*\*|[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)\s*[+-]?[0-9]*").match(folded, at)
    if match:
        return Stray(
            "has a power that is not one of ten", at, match.end(), "write the number itself; 18 × 10^6 is read"
        )
    return None


def _more_digits(folded: str, number: str, at: int, first: int) -> Stray | None:
    """Digits that go on behind something that cannot part them, digits of another script, letters for digits, words."""
    match = re.compile(_WORDS).match(folded, at)
    if match:
        word = match["word"]
        two = " (it has two values)" if word.lower().startswith(("b", "milliard", "tr")) else ""
        return Stray(
            f"is followed by {word!r}, which is not read{two}", at, match.end(), 'write "18 million" or the number'
        )
    if re.compile(r"[Oo](?![^\W\d_])|[OoIlSB]+[0-9]").match(folded, at):
        return Stray("is followed by a letter where a digit may be meant", at, at + 1, "write it in the digits 0 to 9")
    go_on = re.compile(r"\s*(?P<between>[^\w\s/%]{0,3})\s*[0-9]").match(folded, at)
    if go_on:
        between = folded[at : go_on.end() - 1]
        named = ", ".join(_named(c) for c in between) or "nothing"
        return Stray(f"goes on behind {named}", at, go_on.end(), "only a comma or a plain space parts thousands")
    if folded[first].isnumeric() and not folded[first].isascii():
        return Stray("is followed by a digit of another script", at, first + 1, "write it in the digits 0 to 9")
    if unicodedata.category(folded[first]) in ("Cf", "Cc") or folded[first] in "~±+=<>≤≥≈^":
        return Stray(
            f"is followed by {_named(folded[first])}", at, first + 1, "a unit follows a number, and nothing else"
        )
    return None


def second_reading(text: str, number: str, start: int, end: int) -> Refusal:
    """A number with more than one reading, or none: refused with every reading it may have had."""
    comma = re.fullmatch(_DECIMAL_COMMA, number)
    if comma:
        decimal = decimal_text(exact(f"{comma['sign']}{comma['whole']}.{comma['part']}".lstrip("+")))
        joined = decimal_text(exact((comma["sign"] + comma["whole"] + comma["part"]).lstrip("+")))
        why = f"{number!r} may be {decimal} (a decimal comma) or {joined} (a separator of thousands)"
        hint = "the point is the decimal mark; a comma only parts groups of three digits"
        return bad_quantity(why, text, start, end, hint, (decimal, joined))
    if re.fullmatch(_CONTINENTAL, number):
        whole, _, part = number.rpartition(",")
        write = f"{re.sub(r'[^0-9]', '', whole)}.{part}"
        return unreadable(text, number, start, end, f"the decimal mark is the point: write {write}", (write,))
    digits = re.sub(rf"[^0-9{SPACES}]|[{SPACES}]", "", number)
    if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}", number):
        return unreadable(text, number, start, end, f"points between thousands are not read: write {digits}", (digits,))
    if re.fullmatch(r"[0-9]{1,3}(?:[_'’][0-9]{3})+", number):
        return unreadable(
            text, number, start, end, f"only a comma or a space parts thousands: write {digits}", (digits,)
        )
    if re.search(rf"[{SPACES}]", number):
        hint = "spaces part groups of exactly three digits; is this more than one number?"
        return unreadable(text, number, start, end, hint)
    hint = "separators part groups of exactly three digits, all of one kind, before one decimal point"
    return unreadable(text, number, start, end, hint)


def point_or_thousands(text: str, number: str, start: int, end: int) -> Refusal:
    """The refusal of "1.200", with both readings."""
    plain = number.lstrip("+ ").replace(" ", "")
    decimal, thousands = decimal_text(exact(plain)), decimal_text(exact(plain.replace(".", "")))
    why = f"{number!r} may be {decimal} (a decimal point) or {thousands} (a point between thousands)"
    hint = f"write {decimal} or {thousands}: no zero ends a decimal, and no point parts thousands"
    return bad_quantity(why, text, start, end, hint, (decimal, thousands))


def unreadable(text: str, number: str, start: int, end: int, hint: str, suggestions: tuple[str, ...] = ()) -> Refusal:
    """The refusal of text that looks like a number."""
    return bad_quantity(f"{visible(number)!r} cannot be read as one number", text, start, end, hint, suggestions)


def _plain(number: str) -> Fraction | None:
    return exact(number) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", number) else None


def _vulgar(character: str) -> Fraction | None:
    """The value of "½" and its like."""
    over, stroke, under = unicodedata.normalize("NFKC", character).partition("⁄")
    return Fraction(int(over or 1), int(under)) if stroke and under else None


def _named(character: str) -> str:
    if character.isspace() or not character.isprintable():
        return f"U+{ord(character):04X} ({unicodedata.name(character, 'a control character')})"
    return repr(character)
