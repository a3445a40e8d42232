"""Reading the request of `dose` and `adjust`: every value typed, before anything is looked up or asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import Refusal
from monocli.engine.dosing import patient
from monocli.engine.dosing.book import AREA_UNIT, ULN, WEIGHT_UNIT
from monocli.engine.dosing.requests import Request, named_measurements
from monocli.engine.dosing.work import conflicting
from monocli.engine.inputs import AGE, HEPATIC
from monocli.engine.quantities.values import Value
from monocli.records.record import Record

# What reads a measure, a laboratory value or another drug is loaded where one was given: most questions have none.
if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.engine.dosing.laboratory import Known
    from monocli.engine.formulas.book import FormulaBook
    from monocli.records.body import BodyFile
    from monocli.records.doses import Population
    from monocli.records.output.dose_rules import DoseStep, FormulaArea


class Bodies(Record):
    """What is known of bodies: units and limits of their measures, and the formulas for their surface. Each is read
    only where it is asked for."""

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
        if not self.known:
            return {}
        from monocli.engine.dosing.laboratory import widened

        return widened(self.book, self.known)

    @property
    def body(self) -> Body:
        """Everything that a dose may scale by."""
        return self.measured.body.replaced(values={id: Value(known.number) for id, known in self.known.items()})

    @property
    def graded_by(self) -> dict[str, Known]:
        """The values that are multiples of an upper limit of normal, by which impairment is graded."""
        return {id: known for id, known in self.known.items() if known.unit == ULN}


def read(book: DoseBook, bodies: Bodies, request: Request) -> Read | Refusal:
    """Everything typed of the patient, read: `bad-value` and `conflicting-options` first, then an age below the printed
    minimum, then other drugs that are none (see `partners.check_partners`)."""
    population = patient.find_population(book, request.population) if request.population is not None else None
    if isinstance(population, Refusal):
        return population
    region = patient.find_region(book, request.region) if request.region is not None else None
    if isinstance(region, Refusal):
        return region
    age = _age(bodies, request.age) if request.age is not None else None
    if isinstance(age, Refusal):
        return age
    measured = _measured(bodies, request, age)
    if isinstance(measured, Refusal):
        return measured
    known = _known(book, request)
    if isinstance(known, Refusal):
        return known
    graded = [k for k in known.values() if k.unit == ULN]
    if request.grade is not None and graded:
        message = "the degree is either given or worked out from values"
        return conflicting(HEPATIC, graded[0].option, message, "leave out one of the two")
    route = patient.find_route(book, request.route) if request.route is not None else None
    if isinstance(route, Refusal):
        return route
    young = patient.too_young(book, age) if age is not None else None
    stop = young or _wrong_partner(book, request)
    return stop or Read(
        book,
        request,
        population,
        region["id"] if region else None,
        age,
        measured,
        known,
        route["id"] if route else None,
    )


def _age(bodies: Bodies, text: str) -> Fraction | Refusal:
    from monocli.engine.quantities.person import read_age

    return read_age(bodies.file, text, AGE)


def _measured(bodies: Bodies, request: Request, age: Fraction | None) -> Measured | Refusal:
    given = (request.bsa, request.height, request.weight, request.bsa_formula, request.sex)
    if all(text is None for text in given):
        return Measured()
    from monocli.engine.dosing.body import measure

    return measure(bodies, request, age)


def _known(book: DoseBook, request: Request) -> dict[str, Known] | Refusal:
    given = (*request.measurements, *named_measurements(request.given))
    if not given:
        return {}
    from monocli.engine.dosing.laboratory import read_measurements

    return read_measurements(book, given)


def _wrong_partner(book: DoseBook, request: Request) -> Refusal | None:
    if not request.partners and not request.start:
        return None
    from monocli.engine.dosing.partners import check_partners

    return check_partners(book, request)
