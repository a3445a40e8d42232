"""Which labels a name, a code or a drug of the library leads to, and which of them is taken first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from monocli.engine.answers import Note, Refusal
from monocli.engine.inputs import ask
from monocli.engine.names import MAX_NAME_LENGTH, normalise, visible
from monocli.library.labels.catalogues import words_of
from monocli.library.labels.pack import NAMES, PRINTED, Found, LabelPack, ndc_keys
from monocli.library.resolving import Ambiguous, find

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monocli.library.store import Library
    from monocli.records.labels import LabelCard

ORDER = (
    "Labels that bear the very name come first, then those of one substance, then the maker's own before one that "
    "another firm has packed anew, then NDA or BLA before ANDA before others, then by set id"
)
"""In which order one of several labels is taken, in words."""
_APPLICATION = re.compile(r"(?:NDA|BLA|ANDA|NADA|ANADA|IND|BN|M|PART)[ -]?\d{3,6}[A-Z]?", re.IGNORECASE)
_JOINING = {"UNII": "unii", "RxCUI": "rxcui"}
"""Registries whose numbers join a label to a drug of the library."""


class Bearing(NamedTuple):
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
    if _APPLICATION.fullmatch(query):
        codes.append(("application", re.sub(r"[ -]", "", query).upper()))
    if found := pack.by_keys(codes):
        return Bearing(_by_package(pack, found, query))
    named = pack.by_keys([(kind, key) for kind in NAMES] + [(kind, query.upper()) for kind in ("unii", "rxcui")])
    joined = pack.by_keys(joining_keys(library, query))
    known = {one.label for one in named}
    labels = [*named, *(one for one in joined if one.label not in known)]
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


def joining_keys(library: Library, name: str) -> list[tuple[str, str]]:
    """The codes that join labels to the drug that bears exactly this name."""
    drug = find(library, name, ("monograph", "agent"))
    return [] if drug is None or isinstance(drug, Ambiguous) else codes_of(library, drug.id)


def codes_of(library: Library, id: str) -> list[tuple[str, str]]:
    """The UNIIs of a drug of the library, its salts with it. RxCUI of labels number products, not substances."""
    record = library.document("cards", id) or library.document("agents-by-id", id) or library.substance(id) or {}
    numbers = record.get("identifiers", [])
    return [(_JOINING[one["system"]], str(one["value"]).upper()) for one in numbers if one["system"] in _JOINING]


def notices(library: Library, pack: LabelPack) -> tuple[Note, ...]:
    """What the data ask to be shown with every answer from them; where they ask nothing, what this library says."""
    asked = pack.notices()
    texts = [text for text in asked if not any(text != other and text in other for other in asked)]
    texts = texts or [words_of(library)["notice"]]
    return tuple(Note("label-notice", text) for text in texts)


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


def named(card: LabelCard) -> str:
    """A label with what tells it from all others."""
    return f"{visible(card['title'])} (set id {card['set_id']}, version {card['version']})"


def none_imported() -> Refusal:
    hint = f'Download labels from openFDA or DailyMed, then "{ask("labels import")} PATH".'
    return Refusal("no-labels-imported", "no labels have been imported on this computer", hint)


def no_label(query: str, names: Iterable[str] = ()) -> Refusal:
    message = f"no imported label bears this name or code: {visible(query)!r}"
    hint = f'Names are exact. "{ask("search --in labels")}" finds words in the texts of labels.'
    return Refusal("no-label", message, hint, tuple(names), detail={"query": visible(query)})
