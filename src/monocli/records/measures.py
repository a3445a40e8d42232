"""The shape of `data/measures/*.yaml`: what people measure (a height, a serum creatinine), in which units they write
it, and the range beyond which a value is a slip."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from monocli.records.scalars import DecimalText, Flag, Id
from monocli.records.units import UnitsOfMeasure


class TwoReadings(TypedDict):
    """A unit that people write for two things: it is refused, with both."""

    unit: str
    text: str


class MeasureWord(TypedDict):
    """A word that a measure may be (a sex, a degree)."""

    id: Id
    also: NotRequired[list[str]]
    meaning: NotRequired[str]


class Equal(TypedDict):
    """The same amount of this substance in two kinds of unit, such as mass and amount of substance."""

    this: str
    """In the kind of the measure's own unit: "1 mg/dL"."""
    that: str
    """In the other kind: "88.4 micromol/L"."""
    source: NotRequired[str]


class Measure(TypedDict):
    """Something that is measured or said of a patient or a preparation. It has either a `unit`, or `kinds`, or
    `words`."""

    id: Id
    label: str
    names: NotRequired[list[str]]
    """Other names for it, under which a formula's input may be given too."""
    unit: NotRequired[str]
    """Unit of the range, and of a number without a unit."""
    kinds: NotRequired[list[str]]
    """Units of every kind that it may be in, where that differs from drug to drug ("mg/mL", "IU/mL")."""
    words: NotRequired[list[MeasureWord]]
    unit_needed: NotRequired[list[str]]
    """Two units of it are in use: a number without a unit is refused, and these are named."""
    also_in: NotRequired[list[str]]
    """Further units in which people write it: named where one is not known, and tried where a number is a slip."""
    any_case: NotRequired[Flag]
    """Capitals do not matter in its units ("KG"): no two of them differ by capitals alone."""
    equals: NotRequired[Equal]
    at_least: NotRequired[DecimalText]
    """The range in `unit`; without one a value is more than 0."""
    at_most: NotRequired[DecimalText]
    hint: NotRequired[str]
    """How to write it."""
    two_readings: NotRequired[TwoReadings]
    source: NotRequired[str]


class MeasureFile(TypedDict):
    """data/measures/*.yaml"""

    id: Id
    title: str
    source: str
    units: NotRequired[list[UnitsOfMeasure]]
    """Units that stand in no file of data/units/, because they are of no drug: ages, counts."""
    measures: NotRequired[list[Measure]]
