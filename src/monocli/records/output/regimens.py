"""A regimen as `data` of dose has it: amounts, tablets, and the sheet of its preparation."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records.output.common import Amount, DecimalNumber
from monocli.records.words import Stage


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
    """The nearest dose that whole tablets make; of a dose that is the least which the source asks for, the next that is
    not below it. It stands beside the exact dose and never replaces it."""

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
    practical: NotRequired[Amount]
    """Of a volume to draw or a rate without an end as a decimal: to three significant digits, half up."""
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
    adjusted_at_least: bool
    """Whether the source asks for at least this change, so that `daily` is the least."""
    instead_of: list[Amount]
    """The usual starts of the day in whose place a start in hepatic impairment stands."""
    increases_left_out: list[Amount]
    """Printed increases that are not given: nothing says that they follow a start in impairment, or a limit leaves
    nothing of them."""
    left_out_because: str | None
    """The limit that leaves nothing of an increase, with its source; null where that is not the reason."""
    not_reduced: str | None
    """Of an increase that stands as printed beside a start that impairment reduced: what the source says of raising
    such a dose, or that it says nothing."""
    schedules: list[Schedule]
    division: str | None
    """What the source says, or leaves unsaid, of dividing the dose."""
    preparation: PreparationSheet | None
    warnings: list[str]
    """Codes of the warnings that concern this regimen and not every one."""
    source: str
    section: NotRequired[str]
