"""What `data` of dose and adjust say besides amounts: the work, advice, values, rules that were met, sources."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from monocli.records.output.common import Amount
from monocli.records.words import AdviceKind


class DoseStep(TypedDict):
    """One step of the work behind a dose."""

    rule: str
    """Which kind of rule was applied."""
    text: str
    formula: NotRequired[str]
    inputs: NotRequired[str]
    """The numbers put in."""
    result: NotRequired[str]
    source: str
    """`mono-decisions` where the step is this program's own and not the source's."""
    section: NotRequired[str]


class Advice(TypedDict):
    """What the source says besides the dose."""

    text: str
    kind: AdviceKind
    in_short: NotRequired[str]
    """The same in two or three words ("with food")."""
    source: str
    section: NotRequired[str]


class LabValue(Amount):
    """A laboratory value as a multiple of its upper limit of normal."""

    variable: str
    label: str


class HepaticGrade(TypedDict):
    """The grade of hepatic impairment that was given, or that the values amount to."""

    grade: str
    label: str
    definition: str
    values: list[LabValue]
    source: str
    section: NotRequired[str]


class FormulaArea(TypedDict):
    """The body surface area by one formula."""

    formula: str
    name: str
    equation: str
    area: Amount
    used: bool
    """Whether the dose was worked out with it."""
    source: str


class ExclusionShown(TypedDict):
    """A rule of who does not get the drug; `met` by the facts given."""

    id: str
    text: str
    refuses: bool
    """A contraindication; else advice to leave it."""
    retreatment: bool
    """Whether it speaks of another course after a reaction to an earlier one."""
    met: str
    """yes, no or unknown."""
    asks_for: list[str]
    """The facts that decide it, by the names under which they are given."""
    conditions: list[str]
    source: str
    section: NotRequired[str]


class InterruptionShown(TypedDict):
    """Values that stop treatment, and at which dose it goes on; `met` by the values given (yes, no, unknown)."""

    text: str
    stop_when: list[str]
    resume_when: list[str]
    steps: list[str]
    met: str
    source: str
    section: NotRequired[str]


class Said(TypedDict):
    text: str
    source: str
    section: NotRequired[str]


class ComparedShown(TypedDict):
    """What sources say of one thing, side by side; `difference` is null where they agree."""

    about: str
    said: list[Said]
    difference: str | None


class SourceShown(TypedDict):
    """Where doses come from: the source with its edition."""

    source: str
    title: str
    date: str | None
    printed: bool
    """Whether it is the printed monograph."""
