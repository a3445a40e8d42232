"""What `mono dose` and `mono adjust` ask alike of a drug and a patient."""

from __future__ import annotations

from typing import Annotated

import typer

from monocli.cli.completing import drug_names, indication_ids, population_ids, region_ids

MULTIPLE = "as a multiple of its upper limit of normal: 2.5, 2.5xULN"

Name = Annotated[str, typer.Argument(metavar="NAME", help="Any name of the drug.", autocompletion=drug_names)]


def indication_option(help: str) -> object:
    """What is treated; what that decides differs from command to command."""
    return typer.Option("--indication", "-i", metavar="X", help=help, autocompletion=indication_ids)


Population = Annotated[
    str | None,
    typer.Option("--population", metavar="P", help="adult (default) or child.", autocompletion=population_ids),
]
Region = Annotated[
    str | None,
    typer.Option(
        "--region",
        metavar="R",
        help="uk or us, where the doses differ by it.",
        autocompletion=region_ids,
    ),
]
Area = Annotated[
    str | None, typer.Option("--bsa", metavar="AREA", help="Body surface area in m2, where the dose goes by it.")
]
Bilirubin = Annotated[
    str | None, typer.Option("--bilirubin", help=f"Total bilirubin {MULTIPLE}; 45umol/L with its limit.")
]
BilirubinLimit = Annotated[
    str | None, typer.Option("--bilirubin-uln", metavar="LIMIT", help="Upper limit of normal of an absolute bilirubin.")
]
Given = Annotated[
    list[str] | None,
    typer.Option(
        "--given",
        metavar="NAME=VALUE",
        help="A value or fact that the rules ask for, by its name in the data: ecog=1; repeat it for more.",
    ),
]
Source = Annotated[
    str | None,
    typer.Option("--source", metavar="ID", help="Answer by the doses of this source alone, such as a later label."),
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Show the work: every rule, formula, number put in, result and source.")
]
