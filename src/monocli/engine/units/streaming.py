"""A stream of quantities as rows of cells, fast: the first line in each unit is converted in full, the rest only in
their numbers.

What `Converter.convert` says of one quantity and what a stream says of it are the same, cell for cell; a test holds
them together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING, NamedTuple

from monocli.engine.answers import Answer, Refusal
from monocli.engine.quantities.numbers import SIGNIFICANT_DIGITS
from monocli.engine.quantities.quantity import Quantity, read_quantity
from monocli.engine.quantities.unreadable import POINT_OR_THOUSANDS
from monocli.engine.units.plans import Plan
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.units.converting import Converter

RowsOf = Callable[[str, "Answer[object] | Refusal"], list[list[str]]]
"""Makes the rows of one line; cell 0 is the quantity as typed, cell `VALUE` the number, cell `EXACT` the exact
fraction or "".
"""
VALUE, EXACT = 1, 3

_SIMPLE = re.compile(
    rf"(?!{POINT_OR_THOUSANDS}(?![0-9]))"
    r"([1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.([0-9]{1,15}))?(?: ?([A-Za-zµμ].*))?"
).fullmatch
"""A number without sign, exponent or word, which has one reading, and the text after it. That text alone decides what
the number is multiplied by.
"""
_ROUND = Context(prec=SIGNIFICANT_DIGITS, rounding=ROUND_HALF_UP)


class Scaler:
    """Multiplies plain decimals by one exact factor, in whole numbers; agrees with `decimal_text` and
    `fraction_text`.
    """

    __slots__ = ("_multiplier", "_places", "_rest")

    def __init__(self, factor: Fraction) -> None:
        rest, twos, fives = factor.denominator, 0, 0
        while rest % 2 == 0:
            rest, twos = rest // 2, twos + 1
        while rest % 5 == 0:
            rest, fives = rest // 5, fives + 1
        self._places = max(twos, fives)
        self._rest = rest
        self._multiplier = factor.numerator * 10**self._places * rest // factor.denominator

    def texts(self, digits: int, places: int) -> tuple[str, str]:
        """(decimal text, exact fraction or "") of digits ÷ 10^places × the factor."""
        product = digits * self._multiplier
        places += self._places
        if self._rest != 1:
            whole, remainder = divmod(product, self._rest)
            if remainder:
                below = self._rest * 10**places
                text = format(_ROUND.divide(Decimal(product), Decimal(below)), "f")
                common = gcd(product, below)
                text = text.rstrip("0").rstrip(".") if "." in text else text
                return text, f"{product // common}/{below // common}"
            product = whole
        text = str(product)
        if not places or not product:
            return text, ""
        if len(text) <= places:
            text = text.zfill(places + 1)
        return f"{text[:-places]}.{text[-places:]}".rstrip("0").rstrip("."), ""


class PlainNumber(NamedTuple):
    """A number that has one reading, with the text after it: digits ÷ 10^places. One is made for every line of a
    stream, and a tuple is made faster than a record."""

    digits: int
    places: int
    unit: str | None
    """The text after the number."""
    ends_in_zero: bool
    """Whether its last decimal is a zero, which is warned of."""

    @property
    def kind(self) -> tuple[str | None, bool]:
        """Lines of one kind are read alike."""
        return self.unit, self.ends_in_zero

    @property
    def value(self) -> Fraction:
        return Fraction(self.digits, 10**self.places)


def plain_number(line: str) -> PlainNumber | None:
    """The number of a line, or None where it is written in a way that must be looked at more closely."""
    match = _SIMPLE(line)
    if match is None:
        return None
    whole, part, unit = match.groups()
    if "," in whole:
        whole = whole.replace(",", "")
    part = part or ""
    return PlainNumber(int(whole + part), len(part), unit, part[-1:] == "0")


class _Template:
    """The rows of one unit with their numbers left open."""

    __slots__ = ("pairs",)

    def __init__(self, rows: list[list[str]], factors: list[Fraction]) -> None:
        self.pairs = [(row, Scaler(factor)) for row, factor in zip(rows, factors, strict=True)]


class Shared(Record):
    """What lines of one kind share: the plan, and what the text after the number ("million") multiplies it by."""

    plan: Plan
    times: Fraction


def shared_of(
    converter: Converter, line: str, number: PlainNumber | None, answer: Answer[object] | Refusal
) -> Shared | None:
    """What a line that was converted shares with others of its kind; None where that cannot be told from it."""
    if number is None or not number.digits or isinstance(answer, Refusal):
        return None
    quantity = read_quantity(line)
    plan = converter.plan(quantity.unit) if isinstance(quantity, Quantity) else None
    if isinstance(quantity, Refusal) or not isinstance(plan, Plan):
        return None
    return Shared(plan, quantity.value / number.value)


class Stream:
    """Converts lines of text into rows. `failed` says whether a line so far could not be converted."""

    def __init__(self, converter: Converter, rows_of: RowsOf) -> None:
        self._converter = converter
        self._rows_of = rows_of
        self._templates: dict[tuple[str | None, bool], _Template] = {}
        self.failed = False

    def blocks(self, lines: Iterable[str], largest: int = 1024) -> Iterator[list[list[str]]]:
        """The rows of the lines in blocks, first of one line, then of twice as many each time up to `largest`, so
        that the first answers do not wait for the last. Blank lines are passed over.
        """
        block: list[list[str]] = []
        size, count = 1, 0
        for line in lines:
            count += self._add(line, block)
            if count >= size:
                yield block
                block, count, size = [], 0, min(size * 2, largest)
        if block:
            yield block

    def _add(self, line: str, block: list[list[str]]) -> int:
        """Add the rows of one line; 1, or 0 for a blank line."""
        line = line.strip()
        if not line:
            return 0
        number = plain_number(line)
        template = self._templates.get(number.kind) if number else None
        if number is None or template is None:
            rows, answer = self._in_full(line)
            block += rows
            shared = shared_of(self._converter, line, number, answer)
            if number is not None and shared is not None:
                factors = [target.factor * shared.times for target in shared.plan.targets]
                self._templates[number.kind] = _Template(rows, factors)
            return 1
        for row, scaler in template.pairs:
            cells = row.copy()
            cells[0] = line
            cells[VALUE], cells[EXACT] = scaler.texts(number.digits, number.places)
            block.append(cells)
        return 1

    def _in_full(self, line: str) -> tuple[list[list[str]], Answer[object] | Refusal]:
        answer = self._converter.convert(line)
        if isinstance(answer, Refusal):
            self.failed = True
        return self._rows_of(line, answer), answer
