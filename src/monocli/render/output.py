"""Chooses the renderer for a format and writes its output. JSON never imports rich."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from monocli.engine.cited import cited
from monocli.engine.names import visible
from monocli.render import envelope
from monocli.render.envelope import Envelopes
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.app import Invocation
    from monocli.cli.session import Session
    from monocli.render.html import About
    from monocli.render.page import Page

_SEVERITY = {3: 6, 4: 5, 130: 4, 5: 3, 2: 2, 1: 1, 0: 0}
"""Of several results the worst decides the exit code; this is what "worst" means."""

_OPENED = {"all": True, "explain": True, "details": True, "notes": True}
"""Options that show more of the same answer."""


def write(results: Iterator[Result], session: Session, invocation: Invocation) -> int:
    """Write results in the chosen format, until the reader of a pipe leaves; the worst exit code."""
    if invocation.format in ("json", "jsonl"):
        return _json(results, session, indented=invocation.format == "json")
    draw = {"table": _table, "html": _html}.get(invocation.format, _tabular)
    worst = 0
    for result in results:
        worst = worse(worst, result.exit_code)
        try:
            (_table if result.data is None else draw)(result, session, invocation)
        except BrokenPipeError:
            break
    return worst


def worse(one: int, other: int) -> int:
    """The worse of two exit codes."""
    return max(one, other, key=lambda code: _SEVERITY.get(code, 7))


def _json(results: Iterable[Result], session: Session, *, indented: bool) -> int:
    envelopes: Envelopes | None = None
    worst = 0
    for result in results:
        envelopes = envelopes or _envelopes(session, indented=indented)
        worst = worse(worst, result.exit_code)
        try:
            session.stdout.write(envelopes.text(result))
        except BrokenPipeError:
            break
    return worst


def _envelopes(session: Session, *, indented: bool) -> Envelopes:
    return Envelopes(*session.about_library(), getattr(session.stdout, "encoding", None), indented=indented)


def _renderer(command: str) -> Any:
    return import_module(f"monocli.render.{command.replace('-', '_')}")


def _table(result: Result, session: Session, invocation: Invocation) -> None:
    from monocli.render.terminal import Terminal

    if result.data is not None:
        Terminal.to_stdout(session, invocation.color).show(_page(result, _renderer(invocation.command)))
    _say_problems(result, session, invocation, with_warnings=result.data is None)


def _page(result: Result, renderer: Any) -> Page:
    """The document of an answer."""
    from monocli.render.page import Page

    page = Page()
    renderer.table(result, page)
    return page


def _say_problems(result: Result, session: Session, invocation: Invocation, *, with_warnings: bool) -> None:
    if not (result.errors or (with_warnings and result.warnings)):
        return
    from monocli.render.page import Page
    from monocli.render.terminal import Terminal

    page = Page()
    page.problems(result, with_warnings=with_warnings)
    Terminal.to_stderr(session, invocation.color).show(page)


def _opened(result: Result) -> Result:
    """The same, with everything opened."""
    return result.replaced(shown={**result.shown, **_OPENED})


def _markdown(result: Result, renderer: Any) -> str:
    """The page that the terminal gets, with everything opened, as Markdown; below the table of `summary` where the
    renderer has one."""
    from monocli.render import tabular
    from monocli.render.markdown import painted

    text = painted(_page(_opened(result), renderer))
    summary = getattr(renderer, "summary", None)
    columns, rows = summary(result) if summary else ([], [])
    return f"{tabular.markdown(columns, rows)}\n{text}" if rows else text


def _html(result: Result, session: Session, invocation: Invocation) -> None:
    """One sheet to print, with everything opened."""
    from monocli.render.html import painted

    page = _page(_opened(result), _renderer(invocation.command))
    text = painted(page, _about(result, session, invocation))
    if not envelope.is_utf8(getattr(session.stdout, "encoding", None)):
        text = text.encode("ascii", "xmlcharrefreplace").decode("ascii")
    session.stdout.write(text)
    _say_problems(result, session, invocation, with_warnings=True)


def _about(result: Result, session: Session, invocation: Invocation) -> About:
    import shlex

    from monocli import __version__
    from monocli.render.html import About, SourceNamed

    named = session.sources_named(set(cited(result.data, result.warnings, result.errors)))
    return About(
        title=invocation.command.capitalize(),
        command_line=shlex.join(["mono", *map(visible, invocation.arguments)]),
        made=session.now().isoformat(timespec="seconds"),
        edition=session.about_library()[0] or "",
        version=__version__,
        sources=[SourceNamed(s["id"], s["title"], s.get("edition") or s.get("date") or "") for s in named],
    )


def _tabular(result: Result, session: Session, invocation: Invocation) -> None:
    """CSV or Markdown of a result, or any further format that the command's renderer knows by name."""
    renderer = _renderer(invocation.command)
    special = getattr(renderer, invocation.format.replace("-", "_"), None)
    from monocli.render import tabular

    if special is not None:
        text = special(result)
    elif invocation.format == "md":
        text = _markdown(result, renderer)
    else:
        text = tabular.csv(*renderer.rows(result))
    encoding = getattr(session.stdout, "encoding", None)
    if invocation.format.endswith("json"):
        text = envelope.json_text(text, encoding)
    session.stdout.write(tabular.encodable(text, encoding))
    _say_problems(result, session, invocation, with_warnings=True)
