"""What a name turned out to be."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records.output.common import Suggestion
from monocli.records.output.lookups import Matched
from monocli.records.words import PartyKind


class Resolution(TypedDict):
    """What a name is. `status` is monograph, agent or class for an exact name, else unknown; the rest is None then."""

    query: str
    status: PartyKind | Literal["unknown"]
    id: str | None
    title: str | None
    matched: Matched | None
    suggestions: list[Suggestion]
    mentioned_in: NotRequired[str]
    """The monograph that only mentions the substance, where that is why it is unknown."""
