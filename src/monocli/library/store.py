"""The compiled library, opened for reading. This module is on every command's start-up path: it imports sqlite3, json
and zlib, no more.

Nothing is answered from bytes that are not the ones that were written, and nothing takes longer because the file is
large. Each row carries a checksum that is verified when it is read. That something is not there is proved by the row
that stands before its place: it names the row that follows, and a checksum binds the two.
"""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar
from zlib import crc32

from monocli.library.errors import DamagedLibrary
from monocli.library.kinds import CARDS, SUBSTANCES, WORDS, Kind

if TYPE_CHECKING:
    from monocli.library.held import PassageRow
    from monocli.library.postings import Postings
    from monocli.records.agents import Agent
    from monocli.records.library import Word
    from monocli.records.output.lookups import Matched
    from monocli.records.words import PartyKind

    Claim = tuple[PartyKind, str, str, Matched]
    """What bears a name: kind, id, title, matched."""

FORMAT_VERSION = 8
"""Raised whenever the tables or the meaning of their rows change, so that an older or newer file is rebuilt, not
misread."""
APPLICATION_ID = 0x6D6F6E00 + FORMAT_VERSION
"""Marks a SQLite file as ours ("mon") and of this format."""
CHECKSUM_OFFSET = 60
"""Where the checksum of the whole file stands, which is taken with these four bytes as zero: SQLite's `user_version`,
which is a program's own to use."""
WORDS_OF_PASSAGES, PARTS_OF_NAMES = "words-of-passages", "parts-of-names"
"""The two indexes of a pack (`library/postings.py`)."""
_SAID = {"fingerprint", "edition", "sources", "beside", "kinds", "first-name", WORDS_OF_PASSAGES, PARTS_OF_NAMES}
"""What a pack says of itself."""
_HEADER_BYTES = 100
_PIECE = 1 << 18
_TRIES = 3
T = TypeVar("T")
DocumentRow = tuple[str, str, str]
"""Kind, id and JSON text of a record."""
SqlRow = tuple[Any, ...]
"""A row as SQLite gives it; whoever asked knows the columns."""


def checksum(*fields: object) -> int:
    """The checksum of a row, which binds what it holds to the key by which it is found."""
    return crc32("\x1f".join(map(str, fields)).encode("utf-8", "surrogatepass"))


def file_checksum(handle: int) -> int:
    """The checksum of a whole compiled library, by the handle of its open file."""
    os.lseek(handle, 0, os.SEEK_SET)
    start = bytearray(os.read(handle, _PIECE))
    start[CHECKSUM_OFFSET : CHECKSUM_OFFSET + 4] = bytes(4)
    found = crc32(start)
    while piece := os.read(handle, _PIECE):
        found = crc32(piece, found)
    return found


