"""The library as a whole: its edition, its sources, its closed word lists, the countries."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from monocli.records.scalars import CountryCode, DateText, Flag, Id, WholeNumber
from monocli.records.words import Action, Route, Taken


class LibraryFile(TypedDict):
    """data/library.yaml"""

    edition: str
    title: str
    note: NotRequired[str]


class ScaleLevel(TypedDict):
    """One level of a scale in which a source grades interactions, and what we take it for."""

    id: str
    """As the source writes it."""
    label: str
    action: Action
    meaning: NotRequired[str]


class Source(TypedDict):
    """A source that statements cite by its id."""

    id: Id
    title: str
    publisher: NotRequired[str]
    date: NotRequired[DateText]
    edition: NotRequired[str]
    """As the source calls it (a number, a version, a day)."""
    detail: NotRequired[str]
    kind: str
    """From `source_kinds` in vocabulary.yaml."""
    label_of: NotRequired[list[Id]]
    """Of a product's label: the drugs that the product holds."""
    printed: Flag
    """Yes for the printed monographs, the core of the library; no for the public second layer."""
    licence: NotRequired[str]
    """As far as known; where nothing is stated, what may be taken from it all the same."""
    used_for: NotRequired[str]
    """What this library takes from it, in a few words."""
    url: NotRequired[str]
    note: NotRequired[str]
    levels: NotRequired[list[ScaleLevel]]
    """The scale of its own in which it grades interactions, worst first."""


class SourcesFile(TypedDict):
    """data/sources.yaml"""

    sources: list[Source]


class Word(TypedDict):
    """One word of a closed list."""

    id: str
    label: NotRequired[str]
    title: NotRequired[str]
    meaning: NotRequired[str]
    aliases: NotRequired[list[str]]
    note: NotRequired[str]


class SpellingPair(TypedDict):
    """A part of words that is spelt in two ways; search takes them as one."""

    uk: str
    us: str
    note: NotRequired[str]


class SearchForms(TypedDict):
    """A word and other words that search takes for it, where their endings do not show that they belong together."""

    word: str
    forms: list[str]
    note: NotRequired[str]


class LineWords(TypedDict):
    """Words that may stand beside a name in a line of a medication list, and say nothing of which drug it is."""

    id: str
    words: list[str]
    route: NotRequired[str]
    """The route that they say: systemic, or the place where the drug acts."""
    by: NotRequired[Route]
    """By which way, where it is systemic."""
    form: NotRequired[Flag]
    """They say a form that has this route where nothing else is said (a tablet may be vaginal)."""
    note: NotRequired[str]


class ListColumn(TypedDict):
    """What the columns of a table of medicines are called that hold one kind of thing."""

    id: str
    """list, names, description, substance, brand, code, status, ends, route, form or detail."""
    words: list[str]
    system: NotRequired[str]
    """Of a column of codes: from `identifier_systems`."""
    note: NotRequired[str]


class ListStatus(TypedDict):
    """Words of a status, and what they say of a medicine."""

    id: str
    taken: Taken
    why: NotRequired[str]
    """Why it is not taken, or not for certain."""
    words: list[str]


class CodeSystem(TypedDict):
    """A code system of FHIR that leads to a substance."""

    system: str
    """From `identifier_systems`."""
    label: str
    uris: list[str]
    substance_length: NotRequired[WholeNumber]
    """How long the code of one substance is; a shorter one is a class."""


class Absence(TypedDict):
    """A code that stands where a medicine would, and says that there is none."""

    code: str
    system: NotRequired[str]
    says: str


class VocabularyFile(TypedDict):
    """data/vocabulary.yaml"""

    statement_kinds: list[Word]
    name_kinds: list[Word]
    identifier_systems: list[Word]
    body_systems: list[Word]
    frequencies: list[Word]
    fatality: list[Word]
    standard_sections: list[Word]
    regions: list[Word]
    populations: list[Word]
    salts: list[Word]
    interaction_levels: list[Word]
    interaction_actions: list[Word]
    interaction_directions: list[Word]
    compat_verdicts: list[Word]
    enzyme_roles: list[Word]
    enzyme_strengths: list[Word]
    source_kinds: list[Word]
    languages: list[Word]
    spelling_pairs: list[SpellingPair]
    search_forms: NotRequired[list[SearchForms]]
    line_words: NotRequired[list[LineWords]]
    list_columns: NotRequired[list[ListColumn]]
    list_statuses: NotRequired[list[ListStatus]]
    list_intents: NotRequired[list[ListStatus]]
    list_code_systems: NotRequired[list[CodeSystem]]
    list_absences: NotRequired[list[Absence]]
    formula_groups: NotRequired[list[Word]]
    """Questions that several formulas answer."""


class Country(TypedDict):
    code: CountryCode
    name: str
    printed: NotRequired[list[str]]
    """Abbreviations by which a printed source names the country."""
    aliases: NotRequired[list[str]]


class CountriesFile(TypedDict):
    """data/countries.yaml"""

    countries: list[Country]
