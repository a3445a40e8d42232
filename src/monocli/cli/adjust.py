"""mono adjust: a change of dose during treatment."""

from typing import TYPE_CHECKING, Annotated

import typer

from monocli.cli.completing import drug_names
from monocli.cli.dosing_options import (
    Area,
    Bilirubin,
    BilirubinLimit,
    Explain,
    Given,
    Name,
    Population,
    Region,
    Source,
    indication_option,
)
from monocli.cli.wording import result_of
from monocli.engine.dosing.requests import Request, measurements
from monocli.questions import dosing as question
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session


def adjust(
    session: "Session",
    name: Name,
    current: Annotated[
        str | None,
        typer.Option(
            "--current",
            metavar="DOSE",
            help='Current dose: "400 mg" a day, "400 mg bd", "2 x 400 mg", "478 mg mesilate", "260 mg/m2".',
        ),
    ] = None,
    indication: Annotated[
        str | None, indication_option("What is treated, where the change depends on it (blood counts).")
    ] = None,
    population: Population = None,
    region: Region = None,
    bsa: Area = None,
    bilirubin: Bilirubin = None,
    bilirubin_uln: BilirubinLimit = None,
    transaminases: Annotated[
        str | None,
        typer.Option("--transaminases", help="Liver transaminases as a multiple of their upper limit of normal."),
    ] = None,
    transaminases_uln: Annotated[
        str | None,
        typer.Option("--transaminases-uln", metavar="LIMIT", help="Upper limit of normal of absolute transaminases."),
    ] = None,
    withheld: Annotated[
        bool, typer.Option("--withheld", help="Treatment is being withheld: may it go on, and at which dose?")
    ] = False,
    reduce: Annotated[bool, typer.Option("--reduce", help="The next lower printed dose.")] = False,
    start: Annotated[
        list[str] | None,
        typer.Option(
            "--start", metavar="DRUG", help="A drug that is started: the dose once it is.", autocompletion=drug_names
        ),
    ] = None,
    given: Given = None,
    source: Source = None,
    explain: Explain = False,
) -> Result:
    """A change during treatment: by liver values or blood counts, one step down, or another drug started.

    Only printed steps and figures are used; a dose between or beyond them is refused. An age is not asked for: the dose
    that is given now stands at the beginning. A child's dose per m2 needs --bsa for an amount in mg, and --region where
    printed maxima differ.

    \b
    Examples:
      mono adjust imatinib --current "600 mg" --bilirubin 3.4 --transaminases 2
      mono adjust imatinib --current "600 mg" --withheld --bilirubin 1.2 --transaminases 2
      mono adjust imatinib --current "400 mg twice daily" --reduce
      mono adjust imatinib --current "340 mg/m2" --population child --bsa 1.1 --reduce
      mono adjust imatinib --current "400 mg" --start rifampicin
      mono adjust imatinib --current "400 mg" -i gist --given "anc=0.8 G/L" --given cytopenia-before=no

    \b
    Exit codes: 0 an action, 1 none is printed (or refused), 2 wrong input or more is needed.
    """
    values = ("bilirubin", bilirubin, bilirubin_uln), ("transaminases", transaminases, transaminases_uln)
    request = Request(
        current=current,
        population=population,
        region=region,
        bsa=bsa,
        withheld=withheld,
        reduce=reduce,
        measurements=measurements(*values),
        indication=indication,
        given=tuple(given or ()),
    )
    return result_of("adjust", question.adjust(session.library, name, request, start or [], source))
