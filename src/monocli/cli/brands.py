"""mono brands: proprietary names by country."""

from typing import TYPE_CHECKING, Annotated

import typer

from monocli.cli.completing import country_names, drug_names
from monocli.cli.wording import result_of
from monocli.questions import brands as question
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session


def brands(
    session: "Session",
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
    return result_of("brands", question.brands(session.library, name, country, brand))
