"""mono interactions, many lists: one answer a line, streamed.

A line that cannot be read has a clear error of its own, and the rest goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from monocli.cli.exits import BAD_INPUT, NO_ANSWER, THRESHOLD_MET
from monocli.cli.guarding import labels_beside
from monocli.cli.reading import text_lines
from monocli.cli.session import InputFailed
from monocli.cli.streaming import SEVERITY, Counted, write
from monocli.cli.thresholds import with_threshold
from monocli.cli.wording import as_json, result_of
from monocli.engine.answers import Refusal
from monocli.engine.interactions.composing import MAX_REMEMBERED, Composer, plain, remembered_pairs
from monocli.engine.names import visible
from monocli.questions.interactions import book_of, reader_of
from monocli.questions.lists.entries import ListFile, Words
from monocli.questions.lists.opening import Rows, open_lists
from monocli.questions.lists.rows import ListLine
from monocli.render.envelope import AboutLibrary, is_utf8
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session
    from monocli.records.words import Action

LISTS = Counted("list", {THRESHOLD_MET: "at or above the threshold", NO_ANSWER: "in part or with nothing recorded"})


def run(
    session: Session, file: Path | None, fail_on: Action | None, format: str, rows: Rows | None = None
) -> Result | Iterator[Result]:
    """Answer every list of a file or of standard input.

    A file that holds one list (a table, FHIR) is answered as names on the command line are. Of many lists JSON Lines
    are written as they come (also for the default format); CSV likewise. `json` is one document: that of the list
    where there is one, else all of them under `data.lists`.
    """
    try:
        lines = session.stdin_lines(legacy=True) if file is None else _lines_of(file)
    except (OSError, ValueError) as error:
        # ValueError: what no file can be called.
        message = f"cannot read {str(file)!r}: {getattr(error, 'strerror', None) or 'not the name of a file'}"
        return Result("interactions", "error", BAD_INPUT, errors=[{"code": "unreadable-file", "message": message}])
    opened = open_lists(lines, Words(session.library), rows)
    if isinstance(opened, Refusal):
        return result_of("interactions", opened)
    if isinstance(opened, ListFile):
        return _whole(session, opened, fail_on, format)
    if format in ("md", "html"):
        return _no_page()
    first = next(opened.lists, None)
    if first is None:
        return result_of("interactions", _NO_LISTS)
    lists = chain([first], opened.lists)
    if format == "json":
        return _one_document(list(_results(session, lists, fail_on)))
    stream = (
        _csv(session, _results(session, lists, fail_on)) if format == "csv" else _json_lines(session, lists, fail_on)
    )
    raise typer.Exit(write(session, stream, LISTS, quiet=format == "jsonl"))


_NO_LISTS = Refusal("no-names", "no lists were given", "Write one list a line; what was read holds none.")


def _no_page() -> Result:
    message = "a batch gives JSON Lines or CSV"
    return Result("interactions", "error", BAD_INPUT, errors=[{"code": "usage", "message": message}])


def _whole(session: Session, file: ListFile, fail_on: Action | None, format: str) -> Result | Iterator[Result]:
    """The answer of a file that was read whole: of one list, or of several under their ids."""
    if not file.lists:
        return result_of("interactions", _NO_LISTS)
    results = _of_file(session, file, fail_on)
    if len(file.lists) == 1:
        return next(results)
    if format in ("md", "html"):
        return _no_page()
    if format == "json":
        return _one_document(list(results))
    if format == "csv":
        raise typer.Exit(write(session, _csv(session, results), LISTS, quiet=False))
    from monocli.render.envelope import Envelopes

    library = session.library
    encoding = getattr(session.stdout, "encoding", None)
    envelopes = Envelopes(library.edition, library.source_ids, encoding, indented=False)
    texts = ((envelopes.text(result), result.exit_code) for result in results)
    raise typer.Exit(write(session, texts, LISTS, quiet=format == "jsonl"))


def _of_file(session: Session, file: ListFile, fail_on: Action | None) -> Iterator[Result]:
    from monocli.questions.lists.answering import answer_list
    from monocli.questions.lists.reading import EntryReader

    library = session.library
    pack, unread = labels_beside(session)
    book = book_of(library, pack)
    reader, pairs = EntryReader(library, reader_of(library, pack)), remembered_pairs(book)
    for held in file.lists:
        outcome = answer_list(book, reader, held, file.read_as, pairs)
        outcome = outcome.replaced(notes=(*outcome.notes, *unread))
        result = with_threshold(result_of("interactions", outcome), fail_on)
        if result.data is not None and (held.id is not None or len(file.lists) > 1):
            result.data["list"] = {"line": held.line, "id": None if held.id is None else visible(held.id)}
        yield result


def _lines_of(file: Path) -> Iterator[str]:
    handle = file.open("rb")  # here, so that a file that cannot be read is told before anything is written

    def lines() -> Iterator[str]:
        try:
            with handle:
                yield from text_lines(handle, legacy=True)
        except OSError as error:
            raise InputFailed(f"cannot read {str(file)!r}: {error.strerror or error}") from error

    return lines()


def _json_lines(session: Session, lists: Iterator[ListLine], fail_on: Action | None) -> Iterator[tuple[str, int]]:
    utf8 = is_utf8(getattr(session.stdout, "encoding", None))
    dumps = json.JSONEncoder(ensure_ascii=not utf8, separators=(",", ":")).encode
    library = session.library
    pack, unread = labels_beside(session)
    named = reader_of(library, pack).drugs
    composer = Composer(book_of(library, pack), named, dumps, as_json, fail_on, unread)
    about = AboutLibrary(library.edition, library.source_ids, compact=True)
    head = '{"schema":"mono/interactions/1","command":"interactions","status":'
    for item in lists:
        if isinstance(item.names, Refusal):
            errors = dumps([{**as_json(item.names), **({"id": item.id} if item.id is not None else {})}])
            cited = about.citing(())
            yield (
                f'{head}"error","exit_code":2,"library":{cited},"data":null,"warnings":[],"errors":{errors}}}\n',
                BAD_INPUT,
            )
        else:
            a = composer.compose(item.names, _place(item))
            cited = about.citing(a.sources)
            code = THRESHOLD_MET if a.met else 0 if a.status == "ok" else NO_ANSWER
            yield (
                f'{head}"{a.status}","exit_code":{code},"library":{cited},"data":{a.data},'
                f'"warnings":{a.warnings},"errors":{a.errors}}}\n',
                code,
            )


def _place(item: ListLine) -> dict[str, object]:
    return {"line": item.number, "id": item.id}


def _results(session: Session, lists: Iterator[ListLine], fail_on: Action | None) -> Iterator[Result]:
    library = session.library
    pack, unread = labels_beside(session)
    book = book_of(library, pack)
    pairs = remembered_pairs(book)
    named = lru_cache(MAX_REMEMBERED)(reader_of(library, pack).drugs)
    for item in lists:
        if isinstance(item.names, Refusal):
            yield result_of("interactions", item.names)
            continue
        mentions = [named(name) for name in item.names]
        outcome = plain(book, mentions, pairs)
        outcome = outcome.replaced(notes=(*outcome.notes, *unread))
        result = with_threshold(result_of("interactions", outcome), fail_on)
        if result.data is not None:
            result.data["list"] = _place(item)
        yield result


_OF_LABELS = ("label-notice", "labels-not-read")
"""Warnings that are told with CSV, once for all lists."""


def _csv(session: Session, results: Iterator[Result]) -> Iterator[tuple[str, int]]:
    from monocli.render import interactions as render
    from monocli.render import tabular

    header = True
    told: set[str] = set()
    for result in results:
        for warning in result.warnings:
            if warning["code"] in _OF_LABELS and warning["message"] not in told:
                told.add(warning["message"])
                session.stderr.write(f"Warning: {visible(warning['message'], 1000)} [{warning['code']}]\n")
        columns, rows = render.rows(result)
        place = (result.data or {}).get("list") or {"line": result.errors[0].get("line"), "id": None}
        leading = [str(place["line"] or ""), place["id"] or ""]
        text = tabular.csv(["line", "id", *columns], [[*leading, *row] for row in rows])
        yield text if header else text.partition("\r\n")[2], result.exit_code
        header = False


def _one_document(results: list[Result]) -> Result:
    if len(results) == 1:
        return results[0]
    code = next((code for code in SEVERITY if any(result.exit_code == code for result in results)), 0)
    keys = ("status", "exit_code", "data", "warnings", "errors")
    lists = [{key: getattr(result, key) for key in keys} for result in results]
    status = "ok" if all(result.status == "ok" for result in results) else "partial"
    return Result("interactions", status, code, {"lists": lists})
