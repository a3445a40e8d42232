"""A user's own folder laid over the bundled library: it adds, and never silently replaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.names import normalise
from monocli.library.documents import Document, Documents
from monocli.library.kinds import AGENTS, MONOGRAPHS, SUBSTANCES

if TYPE_CHECKING:
    from monocli.library.pack import Pack
    from monocli.records.agents import AgentName

ADDITIVE = ("names", "identifiers", "brands", "not_in_source", "classes", "roles", "atc", "aliases")
"""Lists that a second file may make longer."""
_BY_ID = (
    *("sections", "agents", "classes", "enzymes", "transporters", "sources", "countries", "measures"),
    *("rules", "members", "filed_under", "subjects", "statements"),
)
"""Lists of records with an id, to which a second file may add records of new ids."""


def merge(base: Documents, over: Documents) -> Documents:
    """The documents of both. What would replace something that `base` holds becomes a problem of the file that
    tries."""
    merged = {(item.kind, item.id): item for item in base}
    for item in over:
        first = merged.get((item.kind, item.id))
        item.over = bool(base.items)
        merged[item.kind, item.id] = _combined(first, item) if first else item
    return Documents(list(merged.values()))


def join_partners(documents: Documents, beside: Pack | None) -> None:
    """A user's own monograph of a drug that the library knows as a partner or a substance has its names and numbers
    too, each with the source that gives it."""
    agents = {agent["id"]: agent for document, path, agent in documents.listed(AGENTS) if not document.at_fault(path)}
    for document, monograph in documents.of(MONOGRAPHS):
        agent = agents.get(document.id) or (beside.document(SUBSTANCES, document.id) if beside else None)
        if not document.over or document.held or agent is None:
            continue
        called: list[AgentName] = [{"name": agent["name"], "kind": "synonym", "source": agent.get("source", "")}]
        held = {normalise(name["name"]) for name in monograph.get("names", [])} | {normalise(monograph["title"])}
        more = [name for name in (*called, *agent.get("names", [])) if normalise(name["name"]) not in held]
        known = {(number["system"], number["value"]) for number in monograph.get("identifiers", [])}
        numbers = [n for n in agent.get("identifiers", []) if (n["system"], n["value"]) not in known]
        document.value["names"] = [*monograph.get("names", []), *more]
        document.value["identifiers"] = [*monograph.get("identifiers", []), *numbers]


def _combined(first: Document, second: Document) -> Document:
    assert second.source is not None
    value = dict(first.value)
    for key, added in second.value.items():
        longer = second.kind == "vocabulary" or (second.kind != "labels" and key in (*ADDITIVE, *_BY_ID))
        if key not in value:
            value[key] = added
            if not longer and second.kind != MONOGRAPHS.name:
                message = f"would add `{key}` to the bundled {second.name}; what it says is not yours to complete"
                second.source.problem((key,), message, "replaces-bundled")
        elif isinstance(value[key], list) and longer:
            new = _new_records(key, value[key], added, second)
            second.source.moved[key] = {len(value[key]) + place: index for place, index in enumerate(new)}
            value[key] = value[key] + list(new.values())
        elif value[key] != added and key != "source":
            message = f"would replace the bundled {key} of {second.kind} {second.id}; a user's file may only add"
            second.source.problem((key,), message, "replaces-bundled")
    if first.source is not None:
        second.source.problems += first.source.problems
        second.source.warnings += first.source.warnings
        second.source.unlisted += first.source.unlisted
    return Document(first.kind, first.id, value, second.source, over=True, held=frozenset(first.value))


def _new_records(key: str, held: list[object], added: list[object], second: Document) -> dict[int, object]:
    """The added records that are not there yet, by their place in the list; one with the id of a bundled record but
    another content is a problem."""
    assert second.source is not None
    by_id = {r.get("id") or r.get("code"): r for r in held if isinstance(r, dict)} if key in _BY_ID else {}
    new = {}
    for index, record in enumerate(added):
        identity = isinstance(record, dict) and (record.get("id") or record.get("code"))
        if identity and identity in by_id:
            if by_id[identity] != record:
                message = f"would replace the bundled {key} record {identity!r}; a user's file may only add"
                second.source.problem((key, index), message, "replaces-bundled")
        elif record not in held:
            new[index] = record
    return new
