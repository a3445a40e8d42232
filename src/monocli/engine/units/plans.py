"""A conversion without its number: made once for each unit that is typed, applied to any number of quantities."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from monocli.engine.answers import Answer, Note
from monocli.engine.quantities.numbers import amount
from monocli.engine.units.paths import Step
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.records.output.common import Amount
    from monocli.records.output.units import (
        Conversion,
        ConversionNumbers,
        ConversionSentences,
        ConversionStep,
        Converted,
        FormAmount,
        UnitsAdvice,
        UsedEquivalence,
    )
    from monocli.records.units import Equivalence


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

    def shown(self, value: Fraction) -> Converted:
        """The result as JSON shows it, for that number."""
        shown = cast("Converted", {**amount(value * self.factor, self.unit), "approximate": self.approximate})
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

    def answer(self, value: Fraction, query: str, notes: Sequence[Note] = ()) -> Answer[Conversion]:
        """`data` with `substance`, `from`, `to`, `steps`, and besides `query` (as typed), `title`, `equivalences`
        (those used, each with its source), `advice` and, where one was given, `weight`.
        """
        data = cast("Conversion", {**self.numbers(value, query), **self.sentences()})
        return Answer(data, (*notes, *self.notes))

    def numbers(self, value: Fraction, query: str) -> ConversionNumbers:
        """The first part of `data`: what differs from quantity to quantity."""
        start = cast("FormAmount", amount(value, self.unit))
        if self.form:
            start["form"] = self.form
        return {
            "query": query,
            "substance": self.substance,
            "title": self.title,
            "from": start,
            "to": [target.shown(value) for target in self.targets],
            "steps": self._steps(value),
        }

    def sentences(self) -> ConversionSentences:
        """The rest of `data`, the same for every quantity."""
        told: ConversionSentences = {"equivalences": list(self.equivalences), "advice": list(self.advice)}
        if self.weight:
            told["weight"] = self.weight
        return told

    def _steps(self, value: Fraction) -> list[ConversionStep]:
        """The steps with their numbers, each sentence once."""
        told: dict[str, ConversionStep] = {}
        for step in self.steps:
            for line in step.shown(value):
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
