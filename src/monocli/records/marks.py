"""What the types of the library's YAML promise beyond their form: that an id leads somewhere, that a number is more
than 0, which keys go together. `library/declared.py` holds every record to it; nothing here is read at run time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

RecordType = TypeVar("RecordType", bound=type)


class Ref:
    """The id of a record in a list of the same file ("populations", "hepatic.grades"), or of a kind of the library."""

    def __init__(self, to: str, *, in_library: bool = False) -> None:
        self.to, self.in_library = to, in_library


class Positive:
    """A number more than 0."""


class OneOf:
    """Of these keys exactly one is given. `said` is the problem in other words than the usual ones."""

    def __init__(self, *keys: str, said: str = "") -> None:
        self.keys, self.said = keys, said

    def problem(self, record: Mapping[str, object]) -> str | None:
        given = [key for key in self.keys if key in record]
        usual = f"exactly one of {', '.join(self.keys)} is expected, not {' and '.join(given) or 'none'}"
        return None if len(given) == 1 else self.said or usual


class AnyOf:
    """Of these keys at least one is given."""

    def __init__(self, *keys: str) -> None:
        self.keys = keys

    def problem(self, record: Mapping[str, object]) -> str | None:
        return None if any(key in record for key in self.keys) else f"one of {', '.join(self.keys)} is needed"


class With:
    """Where one key is given, another is too."""

    def __init__(self, key: str, other: str, *, said: str = "") -> None:
        self.key, self.other, self.said = key, other, said

    def problem(self, record: Mapping[str, object]) -> str | None:
        kept = self.key not in record or self.other in record
        return None if kept else self.said or f"`{self.key}` needs `{self.other}`"


KeyMark = OneOf | AnyOf | With


def keys(*marks: KeyMark) -> Callable[[RecordType], RecordType]:
    """Declares what holds of the keys of a record."""

    def declare(record: RecordType) -> RecordType:
        record.__marks__ = marks  # type: ignore[attr-defined]  # read by marks_of
        return record

    return declare


def marks_of(record: type) -> tuple[KeyMark, ...]:
    """What is declared of the keys of a record."""
    marks: tuple[KeyMark, ...] = record.__dict__.get("__marks__", ())
    return marks
