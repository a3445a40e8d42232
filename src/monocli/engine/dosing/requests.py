"""What is asked: everything as it was typed, so that reading and refusing happen in one place."""

from __future__ import annotations

from typing import Any, NamedTuple


class Partner(NamedTuple):
    """Another drug that is given or started, as the library resolved its name.

    `status`: monograph, agent, class or unknown.
    """

    query: str
    status: str
    id: str | None = None
    name: str | None = None
    suggestions: tuple[Any, ...] = ()


class Measurement(NamedTuple):
    """A laboratory value and its upper limit of normal, as typed; `text` is None where only the limit was."""

    variable: str
    text: str | None
    option: str
    uln: str | None = None
    uln_option: str = ""


class DoseRequest(NamedTuple):
    """`mono dose`: an indication (none for the list of them) and a patient. Texts as typed; None where not given."""

    indication: str | None = None
    population: str | None = None
    age: str | None = None
    region: str | None = None
    bsa: str | None = None
    height: str | None = None
    weight: str | None = None
    bsa_formula: str | None = None
    sex: str | None = None
    grade: str | None = None
    measurements: tuple[Measurement, ...] = ()
    partners: tuple[Partner, ...] = ()


class AdjustRequest(NamedTuple):
    """`mono adjust`: the current dose, and values, a wish to reduce, or a drug that is started."""

    current: str | None = None
    population: str | None = None
    region: str | None = None
    bsa: str | None = None
    measurements: tuple[Measurement, ...] = ()
    withheld: bool = False
    reduce: bool = False
    start: tuple[Partner, ...] = ()
