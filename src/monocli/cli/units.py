"""mono units: how much is that in another unit?"""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from monocli.cli import exits
from monocli.cli.app import is_negative_number
from monocli.cli.completing import substance_names, unit_names
from monocli.cli.wording import result_of
from monocli.engine.answers import Answer, Refusal
from monocli.engine.names import visible
from monocli.questions import units as question
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session
    from monocli.engine.units import Converter
    from monocli.records.output.units import Conversion

FORMATS = ("table", "json", "jsonl", "csv", "md")
CONTEXT_SETTINGS = {"ignore_unknown_options": True}
"""So that "-5 IU" reaches the reader of quantities, which says what is wrong with it; an unknown option is told apart
below.
"""


def units(
    session: "Session",
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[QUANTITY [UNIT]]",
            help='Such as 18e6, "18 million IU", 600,000 IU/kg, 1.1mg; "-" reads one a line.',
        ),
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="UNIT", help="Unit to convert to; repeat it for more.", autocompletion=unit_names),
    ] = None,
    of: Annotated[
        str | None,
        typer.Option(
            "--of",
            metavar="SUBSTANCE",
            help="The substance, where the units do not say it.",
            autocompletion=substance_names,
        ),
    ] = None,
    weight: Annotated[
        str | None, typer.Option("--weight", metavar="WEIGHT", help='Body weight for amounts per kg: 70, "154 lb".')
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show every step of the conversion with its source.")
    ] = False,
    format: str = "table",
) -> Result | Iterator[Result]:
    """Convert units exactly: IU, Nutley and Cetus units and mass of interleukin-2 and aldesleukin, imatinib base and
    mesilate.

    Only equivalences that a source states are used, and each is shown with it; "about" stays "about". A number alone
    is IU of aldesleukin or interleukin-2. Without --to: every unit of the substance. Without a quantity: the units
    there are. Units are spelt exactly, capitals included. The point is the decimal mark; commas or spaces part groups
    of three digits ("600,000", "33 800").

    \b
    Examples:
      mono units 18e6 --to mg
      mono units "18 million IU" --to Nutley --to Cetus --explain
      mono units 1.1 mg --of aldesleukin
      mono units "44 microgram/mL" --to IU/mL
      mono units "42 MIU" --to mL
      mono units "600,000 IU/kg" --weight 70 --to mg
      mono units 400 mg --of imatinib --to mesilate
      mono units "478 mg mesilate" --to base
      cut -f3 doses.tsv | mono units - --to MIU --format csv
    """
    option = next((word for word in words or () if _is_option(word)), None)
    if option:
        return _no_such_option(option)
    if not words and not to and of is None:
        return result_of("units", question.listing(session.library))
    converter = question.converter(session.library, to or (), of, weight)
    if isinstance(converter, Refusal):
        return result_of("units", converter)
    if words == ["-"]:
        return _stream(session, converter, format)
    return result_of("units", converter.convert(" ".join(words or ())))


def _is_option(word: str) -> bool:
    """Whether a word is an option that does not exist, rather than a negative number ("-5", "-.5", "-inf")."""
    return word.startswith("-") and word != "-" and not is_negative_number(word)


def _no_such_option(word: str) -> Result:
    from monocli.library.spelling import near_spellings

    name = word.partition("=")[0]
    near = near_spellings(name, ("--to", "--of", "--weight", "--explain", "--format", "--json", "--color", "--help"))
    problem: dict[str, object] = {
        "code": "usage",
        "message": f"No such option: {visible(name)}",
        "hint": 'See "mono units --help".',
    }
    return Result("units", "error", exits.BAD_INPUT, errors=[{**problem, **({"suggestions": near} if near else {})}])


def _stream(session: "Session", converter: "Converter", format: str) -> Result | Iterator[Result]:
    """Quantities from standard input, one a line."""
    lines: Iterator[str] = (line for line in session.stdin_lines() if line.strip())
    first = next(lines, None)
    if first is None:
        hint = 'Write one quantity a line after "mono units -".'
        return result_of("units", Refusal("no-quantities", "no quantities were given", hint))
    lines = chain([first], lines)
    if format == "jsonl":
        from monocli.cli.streaming import Counted, write
        from monocli.cli.units_lines import json_lines

        raise typer.Exit(write(session, json_lines(session, converter, lines), Counted("quantity"), quiet=True))
    if format == "json":
        return _together([(line, converter.convert(line)) for line in lines])
    return _blocks(session, converter, lines)


def _together(answers: "list[tuple[str, Answer[Conversion] | Refusal]]") -> Result:
    """All lines in one envelope: `data.conversions[]`, an entry with `query` and `errors` where a line failed."""
    results = [(visible(line.strip()), result_of("units", answer)) for line, answer in answers]
    entries = [
        {**r.data, "warnings": r.warnings} if r.data else {"query": query, "errors": r.errors} for query, r in results
    ]
    errors = [{**error, "query": query} for query, result in results for error in result.errors]
    code = max((result.exit_code for _, result in results), default=0)
    return Result("units", "partial" if code else "ok", code, {"conversions": entries}, errors=errors)


def _blocks(session: "Session", converter: "Converter", lines: Iterator[str]) -> Iterator[Result]:
    """The rows of a stream, some lines at a time, so that a hundred thousand of them do not wait for each other."""
    from monocli.engine.units.streaming import Stream
    from monocli.render.units import lines_of

    stream = Stream(converter, lambda query, answer: lines_of(result_of("units", answer), query))
    typed = session.stdin.isatty()
    for number, block in enumerate(stream.blocks(lines, largest=1 if typed else 1024)):
        yield Result(
            "units",
            "partial" if stream.failed else "ok",
            exits.BAD_INPUT if stream.failed else 0,
            {"rows": block, "first": number == 0},
        )
