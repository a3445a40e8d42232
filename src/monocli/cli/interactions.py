"""mono interactions: what is recorded between medicines, what was checked, and what was not recognised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from monocli.cli.completing import drug_names
from monocli.cli.exits import BAD_INPUT, THRESHOLD_MET
from monocli.cli.wording import result_of
from monocli.engine.interactions.check import check, threshold_met
from monocli.engine.interactions.index import Index
from monocli.engine.interactions.single import recorded
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session
    from monocli.library.store import Library

FORMATS = ("table", "json", "jsonl", "csv", "md")


def interactions(
    session: Session,
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
        typer.Option("--batch", metavar="FILE", help="Read one list a line from a file; one result a line."),
    ] = None,
    fail_on: Annotated[
        Literal["avoid", "adjust", "monitor", "note"] | None,
        typer.Option("--fail-on", help="Exit 5 where any source asks for this action or a worse one."),
    ] = None,
    format: str = "table",
) -> Result | Iterator[Result]:
    """What is recorded between medicines: every pair of a list, or all that is recorded for one name.

    A finding is "documented" where the monograph names the drug, "class" where it names a class that the drug belongs
    to, "predicted" where it follows from enzyme roles, "duplicate" where two names are one drug. Names that are not
    recognised are never dropped: they stand last, and nothing was checked for them. That nothing is recorded is not
    proof of safety.

    With "-" or --batch each line is a list: names with ";" between them, or CSV under a header that begins with "id",
    or JSON Lines {"id": ..., "drugs": [...]}. The answers come as JSON Lines, or as CSV with --format csv.

    \b
    Examples:
      mono interactions imatinib ketoconazole warfarin "St John's wort"
      mono interactions imatinib
      mono interactions clarithromycin simvastatin --json
      mono interactions imatinib rifampin --fail-on adjust
      mono interactions --batch wards.csv --format jsonl
    """
    names = names or []
    if batch is not None or "-" in names:
        if (batch is not None and names) or len(names) > 1:
            return _usage('give names, or "-", or --batch FILE: one of the three')
        from monocli.cli.interactions_batch import run

        return run(session, batch, fail_on, format)
    if not names:
        return _usage("name at least one medicine")
    library = session.library
    mentions: list[dict[str, Any]] = [dict(session.resolve(name)) for name in names]
    if len(mentions) == 1:
        outcome = recorded(whole_index(library), mentions[0], library.edition)
    else:
        outcome = check(index_for(library, mentions), mentions, library.edition)
    return with_threshold(result_of("interactions", outcome), fail_on)


def with_threshold(result: Result, fail_on: str | None) -> Result:
    """The result with exit code 5 where the threshold is met, and refused where no name at all was recognised."""
    data = result.data
    if data is not None and data["drugs"] and all(drug["id"] is None for drug in data["drugs"]):
        result = replace(result, status="refused")
    if fail_on is not None and data is not None and threshold_met(data, fail_on):
        result = replace(result, exit_code=THRESHOLD_MET)
    return result


def index_for(library: Library, mentions: list[dict[str, Any]]) -> Index:
    """An index with the drugs of one list and no more; with everything where a class is asked for as a whole."""
    if any(mention["status"] == "class" for mention in mentions):
        return whole_index(library)
    ids = dict.fromkeys(mention["id"] for mention in mentions if mention["id"] is not None)
    records: dict[str, dict[str, Any]] = {}
    for mention in mentions:
        if mention["id"] is not None:
            held = library.document("agents-by-id", mention["id"]) or {}
            records[mention["id"]] = {
                "name": mention["title"],
                **held,
                "id": mention["id"],
                "kind_of_party": mention["status"],
            }
    for record in list(records.values()):
        for component in record.get("components", []):
            part = library.document("agents-by-id", component)
            if part is not None:
                records.setdefault(component, part)
    files = {kind: [library.document(kind, drug_id) for drug_id in ids] for kind in ("interactions", "compatibility")}
    documents, mixtures = ([file for file in found if file is not None] for found in files.values())
    return _index(library, list(records.values()), documents, mixtures)


def whole_index(library: Library) -> Index:
    """An index with every drug and class of the library."""
    records = {record["id"]: record for record in library.agents()}
    for card in library.documents("cards"):
        held = records.get(card["id"], {})
        records[card["id"]] = {"name": card["title"], **held, "id": card["id"], "kind_of_party": "monograph"}
    for group in library.classes():
        known: dict[str, Any] = {key: group[key] for key in ("id", "name", "source") if key in group}
        records.setdefault(group["id"], {**known, "kind_of_party": "class"})
    documents, mixtures = library.documents("interactions"), library.documents("compatibility")
    return _index(library, list(records.values()), documents, mixtures)


def _index(
    library: Library,
    records: list[dict[str, Any]],
    documents: list[dict[str, Any]],
    mixtures: list[dict[str, Any]],
) -> Index:
    return Index(records, library.classes(), library.document("agents", "enzymes"), documents, mixtures)


def _usage(message: str) -> Result:
    error = {"code": "usage", "message": message, "hint": 'See "mono interactions --help".'}
    return Result("interactions", "error", BAD_INPUT, errors=[error])
