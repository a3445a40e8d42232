"""A page of terminal output: rich underneath, with the habits that keep data data.

All text goes in as `Text`, so that brackets in a name are never markup; control characters are shown as "�"; cells
fold and are never cut; nothing is said by colour alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.box import ASCII, SIMPLE_HEAD
from rich.console import Console
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from monocli.engine.names import visible
from monocli.render.tabular import encodable
from monocli.result import Result

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
    rf"(?<=[0-9]) (?=[0-9]{{3}}(?![0-9.,/])|(?:{_UNIT})(?![A-Za-z]))|(?<=[0-9] million) (?=[kM]?IU)",
)
"""Spaces between a number and its unit, and between groups of three digits: read apart, either is another number."""
_SIZES = ("COLUMNS", "LINES")
_UNLIMITED = 1_000_000
_MIN_WIDTH = 20
_LEAST_TEXT = 8
_FOLDS_FROM = 20
_COLUMN_GAP = 3
_MOST_SUGGESTIONS = 12


class Page:
    """Collects what is drawn and shows it at the end, through a pager where it is longer than the terminal is high."""

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
            color_system=None if plain else "standard" if forced and not terminal else "auto",
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
        self._parts: list[Any] = []
        self._ascii = not _can_draw(getattr(stream, "encoding", None))

    @classmethod
    def to_stdout(cls, session: Session, color: str) -> Page:
        return cls(session.stdout, session.environ, color, may_page=True)

    @classmethod
    def to_stderr(cls, session: Session, color: str) -> Page:
        return cls(session.stderr, session.environ, color, may_page=False)

    def heading(self, text: str, note: str = "") -> None:
        """A title line, with an optional remark after it."""
        line = self.text(text, "bold")
        if note:
            line.append_text(self.text(f"  {note}", "dim"))
        self._parts.append(line)

    def subheading(self, text: str, note: str = "", depth: int = 1) -> None:
        """The title of a part, the deeper the further in."""
        line = self.text(text, "bold underline")
        line.append_text(self.text(f"  {note}" if note else "", "dim"))
        self.line(line, indent=2 * (depth - 1))

    def line(self, text: str | Text = "", style: str = "", indent: int = 0) -> None:
        """One paragraph, folded to the width."""
        body = text if isinstance(text, Text) else self.text(text, style)
        self._parts.append(_Hanging([(Text(), body)], indent, 0))

    def unfolded(self, text: str) -> None:
        """One line as it is, however long: for what editors and other programs read."""
        self._parts.append(_Unfolded(self.text(text)))

    def bullets(self, items: Iterable[str | Text], mark: str = "-", indent: int = 0, style: str = "") -> None:
        """A list; each item hangs from its mark."""
        texts = (item if isinstance(item, Text) else self.text(item, style) for item in items)
        self._parts.append(_Hanging([(Text(mark), text) for text in texts], indent, 1))

    def pairs(self, items: Iterable[tuple[str | Text, str | Text]], indent: int = 0) -> None:
        """Labels with their values, the values in one column."""
        rows = [
            (
                label if isinstance(label, Text) else self.text(label, "dim"),
                value if isinstance(value, Text) else self.text(value),
            )
            for label, value in items
        ]
        self._parts.append(_Hanging(rows, indent, 2))

    def sign(self, drawn: str, plain: str) -> str:
        """A sign, or its plain form where the encoding cannot carry it."""
        return plain if self._ascii else drawn

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str | Text]], title: str = "") -> None:
        """A table with a header; empty columns are left out. Where there is no room for all columns side by side, what
        stands in each row is told one below the other."""
        rows = [list(row) for row in rows]
        kept = [i for i in range(len(columns)) if any(str(row[i]) for row in rows)]
        cells = [[columns[i], *(_BOUND.sub(_JOINT, str(row[i])) for row in rows)] for i in kept]
        widths = _widths(cells, self.console.width - _COLUMN_GAP * len(kept))
        if widths is None:
            self._stacked(columns, rows, title)
            return
        table = Table(
            box=ASCII if self._ascii else SIMPLE_HEAD, pad_edge=False, title=title or None, title_justify="left"
        )
        for i, width in zip(kept, widths, strict=True):
            table.add_column(self.text(columns[i], "bold"), overflow="fold", width=width)
        for row in rows:
            texts = (cell if isinstance(cell, Text) else self.text(str(cell)) for cell in (row[i] for i in kept))
            table.add_row(*map(_bound, texts))
        self._parts.append(table)

    def _stacked(self, columns: Sequence[str], rows: Sequence[Sequence[str | Text]], title: str) -> None:
        """The rows of a table, each a block of lines that name the column."""
        if title:
            self.line(title, "italic")
        for row in rows:
            self.gap()
            self.pairs((column, cell) for column, cell in zip(columns, row, strict=True) if str(cell))
        self.gap()

    def add(self, renderable: Any) -> None:
        """Anything else that rich can draw."""
        self._parts.append(renderable)

    def gap(self) -> None:
        """An empty line, but not before anything else."""
        if self._parts:
            self._parts.append(Text(""))

    def warnings(self, result: Result) -> None:
        """The warnings of a result, each with its code, so that a reader can look it up."""
        for warning in result.warnings:
            self.line(self._labelled("Warning", "bold yellow", warning))

    def problems(self, result: Result, *, with_warnings: bool) -> None:
        """The errors of a result, with what to do next."""
        if with_warnings:
            self.warnings(result)
        for error in result.errors:
            self.line(self._labelled("Error", "bold red", error))
            if error.get("caret"):
                self.line(self.text(error["caret"]))
            for problem in error.get("problems", []):
                self.unfolded(problem_line(problem))
            if error.get("suggestions"):
                self.line("Did you mean: " + visible(_suggestions(error["suggestions"]), _UNLIMITED))
            if error.get("hint"):
                self.line(error["hint"])

    def _labelled(self, label: str, style: str, said: dict[str, Any]) -> Text:
        """A warning or an error, with its source where it has one, and its code."""
        line = self.text(f"{label}: ", style)
        # One line whatever was typed, so that no part of it passes for a message of ours.
        line.append_text(self.text(visible(said["message"], _UNLIMITED)))
        source = ", ".join(said[key] for key in ("source", "section") if said.get(key))
        line.append_text(self.text(f" ({source})" if source else "", "dim"))
        line.append_text(self.text(f" [{said['code']}]", "dim"))
        return line

    @staticmethod
    def text(text: str, style: str = "") -> Text:
        """Text as data: no markup, no control characters; line breaks stay."""
        shown = "\n".join(visible(part, _UNLIMITED) for part in str(text).split("\n"))
        # The style goes on this part only, not on what is appended to it.
        return Text(overflow="fold").append(shown, style or None)

    def show(self) -> None:
        """Write the page."""
        if not self._parts:
            return
        with self.console.capture() as capture:
            for part in self._parts:
                if isinstance(part, _Unfolded):
                    self.console.print(part.text, soft_wrap=True)
                else:
                    self.console.print(part)
        output = "\n".join(line.rstrip() for line in capture.get().replace(_JOINT, " ").split("\n"))
        paged = False
        if self._may_page and output.count("\n") >= self.console.height and self._environ.get("MONO_PAGER", "1") != "":
            from monocli.render.paging import page_through

            paged = page_through(output, self._environ)
        if not paged:
            self._stream.write(encodable(output, getattr(self._stream, "encoding", None)))


class _Unfolded(NamedTuple):
    text: Text


class _Hanging(NamedTuple):
    """Texts that fold beside what leads them in: a mark, a label, or nothing but the indent.

    An answer is made of hundreds of these. Rich lays them out as a table of two columns too, which takes far longer, so
    that is left for labels that need folding themselves.
    """

    rows: Sequence[tuple[Text, Text]]
    indent: int
    gap: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment | Table]:
        widest = max((lead.cell_len for lead, _ in self.rows), default=0)
        # Deep indents give way before the text does: what is beyond the width would be cut off.
        indent = max(min(self.indent, options.max_width - widest - self.gap - _LEAST_TEXT), 0)
        column = indent + widest + self.gap
        if column > options.max_width // 2 and widest > 1:
            yield self._table(indent)
            return
        width = max(options.max_width - column, 1)
        for lead, text in self.rows:
            yield Segment(" " * indent)
            yield from lead.render(console)
            before = " " * (column - indent - lead.cell_len)
            for line in _bound(text).wrap(console, width, overflow="fold"):
                yield Segment(before)
                yield from line.render(console, end="\n")
                before = " " * column

    def _table(self, indent: int) -> Table:
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, self.gap, 0, 0), expand=False)
        if indent:
            table.add_column(width=max(indent - self.gap, 0), no_wrap=True)
        table.add_column(overflow="fold")
        table.add_column(overflow="fold", ratio=1)
        for row in self.rows:
            table.add_row(*([""] if indent else []), *map(_bound, row))
        return table


def _bound(text: Text) -> Text:
    """The same text with numbers bound to their units; it is as long, so that its styles stay in place."""
    plain = _BOUND.sub(_JOINT, text.plain)
    if plain == text.plain:
        return text
    bound = text.copy()
    bound.plain = plain
    return bound


def problem_line(problem: dict[str, Any]) -> str:
    """A problem of library data as editors follow it."""
    where = f"{problem['file']}:{problem['line']}:{problem['column']}"
    return f"{where}: {problem['path']}: {problem['message']}" if problem["path"] else f"{where}: {problem['message']}"


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


def _suggestions(items: Sequence[Any]) -> str:
    """The suggestions in one line; of very many the first, and how many more there are."""
    shown = [_suggested(item) for item in items[:_MOST_SUGGESTIONS]]
    more = len(items) - len(shown)
    return ", ".join(shown) + (f"; and {more} more" if more else "")


def _suggested(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    name, title = item.get("name") or item.get("id", ""), item.get("title") or item.get("label")
    return f"{name} ({title})" if title and title != name else str(name)


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
