"""Proprietary names by country."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.engine.answers import BAD_INPUT, Answer, Refusal
from monocli.engine.cited import kept
from monocli.engine.inputs import ask
from monocli.engine.names import normalise, visible
from monocli.library.indexes import with_brands
from monocli.library.kinds import CARDS, COUNTRIES
from monocli.questions.names import one_or_all

if TYPE_CHECKING:
    from monocli.library.store import Library
    from monocli.records.library import Country
    from monocli.records.monograph import Brand, MonographFile
    from monocli.records.output.lookups import Brands, CountryOfBrand, ListedBrand


def brands(
    library: Library, name: str | None = None, country: str | None = None, brand: str | None = None
) -> Answer[Brands] | Refusal:
    """Proprietary names of one drug (by any exact name) or of all, of one country, or one name in any country.

    Refusals: `unknown-name`, `no-monograph`, `country-not-listed`, `nothing-found`.
    """
    countries = {one["code"]: one for one in library.documents(COUNTRIES)}
    wanted = None if country is None else _country(country, countries)
    cards = one_or_all(library, name, CARDS, lambda: with_brands(library, brand=brand, country=wanted))
    if isinstance(cards, Refusal):
        return cards
    rows = [_row(card, record, countries) for card in cards for record in card.get("brands", [])]
    if country is not None:
        rows = [row for row in rows if row["country"]["code"] == wanted]
        if not rows:
            return _not_listed(country, wanted and countries[wanted]["name"], name)
    if brand is not None:
        key = normalise(brand)
        rows = [row for row in rows if key in map(normalise, (row["name"], *row["also"]))]
    if not rows:
        what = f"the brand {visible(brand)!r}" if brand else "a proprietary name"
        of = f" for {cards[0]['title']}" if name else ""
        message = f"no monograph lists {what}{of}{' in this country' if country else ''}"
        hint = None
        if brand is not None:
            asking = f'"{ask("lookup")} {visible(brand)}"'
            hint = f"Brands are listed here as monographs print them. Any other name: {asking}."
        return Refusal("nothing-found", message, hint)
    return Answer({"brands": rows, "total": len(rows)})


def _row(card: MonographFile, brand: Brand, countries: dict[str, Country]) -> ListedBrand:
    code = brand["country"]
    country: CountryOfBrand = {"code": code, "name": countries[code]["name"], "as_printed": brand.get("as_printed")}
    row = {"monograph": card["id"], "country": country, "name": brand["name"], "also": brand.get("also", [])}
    return cast("ListedBrand", row | kept(brand, "note", "source"))


def _country(typed: str, countries: dict[str, Country]) -> str | None:
    """The code of a country by its code, name, printed abbreviation or an alias; None where it is none of these."""
    key = normalise(typed).rstrip(".")
    for code, record in countries.items():
        names = (code, record["name"], *record.get("printed", []), *record.get("aliases", []))
        if key and key in (normalise(name).rstrip(".") for name in names):
            return code
    return None


def _not_listed(typed: str, known_as: str | None, name: str | None) -> Refusal:
    """A country without an entry, or a word that names no country: two answers, one code."""
    of = f" for {visible(name)}" if name else ""
    hint = f'"{ask("brands")}" shows every country that is listed.'
    if not typed.strip():
        return Refusal("country-not-listed", "the name of a country is empty", hint, kind=BAD_INPUT)
    if known_as is None:
        return Refusal(
            "country-not-listed",
            f"no country is known as {visible(typed)!r}",
            hint="Write its name or ISO code. " + hint,
        )
    message = f"{known_as} is not in the list of countries{of}; that does not mean that nothing is marketed there"
    return Refusal("country-not-listed", message, hint=hint)
