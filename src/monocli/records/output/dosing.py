"""`data` of dose and adjust."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records.output.common import Amount, DecimalNumber, WarningRecord
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
    in_short: NotRequired[str]
    """The same in two or three words ("with food")."""
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


class Named(TypedDict):
    id: str
    label: str


class Over(TypedDict):
    """How long one dose runs in."""

    value: str
    unit: str


class Scaled(TypedDict):
    """What the printed amount was multiplied by: `body-surface`, `body-weight` or a value of the patient."""

    by: str
    per: Amount
    value: Amount


class SheetLine(TypedDict):
    """One line of the sheet: what is done, the numbers put in, the result, and its source."""

    id: str
    what: str
    text: str
    work: str | None
    result: Amount | None
    source: str
    section: NotRequired[str]


class Vials(TypedDict):
    """How many vials: by what one holds, and by the volume that each is dissolved in."""

    by_content: int
    by_volume: int


class Concentration(TypedDict):
    """By the volume of the bag, and with the drug's own volume added; each held against the printed range."""

    by_bag: Amount
    with_drug: Amount
    bag_in_range: bool
    with_drug_in_range: bool


class PreparationSheet(TypedDict):
    """From the vial to the patient, for one dose of a regimen."""

    dose: Amount
    draw: Amount
    mass: Amount
    vials: Vials | None
    bag: Amount | None
    concentration: Concentration | None
    rate: Amount | None
    lines: list[SheetLine]


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
    every_hours: int | None
    """The printed time from one dose to the next."""
    over: Over | None
    route: Named | None
    """Where the source gives the drug in several ways."""
    course: str | None
    """How many doses in how many days, and what follows."""
    also: list[Amount]
    """One dose in other units, by the library's equivalences."""
    printed_for: Literal["day", "dose"]
    """Whether `per_area`, `per_weight` and `scaled` are of the day or of one dose."""
    scaled: Scaled | None
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
    preparation: PreparationSheet | None
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


class BandShown(TypedDict):
    """The printed band that a value of the patient falls in."""

    id: str
    label: str
    band: str
    text: str
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


class Beside(TypedDict):
    """What another source answers to the same question. `dose` or `refused` is there."""

    about: SourceShown
    dose: Dose | None
    refused: str | None
    """The code of why it has none, such as `no-dose-for-population`."""
    message: str | None
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


class Afterwards(TypedDict):
    """At which dose treatment goes on once it may, in one of the cases that the source tells apart."""

    case: str
    to: Amount | None
    """The dose a day; null where none follows for the dose given now, and `text` says why."""
    to_per_area: Amount | None
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
