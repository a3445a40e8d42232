"""The refusal of one value of a question, as that of the input that brought it."""

from __future__ import annotations

from monocli.engine.answers import BAD_INPUT, Refusal
from monocli.engine.names import visible

OWN_LIMIT = "this library's own limits"
MAX_TEXT = 100
"""Longer text is no value of a person or a dose."""


def bad_value(option: str, message: str, hint: str | None = None, suggestions: tuple[object, ...] = ()) -> Refusal:
    """The refusal of one input value: names the option that brought it."""
    return Refusal("bad-value", f"{option}: {message}", hint, suggestions, kind=BAD_INPUT, detail={"field": option})


def not_readable(option: str, inner: Refusal, hint: str | None = None) -> Refusal:
    """A reader's refusal, as the refusal of an option's value."""
    return bad_value(option, inner.message, inner.hint if inner.suggestions else hint or inner.hint, inner.suggestions)


def too_long(text: str, option: str) -> Refusal | None:
    """The refusal of text that is far longer than any value; it is not looked at further."""
    return bad_value(option, f"not a value: {visible(text, MAX_TEXT)!r}") if len(text) > MAX_TEXT else None
