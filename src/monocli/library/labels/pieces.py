"""The texts of the fields of a record, each as a part of the text that holds it, and the tables with the text that they
stand in."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from monocli.library.labels.nodes import squeezed
from monocli.library.labels.section_kinds import NO_PARENTS

_SHORTEST_CHILD = 30
"""A shorter text stands in another by chance."""
_PROBE = 30
_TAG = re.compile(r"<[^>]*>")


@dataclass(slots=True)
class FieldPiece:
    """One text of a field, and which part of which other text it is."""

    name: str
    """Of the field."""
    text: str
    tables: list[str] = field(default_factory=list)
    parts: list[tuple[int, int, FieldPiece]] = field(default_factory=list)


def nested(pieces: Sequence[FieldPiece]) -> list[FieldPiece]:
    """The pieces that are no part of another; each of the others is entered as a part of the smallest that holds it."""
    by_length = sorted(pieces, key=lambda piece: len(piece.text))
    top = set(map(id, pieces))
    for place, piece in enumerate(by_length):
        if len(piece.text) < _SHORTEST_CHILD:
            continue
        for other in by_length[place + 1 :]:
            start = -1 if other.name in NO_PARENTS else _find(other.text, piece.text)
            if start >= 0 and _on_words(other.text, start, start + len(piece.text)):
                other.parts.append((start, start + len(piece.text), piece))
                top.discard(id(piece))
                break
    return [piece for piece in pieces if id(piece) in top]


def _find(text: str, part: str) -> int:
    """Where a long part stands in a text; -1 where it does not. Its beginning alone is looked for first, because most
    parts do not stand there."""
    start = text.find(part[:_PROBE])
    return start if start < 0 or text.startswith(part, start) else text.find(part, start + 1)


def _on_words(text: str, start: int, end: int) -> bool:
    before = start == 0 or not text[start - 1].isalnum()
    return before and (end == len(text) or not text[end].isalnum() or not text[end - 1].isalnum())


@lru_cache(maxsize=200)
def flattened(markup: str) -> str:
    """The text of a table as it stands in the text of its section."""
    return squeezed(html.unescape(_TAG.sub(" ", markup)))


def place_tables(pieces: Sequence[FieldPiece], fields: Mapping[str, Sequence[str]]) -> None:
    """Give each table to the smallest piece whose text holds it, and take it out of that text; one that is found in
    none to the first piece of its field."""
    for name, texts in fields.items():
        owner = name.removesuffix("_table")
        if owner == name or owner not in fields:
            continue
        own = [piece for piece in pieces if piece.name == owner]
        for markup in texts:
            if not markup.strip():
                continue
            flat = flattened(markup)
            holder = _holder(own, flat)
            if holder is not None:
                holder.tables.append(markup)
            elif own and not any(markup in piece.tables for piece in pieces):
                own[0].tables.append(markup)


def _holder(own: Sequence[FieldPiece], flat: str) -> FieldPiece | None:
    """Of the pieces of a field, and of their parts, the smallest that holds this text."""
    for piece in own:
        if (start := piece.text.find(flat)) >= 0 and flat:
            inner = [part for begin, end, part in piece.parts if begin <= start and start + len(flat) <= end]
            return _holder(inner, flat) or piece
    return None
