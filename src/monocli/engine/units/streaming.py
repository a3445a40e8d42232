"""A stream of quantities as rows of cells, fast: the first line in each unit is converted in full, the rest only in
their numbers.

What `Converter.convert` says of one quantity and what a stream says of it are the same, cell for cell; a test holds
them together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING, NamedTuple

from monocli.engine.answers import Answer, Refusal
from monocli.engine.quantities.numbers import SIGNIFICANT_DIGITS
from monocli.engine.quantities.quantity import Quantity, read_quantity
from monocli.engine.quantities.unreadable import POINT_OR_THOUSANDS
from monocli.engine.units.paths import ONE
from monocli.engine.units.plans import Plan
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.units.converting import Converter
    from monocli.records.output.common import Amount
    from monocli.records.output.units import Conversion

RowsOf = Callable[[str, "Answer[object] | Refusal"], list[list[str]]]
"""Makes the rows of one line; cell 0 is the quantity as typed, cell `VALUE` the number, cell `EXACT` the exact
fraction or "".
"""
VALUE, EXACT = 1, 3

_SIMPLE = re.compile(
    rf"(?!{POINT_OR_THOUSANDS}(?![0-9]))"
    r"([1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.([0-9]{1,15}))?((?: ?[A-Za-zµμ].*)?)"
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
    written: str
    """The number as typed."""
    kind: tuple[str, bool]
    """The text after the number, and whether the last decimal is a zero, which is warned of: lines of one kind are read
    alike."""

    @property
    def value(self) -> Fraction:
        return Fraction(self.digits, 10**self.places)


def plain_number(line: str) -> PlainNumber | None:
    """The number of a line, or None where it is written in a way that must be looked at more closely."""
    match = _SIMPLE(line)
    if match is None:
        return None
    whole, part, rest = match.groups()
    if part is None:
        return PlainNumber(int(whole.replace(",", "")), 0, whole, (rest, False))
    digits = int(whole.replace(",", "") + part)
    return PlainNumber(digits, len(part), f"{whole}.{part}", (rest, part[-1] == "0"))


class _Template:
    """The rows of one unit with their numbers left open."""

    __slots__ = ("pairs",)

    def __init__(self, rows: list[list[str]], factors: list[Fraction]) -> None:
        self.pairs = [(row, Scaler(factor)) for row, factor in zip(rows, factors, strict=True)]


class Shared(Record):
    """What lines of one kind share: the plan, how the first was read, and what the text after the number ("million")
    multiplies it by."""

    plan: Plan
    quantity: Quantity
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
    return Shared(plan, quantity, quantity.value / number.value)


class OpenNumbers:
    """Writes an answer with every number left open (see `Numbers`), for a text that is filled in line by line.

    Whether a number is rounded, and so has an exact fraction beside it, differs from line to line: `rounded` says of
    each factor what this text holds.
    """

    def __init__(self, rounded: Mapping[Fraction, bool]) -> None:
        self._rounded = rounded
        self._places = {factor: place for place, factor in enumerate(rounded)}

    def text(self, factor: Fraction) -> str:
        return gap(2 * self._places[factor] + 1)

    def amount(self, factor: Fraction, unit: str) -> Amount:
        shown: Amount = {"value": self.text(factor), "unit": unit}
        if self._rounded[factor]:
            shown["exact"] = gap(2 * self._places[factor] + 2)
        return shown


def gap(number: int) -> str:
    """What stands for a number that is left open: 0 is the number as typed, then two for each factor, its decimal text
    and its exact fraction."""
    return f"@gap{number}@"


class OpenText:
    """A text with gaps."""

    __slots__ = ("_of_gaps", "_pieces")

    def __init__(self, text: str) -> None:
        self._pieces = re.split(r"@gap([0-9]+)@", text)
        self._of_gaps = [int(place) for place in self._pieces[1::2]]

    def filled(self, texts: Sequence[str]) -> str:
        """The text with these in its gaps, by their numbers."""
        pieces = self._pieces.copy()
        pieces[1::2] = [texts[place] for place in self._of_gaps]
        return "".join(pieces)


class LinesOfAKind:
    """Lines that are read alike, written from texts of which only the numbers differ."""

    def __init__(self, converter: Converter, shared: Shared, rest: str) -> None:
        self._converter, self._shared, self._rest = converter, shared, rest
        plan = shared.plan
        factors = [ONE, *(target.factor for target in plan.targets)]
        factors += [factor for step in plan.steps for factor in (step.before, step.before * step.factor)]
        self._scalers = {factor: Scaler(factor * shared.times) for factor in factors}
        self._texts: dict[tuple[bool, ...], OpenText | None] = {}

    def text(self, number: PlainNumber) -> str | None:
        """The text of a line; None where none like it was there before."""
        texts, rounded = self._numbers(number)
        known = self._texts.get(rounded)
        return known.filled(texts) if known and number.digits else None

    def learn(self, number: PlainNumber, text: str, write: Callable[[Answer[Conversion]], str]) -> None:
        """Keep what a line that was written in full has in common with others, if filling it in gives that text
        again."""
        texts, rounded = self._numbers(number)
        if rounded in self._texts or not number.digits:
            return
        numbers = OpenNumbers(dict(zip(self._scalers, rounded, strict=True)))
        quantity = self._shared.quantity.replaced(number=gap(0))
        answer = self._converter.answered(self._shared.plan, quantity, numbers, gap(0) + self._rest)
        opened = OpenText(write(answer))
        self._texts[rounded] = opened if opened.filled(texts) == text else None

    def _numbers(self, number: PlainNumber) -> tuple[list[str], tuple[bool, ...]]:
        """The texts for the gaps, and which factors give a rounded number."""
        texts, rounded = [number.written], []
        for scaler in self._scalers.values():
            shown, fraction = scaler.texts(number.digits, number.places)
            texts += (shown, fraction)
            rounded.append(fraction != "")
        return texts, tuple(rounded)


class Stream:
    """Converts lines of text into rows. `failed` says whether a line so far could not be converted."""

    def __init__(self, converter: Converter, rows_of: RowsOf) -> None:
        self._converter = converter
        self._rows_of = rows_of
        self._templates: dict[tuple[str, bool], _Template] = {}
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
