"""mono compat: may it be mixed, diluted, kept in this?"""

from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from monocli.cli.completing import drug_names, monograph_names
from monocli.cli.wording import result_of
from monocli.questions import compat as question
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session
    from monocli.records.output.compatibility import Asked


def compat(
    session: "Session",
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The drug to be mixed or diluted.", autocompletion=monograph_names)
    ],
    others: Annotated[
        list[str] | None,
        typer.Argument(metavar="[OTHER...]", help="Drugs or diluents that it meets.", autocompletion=drug_names),
    ] = None,
    diluent: Annotated[str | None, typer.Option("--diluent", help='Such as "glucose 5%".')] = None,
    concentration: Annotated[str | None, typer.Option("--concentration", help='Such as "50 microgram/mL".')] = None,
    amount: Annotated[str | None, typer.Option("--amount", help='Of the drug: 1.1mg, "18 MIU"; with --volume.')] = None,
    volume: Annotated[str | None, typer.Option("--volume", help='Of the solution: "25 mL".')] = None,
    container: Annotated[str | None, typer.Option("--container", help='Such as "plastic syringe".')] = None,
    hours: Annotated[
        str | None, typer.Option("--hours", help='How long it is infused or kept: 24, "15 minutes".')
    ] = None,
    albumin: Annotated[str | None, typer.Option("--albumin", help='Human albumin in it: 0.1%, or "none".')] = None,
    region: Annotated[
        Literal["uk", "us"] | None, typer.Option("--region", help="Whose product information; without it all is shown.")
    ] = None,
) -> Result:
    """May it be mixed with this, diluted in this, kept in this: verdict, tested conditions, statement, source.

    A statement holds only under the conditions that it was made under; each is shown with whether yours fit. What is
    not recorded is "unknown" (exit 1): treat it as incompatible until shown otherwise. A concentration may be given,
    or an amount and a volume from which it is computed.

    \b
    Examples:
      mono compat aldesleukin lorazepam
      mono compat aldesleukin "ganciclovir sodium" ondansetron
      mono compat aldesleukin --diluent "glucose 5%" --amount 1.1mg --volume 25mL --region us
      mono compat aldesleukin --diluent "glucose 5%" --container "plastic syringe" --hours 24
      mono compat aldesleukin --diluent "sodium chloride 0.9%"
    """
    typed = {"region": region, "container": container, "hours": hours, "albumin": albumin}
    typed |= {"concentration": concentration, "amount": amount, "volume": volume}
    given = cast("Asked", {key: text for key, text in typed.items() if text is not None})
    return result_of("compat", question.compat(session.library, name, others or [], diluent, given))
