"""Warnings of error-prone ways of writing, for whatever a command was given as a quantity."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from monocli.engine.answers import BAD_INPUT, Answer, Note, Refusal
from monocli.library.kinds import ABBREVIATIONS

if TYPE_CHECKING:
    from monocli.library.store import Library
    from monocli.records.units import AbbreviationsFile

T = TypeVar("T")


def abbreviations(library: Library) -> AbbreviationsFile:
    """The library's error-prone ways of writing numbers, units and frequencies."""
    found = library.document(ABBREVIATIONS, "abbreviations")
    return found or {"id": "abbreviations", "title": "", "source": "", "abbreviations": [], "writings": []}


def with_writings(library: Library, outcome: Answer[T] | Refusal, *typed: str | None) -> Answer[T] | Refusal:
    """An outcome with the warnings of what was typed; nothing is read of input that is refused as bad."""
    if isinstance(outcome, Refusal) and outcome.kind == BAD_INPUT:
        return outcome
    texts = [text for text in typed if text is not None]
    notes = _notes(library, texts) if texts else ()
    return outcome.replaced(notes=tuple({n.message: n for n in (*outcome.notes, *notes)}.values()))


def _notes(library: Library, texts: list[str]) -> tuple[Note, ...]:
    from monocli.engine.writings import writing_notes

    return writing_notes(abbreviations(library), texts)
