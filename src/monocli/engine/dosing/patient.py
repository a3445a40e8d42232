"""Who the dose is for: population from words or age, region, and the smallest age with any experience."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from monocli.engine.answers import Refusal
from monocli.engine.bsa import bad_value
from monocli.engine.cited import later_notes
from monocli.engine.dosing.work import OWN, cite, conflicting, listed, needed, step
from monocli.engine.inputs import AGE, POPULATION, REGION
from monocli.engine.names import normalise, visible
from monocli.engine.numbers import decimal_text, exact

if TYPE_CHECKING:
    from monocli.records.doses import AgeBand, DosesFile, Labelled, Population, Region
    from monocli.records.output.dosing import DoseStep


Named = TypeVar("Named", bound="Labelled")


class Person(NamedTuple):
    """A population with how it was arrived at. `assumed`: neither a population nor an age was given."""

    population: str
    assumed: bool
    steps: tuple[DoseStep, ...]


def find_population(document: DosesFile, text: str) -> Population | Refusal:
    """The population of that id, label or alias."""
    return _find(document["populations"], text, POPULATION)


def find_region(document: DosesFile, text: str) -> Region | Refusal:
    """The region of that id, label or alias; any other region is refused, because the source prints nothing for it."""
    return _find(document["regions"], text, REGION)


def _find(choices: list[Named], text: str, option: str) -> Named | Refusal:
    key = normalise(text)
    for choice in choices:
        if key in _names(choice):
            return choice
    ids = tuple(choice["id"] for choice in choices)
    return bad_value(
        option, f"{visible(text)!r} is not one of {', '.join(ids)}", "the source prints doses for these only", ids
    )


def _names(choice: Labelled) -> set[str]:
    return {normalise(name) for name in (choice["id"], choice["label"], *choice.get("aliases", []))}


def too_young(document: DosesFile, age: Fraction) -> Refusal | None:
    """The refusal of an age below the printed minimum, before anything else is asked."""
    minimum = document.get("minimum_age")
    if minimum is None or age >= exact(minimum["years"]):
        return None
    message = f"{minimum['text']} No dose is given below {minimum['years']} years."
    detail = {
        "field": AGE,
        "minimum": {"value": minimum["years"], "unit": "years"},
        **cite(minimum, document),
    }
    return Refusal("under-minimum-age", message, notes=later_notes(minimum.get("later", [])), detail=detail)


def person(document: DosesFile, population: Population | None, age: Fraction | None) -> Person | Refusal:
    """The population that applies.

    The age decides alone where its band names one population, and is held against the one given.
    """
    if age is None:
        return _without_age(document, population)
    band = next((b for b in document["age_bands"] if _in_band(b, age)), None)
    allowed = band["populations"] if band else [p["id"] for p in document["populations"]]
    years = f"{decimal_text(age)} years"
    if population is not None:
        if population["id"] not in allowed:
            where = f"at {years} a person is counted among {_labels(document, allowed)}"
            return conflicting(POPULATION, AGE, where, "correct one of the two")
        return Person(
            population["id"],
            assumed=False,
            steps=(step("population", f"Population given: {population['label']}.", OWN),),
        )
    if len(allowed) > 1 or band is None:
        known = " or ".join(allowed)
        message = f"an age of {years} alone does not say whether the doses for {_labels(document, allowed, 'or')} apply"
        return needed("population-needed", POPULATION, message, f"add {POPULATION} {known}", tuple(allowed))
    chosen = next(p for p in document["populations"] if p["id"] == allowed[0])
    text = f"An age of {years} counts among {chosen['label']}."
    return Person(
        chosen["id"],
        assumed=False,
        steps=(step("population", text, cite(band, document), inputs=f"age {years}", result=chosen["id"]),),
    )


def _without_age(document: DosesFile, population: Population | None) -> Person | Refusal:
    if population is not None:
        return Person(
            population["id"],
            assumed=False,
            steps=(step("population", f"Population given: {population['label']}.", OWN),),
        )
    default = document.get("default_population")
    if default is None:
        ids = tuple(p["id"] for p in document["populations"])
        return needed(
            "population-needed",
            POPULATION,
            "the doses differ by population",
            f"add {POPULATION} {' or '.join(ids)}",
            ids,
        )
    label = next(p["label"] for p in document["populations"] if p["id"] == default)
    return Person(
        default,
        assumed=True,
        steps=(step("population", f"No population and no age was given: the doses for {label} are shown.", OWN),),
    )


def _in_band(band: AgeBand, age: Fraction) -> bool:
    return exact(band["from_years"]) <= age and ("below_years" not in band or age < exact(band["below_years"]))


def _labels(document: DosesFile, ids: list[str], joint: str = "and") -> str:
    return listed([p["label"] for p in document["populations"] if p["id"] in ids], joint)


def age_needed(document: DosesFile, population: str) -> bool:
    """Whether this population's dose waits for the age."""
    return any(p["id"] == population and p.get("age_needed", False) for p in document["populations"])


def label_of(choices: Sequence[Labelled], wanted: str | None) -> str:
    """The label of a population or region by its id."""
    return next((choice["label"] for choice in choices if choice["id"] == wanted), wanted or "")
