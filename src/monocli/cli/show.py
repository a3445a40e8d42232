"""mono show: the monograph and its sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from monocli.cli.completing import drug_names, section_ids
from monocli.cli.wording import result_of
from monocli.questions import show as question
from monocli.records.words import Grouping
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session


def show(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Any name of the drug.", autocompletion=drug_names)],
    sections: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SECTION]...", help="Title, id or a plain word of it: kidneys.", autocompletion=section_ids
        ),
    ] = None,
    all: Annotated[bool, typer.Option("--all", help="Print every section, not the overview.")] = False,
    by: Annotated[
        Grouping | None,
        typer.Option(
            "--by", help="Group the adverse effects in the sections by body system, frequency word or deaths."
        ),
    ] = None,
) -> Result:
    """The monograph of a drug: an overview, one or more of its sections, or all of it, with the literature under each
    section.

    \b
    Examples:
      mono show imatinib
      mono show imatinib kidneys
      mono show aldesleukin "adverse effects" precautions
      mono show imexon --all
      mono show imatinib "adverse effects" --by system
    """
    return result_of("show", question.show(session.library, name, sections or [], by))
