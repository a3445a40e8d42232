"""mono lookup: which drug is this, by any name."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from monocli.cli.completing import drug_names
from monocli.cli.guarding import labels_beside
from monocli.cli.wording import result_of
from monocli.questions import lookup as question
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session
    from monocli.records.output.lookups import LookupResult

FORMATS = ("table", "json", "jsonl", "csv", "md")


def lookup(
    session: "Session",
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME...",
            help='Any name or number; "-" reads names from standard input, one a line.',
            autocompletion=drug_names,
        ),
    ],
    fuzzy: Annotated[bool, typer.Option("--fuzzy", help="Accept a near match where only one drug comes near.")] = False,
    format: str = "table",
) -> Result | Iterator[Result]:
    """Which drug is this? By official, foreign and Cyrillic names, research codes, brands, CAS, ATC and other registry
    numbers.

    Names are matched exactly, apart from case, accents, spaces, dashes and apostrophes. A name that only resembles one
    is a suggestion, never an answer; a code never matches by part.

    \b
    Examples:
      mono lookup STI-571
      mono lookup Гливек "T-cell Growth Factor" 220127-57-1
      mono lookup imatanib --fuzzy
      cut -f2 list.tsv | mono lookup - --format jsonl
    """
    queries = (q for name in names for q in (_lines(session) if name == "-" else (name,)))
    pack, notes = labels_beside(session)
    answers = (question.lookup_with_labels(session.library, pack, query, fuzzy) for query in queries)
    first = next(answers, None)

    def told(answered: "list[LookupResult]") -> Result:
        beside = question.label_notices(session.library, pack, answered)
        return result_of("lookup", question.together(answered, [*notes, *beside]))

    if format == "jsonl" and first is not None:
        return (told([answer]) for answer in chain([first], answers))
    return told([*([first] if first else []), *answers])


def _lines(session: "Session") -> Iterator[str]:
    return (line for line in session.stdin_lines() if line.strip())
