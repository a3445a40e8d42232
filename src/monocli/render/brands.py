"""Proprietary names by country."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.render.page import Page
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.records.output.lookups import Brands, ListedBrand


def table(result: Result, page: Page) -> None:
    """One line a country and name, by drug."""
    data = cast("Brands", result.data)
    drugs = list(dict.fromkeys(brand["monograph"] for brand in data["brands"]))
    for drug in drugs:
        page.heading(drug)
        lines = [_cells(brand) for brand in data["brands"] if brand["monograph"] == drug]
        page.table(["country", "ISO", "as printed", "name", "source"], lines)
    total = data["total"]
    page.line(
        f"{total} entr{'y' if total == 1 else 'ies'}. A country that is not listed is not listed, no more.", "dim"
    )


def _cells(brand: ListedBrand) -> list[str]:
    also = f" ({', '.join(brand['also'])})" if brand["also"] else ""
    country = brand["country"]
    return [
        country["name"],
        country["code"],
        country["as_printed"] or "",
        brand["name"] + also,
        brand["source"],
    ]


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One line a country and name."""
    lines = [[brand["monograph"], *_cells(brand)] for brand in cast("Brands", result.data)["brands"]]
    return ["monograph", "country", "code", "as_printed", "name", "source"], lines
