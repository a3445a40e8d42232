"""What a name turned out to be."""

from __future__ import annotations

from typing import Any, NotRequired

from typing_extensions import TypedDict


class Suggestion(TypedDict):
    """A name that resembles what was typed; offered, never acted on."""

    name: str
    id: str
    title: str
    score: int


class Resolution(TypedDict):
    """What a name is. `status` is monograph, agent or class for an exact name, else unknown; the rest is None then."""

    query: str
    status: str
    id: str | None
    title: str | None
    matched: dict[str, Any] | None
    suggestions: list[Suggestion]
    mentioned_in: NotRequired[str]
    """The monograph that only mentions the substance, where that is why it is unknown."""
