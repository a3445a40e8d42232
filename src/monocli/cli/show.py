"""mono show: the monograph and its sections."""

from typing import TYPE_CHECKING, Annotated

import typer

from monocli.cli.completing import drug_names, section_ids
from monocli.cli.guarding import guarded
from monocli.cli.wording import result_of
from monocli.questions import show as question
from monocli.records.words import Grouping
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session


def show(
    session: "Session",
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
    label: Annotated[
        bool, typer.Option("--label", help="The sections of its imported label, in the order of a monograph.")
    ] = False,
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
      mono show imatinib boxed dose renal --label
    """
    if label:
        from monocli.questions.labels.showing import show_label

        if by is not None:
            raise typer.BadParameter("groups what a monograph says; a label has no such groups.", param_hint="'--by'")
        return guarded(
            "show",
            lambda: result_of("show", show_label(session.library, session.labels, name, sections or [], as_asked=True)),
        )
    return result_of("show", question.show(session.library, name, sections or [], by))
