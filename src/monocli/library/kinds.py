"""The kinds of records that a pack holds, each with the type of its records: what is written or read under a kind is of
that type.

Every command loads this module, so it imports nothing. A record is held to its type when the library is compiled, and
not again when it is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from monocli.records.agents import Agent, CombinationCard, DrugClass, Enzyme, EnzymesFile
    from monocli.records.body import BodyFile
    from monocli.records.compatibility import CompatibilityFile
    from monocli.records.doses import DosesFile
    from monocli.records.formulas import Compiled, FormulaFile, FormulaIndex
    from monocli.records.interactions import InteractionsFile, StoredDoubled, StoredParty, StoredRule
    from monocli.records.labels import LabelsFile
    from monocli.records.library import (
        Absence,
        CodeSystem,
        Country,
        LineWords,
        ListColumn,
        ListStatus,
        SearchForms,
        Source,
        SpellingPair,
        VocabularyFile,
        Word,
    )
    from monocli.records.measures import MeasureFile
    from monocli.records.monograph import Card, MonographFile
    from monocli.records.units import AbbreviationsFile, UnitsDocument

T = TypeVar("T")


class Kind(Generic[T]):
    """The name under which records of one type are stored by their ids."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


MONOGRAPHS: Kind[MonographFile] = Kind("monographs")
CARDS: Kind[MonographFile] = Kind("cards")
"""Monographs with no more of their sections than the titles."""
IDENTITY: Kind[Card] = Kind("cards")
"""The same, with whether the drug is a partner too."""
AGENTS: Kind[Agent] = Kind("agents-by-id")
CLASSES: Kind[DrugClass] = Kind("classes-by-id")
ENZYMES: Kind[Enzyme] = Kind("enzymes-by-id")
ENZYME_FILES: Kind[EnzymesFile] = Kind("agents")
"""One of them, "enzymes"."""
SUBSTANCES: Kind[Agent] = Kind("substances")
"""Drugs of the tables, known by their names and numbers alone."""
COMBINATIONS: Kind[list[CombinationCard]] = Kind("combinations")
"""By the ids of their parts, with a plus sign between them."""
SOURCES: Kind[Source] = Kind("sources-by-id")
COUNTRIES: Kind[Country] = Kind("countries-by-id")

PARTIES: Kind[StoredParty] = Kind("parties")
RULES: Kind[StoredRule] = Kind("rules")
RULE_KEYS: Kind[tuple[list[str], list[str]]] = Kind("rule-keys")
"""For each key of a party the rules in which it stands first, and those in which it stands second."""
DOUBLED: Kind[StoredDoubled] = Kind("doubled")
"""What doubling is taken for: one record, of this id as well."""

LITERATURE: Kind[list[str]] = Kind("literature")
"""Ids of monographs by "year:2006" or "journal:blood" of a reference."""
AUTHORS: Kind[list[str]] = Kind("authors")
"""Ids of monographs by each three letters of the authors of a reference."""
BRANDS_IN: Kind[list[str]] = Kind("brands-in")
"""Ids of monographs by the code of a country."""

DOSES: Kind[DosesFile] = Kind("doses")
BODY: Kind[BodyFile] = Kind("measures")
"""One of the files of measures, "body"."""
INTERACTIONS: Kind[InteractionsFile] = Kind("interactions")
FORMULAS: Kind[FormulaFile] = Kind("formulas")
VOCABULARY: Kind[VocabularyFile] = Kind("vocabulary")
COMPATIBILITY: Kind[CompatibilityFile] = Kind("compatibility")
UNITS: Kind[UnitsDocument] = Kind("units")
ABBREVIATIONS: Kind[AbbreviationsFile] = Kind("units")
"""One of the files of units, "abbreviations"."""
MEASURES: Kind[MeasureFile] = Kind("measures")
LABELS: Kind[LabelsFile] = Kind("labels")
"""How imported labels are read: one record, of this id as well."""
CALCULATIONS: Kind[Compiled] = Kind("calculations")
FORMULA_INDEX: Kind[FormulaIndex] = Kind("formula-index")
"""One record, "all"."""

# The closed lists of words, by their keys in the vocabulary; most of them hold plain words.
WORDS: Kind[list[Word]] = Kind("words")
LINE_WORDS: Kind[list[LineWords]] = Kind("words")
LIST_COLUMNS: Kind[list[ListColumn]] = Kind("words")
LIST_STATUSES: Kind[list[ListStatus]] = Kind("words")
CODE_SYSTEMS: Kind[list[CodeSystem]] = Kind("words")
SPELLING_PAIRS: Kind[list[SpellingPair]] = Kind("words")
SEARCH_FORMS: Kind[list[SearchForms]] = Kind("words")
ABSENCES: Kind[list[Absence]] = Kind("words")
