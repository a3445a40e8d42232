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


Bearing = Literal["answer", "possible", "elsewhere"]


class VerdictOnAsked(TypedDict):
    """The verdict on one subject of the question."""

    verdict: Verdict
    subject: str
    recorded_otherwise: bool
    """Of `unknown`: something is recorded, but for other conditions than those asked for."""
    conditional: bool
    """It holds only if conditions that were not given fit."""
    hangs_on: NotRequired[list[str]]
    """Of a conditional verdict: these conditions, as they are stated."""
    calculated: NotRequired[Amount]
    range: NotRequired[ConcentrationRange]


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
    bearing: NotRequired[Bearing]
    """`answer`: it answers the question. `possible`: only if conditions that were not given fit. `elsewhere`: recorded
    for other conditions, or for a container, a time or albumin, none of which was given."""
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
    verdicts: list[VerdictOnAsked]
    """What was asked for, the worst verdict first; where all that is recorded hangs on what was not given, each of
    these verdicts as conditional; empty where nothing in particular was asked for."""
    instead: list[CompatibilityFinding]
    """Where the diluent asked for is not to be used: what is recorded as recommended or allowed under conditions that
    the question does not contradict."""
    findings: list[CompatibilityFinding]
    steps: list[ConversionStep]
    not_checked: list[str]
    """Names that were not recognised."""
