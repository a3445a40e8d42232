"""Which labels a name, a code or a drug of the library leads to, and which of them is taken first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monocli.engine.answers import Note, Refusal
from monocli.engine.inputs import ask
from monocli.engine.names import MAX_NAME_LENGTH, normalise, visible
from monocli.library.labels.catalogues import words_of
from monocli.library.labels.keys import NAMES, PRINTED, ndc_keys
from monocli.library.labels.pack import Found, LabelPack
from monocli.library.resolving import Ambiguous, find
from monocli.questions.labels.joining import UNII, labels_of_drug, named
from monocli.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monocli.library.readings import FoundName
    from monocli.library.store import Library
    from monocli.records.labels import LabelCard
    from monocli.records.output.lookups import Matched
    from monocli.records.resolution import Resolution
    from monocli.records.words import PartyKind

ORDER = (
    "Labels that bear the very name come first, then those of one substance, then the maker's own before one that "
    "another firm has packed anew, then NDA or BLA before ANDA before others, then by set id"
)
"""In which order one of several labels is taken, in words."""
_APPLICATION = r"(?i:NDA|BLA|ANDA|NADA|ANADA|IND|BN|M|PART)[ -]?\d{3,6}[A-Za-z]?"
DRUGS: tuple[PartyKind, ...] = ("monograph", "agent")


class Bearing(Record):
    """The labels of a name, the one to take first."""

    labels: list[Found]
    as_printed: bool = False
    """Found by the names as printed alone, which join no drug of the library."""


def bearing(library: Library, pack: LabelPack, query: str) -> Bearing:
    """The labels that a set id, an NDC, an application number or a name leads to; none where nothing does.

    A name is that of a label itself or any exact name of a drug of the library that the label's UNII joins it to.
    """
    query = query.strip()
    key = normalise(query) if len(query) <= MAX_NAME_LENGTH else ""
    if not key or not key.isprintable():
        return Bearing([])
    codes = [("set", query.casefold()), *(("ndc", ndc) for ndc in ndc_keys(query))]
    if re.fullmatch(_APPLICATION, query):
        codes.append(("application", re.sub(r"[ -]", "", query).upper()))
    if found := pack.by_keys(codes):
        return Bearing(_by_package(pack, found, query))
    named = pack.by_keys([(kind, key) for kind in NAMES] + [(kind, query.upper()) for kind in ("unii", "rxcui")])
    known = {one.label for one in named}
    labels = [*named, *(one for one in joined_to(library, pack, query) if one.label not in known)]
    if labels:
        return Bearing(labels)
    return Bearing(pack.by_keys([(PRINTED, key)]), as_printed=True)


def _by_package(pack: LabelPack, found: list[Found], query: str) -> list[Found]:
    """Of labels found by the product of a package's NDC those that list the package, where any does."""
    digits = re.sub(r"\D", "", query)
    listing = [
        one
        for one in found
        if one.kind == "ndc" and any(re.sub(r"\D", "", code) == digits for code in pack.card(one.label)["package_ndc"])
    ]
    return listing or found


def joined_to(library: Library, pack: LabelPack, name: str) -> list[Found]:
    """The labels of the drug of the library that bears exactly this name."""
    drug = find(library, name, DRUGS)
    return [] if drug is None or isinstance(drug, Ambiguous) else labels_of_drug(library, pack, drug.id)


def drug_of_label(library: Library, card: LabelCard) -> FoundName | None:
    """The drug of the library that a label of one substance is joined to; None where no code joins it."""
    if len(card["unii"]) != 1 or len(card["substances"]) != 1:
        return None
    for name in (f"{UNII} {card['unii'][0]}", card["substances"][0]["name"] or ""):
        drug = find(library, name, DRUGS)
        if drug is not None and not isinstance(drug, Ambiguous):
            return drug
    return None


def by_label(library: Library, pack: LabelPack, name: str) -> Resolution | None:
    """The drug of the library to which a code joins all labels that bear exactly this brand or generic name; None where
    none bears it, one is not joined, or they are of several drugs."""
    key = normalise(name) if len(name) <= MAX_NAME_LENGTH else ""
    if not key or not key.isprintable():
        return None
    cards = [pack.card(one.label) for one in pack.by_keys([("brand", key), ("generic", key)])]
    drugs = [drug_of_label(library, card) for card in cards]
    found = {drug.id: drug for drug in drugs if drug is not None}
    if len(found) != 1 or None in drugs:
        return None
    ((_, drug),) = found.items()
    written = next(
        (one for card in cards for one in (*card["brands"], *card["generics"]) if normalise(one) == key), name
    )
    matched: Matched = {
        "name": visible(written),
        "kind": "brand",
        "of": drug.title,
        "note": f"by the UNII of {named(cards[0])}",
        "source": words_of(library)["source"],
    }
    return {
        "query": visible(name),
        "status": drug.kind,
        "id": drug.id,
        "title": drug.title,
        "matched": matched,
        "suggestions": [],
    }


def chosen(pack: LabelPack, query: str, bearing: Bearing) -> tuple[LabelCard, tuple[Note, ...]]:
    """The label that is taken of several, and the note that says so."""
    card = pack.card(bearing.labels[0].label)
    notes = []
    if len(bearing.labels) > 1:
        many = f"{len(bearing.labels)} labels answer to {visible(query)!r}"
        message = f"{many}; this is {named(card)}. {ORDER}"
        notes.append(Note("one-of-many-labels", message, {"query": visible(query)}))
    if bearing.as_printed:
        message = "found by its names as printed; without a code it is joined to no drug of the library"
        notes.append(Note("label-as-printed", message, {"query": visible(query)}))
    return card, tuple(notes)


def none_imported() -> Refusal:
    hint = f'Download labels from openFDA or DailyMed, then "{ask("labels import")} PATH".'
    return Refusal("no-labels-imported", "no labels have been imported on this computer", hint)


def no_label(query: str, names: Iterable[str] = ()) -> Refusal:
    message = f"no imported label bears this name or code: {visible(query)!r}"
    hint = f'Names are exact. "{ask("search --in labels")}" finds words in the texts of labels.'
    return Refusal("no-label", message, hint, tuple(names), detail={"query": visible(query)})