class Pack:
    """One compiled file: reads records by key. Nothing grows slower as it grows: every query goes through an index.

    `mend` compiles the library anew where the file proves damaged; where there is nothing to compile it from (None),
    reading raises `DamagedLibrary`.
    """

    def __init__(self, connection: sqlite3.Connection, file: BinaryIO | None = None) -> None:
        self._connection, self._file = connection, file
        self._whole = file is None
        self.mend: Callable[[], Pack] | None = None
        # Newer Pythons warn of a connection that is dropped open; a finalizer runs in a cycle of objects too.
        weakref.finalize(self, _close, connection, file)
        self._meta: dict[str, str] = {}
        for key, value, stored in connection.execute("SELECT key, value, checksum FROM meta"):
            if stored != checksum(key, value):
                raise DamagedLibrary(
                    "the compiled library is damaged: what it says of itself does not fit its checksum"
                )
            self._meta[key] = value
        if not self._meta.keys() >= _SAID:
            raise DamagedLibrary("the compiled library is damaged: it does not say all of itself")
        self._kinds: dict[str, tuple[int, int, str]] = json.loads(self._meta["kinds"])

    @property
    def edition(self) -> str:
        return self._meta["edition"]

    @property
    def fingerprint(self) -> str:
        return self._meta["fingerprint"]

    @property
    def beside(self) -> str:
        """The fingerprint of the tables with which it was compiled; empty where there were none."""
        return self._meta["beside"]

    @property
    def source_ids(self) -> list[str]:
        ids: list[str] = json.loads(self._meta["sources"])
        return ids

    def document(self, kind: Kind[T], id: str) -> T | None:
        """One record, or None where the library holds none of that kind and id."""
        return self._read(lambda: self._document(kind, id))

    def documents(self, kind: Kind[T]) -> dict[str, T]:
        """All records of a kind by their ids, in their order."""
        return self._read(lambda: self._documents(kind))

    def ids(self, kind: Kind[T]) -> list[str]:
        """The ids of all records of a kind."""
        return self._read(lambda: self._ids(kind.name))

    def named(self, key: str) -> list[Claim]:
        """What bears a name, as (kind, id, title, matched): the names that are meant most first."""
        return self._read(lambda: self._named(key))

    def beginning(self, start: str, lowest_rank: int, most: int) -> list[tuple[str, Matched]]:
        """Names whose key begins so and that are meant at least so much: at most so many. For offers while something is
        typed: that there is no more is not proved."""
        return self._read(lambda: self._beginning(start, lowest_rank, most))

    def indexed(self, index: str) -> tuple[int, float]:
        """How many texts an index holds, and how many words they have on average."""
        count, words, _ = json.loads(self._meta[index])
        return count, words / count if count else 0.0

    def postings(self, index: str, word: str) -> Postings | None:
        """Where a word stands in the texts of an index; None where it stands in none."""
        return self._read(lambda: self._postings(index, word))

    def passage(self, number: int) -> PassageRow:
        """The passage of this number in the index."""
        return self._read(
            lambda: self._numbered(
                "SELECT monograph, section, title, kind, body, checksum FROM passage WHERE number = ?", number
            )
        )

    def spelt(self, numbers: Sequence[int]) -> list[str]:
        """The keys of these numbers in the index of parts of names."""
        sql = "SELECT key, checksum FROM spelt WHERE number = ?"
        return self._read(lambda: [self._numbered(sql, number)[0] for number in numbers])

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[SqlRow]:
        """Rows of any query, for what compiles a pack over this one. Which rows there are rests on the whole file, so
        it is verified first."""

        def found() -> list[SqlRow]:
            self.verify()
            return self._select(sql, parameters)

        return self._read(found)

    def verify(self) -> None:
        """Raise `DamagedLibrary` where the file as a whole is not as it was compiled."""
        if self._whole or self._file is None:
            return
        try:
            found = file_checksum(self._file.fileno())
            self._file.seek(CHECKSUM_OFFSET)
            stored = int.from_bytes(self._file.read(4), "big")
        except OSError as error:
            raise DamagedLibrary(f"the compiled library cannot be read: {error}") from error
        if found != stored:
            raise DamagedLibrary("the compiled library is damaged: the file does not fit its checksum")
        self._whole = True

    def _read(self, query: Callable[[], T]) -> T:
        try:
            return query()
        except DamagedLibrary:
            if self.mend is None:
                raise
            mended = self.mend()
        if mended.fingerprint != self.fingerprint:
            raise DamagedLibrary("the library's files changed while they were read; ask again")
        self._connection, self._file, self._whole, self._kinds = mended._connection, None, True, mended._kinds
        self._mended = mended  # closes the connection when it goes
        self.mend = None
        return query()

    def _select(self, sql: str, parameters: Sequence[object]) -> list[SqlRow]:
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_IOERR:
                raise DamagedLibrary(f"the compiled library cannot be read: {error}") from error
            # Of a sound file it is a fault of the query.
            self._whole = False
            self.verify()
            raise

    def _document(self, kind: Kind[T], id: str) -> T | None:
        name = kind.name
        if name not in self._kinds:
            return None
        rows = self._select("SELECT body, checksum FROM document WHERE kind = ? AND id = ?", (name, id))
        if rows:
            return _record(kind, id, *rows[0])
        sql = "SELECT id, following, link FROM document WHERE kind = ? AND id < ? ORDER BY id DESC LIMIT 1"
        self._check_absent(name, id, self._kinds[name][2], self._select(sql, (name, id)))
        return None

    def _postings(self, index: str, word: str) -> Postings | None:
        from monocli.library.postings import Postings

        rows = self._select("SELECT body, checksum FROM posting WHERE kind = ? AND id = ?", (index, word))
        if not rows:
            sql = "SELECT id, following, link FROM posting WHERE kind = ? AND id < ? ORDER BY id DESC LIMIT 1"
            first = json.loads(self._meta[index])[2]
            self._check_absent(index, word, first, self._select(sql, (index, word)))
            return None
        body, stored = rows[0]
        if stored != checksum(index, word, crc32(body)):
            raise DamagedLibrary("the compiled library is damaged: a word of an index does not fit its checksum")
        return Postings.read(body)

    def _numbered(self, sql: str, number: int) -> SqlRow:
        rows = self._select(sql, (number,))
        if not rows or rows[0][-1] != checksum(number, *rows[0][:-1]):
            raise DamagedLibrary("the compiled library is damaged: what an index leads to does not fit its checksum")
        return rows[0][:-1]

    def _check_absent(self, group: str, id: str, first: str | None, before: list[SqlRow]) -> None:
        """Whether there is no row of this id, by the row that stands before its place (none: before the first)."""
        if not before:
            sound = first is None or id < first
        else:
            one, following, link = before[0]
            sound = link == checksum(group, one, following) and one < id and (following is None or id < following)
        if not sound:
            raise DamagedLibrary(f"the compiled library is damaged: {group} {id} cannot be found")

    def _documents(self, kind: Kind[T]) -> dict[str, T]:
        rows = self._select("SELECT id, body, checksum FROM document WHERE kind = ? ORDER BY id", (kind.name,))
        self._check_ids(kind.name, [row[0] for row in rows])
        return {row[0]: _record(kind, *row) for row in rows}

    def _ids(self, kind: str) -> list[str]:
        ids = [id for (id,) in self._select("SELECT id FROM document WHERE kind = ? ORDER BY id", (kind,))]
        self._check_ids(kind, ids)
        return ids

    def _check_ids(self, kind: str, ids: list[str]) -> None:
        """Whether these are the ids that were written, all of them and no other."""
        if list(self._kinds.get(kind, (0, checksum())))[:2] != [len(ids), checksum(*ids)]:
            raise DamagedLibrary(f"the compiled library is damaged: its list of {kind} does not fit its checksum")

    def _named(self, key: str) -> list[Claim]:
        rows = self._select(
            "SELECT rank, kind, target, title, matched, held, checksum FROM name WHERE key = ? ORDER BY rank", (key,)
        )
        if not rows:
            sql = "SELECT key, following, link FROM name WHERE key < ? ORDER BY key DESC LIMIT 1"
            self._check_absent("name", key, self._meta["first-name"] or None, self._select(sql, (key,)))
        ranks = [row[0] for row in rows]
        sound = all(len(rows) == row[-2] and checksum(key, *row[:-1]) == row[-1] for row in rows)
        if not sound or ranks != sorted(ranks):
            raise DamagedLibrary("the compiled library is damaged: a name does not fit its checksum")
        return [(kind, target, title, json.loads(matched)) for _, kind, target, title, matched, _, _ in rows]

    def _beginning(self, start: str, lowest_rank: int, most: int) -> list[tuple[str, Matched]]:
        columns = "key, rank, kind, target, title, matched, held"
        sql = f"SELECT {columns}, checksum FROM name WHERE key >= ? AND key < ? AND rank < ? ORDER BY key, rank LIMIT ?"
        rows = self._select(sql, (start, start + "\U0010ffff", lowest_rank, most))
        if any(checksum(*row[:-1]) != row[-1] for row in rows):
            raise DamagedLibrary("the compiled library is damaged: a name does not fit its checksum")
        return [(row[0], json.loads(row[5])) for row in rows]


