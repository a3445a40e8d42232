"""The shape of `data/doses/<drug>.yaml`: everything that `mono dose` and `mono adjust` know of a drug.

The document's id is the id of the drug's monograph. Every amount is an exact decimal in the document's `unit`,
expressed as its
`drug` (the base, where a salt is given); `source` and `section` say where a record is printed.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records.marks import AnyOf, OneOf, Positive, Ref, With, keys
from monocli.records.monograph import LaterRemark
from monocli.records.scalars import DecimalText, Flag, Id, LineRange, WholeNumber
from monocli.records.words import AdviceKind, Stage

MoreThanZero = Annotated[DecimalText, Positive()]
PopulationId = Annotated[Id, Ref("populations")]
RegionId = Annotated[Id, Ref("regions")]
IndicationId = Annotated[Id, Ref("indications")]
VariableId = Annotated[Id, Ref("variables")]
GradeId = Annotated[Id, Ref("hepatic.grades")]
RouteId = Annotated[Id, Ref("routes")]
AgentId = Annotated[Id, Ref("agents", in_library=True)]


class Cited(TypedDict):
    """Where a record is printed: inherited by every record below."""

    source: NotRequired[str]
    section: NotRequired[str]
    """Heading inside the source."""
    lines: NotRequired[LineRange]
    """Lines of the supplied extract, for editors."""


class Labelled(TypedDict):
    """What a request may name: a population or a region."""

    id: Id
    label: str
    """As a reader would call them: adults, children, UK."""
    aliases: NotRequired[list[str]]


class Population(Labelled):
    age_needed: NotRequired[Flag]
    """Whether no dose is given before the age is known (a minimum age applies)."""


class Region(Labelled):
    pass


class Route(Labelled):
    pass


class AgeBand(Cited):
    """Ages from `from_years` up to but not including `below_years`, and the populations that they may belong to."""

    from_years: DecimalText
    below_years: NotRequired[DecimalText]
    """Left out: no upper end."""
    populations: list[PopulationId]
    """One: the age decides. More than one: the age alone does not, and the population is asked for."""


class MinimumAge(Cited):
    years: DecimalText
    """An age below this is refused; this age itself is not."""
    text: str
    later: NotRequired[list[LaterRemark]]


class UnitName(TypedDict):
    """Another unit in which people write a dose, and how many of the document's unit it holds."""

    name: str
    factor: MoreThanZero


class Salt(Cited):
    """The salt that is given while doses are expressed as the base."""

    substance: str
    factor: MoreThanZero
    """Amount of the salt that holds 1 of the base."""
    about: Flag
    """Whether the source calls the equivalence approximate."""
    text: str
    names: NotRequired[list[str]]
    """Other words for the salt after an amount ("478 mg mesylate")."""


@keys(AnyOf("more_than", "at_least", "less_than", "at_most", "is_so"))
class Limit(TypedDict):
    """A condition on one variable, in what it is measured in; all limits given must hold."""

    variable: VariableId
    more_than: NotRequired[DecimalText]
    at_least: NotRequired[DecimalText]
    less_than: NotRequired[DecimalText]
    at_most: NotRequired[DecimalText]
    is_so: NotRequired[Flag]
    """Of a variable that is answered with yes or no."""


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


class When(TypedDict):
    """Where a statement applies; every condition given must hold."""

    populations: NotRequired[list[PopulationId]]
    regions: NotRequired[list[RegionId]]
    daily_at_least: NotRequired[MoreThanZero]
    impairment: NotRequired[Flag]
    """Only with (yes) or without (no) a grade of impairment."""


class PrintedAdvice(Cited):
    text: str
    kind: AdviceKind
    """`administration` is left out where nothing is given."""
    in_short: NotRequired[str]
    """The same in two or three words, for the line that one would write on a chart ("with food")."""
    warning: NotRequired[Flag]
    """Advice of a partner that must not be missed: it stands among the warnings, as `later-source`."""
    when: NotRequired[When]


class Duration(TypedDict):
    """How long one dose runs in."""

    value: MoreThanZero
    unit: Literal["minutes", "hours"]


@keys(OneOf("daily", "each"))
class PrintedRegimen(Cited):
    """One printed regimen, as the source counts: by the day or by the single dose."""

    stage: Stage
    """`option`: one of several printed starting doses between which the source does not choose."""
    condition: NotRequired[str]
    reasons: NotRequired[list[str]]
    """Printed reasons for the regimen, any one of which is enough."""
    daily: NotRequired[MoreThanZero]
    """The amount of a whole day; with `scale_by` for each unit of that measure."""
    each: NotRequired[MoreThanZero]
    """The amount of one dose, where the source prints that; with `scale_by` likewise."""
    scale_by: NotRequired[Id]
    """What the amount is multiplied by: `body-surface` (m2), `body-weight` (kg), or a variable of this file that has a
    unit."""
    times_daily: WholeNumber
    """In how many equal parts the day's amount is taken."""
    every_hours: NotRequired[WholeNumber]
    """The time from one dose to the next, where the source prints it."""
    over: NotRequired[Duration]
    route: NotRequired[RouteId]
    course: NotRequired[str]
    """How many doses in how many days, and what follows."""
    other_times_daily: NotRequired[list[WholeNumber]]
    """Other printed ways of dividing the day's amount."""
    division: NotRequired[str]
    """What the source says, or leaves unsaid, of the division."""
    maximum: NotRequired[MoreThanZero]
    """Printed maximum for a day."""
    maximum_note: NotRequired[str]
    """Needed where a dose that is scaled has no printed maximum: says so, and becomes a warning."""


class Comparison(TypedDict):
    """The same phase in another population: a start above theirs is said (`exceeds-adult-dose`), never changed."""

    population: PopulationId
    indication: IndicationId
    """Its starting dose there is a fixed one."""
    text: str


