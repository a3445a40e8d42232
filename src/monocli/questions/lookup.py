"""Which drug is this, by any name?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from monocli.engine.answers import Answer, Note, Refusal
from monocli.engine.inputs import ask, asked
from monocli.engine.names import visible
from monocli.library.resolving import find, near_match
from monocli.library.suggesting import suggest
from monocli.questions.names import NOTHING_NEAR

if TYPE_CHECKING:
    from monocli.library.store import Library


def lookup(library: Library, query: str, fuzzy: bool = False) -> dict[str, Any]:
    """What bears exactly this name; with `fuzzy` also the one drug that comes near beyond doubt. A name that only
    resembles others comes back with them as suggestions."""
    drug = find(library, query, mentioned=True)
    status = "exact"
    if drug is None and fuzzy:
        drug, status = near_match(library, query, ("monograph", "agent")), "fuzzy"
    answer: dict[str, Any] = {
        "query": visible(query),
        "status": "unknown",
        "matched": None,
        "monograph": None,
        "agent": None,
    }
    answer["suggestions"] = []
    if drug is None:
        answer["suggestions"] = suggest(library, query, distant=fuzzy)
        answer["status"] = "suggested" if answer["suggestions"] else "unknown"
        return answer
    answer["matched"] = drug.matched
    if drug.kind == "monograph":
        answer["status"], answer["monograph"] = status, monograph_card(library, drug.id)
    else:
        answer["status"] = "agent" if status == "exact" else status
        answer["agent"] = _agent_card(library, drug.kind, drug.id)
    return answer


def together(answers: Sequence[dict[str, Any]]) -> Answer[Any] | Refusal:
    """What some names are, in one answer; `no-names` where there are none."""
    if not answers:
        hint = f'Write one name a line after "{ask("lookup")} -".'
        return Refusal("no-names", "no names were given", hint, data={"results": []})
    missing = tuple(_unknown(answer) for answer in answers if answer["status"] in ("suggested", "unknown"))
    notes = tuple(_taken_for(answer) for answer in answers if answer["status"] == "fuzzy")
    return Answer({"results": list(answers)}, notes, missing, empty=len(missing) == len(answers))


def _unknown(answer: dict[str, Any]) -> Refusal:
    near = answer["suggestions"]
    hint = "A suggestion resembles what was typed; whether it is meant is for you to say." if near else NOTHING_NEAR
    return Refusal("unknown-name", f"not recognised: {answer['query']!r}", hint, tuple(near))


def _taken_for(answer: dict[str, Any]) -> Note:
    taken = answer["matched"]["name"]
    message = f"{answer['query']!r} is not a name in the library; taken for {taken!r} because of {asked('fuzzy')}"
    return Note("fuzzy-match", message, {"query": answer["query"]})


def monograph_card(library: Library, id: str) -> dict[str, Any]:
    """Identity of a monograph's drug, without its sections' text."""
    card = library.document("cards", id)
    assert card is not None
    stated = [card, *card.get("names", []), *card.get("identifiers", []), *card.get("brands", [])]
    return {
        "id": card["id"],
        "title": card["title"],
        "names": [{"name": card["title"], "kind": "title", "source": card.get("source")}, *card.get("names", [])],
        "identifiers": card.get("identifiers", []),
        "chemistry": card.get("chemistry"),
        "brands": card.get("brands", []),
        "sections": card["sections"],
        "sources": sorted({record["source"] for record in stated if record.get("source")}),
    }


def _agent_card(library: Library, kind: str, id: str) -> dict[str, Any]:
    record = library.document("classes-by-id" if kind == "class" else "agents-by-id", id)
    assert record is not None
    card = {"id": id, "kind": kind, "name": record["name"], "classes": [m["class"] for m in record.get("classes", [])]}
    return card | {
        key: record[key] for key in ("names", "identifiers", "atc", "aliases", "source", "note") if key in record
    }
