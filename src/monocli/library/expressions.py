"""Reads the expressions of formulas, when data is compiled, into small trees that are stored.

    expression = condition-free arithmetic: + - * / ^ ( ), numbers, names of inputs and steps,
                 "[unit]" for one of that unit, and functions: sqrt cbrt ln log10 exp abs round min max when
    when(condition, value, …, otherwise)
    condition  = comparison {"and" | "or" comparison};  comparison = a < b, a <= b, a > b, a >= b,
                 name "is" word, name "is not" word

`age/[year]` is the number of years in an age, `4*[g/dL]` is four grams in a decilitre.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from monocli.records.formulas import Node, Operation
from monocli.records.record import Record

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<unit>\[[^\[\]]+\])|(?P<name>[a-z][a-z0-9_]*)|(?P<sign><=|>=|[-+*/^(),<>]))"
)
FUNCTIONS = {
    "sqrt": (1, 1), "cbrt": (1, 1), "ln": (1, 1), "log10": (1, 1), "exp": (1, 1), "abs": (1, 1), "round": (1, 2),
    "min": (2, 99), "max": (2, 99), "when": (3, 99),
}  # fmt: skip
"""Function → how many values it takes, least and most."""
COMPARISONS = ("<", "<=", ">", ">=")
_TOO_DEEP = 40


class Unreadable(ValueError):
    """An expression that cannot be read; the text says why, and where."""


class _Token(Record):
    kind: str
    text: str
    at: int


def parse(text: str) -> Node:
    """The tree of an expression. Raises `Unreadable`."""
    return _ExpressionReader(text).whole(lambda reader: reader.sum())


def parse_condition(text: str) -> Node:
    """The tree of a condition. Raises `Unreadable`."""
    return _ExpressionReader(text).whole(lambda reader: reader.condition())


class _ExpressionReader:
    """Recursive descent, one method a rule."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._place = 0
        self._depth = 0

    def whole(self, rule: Callable[[_ExpressionReader], Node]) -> Node:
        node = rule(self)
        if self._next.kind != "end":
            raise self._stray("nothing more")
        return node

    @property
    def _next(self) -> _Token:
        return self._tokens[self._place]

    def _take(self, *texts: str) -> str | None:
        """The next token where it is one of these, which is then behind us."""
        if self._next.text in texts and self._next.kind != "end":
            self._place += 1
            return self._tokens[self._place - 1].text
        return None

    def _expect(self, text: str) -> None:
        if self._take(text) is None:
            raise self._stray(repr(text))

    def _stray(self, expected: str) -> Unreadable:
        found = repr(self._next.text) if self._next.kind != "end" else "the end"
        return Unreadable(f"column {self._next.at + 1} of the expression: expected {expected}, not {found}")

    def sum(self) -> Node:
        node = self._product()
        while sign := self._take("+", "-"):
            node = _node(sign, node, self._product())
        return node

    def _product(self) -> Node:
        node = self._signed()
        while sign := self._take("*", "/"):
            node = _node(sign, node, self._signed())
        return node

    def _signed(self) -> Node:
        return _node("negative", self._signed()) if self._take("-") else self._power()

    def _power(self) -> Node:
        base = self._atom()
        return _node("^", base, self._signed()) if self._take("^") else base

    def _atom(self) -> Node:
        token = self._next
        self._depth += 1
        if self._depth > _TOO_DEEP:
            raise Unreadable(f"column {token.at + 1} of the expression: nested too deep")
        try:
            return self._atom_of(token)
        finally:
            self._depth -= 1

    def _atom_of(self, token: _Token) -> Node:
        if self._take("("):
            inner = self.sum()
            self._expect(")")
            return inner
        if token.kind not in ("number", "unit", "name"):
            raise self._stray("a number, a name or a [unit]")
        self._place += 1
        if token.kind == "name" and token.text in FUNCTIONS:
            return self._call(token)
        return {"op": cast("Operation", token.kind), "text": token.text.strip("[]").strip()}

    def _call(self, token: _Token) -> Node:
        self._expect("(")
        of = [self._argument(token.text)]
        while self._take(","):
            of.append(self._argument(token.text))
        self._expect(")")
        least, most = FUNCTIONS[token.text]
        if not least <= len(of) <= most or (token.text == "when" and len(of) % 2 == 0):
            raise Unreadable(f"column {token.at + 1} of the expression: {token.text} does not take {len(of)} values")
        for place, node in enumerate(of):
            is_last = place == len(of) - 1
            if _is_condition(node) != (token.text == "when" and place % 2 == 0 and not is_last):
                wanted = "a value" if _is_condition(node) else "a condition"
                raise Unreadable(
                    f"column {token.at + 1} of the expression: expected {wanted} as number {place + 1} of {token.text}"
                )
        return _node(token.text, *of)

    def _argument(self, function: str) -> Node:
        return self.condition(or_value=True) if function == "when" else self.sum()

    def condition(self, *, or_value: bool = False) -> Node:
        """Comparisons joined by "and" or "or"; a value alone where `or_value`."""
        node = self._comparison(or_value=or_value)
        while _is_condition(node) and self._next.text in ("and", "or"):
            if node["op"] in ("and", "or") and node["op"] != self._next.text:
                raise self._stray(f"no mixture of and and or: {node['op']!r}")
            word = self._take("and", "or") or ""
            node = _node(word, node, self._comparison(or_value=False))
        return node

    def _comparison(self, *, or_value: bool) -> Node:
        first = self.sum()
        if sign := self._take(*COMPARISONS):
            return _node(sign, first, self.sum())
        if self._take("is"):
            op = "is not" if self._take("not") else "is"
            word = self._next
            if first["op"] != "name" or word.kind != "name":
                raise self._stray("a word after the name of an input")
            self._place += 1
            return {"op": cast("Operation", op), "text": word.text.replace("_", "-"), "of": [first]}
        if not or_value:
            raise self._stray("a comparison (<, <=, >, >=, is)")
        return first


def _is_condition(node: Node) -> bool:
    return node["op"] in (*COMPARISONS, "is", "is not", "and", "or")


def _node(op: str, *of: Node) -> Node:
    return {"op": cast("Operation", op), "of": list(of)}


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            first = at + len(text[at:]) - len(text[at:].lstrip())
            raise Unreadable(f"column {first + 1} of the expression: {text[first]!r} cannot be read")
        kind = str(match.lastgroup)
        found.append(_Token(kind, match[kind], match.start(kind)))
        at = match.end()
    return [*found, _Token("end", "", len(text))]
