"""The shape of `data/formulas/*.yaml`, one clinical formula a file, and of the same formula as it is compiled."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records.scalars import DecimalText, Flag, Id, Pattern

Symbol = Annotated[str, Pattern(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", "a name in lower case, such as ideal_weight")]


class Input(TypedDict):
    """Something that the formula is given."""

    name: Id
    """As it is given (`heart-rate=75`); an expression writes it with `_` for `-`."""
    measure: Id
    names: NotRequired[list[str]]
    """Further names for it in this formula."""
    label: NotRequired[str]
    """What it is here, where the measure does not say it all."""
    optional: NotRequired[Flag]
    assumed: NotRequired[Id]
    """The word that it is taken to be where it is not given, which a warning says."""
    why: NotRequired[str]
    """What an optional input is for."""
    at_least: NotRequired[str]
    """The range for which the formula holds, each bound with its unit where it has one: "18 years"."""
    at_most: NotRequired[str]
    below: NotRequired[str]
    above: NotRequired[str]
    holds: NotRequired[str]
    """Whom the formula holds for, said where a value lies outside."""


class PointsRow(TypedDict):
    """One row of a table of points; the first whose bound or words fit decides, and the last has none."""

    below: NotRequired[str]
    at_most: NotRequired[str]
    above: NotRequired[str]
    at_least: NotRequired[str]
    printed: NotRequired[str]
    """The bound as it is printed in the other kind of unit; a value in that kind is compared with it."""
    words: NotRequired[list[Id]]
    points: DecimalText


class Points(TypedDict):
    """Points for one input, under a name that the expression may use."""

    name: Symbol
    input: Id
    rows: list[PointsRow]


class FormulaStep(TypedDict):
    """A value on the way, worked out by an expression or by another formula from inputs of the same names."""

    name: Symbol
    label: str
    expression: NotRequired[str]
    formula: NotRequired[Id]
    unit: NotRequired[str]
    """Unit in which it is shown; none for a pure number."""
    source: NotRequired[str]


class Outcome(TypedDict):
    label: str
    unit: str
    """Unit of the result; `number` for a pure number."""
    like: NotRequired[Id]
    """The result is shown in the kind of unit in which this input was given."""


class AlsoResult(TypedDict):
    """A further result, left out where an optional input that it needs was not given."""

    id: Id
    label: str
    unit: str
    expression: str
    source: NotRequired[str]


class ResultGrade(TypedDict):
    """What a result is called: the first whose bound fits; the last has none."""

    below: NotRequired[DecimalText]
    at_most: NotRequired[DecimalText]
    grade: str


class Requirement(TypedDict):
    """What must be so of the inputs together; `otherwise` says what is wrong."""

    that: str
    otherwise: str


class Caution(TypedDict):
    """Something to know of the result; with `when` only where that is so."""

    text: str
    when: NotRequired[str]
    source: NotRequired[str]


class Way(TypedDict):
    """One way to the result, by which kinds of units or which optional inputs were given."""

    units: NotRequired[list[dict[str, str]]]
    """Kinds of units that go together: input → unit, and under `result` that of the result."""
    needs: NotRequired[list[Id]]
    """Optional inputs without which this way is none."""
    expression: str


class WrittenEquation(TypedDict):
    """The equation as a person writes it, with short names for its inputs."""

    text: str
    words: NotRequired[dict[Id, Id]]
    """Where a formula has several equations: the words (input → word) for which this one holds."""


class FormulaFile(TypedDict):
    """data/formulas/<id>.yaml"""

    id: Id
    name: str
    group: Id
    """From `formula_groups` in vocabulary.yaml: formulas that answer one question."""
    also_called: NotRequired[list[str]]
    about: str
    source: str
    inputs: list[Input]
    points: NotRequired[list[Points]]
    steps: NotRequired[list[FormulaStep]]
    result: Outcome
    expression: NotRequired[str]
    ways: NotRequired[list[Way]]
    also: NotRequired[list[AlsoResult]]
    grades: NotRequired[list[ResultGrade]]
    requires: NotRequired[list[Requirement]]
    written: NotRequired[list[WrittenEquation]]
    holds_for: list[str]
    cautions: NotRequired[list[Caution]]
    references: NotRequired[list[str]]
    """Further literature, each a citation in short."""


# ---- as compiled

Operation = Literal[
    "number", "unit", "name", "is", "is not", "+", "-", "*", "/", "^", "negative", "<", "<=", ">", ">=", "and", "or",
    "when", "min", "max", "sqrt", "cbrt", "ln", "log10", "exp", "abs", "round",
]  # fmt: skip


class Node(TypedDict):
    """One operation of an expression, with what it works on."""

    op: Operation
    text: NotRequired[str]
    """The digits of a number, the unit, the name."""
    of: NotRequired[list[Node]]


class CompiledStep(TypedDict):
    name: str
    label: str
    unit: str
    tree: NotRequired[Node]
    formula: NotRequired[str]
    source: str


class CompiledWay(TypedDict):
    units: list[dict[str, str]]
    needs: list[str]
    tree: Node


class CompiledBeside(TypedDict):
    id: str
    label: str
    unit: str
    tree: Node
    source: str


class CompiledRequirement(TypedDict):
    tree: Node
    otherwise: str


class CompiledCaution(TypedDict):
    text: str
    tree: NotRequired[Node]
    source: str


class Compiled(TypedDict):
    """A formula with its expressions parsed."""

    id: str
    name: str
    group: str
    also_called: list[str]
    about: str
    source: str
    inputs: list[Input]
    points: list[Points]
    steps: list[CompiledStep]
    result: Outcome
    ways: list[CompiledWay]
    also: list[CompiledBeside]
    grades: list[ResultGrade]
    requires: list[CompiledRequirement]
    written: list[WrittenEquation]
    holds_for: list[str]
    cautions: list[CompiledCaution]
    references: list[str]


class IndexEntry(TypedDict):
    """A formula in the list of them."""

    id: str
    name: str
    group: str
    about: str


class FormulaIndex(TypedDict):
    """Which names lead to which formulas or groups, after folding."""

    names: dict[str, str]
    groups: dict[str, str]
    twice: dict[str, list[str]]
    """Names that a user's own formula has and a bundled formula or group too, each with the names to ask by instead."""
    formulas: list[IndexEntry]
