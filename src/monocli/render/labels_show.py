"""A label in its own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from monocli.render.label_parts import card_lines, section
from monocli.render.page import Page
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.records.output.labels import LabelShow, ShownLabelSection


def table(result: Result, page: Page) -> None:
    """Whose label it is, then its sections with their tables; what the data ask to be said, last."""
    data = cast("LabelShow", result.data)
    page.heading(data["label"]["title"])
    card_lines(page, data["label"])
    for shown in data["sections"]:
        section(page, shown)
    if result.warnings:
        page.gap()
        page.warnings(result)


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One line a section, and one for each row of its tables."""
    data = cast("LabelShow", result.data)
    label = data["label"]
    lines = [[label["set_id"], label["version"], *line] for line in _lines(data["sections"])]
    return ["set_id", "version", "section", "loinc", "number", "title", "kind", "text"], lines


def _lines(sections: Sequence[ShownLabelSection]) -> Iterator[list[str]]:
    for shown in sections:
        head = [shown["id"], shown["loinc"] or "", shown["number"] or "", shown["title"]]
        if shown.get("highlights"):
            yield [*head, "highlights", shown["highlights"]]
        yield [*head, "text", shown["text"]]
        for number, grid in enumerate(shown["tables"], 1):
            if grid["caption"]:
                yield [*head, f"table {number} caption", grid["caption"]]
            for row in grid["rows"]:
                yield [*head, f"table {number} row", " | ".join(row)]
            for note in grid["notes"]:
                yield [*head, f"table {number} note", f"{note['mark']} {note['text']}".strip()]
        yield from _lines(shown["sections"])
