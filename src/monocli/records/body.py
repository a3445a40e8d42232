"""The shape of `data/measures/body.yaml`: formulas for body surface area, units of height and weight, limits."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from monocli.records.measures import TwoReadings
from monocli.records.scalars import DecimalText, Flag, Id


class AreaFormula(TypedDict):
    """A formula for body surface area, by the id under which a dose asks for it."""

    id: Id
    formula: Id
    """Of data/formulas/: its inputs are height, weight, and sex where it has an equation for each."""
    aliases: NotRequired[list[str]]
    default: NotRequired[Flag]


class PersonUnit(TypedDict):
    """A unit as people write it: `factor` is how many of the measure's base unit it is."""

    names: list[str]
    factor: DecimalText
    then: NotRequired[str]
    """The unit of a bare number right after this one ("4ft3")."""
    source: NotRequired[str]


class PersonMeasure(TypedDict):
    """A measure of a person, its base unit, and the range outside which a value is refused as a slip."""

    id: Id
    label: str
    unit: str
    """Base unit: a bare number is in it."""
    units: list[PersonUnit]
    at_least: DecimalText
    at_most: DecimalText
    hint: NotRequired[str]
    two_readings: NotRequired[TwoReadings]
    source: NotRequired[str]


class Range(TypedDict):
    at_least: DecimalText
    at_most: DecimalText


class AgeLimit(Range):
    """`measure`: a measure's id, or mass-index (kg over m squared)."""

    measure: Id


class AgeRange(TypedDict):
    """What can be at an age from `from_years` up to, not including, `below_years`."""

    from_years: DecimalText
    below_years: DecimalText
    limits: list[AgeLimit]


class BodyFile(TypedDict):
    """data/measures/body.yaml"""

    id: Id
    source: str
    note: str
    area_formulas: list[AreaFormula]
    body: list[PersonMeasure]
    mass_index: Range
    """Weight in kg over height in m squared: outside these limits height and weight do not belong together."""
    ages: NotRequired[list[AgeRange]]
    """Narrower limits where the age is known."""
