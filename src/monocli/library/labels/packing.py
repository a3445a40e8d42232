"""A label as it was read, made ready for the pack: bytes, keys, and the texts whose words are indexed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from monocli.library.labels.keys import keys_of, rank_of
from monocli.library.labels.nodes import SectionNode
from monocli.library.labels.pack import stored_text
from monocli.library.labels.pieces import flattened
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.library.labels.openfda import ReadLabel


class Piece(NamedTuple):
    """A text of a label: a section's own, its highlights, or a table. Millions are made in one import and handed from
    process to process, and a tuple is made and handed on faster than a record."""

    written: bytes
    words: str
    """What of it is indexed."""


class Packed(Record):
    """A label ready to be written. In `layout` each text is the place of its piece."""

    set_id: str
    version: int
    published: str | None
    rank: int
    keys: frozenset[tuple[str, str]]
    card: bytes
    layout: list[list[object]]
    pieces: list[Piece]
    digest: bytes


def packed(label: ReadLabel) -> Packed:
    """The label as bytes, not yet compressed."""
    pieces: list[Piece] = []
    card = label.card
    layout = [_laid(node, pieces) for node in label.sections]
    # The same text in a newer export is the same text.
    written = stored_text({**card, "published": None})
    digest = hashlib.blake2b(written + stored_text(layout), digest_size=16)
    for piece in pieces:
        digest.update(piece.written)
    return Packed(
        card["set_id"].casefold(),
        int(card["version"]),
        card["published"],
        rank_of(card),
        frozenset(keys_of(card)),
        written,
        layout,
        pieces,
        digest.digest(),
    )


def _laid(node: SectionNode, pieces: list[Piece]) -> list[object]:
    def placed(text: str, words: str) -> int:
        if not text:
            return -1
        pieces.append(Piece(text.encode("utf-8", "surrogatepass"), words))
        return len(pieces) - 1

    text, highlights = placed(node.text, f"{node.title}\n{node.text}"), placed(node.highlights, node.highlights)
    tables = [placed(table, flattened(table)) for table in node.tables]
    own = [node.id, node.loinc, node.number, node.title, text, highlights, tables]
    return [*own, [_laid(child, pieces) for child in node.children]]
