"""How far a long task is: on a terminal alone, on stderr, gone when it has ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from monocli.cli.session import Session

_EVERY = 25
"""Steps between two looks at the bar."""


@contextmanager
def of_bytes(session: Session) -> Iterator[Callable[[Any], None]]:
    """What is to be told of each step: bytes done and in all, and labels."""
    columns = (
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[labels]:,} labels"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(file=session.stderr), transient=True) as progress:
        task = progress.add_task("import", total=None, labels=0)
        steps = 0

        def told(step: Any) -> None:
            nonlocal steps
            steps += 1
            if steps % _EVERY == 0:
                progress.update(task, completed=step.done, total=step.total, labels=step.labels)

        yield told
