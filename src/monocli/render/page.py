"""A page of terminal output: rich underneath, with the habits that keep data data.

All text goes in as `Text`, so that brackets in a name are never markup; control characters are shown as "�"; cells
fold and are never cut; nothing is said by colour alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.box import ASCII, SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from monocli.engine.names import visible
from monocli.render.tabular import encodable
from monocli.result import Result

if TYPE_CHECKING:
    from typing import TextIO

    from monocli.cli.session import Session

_UNLIMITED = 1_000_000
_MIN_WIDTH = 20


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

    def line(self, text: str | Text = "", style: str = "", indent: int = 0) -> None:
        """One paragraph, folded to the width."""
        body = text if isinstance(text, Text) else self.text(text, style)
        body.overflow = "fold"
        self._parts.append(Padding(body, (0, 0, 0, indent), expand=False))

    def unfolded(self, text: str) -> None:
        """One line as it is, however long: for what editors and other programs read."""
        self._parts.append(_Unfolded(self.text(text)))

    def bullets(self, items: Iterable[str | Text], mark: str = "-", indent: int = 0, style: str = "") -> None:
        """A list; each item hangs from its mark."""
        grid = self.grid(indent, gap=1)
        for item in items:
            grid.add_row(mark, item if isinstance(item, Text) else self.text(item, style))
        self._parts.append(grid)

    def pairs(self, items: Iterable[tuple[str, str | Text]], indent: int = 0) -> None:
        """Labels with their values, the values in one column."""
        grid = self.grid(indent)
        for label, value in items:
            grid.add_row(self.text(label, "dim"), value if isinstance(value, Text) else self.text(value))
        self._parts.append(grid)

    def grid(self, indent: int = 0, gap: int = 2) -> Table:
        """An empty two-column layout without lines, whose columns fold."""
        grid = Table(box=None, show_header=False, pad_edge=False, padding=(0, gap, 0, 0), expand=False)
        if indent:
            grid.add_column(width=max(indent - gap, 0), no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_column(overflow="fold", ratio=1)
        if indent:
            add_row = grid.add_row
            grid.add_row = lambda *cells, **more: add_row("", *cells, **more)  # type: ignore[method-assign]
        return grid

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str | Text]], title: str = "") -> None:
        """A table with a header; empty columns are left out."""
        rows = [list(row) for row in rows]
        kept = [i for i in range(len(columns)) if any(str(row[i]) for row in rows)]
        table = Table(
            box=ASCII if self._ascii else SIMPLE_HEAD, pad_edge=False, title=title or None, title_justify="left"
        )
        for i in kept:
            table.add_column(self.text(columns[i], "bold"), overflow="fold")
        for row in rows:
            table.add_row(*(row[i] if isinstance(row[i], Text) else self.text(str(row[i])) for i in kept))
        self._parts.append(table)

    def add(self, renderable: Any) -> None:
        """Anything else that rich can draw."""
        self._parts.append(renderable)

    def gap(self) -> None:
        self._parts.append(Text(""))

    def warnings(self, result: Result) -> None:
        """The warnings of a result, each with its code, so that a reader can look it up."""
        for warning in result.warnings:
            self.line(self._labelled("Warning", "bold yellow", warning["message"], warning["code"]))

    def problems(self, result: Result, *, with_warnings: bool) -> None:
        """The errors of a result, with what to do next."""
        if with_warnings:
            self.warnings(result)
        for error in result.errors:
            self.line(self._labelled("Error", "bold red", error["message"], error["code"]))
            if error.get("caret"):
                self.line(self.text(error["caret"]))
            for problem in error.get("problems", []):
                self.unfolded(problem_line(problem))
            if error.get("suggestions"):
                self.line("Did you mean: " + ", ".join(_suggested(item) for item in error["suggestions"]))
            if error.get("hint"):
                self.line(error["hint"])

    def _labelled(self, label: str, style: str, message: str, code: str) -> Text:
        line = self.text(f"{label}: ", style)
        line.append_text(self.text(message))
        line.append_text(self.text(f" [{code}]", "dim"))
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
        output = "\n".join(line.rstrip() for line in capture.get().split("\n"))
        if self._may_page and output.count("\n") >= self.console.height and self._environ.get("MONO_PAGER", "1") != "":
            from pydoc import pager

            os.environ.setdefault("LESS", "-FRX")
            pager(output)
        else:
            self._stream.write(encodable(output, getattr(self._stream, "encoding", None)))


@dataclass(frozen=True, slots=True)
class _Unfolded:
    text: Text


def problem_line(problem: dict[str, Any]) -> str:
    """A problem of library data as editors follow it."""
    where = f"{problem['file']}:{problem['line']}:{problem['column']}"
    return f"{where}: {problem['path']}: {problem['message']}" if problem["path"] else f"{where}: {problem['message']}"


def _suggested(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    name, title = item.get("name") or item.get("id", ""), item.get("title") or item.get("label")
    return f"{name} ({title})" if title and title != name else str(name)


def _width(environ: Any, stream: Any) -> int | None:
    """COLUMNS where it is a sensible number; else the terminal's own, and 80 in a pipe."""
    columns = environ.get("COLUMNS", "")
    if columns.isdecimal() and len(columns) < 6:
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
