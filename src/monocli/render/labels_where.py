"""Where the imported labels lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.render.page import Page
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.records.output.labels import LabelWhere


def table(result: Result, page: Page) -> None:
    data = cast("LabelWhere", result.data)
    page.heading(data["path"])
    if not data["exists"]:
        page.line("No labels have been imported.", indent=2)
        return
    pairs = [
        ("Labels", f"{data['labels']:,}"),
        ("Versions of them", f"{data['versions']:,}"),
        ("Bytes", f"{data['bytes']:,}"),
    ]
    pairs += [
        (f"Export of {one['published'] or 'no stated day'}", f"{one['labels']:,} labels") for one in data["exports"]
    ]
    pairs += [("To be shown with them", notice) for notice in data["notices"]]
    page.pairs(pairs, indent=2)


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    data = cast("LabelWhere", result.data)
    lines = [["path", data["path"]], ["exists", "yes" if data["exists"] else "no"], ["labels", str(data["labels"])]]
    lines += [["versions", str(data["versions"])], ["bytes", str(data["bytes"])]]
    lines += [[f"export {one['published'] or ''}".strip(), str(one["labels"])] for one in data["exports"]]
    return ["what", "value"], [*lines, *(["notice", notice] for notice in data["notices"])]
