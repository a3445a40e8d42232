"""Which drug is this, by any name?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, cast

from monocli.engine.ambiguous import NOTHING_NEAR, ambiguous_name
from monocli.engine.answers import Answer, Note, Refusal
from monocli.engine.cited import kept
from monocli.engine.inputs import ask, asked
from monocli.engine.names import visible
from monocli.library.kinds import AGENTS, CLASSES, IDENTITY
from monocli.library.resolving import Ambiguous, find, near_match

if TYPE_CHECKING:
    from monocli.library.labels.pack import LabelPack
    from monocli.library.readings import FoundName
    from monocli.library.store import Library
    from monocli.records.monograph import Name
    from monocli.records.output.lookups import (
        AgentCard,
        Answerable,
        CountedTo,
        Lookup,
        LookupResult,
        Matched,
        MonographCard,
    )


def lookup(library: Library, query: str, fuzzy: bool = False) -> LookupResult:
    """What bears exactly this name; with `fuzzy` also the one drug that comes near beyond doubt. A name that only
    resembles others comes back with them as suggestions."""
    drug = find(library, query, mentioned=True)
    if isinstance(drug, Ambiguous):
        return {
            "query": visible(query),
            "status": "suggested",
            "matched": None,
            "monograph": None,
            "agent": None,
            "suggestions": drug.choices,
            "ambiguous": True,
        }
    if drug is not None:
        return _named(library, query, drug, "exact" if drug.kind == "monograph" else "agent")
    near = near_match(library, query, ("monograph", "agent")) if fuzzy else None
    if near is not None:
        return _named(library, query, near, "fuzzy")
    from monocli.library.suggesting import suggest

    suggestions = suggest(library, query, distant=fuzzy)
    return {
        "query": visible(query),
        "status": "suggested" if suggestions else "unknown",
        "matched": None,
        "monograph": None,
        "agent": None,
        "suggestions": suggestions,
    }


def lookup_with_labels(library: Library, pack: LabelPack | None, query: str, fuzzy: bool = False) -> LookupResult:
    """The same, with the imported labels of the name."""
    answer = lookup(library, query, fuzzy)
    if pack is None:
        return answer
    from monocli.questions.labels.looking_up import with_labels

    return with_labels(library, pack, answer, query)


def label_notices(library: Library, pack: LabelPack | None, answers: Sequence[LookupResult]) -> tuple[Note, ...]:
    """What the data ask to be shown beside answers that tell of labels."""
    if pack is None or not any("labels" in answer for answer in answers):
        return ()
    from monocli.questions.labels.joining import notices

    return notices(library, pack)


def _named(library: Library, query: str, drug: FoundName, status: Literal["exact", "agent", "fuzzy"]) -> LookupResult:
    return {
        "query": visible(query),
        "status": status,
        "matched": drug.matched,
        "monograph": monograph_card(library, drug.id) if drug.kind == "monograph" else None,
        "agent": _agent_card(library, drug.kind, drug.id) if drug.kind != "monograph" else None,
        "suggestions": [],
    }


def together(answers: Sequence[LookupResult], notes: Sequence[Note] = ()) -> Answer[Lookup] | Refusal:
    """What some names are, in one answer; `no-names` where there are none."""
    if not answers:
        hint = f'Write one name a line after "{ask("lookup")} -".'
        return Refusal("no-names", "no names were given", hint, data={"results": []})
    missing = tuple(_unknown(answer) for answer in answers if answer["status"] in ("suggested", "unknown"))
    taken = tuple(_taken_for(a["query"], a["matched"]) for a in answers if a["matched"] and a["status"] == "fuzzy")
    return Answer({"results": list(answers)}, (*taken, *notes), missing, empty=len(missing) == len(answers))


def _unknown(answer: LookupResult) -> Refusal:
    near = answer["suggestions"]
    if "ambiguous" in answer:
        return ambiguous_name(answer["query"], near)
    hint = "A suggestion resembles what was typed; whether it is meant is for you to say." if near else NOTHING_NEAR
    return Refusal("unknown-name", f"not recognised: {answer['query']!r}", hint, tuple(near))


def _taken_for(query: str, taken: Matched) -> Note:
    message = f"{query!r} is not a name in the library; taken for {taken['name']!r} because of {asked('fuzzy')}"
    return Note("fuzzy-match", message, {"query": query})


def monograph_card(library: Library, id: str) -> MonographCard:
    """Identity of a monograph's drug, without its sections' text."""
    card = library.document(IDENTITY, id)
    assert card is not None
    title: Name = {"name": card["title"], "kind": "title", "source": card["source"]}
    names = [title, *card.get("names", [])]
    identifiers, brands = card.get("identifiers", []), card.get("brands", [])
    sources = {name["source"] for name in names} | {number["source"] for number in identifiers}
    shown: MonographCard = {
        "id": card["id"],
        "title": card["title"],
        "names": names,
        "identifiers": identifiers,
        "chemistry": card.get("chemistry"),
        "brands": brands,
        "sections": [{"id": section["id"], "title": section["title"]} for section in card["sections"]],
        "sources": sorted(sources | {brand["source"] for brand in brands}),
    }
    if card.get("partner"):
        shown["answers"] = _answers(library, id)
    return shown


def _agent_card(library: Library, kind: Literal["agent", "class"], id: str) -> AgentCard:
    """A drug or class that is known only as a partner."""
    if kind == "class":
        held = library.document(CLASSES, id)
        assert held is not None
        shown = {"name": held["name"], "classes": [], **kept(held, "aliases", "source", "note")}
    else:
        agent = library.document(AGENTS, id) or library.substance(id)
        assert agent is not None
        classes = [membership["class"] for membership in agent.get("classes", [])]
        more = kept(agent, "names", "identifiers", "atc", "source", "note")
        shown = {"name": agent["name"], "classes": classes, **more}
    return cast("AgentCard", {"id": id, "kind": kind, **shown, "answers": _answers(library, id)})


def _answers(library: Library, id: str) -> Answerable:
    """What the library can be asked of a drug or class, counted without reading the rules themselves."""
    from monocli.questions.interactions import book_of

    drug = book_of(library).drug(id)
    rules = Counter(key.partition("/")[0] for key in drug.sides[0] | drug.sides[1])
    most_first = sorted(rules.items(), key=lambda pair: (-pair[1], pair[0]))
    direct = [item["by"][0] for held in drug.memberships.values() for item in held if len(item["by"]) == 1]
    return {
        "interactions": [{"source": source, "rules": count} for source, count in most_first],
        "classes": [cast("CountedTo", kept(step, "class", "name", "source", "basis")) for step in direct],
        "roles": len(drug.record.get("roles", [])),
        "mixing": drug.record.get("mixed_with", []),
    }
