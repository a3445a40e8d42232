"""Lists of medicines read from lines of text: names with separators, CSV with an id, or JSON Lines."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator

from monocli.engine.answers import BAD_INPUT, Refusal
from monocli.engine.names import visible
from monocli.questions.lists.entries import Words, squeezed
from monocli.records.record import Record

MAX_NAMES = 1000
"""A longer list is refused: its pairs would be half a million and more, which nobody reads."""
_SEPARATORS = (";", "\t", "|", ",")
"""The first of these that a line holds separates its names, so that a name with a comma is safe in a list with
semicolons.
"""
_NOT_UTF8 = re.compile("[\ud800-\udfff]")
"""What bytes that are not UTF-8 are decoded to."""
_DECLARED = re.compile(r"sep=(.)", re.IGNORECASE).fullmatch
"""The line before the header by which spreadsheets name their separator."""
_NAMES = ("names", "description", "substance")
"""What a column holds that is one of names."""
_HINT = (
    'Write the names with ";" between them, or {"id": …, "drugs": […]}, or CSV under a header such as "id,drugs" or '
    '"patient_id;drug1;drug2".'
)


class ListLine(Record):
    """One line: its number, the id that it gives (None without one), and the names, or why there are none."""

    number: int
    id: str | None
    names: list[str] | Refusal


def declared_separator(line: str) -> str | None:
    """The separator that a line declares which says nothing else."""
    found = _DECLARED(line.removeprefix("\ufeff").strip())
    return found[1] if found else None


def read_lists(lines: Iterable[str], words: Words) -> Iterator[ListLine]:
    """Every line as a list, in order; an empty line is none. A line that cannot be read is a refusal of its own (exit
    code 2) and the rest goes on.
    """
    declared: str | None = None
    columns: _Columns | None = None
    first = 1
    for number, line in enumerate(lines, 1):
        if not line.strip("\ufeff \t\r\n"):
            first += number == first
            continue
        if number == first:
            line = line.removeprefix("\ufeff")
            declared = declared_separator(line) if number == 1 else declared
            if declared and number == 1:
                first = 2
                continue
            columns = _header(line, declared, words)
            if columns and columns.unclear:
                message = f"{', '.join(map(repr, columns.unclear))}: a column that is neither one id nor names"
                yield ListLine(number, None, _bad("bad-header", number, message))
            if columns:
                continue
        yield _read(number, line, columns, declared)


class _Columns(Record):
    """What a header says: the separator, the place of the id (None without one), and those of names; none where all
    that is no id is a name."""

    separator: str
    id: int | None
    names: tuple[int, ...]
    unclear: tuple[str, ...] = ()
    """What else stands in the header: what is below it could be a name that would go unchecked."""


def _header(line: str, declared: str | None, words: Words) -> _Columns | None:
    """The columns of a CSV file whose first line names them: its first an id, or all of them ids and names; None for
    anything else."""
    if line.lstrip()[:1] in ("{", "["):
        return None
    for separator in (declared,) if declared else _SEPARATORS:
        cells = _cells(line, separator) or []
        kinds = [_kind(cell, words) for cell in cells]
        ids = [at for at, kind in enumerate(kinds) if kind == "list"]
        names = [at for at, kind in enumerate(kinds) if kind in _NAMES]
        known = {*ids[:1], *names}
        if known and (len(known) == len(kinds) or (len(kinds) > 1 and ids[:1] == [0])):
            unclear = tuple(visible(cell.strip()) for at, cell in enumerate(cells) if at not in known)
            # With a column left unread nothing is: each of them counts as one of names.
            places = tuple(names) if not unclear else tuple(at for at in range(len(cells)) if at not in ids[:1])
            return _Columns(separator, ids[0] if ids else None, places, unclear)
    return None


def _kind(cell: str, words: Words) -> str | None:
    """What a column holds by its heading; of names there may be several, with numbers."""
    heading = squeezed(cell)
    column = words.columns.get(heading) or words.columns.get(heading.rstrip("0123456789"))
    return column["id"] if column is not None else None


def _read(number: int, line: str, columns: _Columns | None, declared: str | None) -> ListLine:
    if not line.isascii() and _NOT_UTF8.search(line):
        return ListLine(number, None, _bad("bad-encoding", number, f"not valid UTF-8: {visible(line)!r}"))
    if line.lstrip()[:1] in ("{", "[") and columns is None:
        return _from_json(number, line)
    separator = columns.separator if columns else declared or next((mark for mark in _SEPARATORS if mark in line), ",")
    cells = _cells(line, separator)
    if cells is None:
        return ListLine(number, None, _bad("bad-line", number, f"a quotation mark is not closed: {visible(line)!r}"))
    if columns is None:
        return _list(number, None, _in_one_cell(cells[0]) if len(cells) == 1 else cells)
    id_at = columns.id
    list_id = cells[id_at].strip() if id_at is not None and id_at < len(cells) else None
    if columns.names:
        # What lies beyond the header's columns is a name too: rows of a list grow to the right.
        names = [cell for at, cell in enumerate(cells) if at in columns.names or at > max(columns.names)]
    else:
        names = [cell for at, cell in enumerate(cells) if at != id_at]
    held = [cell for cell in names if cell.strip()]
    return _list(number, list_id, _in_one_cell(held[0]) if len(held) == 1 else held)


def _in_one_cell(cell: str) -> list[str]:
    """The names of a cell that holds a list of its own."""
    return cell.split(next((mark for mark in (*_SEPARATORS, "\n") if mark in cell), ";"))


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
        value: object = json.loads(line)
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
