"""`data` of lookup, show, search, refs, brands, data and help."""

from __future__ import annotations

from typing import Any, Literal

from typing_extensions import NotRequired, TypedDict

from monocli.records import monograph
from monocli.records.output.common import Suggestion


class Matched(TypedDict):
    """The name that matched, and what it is."""

    name: str
    kind: str
    of: NotRequired[str]
    lang: NotRequired[str]
    countries: NotRequired[list[str]]
    note: NotRequired[str]
    source: NotRequired[str]


class SectionTitle(TypedDict):
    id: str
    title: str


class MonographCard(TypedDict):
    id: str
    title: str
    names: list[monograph.Name]
    identifiers: list[monograph.Identifier]
    chemistry: monograph.Chemistry | None
    brands: list[monograph.Brand]
    sections: list[SectionTitle]
    sources: list[str]


class AgentCard(TypedDict):
    """A drug or class that is known only as a partner in interactions."""

    id: str
    kind: Literal["agent", "class"]
    name: str
    classes: list[str]
    names: NotRequired[list[dict[str, Any]]]
    identifiers: NotRequired[list[dict[str, Any]]]
    atc: NotRequired[list[dict[str, Any]]]
    aliases: NotRequired[list[str]]
    source: NotRequired[str]
    note: NotRequired[str]


class LookupResult(TypedDict):
    query: str
    status: Literal["exact", "fuzzy", "agent", "suggested", "unknown"]
    matched: Matched | None
    monograph: MonographCard | None
    agent: AgentCard | None
    suggestions: list[Suggestion]


class Lookup(TypedDict):
    results: list[LookupResult]


class ShownStatement(monograph.Statement):
    """`references` is always there."""


class ShownReference(monograph.Reference):
    cited: bool


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
    source: NotRequired[str]


class EffectGroup(TypedDict):
    """Adverse effects that share a body system, a frequency word, or what is said of deaths."""

    by: str
    label: str
    effects: list[dict[str, Any]]


class Show(TypedDict):
    monograph: str
    title: str
    sections: list[ShownSection]
    pointers: NotRequired[list[monograph.Pointer]]
    not_in_source: NotRequired[list[monograph.Missing]]
    groups: NotRequired[list[EffectGroup]]


class Hit(TypedDict):
    monograph: str
    section: str | None
    title: str
    kind: Literal["statement", "reference", "section", "name", "identifier", "brand"]
    text: str
    matches: list[list[int]]
    references: NotRequired[list[int]]
    reference: NotRequired[int]
    country: NotRequired[str]
    source: NotRequired[str]


class Search(TypedDict):
    query: str
    hits: list[Hit]
    total: int


class ListedReference(ShownReference):
    monograph: str
    section: str
    section_title: str


class Refs(TypedDict):
    references: list[ListedReference]
    total: int


class Country(TypedDict):
    code: str
    name: str
    as_printed: str | None


class ListedBrand(TypedDict):
    monograph: str
    country: Country
    name: str
    also: list[str]
    note: NotRequired[str]
    source: NotRequired[str]


class Brands(TypedDict):
    brands: list[ListedBrand]
    total: int


class Problem(TypedDict):
    file: str
    line: int
    column: int
    path: str
    code: str
    message: str


class DataCheck(TypedDict):
    problems: list[Problem]
    files: int
    paths: list[str]


class Place(TypedDict):
    what: Literal["bundled", "checkout", "user", "compiled"]
    path: str
    exists: bool
    fresh: NotRequired[bool]


# `from` is a word of Python, so this one is written in the call form.
UserPlace = TypedDict("UserPlace", {"what": Literal["user"], "path": str, "exists": bool, "from": str})


class DataWhere(TypedDict):
    places: list[Place | UserPlace]


class DataSchema(TypedDict):
    schemas: NotRequired[list[dict[str, str]]]
    name: NotRequired[str]
    files: NotRequired[str]
    schema: NotRequired[dict[str, Any]]
