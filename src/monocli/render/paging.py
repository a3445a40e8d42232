"""Output that is longer than the terminal is high, shown by the user's pager."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_USUAL = ("less", "more")
_LEFT = (0, -signal.SIGINT, 128 + signal.SIGINT)
"""How a pager ends that has shown the text: as it should, or by Ctrl-C. Any other way to end is a failure."""


def page_through(text: str, environ: Mapping[str, str]) -> bool:
    """Show the text in the pager that the environment names, else in one that is there; False where there is none or it
    fails, so that an answer is never lost."""
    path = environ.get("PATH")
    command = (
        environ.get("MANPAGER") or environ.get("PAGER") or next((p for p in _USUAL if shutil.which(p, path=path)), "")
    )
    if not command:
        return False
    given = text.encode("utf-8", "backslashreplace")
    with _left_to_the_pager():
        try:
            done = subprocess.run(command, shell=True, input=given, check=False, env={"LESS": "-FRX", **environ})  # noqa: S602
        except (OSError, ValueError):
            return False
    return done.returncode in _LEFT


@contextmanager
def _left_to_the_pager() -> Iterator[None]:
    """Ctrl-C is a key of the pager, which stops a search with it; it ends neither of us. (Ignored, it would stay so in
    the pager too.)"""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
