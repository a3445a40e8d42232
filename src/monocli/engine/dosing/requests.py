"""What is asked: everything as it was typed, so that reading and refusing happen in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.dosing.work import step
from monocli.engine.inputs import GIVEN, asked
from monocli.engine.names import normalise, visible
from monocli.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monocli.engine.dosing.book import DoseBook
    from monocli.records.output.common import SourceRef, Suggestion
    from monocli.records.output.dose_rules import DoseStep
    from monocli.records.units import AbbreviationsFile


class MatchedBy(Record):
    """The name that a drug was found by, where it is not the drug's own: its kind and the source that has it."""

    name: str
    kind: str
    source: str


class Recorded(Record):
    """What the interaction data have of the drug and a partner: `level`, `action` and `management` in their words.

    `beside`: another source than that of the drug's own document says it.
    """

    level: str
    action: str
    statement: str
    sources: tuple[SourceRef, ...]
    conditions: tuple[str, ...] = ()
    management: str | None = None
    beside: bool = False


class OtherDrug(Record):
    """Another drug that is given or started, as the library resolved its name.

    `status`: monograph, agent, class or unknown. `recorded` is what the interaction data have of it.
    """

    query: str
    status: str
    id: str | None = None
    name: str | None = None
    suggestions: tuple[Suggestion, ...] = ()
    matched: MatchedBy | None = None
    recorded: tuple[Recorded, ...] = ()


class Measurement(Record):
    """A laboratory value and its upper limit of normal, as typed; `text` is None where only the limit was."""

    variable: str
    text: str | None
    uln: str | None = None
    by_name: str | None = None
    """The name as typed, where the value was given as NAME=VALUE and not by an input of its own."""

    @property
    def option(self) -> str:
        """The input that brings the value."""
        return GIVEN if self.by_name is not None else asked(self.variable)

    @property
    def uln_option(self) -> str:
        """The input that brings its limit."""
        return asked(f"{self.variable}_uln")


class Request(Record):
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
    partners: tuple[OtherDrug, ...] = ()
    start: tuple[OtherDrug, ...] = ()
    given: tuple[str, ...] = ()
    """Values and facts by the names that the data have for them, as typed: NAME=VALUE."""
    values: tuple[str, ...] = ()
    """Ids of every value given that any of the drug's sources has rules for."""
    route: str | None = None
    drug: OtherDrug | None = None
    """The drug itself, as its name was resolved."""
    abbreviations: AbbreviationsFile | None = None
    """The library's record of error-prone abbreviations, for reading the current dose."""


def measurements(*given: tuple[str, str | None, str | None]) -> tuple[Measurement, ...]:
    """Laboratory values from (variable, value, upper limit of normal) as typed; those of which nothing was typed are
    left out."""
    return tuple(Measurement(*value) for value in given if value[1:] != (None, None))


def named_measurements(given: tuple[str, ...]) -> tuple[Measurement, ...]:
    """Values typed as NAME=VALUE; one without a value has none, and is asked for it."""
    found = []
    for text in given:
        name, _, value = text.partition("=")
        found.append(Measurement(normalise(name).replace(" ", "-"), value.strip(), by_name=name.strip()))
    return tuple(found)


def named_values(books: Sequence[DoseBook], given: Sequence[Measurement]) -> tuple[str, ...]:
    """The ids of the values given, as the first source that knows each has it."""
    found = (next(filter(None, (book.variable(m.variable) for book in books)), None) for m in given)
    return tuple(variable["id"] for variable in found if variable is not None)


def naming_steps(drug: OtherDrug | None, others: Sequence[OtherDrug]) -> list[DoseStep]:
    """A step for each drug that was found by another name than its own: which name that is, and who says so."""
    steps = []
    for partner in (*((drug,) if drug else ()), *others):
        found = partner.matched
        if found is not None:
            text = f"“{visible(found.name)}” is a name of {partner.name or partner.id} ({found.kind})."
            steps.append(step("name", text, {"source": found.source}, result=partner.name))
    return steps
