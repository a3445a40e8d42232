"""`data` of units: a conversion, a stream of them, or what can be converted."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records.output.common import Amount, ErrorRecord, WarningRecord


class ConversionStep(TypedDict):
    """One step of a conversion; without a result it is what another source says of the step before."""

    text: str
    result: NotRequired[Amount]
    source: str
    section: NotRequired[str]


class FormAmount(Amount):
    form: NotRequired[str]
    """Base or salt, where the substance is measured as either."""


class Converted(FormAmount):
    """The quantity in one unit."""

    approximate: bool
    """Whether an equivalence on the way is only "about" right."""
    of: NotRequired[str]
    """What the amount is of, where the form is named."""
    by: NotRequired[list[str]]
    """Ids of the equivalences on the way, in their order; none where units convert by definition."""


class UsedEquivalence(TypedDict):
    """An equivalence that a source states."""

    id: str
    text: str
    approximate: bool
    source: str
    section: NotRequired[str]


class UnitsAdvice(TypedDict):
    text: str
    source: str
    section: NotRequired[str]


# `from` is a word of Python, so this key is written in the call form.
_FromQuantity = TypedDict("_FromQuantity", {"from": FormAmount})


class Conversion(_FromQuantity):
    """One quantity in other units. `from` is the quantity as it was read."""

    query: str
    """As typed."""
    substance: str | None
    """Null where only measures are converted, which are the same for everything."""
    title: str | None
    to: list[Converted]
    steps: list[ConversionStep]
    weight: NotRequired[Amount]
    """The body weight that was put in."""
    equivalences: list[UsedEquivalence]
    advice: list[UnitsAdvice]


class ConversionOfLine(Conversion):
    """One line of standard input."""

    warnings: list[WarningRecord]


class FailedLine(TypedDict):
    """A line of standard input that could not be converted; its errors stand in the envelope as well."""

    query: str
    errors: list[ErrorRecord]


class Conversions(TypedDict):
    """Every line of standard input, in its order."""

    conversions: list[ConversionOfLine | FailedLine]


class ScaleListed(TypedDict):
    """One way of measuring a substance."""

    id: str
    title: str
    units: list[str]
    only: NotRequired[list[str]]
    """The substances for which it is given, where that is not all."""
    unstated: NotRequired[str]
    """Why nothing is converted out of these units."""


class EquivalenceListed(TypedDict):
    text: str
    approximate: bool
    source: str
    section: NotRequired[str]


class Remark(TypedDict):
    code: str
    text: str
    source: str
    section: NotRequired[str]


class SubstanceListed(TypedDict):
    """Substances that are measured in the same units."""

    id: str
    title: str
    substances: list[str]
    default_unit: str | None
    """The unit of a number alone."""
    scales: list[ScaleListed]
    equivalences: list[EquivalenceListed]
    remarks: list[Remark]


class MeasureListed(TypedDict):
    measure: str
    units: list[str]


class AbbreviationListed(TypedDict):
    """A way of writing a unit that has led to medication errors."""

    written: list[str]
    treatment: Literal["warn", "refuse"]
    """`warn`: read, with a warning. `refuse`: not read."""
    write: list[str]
    """What to write instead."""
    why: str
    source: str


class UnitsListing(TypedDict):
    """What can be converted; given where no quantity was."""

    substances: list[SubstanceListed]
    measures: list[MeasureListed]
    abbreviations: list[AbbreviationListed]
