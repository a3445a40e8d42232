"""Holds a record to what its type declares (`records/marks.py`), at any depth: one walker for every form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import get_args

from monocli.library.formats import hints_of, record_of, unwrapped
from monocli.library.problems import Path
from monocli.records.marks import Positive, Ref, marks_of

Broken = Iterator[tuple[Path, str]]


def broken(value: object, record: object, ids: Callable[[str], set[str]]) -> Broken:
    """Every promise that a valid value of a record type breaks, with the path to it; `ids` are those that the library
    has of a kind."""
    yield from _walk(value, record, (), value, ids)


def _walk(value: object, annotation: object, path: Path, file: object, ids: Callable[[str], set[str]]) -> Broken:
    annotation, marks = unwrapped(annotation)
    for mark in marks:
        if isinstance(mark, Positive) and Fraction(str(value)) <= 0:
            yield path, f"expected more than 0, not {value}"
        if isinstance(mark, Ref) and value not in (ids(mark.to) if mark.in_library else _own(file, mark.to)):
            kind = mark.to.removesuffix("s")
            yield path, f"no {kind} {value!r}" if mark.in_library else f"no {value!r} in this file"
    if isinstance(value, list):
        yield from _repeated(value, path)
        for index, item in enumerate(value):
            yield from _walk(item, (get_args(annotation) or (object,))[0], (*path, index), file, ids)
    elif isinstance(value, dict) and (record := record_of(annotation, value)) is not None:
        said = (mark.problem(value) for mark in marks_of(record))
        yield from ((path, message) for message in said if message)
        hints = hints_of(record)
        for key, item in value.items():
            yield from _walk(item, hints[key], (*path, key), file, ids)


def _own(file: object, to: str) -> set[object]:
    """The ids of a list of the same file; none where the file has no such list."""
    for key in to.split("."):
        file = file.get(key, {}) if isinstance(file, dict) else {}
    return {record["id"] for record in file} if isinstance(file, list) else set()


def _repeated(records: list[object], path: Path) -> Broken:
    """Two records of one list with the same id."""
    ids = [record.get("id") if isinstance(record, dict) else None for record in records]
    for index, id in enumerate(ids):
        if id is not None and id in ids[:index]:
            yield (*path, index, "id"), f"two have the id {id!r}"
