"""mono calc: what does a clinical formula give?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from monocli.cli.app import one_answer_only
from monocli.cli.completing import formula_words
from monocli.cli.wording import result_of
from monocli.engine.answers import BAD_INPUT, Refusal
from monocli.engine.names import visible
from monocli.questions import calc as question
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session

FORMATS = ("table", "json", "jsonl", "csv", "md")


def calc(
    session: "Session",
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FORMULA] [NAME=VALUE]...",
            help='A formula or a question (renal, bsa, qtc), then its inputs; "-" reads a table of patients.',
            autocompletion=formula_words,
        ),
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="UNIT", help="Unit of the result, such as microgram/kg/min.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the work: every equation, the numbers put in, and sources.")
    ] = False,
    format: str = "table",
) -> Result | Iterator[Result]:
    """Work out a clinical formula, exactly, with its units, its source and whom it holds for.

    Without a formula all of them are listed; with a formula alone its inputs, units, ranges and sources are shown. A
    value where two units are in use needs its unit: creatinine in mg/dL and in micromol/L differ by a factor of 88. The
    name of a question (renal, bsa, weight, qtc, liver) gives all of its formulas side by side. Nothing is rounded
    before it is shown, capped or picked in silence.

    \b
    Examples:
      mono calc
      mono calc cockcroft-gault
      mono calc cockcroft-gault age=70 weight=60 creatinine="1.2 mg/dL" sex=f
      mono calc crcl age=70 weight=60 height=165 creatinine="106 umol/L" sex=f
      mono calc renal age=70 weight=60 creatinine="1.2 mg/dL" sex=f
      mono calc calvert auc=5 gfr="60 mL/min" --explain
      mono calc bsa height="5 ft 9 in" weight="154 lb" sex=m
      mono calc qtc qt=400 heart-rate=75
      mono calc child-pugh bilirubin="2.5 mg/dL" albumin="30 g/L" inr=1.5 ascites=none encephalopathy=none
      mono calc infusion-rate dose="5 microgram/kg/min" weight=70 concentration="1.6 mg/mL"
      mono calc dilution stock="1.1 mg/mL" target="44 microgram/mL" volume="50 mL"
      mono calc cockcroft-gault - --format csv < patients.csv

    \b
    A table of patients has a header that names the inputs, with the unit in it
    or in the cells; a column headed id is given back:
      id,age,weight (kg),creatinine (mg/dL),sex
      A1,70,60,1.2,f
    """
    name, given = _parted(words or [])
    reads = bool(given) and given[-1] == ("-", "")
    if reads:
        given = given[:-1]
    wrong = next((text for text, value in given if not value and "=" not in text), None)
    if wrong is not None:
        hint = "inputs are written NAME=VALUE, such as age=70"
        refusal = Refusal(
            "bad-value", f"{visible(wrong)} has no value", hint, kind=BAD_INPUT, detail={"field": visible(wrong)}
        )
        return result_of("calc", refusal)
    if reads and format == "html":
        return one_answer_only("calc")
    if reads:
        from monocli.cli.calc_rows import run

        return run(session, name, given, to, format)
    if not name.strip():
        if words:
            hint = "a formula comes first: mono calc FORMULA NAME=VALUE"
            return result_of("calc", Refusal("formula-needed", "no formula was named", hint, kind=BAD_INPUT))
        return result_of("calc", question.listing(session.library))
    return result_of("calc", question.calculate(session.library, name, given, to))


def _parted(words: list[str]) -> tuple[str, list[tuple[str, str]]]:
    """The name of the formula, and the inputs as typed. A word without "=" behind an input belongs to its value
    (`weight=60 kg`); "-" alone comes last, as ("-", "")."""
    named: list[str] = []
    given: list[tuple[str, str]] = []
    reads = False
    for word in words:
        name, equals, value = word.partition("=")
        if word == "-":
            reads = True
        elif equals:
            given.append((name.strip(), value.strip()))
        elif given:
            given[-1] = (given[-1][0], f"{given[-1][1]} {word}".strip())
        else:
            named.append(word)
    return " ".join(named), [*given, ("-", "")] if reads else given
