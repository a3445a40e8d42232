"""`data` of dose."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from monocli.records.output.common import Amount, BandShown, WarningRecord
from monocli.records.output.dose_rules import (
    Advice,
    ComparedShown,
    DoseStep,
    ExclusionShown,
    FormulaArea,
    HepaticGrade,
    InterruptionShown,
    LabValue,
    SourceShown,
)
from monocli.records.output.regimens import Named, Regimen
from monocli.records.words import Stage


class Indication(TypedDict):
    id: str
    label: str
    printed: str
    """As the passage with this dose words it, in brief."""


class Beside(TypedDict):
    """What another source answers to the same question. `dose` or `refused` is there."""

    about: SourceShown
    dose: Dose | None
    refused: str | None
    """The code of why it has none, such as `no-dose-for-population`."""
    message: str | None
    bands: list[BandShown]
    """The bands of that source that the values given fall in, also where it has no dose in one."""
    warnings: list[WarningRecord]
    differences: list[str]


class Dose(TypedDict):
    """The printed dose for one indication and one patient."""

    monograph: str
    indication: Indication
    population: str
    region: str | None
    """Null where the dose does not depend on it."""
    expressed_as: str
    """The substance that the amounts are of."""
    expressed_form: str
    """The same in words that tell base from salt."""
    route: str
    regimens: list[Regimen]
    hepatic: HepaticGrade | None
    formulas: list[FormulaArea]
    """Empty where no area was worked out."""
    values: list[LabValue]
    """The values and facts that were given."""
    bands: list[BandShown]
    exclusions: list[ExclusionShown]
    """Who does not get the drug by the sources, for this region and indication."""
    interruptions: list[InterruptionShown]
    compared: list[ComparedShown]
    from_sources: list[SourceShown]
    """Where the regimens come from, with editions."""
    beside: list[Beside]
    """What other sources with doses of their own answer; empty where one was asked for."""
    advice: list[Advice]
    steps: list[DoseStep]


class UsualDose(TypedDict):
    """A printed regimen before any patient. One of `daily`, `per_area`, `per_weight` and `per_value` is there."""

    stage: Stage
    condition: str | None
    daily: NotRequired[Amount]
    per_area: NotRequired[Amount]
    per_weight: NotRequired[Amount]
    per_value: NotRequired[Amount]
    """For each unit of another value of the patient."""
    route: Named | None
    times_daily: int
    maximum: Amount | None
    text: str


class ListedIndication(TypedDict):
    """An indication with its usual doses for one population and region."""

    id: str
    label: str
    disease: NotRequired[str]
    """The disease of which it is one stage or form; the label begins with it."""
    printed: str
    population: str
    region: str | None
    doses: list[UsualDose]
    source: str
    section: NotRequired[str]


class WithoutDose(TypedDict):
    """A use that the source speaks of without printing a dose."""

    id: str
    label: str
    text: str
    source: str
    section: NotRequired[str]


class DoseListing(TypedDict):
    """Every indication with a printed dose; given where no indication was asked for."""

    monograph: str
    expressed_as: str
    expressed_form: str
    route: str
    population: str | None
    """The one asked for; null for all."""
    region: str | None
    indications: list[ListedIndication]
    without_dose: list[WithoutDose]
    from_sources: list[SourceShown]
    other_sources: list[SourceShown]
    """Sources with doses of their own, which may be asked for."""
    exclusions: list[ExclusionShown]
    compared: list[ComparedShown]
    advice: list[Advice]
    steps: list[DoseStep]
