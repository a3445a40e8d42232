"""Columns and rows as CSV (RFC 4180) or as a Markdown table."""

from __future__ import annotations

import csv as _csv
import io
from collections.abc import Sequence

from monocli.engine.names import visible

_LONG = 100_000


def encodable(text: str, encoding: str | None) -> str:
    """The text with what the stream cannot carry written as escapes (`\\u0418`), so that no character is lost."""
    if not encoding:
        return text
    try:
        return text.encode(encoding, "backslashreplace").decode(encoding)
    except LookupError:
        return text


def csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """CSV with a header line. A cell that a spreadsheet would take for a formula is kept as it is: this is data for
    programs."""
    return csv_lines([columns, *rows])


def csv_lines(rows: Sequence[Sequence[str]]) -> str:
    """The rows alone, as lines of a CSV table that is written in pieces."""
    buffer = io.StringIO(newline="")
    _csv.writer(buffer, lineterminator="\r\n").writerows([[shown(cell) for cell in row] for row in rows])
    return buffer.getvalue()


def shown(cell: str) -> str:
    """A cell or a line, whole, without anything that a terminal would act on."""
    return cell if cell.isprintable() else visible(cell, max(len(cell), 1))


def markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; what Markdown would take as markup in a cell is escaped."""
    lines = [columns, ["---"] * len(columns), *([_cell(cell) for cell in row] for row in rows)]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _cell(text: str) -> str:
    return "<br>".join(escaped(line) for line in text.split("\n"))


def escaped(line: str) -> str:
    """A line of text with what Markdown would take as markup escaped."""
    text = visible(line, _LONG)
    for mark in "\\|*_`<[":
        text = text.replace(mark, "\\" + mark)
    return text
