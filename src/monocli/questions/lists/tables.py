"""A table in which a row is a medicine: which column holds what, and an entry a row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from monocli.engine.answers import BAD_INPUT, Refusal
from monocli.engine.names import visible
from monocli.questions.lists.entries import TAKEN, Entry, ListFile, Naming, Standing, Words, by_owner, squeezed
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.records.library import ListColumn

SEPARATORS = (";", "\t", "|", ",")
MAX_ROWS = 200_000
"""Rows that are held at once, because those of one patient need not stand together."""
_NAMING = ("names", "substance", "brand")
_NUMBERED = re.compile(r".*[0-9]")
_COMMENT = "#"
_NOTHING = re.compile(r"[\W_]*|n/?a|none|null|nil", re.IGNORECASE)
_DATE = re.compile(r".*[0-9].*[0-9].*")


class Header(Record):
    """The columns of a table by what they hold."""

    separator: str
    cells: tuple[str, ...]
    columns: tuple[ListColumn | None, ...]
    names: tuple[int, ...]
    """The columns that name the medicine, in the order in which they are believed."""
    unknown: tuple[str, ...]
    """Headings that are in no list of words."""

    def at(self, kind: str) -> list[int]:
        """The places of the columns that hold one kind of thing."""
        return [place for place, column in enumerate(self.columns) if column is not None and column["id"] == kind]


class FoundHeader(Record):
    """A header, and the number of its line."""

    header: Header
    line: int


def find_header(
    lines: Sequence[str], words: Words, declared: str | None, *, narrow: bool = False
) -> FoundHeader | None:
    """The first line that names the columns of such a table: one or two for the medicine, and one at least for what
    else is told of it; with `narrow` that may be missing."""
    for number, line in enumerate(lines, 1):
        for separator in (declared,) if declared else SEPARATORS:
            header = _header(line, separator, words, narrow=narrow)
            if header is not None and header.names:
                return FoundHeader(header, number)
    return None


def nameless(lines: Sequence[str], words: Words) -> FoundHeader | None:
    """A header without a column for the medicine."""
    for number, line in enumerate(lines, 1):
        for separator in SEPARATORS:
            header = _header(line, separator, words, narrow=False)
            if header is not None and not header.unknown:
                return FoundHeader(header, number)
    return None


def _header(line: str, separator: str, words: Words, *, narrow: bool) -> Header | None:
    cells = row_of(line, separator)
    if cells is None or not any(cells):
        return None
    columns = [words.columns.get(squeezed(cell)) for cell in cells]
    kinds = [column["id"] if column is not None else None for column in columns]
    if any(kind is None and _is_numbered_name(cell, words) for cell, kind in zip(cells, kinds, strict=True)):
        return None
    told = [kind for kind in kinds if kind not in (None, "list", "description", *_NAMING)]
    if not told and not (narrow and set(kinds) <= {"list", "description", *_NAMING}):
        return None
    if len(told) < 2 and None in kinds and not any(kind in _NAMING for kind in kinds):
        return None
    naming = [at for kind in _NAMING for at, held in enumerate(kinds) if held == kind]
    naming = naming or [at for at, kind in enumerate(kinds) if kind == "description"][:1]
    beside = [cell for at, cell in enumerate(cells) if kinds[at] is None and cell]
    beside += [cell for at, cell in enumerate(cells) if kinds[at] == "description" and at not in naming]
    return Header(separator, tuple(cells), tuple(columns), tuple(naming), tuple(beside))


def _is_numbered_name(cell: str, words: Words) -> bool:
    """ "drug1": of a table in which a row is a list."""
    word = squeezed(cell)
    column = words.columns.get(word.rstrip("0123456789")) if _NUMBERED.fullmatch(word) else None
    return column is not None and column["id"] in ("description", *_NAMING)


def row_of(line: str, separator: str) -> list[str] | None:
    """The cells of one line, or None where a quotation mark is left open."""
    try:
        rows = list(csv.reader([line], delimiter=separator, strict=True, skipinitialspace=True))
    except csv.Error:
        return None
    return [cell.strip() for cell in rows[0]] if len(rows) == 1 else None


def read_table(lines: Iterator[str], found: FoundHeader, words: Words) -> ListFile | Refusal:
    """Every row below the header; `lines` begin after it."""
    header = found.header
    entries: list[Entry] = []
    comments = 0
    reader = csv.reader(_with_ends(lines), delimiter=header.separator, strict=True, skipinitialspace=True)
    try:
        for cells in reader:
            row = [cell.strip() for cell in cells]
            number = found.line + reader.line_num
            if not any(row) or tuple(row) == header.cells:
                continue
            if row[0].startswith(_COMMENT):
                comments += 1
                continue
            if len(entries) >= MAX_ROWS:
                message = f"line {number}: more than {MAX_ROWS:,} rows"
                return Refusal("too-many-names", message, "Part the file by patient.", kind=BAD_INPUT)
            entries.append(_entry(row, number, header, words))
    except csv.Error as error:
        message = (
            f"line {found.line + reader.line_num}: a quotation mark is not closed, or stands inside a cell ({error})"
        )
        return Refusal("bad-line", message, 'Write " in a quoted cell twice.', kind=BAD_INPUT)
    return ListFile(_read_as(found, comments), tuple(by_owner(entries)))


def _with_ends(lines: Iterator[str]) -> Iterator[str]:
    return (f"{line}\n" for line in lines)


def _entry(row: list[str], number: int, header: Header, words: Words) -> Entry:
    def cells(kind: str) -> list[str]:
        return [row[at] for at in header.at(kind) if at < len(row) and row[at]]

    owner = next(iter(cells("list")), None)
    if any(row[len(header.cells) :]):
        # A separator that is no separator: which cell is the name is not certain any more.
        why = f"{len(row)} cells under a header of {len(header.cells)}"
        text = f" {header.separator} ".join(cell for cell in row if cell)
        return Entry({"line": number}, Naming(texts=(text,)), unread=why, owner=owner)
    texts = tuple(row[at] for at in header.names if at < len(row) and row[at])
    codes = []
    unread = None
    for at in header.at("code"):
        column = header.columns[at]
        if at < len(row) and row[at] and column is not None:
            code = words.code(column.get("system", ""), row[at])
            codes += [code] if code else []
    if not texts and not codes:
        texts = (f" {header.separator} ".join(cell for cell in row if cell),)
        unread = "no cell names a medicine"
    routes = (*cells("route"), *cells("form"))
    standing = _standing(cells("status"), cells("ends"), words)
    return Entry({"line": number}, Naming(tuple(codes), texts), standing, routes=routes, unread=unread, owner=owner)


def _standing(statuses: list[str], ends: list[str], words: Words) -> Standing:
    """What the columns say together: that it is not taken outweighs that it may be, and that outweighs that it is."""
    said = [words.status(cell) or _not_told(cell) for cell in statuses]
    said += [standing for cell in ends if (standing := _end(cell, words)) is not None]
    order = ("no", "ended", "held", "unknown", "given", "yes")
    return min(said, key=lambda standing: order.index(standing.taken), default=TAKEN)


def _not_told(cell: str) -> Standing:
    return Standing("unknown", f"what {visible(cell)!r} says of whether it is taken is not known")


def _end(cell: str, words: Words) -> Standing | None:
    """What a cell says that holds a date once the course is over. None where it says that it goes on."""
    if _NOTHING.fullmatch(cell):
        return None
    if _DATE.fullmatch(cell):
        return Standing("no", f"stopped: {visible(cell)}")
    key = cell.casefold()
    if key in ("yes", "y", "true", "1", "x"):
        return Standing("no", "stopped")
    if key in ("no", "n", "false", "0"):
        return None
    return words.status(cell) or _not_told(cell)


def _read_as(found: FoundHeader, comments: int) -> str:
    header = found.header
    parts = [f"a table in which a row is a medicine, named in {_quoted(header, header.names)}"]
    for kind, says in (("code", "numbers in"), ("status", "status in"), ("ends", "end of the course in")):
        if places := header.at(kind):
            parts.append(f"{says} {_quoted(header, places)}")
    if places := header.at("list"):
        parts.append(f"a list for each {_quoted(header, places[:1])}")
    if found.line > 1:
        parts.append(f"header in line {found.line}, what stands above it is not read")
    if header.unknown:
        parts.append(f"columns not read: {', '.join(map(visible, header.unknown))}")
    if comments:
        parts.append(f"{comments} comment line{'s' if comments != 1 else ''} not read")
    return "; ".join(parts)


def _quoted(header: Header, places: Sequence[int]) -> str:
    return ", ".join(f'"{visible(header.cells[at])}"' for at in places)
