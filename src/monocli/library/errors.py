"""Ways in which there is no library to read. Imports nothing at run time, because every command must be able to catch
them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monocli.library.problems import Problem


class InvalidLibrary(Exception):
    """The library's data is not fit to be read; `problems` says where and why, all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problem(s) in the library data, first: {problems[0]}")
        self.problems = list(problems)


class MissingLibrary(Exception):
    """The compiled library that belongs to an installation is not there, or is damaged."""


class DamagedLibrary(MissingLibrary):
    """A compiled library that looked whole cannot be read to its end: its disk lost a part of it."""