class Doses(Cited):
    """The regimens of an indication for some populations and regions."""

    populations: list[PopulationId]
    regions: NotRequired[list[RegionId]]
    """Left out where the source names no region: the doses then hold in every region of the document."""
    printed: str
    """The indication as this passage words it, in brief."""
    compare: NotRequired[Comparison]
    regimens: list[PrintedRegimen]
    advice: NotRequired[list[PrintedAdvice]]


class LaterUse(LaterRemark):
    """What a later source says of patients for whom no dose is printed; it stands beside the refusal."""

    populations: list[PopulationId]


class PrintedIndication(TypedDict):
    id: Id
    label: str
    disease: NotRequired[str]
    """The disease of which it is one stage or form, where it is; the label begins with it."""
    names: NotRequired[list[str]]
    """Printed wordings and usual abbreviations that mean this indication and no other."""
    doses: list[Doses]
    later: NotRequired[list[LaterUse]]


class AmbiguousName(TypedDict):
    """Names that do not say which indication is meant: the choices are shown, none is taken."""

    names: list[str]
    choose: list[IndicationId]
    question: str


class UndosedUse(Cited):
    """A use that the source speaks of without printing a dose."""

    id: Id
    label: str
    names: NotRequired[list[str]]
    text: str
    later: NotRequired[list[LaterRemark]]


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


class TabletRemark(TypedDict):
    """What a source says of the strengths to use from some daily dose on."""

    daily_at_least: MoreThanZero
    strengths: list[DecimalText]
    """Said where the nearest dose takes any other strength."""
    text: str


class TabletStrengths(Cited):
    """Strengths that are sold, expressed as the drug."""

    form: str
    strengths: list[DecimalText]
    scored: NotRequired[Flag]
    """Whether the source calls the tablets scored, so that one half of a tablet is counted too."""
    near_percent: NotRequired[MoreThanZero]
    """Whole tablets further from the dose than this do not come near it."""
    remarks: NotRequired[list[TabletRemark]]
    text: str


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


class BagVolume(TypedDict):
    """The volume of the bag for doses up to an amount, this amount included."""

    at_most: NotRequired[MoreThanZero]
    """In the file's unit. Left out: no upper end."""
    volume: MoreThanZero


class Vial(Cited):
    amount: MoreThanZero
    """In the file's unit."""
    text: str


class Reconstitution(Cited):
    """How a vial is dissolved. What a mL then holds is what `data/units` says of the volume as reconstituted."""

    volume: MoreThanZero
    """mL that are added to one vial."""
    text: str


class Dilution(Cited):
    """The bag. Concentrations are in micrograms/mL."""

    text: str
    least: NotRequired[MoreThanZero]
    most: NotRequired[MoreThanZero]
    largest: NotRequired[MoreThanZero]
    """mL, where the source has a largest volume only."""
    bags: NotRequired[list[BagVolume]]
    bags_source: NotRequired[str]
    """Where the bag volumes are printed, if elsewhere."""


class Preparation(Cited):
    """From the vial to the patient."""

    routes: list[RouteId]
    regions: NotRequired[list[RegionId]]
    vial: NotRequired[Vial]
    reconstitution: Reconstitution
    dilution: NotRequired[Dilution]
    remarks: NotRequired[list[SourcedText]]


class SourcedText(Cited):
    text: str


class Compared(TypedDict):
    """What two sources say of one thing, side by side."""

    about: str
    said: list[SourcedText]
    difference: NotRequired[str]
    """Left out where they agree."""
    regions: NotRequired[list[RegionId]]
    variables: NotRequired[list[Id]]
    """Shown only where one of these values was given, by whichever file of the drug knows it."""


class OtherUnits(TypedDict):
    """The units in which a dose is shown besides its own, by the equivalences of `data/units`."""

    of: str
    """The substance, as `data/units` names it."""
    to: list[str]


class DosesFile(TypedDict):
    id: Id
    source: str
    unprinted: NotRequired[str]
    """Said with every answer where the printed monograph has no dose and these are another source's."""
    section: NotRequired[str]
    drug: str
    """What doses are expressed as."""
    route: str
    unit: str
    unit_names: NotRequired[list[UnitName]]
    drug_names: NotRequired[list[str]]
    """Words after an amount that mean the drug as doses are expressed ("400 mg base")."""
    salt: NotRequired[Salt]
    populations: list[Population]
    default_population: NotRequired[PopulationId]
    """Taken, and said, where neither a population nor an age is given."""
    regions: list[Region]
    routes: NotRequired[list[Route]]
    other_units: NotRequired[OtherUnits]
    age_bands: list[AgeBand]
    minimum_age: NotRequired[MinimumAge]
    same_words: NotRequired[list[list[str]]]
    """Words that mean the same inside any indication name: spellings, and abbreviations with what they stand for."""
    indications: list[PrintedIndication]
    ambiguous_names: NotRequired[list[AmbiguousName]]
    without_dose: NotRequired[list[UndosedUse]]
    variables: NotRequired[list[Variable]]
    hepatic: NotRequired[Hepatic]
    bands: NotRequired[list[Bands]]
    exclusions: NotRequired[list[Exclusion]]
    interruptions: NotRequired[list[Interruption]]
    preparations: NotRequired[list[Preparation]]
    compared: NotRequired[list[Compared]]
    withholding: NotRequired[Withholding]
    reductions: NotRequired[list[Ladder]]
    partners: NotRequired[list[PartnerRule]]
    highest_printed: NotRequired[HighestPrinted]
    plausible: NotRequired[Plausible]
    tablets: NotRequired[TabletStrengths]
    advice: NotRequired[list[PrintedAdvice]]
