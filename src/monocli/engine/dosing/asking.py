"""What the doses of an indication still ask for: the route, whom they are for, the age, and what else will be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.answers import Refusal
from monocli.engine.dosing import patient, regimens
from monocli.engine.dosing.reading import Read
from monocli.engine.dosing.work import needed
from monocli.engine.inputs import AGE, BSA, HEIGHT, POPULATION, REGION, ROUTE, WEIGHT

if TYPE_CHECKING:
    from monocli.records.doses import Doses


def by_route(read: Read, doses: Doses) -> Doses | Refusal:
    """The regimens given by the route asked for; all of them where none was."""
    if read.route is None:
        return doses
    kept = [r for r in doses["regimens"] if r.get("route") == read.route]
    if not kept:
        routes = dict.fromkeys(r["route"] for r in doses["regimens"] if "route" in r)
        message = f"no dose by this route is printed for {doses['printed']}"
        hint = f"printed: {', '.join(routes)}" if routes else None
        return Refusal("no-dose-in-source", message, hint, detail={"field": ROUTE, **read.book.cite(doses)})
    return {**doses, "regimens": kept}


def or_another_route(read: Read, doses: Doses, missing: Refusal) -> Refusal:
    """The question for a measure, with the routes that need none."""
    needing = {r["route"] for r in doses["regimens"] if "route" in r and regimens.measure_of(r)}
    free = [r for r in dict.fromkeys(r["route"] for r in doses["regimens"] if "route" in r) if r not in needing]
    return (
        missing.replaced(hint=f"{missing.hint}; or {ROUTE} {' or '.join(free)}, which needs none") if free else missing
    )


def unclear_population(read: Read, person: patient.Person, of_population: list[Doses]) -> Refusal | None:
    """The question for whom the dose is, where it was assumed and a measure was given that the doses do not go by."""
    measured = any(regimens.measure_of(regimen) for doses in of_population for regimen in doses["regimens"])
    if not person.assumed or not read.measured.options or measured:
        return None
    label = read.book.who(person.population)
    message = f"{read.measured.options[0]} is not used for {label}, and neither a population nor an age was given"
    choices = read.book.population_ids
    return needed("population-needed", POPULATION, message, f"add {POPULATION} {' or '.join(choices)}", choices)


def age_question(read: Read, person: patient.Person, of_population: list[Doses]) -> Refusal:
    minimum = read.book.minimum_age
    message = (
        f"no dose is given below {minimum['years']} years, so the age must be known"
        if minimum
        else f"the age decides whether the doses for {read.book.who(person.population)} apply"
    )
    return with_rest(needed("age-needed", AGE, message, f"add {AGE}"), read, of_population, AGE)


def with_rest(refusal: Refusal, read: Read, of_population: list[Doses], asked: str) -> Refusal:
    """A question with what else the doses of a population will ask for, in the order of asking."""
    rest = [AGE] * (read.age is None)
    rest += [REGION] * (read.region is None and bool(of_population) and all("regions" in d for d in of_population))
    area = any(regimens.measure_of(r) == regimens.AREA_UNIT for d in of_population for r in d["regimens"])
    rest += [f"{BSA} (or {HEIGHT} and {WEIGHT})"] * (area and read.measured.body.area is None)
    rest = [option for option in rest if option != asked]
    return refusal.replaced(hint=f"{refusal.hint}; also needed: {', '.join(rest)}") if rest else refusal
