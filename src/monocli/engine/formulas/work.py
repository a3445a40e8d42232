"""The steps of a calculation as a person would check them: the equation, the numbers put in, the result, the source."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.cited import OWN
from monocli.engine.formulas.writing import written
from monocli.engine.quantities.values import Value

if TYPE_CHECKING:
    from monocli.engine.formulas.evaluating import Evaluator
    from monocli.engine.quantities.units import UnitTable
    from monocli.records.formulas import Node
    from monocli.records.output.formulas import CalcStep

NUMBER = "number"


class Work:
    """Collects the steps. `units` are those in which values by name are shown."""

    def __init__(self, table: UnitTable, evaluator: Evaluator, units: Mapping[str, str]) -> None:
        self._table, self._evaluator, self._units = table, evaluator, units
        self.steps: list[CalcStep] = []

    def step(self, text: str, tree: Node, result: str, source: str) -> None:
        """A step that works something out; the numbers are left out where the equation is but a name."""
        formula = written(tree, lambda name, unit: name.replace("_", " "))
        shown: CalcStep = {"text": text, "formula": formula, "result": result, "source": source or OWN}
        if (inputs := written(tree, self._put_in)) not in (result, formula):
            shown["inputs"] = inputs
        self.steps.append(shown)

    def plain(self, text: str, inputs: str, result: str, source: str) -> None:
        """A step without an equation: a unit, points from a table, the result of another formula."""
        shown: CalcStep = {"text": text, "result": result, "source": source or OWN}
        if inputs:
            shown["inputs"] = inputs
        self.steps.append(shown)

    def shown(self, value: Value, unit: str) -> str:
        """A value in base units as text in a unit."""
        return self._in(value, unit).text("" if unit == NUMBER else unit)

    def _put_in(self, name: str, unit: str) -> str:
        value = self._evaluator.values.get(name)
        if value is None:
            return self._evaluator.words.get(name, name.replace("_", " "))
        if unit:
            return self._in(value, unit).text()
        return self.shown(value, self._units.get(name, NUMBER))

    def _in(self, value: Value, unit: str) -> Value:
        factor = Fraction(1) if unit in (NUMBER, "") else self._table.known(unit).factor
        return value.times(1 / factor)
