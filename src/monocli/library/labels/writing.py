"""Writes the pack of imported labels: beside its place, and moved there when it is whole. Whatever stops an import
leaves the pack as it was.

One import runs at a time. Nothing is copied or written before there is something new to write.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from monocli.library.compiling import unfinished
from monocli.library.labels.faults import NoRoom
from monocli.library.labels.keeping import LOCK_NAME, SUFFIX, flush, flush_folder, locked, room, sweep
from monocli.library.labels.keys import keys_of, rank_of
from monocli.library.labels.pack import FORMAT, MARK, LabelPack, checksum, deflated, inflated, open_pack, stored_text

if TYPE_CHECKING:
    from monocli.library.labels.packing import Packed
    from monocli.records.labels import LabelCard

Kept = Literal["new", "newer", "older", "same"]
_SCHEMA = """
CREATE TABLE notice (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE label (
    id INTEGER PRIMARY KEY AUTOINCREMENT, set_id TEXT NOT NULL, version INTEGER NOT NULL, current INTEGER NOT NULL,
    rank INTEGER NOT NULL, published TEXT, digest BLOB NOT NULL, checksum INTEGER NOT NULL, UNIQUE (set_id, version)
);
CREATE TABLE body (label INTEGER PRIMARY KEY, card BLOB NOT NULL, layout BLOB NOT NULL);
CREATE TABLE block (id INTEGER PRIMARY KEY, texts BLOB NOT NULL);
CREATE TABLE ident (
    kind TEXT, key TEXT, rank INTEGER, label INTEGER, PRIMARY KEY (kind, key, rank, label)
) WITHOUT ROWID;
CREATE TABLE text (
    id INTEGER PRIMARY KEY, hash INTEGER NOT NULL UNIQUE, block INTEGER NOT NULL, start INTEGER NOT NULL
);
CREATE TABLE part (text INTEGER, label INTEGER, place INTEGER, PRIMARY KEY (text, label, place)) WITHOUT ROWID;
CREATE VIRTUAL TABLE passage USING fts5(words, content='', tokenize="porter unicode61 remove_diacritics 2");
"""
_LEVEL = 6
_BLOCK = 96 << 10
"""Bytes of texts that are packed together: of one large label, or of some small ones."""
_CACHE_KIB = 64 << 10
_HASHED = 32 << 20
"""Bytes of words that the index gathers before it writes them."""


class Writer:
    """Takes labels one by one into the pack at `path`. Used with `with`: what was not committed is dropped.

    Raises `Busy` where another import is running, `NoRoom` where it cannot write, `ForeignPack`, `NewerPack` and
    `OlderPack` where the pack that lies there cannot be added to.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: int | None = None
        self._old: LabelPack | None = None
        self._connection: sqlite3.Connection | None = None
        self._block, self._fresh = 1, bytearray()
        self.committed = False
        """Whether what was written lies in its place."""
        self._temporary = f"{path}.{os.urandom(8).hex()}{SUFFIX}"
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock = locked(path.parent / LOCK_NAME)
            sweep(path)
            self._old = open_pack(path)
        except OSError as error:
            self.close()
            raise NoRoom(f"the folder of the labels cannot be written to: {path.parent}: {error.strerror}") from error
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def changed(self) -> bool:
        return self._connection is not None

    def put(self, label: Packed) -> Kept:
        """Enter a label; what became of it."""
        with room(self.path):
            held = self._held(label)
            if held == "same":
                return held
            self._write(label, held)
            return held

    def notice(self, text: str) -> None:
        """Enter what a file asks to be shown with every answer from it."""
        if text and text not in (self._old.notices() if self._old and not self.changed else ()):
            with room(self.path):
                self._working().execute("INSERT OR IGNORE INTO notice (text) VALUES (?)", (text,))

    def remove(self, set_id: str) -> None:
        """Take out a label with all its versions. Texts that other labels have as well stay."""
        with room(self.path):
            connection = self._working()
            sql = "SELECT id, current FROM label WHERE set_id = ?"
            for id, current in connection.execute(sql, (set_id.casefold(),)).fetchall():
                if current:
                    self._forget_keys(connection, id)
                connection.execute("DELETE FROM body WHERE label = ?", (id,))
                connection.execute("DELETE FROM label WHERE id = ?", (id,))

    def count(self) -> int:
        """How many labels there are with what was written."""
        if self._connection is not None:
            return int(self._connection.execute("SELECT count(*) FROM label WHERE current = 1").fetchone()[0])
        return self._old.count() if self._old is not None else 0

    def commit(self) -> None:
        """Move what was written into its place; nothing where nothing changed."""
        if self._connection is None:
            return
        with room(self.path):
            self._write_block(self._connection)
            self._connection.execute("COMMIT")
            self._connection.execute(f"PRAGMA application_id = {MARK + FORMAT}")
            self._connection.close()
            self._connection = None
            flush(self._temporary)
            os.replace(self._temporary, self.path)
            self.committed = True
            flush_folder(self.path.parent)
        unfinished.discard(self._temporary)

    def close(self) -> None:
        """Drop what was not committed, and let others import."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._temporary in unfinished:
            for name in (self._temporary, f"{self._temporary}-journal"):
                with contextlib.suppress(OSError):
                    os.unlink(name)
            unfinished.discard(self._temporary)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _held(self, label: Packed) -> Kept:
        """What becomes of a label, by the versions of it that are held."""
        sql = "SELECT version, digest, published FROM label WHERE set_id = ? ORDER BY version DESC"
        if self._connection is not None:
            rows = self._connection.execute(sql, (label.set_id,)).fetchall()
        else:
            rows = self._old.rows(sql, (label.set_id,)) if self._old is not None else []
        if not rows:
            return "new"
        same = next((row for row in rows if row[0] == label.version), None)
        if same is not None:
            # Of two texts of one version that of the newer export counts.
            fresher = same[1] != label.digest and (label.published or "") > (same[2] or "")
            return "same" if not fresher else "newer" if same is rows[0] else "older"
        return "newer" if label.version > rows[0][0] else "older"

    def _write(self, label: Packed, held: Kept) -> None:
        connection = self._working()
        current = held in ("new", "newer")
        if held != "new":
            self._clear_the_way(connection, label, current=current)
        card = deflated(label.card)
        row = (label.set_id, label.version, int(current), label.rank, label.published, label.digest)
        columns = "set_id, version, current, rank, published, digest, checksum"
        sql = f"INSERT INTO label ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)"
        id = connection.execute(sql, (*row, checksum(label.set_id, label.version, card))).lastrowid or 0
        layout = deflated(stored_text([self._texts(connection, label, id), label.layout]))
        connection.execute("INSERT INTO body VALUES (?, ?, ?)", (id, card, layout))
        if current:
            keys = [(kind, _fit(key), label.rank, id) for kind, key in sorted(label.keys)]
            connection.executemany("INSERT OR IGNORE INTO ident VALUES (?, ?, ?, ?)", keys)

    def _clear_the_way(self, connection: sqlite3.Connection, label: Packed, *, current: bool) -> None:
        """Take out the other text of the same version; what becomes an older version is found by its set id alone."""
        sql = "SELECT id, version, current FROM label WHERE set_id = ?"
        for id, version, was_current in connection.execute(sql, (label.set_id,)).fetchall():
            if was_current and (current or version == label.version):
                self._forget_keys(connection, id)
                connection.execute("UPDATE label SET current = 0 WHERE id = ?", (id,))
            if version == label.version:
                connection.execute("DELETE FROM body WHERE label = ?", (id,))
                connection.execute("DELETE FROM label WHERE id = ?", (id,))

    def _forget_keys(self, connection: sqlite3.Connection, id: int) -> None:
        (packed,) = connection.execute("SELECT card FROM body WHERE label = ?", (id,)).fetchone()
        card = cast("LabelCard", json.loads(inflated(packed)))
        rows = [(kind, _fit(key), rank_of(card), id) for kind, key in keys_of(card)]
        connection.executemany("DELETE FROM ident WHERE kind = ? AND key = ? AND rank = ? AND label = ?", rows)

    def _texts(self, connection: sqlite3.Connection, label: Packed, id: int) -> list[list[int]]:
        """Gather those texts that no label has yet, and index their words; where each text of the label lies, as
        (block, start, length)."""
        block, fresh = self._block, self._fresh
        spans: list[list[int]] = []
        parts = []
        for place, piece in enumerate(label.pieces):
            digest = hashlib.blake2b(
                piece.written, digest_size=8, person=b"words" if piece.words else b"table"
            ).digest()
            number = int.from_bytes(digest, "big", signed=True)
            held = connection.execute("SELECT id, block, start FROM text WHERE hash = ?", (number,)).fetchone()
            if held is None:
                sql = "INSERT INTO text (hash, block, start) VALUES (?, ?, ?)"
                text = connection.execute(sql, (number, block, len(fresh))).lastrowid
                if piece.words:
                    sql = "INSERT INTO passage (rowid, words) VALUES (?, ?)"
                    connection.execute(sql, (text, _fit(piece.words)))
                held = (text, block, len(fresh))
                fresh += piece.written
            spans.append([held[1], held[2], len(piece.written)])
            if piece.words:
                parts.append((held[0], id, place))
        connection.executemany("INSERT OR IGNORE INTO part VALUES (?, ?, ?)", parts)
        if len(fresh) >= _BLOCK:
            self._write_block(connection)
        return spans

    def _write_block(self, connection: sqlite3.Connection) -> None:
        """Write the texts that were gathered, and begin the next block."""
        if self._fresh:
            packed = zlib.compress(bytes(self._fresh), _LEVEL)
            connection.execute("INSERT INTO block VALUES (?, ?)", (self._block, packed))
            self._block += 1
            self._fresh.clear()

    def _working(self) -> sqlite3.Connection:
        """The file that is written: a copy of the pack, or a new one, made when there is something to write."""
        if self._connection is None:
            unfinished.add(self._temporary)
            os.close(os.open(self._temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            if self._old is not None:
                shutil.copyfile(self.path, self._temporary)
            connection = sqlite3.connect(self._temporary, isolation_level=None, check_same_thread=False)
            self._connection = connection
            # The file is thrown away where anything fails, so that it needs no journal.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            connection.execute("PRAGMA temp_store = MEMORY")
            if self._old is None:
                connection.executescript(_SCHEMA)
            connection.execute("BEGIN")
            self._block = int(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM block").fetchone()[0])
            connection.execute(f"INSERT INTO passage (passage, rank) VALUES ('hashsize', {_HASHED})")
        return self._connection


def _fit(text: str) -> str:
    """The text as SQLite takes it: without halves of surrogate pairs."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
