"""`data` of dose and adjust."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from monocli.records.output.common import Amount, DecimalNumber
from monocli.records.words import AdviceKind, Bound, DoseAction, Stage


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
    source: str
    section: NotRequired[str]


class TabletCount(TypedDict):
    count: int
    strength: Amount


class WithHalf(TypedDict):
    """The nearest dose that whole tablets and one half of a scored tablet make."""

    nearest: Amount
    made_of: list[TabletCount]
    """The whole tablets beside the half."""
    half_of: Amount
    """The strength of the tablet that is halved."""
    difference_percent: DecimalNumber


class Tablets(TypedDict):
    """The nearest dose that whole tablets make. It stands beside the exact dose and never replaces it."""

    nearest: Amount
    made_of: list[TabletCount]
    difference_percent: DecimalNumber
    """Difference from the exact dose in per cent, rounded half up to two places; negative where it is less."""
    near: bool
    """Whether the difference is small enough to call it near; the table shows no other."""
    with_half: NotRequired[WithHalf]
    """Where one half of a scored tablet comes nearer to the dose than whole ones do."""
    text: str
    source: str
    section: NotRequired[str]


class Schedule(TypedDict):
    """One printed way to divide the day's dose."""

    times_daily: int
    each: Amount
    tablets: list[Tablets]
    """Two where two are equally near, none where no whole tablets are sensible or known."""


class SaltAmount(Amount):
    """The same dose as the salt that is given."""

    substance: str
    about: bool
    """Whether the source calls the equivalence approximate."""
    text: str
    """As the table shows it: where it is approximate, rounded to one decimal place and marked so."""
    source: str
    section: NotRequired[str]


class Regimen(TypedDict):
    """One printed regimen worked out for the patient."""

    stage: Stage
    condition: str | None
    """When it holds, in words."""
    reasons: list[str]
    """Printed reasons for it, any one of which is enough."""
    daily: Amount
    """The day's dose, after the maximum and after any change for another drug."""
    each: Amount
    """One of `times_daily` equal parts of it."""
    times_daily: int
    per_area: Amount | None
    """The printed dose per m2."""
    bsa: Amount | None
    per_weight: Amount | None
    weight: Amount | None
    calculated: Amount | None
    """The day's dose by area or weight, before the maximum."""
    maximum: Amount | None
    """The printed maximum for a day."""
    capped: bool
    """Whether the printed maximum took effect."""
    as_salt: SaltAmount | None
    adjusted_from: Amount | None
    """The day's dose before the change for another drug."""
    adjusted_for: str | None
    adjusted_factor: DecimalNumber | None
    """What `adjusted_from` was multiplied by."""
    instead_of: list[Amount]
    """The usual starts of the day in whose place a start in hepatic impairment stands."""
    increases_left_out: list[Amount]
    """Printed increases that are not given, because nothing says that they follow a start in impairment."""
    schedules: list[Schedule]
    division: str | None
    """What the source says, or leaves unsaid, of dividing the dose."""
    warnings: list[str]
    """Codes of the warnings that concern this regimen and not every one."""
    source: str
    section: NotRequired[str]


class Indication(TypedDict):
    id: str
    label: str
    printed: str
    """As the passage with this dose words it, in brief."""


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
    advice: list[Advice]
    steps: list[DoseStep]


class UsualDose(TypedDict):
    """A printed regimen before any patient. One of `daily`, `per_area` and `per_weight` is there."""

    stage: Stage
    condition: str | None
    daily: NotRequired[Amount]
    per_area: NotRequired[Amount]
    per_weight: NotRequired[Amount]
    times_daily: int
    maximum: Amount | None
    text: str


class ListedIndication(TypedDict):
    """An indication with its usual doses for one population and region."""

    id: str
    label: str
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
    advice: list[Advice]
    steps: list[DoseStep]


class LimitToWaitFor(TypedDict):
    """A laboratory limit to wait for."""

    variable: str
    comparison: Bound
    value: DecimalNumber
    unit: str
    text: str


# `from` is a word of Python, so this key is written in the call form.
_FromDose = TypedDict("_FromDose", {"from": Amount})


class ChangedBy(TypedDict):
    """A printed change for another drug."""

    factor: DecimalNumber
    """What the dose of the day was multiplied by."""
    text: str
    source: str
    section: NotRequired[str]


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
    values: list[LabValue]
    """The laboratory values that were given."""
    advice: list[Advice]
    steps: list[DoseStep]
