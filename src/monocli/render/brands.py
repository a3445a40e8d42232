"""Proprietary names by country."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.render.page import Page
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.records.output.lookups import Brands, ListedBrand


def table(result: Result, page: Page) -> None:
    """One line a name with its countries, by drug; with details one line a country and name, as printed."""
    data = cast("Brands", result.data)
    details = bool(result.shown.get("details"))
    for drug in dict.fromkeys(brand["monograph"] for brand in data["brands"]):
        page.heading(drug)
        listed = [brand for brand in data["brands"] if brand["monograph"] == drug]
        if details:
            page.table(["country", "ISO", "as printed", "name", "source"], [_cells(brand) for brand in listed])
        else:
            columns = ["name", "countries", "where", "source"]
            page.table(columns, _by_name(listed), numbers=("countries",))
    total, more = data["total"], "" if details else " As printed: --details."
    counted = f"{total} entr{'y' if total == 1 else 'ies'}"
    said = f"{counted}. That a country is missing means only that the source does not list it."
    page.line(said + more, "dim")


def _by_name(listed: list[ListedBrand]) -> list[list[str]]:
    """Each name once, the most widespread first, with where it is sold; another writing stands with its country."""
    countries: dict[tuple[str, str], list[str]] = {}
    for brand in listed:
        also = f" ({', '.join(brand['also'])})" if brand["also"] else ""
        countries.setdefault((brand["name"], brand["source"]), []).append(brand["country"]["name"] + also)
    found = sorted(countries.items(), key=lambda item: -len(item[1]))
    return [[name, str(len(where)), ", ".join(where), source] for (name, source), where in found]


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
