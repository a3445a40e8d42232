"""Lists of medicines read from lines of text: names with separators, CSV with an id, or JSON Lines."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from monocli.engine.answers import Refusal
from monocli.engine.names import visible
from monocli.records.words import BAD_INPUT

MAX_NAMES = 1000
"""A longer list is refused: its pairs would be half a million and more, which nobody reads."""
_SEPARATORS = (";", "\t", ",")
"""The first of these that a line holds separates its names, so that a name with a comma is safe in a list with
semicolons.
"""
_NOT_UTF8 = re.compile("[\ud800-\udfff]")
"""What bytes that are not UTF-8 are decoded to."""
_ID_COLUMNS = ("id", "list", "patient")
_HINT = (
    'Write the names with ";" between them, a CSV row under a header that begins with "id", or {"id": …, "drugs": […]}.'
)


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line: its number, the id that it gives (None without one), and the names, or why there are none."""

    number: int
    id: str | None
    names: list[str] | Refusal


def read_lists(lines: Iterable[str]) -> Iterator[ListLine]:
    """Every line as a list, in order. A line that cannot be read is a refusal of its own (exit code 2) and the rest
    goes on.
    """
    separator: str | None = None
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = line.removeprefix("\ufeff")
            separator = _header(line)
            if separator:
                continue
        yield _read(number, line, separator)


def _header(line: str) -> str | None:
    """The separator of a CSV file whose first line names its columns, the first of them an id; None for anything
    else.
    """
    for separator in _SEPARATORS:
        cells = [cell.strip().strip('"').casefold() for cell in line.split(separator)]
        if len(cells) > 1 and cells[0] in _ID_COLUMNS:
            return separator
    return None


def _read(number: int, line: str, separator: str | None) -> ListLine:
    if not line.isascii() and _NOT_UTF8.search(line):
        return ListLine(number, None, _bad("bad-encoding", number, f"not valid UTF-8: {visible(line)!r}"))
    if not line.strip():
        return ListLine(number, None, _bad("empty-line", number, "no names"))
    if line.lstrip()[0] in "{[" and separator is None:
        return _from_json(number, line)
    cells = _cells(line, separator or next((mark for mark in _SEPARATORS if mark in line), ","))
    if cells is None:
        return ListLine(number, None, _bad("bad-line", number, f"a quotation mark is not closed: {visible(line)!r}"))
    if separator is None:
        return _list(number, None, cells)
    list_id, *names = cells
    if len(names) == 1 and separator != ";":
        names = names[0].split(";")
    return _list(number, list_id.strip(), names)


def _cells(line: str, separator: str) -> list[str] | None:
    """The cells of one row, or None where a quotation mark is left open."""
    if '"' not in line:
        return line.split(separator)
    try:
        rows = list(csv.reader([line], delimiter=separator, strict=True, skipinitialspace=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _from_json(number: int, line: str) -> ListLine:
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError):
        return ListLine(number, None, _bad("bad-line", number, f"not JSON: {visible(line)!r}"))
    given = value.get("id") if isinstance(value, dict) else None
    list_id = str(given) if isinstance(given, str | int) and not isinstance(given, bool) else None
    names = value.get("drugs", value.get("names")) if isinstance(value, dict) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return ListLine(number, list_id, _bad("bad-line", number, 'expected {"drugs": [names]}, each name a text'))
    return _list(number, list_id, names)


def _list(number: int, id: str | None, names: list[str]) -> ListLine:
    kept = [name.strip() for name in names if name.strip()]
    if not kept:
        return ListLine(number, id, _bad("empty-line", number, "no names"))
    if len(kept) > MAX_NAMES:
        message = f"{len(kept)} names; at most {MAX_NAMES} are checked at once"
        return ListLine(number, id, _bad("too-many-names", number, message))
    return ListLine(number, id, kept)


def _bad(code: str, number: int, message: str) -> Refusal:
    return Refusal(code, f"line {number}: {message}", hint=_HINT, kind=BAD_INPUT, detail={"line": number})
