"""The identity of a drug in a few lines: official names, brands and the numbers asked for most, with sources as
footnotes. `--details` has every name and number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monocli.records.monograph import Brand, Identifier, Name
    from monocli.records.output.lookups import Answerable, Matched, MonographCard
    from monocli.render.page import Page

_NOT_OFFICIAL = {"title", "synonym", "code", "variant", "chemical", "brand", "mentioned"}
FEW_COUNTRIES = 4
"""So many countries of a brand are named; more are counted."""
_NUMBERS = ("ATC", "CAS")
"""The registries whose numbers stand in the short card, in this order."""


class _Footnotes:
    """Sources by number, in the order in which they are cited."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def mark(self, source: str) -> str:
        return f"[{self.numbers.setdefault(source, len(self.numbers) + 1)}]"


def short_card(monograph: MonographCard, matched: Matched, how: str, page: Page) -> None:
    """What the name is of, and how it is known."""
    notes = _Footnotes()
    page.heading(monograph["title"], f"mono show {monograph['id']}")
    page.line(f"{how} {notes.mark(matched['source'])}", indent=2)
    rows = [("names", _official(monograph["names"], notes)), ("also", _also(monograph["names"], notes))]
    if monograph["brands"]:
        cited = dict.fromkeys(brand["source"] for brand in monograph["brands"])
        rows.append(("brands", f"{brands_of(monograph['brands'])} {' '.join(map(notes.mark, cited))}"))
    for system in _NUMBERS:
        found = [item for item in monograph["identifiers"] if item["system"] == system]
        rows.append((system, "; ".join(_numbered(item, notes) for item in found)))
    if "answers" in monograph:
        rows += _answered(monograph["answers"])
    page.pairs([row for row in rows if row[1]], indent=2)
    only_mentioned(matched, page)
    more = (
        f"{len(monograph['names'])} names and {len(monograph['identifiers'])} numbers with remarks; chemistry; sections"
    )
    page.line(f"With --details: {more}.", indent=2)
    page.line("; ".join(f"[{number}] {source}" for source, number in notes.numbers.items()), "dim", indent=2)


def _answered(answers: Answerable) -> list[tuple[str, str]]:
    """The classes of a drug that is a partner too, and how many rules there are."""
    total = sum(item["rules"] for item in answers["interactions"])
    by = ", ".join(f"{item['source']} {item['rules']}" for item in answers["interactions"])
    classes = "; ".join(dict.fromkeys(item["name"] for item in answers["classes"]))
    return [("classes", classes), ("answers", f"interactions: {total} rules ({by})" if total else "")]


def _official(names: Iterable[Name], notes: _Footnotes) -> str:
    """Names that an authority gave, each once with the kinds of it."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for name in names:
        if name["kind"] not in _NOT_OFFICIAL:
            kinds.setdefault((name["name"], name["source"]), []).append(name["kind"])
    return "; ".join(f"{name} ({', '.join(of)}) {notes.mark(source)}" for (name, source), of in kinds.items())


def _also(names: Iterable[Name], notes: _Footnotes) -> str:
    """Other names in the language of the monograph, each with what it is of."""
    said = [name for name in names if name["kind"] == "synonym" and "lang" not in name]
    return "; ".join(f"{name['name']}{_of(name)} {notes.mark(name['source'])}" for name in said)


def _numbered(item: Identifier, notes: _Footnotes) -> str:
    remark = f", {item['note'].split(';')[0]}" if "note" in item else ""
    return f"{item['value']}{_of(item)}{remark} {notes.mark(item['source'])}"


def _of(record: Name | Identifier) -> str:
    return f" (of {record['of']})" if "of" in record else ""


def only_mentioned(matched: Matched, page: Page) -> None:
    """That a name is of a substance without a monograph of its own."""
    if matched["kind"] == "mentioned":
        page.line(f"{matched['name']} is only mentioned in this monograph; it has none of its own.", "bold")


def brands_of(brands: Iterable[Brand]) -> str:
    """Each proprietary name with its countries; where there are many, their number."""
    by_name: dict[str, list[str]] = {}
    for brand in brands:
        also = f" ({', '.join(brand['also'])})" if brand.get("also") else ""
        by_name.setdefault(brand["name"], []).append(brand["country"] + also)
    parts = []
    for name, countries in sorted(by_name.items(), key=lambda item: -len(item[1])):
        few = len(countries) <= FEW_COUNTRIES
        parts.append(f"{name} {', '.join(countries)}" if few else f"{name} in {len(countries)} countries")
    return "; ".join(parts)
