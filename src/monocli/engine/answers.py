"""What every engine function returns: an `Answer`, or a `Refusal` that says why not and what is missing.

There is no third way: no None for "could not", no NaN, no text that means failure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from monocli.engine.exits import BAD_INPUT as BAD_INPUT
from monocli.engine.exits import NO_ANSWER as NO_ANSWER


@dataclass(frozen=True, slots=True)
class Note:
    """A warning that stands beside an answer: a fixed code for scripts, a sentence for people, and further fields."""

    code: str
    message: str
    detail: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.message, **self.detail}


@dataclass(frozen=True, slots=True)
class Refusal:
    """No answer, with the reason.

    `code` is fixed for scripts, `message` says what was wrong and where, `hint` what to do next. `suggestions` are
    names that resemble an unknown one, or the choices where more than one thing was meant; they are offered, never
    acted on. `notes` are warnings found on the way, `data` what is known in spite of the refusal (never a dose).
    """

    code: str
    message: str
    hint: str | None = None
    suggestions: tuple[Any, ...] = ()
    exit_code: int = NO_ANSWER
    detail: dict[str, Any] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    data: dict[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        error: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.hint:
            error["hint"] = self.hint
        if self.suggestions:
            error["suggestions"] = list(self.suggestions)
        return {**error, **self.detail}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: `data` exactly as the command's JSON `data` shows it, with the warnings that stand beside it.

    `refusals` are the parts of the question that could not be answered; an answer that has any is partial and exits 1.
    """

    data: dict[str, Any]
    notes: tuple[Note, ...] = ()
    refusals: tuple[Refusal, ...] = ()
