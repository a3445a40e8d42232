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
    part_of: NotRequired[str]
    """The combination that was named, of which this is a part."""
    read_as: NotRequired[str]
    """The name that a line was read as, where other words stand beside it."""
    left_aside: NotRequired[list[str]]
    """These words: strength, form, route, frequency."""
    route: NotRequired[str]
    """How it is given, where the line says so and it matters: systemic, or the place where it acts."""
    systemic_route: NotRequired[str]
    """By which way, where it is systemic and the line says one."""
    ambiguous: NotRequired[bool]
    """Several drugs bear the name: `suggestions` are these."""
    mentioned_in: NotRequired[str]
    """The monograph that only mentions the substance, where that is why it is unknown."""
