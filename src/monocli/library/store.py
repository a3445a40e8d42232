"""The compiled library, opened for reading. This module is on every command's start-up path: it imports sqlite3 and
json, no more."""

from __future__ import annotations

import json
import sqlite3
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from monocli.library.errors import DamagedLibrary

APPLICATION_ID = 0x6D6F6E6F
"""Marks a SQLite file as ours ("mono")."""
FORMAT_VERSION = 1
"""Raised whenever the tables or the meaning of their rows change, so that an older or newer file is rebuilt, not
misread."""
_HEADER_BYTES = 100
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR)


class Library:
    """Reads records by key. Nothing here grows slower as the library grows: every query goes through an index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        # Newer Pythons warn of a connection that is dropped open; a finalizer runs in a cycle of objects too.
        weakref.finalize(self, connection.close)
        self._meta = dict(connection.execute("SELECT key, value FROM meta"))

    @property
    def edition(self) -> str:
        return str(self._meta["edition"])

    @property
    def fingerprint(self) -> str:
        return str(self._meta["fingerprint"])

    @property
    def source_ids(self) -> list[str]:
        ids: list[str] = json.loads(self._meta["sources"])
        return ids

    def document(self, kind: str, id: str) -> dict[str, Any] | None:
        """One record, or None where the library holds none of that kind and id."""
        rows = self.rows("SELECT body FROM document WHERE kind = ? AND id = ?", (kind, id))
        return _record(rows[0][0]) if rows else None

    def documents(self, kind: str) -> list[dict[str, Any]]:
        """All records of a kind, in the order of their ids."""
        rows = self.rows("SELECT body FROM document WHERE kind = ? ORDER BY id", (kind,))
        return [_record(body) for (body,) in rows]

    def ids(self, kind: str) -> list[str]:
        """The ids of all records of a kind."""
        return [id for (id,) in self.rows("SELECT id FROM document WHERE kind = ? ORDER BY id", (kind,))]

    def vocabulary(self, name: str) -> list[dict[str, Any]]:
        """A closed word list."""
        rows = self.rows("SELECT body FROM document WHERE kind = 'words' AND id = ?", (name,))
        return _record(rows[0][0]) if rows else []

    def agents(self) -> list[dict[str, Any]]:
        return self.documents("agents-by-id")

    def classes(self) -> list[dict[str, Any]]:
        return self.documents("classes-by-id")

    def enzymes(self) -> list[dict[str, Any]]:
        return self.documents("enzymes-by-id")

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of a query, for the modules of this room that find and search. Raises `DamagedLibrary`."""
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in _DAMAGE:
                raise DamagedLibrary(f"the compiled library is damaged: {error}") from error
            raise


def _record(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError as error:
        raise DamagedLibrary(f"the compiled library is damaged: a record cannot be read: {error}") from error


def open_file(path: Path, fingerprint: str | None = None) -> Library | None:
    """The library in a file, or None where there is none, or where it is truncated, foreign, of another format or of
    other data."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
            size = file.seek(0, 2)
    except OSError:
        return None
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    whole = len(header) == _HEADER_BYTES and size == (65536 if page == 1 else page) * pages and pages > 0
    ours = header[68:72] == APPLICATION_ID.to_bytes(4, "big") and header[60:64] == FORMAT_VERSION.to_bytes(4, "big")
    if not (whole and ours):
        return None
    try:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
    except sqlite3.Error:
        return None
    try:
        library = Library(connection)
        fits = fingerprint is None or library.fingerprint == fingerprint
    except (sqlite3.Error, KeyError):
        connection.close()
        return None
    return library if fits else None
