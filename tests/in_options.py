"""Outcomes of the engine in the words of the command line, as its users read them."""

from __future__ import annotations

from typing import Any, overload

from monocli.cli.wording import as_json, worded
from monocli.engine.answers import Answer, Note, Refusal


@overload
def in_options(outcome: Refusal) -> Refusal: ...
@overload
def in_options(outcome: Answer[Any]) -> Answer[Any]: ...
@overload
def in_options(outcome: Answer[Any] | Refusal) -> Answer[Any] | Refusal: ...
def in_options(outcome: Answer[Any] | Refusal) -> Answer[Any] | Refusal:
    """The same answer or refusal, its inputs named as options."""
    notes = tuple(in_options_note(note) for note in outcome.notes)
    if isinstance(outcome, Answer):
        return outcome.replaced(notes=notes, refusals=tuple(map(in_options, outcome.refusals)))
    said = as_json(outcome)
    detail = {key: said[key] for key in said if key not in ("code", "message", "hint", "suggestions")}
    hint = outcome.hint and worded(outcome.hint)
    return outcome.replaced(message=worded(outcome.message), hint=hint, detail=detail, notes=notes)


def in_options_note(note: Note) -> Note:
    said = as_json(note)
    return Note(str(said.pop("code")), str(said.pop("message")), said)
