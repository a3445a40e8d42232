"""What is said of a name that leads to no one drug."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monocli.engine.answers import Refusal
from monocli.engine.names import visible

if TYPE_CHECKING:
    from monocli.records.output.common import Suggestion


NOTHING_NEAR = "It is not in this library by this name, and no name in it is spelt nearly so."


def ambiguous_name(query: str, choices: Sequence[Suggestion]) -> Refusal:
    """`ambiguous-name`: the drugs that bear the name are the choices, and none is picked."""
    names = ", ".join(choice["title"] for choice in choices)
    return Refusal(
        "ambiguous-name",
        f"{visible(query)!r} is a name of several drugs, and none was picked: {names}",
        hint="Name the one that is meant.",
        suggestions=tuple(choices),
        detail={"query": query},
    )
