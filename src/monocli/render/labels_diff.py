"""What differs between two texts of labels. What came stands between [+ +], what went between [- -]."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.render.label_parts import edition
from monocli.render.page import Page, Text
from monocli.render.palette import Style
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.records.output.labels import LabelDiff, SectionDiff

_MARKS: dict[str, tuple[str, str, Style]] = {
    "same": ("", "", ""),
    "added": ("[+", "+]", "number"),
    "removed": ("[-", "-]", "error"),
}


def table(result: Result, page: Page) -> None:
    """Which two, then section by section what came and went."""
    data = cast("LabelDiff", result.data)
    count = len(data["sections"])
    page.heading(f"{count} section{'s differ' if count != 1 else ' differs'}, {data['same']} have the same words")
    page.pairs(
        [(name, f"{card['title']}, set id {card['set_id']}, {edition(card)}")
         for name, card in (("from", data["before"]), ("to", data["after"]))],
        indent=2,
    )  # fmt: skip
    for section in data["sections"]:
        page.gap()
        title = " ".join(part for part in (section["number"], section["title"]) if part) or section["id"]
        page.subheading(title, section["change"])
        page.line(_marked(page, section), indent=2)
    if result.warnings:
        page.gap()
        page.warnings(result)


def _marked(page: Page, section: SectionDiff) -> Text:
    """The words with marks as well as colours, so that they show without these."""
    text = page.text("")
    for part in section["parts"]:
        before, after, style = _MARKS[part["kind"]]
        text.append_text(page.text(f"{before}{part['text']}{after}", style)).append_text(page.text(" "))
    return text


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One line a part."""
    lines = [
        [one["id"], one["number"] or "", one["title"], one["change"], part["kind"], part["text"]]
        for one in cast("LabelDiff", result.data)["sections"]
        for part in one["parts"]
    ]
    return ["section", "number", "title", "change", "kind", "text"], lines
