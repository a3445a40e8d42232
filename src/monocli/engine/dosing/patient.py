"""Who the dose is for: population from words or age, region, the smallest age with any experience; and what the doses
of an indication still ask for."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from monocli.engine.answers import Refusal, bad_value
from monocli.engine.cited import later_notes
from monocli.engine.dosing.book import AREA_UNIT, measure_of
from monocli.engine.dosing.when import Circumstances, first
from monocli.engine.dosing.work import OWN, conflicting, listed, needed, step
from monocli.engine.inputs import AGE, BSA, HEIGHT, POPULATION, REGION, ROUTE, WEIGHT
from monocli.engine.names import normalise, numbered, visible
from monocli.engine.quantities.numbers import decimal_text, exact
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.engine.dosing.known import Read
    from monocli.records.dose_shared import Labelled
    from monocli.records.doses import AgeBand, Doses, Population, Region
    from monocli.records.output.dose_rules import DoseStep


Named = TypeVar("Named", bound="Labelled")


class Person(Record):
    """A population with how it was arrived at. `assumed`: neither a population nor an age was given."""

    population: str
    assumed: bool
    steps: tuple[DoseStep, ...]


def find_population(book: DoseBook, text: str) -> Population | Refusal:
    """The population of that id, label or alias."""
    return _find(book.populations, text, POPULATION)


def find_region(book: DoseBook, text: str) -> Region | Refusal:
    """The region of that id, label or alias; any other region is refused, because the source prints nothing for it."""
    return _find(book.regions, text, REGION)


def find_route(book: DoseBook, text: str) -> Labelled | Refusal:
    """The route of that id, label or alias."""
    return _find(book.routes, text, ROUTE)


def _find(choices: list[Named], text: str, option: str) -> Named | Refusal:
    key = normalise(text)
    for choice in choices:
        if key in _names(choice):
            return choice
    ids = tuple(choice["id"] for choice in choices)
    if not ids:
        return bad_value(option, "the doses of this drug are not told apart by it", f"leave out {option}")
    return bad_value(
        option, f"{visible(text)!r} is not one of {', '.join(ids)}", "the source prints doses for these only", ids
    )


def _names(choice: Labelled) -> set[str]:
    return {normalise(name) for name in (choice["id"], choice["label"], *choice.get("aliases", []))}


def too_young(book: DoseBook, age: Fraction) -> Refusal | None:
    """The refusal of an age below the printed minimum, before anything else is asked."""
    minimum = book.minimum_age
    if minimum is None or age >= exact(minimum["years"]):
        return None
    message = f"{minimum['text']} No dose is given below {numbered(minimum['years'], 'years')}."
    detail = {"field": AGE, "minimum": {"value": minimum["years"], "unit": "years"}, **book.cite(minimum)}
    return Refusal("under-minimum-age", message, notes=later_notes(minimum.get("later", [])), detail=detail)


def person(book: DoseBook, population: Population | None, age: Fraction | None) -> Person | Refusal:
    """The population that applies.

    The age decides alone where its band names one population, and is held against the one given.
    """
    if age is None:
        return _without_age(book, population)
    band = first(book.age_bands, Circumstances(age=age))
    if band is None and book.age_bands:
        return _no_such_age(book, age)
    allowed = band["populations"] if band else list(book.population_ids)
    years = numbered(decimal_text(age), "years")
    if population is not None:
        if population["id"] not in allowed:
            where = f"at {years} a person is counted among {_labels(book, allowed)}"
            return conflicting(POPULATION, AGE, where, "correct one of the two")
        return _given(population)
    if len(allowed) > 1 or band is None:
        known = " or ".join(allowed)
        message = f"an age of {years} alone does not say whether the doses for {_labels(book, allowed, 'or')} apply"
        return needed("population-needed", POPULATION, message, f"add {POPULATION} {known}", tuple(allowed))
    chosen = next(p for p in book.populations if p["id"] == allowed[0])
    text = f"An age of {years} counts among {chosen['label']}."
    shown = step("population", text, book.cite(band), inputs=f"age {years}", result=chosen["id"])
    return Person(chosen["id"], assumed=False, steps=(shown,))


def _no_such_age(book: DoseBook, age: Fraction) -> Refusal:
    """The refusal of an age outside every band: which population is named with it then changes nothing."""
    there = "; ".join(f"{_ages(band)} ({_labels(book, band['populations'])})" for band in book.age_bands)
    message = (
        f"no dose of {book.drug} is for an age of {numbered(decimal_text(age), 'years')}; there are doses for: {there}"
    )
    return Refusal("no-dose-for-population", message, detail={"field": AGE, **book.cite(book.age_bands[0])})


def _ages(band: AgeBand) -> str:
    """ "from 2 to below 12 years", "from 18 years"."""
    below = f" to below {band['below_years']}" if "below_years" in band else ""
    return f"from {numbered(band['from_years'], 'years')}" if not below else f"from {band['from_years']}{below} years"


def _given(population: Population) -> Person:
    shown = step("population", f"Population given: {population['label']}.", OWN)
    return Person(population["id"], assumed=False, steps=(shown,))


def _without_age(book: DoseBook, population: Population | None) -> Person | Refusal:
    if population is not None:
        return _given(population)
    default = book.default_population
    if default is None:
        ids, message = book.population_ids, "the doses differ by population"
        return needed("population-needed", POPULATION, message, f"add {POPULATION} {' or '.join(ids)}", ids)
    text = f"No population and no age was given: the doses for {book.who(default)} are shown."
    return Person(default, assumed=True, steps=(step("population", text, OWN),))


def _labels(book: DoseBook, ids: list[str], joint: str = "and") -> str:
    return listed([p["label"] for p in book.populations if p["id"] in ids], joint)


def age_needed(book: DoseBook, population: str) -> bool:
    """Whether this population's dose waits for the age."""
    return any(p["id"] == population and p.get("age_needed", False) for p in book.populations)


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
    needing = {r["route"] for r in doses["regimens"] if "route" in r and measure_of(r)}
    free = [r for r in dict.fromkeys(r["route"] for r in doses["regimens"] if "route" in r) if r not in needing]
    return (
        missing.replaced(hint=f"{missing.hint}; or {ROUTE} {' or '.join(free)}, which needs none") if free else missing
    )


