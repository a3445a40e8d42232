"""Of what kind of unit an expression is: the check, when data is compiled, that the units of a formula follow."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from monocli.engine.answers import Refusal
from monocli.engine.quantities.units import PURE, Dimensions, UnitTable, product
from monocli.records.formulas import Node

_PURE_FUNCTIONS = ("ln", "log10", "exp", "round")
WORD: Dimensions = (("a word", 1),)
"""Stands for an input that is a word and no number."""


class Mismatch(ValueError):
    """Units that do not follow; the text says where."""


class Dimensioned:
    """The kinds of unit of names, for one way of giving them, and what follows for expressions."""

    def __init__(self, table: UnitTable, names: Mapping[str, Dimensions], words: Mapping[str, set[str]]) -> None:
        self._table, self.names, self._words = table, dict(names), words

    def of(self, node: Node) -> Dimensions:
        """The kind of unit of an expression. Raises `Mismatch`."""
        op, of, text = node["op"], node.get("of", []), node.get("text", "")
        if op == "number":
            return PURE
        if op == "unit":
            return self._unit(text)
        if op == "name":
            return self._name(text)
        if op == "when":
            for condition in of[:-1:2]:
                self.condition(condition)
            return self._alike([*of[1:-1:2], of[-1]], "the values of when")
        kinds = [self.of(inner) for inner in of]
        if op in ("*", "/"):
            return product(kinds[0], kinds[1], 1 if op == "*" else -1)
        if op in ("+", "-", "min", "max"):
            return self._alike(of, {"+": "what is added", "-": "what is subtracted"}.get(op, f"the values of {op}"))
        if op == "^":
            return self._power(kinds, of[1])
        if op in ("sqrt", "cbrt"):
            return self._root(kinds[0], 2 if op == "sqrt" else 3, op)
        if op in _PURE_FUNCTIONS and any(kinds):
            raise Mismatch(f"{op} takes a pure number, not {said(kinds[0])}; divide by a [unit]")
        return kinds[0]

    def condition(self, node: Node) -> None:
        """Whether a condition compares like with like. Raises `Mismatch`."""
        op, of = node["op"], node.get("of", [])
        if op in ("and", "or"):
            for inner in of:
                self.condition(inner)
        elif op in ("is", "is not"):
            words = self._words.get(of[0].get("text", ""))
            if words is None or node.get("text") not in words:
                raise Mismatch(f"{node.get('text')!r} is no word of {of[0].get('text', '')}")
        else:
            self._alike(of, "what is compared")

    def _unit(self, text: str) -> Dimensions:
        read = self._table.read(text)
        if isinstance(read, Refusal):
            raise Mismatch(read.message)
        return read.unit.dimensions

    def _name(self, text: str) -> Dimensions:
        if text not in self.names:
            raise Mismatch(f"there is no input, step or table {text!r} before this")
        if self.names[text] == WORD:
            raise Mismatch(f"{text} is a word; it can only stand before `is`")
        return self.names[text]

    def _alike(self, nodes: list[Node], what: str) -> Dimensions:
        kinds = [self.of(node) for node in nodes]
        other = next((kind for kind in kinds if kind != kinds[0]), None)
        if other is not None:
            raise Mismatch(f"{what} is of two kinds: {said(kinds[0])} and {said(other)}")
        return kinds[0]

    def _power(self, kinds: list[Dimensions], exponent: Node) -> Dimensions:
        if kinds[1]:
            raise Mismatch(f"an exponent is a pure number, not {said(kinds[1])}")
        if not kinds[0]:
            return PURE
        whole = exponent["op"] == "number" and Decimal(exponent.get("text", "")) % 1 == 0
        if not whole:
            raise Mismatch(f"a power of {said(kinds[0])}; divide by a [unit]")
        return tuple((base, power * int(Decimal(exponent.get("text", "")))) for base, power in kinds[0])

    def _root(self, kind: Dimensions, degree: int, op: str) -> Dimensions:
        if any(power % degree for _, power in kind):
            raise Mismatch(f"{op} of {said(kind)}; divide by a [unit]")
        return tuple((base, power // degree) for base, power in kind)


def said(kind: Dimensions) -> str:
    """A kind of unit in words: "mass per volume"."""
    above = [f"{base}{_raised(power)}" for base, power in kind if power > 0]
    below = [f"{base}{_raised(-power)}" for base, power in kind if power < 0]
    if not kind:
        return "a pure number"
    return " per ".join([" × ".join(above) or "a number", *below])


def _raised(power: int) -> str:
    return f"^{power}" if power > 1 else ""
