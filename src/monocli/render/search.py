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
    where, sources = None, sorted({hit["source"] for hit in hits})
    for hit in hits:
        here = _place(hit) + (f" · {hit['source']}" if len(sources) > 1 and "label" not in hit else "")
        if here != where:
            page.gap()
            page.line(here, "bold")
            where = here
        page.bullets([_marked(page, hit)], indent=2)
    page.gap()
    page.line(f"Source: {', '.join(sources)}", "dim")
    if result.warnings:
        page.gap()
        page.warnings(result)


def _place(hit: Hit) -> str:
    """What the passage stands in: a section of a monograph, or of a label that many may share word by word."""
    if "label" not in hit:
        return f"{hit['monograph']} · {hit['title']}"
    label = hit["label"]
    section = " ".join(dict.fromkeys(part for part in (label["number"], hit["title"]) if part))
    more = f", and {label['labels'] - 1} more labels" if label["labels"] > 1 else ""
    return f"{label['title']}, version {label['version']}{more} · {section} (set id {label['set_id']})"


def _marked(page: Page, hit: Hit) -> Text:
    """The passage with its matching words marked by « » as well as by style, so that they show without colour."""
    where = f" in {hit['country']}" if hit.get("country") else ""
    label = "" if hit["kind"] in ("statement", "label") else f"{hit['kind']}{where}: "
    if "table" in hit:
        label = f"{hit['table']}: " if hit["table"] else "table: "
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
    """One line a hit; of labels one column more, the set id of the label."""
    hits = cast("Search", result.data)["hits"]
    lines = [
        [
            hit["monograph"] or "",
            hit["section"] or "",
            hit["title"],
            hit["kind"],
            hit["text"],
            hit["source"],
            " ".join(map(str, hit.get("references", []))),
            str(hit.get("reference", "")),
            hit.get("country", ""),
            *([hit["label"]["set_id"]] if "label" in hit else []),
        ]
        for hit in hits
    ]
    columns = ["monograph", "section", "title", "kind", "text", "source", "references", "reference", "country"]
    return [*columns, *(["label"] if hits and "label" in hits[0] else [])], lines
