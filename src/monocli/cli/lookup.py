"""mono lookup: which drug is this, by any name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monocli.cli.completing import drug_names
from monocli.cli.exits import NO_ANSWER
from monocli.cli.finding import NOTHING_NEAR
from monocli.engine.names import visible
from monocli.library.resolving import find, near_match
from monocli.library.suggesting import suggest
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session
    from monocli.library.store import Library

FORMATS = ("table", "json", "jsonl", "csv", "md")


def lookup(
    session: Session,
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
    answers: Iterator[dict[str, Any]] = (_one(session.library, query, fuzzy) for query in queries)
    first = next(answers, None)
    if format == "jsonl" and first is not None:
        return (_result([answer]) for answer in chain([first], answers))
    return _result([*([first] if first else []), *answers])


def _lines(session: Session) -> Iterator[str]:
    return (line for line in session.stdin_lines() if line.strip())


def _result(answers: list[dict[str, Any]]) -> Result:
    """One envelope for some names. Of several the worst decides the exit code."""
    missing = [answer for answer in answers if answer["status"] in ("suggested", "unknown")]
    errors = [_error(answer) for answer in missing]
    warnings = [_fuzzy_warning(answer) for answer in answers if answer["status"] == "fuzzy"]
    data = {"results": answers}
    if not missing and answers:
        return Result("lookup", data=data, warnings=warnings)
    if not answers:
        errors = [
            {
                "code": "no-names",
                "message": "no names were given",
                "hint": 'Write one name a line after "mono lookup -".',
            }
        ]
    status = "partial" if len(missing) < len(answers) else "refused"
    return Result("lookup", status, NO_ANSWER, data, warnings, errors)


def _error(answer: dict[str, Any]) -> dict[str, Any]:
    error: dict[str, Any] = {"code": "unknown-name", "message": f"not recognised: {answer['query']!r}"}
    if answer["suggestions"]:
        error["suggestions"] = answer["suggestions"]
        error["hint"] = "A suggestion resembles what was typed; whether it is meant is for you to say."
    else:
        error["hint"] = NOTHING_NEAR
    return error


def _fuzzy_warning(answer: dict[str, Any]) -> dict[str, Any]:
    message = (
        f"{answer['query']!r} is not a name in the library; taken for {answer['matched']['name']!r} because of --fuzzy"
    )
    return {"code": "fuzzy-match", "message": message, "query": answer["query"]}


def _one(library: Library, query: str, fuzzy: bool) -> dict[str, Any]:
    found = find(library, query, mentioned=True)
    status = "exact"
    if found is None and fuzzy:
        found, status = near_match(library, query, ("monograph", "agent")), "fuzzy"
    answer: dict[str, Any] = {
        "query": visible(query),
        "status": "unknown",
        "matched": None,
        "monograph": None,
        "agent": None,
    }
    answer["suggestions"] = []
    if found is None:
        answer["suggestions"] = suggest(library, query, distant=fuzzy)
        answer["status"] = "suggested" if answer["suggestions"] else "unknown"
        return answer
    kind, target, _, answer["matched"] = found
    if kind == "monograph":
        answer["status"], answer["monograph"] = status, monograph_card(library, target)
    else:
        answer["status"], answer["agent"] = "agent" if status == "exact" else status, _agent_card(library, kind, target)
    return answer


def monograph_card(library: Library, id: str) -> dict[str, Any]:
    """Identity of a monograph's drug, without its sections' text."""
    card = library.document("cards", id)
    assert card is not None
    stated = [card, *card.get("names", []), *card.get("identifiers", []), *card.get("brands", [])]
    return {
        "id": card["id"],
        "title": card["title"],
        "names": [{"name": card["title"], "kind": "title", "source": card.get("source")}, *card.get("names", [])],
        "identifiers": card.get("identifiers", []),
        "chemistry": card.get("chemistry"),
        "brands": card.get("brands", []),
        "sections": card["sections"],
        "sources": sorted({record["source"] for record in stated if record.get("source")}),
    }


def _agent_card(library: Library, kind: str, id: str) -> dict[str, Any]:
    record = library.document("classes-by-id" if kind == "class" else "agents-by-id", id)
    assert record is not None
    card = {"id": id, "kind": kind, "name": record["name"], "classes": [m["class"] for m in record.get("classes", [])]}
    return card | {
        key: record[key] for key in ("names", "identifiers", "atc", "aliases", "source", "note") if key in record
    }
