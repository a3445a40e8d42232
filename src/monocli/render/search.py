"""Hits with the match marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.render.page import Page, Text
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.records.output.lookups import Hit, Search


def table(result: Result, page: Page) -> None:
    """Hits under the section that they stand in, best first; the words that match stand between «»."""
    data = cast("Search", result.data)
    hits = data["hits"]
    if not hits:
        return
    page.heading(f"{data['total']} hit{'s' if data['total'] != 1 else ''} for {data['query']}")
    where = None
    for hit in hits:
        here = f"{hit['monograph']} · {hit['title']}"
        if here != where:
            page.gap()
            page.line(here, "bold")
            where = here
        page.bullets([_marked(page, hit)], indent=2)
    page.gap()
    page.line(f"Source: {', '.join(sorted({hit['source'] for hit in hits}))}", "dim")
    if result.warnings:
        page.gap()
        page.warnings(result)


def _marked(page: Page, hit: Hit) -> Text:
    """The passage with its matching words marked by « » as well as by style, so that they show without colour."""
    where = f" in {hit['country']}" if hit.get("country") else ""
    label = "" if hit["kind"] == "statement" else f"{hit['kind']}{where}: "
    text, start = page.text(label, "dim"), 0
    for begin, end in hit["matches"]:
        text.append_text(page.text(hit["text"][start:begin]))
        text.append_text(page.text(f"«{hit['text'][begin:end]}»", "match"))
        start = end
    text.append_text(page.text(hit["text"][start:]))
    if hit.get("references"):
        text.append_text(page.text(f" [{', '.join(map(str, hit['references']))}]", "number"))
    return text


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One line a hit."""
    lines = [
        [
            hit["monograph"],
            hit["section"] or "",
            hit["title"],
            hit["kind"],
            hit["text"],
            hit["source"],
            " ".join(map(str, hit.get("references", []))),
            str(hit.get("reference", "")),
            hit.get("country", ""),
        ]
        for hit in cast("Search", result.data)["hits"]
    ]
    columns = ["monograph", "section", "title", "kind", "text", "source", "references", "reference", "country"]
    return columns, lines