class Library:
    """The packs that are open together: each lies over those after it. A record or a name that a pack holds is that;
    what it does not hold, the next is asked for."""

    def __init__(self, *packs: Pack) -> None:
        self.packs = packs

    @property
    def edition(self) -> str:
        return self.packs[0].edition

    @property
    def fingerprint(self) -> str:
        return self.packs[0].fingerprint

    @property
    def source_ids(self) -> list[str]:
        return self.packs[0].source_ids

    def document(self, kind: Kind[T], id: str) -> T | None:
        """One record, or None where no pack holds one of that kind and id."""
        return next((found for pack in self.packs if (found := pack.document(kind, id)) is not None), None)

    def documents(self, kind: Kind[T]) -> list[T]:
        """All records of a kind, in the order of their ids."""
        held: dict[str, T] = {}
        for pack in reversed(self.packs):
            held |= pack.documents(kind)
        return [held[id] for id in sorted(held)]

    def ids(self, kind: Kind[T]) -> list[str]:
        """The ids of all records of a kind."""
        return sorted({id for pack in self.packs for id in pack.ids(kind)})

    def vocabulary(self, name: str) -> list[Word]:
        """A closed word list."""
        return self.document(WORDS, name) or []

    def substance(self, id: str) -> Agent | None:
        """A drug of the tables, in the form of an agent."""
        return self.document(SUBSTANCES, id)

    def named(self, key: str) -> list[Claim]:
        """What bears a name, as (kind, id, title, matched): the names that are meant most first."""
        for pack in self.packs:
            if found := pack.named(key):
                return found if pack is self.packs[0] else [self._with_monograph(claim) for claim in found]
        return []

    def _with_monograph(self, claim: Claim) -> Claim:
        """A drug of a pack below that has a monograph in one above is that monograph's."""
        kind, id, _, matched = claim
        card = self.document(CARDS, id) if kind == "agent" else None
        return claim if card is None else ("monograph", id, card["title"], matched)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[SqlRow]:
        """Rows of any query, pack by pack; what is read is verified as a whole first."""
        return [row for pack in self.packs for row in pack.rows(sql, parameters)]

    def verify(self) -> None:
        """Raise `DamagedLibrary` where a file as a whole is not as it was compiled."""
        for pack in self.packs:
            pack.verify()


