"""`data` of calc: a calculation, several side by side, the inputs of a formula, or the list of formulas."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from monocli.records.output.common import Amount, DecimalNumber, ErrorRecord, FractionText, SourceRef, WarningRecord


class GivenInput(TypedDict):
    """An input as it was read."""

    name: str
    value: str
    """The number as typed, or the word."""
    unit: str | None
    """Null for a word or a pure number."""


class CalcResult(TypedDict):
    label: str
    """What it is ("creatinine clearance by actual weight")."""
    value: DecimalNumber
    unit: str
    exact: NotRequired[FractionText]
    rounded: NotRequired[bool]
    """There where `value` is rounded to six digits and no fraction is exact either; work goes on with 50 digits."""
    grade: NotRequired[str]
    """What such a result is called ("class B")."""


class CalcBeside(Amount):
    """A further result of the same inputs."""

    id: str
    label: str
    source: NotRequired[str]


class CalcStep(TypedDict):
    """One step of the work."""

    text: str
    formula: NotRequired[str]
    """The equation in words."""
    inputs: NotRequired[str]
    """The same with the numbers put in."""
    result: NotRequired[str]
    source: str


class CalcCaution(TypedDict):
    text: str
    source: str


class Calculation(TypedDict):
    """One formula worked out."""

    formula: str
    name: str
    inputs: list[GivenInput]
    result: CalcResult
    also: list[CalcBeside]
    steps: list[CalcStep]
    holds_for: list[str]
    cautions: list[CalcCaution]
    references: list[str]
    sources: list[SourceRef]


class NotWorkedOut(TypedDict):
    """A formula of the group that these inputs do not answer, and why."""

    formula: str
    name: str
    code: str
    message: str


class SideBySide(TypedDict):
    """All formulas of one question that the inputs answer."""

    group: str
    title: str
    calculations: list[Calculation]
    not_worked_out: list[NotWorkedOut]


class InputAsked(TypedDict):
    """An input of a formula."""

    name: str
    label: str
    names: list[str]
    units: list[str]
    """Units in use; empty for a word or a pure number."""
    unit_needed: bool
    """A number without a unit is refused."""
    bare_unit: str | None
    """The unit of a number without one."""
    words: list[str]
    range: str | None
    """Beyond it a value is taken for a slip."""
    holds: str | None
    """Whom the formula holds for."""
    optional: bool
    why: NotRequired[str]


class FormulaAsked(TypedDict):
    """What a formula is given and gives."""

    formula: str
    name: str
    group: str
    also_called: list[str]
    about: str
    equations: list[str]
    inputs: list[InputAsked]
    result: str
    unit: str
    holds_for: list[str]
    cautions: list[CalcCaution]
    references: list[str]
    sources: list[SourceRef]


class FormulaListed(TypedDict):
    formula: str
    name: str
    about: str


class GroupListed(TypedDict):
    group: str
    title: str
    formulas: list[FormulaListed]


class FormulaList(TypedDict):
    groups: list[GroupListed]


class RowAnswered(TypedDict):
    """A line of a table of patients."""

    line: int
    id: str | None
    calculation: NotRequired[Calculation]
    warnings: list[WarningRecord]
    errors: list[ErrorRecord]


class Rows(TypedDict):
    rows: list[RowAnswered]
