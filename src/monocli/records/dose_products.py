"""Products of `data/doses/`: salts, tablets, and the way from the vial to the patient."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from monocli.records.dose_shared import Cited, MoreThanZero, RegionId, RouteId, SourcedText
from monocli.records.scalars import DecimalText, Flag


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


class OtherUnits(TypedDict):
    """The units in which a dose is shown besides its own, by the equivalences of `data/units`."""

    of: str
    """The substance, as `data/units` names it."""
    to: list[str]
