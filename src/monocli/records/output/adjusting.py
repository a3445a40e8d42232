"""`data` of adjust."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from monocli.records.output.common import Amount, DecimalNumber, WarningRecord
from monocli.records.output.dose_rules import Advice, ComparedShown, DoseStep, LabValue, SourceShown
from monocli.records.output.regimens import Named, SaltAmount, Tablets
from monocli.records.words import Bound, DoseAction


class LimitToWaitFor(TypedDict):
    """A laboratory limit to wait for."""

    variable: str
    comparison: Bound
    value: DecimalNumber
    unit: str
    text: str


class LimitCrossed(LimitToWaitFor):
    """A laboratory limit for withholding that was crossed."""

    given: LabValue
    """The value that crosses it."""


# `from` is a word of Python, so this key is written in the call form.
_FromDose = TypedDict("_FromDose", {"from": Amount})


class ChangedBy(TypedDict):
    """A printed change for another drug."""

    factor: DecimalNumber
    """What the dose of the day was multiplied by."""
    at_least: bool
    """Whether the source asks for at least this change, so that the new dose is the least."""
    text: str
    source: str
    section: NotRequired[str]


class Afterwards(TypedDict):
    """At which dose treatment goes on once it may, in one of the cases that the source tells apart."""

    case: str
    to: Amount | None
    """The dose a day; null where none follows for the dose given now, and `text` says why."""
    to_per_area: Amount | None
    to_as_salt: SaltAmount | None
    tablets: list[Tablets]
    text: str
    source: str
    section: NotRequired[str]


class AdjustBeside(TypedDict):
    """What another source says of the same change. `adjust` or `refused` is there."""

    about: SourceShown
    adjust: Adjust | None
    refused: str | None
    """The code of why it has none, such as `no-reduction-step`."""
    message: str | None
    warnings: list[WarningRecord]
    differences: list[str]


class Adjust(_FromDose):
    """A change during treatment. `from` is the current dose a day."""

    monograph: str
    population: str
    region: str | None
    expressed_as: str
    expressed_form: str
    action: DoseAction | None
    """Null where no figure is printed, so that there is nothing to do but ask."""
    from_daily: Amount | None
    """What is given a day now, held at the printed maximum; null where the area that it goes by is not known."""
    from_maximum: Amount | None
    """The printed maximum that bears on it."""
    from_capped: bool
    """Whether the current dose is held at it."""
    to: Amount | None
    """The new dose a day; null where the dose does not change, is withheld, or has no printed figure."""
    to_per_area: Amount | None
    """The new dose per m2, where the printed step is."""
    to_as_salt: SaltAmount | None
    changed_by: ChangedBy | None
    in_words: str | None
    """What is printed of a drug that is started, in a few words, where no figure is."""
    tablets: list[Tablets]
    until: list[LimitToWaitFor]
    """What to wait for before treatment goes on; all of them must hold."""
    crossed: list[LimitCrossed]
    """Why treatment is to be withheld; empty where it is withheld already."""
    afterwards: list[Afterwards]
    """At which dose it then goes on, by case; empty where no case is printed."""
    indication: Named | None
    """Where the change depends on it."""
    from_sources: list[SourceShown]
    """Whose rules answer."""
    beside: list[AdjustBeside]
    """What other sources with doses of their own answer; empty where one was asked for."""
    compared: list[ComparedShown]
    values: list[LabValue]
    """The laboratory values that were given."""
    advice: list[Advice]
    steps: list[DoseStep]
