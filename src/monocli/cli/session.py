"""The world as a command sees it: made once at the edge, handed in, replaced in tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TextIO, cast

from monocli.library import places
from monocli.library.errors import InvalidLibrary, MissingLibrary
from monocli.library.kinds import SOURCES
from monocli.library.opening import open_library

if TYPE_CHECKING:
    from datetime import datetime
    from io import BufferedReader
    from pathlib import Path

    from monocli.library.labels.pack import LabelPack
    from monocli.library.places import Places
    from monocli.library.store import Library
    from monocli.records.library import Source


class InputFailed(Exception):
    """Standard input or a file cannot be read, through no fault of the program; the text says which and why."""


class Session:
    """Environment, streams and the library, which is opened when it is first asked for."""

    def __init__(
        self,
        environ: Mapping[str, str],
        stdin: TextIO,
        stdout: TextIO,
        stderr: TextIO,
        *,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self.environ, self.stdin, self.stdout, self.stderr = environ, stdin, stdout, stderr
        self._clock = clock or _local_time
        self._failure: InvalidLibrary | MissingLibrary | None = None

    @cached_property
    def places(self) -> Places:
        return places.find(self.environ)

    @cached_property
    def library(self) -> Library:
        if self._failure is not None:
            raise self._failure
        try:
            return open_library(self.places)
        except (InvalidLibrary, MissingLibrary) as failure:
            self._failure = failure
            raise

    @property
    def labels_path(self) -> Path:
        """The file of the pack of imported labels, which may not be there."""
        return places.labels_folder(self.environ) / "labels.sqlite"

    @cached_property
    def labels(self) -> LabelPack | None:
        """The pack of imported labels, where there is one. Raises `PackFault`."""
        if not os.path.exists(self.labels_path):
            return None
        from monocli.library.labels.pack import open_pack

        return open_pack(self.labels_path)

    def about_library(self) -> tuple[str | None, list[str]]:
        """Edition and sources; none where there is no library to read, which the result itself then says."""
        try:
            return self.library.edition, self.library.source_ids
        except Exception:
            # Whatever it is, the result itself says it; it must still be printed.
            return None, []

    def sources_named(self, ids: Collection[str]) -> list[Source]:
        """The records of these sources, in the order of the library."""
        return [record for record in self.library.documents(SOURCES) if record["id"] in ids]

    def now(self) -> datetime:
        """The time, with the offset of its zone."""
        return self._clock()

    def stdin_lines(self, *, legacy: bool = False) -> Iterator[str]:
        """Lines of standard input as `text_lines` reads them. Raises `InputFailed`."""
        from monocli.cli.reading import text_lines

        try:
            yield from text_lines(cast("BufferedReader", self.stdin.buffer), legacy=legacy)
        except OSError as error:
            raise InputFailed(f"standard input cannot be read: {error.strerror or error}") from error


def from_process(environ: Mapping[str, str]) -> Session:
    """The session of this process."""
    # A stream that the caller has closed (`mono … >&-`) is None in Python; what is written to it goes nowhere.
    return Session(environ, _open(sys.stdin, "r"), _open(sys.stdout, "w"), _open(sys.stderr, "w"))


def _local_time() -> datetime:
    from datetime import UTC, datetime

    return datetime.now(UTC).astimezone()


def _open(stream: TextIO | None, mode: str) -> TextIO:
    return stream or cast("TextIO", open(os.devnull, mode))
