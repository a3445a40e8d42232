"""A page as a Markdown document. Nothing folds, and what Markdown would take as markup is escaped."""

from __future__ import annotations

from collections.abc import Iterator

from monocli.render import page as blocks
from monocli.render import tabular
from monocli.render.page import Page, Text
from monocli.render.palette import LOOKS

_MARKS = tuple("-+#>=~")
"""What Markdown would take as the beginning of a list, a heading or a quotation."""


def painted(page: Page) -> str:
    """The page as Markdown: blocks with an empty line between them; items of one list stand together."""
    painter = _MarkdownPainter()
    for block in page.blocks:
        painter.paint(block)
    text, before = "", ""
    for kind, written in painter.written:
        if kind != "gap":
            text += ("" if not text else "\n" if kind == before == "item" else "\n\n") + written
        before = kind
    return f"{text}\n" if text else ""


class _MarkdownPainter:
    """Writes block by block. Text below an indent is a list, as deep as it is indented."""

    def __init__(self) -> None:
        self.written: list[tuple[str, str]] = []
        self._depth = 0

    def paint(self, block: blocks.Block) -> None:
        if isinstance(block, blocks.Heading):
            self._heading(block)
        elif isinstance(block, blocks.Paragraph):
            self._paragraph(block)
        elif isinstance(block, blocks.Verbatim):
            self.written.append(("code", f"```text\n{block.text}\n```"))
        elif isinstance(block, blocks.Bullets):
            for item in block.items:
                self._item(blocks.marked(block, item), block.indent // 2)
        elif isinstance(block, blocks.LabelledValues):
            for label, value in block.rows:
                self._item(_labelled(label, value), max(block.indent // 2 - 1, 0))
        elif isinstance(block, blocks.References):
            for label, value in block.items:
                self.written.append(("item", f"{_inline(label)} {_inline(value)}"))
        elif isinstance(block, blocks.Table):
            self._table(block)
        elif isinstance(block, blocks.Notice):
            self._item(Page.text(block.text.plain), 0)
        else:
            self.written.append(("gap", ""))

    def _heading(self, block: blocks.Heading) -> None:
        """The first is the title of the document."""
        depth = block.depth if block.depth else 1 if self.written else 0
        note = block.note.plain
        remark = f" ({_escaped(note)})" if note and not note.startswith("(") else f" {_escaped(note)}" if note else ""
        self.written.append(("heading", f"{'#' * min(depth + 1, 6)} {_escaped(block.text.plain)}{remark}"))

    def _paragraph(self, block: blocks.Paragraph) -> None:
        if block.indent:
            self._item(block.text, block.indent // 2 - 1)
        else:
            self.written.append(("line", _block(block.text)))

    def _table(self, block: blocks.Table) -> None:
        if block.title:
            self.written.append(("line", f"**{_escaped(block.title)}**"))
        table = tabular.markdown(block.columns, [[cell.plain for cell in row] for row in block.rows])
        self.written.append(("table", table.rstrip("\n")))

    def _item(self, text: Text, depth: int) -> None:
        """An item is at most one level deeper than the one before it, and the first of a list at none."""
        in_list = bool(self.written) and self.written[-1][0] == "item"
        self._depth = min(max(depth, 0), self._depth + 1) if in_list else 0
        before = "  " * self._depth
        self.written.append(("item", f"{before}- " + _block(text).replace("\n", f"\n{before}  ")))


def _labelled(label: Text, value: Text) -> Text:
    """A label and its value in one line."""
    plain = label.plain
    styled = any(LOOKS[run.style].bold for run in label.runs if run.style)
    after = "" if not plain else " " if styled or plain.endswith((".", "]")) else ": "
    return Text(*label.runs).append_text(Page.text(after)).append_text(value)


def _block(text: Text) -> str:
    """Text that begins a block: what looks like the mark of a list is kept text. Its lines stay lines."""
    shown = _inline(text)
    return f"\\{shown}" if shown.startswith(_MARKS) else shown


def _inline(text: Text) -> str:
    """Text with its bold parts marked, everything else escaped; a line break is kept as one."""
    return "\\\n".join("".join(map(_marked, line)).strip() for line in _lines(text))


def _lines(text: Text) -> Iterator[list[blocks.Run]]:
    """The runs of each line."""
    line: list[blocks.Run] = []
    for run in text.runs:
        first, *others = run.text.split("\n")
        line.append(run.replaced(text=first))
        for part in others:
            yield line
            line = [run.replaced(text=part)]
    yield line


def _marked(run: blocks.Run) -> str:
    """A piece, escaped; of a bold one the spaces around stay outside, where Markdown wants them."""
    inner = run.text.strip()
    if not inner or not run.style or not LOOKS[run.style].bold:
        return _escaped(run.text)
    before, _, after = run.text.partition(inner)
    return f"{before}**{_escaped(inner)}**{after}"


def _escaped(text: str) -> str:
    return tabular.escaped(text)
