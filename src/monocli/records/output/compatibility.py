"""`data` of compat."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records.output.common import Amount, Citation, SourceRef
from monocli.records.output.units import ConversionStep
from monocli.records.words import Verdict


class Asked(TypedDict):
    """The conditions of the question, as typed."""

    region: NotRequired[str]
    container: NotRequired[str]
    hours: NotRequired[str]
    albumin: NotRequired[str]
    concentration: NotRequired[str]
    amount: NotRequired[str]
    volume: NotRequired[str]


class Condition(TypedDict):
    """A condition of a statement held against the question."""

    condition: str
    stated: str
    asked: str | None
    fits: bool | None
    """Null where nothing was asked, or where the words cannot be compared."""


class ConcentrationRange(TypedDict):
    """The concentrations inside which a solution keeps, both ends included."""

    least: Amount
    most: Amount


class CompatibilityFinding(TypedDict):
    """What is recorded of the drug with one subject."""

    subject: str
    """The other drug, the diluent or the container, as the source names it."""
    verdict: Verdict
    """`unknown` is to be treated as incompatible until shown otherwise."""
    statement: str
    tested: dict[str, str]
    """The conditions in the words of the source: concentration, diluent, container, duration, setting."""
    applies: Literal["yes", "unclear", "no"]
    """`unclear`: only if its conditions fit, and not all of them were given. `no`: recorded under other conditions."""
    conditions: list[Condition]
    references: list[Citation]
    sources: list[SourceRef]
    step: NotRequired[str]
    """Reconstitution, dilution or administration."""
    note: NotRequired[str]
    filed_under: NotRequired[str]
    """Id of the drug under which the source files this, where it is neither of those asked for."""
    agent: NotRequired[str]
    """Id of the other drug."""
    region: NotRequired[Literal["uk", "us"]]
    calculated: NotRequired[Amount]
    """The concentration asked for."""
    range: NotRequired[ConcentrationRange]


class Compatibility(TypedDict):
    """What is recorded of mixing, diluting and keeping a drug."""

    monograph: str
    """Id of the drug."""
    name: str
    asked: Asked
    findings: list[CompatibilityFinding]
    steps: list[ConversionStep]
    not_checked: list[str]
    """Names that were not recognised."""
