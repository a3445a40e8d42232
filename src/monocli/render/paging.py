"""Output that is longer than the terminal is high, shown by the user's pager."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_NOT_THERE = (126, 127)
"""What a shell says of a command that it cannot run."""


def page_through(text: str, environ: Mapping[str, str]) -> bool:
    """Show the text in the pager that the environment names, else in one that is there; False where it cannot be run,
    so
    that an answer is never lost."""
    os.environ.setdefault("LESS", "-FRX")
    command = environ.get("MANPAGER") or environ.get("PAGER")
    with _left_to_the_pager():
        if command:
            given = text.encode("utf-8", "backslashreplace")
            return subprocess.run(command, shell=True, input=given, check=False).returncode not in _NOT_THERE  # noqa: S602
        from pydoc import pager

        pager(text)
        return True


@contextmanager
def _left_to_the_pager() -> Iterator[None]:
    """Ctrl-C is a key of the pager, which stops a search with it; it ends neither of us. (Ignored, it would stay so in
    the pager too.)"""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
