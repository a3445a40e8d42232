"""Sources: a card for each that was asked for, or all of them line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.result import Result

if TYPE_CHECKING:
    from monocli.records.output.lookups import ShownSource, Sources
    from monocli.render.page import Page

_NOT_KNOWN = "not known here"
COLUMNS = ["id", "title", "edition", "date", "licence", "used_for", "publisher", "kind", "printed", "detail", "url"]
COLUMNS += ["levels", "note", "label_of"]


def table(result: Result, page: Page) -> None:
    """A card for each id; without one, a line for each with what it is used for."""
    data = cast("Sources", result.data)
    if result.shown.get("ids") or result.shown.get("all"):
        for number, source in enumerate(data["sources"]):
            if number:
                page.gap()
            _card(source, page)
        return
    lines = [[source["id"], source["date"] or "", _said(source["used_for"])] for source in data["sources"]]
    page.table(["id", "date", "used for"], lines)
    page.line(f'{data["total"]} sources. "mono sources ID" shows title, edition and licence.', "dim")


def _said(text: str | None) -> str:
    return text or _NOT_KNOWN


def _card(source: ShownSource, page: Page) -> None:
    page.heading(source["title"], source["id"])
    rows = [("publisher", source["publisher"])] if "publisher" in source else []
    rows += [("edition", source["edition"])] if source["edition"] else []
    rows += [("date", _said(source["date"])), ("licence", _said(source["licence"]))]
    rows.append(("used for", _said(source["used_for"])))
    rows += [("label of", ", ".join(source["label_of"]))] if "label_of" in source else []
    if levels := _levels(source):
        rows.append(("levels", levels))
    rows += [(key, source[key]) for key in ("detail", "note", "url") if key in source]
    page.pairs(rows, indent=2)


def _levels(source: ShownSource) -> str:
    """Its own scale, with what each level is taken for and its meaning."""
    return "; ".join(
        f"{level['id']} ({level['label']}) = {level['action']}"
        + (f": {level['meaning']}" if "meaning" in level else "")
        for level in source.get("levels", [])
    )


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One row a source."""
    return COLUMNS, [_row(source) for source in cast("Sources", result.data)["sources"]]


def _row(source: ShownSource) -> list[str]:
    record: dict[str, object] = {**source, "levels": _levels(source), "label_of": " ".join(source.get("label_of", []))}
    return [str(record.get(column) or "") for column in COLUMNS]
