"""The literature, as it is cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.answers import Answer, Refusal
from monocli.engine.monographs import find_sections, references, walk
from monocli.engine.names import normalise, visible
from monocli.library.indexes import with_literature
from monocli.library.kinds import MONOGRAPHS
from monocli.questions.names import one_or_all, section_folding, standard_sections

if TYPE_CHECKING:
    from monocli.library.store import Library
    from monocli.records.output.lookups import Refs


def refs(
    library: Library,
    name: str | None = None,
    section: str | None = None,
    *,
    author: str | None = None,
    journal: str | None = None,
    year: str | None = None,
    number: int | None = None,
) -> Answer[Refs] | Refusal:
    """The references of all monographs, of one or of one section, that fit what is asked of them.

    Refusals: `unknown-name`, `no-monograph`, those of a section, and `nothing-found`.
    """
    monographs = one_or_all(
        library, name, MONOGRAPHS, lambda: with_literature(library, author=author, journal=journal, year=year)
    )
    if isinstance(monographs, Refusal):
        return monographs
    rows = references(monographs)
    if section is not None:
        sections = find_sections(monographs[0], section, standard_sections(library), section_folding(library))
        if isinstance(sections, Refusal):
            return sections
        ids = {inner["id"] for outer in sections for inner in (outer, *walk(outer))}
        rows = [row for row in rows if row["section"] in ids]
    wanted = {"authors": author, "journal": journal, "year": year, "number": number}
    for key, value in wanted.items():
        if value is not None:
            rows = [row for row in rows if _fits(key, row.get(key), value)]
    if not rows:
        asked = ", ".join(f"{key} {visible(str(value))!r}" for key, value in wanted.items() if value is not None)
        message = f"no reference has {asked}" if asked else "no literature is printed here"
        return Refusal("nothing-found", message, hint="Ask for less, or for the literature of all monographs.")
    return Answer({"references": rows, "total": len(rows)})


def _fits(key: str, held: object, wanted: object) -> bool:
    """Authors by any part of them; everything else whole."""
    if held is None:
        return False
    if key == "authors":
        return normalise(str(wanted)) in normalise(str(held))
    return normalise(str(wanted)) == normalise(str(held))
