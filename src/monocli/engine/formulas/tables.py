"""A table of patients, one a line: which column is which input, and each line worked out by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from monocli.engine.answers import BAD_INPUT, Answer, Refusal
from monocli.engine.formulas.calculating import calculate
from monocli.engine.formulas.inputs import Given
from monocli.engine.names import normalise, visible
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.formulas.book import FormulaBook
    from monocli.records.formulas import Compiled
    from monocli.records.output.formulas import Calculation

IDS = frozenset(("id", "patient", "patient id", "mrn", "line id", "subject", "usubjid", "nhs number"))
"""Headers of a column that says who it is, folded: it is given back and not read."""
_UNIT = re.compile(r"(?P<name>[^(\[]+?)\s*[(\[](?P<unit>[^)\]]+)[)\]]\s*")


class PatientRow(Record):
    """A line, who it is, and its answer."""

    line: int
    id: str | None
    answer: Answer[Calculation] | Refusal


class _Column(Record):
    name: str
    """Of the input; empty for the column that says who it is."""
    unit: str = ""


def read_rows(
    book: FormulaBook, formula: Compiled, given: Given, lines: Iterator[str], to: str | None
) -> Iterator[PatientRow] | Refusal:
    """Every line under a header that names the inputs, with the unit in it ("creatinine (mg/dL)") or in the cells.
    `given` holds for all lines. Refused where the header is not understood."""
    first = next(lines, None)
    while first is not None and not first.strip():
        first = next(lines, None)
    if first is None:
        return Refusal(
            "no-rows",
            "no table was given",
            "the first line names the inputs, one patient a line follows",
            kind=BAD_INPUT,
        )
    separator = next((mark for mark in "\t;," if mark in first), ",")
    columns = _header(book, formula, given, _cells(first, separator))
    if isinstance(columns, Refusal):
        return columns
    return _rows(book, formula, given, columns, lines, separator, to)


def _header(book: FormulaBook, formula: Compiled, given: Given, cells: Sequence[str]) -> list[_Column] | Refusal:
    known = book.input_names(formula)
    taken = {known.get(normalise(name), name) for name, _ in given}
    columns: list[_Column] = []
    for cell in cells:
        text = cell.strip().lstrip("\ufeff")
        if normalise(text) in IDS:
            columns.append(_Column(""))
            continue
        match = _UNIT.fullmatch(text)
        name, unit = (match["name"], match["unit"].strip()) if match else (text, "")
        key = known.get(normalise(name))
        if key is None:
            message = f"column {len(columns) + 1} of the header, {visible(text)!r}, is no input of {formula['name']}"
            hint = f"inputs: {', '.join(sorted(set(known.values())))}; a column of ids is headed id; leave others out"
            return Refusal("unknown-input", message, hint, kind=BAD_INPUT, detail={"field": visible(text)})
        if key in taken:
            message = f"{key} is given twice"
            return Refusal("input-twice", message, "give each input once", kind=BAD_INPUT, detail={"field": key})
        taken.add(key)
        columns.append(_Column(key, unit))
    return columns


def _rows(
    book: FormulaBook,
    formula: Compiled,
    given: Given,
    columns: Sequence[_Column],
    lines: Iterator[str],
    separator: str,
    to: str | None,
) -> Iterator[PatientRow]:
    opened = False
    for number, line in enumerate(lines, 2):
        if not line.strip():
            continue
        cells = _cells(line, separator)
        goes_on = opened and line.count('"') % 2 == 1
        opened = _opens(line, separator)
        if opened or goes_on:
            yield PatientRow(number, None, _unclosed(number))
            continue
        id = next((cell.strip() for cell, c in zip(cells, columns, strict=False) if not c.name), None)
        if len(cells) != len(columns):
            message = f"line {number} has {len(cells)} cells, the header {len(columns)}"
            refusal = Refusal("bad-row", message, "quote a cell that holds the separator", kind=BAD_INPUT)
            yield PatientRow(number, id, refusal)
            continue
        own = [
            (c.name, _with_unit(cell, c.unit))
            for cell, c in zip(cells, columns, strict=True)
            if c.name and cell.strip()
        ]
        yield PatientRow(number, id, calculate(book, formula, [*given, *own], to))


def _opens(line: str, separator: str) -> bool:
    """Whether a quotation mark begins a cell and is not closed in this line."""
    quoted = rf'"(?:[^"]|"")*"\s*(?=$|{re.escape(separator)})'
    return re.search(rf'(?:^|{re.escape(separator)})\s*"', re.sub(quoted, "", line)) is not None


def _unclosed(number: int) -> Refusal:
    """A quotation mark without its other one: a cell that goes on in the next line, or a slip; nothing is read."""
    message = f"line {number} has a quotation mark that is not closed in it"
    return Refusal(
        "bad-row", message, "a patient is one line; close the mark, or leave line breaks out", kind=BAD_INPUT
    )


def _with_unit(cell: str, unit: str) -> str:
    """A cell with the unit of its header, where it has none of its own."""
    bare = re.fullmatch(r"\s*[-+0-9.,\s]+\s*", cell)
    return f"{cell.strip()} {unit}" if unit and bare else cell.strip()


def _cells(line: str, separator: str) -> list[str]:
    """The cells of one line of CSV; a quoted cell may hold the separator, and a doubled quotation mark is one."""
    cells: list[str] = []
    rest = line
    while True:
        match = re.match(r'\s*"(?P<text>(?:[^"]|"")*)"\s*(?P<end>$|' + re.escape(separator) + ")", rest)
        if match:
            cells.append(match["text"].replace('""', '"'))
            rest = rest[match.end() :]
            if not match["end"]:
                return cells
        else:
            cell, found, rest = rest.partition(separator)
            cells.append(cell)
            if not found:
                return cells
