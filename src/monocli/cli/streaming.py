"""Texts that are written as they come, one for each line that was read, with progress on a terminal and a count at the
end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from monocli.cli.exits import BAD_INPUT, NO_ANSWER, THRESHOLD_MET
from monocli.records.record import Record
from monocli.render.tabular import encodable

if TYPE_CHECKING:
    from monocli.cli.session import Session

SEVERITY = (THRESHOLD_MET, BAD_INPUT, NO_ANSWER, 0)
"""Exit codes, worst first."""
_PROGRESS_EVERY = 200
_ENDED = {0: "answered", NO_ANSWER: "without an answer", BAD_INPUT: "not readable"}


class Counted(Record):
    """What is counted ("list"), and how an exit code of one is worded where that is special."""

    one: str
    ended: Mapping[int, str] = {}


def write(session: Session, stream: Iterator[tuple[str, int]], counted: Counted, *, quiet: bool) -> int:
    """Write the texts as they come, and tell on stderr how it went unless only JSON was asked for; the worst exit
    code.
    """
    counts: dict[int, int] = {}
    terminal = not quiet and session.stderr.isatty()
    with _progress(session, counted.one) if terminal else nullcontext() as advance:
        for number, (text, code) in enumerate(stream, 1):
            counts[code] = counts.get(code, 0) + 1
            try:
                _put(session, text)
            except BrokenPipeError:
                # The reader has what it wanted; here, because typer would end the program with a code of its own.
                quiet = True
                break
            if advance is not None and number % _PROGRESS_EVERY == 0:
                advance(number)
    if not quiet:
        session.stderr.write(_summary(counts, counted))
    return next((code for code in SEVERITY if code in counts), 0)


def _put(session: Session, text: str) -> None:
    """Write to stdout; a disk that is full is no fault of the program."""
    try:
        session.stdout.write(encodable(text, getattr(session.stdout, "encoding", None)))
    except BrokenPipeError:
        raise
    except OSError as error:
        from monocli.cli.main import OutputFailed

        raise OutputFailed(str(error)) from error


def _progress(session: Session, one: str) -> AbstractContextManager[Callable[[int], None]]:
    """A spinner with the number of lines done, on a terminal only."""
    from contextlib import contextmanager

    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    @contextmanager
    def shown() -> Iterator[Callable[[int], None]]:
        columns = (SpinnerColumn(), TextColumn(f"{{task.completed}} {one}s"), TimeElapsedColumn())
        with Progress(*columns, console=Console(file=session.stderr), transient=True) as progress:
            task = progress.add_task(f"{one}s", total=None)
            yield lambda number: progress.update(task, completed=number)

    return shown()


def _summary(counts: dict[int, int], counted: Counted) -> str:
    words = {**_ENDED, **counted.ended}
    total = sum(counts.values())
    parts = ", ".join(f"{counts[code]} {words[code]}" for code in sorted(counts))
    return f"{total} {counted.one}{'s' if total != 1 else ''}{': ' + parts if parts else ''}\n"