def unclear_population(read: Read, person: Person, of_population: list[Doses]) -> Refusal | None:
    """The question for whom the dose is, where it was assumed and a measure was given that the doses do not go by."""
    measured = any(measure_of(regimen) for doses in of_population for regimen in doses["regimens"])
    if not person.assumed or not read.measured.options or measured:
        return None
    label = read.book.who(person.population)
    message = f"{read.measured.options[0]} is not used for {label}, and neither a population nor an age was given"
    choices = read.book.population_ids
    return needed("population-needed", POPULATION, message, f"add {POPULATION} {' or '.join(choices)}", choices)


def age_question(read: Read, person: Person, of_population: list[Doses]) -> Refusal:
    minimum = read.book.minimum_age
    message = (
        f"no dose is given below {numbered(minimum['years'], 'years')}, so the age must be known"
        if minimum
        else f"the age decides whether the doses for {read.book.who(person.population)} apply"
    )
    return with_rest(needed("age-needed", AGE, message, f"add {AGE}"), read, of_population, AGE)


def with_rest(refusal: Refusal, read: Read, of_population: list[Doses], asked: str) -> Refusal:
    """A question with what else the doses of a population will ask for, in the order of asking."""
    rest = [AGE] * (read.age is None)
    rest += [REGION] * (read.region is None and bool(of_population) and all("regions" in d for d in of_population))
    area = any(measure_of(r) == AREA_UNIT for d in of_population for r in d["regimens"])
    rest += [f"{BSA} (or {HEIGHT} and {WEIGHT})"] * (area and read.measured.body.area is None)
    rest = [option for option in rest if option != asked]
    return refusal.replaced(hint=f"{refusal.hint}; also needed: {', '.join(rest)}") if rest else refusal
