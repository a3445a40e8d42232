"""The page of a terminal as a Markdown document, so that neither can say less than the other.

A renderer draws on a `Page`; this one writes what is drawn there as headings, lists and tables. Nothing folds, and what
Markdown would take as markup is escaped.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence

from rich.text import Text

from monocli.render import tabular
from monocli.render.page import Page
from monocli.result import Result

_WIDE = 10_000
"""No terminal: whatever a renderer leaves to wide ones has its room here."""
_MARKS = tuple("-+#>=~")
"""What Markdown would take as the beginning of a list, a heading or a quotation."""


def painted(draw: Callable[[Page], None]) -> str:
    """What `draw` puts on a page, as Markdown."""
    page = MarkdownPage()
    draw(page)
    return page.document()


class MarkdownPage(Page):
    """A page that becomes Markdown. Text below an indent is a list, as deep as it is indented."""

    def __init__(self) -> None:
        super().__init__(io.StringIO(), {"COLUMNS": str(_WIDE)}, "never", may_page=False)
        self._blocks: list[tuple[str, str]] = []
        self._depth = 0

    def document(self) -> str:
        """Blocks with an empty line between them; items of one list stand together."""
        text, before = "", ""
        for kind, block in self._blocks:
            if kind != "gap":
                text += ("" if not text else "\n" if kind == before == "item" else "\n\n") + block
            before = kind
        return f"{text}\n" if text else ""

    def heading(self, text: str, note: str = "") -> None:
        self.subheading(text, note, 1 if self._blocks else 0)

    def subheading(self, text: str, note: str = "", depth: int = 1) -> None:
        remark = f" ({_inline(note)})" if note and not note.startswith("(") else f" {_inline(note)}" if note else ""
        self._blocks.append(("heading", f"{'#' * min(depth + 1, 6)} {_inline(text)}{remark}"))

    def line(self, text: str | Text = "", style: str = "", indent: int = 0) -> None:
        body = text if isinstance(text, Text) else self.text(text, style)
        if indent:
            self._item(body, indent // 2 - 1)
        else:
            self._blocks.append(("line", _block(body)))

    def unfolded(self, text: str) -> None:
        self._blocks.append(("code", f"```text\n{self.text(text).plain}\n```"))

    def bullets(self, items: Iterable[str | Text], mark: str = "-", indent: int = 0, style: str = "") -> None:
        for item in items:
            body = item if isinstance(item, Text) else self.text(item, style)
            if mark:
                self._item(body, indent // 2)
            else:
                self._blocks.append(("item", _inline(body)))

    def pairs(self, items: Iterable[tuple[str | Text, str | Text]], indent: int = 0) -> None:
        for label, value in items:
            if isinstance(label, Text):
                body = label.copy().append(" ")
            else:
                body = self.text(f"{label} " if label.endswith((".", "]")) else f"{label}: " if label else "")
            body.append_text(value if isinstance(value, Text) else self.text(value))
            self._item(body, max(indent // 2 - 1, 0))

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str | Text]], title: str = "") -> None:
        cells = [[str(cell) for cell in row] for row in rows]
        kept = [i for i in range(len(columns)) if any(row[i] for row in cells)]
        if title:
            self.line(title, "bold")
        table = tabular.markdown([columns[i] for i in kept], [[row[i] for i in kept] for row in cells])
        self._blocks.append(("table", table.rstrip("\n")))

    def gap(self) -> None:
        self._blocks.append(("gap", ""))

    def warnings(self, result: Result) -> None:
        for warning in result.warnings:
            self._item(self._labelled("Warning", "", warning), 0)

    def _item(self, text: Text, depth: int) -> None:
        """An item is at most one level deeper than the one before it, and the first of a list at none."""
        in_list = bool(self._blocks) and self._blocks[-1][0] == "item"
        self._depth = min(max(depth, 0), self._depth + 1) if in_list else 0
        before = "  " * self._depth
        self._blocks.append(("item", f"{before}- " + _block(text).replace("\n", f"\n{before}  ")))


def _block(text: Text) -> str:
    """Text that begins a block: what looks like the mark of a list is kept text. Its lines stay lines."""
    shown = _inline(text)
    return f"\\{shown}" if shown.startswith(_MARKS) else shown


def _inline(text: str | Text) -> str:
    """Text with its bold parts marked, everything else escaped; a line break is kept as one."""
    if isinstance(text, str):
        return tabular.escaped(text)
    return "\\\n".join("".join(_marked(part) for part in _runs(line)).strip() for line in text.split("\n"))


def _runs(line: Text) -> Iterator[tuple[str, bool]]:
    """The line in pieces, each with whether it is bold."""
    end = 0
    for span in sorted(span for span in line.spans if "bold" in str(span.style)):
        if span.start >= end:
            yield from ((line.plain[end : span.start], False), (line.plain[span.start : span.end], True))
            end = span.end
    yield line.plain[end:], False


def _marked(run: tuple[str, bool]) -> str:
    """A piece, escaped; of a bold one the spaces around stay outside, where Markdown wants them."""
    text, bold = run
    inner = text.strip()
    if not bold or not inner:
        return tabular.escaped(text)
    before, _, after = text.partition(inner)
    return f"{before}**{tabular.escaped(inner)}**{after}"
