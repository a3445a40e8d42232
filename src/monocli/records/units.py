"""The shape of `data/units/*.yaml`: measures that everything shares, units of one substance, error-prone abbreviations.

`measures.yaml` and `abbreviations.yaml` have a form of their own; every other file is a `UnitsFile`, one family of
substances each.
"""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records.scalars import DecimalText, Flag, Id, LineRange


class MeasureUnit(TypedDict):
    """A unit that means the same whatever it measures (mg, mL, kg)."""

    unit: str
    """The spelling that answers use. Units are looked up by exact spelling, case included."""
    size: DecimalText
    """How many of the measure's first unit make one of this."""
    also: NotRequired[list[str]]
    """Other spellings that are read as this unit; one that is error-prone belongs in `abbreviations` instead."""
    over: NotRequired[list[str]]
    """Spellings of this unit over another ("G/L"), of which the part before the stroke alone means something else."""
    listed: NotRequired[Flag]
    """`yes` (the default): shown when every unit is asked for."""
    then: NotRequired[str]
    """The unit of a bare number right after this one ("4ft3")."""
    source: NotRequired[str]


class UnitsOfMeasure(TypedDict):
    """A kind of physical amount, such as mass, with its units; the first unit has size 1."""

    id: Id
    title: str
    square_of: NotRequired[Id]
    """The measure of which this is the square: a unit of it is one of that times itself."""
    pure: NotRequired[Flag]
    """What is counted, and so a pure number: drops, cells, hundredths."""
    units: list[MeasureUnit]


class Abbreviation(TypedDict):
    """A way of writing a unit that has led to medication errors."""

    written: list[str]
    """The spellings, exactly."""
    treatment: Literal["warn", "refuse"]
    """`warn`: read as `means`, with a warning. `refuse`: not read."""
    means: NotRequired[str]
    """The unit it is read as; only with `warn`."""
    below: NotRequired[str]
    """The unit as which it is read, with a warning, where it stands below a stroke in a measure ("mmol/l")."""
    why: str
    """What it has been mistaken for."""
    write: list[str]
    """What to write instead."""
    source: NotRequired[str]


class Writing(TypedDict):
    """A way of writing a number that has led to medication errors; the grammar of quantities knows it by its id."""

    id: Literal["trailing-zero", "naked-decimal"]
    why: str
    write: str
    source: NotRequired[str]


class UnitSubstance(TypedDict):
    """A substance that the file's units measure. The first one is meant where a unit implies the file and no name was
    given.
    """

    id: Id
    title: str
    monograph: NotRequired[Id]
    """The monograph whose names (brands, synonyms) mean this substance too."""
    also: NotRequired[list[str]]


class ScaleUnit(TypedDict):
    """A unit that belongs to one scale of one substance."""

    unit: str
    size: DecimalText
    also: NotRequired[list[str]]
    source: NotRequired[str]


class Scale(TypedDict):
    """One way of measuring a substance. Units of one scale convert by definition, those of two only through an
    equivalence.
    """

    id: Id
    title: str
    """Completes "an amount in …"."""
    measure: NotRequired[Id]
    """The measure whose units this scale is counted in (mass), where it has none of its own."""
    units: NotRequired[list[ScaleUnit]]
    also: NotRequired[list[str]]
    """Names under which the scale can be asked for as a target, or named after a unit ("mg mesilate"); its id always
    can.
    """
    names: NotRequired[list[str]]
    """Names of the substance in this form ("imatinib mesilate")."""
    only: NotRequired[list[Id]]
    """The substances of the file for which the scale is given; all, where it is left out."""
    why_only: NotRequired[str]
    listed: NotRequired[Flag]
    """`no`: left out when every unit is asked for."""
    unstated: NotRequired[str]
    """Set where the words do not say which scale is meant: nothing is converted out of it, and this sentence says
    why.
    """
    instead: NotRequired[str]
    """The unit to use once it is known to be meant; only with `unstated`."""
    source: NotRequired[str]
    section: NotRequired[str]
    lines: NotRequired[LineRange]


class ScaleAmount(TypedDict):
    """One side of an equivalence."""

    value: DecimalText
    unit: str
    scale: Id


class SaidBeside(TypedDict):
    """What another source says of an equivalence: shown beside it, never put in."""

    text: str
    source: NotRequired[str]
    section: NotRequired[str]
    lines: NotRequired[LineRange]


class Equivalence(TypedDict):
    """Two amounts of a substance on different scales that a source says are the same."""

    id: Id
    left: ScaleAmount
    right: ScaleAmount
    approximate: Flag
    """`yes` where the source says "about" or the like."""
    statement: str
    """The equivalence as a sentence in our own words, with its qualifiers."""
    source: NotRequired[str]
    section: NotRequired[str]
    lines: NotRequired[LineRange]
    beside: NotRequired[list[SaidBeside]]


class ConversionRemark(TypedDict):
    """A sentence to show with a conversion that passes through one of the named scales into another."""

    code: Id
    kind: Literal["warning", "advice"]
    scales: list[Id]
    text: str
    source: NotRequired[str]
    section: NotRequired[str]
    lines: NotRequired[LineRange]


class DefaultForm(TypedDict):
    """Which scale a bare mass is taken to be on, where a substance has several."""

    scale: Id
    text: str
    source: NotRequired[str]
    section: NotRequired[str]
    lines: NotRequired[LineRange]


class MeasuresFile(TypedDict):
    """data/units/measures.yaml"""

    id: Id
    title: str
    source: str
    measures: list[UnitsOfMeasure]


class AbbreviationsFile(TypedDict):
    """data/units/abbreviations.yaml"""

    id: Id
    title: str
    source: str
    abbreviations: list[Abbreviation]
    frequencies: NotRequired[list[Abbreviation]]
    """How often a dose is given, as it is abbreviated; `means` and `write` are words and no units."""
    writings: list[Writing]


class UnitsFile(TypedDict):
    """data/units/<family>.yaml: substances that are measured in the same units."""

    id: Id
    title: str
    source: str
    substances: list[UnitSubstance]
    default_unit: NotRequired[str]
    """The unit of a bare number."""
    default_form: NotRequired[DefaultForm]
    scales: list[Scale]
    equivalences: list[Equivalence]
    remarks: NotRequired[list[ConversionRemark]]


class UnitsDocument(TypedDict, total=False):
    """Any one of these files, as whoever reads all of them meets it."""

    id: str
    title: str
    source: str
    measures: list[UnitsOfMeasure]
    abbreviations: list[Abbreviation]
    frequencies: list[Abbreviation]
    writings: list[Writing]
    substances: list[UnitSubstance]
    scales: list[Scale]
