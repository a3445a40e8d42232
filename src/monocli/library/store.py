"""The packs that are open together, and opening each from its file. On every command's start-up path, as `pack` is."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from monocli.library.errors import DamagedLibrary
from monocli.library.kinds import CARDS, SUBSTANCES, WORDS, Kind
from monocli.library.pack import APPLICATION_ID, Pack, close

if TYPE_CHECKING:
    from monocli.library.pack import Claim, SqlRow
    from monocli.records.agents import Agent
    from monocli.records.library import Word

_HEADER_BYTES = 100
_TRIES = 3
T = TypeVar("T")


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
            close(connection, file)
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
