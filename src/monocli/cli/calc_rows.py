"""mono calc -: a table of patients, one answer a line, streamed. A line that cannot be read has an error of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import typer

from monocli.cli.exits import BAD_INPUT
from monocli.cli.streaming import SEVERITY, Counted, write
from monocli.cli.wording import result_of
from monocli.engine.answers import Refusal
from monocli.questions import calc as question
from monocli.render.envelope import Envelopes
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session
    from monocli.engine.formulas.tables import PatientRow

PATIENTS = Counted("patient")


def run(
    session: Session, name: str, given: Sequence[tuple[str, str]], to: str | None, format: str
) -> Result | Iterator[Result]:
    """Work out every line of standard input: JSON Lines and CSV as they come, JSON as one document, else a line of text
    each."""
    if not name:
        hint = "a formula comes first: mono calc FORMULA -"
        return result_of("calc", Refusal("formula-needed", "no formula was named", hint, kind="bad-input"))
    found = question.rows(session.library, name, given, session.stdin_lines(), to)
    if isinstance(found, Refusal):
        return result_of("calc", found)
    first = next(found, None)
    if first is None:
        hint = "one patient a line follows the header"
        return result_of("calc", Refusal("no-rows", "the table has a header and no patients", hint, kind="bad-input"))
    results = ((row, result_of("calc", row.answer)) for row in chain([first], found))
    if format == "json":
        return _one_document(list(results))
    texts = _json_lines(session, results) if format == "jsonl" else _lines(results, format)
    raise typer.Exit(write(session, texts, PATIENTS, quiet=format == "jsonl"))


def _placed(row: PatientRow, result: Result) -> dict[str, object]:
    """A line of the table in JSON."""
    placed: dict[str, object] = {"line": row.line, "id": row.id}
    if result.data is not None:
        placed["calculation"] = result.data
    return {**placed, "warnings": result.warnings, "errors": result.errors}


def _json_lines(session: Session, results: Iterator[tuple[PatientRow, Result]]) -> Iterator[tuple[str, int]]:
    envelopes = Envelopes(*session.about_library(), getattr(session.stdout, "encoding", None), indented=False)
    for row, result in results:
        data = _placed(row, result)
        yield (
            envelopes.text(Result("calc", result.status, result.exit_code, data, result.warnings, result.errors)),
            result.exit_code,
        )


def _lines(results: Iterator[tuple[PatientRow, Result]], format: str) -> Iterator[tuple[str, int]]:
    """CSV, a Markdown table, or plain lines; the header stands before the first."""
    from monocli.render import calc as render
    from monocli.render import tabular

    head = list(render.COLUMNS)
    for place, (row, result) in enumerate(results):
        cells = render.row_cells(_placed(row, result))
        if format == "csv":
            text = tabular.csv(head, [cells]) if place == 0 else tabular.csv_lines([cells])
        elif format == "md":
            text = tabular.markdown(head, [cells])
            text = text if place == 0 else text.splitlines(keepends=True)[-1]
        else:
            text = tabular.shown(render.row_line(cells)) + "\n"
        yield text, result.exit_code


def _one_document(results: list[tuple[PatientRow, Result]]) -> Result:
    code = next((code for code in SEVERITY if any(result.exit_code == code for _, result in results)), 0)
    rows = [_placed(row, result) for row, result in results]
    errors = [{**error, "line": row.line} for row, result in results for error in result.errors]
    status = "ok" if code == 0 else "error" if code == BAD_INPUT and len(errors) == len(results) else "partial"
    return Result("calc", status, code, {"rows": rows}, errors=errors)
