"""What is said of mixing where nothing is recorded: unknown, to be treated as incompatible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.answers import Refusal
from monocli.engine.cited import source_of
from monocli.engine.mixing import MixingConditions
from monocli.engine.mixing_book import MixingBook, fold, names_of
from monocli.engine.mixing_verdicts import verdicts
from monocli.engine.names import visible

if TYPE_CHECKING:
    from monocli.records.output.common import SourceRef
    from monocli.records.output.compatibility import Compatibility, CompatibilityFinding
    from monocli.records.resolution import Resolution

UNTIL_SHOWN = "Treat it as incompatible until shown otherwise."


def unknown(book: MixingBook, subject: str, *, known: bool) -> CompatibilityFinding:
    """The finding for something of which nothing is recorded; it says how to treat it."""
    shown = visible(subject)
    said_of = "Nothing is recorded for" if known else "The library does not know this name, so nothing is recorded for"
    text = f"{said_of} {book.name} with {shown}. {UNTIL_SHOWN}"
    sources: list[SourceRef] = []
    if book.document is not None:
        said = book.document.get("unknown")
        text = f"{text} {said['statement']}" if said else text
        sources.append(source_of(said or book.document))
    return {
        "subject": shown,
        "verdict": "unknown",
        "statement": text,
        "tested": {},
        "applies": "yes",
        "conditions": [],
        "references": [],
        "sources": sources,
        "bearing": "answer",
    }


def nothing_with(name: str, other: Resolution) -> Refusal:
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


def unknown_diluent(book: MixingBook, diluent: str) -> Refusal:
    """The error for a diluent that is not listed; those that share a word with it are suggested first."""
    if not book.subjects:
        message = f"nothing is recorded on mixing or diluting this drug with {visible(diluent)}. {UNTIL_SHOWN}"
        return Refusal("nothing-recorded", message)
    words = set(fold(diluent).split())
    known = [subject for subject in book.subjects if subject["kind"] == "diluent"]
    shared = {subject["id"]: max(len(words & set(name.split())) for name in names_of(subject)) for subject in known}
    known.sort(key=lambda subject: -shared[subject["id"]])
    only_short = any(words < set(name.split()) for subject in known for name in names_of(subject))
    return Refusal(
        "unknown-diluent",
        f"not a diluent of which anything is recorded: {visible(diluent)!r}. {UNTIL_SHOWN}",
        hint="Write the diluent in full, with its strength." if only_short else None,
        suggestions=tuple(subject["name"] for subject in known),
    )


def nothing_on_file(book: MixingBook, asked: MixingConditions) -> Refusal:
    """The answer for a drug of which no compatibility is recorded at all, where nothing else was named."""
    message = f"recognised, but nothing is recorded on mixing or diluting {book.name}. {UNTIL_SHOWN}"
    findings = [unknown(book, "anything", known=True)]
    data: Compatibility = {
        "monograph": book.id,
        "name": book.name,
        "asked": asked.shown,
        "verdicts": verdicts(findings),
        "instead": [],
        "findings": findings,
        "steps": list(asked.steps),
        "not_checked": [],
    }
    return Refusal("nothing-recorded", message, notes=asked.notes, data=data)
