"""What stands behind the id of a source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from monocli.engine.answers import Answer, Refusal
from monocli.engine.inputs import ask
from monocli.engine.names import normalise, visible
from monocli.library.kinds import SOURCES

if TYPE_CHECKING:
    from monocli.library.store import Library
    from monocli.records.library import Source
    from monocli.records.output.common import Choice
    from monocli.records.output.lookups import ShownSource, Sources

_ALWAYS = ("edition", "date", "licence", "used_for")
_SHORTEST_WORD = 4
_MOST = 5


def sources(library: Library, ids: Sequence[str] = ()) -> Answer[Sources]:
    """The sources with these ids, in the order asked for, or all. An id that there is not is refused
    (`unknown-source`) and does not keep the others back."""
    known = {record["id"]: record for record in library.documents(SOURCES)}
    wanted = [id.strip().casefold() for id in ids] or list(known)
    found = [_shown(known[id]) for id in dict.fromkeys(wanted) if id in known]
    unknown = tuple(_unknown(typed, known) for typed, id in zip(ids, wanted, strict=False) if id not in known)
    return Answer({"sources": found, "total": len(found)}, refusals=unknown, empty=not found)


def _shown(record: Source) -> ShownSource:
    return cast("ShownSource", {**record, **{key: record.get(key) for key in _ALWAYS}})


def _unknown(typed: str, known: Mapping[str, Source]) -> Refusal:
    hint = f'"{ask("sources")}" lists every source.'
    near = tuple(_near(normalise(typed), known))
    return Refusal(
        "unknown-source", f"no source has the id {visible(typed)!r}", hint, near, detail={"query": visible(typed)}
    )


def _near(typed: str, known: Mapping[str, Source]) -> list[Choice]:
    """Sources whose id is spelt nearly so, or whose id, title or publisher has the word."""
    from monocli.library.spelling import near_spellings

    ids = near_spellings(typed, known)
    if len(typed) >= _SHORTEST_WORD:
        told = {id: normalise(f"{id} {record['title']} {record.get('publisher', '')}") for id, record in known.items()}
        ids += [id for id in told if typed in told[id] and id not in ids]
    return [{"id": id, "title": known[id]["title"]} for id in ids[:_MOST]]
