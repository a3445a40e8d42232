"""What the outputs of several commands share."""

from __future__ import annotations

from typing import Any, Literal

from typing_extensions import NotRequired, TypedDict


class Amount(TypedDict):
    """A number that a person could act on."""

    value: str
    """Exact decimal text; where the value has no finite decimal, 6 significant digits of it."""
    unit: str
    exact: NotRequired[str]
    """The exact fraction ("22/15") where `value` had to be rounded."""


class SourceRef(TypedDict):
    """Where a statement comes from."""

    source: str
    section: NotRequired[str]
    reference: NotRequired[int]


class Step(TypedDict):
    """One step of the work behind a number."""

    text: str
    result: NotRequired[str]
    source: NotRequired[str | None]
    section: NotRequired[str]
    reference: NotRequired[int]


class LibraryInfo(TypedDict):
    edition: str | None
    """None only where the library could not be opened or was not needed for an error."""
    sources: list[str]


class Suggestion(TypedDict):
    """A name that resembles what was typed. It is offered, never acted on."""

    name: str
    id: str
    title: str
    score: int


class Envelope(TypedDict):
    """What every command prints, failures included."""

    schema: str
    command: str
    status: Literal["ok", "partial", "refused", "error"]
    exit_code: Literal[0, 1, 2, 3, 4, 5, 130]
    library: LibraryInfo
    data: Any
    warnings: list[dict[str, Any]]
    errors: list[dict[str, Any]]
