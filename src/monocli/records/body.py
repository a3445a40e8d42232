"""The shape of `data/measures/body.yaml`: formulas for body surface area, and what can be of one person."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from monocli.records.scalars import DecimalText, Flag, Id


class AreaFormula(TypedDict):
    """A formula for body surface area, by the id under which a dose asks for it."""

    id: Id
    formula: Id
    """Of data/formulas/: its inputs are height, weight, and sex where it has an equation for each."""
    aliases: NotRequired[list[str]]
    default: NotRequired[Flag]


class Range(TypedDict):
    at_least: DecimalText
    at_most: DecimalText


class AgeLimit(Range):
    """`measure`: height, weight or body-surface (in the unit of the measure), or mass-index (kg over m squared)."""

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
    mass_index: Range
    """Weight in kg over height in m squared: outside these limits height and weight do not belong together."""
    ages: NotRequired[list[AgeRange]]
    """Narrower limits where the age is known."""
