"""The labels of a name, in the order in which one is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.render.label_parts import day, substances
from monocli.render.page import Page
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.records.output.labels import LabelList


def table(result: Result, page: Page) -> None:
    """One row a label."""
    data = cast("LabelList", result.data)
    page.heading(f"{data['total']} label{'s' if data['total'] != 1 else ''}")
    columns = ["Label", "Substances", "Application", "Version", "Effective", "Set id"]
    page.table(
        columns,
        (
            [
                one["title"],
                substances(one),
                one["application"] or "",
                one["version"],
                day(one["effective"]),
                one["set_id"],
            ]
            for one in data["labels"]
        ),
    )
    if result.warnings:
        page.gap()
        page.warnings(result)


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One line a label, codes with blanks between them."""
    columns = ["set_id", "version", "effective", "title", "brand", "generic", "substances", "unii", "labeler",
               "application", "product_type", "ndc", "rxcui", "repackaged", "format", "published"]  # fmt: skip
    lines = [
        [
            one["set_id"],
            one["version"],
            one["effective"] or "",
            one["title"],
            one["brand"] or "",
            one["generic"] or "",
            "; ".join(item["name"] or "" for item in one["substances"]),
            " ".join(one["unii"]),
            one["labeler"] or "",
            one["application"] or "",
            one["product_type"] or "",
            " ".join(one["ndc"]),
            " ".join(one["rxcui"]),
            "yes" if one["repackaged"] else "no",
            one["format"],
            one["published"] or "",
        ]
        for one in cast("LabelList", result.data)["labels"]
    ]
    return columns, lines
