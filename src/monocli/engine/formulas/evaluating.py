"""Works out the tree of an expression, exactly, in base units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.quantities.numbers import exact
from monocli.engine.quantities.values import Value

if TYPE_CHECKING:
    from monocli.engine.quantities.units import UnitTable
    from monocli.records.formulas import Node


class Absent(LookupError):
    """An expression needs an input that was not given; the text is its name."""


_OF_TWO: dict[str, Callable[[Value, Value], Value]] = {
    "+": Value.plus,
    "-": Value.minus,
    "*": Value.times,
    "/": Value.over,
    "^": Value.to_the,
}
_OF_ONE: dict[str, Callable[[Value], Value]] = {
    "sqrt": Value.root,
    "cbrt": Value.cube_root,
    "ln": Value.logarithm,
    "log10": Value.decimal_logarithm,
    "exp": Value.exponential,
}


class Evaluator:
    """Values of names (`values`) and words (`words`) that an expression may use."""

    def __init__(self, table: UnitTable, values: Mapping[str, Value], words: Mapping[str, str]) -> None:
        self._table, self.words = table, dict(words)
        self.values: dict[str, Value] = dict(values)
        self.used: set[str] = set()
        """Names that an expression has asked for."""

    def value(self, node: Node) -> Value:
        """The value in base units. Raises `Absent`, and `Undefined` where there is none."""
        op, text = node["op"], node.get("text", "")
        of = node.get("of", [])
        if op == "number":
            return Value(exact(text))
        if op == "unit":
            return Value(self._table.known(text).factor)
        if op == "name":
            if text not in self.values:
                raise Absent(text)
            self.used.add(text)
            return self.values[text]
        if op == "when":
            pairs = zip(of[:-1:2], of[1:-1:2], strict=True)
            return self.value(next((then for condition, then in pairs if self.holds(condition)), of[-1]))
        return self._computed(op, [self.value(inner) for inner in of])

    @staticmethod
    def _computed(op: str, values: list[Value]) -> Value:
        if op in _OF_TWO:
            return _OF_TWO[op](values[0], values[1])
        if op in _OF_ONE:
            return _OF_ONE[op](values[0])
        if op in ("min", "max"):
            pick = min if op == "min" else max
            return pick(values, key=lambda value: value.number)
        if op == "round":
            return values[0].rounded(int(values[1].number) if len(values) > 1 else 0)
        number = abs(values[0].number) if op == "abs" else -values[0].number
        return values[0].replaced(number=number)

    def holds(self, node: Node) -> bool:
        """Whether a condition is so. Raises as `value` does."""
        op, of = node["op"], node.get("of", [])
        if op == "and":
            return all(self.holds(inner) for inner in of)
        if op == "or":
            return any(self.holds(inner) for inner in of)
        if op in ("is", "is not"):
            name = of[0].get("text", "")
            if name not in self.words:
                raise Absent(name)
            self.used.add(name)
            return (self.words[name] == node.get("text")) == (op == "is")
        left, right = (self.value(inner).number for inner in of)
        return _compared(op, left, right)


def _compared(op: str, left: Fraction, right: Fraction) -> bool:
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[op]
