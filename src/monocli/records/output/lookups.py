"""`data` of lookup, show, search, refs, brands, sources and data."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records import agents, library, monograph
from monocli.records.output.common import ProblemRecord, Suggestion
from monocli.records.words import Basis, Grouping


class Matched(TypedDict):
    """The name that matched, and what it is."""

    name: str
    """As its source writes it."""
    kind: str
    of: NotRequired[str]
    """The substance that it names, where that is not the drug of the monograph; for a variant, the name it varies."""
    lang: NotRequired[str]
    countries: NotRequired[list[str]]
    """ISO 3166-1 alpha-2 codes of the countries where a brand is listed."""
    note: NotRequired[str]
    source: str


class LabelNamed(TypedDict):
    """An imported label, by what tells it from all others."""

    set_id: str
    version: str
    title: str


class LabelListed(LabelNamed):
    """An imported label of a name that was looked up."""

    effective: str | None
    labeler: str | None
    application: str | None
    product_type: str | None
    repackaged: bool


class LabelsOfName(TypedDict):
    """The imported labels of a name."""

    total: int
    labels: list[LabelListed]
    """The first ones, in the order in which one is taken."""
    as_printed: bool
    """They bear the name as printed alone, and are joined to no drug of the library."""


class SectionTitle(TypedDict):
    id: str
    title: str


class MonographCard(TypedDict):
    """Identity of a monograph's drug."""

    id: str
    title: str
    names: list[monograph.Name]
    identifiers: list[monograph.Identifier]
    chemistry: monograph.Chemistry | None
    brands: list[monograph.Brand]
    sections: list[SectionTitle]
    sources: list[str]
    answers: NotRequired[Answerable]
    """Of a user's own monograph of a drug that the library knows as a partner or a substance."""


class RulesOfSource(TypedDict):
    """How many rules of a source may hold for the drug."""

    source: str
    rules: int


# `class` is a word of Python.
CountedTo = TypedDict("CountedTo", {"class": str, "name": str, "source": str | None, "basis": NotRequired[Basis]})
"""A class that a source counts the drug to; `basis` where we joined it to that source's list."""


class Answerable(TypedDict):
    """What can be asked of a drug without a monograph. There is no dose of it, and what is not counted here is not
    held."""

    interactions: list[RulesOfSource]
    """By source, most rules first: those that name the drug, a part of it or a class of it."""
    classes: list[CountedTo]
    roles: int
    """Roles at enzymes and transporters, from which interactions are predicted."""
    mixing: list[str]
    """Ids of the drugs whose compatibility files name it."""


class AgentCard(TypedDict):
    """A drug or class that is known only as a partner in interactions."""

    id: str
    kind: Literal["agent", "class"]
    name: str
    classes: list[str]
    names: NotRequired[list[agents.AgentName]]
    identifiers: NotRequired[list[agents.AgentIdentifier]]
    atc: NotRequired[list[agents.AtcCode]]
    aliases: NotRequired[list[str]]
    answers: Answerable
    source: str
    note: NotRequired[str]


class LookupResult(TypedDict):
    """What one name turned out to be."""

    query: str
    """As typed, with what cannot be seen made visible."""
    status: Literal["exact", "fuzzy", "agent", "label", "suggested", "unknown"]
    """`fuzzy`: taken for a near name because of --fuzzy. `agent`: known only as a partner in interactions. `label`: the
    library does not know the name, an imported label bears it."""
    matched: Matched | None
    monograph: MonographCard | None
    agent: AgentCard | None
    suggestions: list[Suggestion]
    ambiguous: NotRequired[bool]
    """Several drugs bear the name: `suggestions` are these, and none was picked."""
    labels: NotRequired[LabelsOfName]
    """There where labels have been imported, and some bear the name or are of the drug."""


class Lookup(TypedDict):
    results: list[LookupResult]


class ShownStatement(monograph.Statement):
    """One fact in our own words, complete, with exact numbers and qualifiers."""

    # What may be left out in the YAML is always there in JSON.
    references: list[int]  # type: ignore[misc]
    """Numbers in the literature of this section."""
    source: str  # type: ignore[misc]


class ShownReference(monograph.Reference):
    """One entry of a section's literature, as printed."""

    cited: bool
    """Whether a statement of the section cites it."""
    source: str  # type: ignore[misc]


class ShownSection(TypedDict):
    id: str
    title: str
    statements: list[ShownStatement]
    references: list[ShownReference]
    sections: list[ShownSection]
    lines: NotRequired[str]
    subject: NotRequired[str]
    note: NotRequired[str]
    see: NotRequired[list[monograph.CrossReference]]
    source: str


