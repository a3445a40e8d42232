"""A conversion without its number: made once for each unit that is typed, applied to any number of quantities."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from monocli.engine.answers import Answer, Note
from monocli.engine.quantities.numbers import amount, decimal_text
from monocli.engine.units.paths import ONE, Step
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.units.paths import Numbers
    from monocli.records.output.common import Amount
    from monocli.records.output.units import (
        Conversion,
        ConversionStep,
        Converted,
        FormAmount,
        UnitsAdvice,
        UsedEquivalence,
    )
    from monocli.records.units import Equivalence


class NumbersOf:
    """The numbers of one quantity."""

    def __init__(self, value: Fraction) -> None:
        self._value = value

    def text(self, factor: Fraction) -> str:
        """Its decimal text."""
        return decimal_text(self._value * factor)

    def amount(self, factor: Fraction, unit: str) -> Amount:
        """As JSON shows a number that a person could act on."""
        return amount(self._value * factor, unit)


class Target(Record):
    """One unit to convert into: the product of every factor on the way, and the steps that it is the product of."""

    unit: str
    factor: Fraction
    steps: tuple[Step, ...]
    way: tuple[Equivalence, ...]
    weighed: bool
    form: str | None
    of: str | None

    @property
    def approximate(self) -> bool:
        """Whether any equivalence on the way is only about right."""
        return any(equivalence["approximate"] for equivalence in self.way)

    def shown(self, numbers: Numbers) -> Converted:
        """The result as JSON shows it."""
        shown = cast("Converted", {**numbers.amount(self.factor, self.unit), "approximate": self.approximate})
        if self.form:
            shown["form"] = self.form
        if self.of:
            shown["of"] = self.of
        by = [equivalence["id"] for equivalence in self.way]
        if by:
            shown["by"] = by
        return shown


class Plan(Record):
    """Everything about a conversion but the number: see `Converter.plan`."""

    substance: str | None
    title: str | None
    unit: str
    form: str | None
    targets: tuple[Target, ...]
    steps: tuple[Step, ...]
    equivalences: tuple[UsedEquivalence, ...]
    advice: tuple[UnitsAdvice, ...]
    notes: tuple[Note, ...]
    weight: Amount | None

    def answer(self, numbers: Numbers, query: str, notes: Sequence[Note] = ()) -> Answer[Conversion]:
        """`data` with `substance`, `from`, `to`, `steps`, and besides `query` (as typed), `title`, `equivalences`
        (those used, each with its source), `advice` and, where one was given, `weight`.
        """
        start = cast("FormAmount", numbers.amount(ONE, self.unit))
        if self.form:
            start["form"] = self.form
        data: Conversion = {
            "query": query,
            "substance": self.substance,
            "title": self.title,
            "from": start,
            "to": [target.shown(numbers) for target in self.targets],
            "steps": self._steps(numbers),
            "equivalences": list(self.equivalences),
            "advice": list(self.advice),
        }
        if self.weight:
            data["weight"] = self.weight
        return Answer(data, (*notes, *self.notes))

    def _steps(self, numbers: Numbers) -> list[ConversionStep]:
        """The steps with their numbers, each sentence once."""
        told: dict[str, ConversionStep] = {}
        for step in self.steps:
            for line in step.shown(numbers):
                told.setdefault(line["text"], line)
        return list(told.values())


def steps_of(targets: Sequence[Target]) -> tuple[Step, ...]:
    """The steps of every target, in their order, each once."""
    found: dict[object, Step] = {}
    for target in targets:
        for step in target.steps:
            found.setdefault(_key(step), step)
    return tuple(found.values())


def _key(step: Step) -> object:
    return (step.lead, step.before, step.factor, step.unit_in, step.unit_out)
