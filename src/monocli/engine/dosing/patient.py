"""Who the dose is for: population from words or age, region, and the smallest age with any experience."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from monocli.engine.answers import Refusal
from monocli.engine.cited import later_notes
from monocli.engine.dosing.when import Circumstances, first
from monocli.engine.dosing.work import OWN, conflicting, listed, needed, step
from monocli.engine.inputs import AGE, POPULATION, REGION, ROUTE
from monocli.engine.names import normalise, visible
from monocli.engine.quantities.numbers import decimal_text, exact
from monocli.engine.quantities.person import bad_value
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.records.dose_shared import Labelled
    from monocli.records.doses import Population, Region
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
    message = f"{minimum['text']} No dose is given below {minimum['years']} years."
    detail = {"field": AGE, "minimum": {"value": minimum["years"], "unit": "years"}, **book.cite(minimum)}
    return Refusal("under-minimum-age", message, notes=later_notes(minimum.get("later", [])), detail=detail)


def person(book: DoseBook, population: Population | None, age: Fraction | None) -> Person | Refusal:
    """The population that applies.

    The age decides alone where its band names one population, and is held against the one given.
    """
    if age is None:
        return _without_age(book, population)
    band = first(book.age_bands, Circumstances(age=age))
    allowed = band["populations"] if band else list(book.population_ids)
    years = f"{decimal_text(age)} years"
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
