"""Chooses the renderer for a format and writes its output. JSON never imports rich."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from monocli.render import envelope
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.app import Invocation
    from monocli.cli.session import Session

_SEVERITY = {3: 6, 4: 5, 130: 4, 5: 3, 2: 2, 1: 1, 0: 0}
"""Of several results the worst decides the exit code; this is what "worst" means."""


def write(results: Iterator[Result], session: Session, invocation: Invocation) -> int:
    """Write results in the chosen format; the worst exit code."""
    if invocation.format in ("json", "jsonl"):
        return _json(results, session, 2 if invocation.format == "json" else None)
    worst = 0
    for result in results:
        worst = worse(worst, result.exit_code)
        if result.data is None or invocation.format == "table":
            _table(result, session, invocation)
        else:
            _tabular(result, session, invocation)
    return worst


def worse(one: int, other: int) -> int:
    """The worse of two exit codes."""
    return max(one, other, key=lambda code: _SEVERITY.get(code, 7))


def _json(results: Iterable[Result], session: Session, indent: int | None) -> int:
    edition, sources = None, []
    worst = 0
    for result in results:
        if edition is None and result.exit_code not in (3, 4) and (result.data is not None or result.exit_code != 2):
            edition, sources = session.library.edition, session.library.source_ids
        document = envelope.envelope(result, edition, sources)
        session.stdout.write(envelope.text(document, getattr(session.stdout, "encoding", None), indent=indent) + "\n")
        worst = worse(worst, result.exit_code)
    return worst


def _renderer(command: str) -> Any:
    return import_module(f"monocli.render.{command.replace('-', '_')}")


def _table(result: Result, session: Session, invocation: Invocation) -> None:
    from monocli.render.page import Page

    page = Page.to_stdout(session, invocation.color)
    if result.data is not None:
        renderer = _renderer(invocation.command)
        draw = getattr(renderer, "table")
        draw(result, page, **({"options": invocation.options} if getattr(renderer, "TAKES_OPTIONS", False) else {}))
    page.show()
    problems = Page.to_stderr(session, invocation.color)
    problems.problems(result, with_warnings=result.data is None)
    problems.show()


def _tabular(result: Result, session: Session, invocation: Invocation) -> None:
    """CSV or Markdown of a result, or any further format that the command's renderer knows by name."""
    renderer = _renderer(invocation.command)
    special = getattr(renderer, invocation.format.replace("-", "_"), None)
    if special is not None:
        session.stdout.write(special(result))
    else:
        from monocli.render import tabular

        columns, rows = renderer.rows(result)
        session.stdout.write(tabular.csv(columns, rows) if invocation.format == "csv" else tabular.markdown(columns, rows))
    if result.warnings or result.errors:
        from monocli.render.page import Page

        page = Page.to_stderr(session, invocation.color)
        page.problems(result, with_warnings=True)
        page.show()
