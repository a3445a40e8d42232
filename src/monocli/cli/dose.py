"""mono dose: how much is given, to whom, for what."""

from typing import TYPE_CHECKING, Annotated

import typer

from monocli.cli.completing import (
    area_formulas,
    drug_names,
    hepatic_grades,
    words_of,
)
from monocli.cli.dosing_options import (
    MULTIPLE,
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


CLEARANCE = "creatinine-clearance"
"""The variable of the data that this option brings."""


def dose(
    session: "Session",
    name: Name,
    indication: Annotated[
        str | None, indication_option("Id, printed wording or usual abbreviation; without it: the list.")
    ] = None,
    population: Population = None,
    age: Annotated[str | None, typer.Option("--age", help="Age in years (8, 8.5) or months (18mo).")] = None,
    region: Region = None,
    bsa: Area = None,
    height: Annotated[str | None, typer.Option("--height", help='Height in cm; "1.3 m", "4 ft 3 in".')] = None,
    weight: Annotated[str | None, typer.Option("--weight", help='Weight in kg; "16000 g", "66 lb".')] = None,
    bsa_formula: Annotated[
        str | None,
        typer.Option(
            "--bsa-formula",
            metavar="F",
            help="mosteller (default), dubois, haycock, gehan-george, boyd, fujimoto, schlich.",
            autocompletion=area_formulas,
        ),
    ] = None,
    sex: Annotated[
        str | None,
        typer.Option(
            "--sex",
            help="female or male, for a formula with an equation for each.",
            autocompletion=words_of("female", "male"),
        ),
    ] = None,
    hepatic: Annotated[
        str | None,
        typer.Option(
            "--hepatic",
            metavar="GRADE",
            help="Degree of impairment: mild, moderate, severe.",
            autocompletion=hepatic_grades,
        ),
    ] = None,
    bilirubin: Bilirubin = None,
    bilirubin_uln: BilirubinLimit = None,
    ast: Annotated[str | None, typer.Option("--ast", help=f"AST {MULTIPLE}; 90U/L with its limit.")] = None,
    ast_uln: Annotated[
        str | None, typer.Option("--ast-uln", metavar="LIMIT", help="Upper limit of normal of an absolute AST.")
    ] = None,
    with_: Annotated[
        list[str] | None,
        typer.Option(
            "--with", metavar="DRUG", help="Another drug that is given; repeat it for more.", autocompletion=drug_names
        ),
    ] = None,
    creatinine_clearance: Annotated[
        str | None,
        typer.Option(
            "--creatinine-clearance", metavar="VALUE", help="Clearance of creatinine in mL/min, where doses go by it."
        ),
    ] = None,
    given: Given = None,
    route: Annotated[
        str | None,
        typer.Option("--route", metavar="R", help="Only the doses given this way, where there are several."),
    ] = None,
    source: Source = None,
    explain: Explain = False,
) -> Result:
    """The printed dose for an indication and a patient, worked out exactly; without --indication a list of them.

    A dose is given only where the source prints one for this indication, population and region. Nothing is rounded to
    tablets, capped, interpolated or chosen in silence: what the source leaves open stands as a warning or as the
    reason for a refusal.

    \b
    Examples:
      mono dose imatinib
      mono dose imatinib --indication gist
      mono dose imatinib -i "CML chronic phase" --hepatic severe --region us
      mono dose imatinib -i cml-blast --bilirubin 45umol/L --bilirubin-uln 21umol/L --region uk
      mono dose imatinib -i cml-chronic --age 8 --region uk --bsa 1.1
      mono dose imatinib -i cml-new --age 8 --region us --height 130 --weight 28 --explain
      mono dose imatinib -i mds --with rifampicin
      mono dose imatinib -i gist --creatinine-clearance 35
      mono dose imatinib -i all-new --age 8 --bsa 0.9 --source gleevec-label
      mono dose aldesleukin -i melanoma --region us --weight 70
      mono dose aldesleukin -i rcc --region uk --bsa 1.8 --given ecog=1 --given metastatic-organs=2

    \b
    Exit codes: 0 a dose, 1 none is printed (or refused), 2 wrong input or more is needed.
    """
    request = Request(
        indication=indication,
        population=population,
        age=age,
        region=region,
        bsa=bsa,
        height=height,
        weight=weight,
        bsa_formula=bsa_formula,
        sex=sex,
        grade=hepatic,
        measurements=measurements(
            ("bilirubin", bilirubin, bilirubin_uln), ("ast", ast, ast_uln), (CLEARANCE, creatinine_clearance, None)
        ),
        given=tuple(given or ()),
        route=route,
    )
    return result_of("dose", question.dose(session.library, name, request, with_ or [], source))
