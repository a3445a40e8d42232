"""mono refs: the literature, as printed, and as reference managers take it."""

from typing import TYPE_CHECKING, Annotated

import typer

from monocli.cli.completing import drug_names, section_ids
from monocli.cli.wording import result_of
from monocli.questions import refs as question
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session

FORMATS = ("table", "json", "csv", "md", "bibtex", "ris", "csl-json")


def refs(
    session: "Session",
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Any name of a drug.", autocompletion=drug_names)
    ] = None,
    section: Annotated[
        str | None, typer.Argument(metavar="[SECTION]", help="A section of its monograph.", autocompletion=section_ids)
    ] = None,
    author: Annotated[str | None, typer.Option("--author", help="Part of the authors as printed.")] = None,
    journal: Annotated[
        str | None, typer.Option("--journal", help="The journal as the monograph abbreviates it.")
    ] = None,
    year: Annotated[str | None, typer.Option("--year", help="Year of publication.")] = None,
    number: Annotated[
        int | None, typer.Option("--number", min=1, max=100_000, help="Number in the section's list.")
    ] = None,
) -> Result:
    """The literature, as printed: of all monographs, of one, or of one section.

    Numbering starts anew in each section, so a number names a reference only together with its section.

    \b
    Examples:
      mono refs imatinib heart
      mono refs aldesleukin stability --number 6
      mono refs --journal "N Engl J Med" --year 2006
      mono refs imatinib --format bibtex > imatinib.bib
    """
    outcome = question.refs(session.library, name, section, author=author, journal=journal, year=year, number=number)
    return result_of("refs", outcome)
