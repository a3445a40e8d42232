"""Rules of `data/doses/`: what values, impairment and other drugs make of a dose, and who does not get the drug."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records.dose_shared import (
    AgentId,
    Cited,
    GradeId,
    IndicationId,
    Limit,
    MoreThanZero,
    PopulationId,
    PrintedAdvice,
    RegionId,
    UnitName,
    VariableId,
)
from monocli.records.marks import OneOf, With, keys
from monocli.records.scalars import DecimalText, Flag, Id, WholeNumber


@keys(
    With("measure", "unit", said="what is read as a measure says in which unit its limits are"), With("bare", "measure")
)
class Variable(TypedDict):
    """What rules are written in: a laboratory value, or another fact of the patient.

    It is a multiple of its upper limit of normal, unless it has a `unit` or is answered with yes or no (`yes_no`).
    """

    id: Id
    label: str
    names: NotRequired[list[str]]
    """Other names under which it may be given."""
    yes_no: NotRequired[Flag]
    unit: NotRequired[str]
    """What it is measured in, for limits and for doses that it scales; 1 for a bare number."""
    measure: NotRequired[Id]
    """The measure (`data/measures/`) as which it is read: its units, range and words are those of a formula's input."""
    bare: NotRequired[Flag]
    """Whether a number without a unit is taken to be in `unit`, though the measure has two: the input says so."""
    unit_names: NotRequired[list[UnitName]]
    """Other units in which people write it, and other spellings of its own."""
    unit_needed: NotRequired[Flag]
    """Whether a number without a unit is asked about, because several units are in use."""
    whole: NotRequired[Flag]
    """Whether only whole numbers make sense."""
    counts_as: NotRequired[VariableId]
    """A wider variable whose limits this one also meets or exceeds (AST is one of the transaminases)."""
    unit_spellings: NotRequired[list[list[str]]]
    """Absolute units: each inner list is one unit in its spellings.

    An absolute value needs its upper limit of normal in the same unit.
    """
    implausible_above: NotRequired[DecimalText]
    """A value, in what it is measured in, that is taken for a slip of the keyboard."""
    say_multiple_from: NotRequired[DecimalText]
    """From here on a number without a unit is said to have been read as a multiple: it may be an absolute value."""


class ImpairmentGrade(TypedDict):
    """A degree of impairment; grades are listed from mildest to worst."""

    id: Id
    label: str
    text: str
    """The printed definition, in brief."""


@keys(
    OneOf("grade", "outcome", said="a rule has either a grade or an outcome"),
    With("outcome", "text", said="an outcome needs a text that says what it means"),
)
class GradeRule(TypedDict):
    """The first rule whose limits all hold decides. Exactly one of `grade` and `outcome` is given."""

    when: list[Limit]
    grade: NotRequired[GradeId]
    outcome: NotRequired[Literal["none", "undefined"]]
    """`none`: no printed grade applies, no adjustment. `undefined`: beyond the printed grades, so no dose is given."""
    text: NotRequired[str]
    """What an `outcome` means."""
    ambiguous: NotRequired[str]
    """Why the grade is a reading of an unclear text; becomes a `source-ambiguous` warning."""


@keys(OneOf("daily", "percent"), With("daily", "times_daily"))
class ImpairedStart(Cited):
    """A starting dose that replaces the indication's own, or changes it by a percentage."""

    populations: list[PopulationId]
    regions: NotRequired[list[RegionId]]
    grades: list[GradeId]
    daily: NotRequired[MoreThanZero]
    times_daily: NotRequired[WholeNumber]
    percent: NotRequired[MoreThanZero]
    """What is given of the indication's own start, in per cent of it."""
    text: str


class Hepatic(Cited):
    """Grading of hepatic impairment, and the starting doses that follow from it."""

    grades: list[ImpairmentGrade]
    rules: list[GradeRule]
    starts: list[ImpairedStart]
    raises: str
    """Said where the starting dose in impairment is higher than the indication's own."""
    escalation: str
    """What the source says, or leaves unsaid, of later increases."""


class Withholding(Cited):
    """When treatment stops for laboratory values, and when it may go on."""

    variables: list[VariableId]
    """The variables that must be known for an answer that nothing is wrong."""
    stop_when: list[Limit]
    """Any one of them stops treatment."""
    resume_when: list[Limit]
    """All of them together let it go on."""
    text: str
    resume_text: str
    baseline: str
    """What the source leaves unsaid where a value is beyond the limit before treatment."""


