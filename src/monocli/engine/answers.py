"""What every engine function and every question returns: an `Answer`, or a `Refusal` that says why not and what is
missing.

There is no third way: no None for "could not", no NaN, no text that means failure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from monocli.engine.names import visible
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.records.words import RefusalKind

NO_ANSWER: Final = "no-answer"
BAD_INPUT: Final = "bad-input"
"""The words of `RefusalKind`, which is loaded only by whoever needs its list."""
MAX_TEXT = 100
"""Longer text is no value of a person or a dose."""
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


def bad_value(
    option: str, message: str, hint: str | None = None, suggestions: tuple[object, ...] = (), *, code: str = "bad-value"
) -> Refusal:
    """The refusal of one input value: names the option that brought it."""
    return Refusal(code, f"{option}: {message}", hint, suggestions, kind=BAD_INPUT, detail={"field": option})


def not_readable(option: str, inner: Refusal, hint: str | None = None) -> Refusal:
    """A reader's refusal, as the refusal of an option's value."""
    return bad_value(option, inner.message, inner.hint if inner.suggestions else hint or inner.hint, inner.suggestions)


def too_long(text: str, option: str, hint: str | None = None) -> Refusal | None:
    """The refusal of text that is far longer than any value; it is not looked at further."""
    return bad_value(option, f"not a value: {visible(text, MAX_TEXT)!r}", hint) if len(text) > MAX_TEXT else None


def refuse_at(
    code: str,
    message: str,
    text: str,
    start: int,
    end: int,
    *,
    hint: str | None = None,
    suggestions: tuple[str, ...] = (),
) -> Refusal:
    """A refusal that points into what was typed.

    `detail` has the input, the position, and `caret`: the input with carets under the part that could not be read.
    """
    shown = visible(text)
    start = min(start, len(shown))
    width = max(1, min(end, len(shown)) - start)
    detail = {"input": shown, "position": start, "caret": f"{shown}\n{' ' * start}{'^' * width}"}
    return Refusal(code, message, hint, suggestions, kind=BAD_INPUT, detail=detail)
