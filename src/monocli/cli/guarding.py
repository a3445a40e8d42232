"""What is wrong with the pack of imported labels, as a result or a warning. Where there is no pack, nothing of labels
is loaded."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from monocli.cli import exits
from monocli.engine.answers import Note
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session
    from monocli.library.labels.pack import LabelPack


def guarded(command: str, ask: Callable[[], Result]) -> Result:
    """What is asked, or what is wrong with the pack of labels."""
    from monocli.library.labels.faults import Busy, Interrupted, NoRoom, PackFault, ReadingStopped

    try:
        return ask()
    except Interrupted as fault:
        errors: list[dict[str, object]] = [{"code": fault.code, "message": str(fault)}]
        return Result(command, "error", exits.INTERRUPTED, errors=errors)
    except PackFault as fault:
        code = exits.NO_ANSWER if isinstance(fault, (Busy, NoRoom, ReadingStopped)) else exits.INVALID_LIBRARY
        status = "refused" if code == exits.NO_ANSWER else "error"
        return Result(command, status, code, errors=[{"code": fault.code, "message": str(fault)}])


def labels_beside(session: Session) -> tuple[LabelPack | None, tuple[Note, ...]]:
    """The imported labels, for a question that can be answered without them; where they cannot be read, the warning
    that says so."""
    if not os.path.exists(session.labels_path):
        return None, ()
    from monocli.library.labels.faults import PackFault

    try:
        return session.labels, ()
    except PackFault as fault:
        return None, (Note("labels-not-read", f"answered without the imported labels: {fault}"),)
