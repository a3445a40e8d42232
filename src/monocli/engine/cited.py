"""Where a statement comes from, and which sources an answer cites, read off the answer itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

from monocli.engine.answers import Note

if TYPE_CHECKING:
    from monocli.records.monograph import LaterRemark
    from monocli.records.output.common import SourceRef

OWN = "mono-decisions"
"""The source of what is this program's own decision and stands in no other."""
_NAMES_ONE = frozenset({"source", "action_source"})
_NAMES_SOME = "sources"
"""The keys under which the JSON of every command writes ids of sources: one id, and a list of ids or of records."""


def kept(record: Mapping[str, object], *keys: str) -> dict[str, object]:
    """Of these keys those that a record has, with what they hold."""
    return {key: record[key] for key in keys if key in record}


def source_of(record: Mapping[str, object]) -> SourceRef:
    """Where a record of the library is stated, as JSON shows it."""
    return cast("SourceRef", kept(record, "source", "section"))


def later_notes(remarks: Iterable[LaterRemark]) -> tuple[Note, ...]:
    """What later sources say where the printed one has nothing: warnings, each with its source."""
    return tuple(Note("later-source", said["text"], source_of(said)) for said in remarks)


def cited(*parts: object) -> set[str]:
    """The ids of all sources that these parts of an answer name, however deep."""
    ids: set[str] = set()
    waiting: list[object] = list(parts)
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            for key, value in part.items():
                if isinstance(value, str):
                    if key in _NAMES_ONE:
                        ids.add(value)
                elif value:
                    waiting.append(value)
                    if key == _NAMES_SOME:
                        ids.update(item for item in value if isinstance(item, str))
        elif isinstance(part, (list, tuple)):
            waiting += [item for item in part if isinstance(item, (dict, list, tuple))]
    return ids
