"""What an import did."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.render.page import Page
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.records.output.labels import LabelImport

_COUNTS = ("read", "new", "newer", "older", "same")


def table(result: Result, page: Page) -> None:
    """How many labels of which kind, then what was refused."""
    data = cast("LabelImport", result.data)
    read = f"{data['read']:,} label{'s' if data['read'] != 1 else ''} read"
    page.heading(f"{read}; {data['labels']:,} {'are' if data['labels'] != 1 else 'is'} held")
    said = [
        ("new", data["new"]),
        ("newer than what was held", data["newer"]),
        ("older than what is held, kept to compare", data["older"]),
        ("held already", data["same"]),
        ("files of other kinds passed over", data["passed_over"]),
    ]
    page.bullets((f"{count:,} {what}" for what, count in said if count), indent=2)
    if data["refused"]:
        page.gap()
        page.subheading("Not read")
        page.bullets(_refused(data), indent=2)
    page.gap()
    page.line(f"In {data['path']}", "dim")
    if result.warnings:
        page.gap()
        page.warnings(result)


def _refused(data: LabelImport) -> list[str]:
    return [
        f"{one['path']}: {one['problem']}" + (f" (set id {one['set_id']})" if "set_id" in one else "")
        for one in data["refused"]
    ]


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """The counts, then one line for each that was refused."""
    data = cast("LabelImport", result.data)
    lines = [[name, str(data[name]), "", "", ""] for name in _COUNTS]  # type: ignore[literal-required]
    lines += [["refused", "1", one["path"], one.get("set_id", ""), one["problem"]] for one in data["refused"]]
    return ["what", "count", "path", "set_id", "problem"], lines
