"""Imported labels: data/labels.yaml, by which they are read, and what the pack of imported labels holds of each."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records.words import Action


class LabelSection(TypedDict):
    """A kind of section that labels have."""

    id: str
    """The field of openFDA."""
    loinc: str
    number: NotRequired[str]
    """The number that the US format gives it."""
    title: str
    headings: NotRequired[list[str]]
    """What labels head it with besides its title."""


class LabelQuestion(TypedDict):
    """What people ask, and the sections that answer it."""

    id: str
    title: str
    words: list[str]
    sections: list[str]
    headings: NotRequired[list[str]]
    """How sub-sections begin that have no code of their own and answer it."""


class SectionAction(TypedDict):
    """What a section says by what it is."""

    section: str
    action: Action


class ActionPhrases(TypedDict):
    """Words that say what to do."""

    action: Action
    words: list[str]


class LabelInteractions(TypedDict):
    """How sentences that name another drug are found and read."""

    sections: list[str]
    by_section: list[SectionAction]
    phrases: list[ActionPhrases]
    """Worst action first."""
    negations: list[str]
    clauses: list[str]
    """Between these a sentence is read clause by clause."""


class LabelHeadings(TypedDict):
    """How the heading of a sub-section is told from the text behind it."""

    known: list[str]
    """Headings as they are worded in the format and its guidances, `{drug}` in place of a name of the drug."""
    joined: list[str]
    """Words that stand one behind the other in headings, also where no sentence of the label has them so."""
    sentence_starts: list[str]
    """Words that begin a sentence where a small letter follows, and stand in no heading so."""
    ordinary_starts: list[str]
    """Words that begin a sentence and are no proper names; they stand in headings too."""


class LabelsFile(TypedDict):
    """data/labels.yaml"""

    source: str
    """What statements of imported labels cite."""
    notice: str
    """Shown beside what comes from labels that carry no notice of their own."""
    sections: list[LabelSection]
    headings: LabelHeadings
    questions: list[LabelQuestion]
    interactions: LabelInteractions


class LabelSubstance(TypedDict):
    """An active ingredient as the label names it."""

    name: str | None
    unii: str | None
    """Null where the label does not say which of several codes is this one's."""


class Strength(TypedDict):
    """How much of an ingredient there is in how much of the product, as written."""

    amount: str
    unit: str
    per: str
    per_unit: str
    of: NotRequired[str]
    """What the amount is of, where that is not the ingredient as named: its active moiety, or another reference."""


class Ingredient(TypedDict):
    name: str
    unii: str | None
    moiety: NotRequired[LabelSubstance]
    """What acts of it."""
    strength: NotRequired[Strength]


class LabelProduct(TypedDict):
    """A product that a label describes; a part of a kit has no code of its own."""

    ndc: str | None
    name: str
    form: NotRequired[str]
    part_of: NotRequired[str]
    """The kit that it is a part of."""
    active: list[Ingredient]
    inactive: NotRequired[list[str]]
    """What a part consists of that has no active ingredient, such as a swab."""


class LabelCard(TypedDict):
    """Whose label it is, and of what."""

    set_id: str
    version: str
    effective: str | None
    """As printed; it may be absurd."""
    title: str
    brand: str | None
    generic: str | None
    brands: list[str]
    generics: list[str]
    substances: list[LabelSubstance]
    unii: list[str]
    labeler: str | None
    application: str | None
    applications: NotRequired[list[str]]
    """Where there are several."""
    product_type: str | None
    route: list[str]
    ndc: list[str]
    package_ndc: list[str]
    rxcui: list[str]
    repackaged: bool
    """Whether it says that the product is another firm's."""
    original_ndc: NotRequired[list[str]]
    """The codes of that firm's product."""
    as_printed: str | None
    """The names of products and ingredients in one text, as openFDA has it. They join nothing."""
    products: NotRequired[list[LabelProduct]]
    document: str | None
    """Id of the document, which changes with each version."""
    format: Literal["openfda", "spl"]
    published: str | None
    """Day of the export that it was read from."""
