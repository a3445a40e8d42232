"""What is recorded between drugs, or of one?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from monocli.engine.answers import Answer, Refusal
from monocli.engine.interactions.check import check
from monocli.engine.interactions.index import Index
from monocli.engine.interactions.single import recorded
from monocli.library.resolving import resolve

if TYPE_CHECKING:
    from monocli.library.store import Library


def interactions(library: Library, names: Sequence[str]) -> Answer[Any] | Refusal:
    """Every pair of several names, or all that is recorded of one; names are exact, and one that is not recognised is
    a refusal beside the answer."""
    mentions = [mention(library, name) for name in names]
    if len(mentions) == 1:
        return recorded(whole_index(library), mentions[0], library.edition)
    return check(index_for(library, mentions), mentions, library.edition)


def mention(library: Library, name: str) -> dict[str, Any]:
    """What a name of a list is."""
    return dict(resolve(library, name))


def index_for(library: Library, mentions: list[dict[str, Any]]) -> Index:
    """An index with the drugs of one list and no more; with everything where a class is asked for as a whole."""
    if any(mention["status"] == "class" for mention in mentions):
        return whole_index(library)
    ids = dict.fromkeys(mention["id"] for mention in mentions if mention["id"] is not None)
    records: dict[str, dict[str, Any]] = {}
    for mention in mentions:
        if mention["id"] is not None:
            held = library.document("agents-by-id", mention["id"]) or {}
            records[mention["id"]] = {
                "name": mention["title"],
                **held,
                "id": mention["id"],
                "kind_of_party": mention["status"],
            }
    for record in list(records.values()):
        for component in record.get("components", []):
            part = library.document("agents-by-id", component)
            if part is not None:
                records.setdefault(component, part)
    for id in list(ids):
        ids.update(dict.fromkeys((library.document("interactions", id) or {}).get("see_also", [])))
    files = {kind: [library.document(kind, drug_id) for drug_id in ids] for kind in ("interactions", "compatibility")}
    documents, mixtures = ([file for file in found if file is not None] for found in files.values())
    return _index(library, list(records.values()), documents, mixtures)


def whole_index(library: Library) -> Index:
    """An index with every drug and class of the library."""
    records = {record["id"]: record for record in library.agents()}
    for card in library.documents("cards"):
        held = records.get(card["id"], {})
        records[card["id"]] = {"name": card["title"], **held, "id": card["id"], "kind_of_party": "monograph"}
    for group in library.classes():
        known: dict[str, Any] = {key: group[key] for key in ("id", "name", "source") if key in group}
        records.setdefault(group["id"], {**known, "kind_of_party": "class"})
    documents, mixtures = library.documents("interactions"), library.documents("compatibility")
    return _index(library, list(records.values()), documents, mixtures)


def _index(
    library: Library,
    records: list[dict[str, Any]],
    documents: list[dict[str, Any]],
    mixtures: list[dict[str, Any]],
) -> Index:
    return Index(records, library.classes(), library.document("agents", "enzymes"), documents, mixtures)
