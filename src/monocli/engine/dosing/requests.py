"""What is asked: everything as it was typed, so that reading and refusing happen in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monocli.engine.inputs import asked

if TYPE_CHECKING:
    from monocli.records.output.common import SourceRef, Suggestion
    from monocli.records.units import AbbreviationsFile


class Matched(NamedTuple):
    """The name that a drug was found by, where it is not the drug's own: its kind and the source that has it."""

    name: str
    kind: str
    source: str


class Recorded(NamedTuple):
    """What the interaction data have of the drug and a partner: `level` and `action` in their words.

    `beside`: another source than that of the drug's own document says it.
    """

    level: str
    action: str
    statement: str
    sources: tuple[SourceRef, ...]
    conditions: tuple[str, ...] = ()
    beside: bool = False


class Partner(NamedTuple):
    """Another drug that is given or started, as the library resolved its name.

    `status`: monograph, agent, class or unknown. `recorded` is what the interaction data have of it.
    """

    query: str
    status: str
    id: str | None = None
    name: str | None = None
    suggestions: tuple[Suggestion, ...] = ()
    matched: Matched | None = None
    recorded: tuple[Recorded, ...] = ()


class Measurement(NamedTuple):
    """A laboratory value and its upper limit of normal, as typed; `text` is None where only the limit was."""

    variable: str
    text: str | None
    uln: str | None = None

    @property
    def option(self) -> str:
        """The input that brings the value."""
        return asked(self.variable)

    @property
    def uln_option(self) -> str:
        """The input that brings its limit."""
        return asked(f"{self.variable}_uln")


class Request(NamedTuple):
    """`mono dose`: an indication (none for the list of them) and a patient. `mono adjust`: a current dose, a patient,
    and values, a wish to reduce, or a drug that is started. Texts as typed; None where not given."""

    indication: str | None = None
    current: str | None = None
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
    withheld: bool = False
    reduce: bool = False
    partners: tuple[Partner, ...] = ()
    start: tuple[Partner, ...] = ()
    drug: Partner | None = None
    """The drug itself, as its name was resolved."""
    abbreviations: AbbreviationsFile | None = None
    """The library's record of error-prone abbreviations, for reading the current dose."""


def measurements(*given: tuple[str, str | None, str | None]) -> tuple[Measurement, ...]:
    """Laboratory values from (variable, value, upper limit of normal) as typed; those of which nothing was typed are
    left out."""
    return tuple(Measurement(*value) for value in given if value[1:] != (None, None))
