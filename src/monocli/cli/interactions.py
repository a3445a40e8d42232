"""mono interactions: what is recorded between medicines, what was checked, and what was not recognised."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from monocli.cli.completing import drug_names
from monocli.cli.exits import BAD_INPUT
from monocli.cli.guarding import labels_beside
from monocli.cli.thresholds import with_threshold
from monocli.cli.wording import result_of
from monocli.questions import interactions as question
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session

FORMATS = ("table", "json", "jsonl", "csv", "md")


def interactions(
    session: "Session",
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME...",
            help='Medicines, foods or classes; "-" reads one list a line from standard input.',
            autocompletion=drug_names,
        ),
    ] = None,
    batch: Annotated[
        Path | None,
        typer.Option("--batch", metavar="FILE", help="Read lists from a file: text, CSV, JSON Lines or FHIR."),
    ] = None,
    rows: Annotated[
        Literal["lists", "medicines"] | None,
        typer.Option("--rows", help="What a line of the file is, where it does not say so: a list, or one medicine."),
    ] = None,
    fail_on: Annotated[
        Literal["avoid", "adjust", "monitor", "note"] | None,
        typer.Option("--fail-on", help="Exit 5 where any source asks for this action or a worse one."),
    ] = None,
    notes: Annotated[
        bool, typer.Option("--notes", help="Show every pair that asks for nothing, and what else is noted.")
    ] = False,
    format: str = "table",
) -> Result | Iterator[Result]:
    """What is recorded between medicines: every pair of a list, or all that is recorded for one name.

    A finding is what one source says: "documented" where it names both drugs, "class" where it names a class that one
    belongs to, "members" where you name a class and more is known of its members, "predicted" where it follows from
    enzyme roles, "label" where a sentence of an imported label names the other drug, "duplicate" where a drug or a
    class stands twice. No source leads; a source's own level stands beside the action that we take it for. Names that
    are not recognised are never dropped: they stand first, and nothing was checked for them. That nothing is recorded
    is not proof of safety.

    Each pair has one line, worst first; pairs that ask for nothing are folded into one, which --notes opens. --details
    gives all that is known of each pair: what to do, what changes, why, under which conditions, by whom.

    AVOID (do not use together, or use an alternative) is our word for what a source asks; "contraindicated" or "not
    recommended" behind a source is its own: both are AVOID, and "mono sources ID" has its scale.

    A name may have strength, form, route and frequency beside it, as in a medication list, and nothing else. A cream or
    eye drops are not taken for systemic use.

    With "-" or --batch each line is a list: names with ";" between them, or CSV under a header that begins with "id",
    or JSON Lines {"id": ..., "drugs": [...]}. The answers come as JSON Lines, or as CSV with --format csv. A table in
    which a row is a medicine, and FHIR R4 (a Bundle or resources, as JSON), are one list: what is stopped, cancelled,
    on hold or not to be given is listed and not checked. See "mono help lists".

    \b
    Examples:
      mono interactions imatinib ketoconazole warfarin "St John's wort"
      mono interactions imatinib
      mono interactions "warfarin 3 mg nocte" "co-trimoxazole 960 mg bd"
      mono interactions clarithromycin simvastatin --json
      mono interactions imatinib rifampin --fail-on adjust
      mono interactions --batch wards.csv --format jsonl
      mono interactions --batch medications.json
      mono interactions --batch ward-round.txt --rows medicines
    """
    names = names or []
    if batch is not None or "-" in names:
        if (batch is not None and names) or len(names) > 1:
            return _usage('give names, or "-", or --batch FILE: one of the three')
        from monocli.cli.interactions_batch import run

        return run(session, batch, fail_on, format, rows)
    if rows is not None:
        return _usage('--rows tells how a file is read; give --batch FILE or "-"')
    if not names:
        return _usage("name at least one medicine", code="no-names")
    pack, unread = labels_beside(session)
    outcome = question.interactions(session.library, names, pack)
    return with_threshold(result_of("interactions", outcome.replaced(notes=(*outcome.notes, *unread))), fail_on)


def _usage(message: str, code: str = "usage") -> Result:
    error = {"code": code, "message": message, "hint": 'See "mono interactions --help".'}
    return Result("interactions", "error", BAD_INPUT, errors=[error])
