"""The imported labels of a name that is looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.engine.names import normalise, visible
from monocli.library.labels.catalogues import words_of
from monocli.library.labels.keys import PRINTED
from monocli.library.labels.pack import LabelPack
from monocli.questions.labels.finding import Bearing, bearing

if TYPE_CHECKING:
    from monocli.library.store import Library
    from monocli.records.labels import LabelCard
    from monocli.records.output.lookups import LabelListed, LabelsOfName, LookupResult, Matched

_FEW = 5
_KINDS = {"set": "set id", "ndc": "NDC", "application": "application number", "unii": "UNII", "rxcui": "RxCUI"}


def with_labels(library: Library, pack: LabelPack, answer: LookupResult, query: str) -> LookupResult:
    """The answer with the labels that there are. A name that only a label bears is found by it."""
    found = bearing(library, pack, query)
    if not found.labels or "ambiguous" in answer:
        return answer
    cards = [pack.card(one.label) for one in found.labels[:_FEW]]
    labels: LabelsOfName = {
        "total": len(found.labels),
        "labels": [_listed(card) for card in cards],
        "as_printed": found.as_printed,
    }
    whole: LookupResult = {**answer, "labels": labels}
    if answer["status"] in ("unknown", "suggested"):
        whole |= {"status": "label", "matched": _matched(library, found, cards[0], query), "suggestions": []}
    return whole


def _listed(card: LabelCard) -> LabelListed:
    keys = ("set_id", "version", "title", "effective", "labeler", "application", "product_type", "repackaged")
    return cast("LabelListed", {key: card[key] for key in keys})  # type: ignore[literal-required]


def _matched(library: Library, found: Bearing, card: LabelCard, query: str) -> Matched:
    """The name by which a label was found, as the label writes it."""
    kind = found.labels[0].kind
    source = words_of(library)["source"]
    if kind in _KINDS or kind == PRINTED:
        return {"name": visible(query.strip()), "kind": _KINDS.get(kind, "as printed"), "source": source}
    key = normalise(query)
    written = {
        "brand": card["brands"],
        "generic": card["generics"],
        "substance": [one["name"] for one in card["substances"] if one["name"]],
    }
    name = next((name for name in written[kind] if normalise(name) == key), query.strip())
    return {"name": visible(name), "kind": kind, "source": source}
