"""Which labels were removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.render.page import Page
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.records.output.labels import LabelRemoved


def table(result: Result, page: Page) -> None:
    data = cast("LabelRemoved", result.data)
    count = data.get("all", len(data["removed"]))
    page.heading(f"{count:,} label{'s' if count != 1 else ''} removed; {data['labels']:,} left")
    page.bullets((f"{one['title']} (set id {one['set_id']})" for one in data["removed"]), indent=2)


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    removed = cast("LabelRemoved", result.data)["removed"]
    return ["set_id", "version", "title"], [[one["set_id"], one["version"], one["title"]] for one in removed]
