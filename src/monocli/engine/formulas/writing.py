"""An expression as a person writes it: with its names, or with the numbers put in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monocli.records.formulas import Node

_RANK = {"+": 1, "-": 1, "negative": 2, "*": 3, "/": 3, "^": 5}
_ATOM = 9
_SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " / ", "<=": " ≤ ", ">=": " ≥ ", "<": " < ", ">": " > "}
_ROOTS = {"sqrt": "√", "cbrt": "∛"}


def written(node: Node, name: Callable[[str, str], str]) -> str:
    """The expression with each name as `name(name, unit)` gives it; the unit is the one by which it is divided, or
    none."""
    return _write(_without_units(node), name)


def condition_written(node: Node) -> str:
    """A condition in words, with the units of its numbers: "creatinine < 0.6 mg/dL"."""
    return _write(node, lambda name, _: name.replace("_", " "))


def units_of(node: Node) -> dict[str, str]:
    """The names that an expression divides by a unit, with that unit: "age in years"."""
    found: dict[str, str] = {}
    if _is_in_unit(node):
        found[node["of"][0].get("text", "")] = node["of"][1].get("text", "")
    for inner in node.get("of", []):
        found |= units_of(inner)
    return found


def _is_in_unit(node: Node) -> bool:
    of = node.get("of", [])
    return node["op"] == "/" and of[0]["op"] == "name" and of[1]["op"] == "unit"


def _without_units(node: Node) -> Node:
    """The same without the units that only turn a quantity into a number: `age/[year]` is a name with a unit, and what
    is multiplied by a unit alone is what a person writes as the number."""
    if _is_in_unit(node):
        return node
    of = [_without_units(inner) for inner in node.get("of", [])]
    if node["op"] in ("*", "/") and of[1]["op"] == "unit":
        return of[0]
    if node["op"] == "*" and of[0]["op"] == "unit":
        return of[1]
    return {**node, "of": of} if of else node


def _write(node: Node, name: Callable[[str, str], str]) -> str:
    op, of, text = node["op"], node.get("of", []), node.get("text", "")
    if op == "name":
        return name(text, "")
    if _is_in_unit(node):
        return name(of[0].get("text", ""), of[1].get("text", ""))
    if op in ("number", "unit"):
        return text
    if op == "*" and of[0]["op"] == "number" and of[1]["op"] == "unit":
        return f"{of[0].get('text', '')} {of[1].get('text', '')}"
    if op == "negative":
        return f"−{_within(of[0], 2, name)}"
    if op == "^":
        return f"{_within(of[0], 6, name)}^{_within(of[1], 6, name)}"
    if op in _RANK:
        rank = _RANK[op]
        return f"{_within(of[0], rank, name)}{_SIGNS[op]}{_within(of[1], rank + 1, name)}"
    if op == "when":
        return _cases(of, name)
    if op in ("is", "is not"):
        return f"{of[0].get('text', '').replace('_', ' ')} {op} {text}"
    if op in ("and", "or"):
        return f" {op} ".join(_write(inner, name) for inner in of)
    if op in _SIGNS:
        return f"{_write(of[0], name)}{_SIGNS[op]}{_write(of[1], name)}"
    return f"{_ROOTS.get(op, op)}({', '.join(_write(inner, name) for inner in of)})"


def _cases(of: list[Node], name: Callable[[str, str], str]) -> str:
    pairs = zip(of[:-1:2], of[1:-1:2], strict=True)
    said = [f"{_write(then, name)} if {_write(condition, name)}" for condition, then in pairs]
    return f"({'; '.join([*said, f'else {_write(of[-1], name)}'])})"


def _within(node: Node, least: int, name: Callable[[str, str], str]) -> str:
    text = _write(node, name)
    is_name = node["op"] == "name" or _is_in_unit(node)
    # A power of "175 cm" or of a name of two words is of all of it.
    rank = (_RANK["^"] if " " in text else _ATOM) if is_name else _RANK.get(node["op"], _ATOM)
    return f"({text})" if rank < least else text
