"""Tables of labels as grids: every cell with its text, spans filled, notes with the cell that they belong to.

The markup is that of SPL, not HTML: notes stand before the body or inside a cell, header rows are often no `thead`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from monocli.library.labels.faults import UnreadableLabel
from monocli.library.labels.nodes import squeezed

if TYPE_CHECKING:
    from monocli.records.output.labels import LabelTable, TableNote

MOST_COLUMNS = 200
MOST_CELLS = 100_000
_SPAN = re.compile(r"\d{1,6}")
_BLOCKS = frozenset(("paragraph", "item", "br", "list", "caption"))
_DECLARED = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(slots=True)
class _Reading:
    """What is found beside the cells."""

    notes: list[TableNote] = field(default_factory=list)
    by_id: dict[str, str] = field(default_factory=dict)
    figures: int = 0


def grid_of(markup: str) -> LabelTable:
    """A table laid out. Raises `UnreadableLabel` where it is no markup, or too large to lay out."""
    if _DECLARED.search(markup):
        raise UnreadableLabel("a table declares entities, which no label needs")
    try:
        table = ElementTree.fromstring(markup)  # noqa: S314 - nothing is declared in it, and it is no document
    except ElementTree.ParseError as error:
        raise UnreadableLabel(f"a table is not well formed: {error}") from error
    reading = _Reading()
    caption = next((_text(part, reading) for part in table if _name(part) == "caption"), None)
    head, body, foot = _rows_of(table)
    rows: list[list[str]] = []
    headers = _lay_out(head, rows, reading)
    _lay_out(body, rows, reading)
    for row in foot:
        for cell in row:
            _footnote(_text(cell, reading), reading)
    if not head:
        headers = _header_rows(body)
    shown: LabelTable = {"caption": caption or None, "header_rows": headers, "rows": rows, "notes": reading.notes}
    if reading.figures:
        shown["figures_missing"] = reading.figures
    return shown


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _rows_of(table: ElementTree.Element) -> tuple[list[ElementTree.Element], ...]:
    """Rows of head, body and foot."""
    head: list[ElementTree.Element] = []
    body: list[ElementTree.Element] = []
    foot: list[ElementTree.Element] = []
    for part in table:
        kind = _name(part)
        if kind == "tr":
            body.append(part)
        elif kind in ("thead", "tbody", "tfoot"):
            {"thead": head, "tbody": body, "tfoot": foot}[kind].extend(row for row in part if _name(row) == "tr")
    return head, body, foot


def _lay_out(found: list[ElementTree.Element], rows: list[list[str]], reading: _Reading) -> int:
    """Add rows to the grid; how many. A cell that spans several places fills each of them."""
    above: dict[int, tuple[int, str]] = {}
    cells = sum(map(len, rows))
    for row in found:
        line: list[str] = []
        fresh: dict[int, tuple[int, str]] = {}
        for cell in row:
            if _name(cell) not in ("td", "th"):
                continue
            _take_down(line, above)
            text, wide, high = _text(cell, reading), _span(cell, "colspan"), _span(cell, "rowspan")
            if len(line) + wide > MOST_COLUMNS or cells + len(line) + wide > MOST_CELLS:
                raise UnreadableLabel(f"a table is too large: more than {MOST_COLUMNS} columns or {MOST_CELLS} cells")
            if high > 1:
                fresh.update(dict.fromkeys(range(len(line), len(line) + wide), (high - 1, text)))
            line += [text] * wide
        _take_down(line, above)
        above = {place: (left - 1, text) for place, (left, text) in above.items() if left > 1} | fresh
        cells += len(line)
        rows.append(line)
    return len(found)


def _take_down(line: list[str], above: dict[int, tuple[int, str]]) -> None:
    """Fill the next places with what spans down to them from rows above."""
    while len(line) in above:
        line.append(above[len(line)][1])


def _span(cell: ElementTree.Element, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return max(int(value), 1) if _SPAN.fullmatch(value) else 1


def _header_rows(body: list[ElementTree.Element]) -> int:
    """Rows at the start that hold nothing but `th`, or nothing but bold text, where a plain row follows. A row with
    words in its first cell alone heads the rows below it and no column."""
    count = 0
    for row in body:
        cells = [cell for cell in row if _name(cell) in ("td", "th")]
        whole = len(cells) == 1 and _span(cells[0], "colspan") > 1
        group = count > 0 and len(cells) > 1 and not squeezed("".join("".join(cell.itertext()) for cell in cells[1:]))
        if not cells or whole or group or not all(_name(cell) == "th" or _is_bold(cell) for cell in cells):
            break
        count += 1
    return count if count < len(body) else 0


def _is_bold(cell: ElementTree.Element) -> bool:
    """Whether all words of a cell are bold, in one piece or in several; a note and a mark above the line count for
    none."""
    return not any(text.strip() for text in _plain(cell, bold=False))


def _plain(element: ElementTree.Element, *, bold: bool) -> Iterator[str]:
    bold = bold or "bold" in (element.get("styleCode") or "").casefold()
    if not bold:
        yield element.text or ""
    for part in element:
        if _name(part) not in ("footnote", "footnoteRef", "sup"):
            yield from _plain(part, bold=bold)
        if not bold:
            yield part.tail or ""


def _text(cell: ElementTree.Element, reading: _Reading) -> str:
    return squeezed("".join(_words(cell, reading)))


def _words(element: ElementTree.Element, reading: _Reading) -> Iterator[str]:
    """The text of a cell. A mark above or below the line is parted from what it stands at, so that it is no digit of
    it; a note is lifted out and its mark left; a table in a cell is told cell by cell."""
    yield element.text or ""
    for part in element:
        kind = _name(part)
        if kind == "footnote":
            yield f" {_lifted(part, reading)} "
        elif kind == "footnoteRef":
            yield f" {reading.by_id.get(part.get('IDREF') or '', '[*]')} "
        elif kind == "renderMultiMedia":
            reading.figures += 1
            yield " [figure] "
        else:
            apart = " " if kind in ("sup", "sub", "td", "th", "tr", *_BLOCKS) else ""
            yield apart
            yield from _words(part, reading)
            yield apart
        yield part.tail or ""


def _lifted(note: ElementTree.Element, reading: _Reading) -> str:
    """The mark of a note inside a cell, which is entered among the notes."""
    mark = f"[{len(reading.by_id) + 1}]"
    reading.by_id[note.get("ID") or mark] = mark
    place = len(reading.notes)
    reading.notes.append({"mark": mark, "text": ""})
    reading.notes[place]["text"] = _text(note, reading)
    return mark


_MARKED = re.compile(r"([*†‡§¶#‖]+|[a-z0-9]{1,2}(?=[\s)]))[ ).]*(?=\S)")


def _footnote(text: str, reading: _Reading) -> None:
    """A note below the table; its mark is what it begins with, where that is one."""
    if not text or any(note["text"] == text for note in reading.notes):
        return
    match = _MARKED.match(text)
    reading.notes.append({"mark": match[1] if match else "", "text": text})
