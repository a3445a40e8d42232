"""Mixing, diluting and storing one drug: verdicts with the conditions that they hold under."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records.interactions import LiteratureReference
from monocli.records.scalars import DecimalText, Id, LineRange
from monocli.records.words import Verdict


class DrugOfFile(TypedDict):
    """The drug whose file this is: a monograph or an agent."""

    monograph: NotRequired[Id]
    agent: NotRequired[Id]


class SubjectName(TypedDict):
    """Another name by which a diluent, container or addition is recognised."""

    name: str
    source: NotRequired[str]


class Subject(TypedDict):
    """Something that statements speak of and that is no drug."""

    id: Id
    name: str
    kind: Literal["diluent", "container", "addition", "equipment"]
    names: NotRequired[list[SubjectName]]
    source: NotRequired[str]


# `as` is a word of Python, so this is written in the call form.
MixedWith = TypedDict("MixedWith", {"agent": Id, "as": str})
"""A drug that was mixed with this one, and the salt or form that the source names."""


class Conditions(TypedDict):
    """The conditions that a statement holds under. What is not given here is not a condition of it."""

    region: NotRequired[Literal["uk", "us"]]
    subjects: NotRequired[list[Id]]
    """Any of these diluents or additions."""
    container: NotRequired[Id]
    hours: NotRequired[DecimalText]
    albumin: NotRequired[DecimalText]
    """Percent of human albumin; 0 for none."""
    setting: NotRequired[str]
    """A condition in words that no number stands for (short intravenous infusion)."""
    setting_hours: NotRequired[DecimalText]
    """A time that a source gives for that setting, so that it fits."""
    hours_below: NotRequired[DecimalText]
    """The time from which on that setting does not fit any more; below it, whether it fits stays unclear."""


class PrintedRange(TypedDict):
    """Concentrations inside which the verdict is within-range, the ends included."""

    least: DecimalText
    most: DecimalText
    unit: str


class MostVolume(TypedDict):
    """The volume above which a recommendation no longer holds."""

    value: DecimalText
    unit: str


class MixingStatement(TypedDict):
    """One statement on mixing, diluting or storing."""

    id: Id
    partners: NotRequired[list[MixedWith]]
    subjects: NotRequired[list[Id]]
    verdict: Verdict
    step: NotRequired[str]
    """reconstitution, dilution, administration. A volume of reconstitution is the whole volume: nothing is added to it.
    """
    statement: str
    """`{partner}` stands for the partner as the source writes it."""
    when: NotRequired[Conditions]
    range: NotRequired[PrintedRange]
    most_volume: NotRequired[MostVolume]
    tested: NotRequired[dict[str, str]]
    """The conditions in the source's words: concentration, diluent, container, duration, setting."""
    note: NotRequired[str]
    references: NotRequired[list[LiteratureReference]]
    section: NotRequired[str]
    lines: NotRequired[LineRange]
    source: NotRequired[str]


class Reconstituted(TypedDict):
    """How much drug a volume of the reconstituted drug holds, to show what its own volume does to a concentration."""

    amount: DecimalText
    unit: str
    volume: DecimalText
    volume_unit: str
    source: NotRequired[str]


class Unknown(TypedDict):
    """What the source says of everything that it does not name."""

    statement: str
    section: NotRequired[str]
    source: NotRequired[str]


class CompatibilityFile(TypedDict):
    """data/compatibility/<drug>.yaml"""

    id: Id
    source: str
    drug: DrugOfFile
    subjects: NotRequired[list[Subject]]
    reconstituted: NotRequired[Reconstituted]
    statements: list[MixingStatement]
    unknown: NotRequired[Unknown]
