"""The shape of `data/bsa/formulas.yaml`: formulas for body surface area, units of height and weight, limits."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records.measures import TwoReadings
from monocli.records.scalars import DecimalText, Flag, Id


class FormulaForm(TypedDict):
    """One equation. H is the height in cm; W the weight in kg, or in g where `weight_unit` says so; the area is in m2.

    `power`: coefficient × H^height_exponent × W^(weight_exponent + weight_exponent_per_log10 × log10 W).
    `square-root`: √(H × W / divisor).
    """

    form: Literal["power", "square-root"]
    sex: NotRequired[Id]
    """Only for people of this sex, where a formula has an equation for each."""
    coefficient: NotRequired[DecimalText]
    height_exponent: NotRequired[DecimalText]
    weight_exponent: NotRequired[DecimalText]
    weight_exponent_per_log10: NotRequired[DecimalText]
    weight_unit: NotRequired[Literal["kg", "g"]]
    divisor: NotRequired[DecimalText]
    text: str
    """The equation as a person would write it."""


class Formula(TypedDict):
    id: Id
    name: str
    aliases: NotRequired[list[str]]
    default: NotRequired[Flag]
    equations: list[FormulaForm]
    note: NotRequired[str]
    source: NotRequired[str]


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


class BsaFile(TypedDict):
    id: Id
    source: str
    note: str
    formulas: list[Formula]
    measures: list[PersonMeasure]
    mass_index: Range
    """Weight in kg over height in m squared: outside these limits height and weight do not belong together."""
    ages: NotRequired[list[AgeRange]]
    """Narrower limits where the age is known."""
