"""mono brands: proprietary names by country."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from monocli.cli.completing import country_names, drug_names
from monocli.cli.finding import one_or_all
from monocli.cli.wording import result_of
from monocli.engine.answers import Answer, Refusal
from monocli.engine.names import normalise, visible
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session


def brands(
    session: Session,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Any name of a drug.", autocompletion=drug_names)
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(
            "--country", help="Country: its name, ISO code, or abbreviation as printed.", autocompletion=country_names
        ),
    ] = None,
    brand: Annotated[str | None, typer.Option("--brand", help="One proprietary name, in any country.")] = None,
) -> Result:
    """Proprietary names by country, as printed in 2009, and from public sources where they say so.

    A country that is not listed is not listed: that says nothing about what is marketed there.

    \b
    Examples:
      mono brands imatinib
      mono brands imatinib --country India
      mono brands --brand Gleevec
    """
    cards = one_or_all(session, name, "cards")
    if isinstance(cards, Refusal):
        return result_of("brands", cards)
    countries = {record["code"]: record for record in session.library.documents("countries-by-id")}
    rows = [_row(card, record, countries) for card in cards for record in card.get("brands", [])]
    if country is not None:
        wanted = _country(country, countries)
        rows = [row for row in rows if row["country"]["code"] == wanted]
        if not rows:
            return result_of("brands", _not_listed(country, wanted and countries[wanted]["name"], name))
    if brand is not None:
        key = normalise(brand)
        rows = [row for row in rows if key in map(normalise, (row["name"], *row["also"]))]
    if not rows:
        what = f"the brand {visible(brand)!r}" if brand else "a proprietary name"
        of = f" for {cards[0]['title']}" if name else ""
        message = f"the library lists no entry of {what}{of}{' in this country' if country else ''}"
        return result_of("brands", Refusal("nothing-found", message))
    return result_of("brands", Answer({"brands": rows, "total": len(rows)}))


def _row(card: dict[str, Any], record: dict[str, Any], countries: dict[str, Any]) -> dict[str, Any]:
    printed = record.get("as_printed")
    country = {"code": record["country"], "name": countries[record["country"]]["name"], "as_printed": printed}
    row = {"monograph": card["id"], "country": country, "name": record["name"], "also": record.get("also", [])}
    return row | {key: record[key] for key in ("note", "source") if key in record}


def _country(typed: str, countries: dict[str, Any]) -> str | None:
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
    hint = '"mono brands" shows every country that is listed.'
    if known_as is None:
        return Refusal(
            "country-not-listed",
            f"no country is known as {visible(typed)!r}",
            hint="Write its name or ISO code. " + hint,
        )
    message = f"{known_as} is not in the list of countries{of}; that does not mean that nothing is marketed there"
    return Refusal("country-not-listed", message, hint=hint)
