"""What is known of the patient, once everything typed is read (`reading`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import Note, Refusal
from monocli.engine.dosing.book import AREA_UNIT, ULN, WEIGHT_UNIT, YES_NO
from monocli.engine.dosing.requests import Request
from monocli.engine.quantities.values import Value
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.engine.formulas.book import FormulaBook
    from monocli.records.body import BodyFile
    from monocli.records.doses import Population
    from monocli.records.output.dose_rules import DoseStep, FormulaArea, LabValue


class Bodies(Record):
    """What is known of bodies: what can be of one person, and the formulas for their surface with the measures and
    units that they share. Each is read only where it is asked for."""

    read_file: Callable[[], BodyFile]
    formulas: Callable[[], FormulaBook]

    @property
    def file(self) -> BodyFile:
        return self.read_file()


_NO_VALUES: Mapping[str, Value] = {}


class Body(Record):
    """What doses are scaled by: an area in m2, a weight in kg (None where not known), and values by variable."""

    area: Value | None = None
    weight: Value | None = None
    values: Mapping[str, Value] = _NO_VALUES

    def of(self, measure: str) -> Value | None:
        known = {AREA_UNIT: self.area, WEIGHT_UNIT: self.weight}
        return known[measure] if measure in known else self.values.get(measure)


class Measured(Record):
    """What was read of the body: the measures, the steps that led to the area, and the formulas side by side."""

    body: Body = Body()
    steps: tuple[DoseStep, ...] = ()
    formulas: tuple[FormulaArea, ...] = ()
    options: tuple[str, ...] = ()
    """Options that were given, for saying which were not used."""
    unused: tuple[str, ...] = ()
    """Options that could not matter beside the others given."""
    missing: Refusal | None = None
    """What the area still lacks where only a part of it was given."""


class Known(Record):
    """A value that was given: its variable, the number in `unit` that limits are compared with, and how that was worked
    out."""

    variable: str
    label: str
    number: Fraction
    option: str
    step: DoseStep
    note: Note | None = None
    unit: str = ULN

    @property
    def text(self) -> str:
        return f"{self.label} {worded(self.number, self.unit)}"

    def json(self) -> LabValue:
        return {"variable": self.variable, "label": self.label, **Value(self.number).json(self.unit)}


def worded(number: Fraction, unit: str) -> str:
    """A number of a variable as read: "yes", "55 mL/min", "2.5 × ULN"."""
    return ("yes" if number else "no") if unit == YES_NO else Value(number).text(unit)


def widened(book: DoseBook, known: Mapping[str, Known]) -> dict[str, Fraction]:
    """The multiples by variable, each also under the wider variable that it counts as (the larger where two meet)."""
    values = {variable: value.number for variable, value in known.items()}
    for variable in book.variables.values():
        wider = variable.get("counts_as")
        if wider and variable["id"] in known:
            values[wider] = max(known[variable["id"]].number, values.get(wider, Fraction(0)))
    return values


class Read(Record):
    """What was typed of a patient, in numbers and in ids of the dose rules that are asked."""

    book: DoseBook
    request: Request
    population: Population | None
    region: str | None
    age: Fraction | None
    measured: Measured
    known: dict[str, Known]
    route: str | None = None

    @property
    def values(self) -> dict[str, Fraction]:
        """Every value given, by variable."""
        return widened(self.book, self.known)

    @property
    def body(self) -> Body:
        """Everything that a dose may scale by."""
        return self.measured.body.replaced(values={id: Value(known.number) for id, known in self.known.items()})

    @property
    def graded_by(self) -> dict[str, Known]:
        """The values that are multiples of an upper limit of normal, by which impairment is graded."""
        return {id: known for id, known in self.known.items() if known.unit == ULN}
