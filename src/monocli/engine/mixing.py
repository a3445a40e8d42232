"""The conditions of a question on mixing: quantities read exactly, diluents and containers known by their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import BAD_INPUT, Answer, Note, Refusal
from monocli.engine.cited import OWN
from monocli.engine.inputs import ALBUMIN, AMOUNT, CONCENTRATION, HOURS, VOLUME
from monocli.engine.mixing_book import MixingBook
from monocli.engine.names import normalise, visible
from monocli.engine.quantities.numbers import amount, decimal_text, exact
from monocli.engine.quantities.quantity import read_quantity
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.records.output.compatibility import Asked
    from monocli.records.output.units import Conversion, ConversionStep

Convert = Callable[[str, str], "Answer[Conversion] | Refusal"]
"""Converts a quantity of the drug as typed into a unit: what `mono units` answers."""

_NONE = ("none", "no", "without", "0")
MAX_PERCENT = 100
RECONSTITUTION = "reconstitution"


class MixingConditions(Record):
    """The conditions of a question, read; None where one was not given."""

    shown: Asked
    """As typed."""
    region: str | None = None
    container: str | None = None
    hours: Fraction | None = None
    albumin: Fraction | None = None
    concentration: Fraction | None = None
    with_own_volume: Fraction | None = None
    """The concentration with the drug's own volume added to the volume given."""
    volume: Fraction | None = None
    unit: str | None = None
    steps: tuple[ConversionStep, ...] = ()
    notes: tuple[Note, ...] = ()


def read_conditions(
    book: MixingBook, convert: Convert, typed: Asked, mixed_with: Sequence[str] = ()
) -> MixingConditions | Refusal:
    """The conditions as typed, read exactly: numbers with their units, never below zero. Refusals are of bad input.

    A concentration is brought to the unit of the document's range; an amount and a volume are divided, and the
    volume that the drug itself takes up is shown as a second figure where the document says how much it is. Not so for
    what it is reconstituted with (of the names in `mixed_with`): that volume is the whole volume.
    """
    if "concentration" in typed and "amount" in typed:
        message = "give a concentration, or an amount and a volume, not both"
        return Refusal("conflicting-options", message, kind=BAD_INPUT)
    if "amount" in typed and "volume" not in typed:
        return Refusal("value-needed", f"an amount needs {VOLUME} to make a concentration", kind=BAD_INPUT)
    reader = _ConditionReader(book, convert)
    read: dict[str, Fraction | None] = {}
    for key, value in (
        ("hours", reader.hours(typed.get("hours"))),
        ("albumin", reader.percent(typed.get("albumin"))),
        ("concentration", reader.converted(typed.get("concentration"), reader.unit, CONCENTRATION)),
        ("volume", reader.converted(typed.get("volume"), "mL", VOLUME)),
        ("amount", reader.converted(typed.get("amount"), reader.unit.partition("/")[0], AMOUNT)),
    ):
        if isinstance(value, Refusal):
            return value
        read[key] = value
    concentration, drug, volume, own = read["concentration"], read["amount"], read["volume"], None
    if drug is not None and volume is not None:
        concentration = reader.divided(drug, volume)
        own = None if _reconstitutes(book, mixed_with) else reader.with_own_volume(drug, volume)
    place = book.subject(typed["container"]) if "container" in typed else None
    if "container" in typed and place is None:
        named = visible(typed["container"])
        message = f"nothing is recorded of the container {named!r}; whether a statement covers it stays unclear"
        reader.notes.append(Note("unknown-container", message))
    return MixingConditions(
        region=typed.get("region"),
        container=None if place is None else place["id"],
        hours=read["hours"],
        albumin=read["albumin"],
        concentration=concentration,
        with_own_volume=own,
        volume=volume,
        unit=reader.unit,
        steps=tuple(reader.steps),
        notes=tuple(reader.notes),
        shown=typed,
    )


def _reconstitutes(book: MixingBook, names: Sequence[str]) -> bool:
    """Whether all that is stated of the diluents among these names is reconstitution, no dilution."""
    ids = {subject["id"] for subject in book.told_apart(names)[1] if subject["kind"] == "diluent"}
    steps = [s.get("step") for s in book.statements if ids & set(s.get("subjects", []))]
    return bool(steps) and all(step == RECONSTITUTION for step in steps)


