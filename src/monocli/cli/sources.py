"""mono sources: what stands behind the ids that answers name."""

from typing import TYPE_CHECKING, Annotated

import typer

from monocli.cli.completing import source_ids
from monocli.cli.wording import result_of
from monocli.questions import sources as question
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session


def sources(
    session: "Session",
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", help="Ids of sources, as answers name them.", autocompletion=source_ids),
    ] = None,
) -> Result:
    """Title, edition, date and licence of a source, and what it is used for. Without an id: all of them.

    An answer lists the sources that it cites under library.sources (--json) and beside what they say.

    \b
    Examples:
      mono sources
      mono sources ansm
      mono sources fda-cyp atc-2026
      mono interactions warfarin aspirin --json | jq -r '.library.sources[]' | xargs mono sources
    """
    return result_of("sources", question.sources(session.library, ids or []))
