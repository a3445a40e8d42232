"""Monographs: names, identifiers, chemistry, sections as statements with their literature, proprietary names."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from monocli.records.scalars import CountryCode, Flag, Id, LineRange, PrintedNumber, WholeNumber


class Name(TypedDict):
    """One name of the drug, as its source writes it."""

    name: str
    kind: str
    """From `name_kinds` in vocabulary.yaml."""
    of: NotRequired[str]
    """What the name belongs to, where that is not the drug of the monograph; for a variant, the name that it varies."""
    lang: NotRequired[str]
    """Language code from `languages` in vocabulary.yaml."""
    lang_inferred: NotRequired[Flag]
    """Yes where the source does not print the language."""
    note: NotRequired[str]
    source: NotRequired[str]


class Identifier(TypedDict):
    """A registry number or code."""

    system: str
    """From `identifier_systems` in vocabulary.yaml."""
    value: str
    of: NotRequired[str]
    """The substance that the number belongs to, where the source says so."""
    note: NotRequired[str]
    source: NotRequired[str]


class OtherChemistry(TypedDict):
    of: str
    formula: NotRequired[str]
    molecular_weight: NotRequired[PrintedNumber]
    note: NotRequired[str]
    source: NotRequired[str]


class Chemistry(TypedDict):
    formula: NotRequired[str]
    molecular_weight: NotRequired[PrintedNumber]
    """As printed: a decimal, or words such as "about 15 000"."""
    note: NotRequired[str]
    others: NotRequired[list[OtherChemistry]]
    source: NotRequired[str]


class CrossReference(TypedDict):
    """A pointer as the source gives it."""

    text: str
    supplied: Flag
    """No where it leads to pages that the library does not hold."""
    section: NotRequired[Id]
    monograph: NotRequired[Id]


class Effect(TypedDict):
    """One adverse effect that the statement names."""

    effect: str
    system: str
    """From `body_systems` in vocabulary.yaml."""


class Statement(TypedDict):
    """One fact in our own words, complete, with exact numbers and qualifiers."""

    text: str
    kind: NotRequired[str]
    """From `statement_kinds` in vocabulary.yaml."""
    references: NotRequired[list[WholeNumber]]
    """Numbers in the literature of this section."""
    lines: NotRequired[LineRange]
    see: NotRequired[list[CrossReference]]
    effect: NotRequired[str]
    system: NotRequired[str]
    effects: NotRequired[list[Effect]]
    frequency: NotRequired[str]
    """The word of the source; from `frequencies` in vocabulary.yaml. No percentage is implied."""
    fatal: NotRequired[str]
    """The words of the source on deaths; from `fatality` in vocabulary.yaml."""
    fatal_scope: NotRequired[str]
    note: NotRequired[str]
    source: NotRequired[str]


class Reference(TypedDict):
    """One entry of a section's literature, as printed."""

    number: WholeNumber
    authors: str
    title: str
    journal: NotRequired[str]
    year: NotRequired[str]
    volume: NotRequired[str]
    pages: NotRequired[str]
    url: NotRequired[str]
    accessed: NotRequired[str]
    note: NotRequired[str]
    lines: NotRequired[LineRange]
    source: NotRequired[str]


class Section(TypedDict):
    id: Id
    title: str
    lines: NotRequired[LineRange]
    subject: NotRequired[str]
    """What the statements are about, where that is not the title of the monograph."""
    note: NotRequired[str]
    see: NotRequired[list[CrossReference]]
    statements: NotRequired[list[Statement]]
    references: NotRequired[list[Reference]]
    sections: NotRequired[list[Section]]
    source: NotRequired[str]


class Pointer(TypedDict):
    """A section that another monograph holds."""

    section: Id
    title: str
    monograph: Id
    note: str


class Missing(TypedDict):
    """A standard section that the supplied pages do not hold for this drug."""

    section: Id
    note: str
    later: NotRequired[list[LaterRemark]]


class LaterRemark(TypedDict):
    """What a later source says where the printed one has nothing: shown as that, beside it."""

    text: str
    source: str


class Brand(TypedDict):
    """One proprietary name in one country."""

    country: CountryCode
    as_printed: NotRequired[str]
    name: str
    also: NotRequired[list[str]]
    note: NotRequired[str]
    source: NotRequired[str]


class MonographFile(TypedDict):
    """data/monographs/<id>.yaml"""

    id: Id
    title: str
    source: NotRequired[str]
    names: NotRequired[list[Name]]
    identifiers: NotRequired[list[Identifier]]
    chemistry: NotRequired[Chemistry]
    not_in_source: NotRequired[list[Missing]]
    pointers: NotRequired[list[Pointer]]
    sections: NotRequired[list[Section]]
    brands: NotRequired[list[Brand]]
    note: NotRequired[str]


class Card(MonographFile):
    """A monograph as it is looked up: with no more of its sections than the titles."""

    partner: NotRequired[bool]
    """A user's own monograph of a drug that the library knows as a partner or a substance."""
