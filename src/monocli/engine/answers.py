"""What every engine function and every question returns: an `Answer`, or a `Refusal` that says why not and what is
missing.

There is no third way: no None for "could not", no NaN, no text that means failure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from monocli.records.record import Record
from monocli.records.words import BAD_INPUT as BAD_INPUT
from monocli.records.words import NO_ANSWER as NO_ANSWER
from monocli.records.words import RefusalKind

T = TypeVar("T", covariant=True)
NOTHING_MORE: Mapping[str, object] = {}


class Note(Record):
    """A warning that stands beside an answer: a fixed code for scripts, a sentence for people, and further keys of
    `WarningRecord`; `field` among them is the input that it is about."""

    code: str
    message: str
    detail: Mapping[str, object] = NOTHING_MORE

    def as_json(self) -> dict[str, object]:
        return {"code": self.code, "message": self.message, **self.detail}


class Refusal(Record):
    """No answer, with the reason.

    `code` is fixed for scripts, `message` says what was wrong and where, `hint` what to do next. `suggestions` are
    names that resemble an unknown one, or the choices where more than one thing was meant; they are offered, never
    acted on. `kind` tells a library without an answer from a question that is wrong or incomplete. `detail` holds
    further keys of `ErrorRecord`; `field` (or `fields`, where two contradict each other) among them names the input
    that is at fault or missing. `notes` are warnings found on the way, `data` what is known in spite of the refusal
    (never a dose).
    """

    code: str
    message: str
    hint: str | None = None
    suggestions: tuple[object, ...] = ()
    kind: RefusalKind = NO_ANSWER
    detail: Mapping[str, object] = NOTHING_MORE
    notes: tuple[Note, ...] = ()
    data: Mapping[str, object] | None = None

    def as_json(self) -> dict[str, object]:
        error: dict[str, object] = {"code": self.code, "message": self.message}
        if self.hint:
            error["hint"] = self.hint
        if self.suggestions:
            error["suggestions"] = list(self.suggestions)
        return {**error, **self.detail}


class Answer(Record, Generic[T]):
    """An answer: `data` exactly as the command's JSON `data` shows it, with the warnings that stand beside it.

    `refusals` are the parts of the question that could not be answered; an answer that has any is partial. It is
    `empty` where that is every part: `data` then says what was asked and no more.
    """

    data: T
    notes: tuple[Note, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    empty: bool = False
