"""Reads labels in a process of its own while this one writes: two threads would wait for each other at every row that
is written. Where the system cannot split a process in two, they are read in this one.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
from collections.abc import Iterator
from typing import Any, NoReturn

from monocli.library.labels.faults import ReadingStopped

_BUFFER = 1 << 20


class Ahead:
    """The items of an iterator, made in a child process. Used with `with`; the child is gone after it."""

    def __init__(self, items: Iterator[Any]) -> None:
        self._items, self._child = items, 0
        if not hasattr(os, "fork"):
            return
        into, out = os.pipe()
        _widen(out)
        self._child = os.fork()
        if self._child == 0:
            os.close(into)
            _send(items, out)
        os.close(out)
        self._stream = os.fdopen(into, "rb", buffering=_BUFFER)

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *_: object) -> None:
        if self._child:
            self._stream.close()
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
            self._child = 0

    def __iter__(self) -> Iterator[Any]:
        if not self._child:
            yield from self._items
            return
        while True:
            try:
                kind, item = pickle.load(self._stream)  # noqa: S301 - our own child wrote it
            except (EOFError, pickle.UnpicklingError):
                message = "the reading of the files was stopped from outside; the labels are as they were"
                raise ReadingStopped(message) from None
            if kind == "end":
                return
            if kind == "fault":
                raise item
            yield item


def _widen(pipe: int) -> None:
    """Let the pipe hold as much as the system allows: reading goes on while the index is written."""
    import fcntl

    with contextlib.suppress(AttributeError, OSError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _BUFFER)


def _send(items: Iterator[Any], out: int) -> NoReturn:
    """What the child does: it writes the items, and ends without a word where nobody reads them any more."""
    with contextlib.suppress(BaseException):
        # Ctrl-C is the parent's to answer.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with os.fdopen(out, "wb", buffering=_BUFFER) as stream:
            try:
                for item in items:
                    pickle.dump(("item", item), stream, protocol=pickle.HIGHEST_PROTOCOL)
                pickle.dump(("end", None), stream)
            except BrokenPipeError:
                raise
            except Exception as fault:
                pickle.dump(("fault", fault), stream)
    os._exit(0)
