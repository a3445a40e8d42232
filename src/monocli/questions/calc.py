"""What does a clinical formula give for these inputs?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from monocli.engine.answers import Answer, Refusal
from monocli.engine.formulas import book as books
from monocli.engine.names import normalise, visible
from monocli.engine.quantities.units import table_of
from monocli.library.kinds import BODY, CALCULATIONS, FORMULA_INDEX, MEASURES, UNITS
from monocli.questions.writings import with_writings

if TYPE_CHECKING:
    from monocli.engine.formulas.tables import PatientRow
    from monocli.library.store import Library
    from monocli.records.body import BodyFile
    from monocli.records.formulas import Compiled, FormulaIndex
    from monocli.records.output.formulas import Calculation, FormulaAsked, FormulaList, SideBySide

    CalcAnswer = Answer[Calculation] | Answer[SideBySide] | Answer[FormulaAsked] | Answer[FormulaList]

BODY_FILE = "body"
"""What can be of one person, among the files of measures."""


def book_of(library: Library) -> books.FormulaBook:
    """The formulas of the library, with the measures and units that they go by."""
    files = library.documents(MEASURES)
    measures = {record["id"]: record for file in files for record in file.get("measures", [])}
    table = table_of([*library.documents(UNITS), *files])
    none: FormulaIndex = {"names": {}, "groups": {}, "twice": {}, "formulas": []}
    index = library.document(FORMULA_INDEX, "all") or none
    groups = library.vocabulary("formula_groups") if index["formulas"] else []

    def limits() -> BodyFile:
        return cast("BodyFile", library.document(BODY, BODY_FILE))

    return books.FormulaBook(
        lambda name: cast("Compiled", library.document(CALCULATIONS, name)), index, measures, table, groups, limits
    )


def listing(library: Library) -> Answer[FormulaList]:
    """Every formula, by the question that it answers."""
    from monocli.engine.formulas.listing import listing as listed

    return Answer(listed(book_of(library)))


def calculate(
    library: Library, name: str, given: Sequence[tuple[str, str]], to: str | None = None
) -> CalcAnswer | Refusal:
    """The formula, or every formula of the question, of exactly this name, for inputs as typed; without any, what it
    is given. Refusals: `unknown-formula`, and those of `engine.formulas`."""
    book = book_of(library)
    key = normalise(name)
    if key in book.index["names"]:
        formula = book.formula(book.index["names"][key])
        if not given:
            from monocli.engine.formulas.listing import details

            return Answer(details(book, formula))
        from monocli.engine.formulas.calculating import calculate as worked_out

        return with_writings(library, worked_out(book, formula, given, to), *(text for _, text in given))
    if key in book.index["groups"]:
        from monocli.engine.formulas.calculating import side_by_side
        from monocli.engine.formulas.listing import listing as listed

        group = book.index["groups"][key]
        if given:
            return with_writings(library, side_by_side(book, group, given), *(text for _, text in given))
        only: FormulaList = {"groups": [g for g in listed(book)["groups"] if g["group"] == group]}
        return Answer(only)
    return _unknown(book, name)


def rows(
    library: Library, name: str, given: Sequence[tuple[str, str]], lines: Iterator[str], to: str | None = None
) -> Iterator[PatientRow] | Refusal:
    """The formula worked out for each line of a table of patients."""
    from monocli.engine.formulas.tables import read_rows

    book = book_of(library)
    key = normalise(name)
    if key not in book.index["names"]:
        return _unknown(book, name)
    return read_rows(book, book.formula(book.index["names"][key]), given, lines, to)


def _unknown(book: books.FormulaBook, name: str) -> Refusal:
    """`unknown-formula`, with the names that resemble it; `ambiguous-formula` for one of two formulas."""
    if choices := book.index["twice"].get(normalise(name)):
        message = f"{visible(name)!r} is a name of a bundled formula or question and of a formula of your own"
        return Refusal(
            "ambiguous-formula",
            f"{message}, and neither was picked",
            "name the one that is meant, or give your own another id or name (`mono data check`)",
            tuple(choices),
            detail={"query": visible(name)},
        )
    from difflib import get_close_matches

    known = {**book.index["names"], **book.index["groups"]}
    near = get_close_matches(normalise(name), known, n=5, cutoff=0.7)
    words = [key for key in known if len(name) > 3 and normalise(name) in key.split()]
    suggestions = tuple(dict.fromkeys(known[key] for key in (*near, *words)))[:5]
    message = f"there is no formula {visible(name)!r} in this library"
    return Refusal(
        "unknown-formula",
        message,
        "without a name all formulas are listed",
        suggestions,
        detail={"query": visible(name)},
    )
