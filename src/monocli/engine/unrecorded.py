"""What is said of mixing where nothing is recorded: unknown, to be treated as incompatible."""

from __future__ import annotations

from typing import Any

from monocli.engine.answers import Refusal
from monocli.engine.mixing import Circumstances, Record, fold, names_of
from monocli.engine.names import visible

UNTIL_SHOWN = "Treat it as incompatible until shown otherwise."


def unknown(document: Record, name: str, subject: str, *, known: bool) -> dict[str, Any]:
    """The finding for something of which nothing is recorded; it says how to treat it."""
    said = document.get("unknown", {})
    section = {"section": said["section"]} if "section" in said else {}
    shown = visible(subject)
    said_of = "Nothing is recorded for" if known else "The library does not know this name, so nothing is recorded for"
    text = f"{said_of} {name} with {shown}. {UNTIL_SHOWN}"
    return {
        "subject": shown,
        "verdict": "unknown",
        "statement": f"{text} {said['statement']}" if said else text,
        "tested": {},
        "applies": "yes",
        "conditions": [],
        "references": [],
        "sources": [{"source": said.get("source") or document["source"], **section}] if document.get("source") else [],
    }


def nothing_with(name: str, other: Record) -> Refusal:
    """The error for another drug of which nothing is recorded, or that is not recognised."""
    if "mentioned_in" in other:
        where = other["mentioned_in"]
        message = f"{visible(other['query'])} is only mentioned in the monograph of {where}; nothing is recorded for it"
        return Refusal("only-mentioned", message, hint=UNTIL_SHOWN, detail={"query": other["query"]})
    if other["id"] is None:
        return Refusal(
            "unknown-name",
            f"not recognised: {visible(other['query'])!r}",
            hint=UNTIL_SHOWN,
            suggestions=tuple(other["suggestions"]),
            detail={"query": other["query"]},
        )
    return Refusal(
        "nothing-recorded",
        f"recognised, but nothing recorded for {name} with {other['title']}. {UNTIL_SHOWN}",
        detail={"query": other["query"]},
    )


def unknown_diluent(document: Record, diluent: str) -> Refusal:
    """The error for a diluent that is not listed; those that share a word with it are suggested first."""
    if not document.get("subjects"):
        message = f"nothing is recorded on mixing or diluting this drug with {visible(diluent)}. {UNTIL_SHOWN}"
        return Refusal("nothing-recorded", message)
    words = set(fold(diluent).split())
    known = [subject for subject in document.get("subjects", []) if subject["kind"] == "diluent"]
    shared = {subject["id"]: max(len(words & set(name.split())) for name in names_of(subject)) for subject in known}
    known.sort(key=lambda subject: -shared[subject["id"]])
    only_short = any(words < set(name.split()) for subject in known for name in names_of(subject))
    return Refusal(
        "unknown-diluent",
        f"not a diluent of which anything is recorded: {visible(diluent)!r}. {UNTIL_SHOWN}",
        hint="Write the diluent in full, with its strength." if only_short else None,
        suggestions=tuple(subject["name"] for subject in known),
    )


def nothing_on_file(drug: Record, asked: Circumstances) -> Refusal:
    """The answer for a drug of which no compatibility is recorded at all, where nothing else was named."""
    message = f"recognised, but nothing is recorded on mixing or diluting {drug['title']}. {UNTIL_SHOWN}"
    finding = unknown({}, str(drug["title"]), "anything", known=True)
    data = {
        "monograph": drug["id"],
        "name": drug["title"],
        "asked": dict(asked.shown),
        "findings": [finding],
        "steps": list(asked.steps),
        "not_checked": [],
    }
    return Refusal("nothing-recorded", message, notes=asked.notes, data=data)