class ReductionStep(TypedDict):
    start: MoreThanZero
    to: MoreThanZero


class MinimumConflict(Cited):
    """A printed minimum that a reduced dose would fall below."""

    regions: list[RegionId]
    minimum: MoreThanZero
    text: str


class Ladder(Cited):
    """Printed steps from one dose to the next lower one. Nothing between or beyond them exists."""

    populations: list[PopulationId]
    basis: Literal["day", "m2", "kg"]
    steps: list[ReductionStep]
    text: str
    maximum_note: NotRequired[str]
    """Said where no maximum is printed for the reduced doses."""
    conflicts: NotRequired[list[MinimumConflict]]


class NotStated(Cited):
    """A population for which a rule is not stated: the arithmetic is shown with this warning."""

    populations: list[PopulationId]
    code: Id
    text: str


class PartnerRule(Cited):
    """What starting another drug does to the dose."""

    agents: list[AgentId]
    effect: Literal["percent", "percent-not-stated", "no-dose-in-source"]
    percent: NotRequired[DecimalText]
    """Change of the daily dose in per cent, with its sign; with effect `percent` only."""
    at_least: NotRequired[Flag]
    """Whether `percent` is the least that the source asks for; the answer says so beside every figure."""
    text: str
    in_short: NotRequired[str]
    """The same in a few words, for the first line of an answer without a figure."""
    not_stated: NotRequired[list[NotStated]]
    advice: NotRequired[list[PrintedAdvice]]


class HighestPrinted(Cited):
    """The highest dose printed for any use: no maximum, but nothing above it is printed either."""

    daily: MoreThanZero
    text: str
    not_maximum: NotRequired[NotMaximum]


class NotMaximum(TypedDict):
    """What the source does not call it, for these populations."""

    populations: list[PopulationId]
    text: str


class Plausible(Cited):
    """Above this a current dose is taken for a slip of the keyboard."""

    daily_at_most: MoreThanZero


class Band(Cited):
    """What a value of the patient makes of the doses. The first band whose limits all hold decides."""

    when: list[Limit]
    label: str
    text: str
    maximum: NotRequired[MoreThanZero]
    """Printed maximum for a day in this band: every regimen is held at it, visibly."""
    start_percent: NotRequired[MoreThanZero]
    """What is given of the usual start, in per cent of it; increases are not changed by it."""
    undosed: NotRequired[Flag]
    """Whether the source has no dose here."""
    ambiguous: NotRequired[str]
    """Why the value counts here though the printed bands leave it out; becomes a `source-ambiguous` warning."""


class Bands(Cited):
    """Doses by one value of the patient, such as the clearance of creatinine."""

    id: Id
    label: str
    bands: list[Band]


class Exclusion(Cited):
    """Who does not get the drug by a source, as one rule of it."""

    id: Id
    regions: NotRequired[list[RegionId]]
    indications: NotRequired[list[IndicationId]]
    refuses: Flag
    """Whether no dose is given where the rule is met (a contraindication), or a warning (advice to leave it)."""
    retreatment: NotRequired[Flag]
    """Whether it speaks of another course after a reaction to an earlier one."""
    when: NotRequired[list[Limit]]
    """All of them together meet the rule. Left out: the rule is shown, and the reader decides."""
    text: str


class InterruptedCourse(Cited):
    """What is done where values stop treatment, in one of the cases that the source tells apart."""

    label: str
    """The case in a few words: the first time, again."""
    when: NotRequired[list[Limit]]
    """The facts that make it this case; all of them together."""
    action: NotRequired[Literal["withhold", "reduce"]]
    """Left out: the source has no step here, and `text` says so."""
    to: NotRequired[MoreThanZero]
    """The dose of the day that follows, in the interruption's `basis`. Left out: the dose given before."""
    text: str


@keys(With("start", "courses"))
class Interruption(Cited):
    """When laboratory values stop treatment, and at which dose it goes on."""

    indications: NotRequired[list[IndicationId]]
    populations: NotRequired[list[PopulationId]]
    basis: NotRequired[Literal["day", "m2", "kg"]]
    """What its doses go by; a whole day where it is left out."""
    start: NotRequired[MoreThanZero]
    """The starting dose for which the source prints it."""
    stop_when: list[Limit]
    """Any one of them is enough."""
    resume_when: list[Limit]
    """All of them together."""
    text: str
    steps: list[str]
    """What is done, in order."""
    courses: NotRequired[list[InterruptedCourse]]
    """The same as cases that exclude each other, so that a dose can follow from them."""
