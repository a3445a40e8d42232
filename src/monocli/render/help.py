"""Pages of help in the terminal: the small part of Markdown that docs/ is written in, drawn plainly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from monocli.render.page import Page, Text
from monocli.render.palette import Style
from monocli.result import Result

_HEADING = re.compile(r"(#+) +(.*)")
_ITEM = re.compile(r"( *)(?:[-*]|\d+\.) +(.*)")
_RULE = re.compile(r"\|[ :|-]+\|?\s*")
_INLINE = re.compile(r"`(?P<code>[^`]+)`|\*\*(?P<strong>.+?)\*\*|\[(?P<label>[^\]]+)\]\((?P<target>[^)\s]+)\)")
_WORD = re.compile(r"[\w./~<>|-]{2,}")
_INDENT = 2


@dataclass(slots=True)
class Block:
    """One piece of a page: `text`, or for a table `rows`, the first of them its head."""

    kind: Literal["heading", "paragraph", "item", "code", "table"]
    text: str = ""
    level: int = 0
    mark: str = "-"
    rows: list[list[str]] = field(default_factory=list)


def blocks(markdown: str) -> Iterator[Block]:
    """The pieces of a page in order. Only what docs/ uses is known: headings, paragraphs, lists, tables, fences."""
    current: Block | None = None
    fenced: list[str] | None = None
    for line in markdown.splitlines():
        if line.startswith("```"):
            if fenced is None:
                yield from _done(current)
                current, fenced = None, []
            else:
                yield Block("code", "\n".join(fenced))
                fenced = None
        elif fenced is not None:
            fenced.append(line)
        elif (new := _start(line, current)) is not None:
            yield from _done(current)
            current = new
        elif not line.strip():
            yield from _done(current)
            current = None
        elif current is not None and current.kind == "table":
            if not _RULE.fullmatch(line):
                current.rows.append(_cells(line))
        elif current is not None:
            current.text += f" {line.strip()}"
    yield from _done(current)


def _done(block: Block | None) -> Iterator[Block]:
    if block is not None:
        yield block


def _start(line: str, current: Block | None) -> Block | None:
    """The block that begins on this line, or None where the line goes on with the current one or is empty."""
    if match := _HEADING.fullmatch(line):
        return Block("heading", match[2], len(match[1]))
    if match := _ITEM.fullmatch(line):
        mark = line.split()[0]
        return Block("item", match[2], len(match[1]) // 2, "-" if mark == "*" else mark)
    if line.startswith("|"):
        return None if current is not None and current.kind == "table" else Block("table", rows=[_cells(line)])
    begins = current is None or current.kind in ("heading", "table")
    return Block("paragraph", line.strip()) if line.strip() and begins else None


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", inner)]


def plain(text: str, topics: dict[str, str]) -> list[tuple[str, Style]]:
    """Inline Markdown as (text, style) runs. `topics` maps pages to the names under which help has them.

    Code that is not plainly a name stands in quotation marks, so that it is told from the sentence without any colour.
    """
    runs: list[tuple[str, Style]] = []
    end = 0
    for match in _INLINE.finditer(text):
        if match.start() > end:
            runs.append((text[end : match.start()], ""))
        if code := match["code"]:
            bare = _WORD.fullmatch(code) or '"' in code
            runs.append((code if bare else f'"{code}"', "bold"))
        elif strong := match["strong"]:
            runs += [(run, "bold") for run, _ in plain(strong, topics)]
        else:
            label = match["label"].strip("`")
            runs += [(label, ""), (_pointer(label, match["target"], topics), "")]
        end = match.end()
    if end < len(text):
        runs.append((text[end:], ""))
    return runs


def _pointer(label: str, target: str, topics: dict[str, str]) -> str:
    """Where a link leads, as a reader of a terminal can follow it."""
    page = target.partition("#")[0]
    if page in topics:
        return f' ("mono help {topics[page]}")'
    shown = target if "://" in target else target.removeprefix("../") if target.startswith("../") else f"docs/{page}"
    return f" ({shown})" if page and shown != label else ""


def table(result: Result, page: Page) -> None:
    """A page of help."""
    data = result.data or {}
    if data["kind"] == "command":
        page.line(data["text"].rstrip("\n"))
        return
    draw = _Drawing(page, {entry["file"]: entry["topic"] for entry in data["topics"]})
    for block in blocks(data["text"]):
        draw.block(block)


@dataclass(slots=True)
class _Drawing:
    page: Page
    topics: dict[str, str]
    previous: str = ""

    def text(self, text: str) -> Text:
        drawn = Text()
        for run, style in plain(text, self.topics):
            drawn.append_text(Page.text(run, style))
        return drawn

    def block(self, block: Block) -> None:
        if self.previous and "table" not in (block.kind, self.previous) and not block.kind == self.previous == "item":
            self.page.gap()
        self.previous = block.kind
        if block.kind == "heading":
            self.page.heading(self.text(block.text).plain)
        elif block.kind == "item":
            self.page.bullets([self.text(block.text)], mark=block.mark, indent=_INDENT * (block.level + 1))
        elif block.kind == "code":
            for line in block.text.split("\n"):
                self.page.line(line.lstrip(), indent=_INDENT * 2 + len(line) - len(line.lstrip()))
        elif block.kind == "table":
            head, *body = block.rows
            self.page.table(head, [[self.text(cell) for cell in row] for row in body])
        else:
            self.page.line(self.text(block.text))


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """The list of topics and commands, one a line; of a single one of them, the lines of its text."""
    data = result.data or {}
    if data["kind"] != "index":
        return ["topic", "line"], [[data["topic"], line] for line in data["text"].splitlines()]
    named = [["topic", entry["topic"], entry["about"]] for entry in data["topics"]]
    named += [["command", entry["command"], entry["about"]] for entry in data["commands"]]
    return ["kind", "name", "about"], named


def md(result: Result) -> str:
    """The page as it is written; the help of a command as a block of code."""
    data = result.data or {}
    return f"```text\n{data['text']}```\n" if data["kind"] == "command" else str(data["text"])
