"""The pack of imported labels, opened for reading. Commands come here only where there is one.

A label is a card (whose it is) and a layout: its sections as a tree, and where their texts lie. A text that several
labels have lies in the pack once, in the block of the label that brought it, and its words are indexed once. Names
and codes lead to labels by an index. Rows carry checksums, and what is packed carries its own.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from monocli.library.labels.common_text import COMMON
from monocli.library.labels.faults import ForeignPack, NewerPack, OlderPack
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.records.labels import LabelCard

FORMAT = 3
"""Raised whenever the tables or the meaning of their rows change."""
MARK = 0x6D6C6200
"""Marks a SQLite file as a pack of labels ("mlb"); the format is added."""
_HEADER_BYTES = 100
_KEEP_BLOCKS = 64


class Span(Record):
    """Where a text lies; of no text, the length is 0."""

    block: int
    start: int
    length: int


NOWHERE = Span(0, 0, 0)

# These are written out and are no records: a label has hundreds of them.


class KeptSection:
    """A section as the pack holds it, with where its texts lie."""

    __slots__ = ("highlights", "id", "loinc", "number", "sections", "tables", "text", "title")

    def __init__(self, stored: Sequence[Any], spans: Sequence[Span]) -> None:
        self.id: str = stored[0]
        self.loinc: str | None = stored[1]
        self.number: str | None = stored[2]
        self.title: str = stored[3]
        text, highlights = stored[4:6]
        self.text = spans[text] if text >= 0 else NOWHERE
        self.highlights = spans[highlights] if highlights >= 0 else NOWHERE
        self.tables = tuple(spans[table] for table in stored[6])
        self.sections: tuple[KeptSection, ...] = tuple(KeptSection(part, spans) for part in stored[7])


class Layout:
    """The sections of a label, and all its texts in their order."""

    __slots__ = ("sections", "spans")

    def __init__(self, sections: Sequence[Any], spans: Sequence[Sequence[int]]) -> None:
        self.spans = tuple(Span(*span) for span in spans)
        self.sections = tuple(KeptSection(one, self.spans) for one in sections)

    def walk(self) -> Iterator[tuple[KeptSection, tuple[KeptSection, ...]]]:
        """Every section in reading order, with those that it stands in, the outermost first."""
        yield from _walked(self.sections, ())


def _walked(
    sections: Sequence[KeptSection], above: tuple[KeptSection, ...]
) -> Iterator[tuple[KeptSection, tuple[KeptSection, ...]]]:
    for section in sections:
        yield section, above
        yield from _walked(section.sections, (*above, section))


class Found:
    """A label that a key leads to, and by which kind of key."""

    __slots__ = ("kind", "label", "rank", "set_id")

    def __init__(self, label: int, kind: str, rank: int, set_id: str) -> None:
        self.label, self.kind, self.rank, self.set_id = label, kind, rank, set_id


class LabelPack:
    """Reads labels by key. Raises `ForeignPack` where what it reads is not what was written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = _connected(path)
        self._blocks: dict[int, bytes] = {}

    def close(self) -> None:
        self._connection.close()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.DatabaseError as error:
            raise ForeignPack(f"the pack of labels is damaged: {error}; import the labels again") from error

    def count(self) -> int:
        """How many labels there are."""
        return int(self.rows("SELECT count(*) FROM label WHERE current = 1")[0][0])

    def notices(self) -> list[str]:
        """What the data ask to be shown with every answer from them."""
        return [text for (text,) in self.rows("SELECT text FROM notice ORDER BY id")]

    def exports(self) -> list[tuple[str | None, int]]:
        """The days of the exports that labels come from, newest first, and how many labels each."""
        sql = "SELECT published, count(*) FROM label WHERE current = 1 GROUP BY published ORDER BY published DESC"
        return [(day, count) for day, count in self.rows(sql)]

    def by_keys(self, keys: Sequence[tuple[str, str]]) -> list[Found]:
        """The labels that these (kind, key) lead to, each once, in the order in which one is chosen: by rank, then by
        set id."""
        found: dict[int, Found] = {}
        sql = (
            "SELECT i.label, i.kind, i.rank, l.set_id FROM ident i JOIN label l ON l.id = i.label "
            "WHERE i.kind = ? AND i.key = ?"
        )
        for kind, key in dict.fromkeys(keys):
            for row in self.rows(sql, (kind, key)):
                found.setdefault(row[0], Found(*row))
        return sorted(found.values(), key=lambda one: (one.rank, one.set_id))

    def names_beginning(self, kind: str, beginning: str) -> list[str]:
        """The keys of a kind that begin so."""
        sql = "SELECT DISTINCT key FROM ident WHERE kind = ? AND key >= ? AND key < ?"
        return [key for (key,) in self.rows(sql, (kind, beginning, f"{beginning}\U0010ffff"))]

    def versions(self, set_id: str) -> list[tuple[int, str]]:
        """(label, version) of all versions of a label that are held, newest first."""
        sql = "SELECT id, version FROM label WHERE set_id = ? ORDER BY version DESC"
        return [(label, str(version)) for label, version in self.rows(sql, (set_id.casefold(),))]

    def set_ids(self) -> list[int]:
        """All labels, by set id."""
        return [label for (label,) in self.rows("SELECT id FROM label WHERE current = 1 ORDER BY set_id")]

    def card(self, label: int) -> LabelCard:
        sql = (
            "SELECT l.set_id, l.version, b.card, l.checksum, l.published FROM label l JOIN body b ON b.label = l.id "
            "WHERE l.id = ?"
        )
        rows = self.rows(sql, (label,))
        if not rows:
            raise ForeignPack("the pack of labels is damaged: a label is not there; import the labels again")
        set_id, version, packed, stored, published = rows[0]
        if stored != checksum(set_id, version, packed):
            raise ForeignPack(f"the pack of labels is damaged: {set_id} does not fit its checksum; import it again")
        return cast("LabelCard", {**json.loads(inflated(packed)), "published": published})

    def layout(self, label: int) -> Layout:
        """The sections of a label."""
        rows = self.rows("SELECT layout FROM body WHERE label = ?", (label,))
        spans, sections = json.loads(inflated(rows[0][0] if rows else b""))
        return Layout(sections, spans)

    def text(self, span: Span) -> str:
        """The text that lies there."""
        if not span.length:
            return ""
        if span.block not in self._blocks:
            if len(self._blocks) >= _KEEP_BLOCKS:
                self._blocks.pop(next(iter(self._blocks)))
            rows = self.rows("SELECT texts FROM block WHERE id = ?", (span.block,))
            self._blocks[span.block] = _texts(rows[0][0] if rows else b"")
        return self._blocks[span.block][span.start : span.start + span.length].decode("utf-8", "surrogatepass")


