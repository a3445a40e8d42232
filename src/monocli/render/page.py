"""The document of an answer: what a renderer says, as headings, paragraphs, lists, label–value pairs, tables, notices
and references, once for every format.

`terminal`, `markdown` and `html` paint this very document, so that none of them can say less than another. All text is
data: it is kept as it is written, but for control characters, which are shown as "�". Nothing here imports rich.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from monocli.engine.names import visible
from monocli.records.record import Record
from monocli.render.palette import Style
from monocli.result import Result

_UNLIMITED = 1_000_000
_MOST_SUGGESTIONS = 12


class Run(Record):
    """A piece of text in one style; `plain` is what stands for it where the encoding cannot carry it."""

    text: str
    style: Style = ""
    plain: str = ""


class Text:
    """Text as runs of styles."""

    __slots__ = ("runs",)

    def __init__(self, *runs: Run) -> None:
        self.runs = list(runs)

    @property
    def plain(self) -> str:
        """The text without its styles."""
        return "".join(run.text for run in self.runs)

    def append_text(self, other: Text) -> Text:
        """Itself with the other text behind."""
        self.runs += other.runs
        return self

    def __str__(self) -> str:
        return self.plain


class Heading(Record):
    """The title of the page (depth 0) or of a part, the deeper the further in; with a remark after it."""

    text: Text
    note: Text
    depth: int


class Paragraph(Record):
    text: Text
    indent: int


class Verbatim(Record):
    """Lines as they are, however long: for what editors and other programs read."""

    text: str


class Bullets(Record):
    """A list; `mark` leads each item, and says something where it is more than a dash."""

    items: Sequence[Text]
    mark: Text
    indent: int


DASHES = ("-", "")
"""Marks that say no more than that an item begins."""


def marked(block: Bullets, item: Text) -> Text:
    """An item with its mark, where that says something."""
    if block.mark.plain in DASHES:
        return item
    return Text(*block.mark.runs, Run(" ")).append_text(item)


class LabelledValues(Record):
    """Labels with their values, the values in one column."""

    rows: Sequence[tuple[Text, Text]]
    indent: int


class References(Record):
    """A numbered list of literature, each item with its own number."""

    items: Sequence[tuple[Text, Text]]
    indent: int


class Table(Record):
    """A table with a header. Of the columns in `numbers` the cells stand with their decimal points one below the other.
    On what is narrower than `least` letters, `narrow` says the same in another way."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Text]]
    title: str
    numbers: frozenset[int]
    least: int
    narrow: Sequence[Block]


class Notice(Record):
    """A warning or an error, with its source where it has one, and its code, so that a reader can look it up."""

    label: str
    style: Style
    message: str
    source: str
    code: str

    @property
    def text(self) -> Text:
        line = Text(Run(f"{self.label}: ", self.style), Run(self.message))
        return line.append_text(Text(Run((f" ({self.source})" if self.source else "") + f" [{self.code}]", "dim")))


class Gap(Record):
    """An empty line."""


Block: TypeAlias = Heading | Paragraph | Verbatim | Bullets | LabelledValues | References | Table | Notice | Gap


