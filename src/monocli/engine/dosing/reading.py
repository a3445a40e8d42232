"""Reading the request of `dose` and `adjust`: every value typed, before anything is looked up or asked for."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import Refusal
from monocli.engine.dosing import body, laboratory, partners, patient
from monocli.engine.dosing.regimens import Body
from monocli.engine.dosing.requests import Request, named_measurements
from monocli.engine.dosing.work import conflicting
from monocli.engine.inputs import HEPATIC
from monocli.engine.quantities.plausible import read_age
from monocli.engine.quantities.values import Value
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.dosing.area import Bodies
    from monocli.engine.dosing.book import DoseBook
    from monocli.records.doses import Population


class Read(Record):
    """What was typed of a patient, in numbers and in ids of the dose rules that are asked."""

    book: DoseBook
    request: Request
    population: Population | None
    region: str | None
    age: Fraction | None
    measured: body.Measured
    known: dict[str, laboratory.Known]
    route: str | None = None

    @property
    def values(self) -> dict[str, Fraction]:
        """Every value given, by variable."""
        return laboratory.widened(self.book, self.known)

    @property
    def body(self) -> Body:
        """Everything that a dose may scale by."""
        return self.measured.body.replaced(values={id: Value(known.number) for id, known in self.known.items()})

    @property
    def graded_by(self) -> dict[str, laboratory.Known]:
        """The values that are multiples of an upper limit of normal, by which impairment is graded."""
        return {id: known for id, known in self.known.items() if known.unit == laboratory.ULN}


def read(book: DoseBook, bodies: Bodies, request: Request) -> Read | Refusal:
    """Everything typed of the patient, read: `bad-value` and `conflicting-options` first, then an age below the printed
    minimum, then other drugs that are none (see `partners.check_partners`)."""
    population = patient.find_population(book, request.population) if request.population is not None else None
    if isinstance(population, Refusal):
        return population
    region = patient.find_region(book, request.region) if request.region is not None else None
    if isinstance(region, Refusal):
        return region
    age = read_age(bodies.formulas().people, request.age) if request.age is not None else None
    if isinstance(age, Refusal):
        return age
    measured = body.measure(bodies, request, age)
    if isinstance(measured, Refusal):
        return measured
    known = laboratory.read_measurements(book, bodies, (*request.measurements, *named_measurements(request.given)))
    if isinstance(known, Refusal):
        return known
    graded = [k for k in known.values() if k.unit == laboratory.ULN]
    if request.grade is not None and graded:
        message = "the degree is either given or worked out from values"
        return conflicting(HEPATIC, graded[0].option, message, "leave out one of the two")
    route = patient.find_route(book, request.route) if request.route is not None else None
    if isinstance(route, Refusal):
        return route
    young = patient.too_young(book, age) if age is not None else None
    stop = young or partners.check_partners(book, request)
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