def deflated(text: bytes) -> bytes:
    """A card or a layout, compressed."""
    packer = zlib.compressobj(zdict=COMMON)
    return packer.compress(text) + packer.flush()


def inflated(packed: bytes) -> bytes:
    """The same as it was. Raises `ForeignPack`."""
    unpacker = zlib.decompressobj(zdict=COMMON)
    try:
        return unpacker.decompress(packed) + unpacker.flush()
    except zlib.error as error:
        raise ForeignPack(f"the pack of labels is damaged: {error}; import the labels again") from error


def _texts(packed: bytes) -> bytes:
    try:
        return zlib.decompress(packed)
    except zlib.error as error:
        raise ForeignPack(f"the pack of labels is damaged: {error}; import the labels again") from error


def checksum(set_id: str, version: int, packed: bytes) -> int:
    return zlib.crc32(packed, zlib.crc32(f"{set_id}\x1f{version}".encode()))


def open_pack(path: Path) -> LabelPack | None:
    """The pack in a file; None where there is no file. Raises `ForeignPack`, `NewerPack` and `OlderPack`."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ForeignPack(f"the pack of labels cannot be read: {path}: {reason}") from error
    try:
        header, size = os.read(handle, _HEADER_BYTES), os.fstat(handle).st_size
    except OSError as error:
        raise ForeignPack(f"the pack of labels cannot be read: {path}: {error.strerror or error}") from error
    finally:
        os.close(handle)
    mark = int.from_bytes(header[68:72], "big") if len(header) == _HEADER_BYTES else 0
    if mark & ~0xFF != MARK:
        raise ForeignPack(f"no pack of labels: {path}; remove the file, and import the labels again")
    if mark - MARK > FORMAT:
        raise NewerPack(
            f"a newer mono has written the labels in {path}; update mono, or import the labels again elsewhere"
        )
    if mark - MARK < FORMAT:
        raise OlderPack(f"an older mono has written the labels in {path}; remove all of them, and import them again")
    page, pages = int.from_bytes(header[16:18], "big"), int.from_bytes(header[28:32], "big")
    if size != (65536 if page == 1 else page) * pages:
        raise ForeignPack(f"the pack of labels is damaged: {path} is not as long as it says; import the labels again")
    return LabelPack(path)


def _connected(path: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    except sqlite3.Error as error:
        raise ForeignPack(f"the pack of labels cannot be read: {path}: {error}") from error


def stored_text(value: Mapping[str, Any] | Sequence[Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
