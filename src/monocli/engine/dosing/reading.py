"""Reading the request of `dose` and `adjust`: every value typed, before anything is looked up or asked for."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import Refusal
from monocli.engine.dosing import patient
from monocli.engine.dosing.book import ULN
from monocli.engine.dosing.known import Measured, Read
from monocli.engine.dosing.requests import Request, named_measurements
from monocli.engine.dosing.work import conflicting
from monocli.engine.inputs import HEPATIC

# What reads a measure, a laboratory value or another drug is loaded where one was given: most questions have none.
if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.engine.dosing.known import Bodies, Known


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
    known = _known(book, bodies, request)
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
    from monocli.engine.quantities.plausible import read_age

    return read_age(bodies.formulas().people, text)


def _measured(bodies: Bodies, request: Request, age: Fraction | None) -> Measured | Refusal:
    given = (request.bsa, request.height, request.weight, request.bsa_formula, request.sex)
    if all(text is None for text in given):
        return Measured()
    from monocli.engine.dosing.body import measure

    return measure(bodies, request, age)


def _known(book: DoseBook, bodies: Bodies, request: Request) -> dict[str, Known] | Refusal:
    given = (*request.measurements, *named_measurements(request.given))
    if not given:
        return {}
    from monocli.engine.dosing.laboratory import read_measurements

    return read_measurements(book, bodies, given)


def _wrong_partner(book: DoseBook, request: Request) -> Refusal | None:
    if not request.partners and not request.start:
        return None
    from monocli.engine.dosing.partners import check_partners

    return check_partners(book, request)