class GroupedEffect(TypedDict):
    """An adverse effect with what its statement says of it."""

    effect: str
    system: str
    frequency: NotRequired[str]
    """The word of the source; no percentage is implied."""
    fatal: NotRequired[str]
    """The words of the source on deaths."""
    fatal_scope: NotRequired[str]
    """`group` where the source attaches deaths to several effects together."""
    source: str
    section: str
    references: list[int]


class EffectGroup(TypedDict):
    """Adverse effects that share a body system, a frequency word, or what is said of deaths."""

    by: Grouping
    label: str
    effects: list[GroupedEffect]


class Show(TypedDict):
    monograph: str
    title: str
    sections: list[ShownSection]
    pointers: NotRequired[list[monograph.Pointer]]
    """Sections that another monograph holds; there where no section was asked for, as is `not_in_source`."""
    not_in_source: NotRequired[list[monograph.Missing]]
    groups: NotRequired[list[EffectGroup]]


class LabelHit(LabelNamed):
    """The imported label that a passage stands in."""

    effective: str | None
    number: str | None
    """Of the section, as the label numbers it."""
    labels: int
    """How many labels have these words."""


class Hit(TypedDict):
    """A passage that holds all the words."""

    monograph: str | None
    """Null for a passage of an imported label."""
    section: str | None
    title: str
    kind: Literal["statement", "reference", "section", "name", "identifier", "brand", "label"]
    text: str
    matches: list[list[int]]
    """Start and end of each word found in `text`, in characters from 0."""
    references: NotRequired[list[int]]
    reference: NotRequired[int]
    country: NotRequired[str]
    label: NotRequired[LabelHit]
    table: NotRequired[str | None]
    """There where the passage is a row of a table with the headings of its columns, "…" between several rows: the
    caption of the table."""
    source: str


class Search(TypedDict):
    query: str
    hits: list[Hit]
    """Best first; at most as many as --limit says."""
    total: int
    """How many there are in all."""
    more: NotRequired[Literal[True]]
    """There are more than `total`, which were not counted; the hits are then in no order."""


class ListedReference(ShownReference):
    monograph: str
    section: str
    section_title: str


class Refs(TypedDict):
    references: list[ListedReference]
    total: int


class CountryOfBrand(TypedDict):
    code: str
    name: str
    as_printed: str | None


class ListedBrand(TypedDict):
    monograph: str
    country: CountryOfBrand
    name: str
    also: list[str]
    note: NotRequired[str]
    source: str


class Brands(TypedDict):
    brands: list[ListedBrand]
    total: int


class ShownSource(library.Source):
    """A source by the id that answers name. Null is what its record does not say."""

    # What may be left out in the YAML is always there in JSON.
    edition: str | None  # type: ignore[misc]
    date: str | None  # type: ignore[misc]
    licence: str | None  # type: ignore[misc]
    used_for: str | None  # type: ignore[misc]


class Sources(TypedDict):
    sources: list[ShownSource]
    total: int


class DataCheck(TypedDict):
    problems: list[ProblemRecord]
    warnings: list[ProblemRecord]
    """What a person should look at, though the library can be read: a name of two drugs."""
    files: int
    """How many files hold together."""
    paths: list[str]
    own_files: NotRequired[int]
    """Of these files, those of the user's own folders; not there where there is no such folder."""


class LibraryPlace(TypedDict):
    """A place of library data. `fresh` is there for the compiled library: whether it holds what the files say now."""

    what: Literal["bundled", "checkout", "user", "compiled"]
    path: str
    exists: bool
    fresh: NotRequired[bool]


# `from` is a word of Python, so this one is written in the call form: what made this the user's own folder.
UserPlace = TypedDict("UserPlace", {"what": Literal["user"], "path": str, "exists": bool, "from": str})


class DataWhere(TypedDict):
    places: list[LibraryPlace | UserPlace]


class SchemaListed(TypedDict):
    """A form of library file, or the output of a command: one of `files` and `command` is there."""

    name: str
    files: NotRequired[str]
    """Which files have this form, below a library folder."""
    command: NotRequired[str]
    """As the envelope's `command` has it."""


class SchemaList(TypedDict):
    """Every schema; given where none was named."""

    schemas: list[SchemaListed]


class DataSchema(SchemaListed):
    schema: dict[str, Any]
    """JSON Schema, draft 2020-12."""
