"""A page in the terminal: rich underneath, with the habits that keep data data.

All text goes in as it is, so that brackets in a name are never markup; cells fold and are never cut; nothing is said by
colour alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.box import ASCII, SIMPLE_HEAD
from rich.color import Color
from rich.console import Console
from rich.segment import Segment
from rich.style import Style as RichStyle
from rich.table import Table as RichTable
from rich.text import Text as RichText

from monocli.records.record import Record
from monocli.render import page as blocks
from monocli.render.page import Page, Text
from monocli.render.palette import LOOKS
from monocli.render.tabular import encodable

if TYPE_CHECKING:
    from typing import TextIO

    from rich.console import ConsoleOptions

    from monocli.cli.session import Session

_JOINT = "\ue000"
"""Stands for a space that is no place to fold, until the page is written: rich folds at a no-break space too. A private
character, which no text that came from outside holds once it is `visible`."""
_UNIT = (
    "%|(?:[kcmnµμ]|micro|milli|nano)?(?:g|grams?|L|mol|m|IU)|m2|m²|mcg|MIU|lb|mmHg|Nutley|Cetus|units?|million|times|"
    "hours?|days?|weeks?|months?|years?"
)
_BOUND = re.compile(
    rf"(?<=[0-9]) (?=[0-9]{{3}}(?![0-9.,/])|(?:{_UNIT})(?![A-Za-z]))|(?<=[0-9] million) (?=[kM]?IU)"
    r"|(?<=[0-9]) (?=×)|(?<=[0-9] ×) (?=[0-9])",
)
"""Spaces between a number and its unit, between groups of three digits, and around a times sign: read apart, either is
another number."""
_SIZES = ("COLUMNS", "LINES")
_MIN_WIDTH = 20
_BELOW = 2
"""Indent of a text below what leads it in, where the page is too narrow for both side by side."""
_LEAST_TEXT = 8
_FOLDS_FROM = 20
_COLUMN_GAP = 3
_PROSE = 96
"""Letters of a line of text; longer ones are read with a finger on the page."""
_STYLES = {
    name: RichStyle(
        color=None if look.colour is None else Color.from_ansi(look.colour),
        bold=look.bold or None,
        italic=look.italic or None,
        underline=look.underline or None,
    )
    for name, look in LOOKS.items()
}


class Terminal:
    """Paints pages on a stream, through a pager where one is longer than the terminal is high."""

    def __init__(self, stream: TextIO, environ: Any, color: str, *, may_page: bool) -> None:
        terminal = hasattr(stream, "isatty") and stream.isatty()
        dumb = environ.get("TERM") == "dumb"
        plain = color == "never" or (color == "auto" and (bool(environ.get("NO_COLOR")) or dumb))
        forced = color == "always" or (color == "auto" and not plain and bool(environ.get("FORCE_COLOR")))
        self._stream = stream
        self._may_page = may_page and terminal and not dumb
        self._environ = environ
        self.console = Console(
            file=stream,
            force_terminal=True if forced else terminal,
            color_system=None if plain else "256" if forced and not terminal else "auto",
            no_color=plain,
            width=_width(environ, stream),
            # Rich takes whatever is a digit for a number, also "²".
            _environ={key: value for key, value in environ.items() if key not in _SIZES or _is_size(value)},
            highlight=False,
            markup=False,
            emoji=False,
            soft_wrap=False,
            legacy_windows=False,
        )
        self._ascii = not _can_draw(getattr(stream, "encoding", None))

    @classmethod
    def to_stdout(cls, session: Session, color: str) -> Terminal:
        return cls(session.stdout, session.environ, color, may_page=True)

    @classmethod
    def to_stderr(cls, session: Session, color: str) -> Terminal:
        return cls(session.stderr, session.environ, color, may_page=False)

    def show(self, page: Page) -> None:
        """Write a page."""
        if not page.blocks:
            return
        ended = page.blocks[:-1] if isinstance(page.blocks[-1], blocks.Gap) else page.blocks
        output = self._painted(ended)
        paged = False
        if self._may_page and output.count("\n") >= self.console.height and self._environ.get("MONO_PAGER", "1") != "":
            from monocli.render.paging import page_through

            paged = page_through(output, self._environ)
        if not paged:
            self._stream.write(encodable(output, getattr(self._stream, "encoding", None)))

    def _painted(self, parts: Iterable[blocks.Block]) -> str:
        """The lines of a page. What is told as it is does not pass through rich, which takes its time over a stream."""
        painted = ""
        for as_it_is, run in groupby(parts, lambda part: isinstance(part, blocks.Verbatim)):
            if as_it_is:
                painted += "".join(f"{part.text}\n" for part in run if isinstance(part, blocks.Verbatim))
                continue
            with self.console.capture() as capture:
                self._paint(run)
            painted += capture.get().replace(_JOINT, " ")
        return "\n".join(line.rstrip() for line in painted.split("\n"))

    def _paint(self, parts: Iterable[blocks.Block]) -> None:
        after_table = False
        for part in parts:
            # A table ends with an empty line of its own.
            if after_table and isinstance(part, blocks.Gap):
                continue
            after_table = isinstance(part, blocks.Table)
            if isinstance(part, blocks.Table):
                self._table(part)
            else:
                self.console.print(self._hanging(part))

    def _hanging(self, part: blocks.Block) -> _Hanging:
        """What is no table: texts that fold beside what leads them in."""
        nothing = RichText()
        if isinstance(part, blocks.Heading):
            line = self._text(part.text)
            if part.note.plain:
                line.append("  ").append_text(self._text(part.note))
            return _Hanging([(nothing, line)], 2 * max(part.depth - 1, 0), 0)
        if isinstance(part, blocks.Paragraph | blocks.Notice):
            return _Hanging([(nothing, self._text(part.text))], getattr(part, "indent", 0), 0)
        if isinstance(part, blocks.Bullets):
            return _Hanging([(self._text(part.mark), self._text(item)) for item in part.items], part.indent, 1)
        if isinstance(part, blocks.LabelledValues | blocks.References):
            pairs = part.rows if isinstance(part, blocks.LabelledValues) else part.items
            gap = 2 if isinstance(part, blocks.LabelledValues) else 1
            return _Hanging([(self._text(label), self._text(value)) for label, value in pairs], part.indent, gap)
        return _Hanging([(nothing, nothing)], 0, 0)

    def _text(self, text: Text) -> RichText:
        drawn = RichText(overflow="fold")
        for run in text.runs:
            # The style goes on this part only, not on what is appended to it.
            drawn.append(run.plain if run.plain and self._ascii else run.text, _STYLES.get(run.style))
        return drawn

    def _table(self, part: blocks.Table) -> None:
        """Where there is no room for all columns side by side, what stands in each row is told one below the other."""
        if part.narrow and self.console.width < part.least:
            self._paint(part.narrow)
            return
        rows = [[_bound(self._text(cell)) for cell in row] for row in part.rows]
        for place in part.numbers:
            _align([row[place] for row in rows])
        cells = [[name, *(row[i].plain for row in rows)] for i, name in enumerate(part.columns)]
        widths = _widths(cells, self.console.width - _COLUMN_GAP * len(cells))
        if widths is None:
            self._stacked(part)
            return
        box = ASCII if self._ascii else SIMPLE_HEAD
        table = RichTable(box=box, pad_edge=False, title=part.title or None, title_justify="left")
        for i, width in enumerate(widths):
            head = RichText(part.columns[i], _STYLES["bold"])
            table.add_column(head, overflow="fold", width=width, justify="right" if i in part.numbers else "left")
        for row in rows:
            table.add_row(*row)
        self.console.print(table)

    def _stacked(self, part: blocks.Table) -> None:
        """The rows of a table, each a block of lines that name the column."""
        page = Page()
        if part.title:
            page.line(part.title, "italic")
        for row in part.rows:
            page.blocks.append(blocks.Gap())
            page.pairs((name, cell) for name, cell in zip(part.columns, row, strict=True) if cell.plain)
        page.gap()
        self._paint(page.blocks)


def _align(cells: Sequence[RichText]) -> None:
    """Make room behind numbers, so that their decimal points stand one below the other in a column that is set to the
    right."""
    parts = [len(cell.plain.partition(".")[2]) + ("." in cell.plain) for cell in cells]
    for cell, part in zip(cells, parts, strict=True):
        cell.append(_JOINT * (max(parts) - part))


class _Hanging(Record):
    """Texts that fold beside what leads them in: a mark, a label, or nothing but the indent.

    An answer is made of hundreds of these. Rich lays them out as a table of two columns too, which takes far longer.
    """

    rows: Sequence[tuple[RichText, RichText]]
    indent: int
    gap: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        widest = max((lead.cell_len for lead, _ in self.rows), default=0)
        # Deep indents give way before the text does: what is beyond the width would be cut off.
        indent = max(min(self.indent, options.max_width - widest - self.gap - _LEAST_TEXT), 0)
        column = indent + widest + self.gap
        width = max(min(options.max_width - column, _PROSE), 1)
        fits = all(text.cell_len <= width for _, text in self.rows)
        if column > options.max_width // 2 and widest > 1 and not fits:
            yield from self._stacked(console, options.max_width)
            return
        for lead, text in self.rows:
            yield Segment(" " * indent)
            yield from lead.render(console)
            before = " " * (column - indent - lead.cell_len)
            for line in _bound(text).wrap(console, width, overflow="fold"):
                yield Segment(before)
                line.rstrip()
                yield from line.render(console, end="\n")
                before = " " * column

    def _stacked(self, console: Console, width: int) -> Iterator[Segment]:
        """Each lead on lines of its own, its text below: side by side neither would keep its words whole."""
        for row in self.rows:
            for text, indent in zip(row, (0, _BELOW), strict=True):
                for line in _bound(text).wrap(console, max(width - indent, 1), overflow="fold"):
                    yield Segment(" " * indent)
                    line.rstrip()
                    yield from line.render(console, end="\n")


def _bound(text: RichText) -> RichText:
    """The same text with numbers bound to their units; it is as long, so that its styles stay in place."""
    plain = _BOUND.sub(_JOINT, text.plain)
    if plain == text.plain:
        return text
    bound = text.copy()
    bound.plain = plain
    return bound


def _widths(cells: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """A width for each column that keeps its words whole; where room is short, words of more than `_FOLDS_FROM` letters
    may fold; where even that is too wide, none.
    """
    lines = [max(len(line) for cell in column for line in cell.split("\n")) for column in cells]
    words = [max(len(word) for cell in column for word in cell.split() or [""]) for column in cells]
    if sum(lines) <= room:
        return lines
    if sum(words) <= room:
        return _grown(words, lines, room)
    folded = [min(word, _FOLDS_FROM) for word in words]
    return _grown(folded, words, room) if sum(folded) <= room else None


def _grown(least: Sequence[int], wanted: Sequence[int], room: int) -> list[int]:
    """Widths from the least, grown towards what is wanted by the share of each in the room that is left."""
    missing = [want - have for want, have in zip(wanted, least, strict=True)]
    spare = min(room - sum(least), sum(missing))
    widths = [have + spare * more // sum(missing) for have, more in zip(least, missing, strict=True)]
    for place in sorted(range(len(widths)), key=lambda i: widths[i] - wanted[i])[: spare + sum(least) - sum(widths)]:
        widths[place] += 1
    return widths


def _is_size(text: str) -> bool:
    return text.isdecimal() and len(text) < 6


def _width(environ: Any, stream: Any) -> int | None:
    """COLUMNS where it is a sensible number; else the terminal's own, and 80 in a pipe."""
    columns = environ.get("COLUMNS", "")
    if _is_size(columns):
        return max(int(columns), _MIN_WIDTH)
    try:
        return max(os.get_terminal_size(stream.fileno()).columns, _MIN_WIDTH)
    except (OSError, ValueError, AttributeError):
        return 80


def _can_draw(encoding: str | None) -> bool:
    try:
        "─━│".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
