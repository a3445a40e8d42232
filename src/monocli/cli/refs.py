"""mono refs: the literature, as printed, and as reference managers take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from monocli.cli.completing import drug_names, section_ids
from monocli.cli.finding import one_or_all, section_folding
from monocli.cli.wording import result_of
from monocli.engine.answers import Answer, Refusal
from monocli.engine.monographs import find_sections, references, walk
from monocli.engine.names import normalise, visible
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session

FORMATS = ("table", "json", "csv", "md", "bibtex", "ris", "csl-json")


def refs(
    session: Session,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Any name of a drug.", autocompletion=drug_names)
    ] = None,
    section: Annotated[
        str | None, typer.Argument(metavar="[SECTION]", help="A section of its monograph.", autocompletion=section_ids)
    ] = None,
    author: Annotated[str | None, typer.Option("--author", help="Part of the authors as printed.")] = None,
    journal: Annotated[str | None, typer.Option("--journal", help="The journal as abbreviated in print.")] = None,
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
    monographs = one_or_all(session, name, "monographs")
    if isinstance(monographs, Refusal):
        return result_of("refs", monographs)
    rows = references(monographs)
    if section is not None:
        standard = session.library.vocabulary("standard_sections")
        sections = find_sections(monographs[0], section, standard, section_folding(session))
        if isinstance(sections, Refusal):
            return result_of("refs", sections)
        ids = {inner["id"] for outer in sections for inner in (outer, *walk(outer))}
        rows = [row for row in rows if row["section"] in ids]
    wanted = {"authors": author, "journal": journal, "year": year, "number": number}
    for key, value in wanted.items():
        if value is not None:
            rows = [row for row in rows if _fits(key, row.get(key), value)]
    if not rows:
        asked = ", ".join(f"{key} {visible(str(value))!r}" for key, value in wanted.items() if value is not None)
        message = f"no reference has {asked}" if asked else "no literature is printed here"
        return result_of("refs", Refusal("nothing-found", message))
    return result_of("refs", Answer({"references": rows, "total": len(rows)}))


def _fits(key: str, held: object, wanted: object) -> bool:
    """Authors by any part of them; everything else whole."""
    if held is None:
        return False
    if key == "authors":
        return normalise(str(wanted)) in normalise(str(held))
    return normalise(str(wanted)) == normalise(str(held))
