"""The shape of `data/doses/<drug>.yaml`: everything that `mono dose` and `mono adjust` know of a drug.

The document's id is the id of the drug's monograph. Every amount is an exact decimal in the document's `unit`,
expressed as its
`drug` (the base, where a salt is given); `source` and `section` say where a record is printed.
"""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records.dose_products import OtherUnits, Preparation, Salt, TabletStrengths
from monocli.records.dose_rules import (
    Bands,
    Exclusion,
    Hepatic,
    HighestPrinted,
    Interruption,
    Ladder,
    PartnerRule,
    Plausible,
    Variable,
    Withholding,
)
from monocli.records.dose_shared import (
    Cited,
    IndicationId,
    Labelled,
    MoreThanZero,
    PopulationId,
    PrintedAdvice,
    RegionId,
    RouteId,
    SourcedText,
    UnitName,
)
from monocli.records.marks import OneOf, keys
from monocli.records.monograph import LaterRemark
from monocli.records.scalars import DecimalText, Flag, Id, WholeNumber
from monocli.records.words import Stage


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


class Compared(TypedDict):
    """What two sources say of one thing, side by side."""

    about: str
    said: list[SourcedText]
    difference: NotRequired[str]
    """Left out where they agree."""
    regions: NotRequired[list[RegionId]]
    variables: NotRequired[list[Id]]
    """Shown only where one of these values was given, by whichever file of the drug knows it."""


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