class _ConditionReader:
    """Reads the numbers of one question and keeps the steps."""

    def __init__(self, book: MixingBook, convert: Convert) -> None:
        self._document, self._convert = book.document, convert
        limits = (statement["range"] for statement in book.statements if "range" in statement)
        self.unit = next((item["unit"] for item in limits), "microgram/mL")
        self.steps: list[ConversionStep] = []
        self.notes: list[Note] = []

    def converted(self, text: str | None, unit: str, option: str) -> Fraction | Refusal | None:
        """A quantity in the unit wanted, with the steps of the conversion."""
        if text is None:
            return None
        quantity = read_quantity(text)
        if isinstance(quantity, Refusal):
            return quantity
        if not quantity.unit:
            message = f"{option} needs its unit, such as {unit}: {visible(text)!r}"
            return Refusal("unit-needed", message, kind=BAD_INPUT, detail={"field": option})
        answer = self._convert(text, unit)
        if isinstance(answer, Refusal):
            return answer
        value = _value(answer.data)
        if value <= 0:
            return Refusal("bad-value", f"{option} must be above zero: {visible(text)!r}", kind=BAD_INPUT)
        self.steps += answer.data["steps"]
        self.notes += answer.notes
        return value

    def hours(self, text: str | None) -> Fraction | Refusal | None:
        """Hours; a number alone is hours."""
        if text is None:
            return None
        quantity = read_quantity(text)
        if isinstance(quantity, Refusal):
            return quantity
        if not quantity.unit and quantity.value > 0:
            return quantity.value
        return self.converted(text if quantity.unit else f"{text} h", "h", HOURS)

    def percent(self, text: str | None) -> Fraction | Refusal | None:
        """Percent of albumin; "none" is 0."""
        if text is None:
            return None
        if normalise(text) in _NONE:
            return Fraction(0)
        quantity = read_quantity(text)
        if isinstance(quantity, Refusal):
            return quantity
        if quantity.unit not in ("", "%") or not 0 <= quantity.value <= MAX_PERCENT:
            message = f'{ALBUMIN} takes a percentage such as 0.1% or "none": {visible(text)!r}'
            return Refusal("bad-value", message, kind=BAD_INPUT)
        return quantity.value

    def divided(self, drug: Fraction, volume: Fraction) -> Fraction:
        """Amount by volume, as a step."""
        mass, _, per = self.unit.partition("/")
        text = f"{decimal_text(drug)} {mass} in {decimal_text(volume)} {per} (the volume as given)"
        return self._step(text, drug / volume, self._document["source"] if self._document else OWN)

    def with_own_volume(self, drug: Fraction, volume: Fraction) -> Fraction | None:
        """The concentration with the volume of the reconstituted drug added, as a step; None where that volume is
        not known.
        """
        if self._document is None or "reconstituted" not in self._document:
            return None
        held = self._document["reconstituted"]
        mass, _, per = self.unit.partition("/")
        holds = self._plain(f"{held['amount']} {held['unit']}", mass)
        takes = self._plain(f"{held['volume']} {held['volume_unit']}", per)
        if holds is None or takes is None:
            return None
        added = drug / holds * takes
        made_up = f"{held['amount']} {held['unit']} is {held['volume']} {held['volume_unit']} once reconstituted"
        total = f"{decimal_text(added)} {per} more, {decimal_text(volume + added)} {per} in all"
        text = f"with the drug's own volume: {made_up}, so {total}"
        return self._step(text, drug / (volume + added), held["source"])

    def _plain(self, text: str, unit: str) -> Fraction | None:
        answer = self._convert(text, unit)
        return None if isinstance(answer, Refusal) else _value(answer.data)

    def _step(self, text: str, value: Fraction, source: str) -> Fraction:
        self.steps.append({"text": text, "result": amount(value, self.unit), "source": source})
        return value


def _value(conversion: Conversion) -> Fraction:
    """The number in the one unit that was asked for."""
    target = conversion["to"][0]
    return Fraction(target["exact"]) if "exact" in target else exact(target["value"])