class Page:
    """Collects the blocks of one document."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []

    def heading(self, text: str | Text, note: str = "") -> None:
        """A title, with an optional remark after it."""
        self.blocks.append(Heading(_styled(text, "bold"), self.text(note, "dim"), 0))

    def subheading(self, text: str, note: str = "", depth: int = 1) -> None:
        """The title of a part, the deeper the further in."""
        self.blocks.append(Heading(self.text(text, "title"), self.text(note, "dim"), depth))

    def line(self, text: str | Text = "", style: Style = "", indent: int = 0) -> None:
        """One paragraph."""
        self.blocks.append(Paragraph(_styled(text, style), indent))

    def unfolded(self, text: str) -> None:
        """Lines as they are, however long."""
        self.blocks.append(Verbatim(self.text(text).plain))

    def bullets(self, items: Iterable[str | Text], mark: str | Text = "-", indent: int = 0, style: Style = "") -> None:
        """A list; each item hangs from its mark."""
        self.blocks.append(Bullets([_styled(item, style) for item in items], _styled(mark), indent))

    def pairs(self, items: Iterable[tuple[str | Text, str | Text]], indent: int = 0) -> None:
        """Labels with their values, the values in one column."""
        self.blocks.append(LabelledValues([(_styled(label, "dim"), _styled(value)) for label, value in items], indent))

    def references(self, items: Iterable[tuple[str, str | Text]], indent: int = 0) -> None:
        """A list of literature; each item hangs from its number."""
        self.blocks.append(References([(self.text(n, "number"), _styled(text)) for n, text in items], indent))

    def table(
        self,
        columns: Sequence[str],
        rows: Iterable[Sequence[str | Text]],
        title: str = "",
        *,
        numbers: Iterable[str] = (),
        least: int = 0,
        narrow: Page | None = None,
    ) -> None:
        """A table with a header; empty columns are left out. `numbers` names the columns of numbers; on a page of less
        than `least` letters a line `narrow` is painted in its place."""
        cells = [[_styled(cell) for cell in row] for row in rows]
        kept = [i for i in range(len(columns)) if any(row[i].plain for row in cells)]
        places = frozenset(place for place, i in enumerate(kept) if columns[i] in frozenset(numbers))
        blocks = narrow.blocks if narrow else ()
        kept_rows = [[row[i] for i in kept] for row in cells]
        self.blocks.append(Table([columns[i] for i in kept], kept_rows, title, places, least, blocks))

    def gap(self) -> None:
        """An empty line, but not before anything else, and one is enough."""
        if self.blocks and not isinstance(self.blocks[-1], Gap):
            self.blocks.append(Gap())

    def warnings(self, result: Result, label: str = "Warning") -> None:
        """The warnings of a result."""
        self.blocks += [_notice(label, "warning", warning) for warning in result.warnings]

    def problems(self, result: Result, *, with_warnings: bool) -> None:
        """The errors of a result, with what to do next."""
        if with_warnings:
            self.warnings(result)
        for error in result.errors:
            self.blocks.append(_notice("Error", "error", error))
            if error.get("caret"):
                self.line(self.text(error["caret"]))
            for problem in error.get("problems", []):
                self.unfolded(problem_line(problem))
            if error.get("suggestions"):
                self.line("Did you mean: " + visible(_suggestions(error["suggestions"]), _UNLIMITED))
            if error.get("hint"):
                self.line(error["hint"])

    @staticmethod
    def text(text: str, style: Style = "") -> Text:
        """Text as data: no markup, no control characters; line breaks stay."""
        shown = str(text)
        if not shown.isprintable():
            shown = "\n".join(visible(part, _UNLIMITED) for part in shown.split("\n"))
        return Text(Run(shown, style)) if shown else Text()

    @staticmethod
    def sign(drawn: str, plain: str, style: Style = "") -> Text:
        """A sign, with its plain form for encodings that cannot carry it."""
        return Text(Run(drawn, style, plain))


def _styled(text: str | Text, style: Style = "") -> Text:
    return text if isinstance(text, Text) else Page.text(text, style)


def _notice(label: str, style: Style, said: Mapping[str, Any]) -> Notice:
    source = ", ".join(said[key] for key in ("source", "section") if said.get(key))
    # One line whatever was typed, so that no part of it passes for a message of ours.
    message, source = (visible(text, _UNLIMITED) for text in (said["message"], source))
    return Notice(label, style, message, source, said["code"])


def problem_line(problem: dict[str, Any]) -> str:
    """A problem of library data as editors follow it."""
    where = f"{problem['file']}:{problem['line']}:{problem['column']}"
    return f"{where}: {problem['path']}: {problem['message']}" if problem["path"] else f"{where}: {problem['message']}"


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