def _close(connection: sqlite3.Connection, file: BinaryIO | None) -> None:
    connection.close()
    if file is not None:
        file.close()


def as_row(kind: Kind[T], id: str, record: T) -> DocumentRow:
    """A record as it is written."""
    return kind.name, id, text_of(record)


def text_of(value: object) -> str:
    """JSON as it is stored: compact, and the same for the same data."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _record(kind: Kind[T], id: str, body: str, stored: int) -> T:
    if stored != checksum(kind.name, id, body):
        raise DamagedLibrary(f"the compiled library is damaged: {kind.name} {id} does not fit its checksum")
    record: T = json.loads(body)
    return record


def open_file(path: Path, fingerprint: str | None = None, *, private: bool = False) -> Pack | None:
    """The pack in a file, or None where there is none, or where it is truncated, foreign, of another format or of
    other data; with `private` also where another user could have written it."""
    for _ in range(_TRIES):
        file = _opened(path, private=private)
        if file is None:
            return None
        connection = _connected(path) if _looks_whole(file) else None
        if connection is None:
            file.close()
            return None
        try:
            pack = Pack(connection, file)
            # SQLite opens by name. Another run may have replaced the file since: both must be one.
            if os.path.samestat(os.fstat(file.fileno()), os.stat(path)):
                return pack if fingerprint is None or pack.fingerprint == fingerprint else None
        except (sqlite3.Error, DamagedLibrary, KeyError, ValueError, OSError):
            _close(connection, file)
            return None
    return None


def _opened(path: Path, *, private: bool) -> BinaryIO | None:
    """The file, opened before it is looked at, so that what is looked at is what is read."""
    # A pipe in its place would make us wait for ever.
    flags = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags | (getattr(os, "O_NOFOLLOW", 0) if private else 0))
    except (OSError, ValueError):
        return None
    state = os.fstat(handle)
    ours = not private or not hasattr(os, "getuid") or (state.st_uid == os.getuid() and not state.st_mode & 0o022)
    if not (stat.S_ISREG(state.st_mode) and ours):
        os.close(handle)
        return None
    return os.fdopen(handle, "rb", buffering=0)


def _looks_whole(file: BinaryIO) -> bool:
    """Whether the header is ours and the file as long as it says."""
    try:
        header = file.read(_HEADER_BYTES)
        size = file.seek(0, 2)
    except OSError:
        return False
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    whole = len(header) == _HEADER_BYTES and size == (65536 if page == 1 else page) * pages and pages > 0
    return whole and header[68:72] == APPLICATION_ID.to_bytes(4, "big")


def _connected(path: Path) -> sqlite3.Connection | None:
    try:
        return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    except sqlite3.Error:
        return None
