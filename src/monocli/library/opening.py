"""Which library a command reads: the one shipped in the package, or one compiled from a checkout or a user's folder
and kept in the cache."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from monocli.library.errors import DamagedLibrary, MissingLibrary
from monocli.library.private import is_private
from monocli.library.store import FORMAT_VERSION, Library, Pack, open_file

if TYPE_CHECKING:
    from monocli.library.documents import Documents
    from monocli.library.parties import Substances
    from monocli.library.places import Places
    from monocli.records.agents import Agent

TABLES_NAME = "substances.sqlite"
TABLES_FOLDER = SUBSTANCES = "substances"
"""The tables of substances: their compiled file, the folder of a checkout, and the kind of their records."""

DERIVED_KINDS = (
    "cards",
    "agents-by-id",
    "classes-by-id",
    "enzymes-by-id",
    "sources-by-id",
    "countries-by-id",
    "words",
    "combinations",
    "parties",
    "rules",
    "rule-keys",
)
"""Records that compiling writes beside the files' own, for reading by key."""


def open_library(places: Places) -> Library:
    """The library in force, with the tables of substances that belong to it.

    Raises `InvalidLibrary` where the YAML of a checkout or of the user's folder is not fit to be read,
    `MissingLibrary` where the installation itself is broken. A compiled file in the cache that is truncated, foreign,
    of another format or of other data is rebuilt, and so is one that proves damaged while it is read. Where the cache
    cannot be written, or another user could write to it, the library is compiled in memory.
    """
    tables = _tables(places)
    beside = (tables,) if tables else ()
    if places.user is None and places.bundled is not None:
        return Library(_bundled(places.bundled), *beside)
    fingerprint = fingerprint_of(places, tables)
    pack = _cached(cache_path(places), fingerprint)
    if pack is None:
        return Library(_rebuilt(places, fingerprint, tables), *beside)
    pack.mend = lambda: _rebuilt(places, fingerprint, tables)
    return Library(pack, *beside)


def _tables(places: Places) -> Pack | None:
    """The tables of substances: those of the installation, or of the checkout; None where the library has none."""
    if places.checkout is None:
        path = places.bundled.with_name(TABLES_NAME) if places.bundled else None
        return _bundled(path) if path is not None and path.exists() else None
    folder = places.checkout / TABLES_FOLDER
    if not folder.is_dir():
        return None
    path, fingerprint = _tables_path(places), _tables_stamp(folder)
    pack = _cached(path, fingerprint)
    if pack is None:
        return _compiled_tables(path, folder, fingerprint)
    pack.mend = lambda: _compiled_tables(path, folder, fingerprint)
    return pack


def _tables_stamp(folder: Path) -> str:
    package = Path(__file__).parent.parent
    return _stamp((package / "library", package / "engine", folder), (".csv", ".py"))


def _tables_path(places: Places) -> Path | None:
    path = cache_path(places._replace(user=None))
    return path and path.with_name(path.name.replace("library-", "substances-"))


def _compiled_tables(path: Path | None, folder: Path, fingerprint: str) -> Pack:
    from monocli.library import tables
    from monocli.library.errors import InvalidLibrary

    if found := tables.problems(folder, f"data/{TABLES_FOLDER}"):
        raise InvalidLibrary(found)
    return _written(path, fingerprint, lambda connection: tables.fill(connection, folder, fingerprint))


def _bundled(path: Path) -> Pack:
    pack = open_file(path)
    if pack is None:
        raise MissingLibrary(f"the library of this installation is missing or damaged: {path}; install mono again")
    pack.mend = lambda: _beyond_mending(path)
    return pack


def _beyond_mending(path: Path) -> Pack:
    raise DamagedLibrary(f"the library of this installation is damaged: {path}; install mono again")


def _cached(path: Path | None, fingerprint: str) -> Pack | None:
    """The compiled pack in the cache, where it can be read and only this user can have written it."""
    if path is None or not is_private(path.parent):
        return None
    return open_file(path.parent.resolve() / path.name, fingerprint, private=True)


def is_fresh(places: Places) -> bool:
    """Whether the compiled library can be read as it lies, without compiling first: all of it is looked at."""
    folder = places.checkout / TABLES_FOLDER if places.checkout is not None else None
    tables = _cached(_tables_path(places), _tables_stamp(folder)) if folder and folder.is_dir() else None
    if folder is None:
        tables = _tables(places)
    elif folder.is_dir() and (tables is None or not _is_sound(tables)):
        return False
    if places.user is None and places.bundled is not None:
        pack = open_file(places.bundled)
    else:
        pack = _cached(cache_path(places), fingerprint_of(places, tables))
    return pack is not None and _is_sound(pack) and (tables is None or _is_sound(tables))


def _is_sound(pack: Pack) -> bool:
    try:
        pack.verify()
    except DamagedLibrary:
        return False
    return True


def cache_path(places: Places) -> Path | None:
    """The file in the cache that belongs to these folders; None where there is no folder for a cache."""
    import hashlib

    if places.cache is None:
        return None
    folders = "\n".join(str(place and _absolute(place)) for place in (places.bundled, places.checkout, places.user))
    return (
        places.cache / f"library-{hashlib.sha256(folders.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}.sqlite"
    )


def _absolute(path: Path) -> Path:
    """The path from the root; as it is where the current folder is gone."""
    try:
        return path.absolute()
    except OSError:
        return path


def fingerprint_of(places: Places, tables: Pack | None = None) -> str:
    """A short text that changes whenever a file of the library changes, or the code that compiles it."""
    package = Path(__file__).parent.parent
    code = (package / "library", package / "records", package / "engine") if places.checkout else ()
    folders = [folder for folder in (*code, places.checkout, places.user) if folder is not None]
    bundled = _bundled(places.bundled).fingerprint if places.bundled is not None else ""
    return _stamp(folders, (".yaml", ".yml", ".py"), bundled, tables.fingerprint if tables else "")


def _stamp(folders: Sequence[Path], endings: tuple[str, ...], *more: str) -> str:
    """A short text that changes with any file of these endings in any of the folders."""
    import hashlib

    digest = hashlib.sha256(f"format {FORMAT_VERSION}\n".encode())
    for folder in folders:
        digest.update(f"{folder}\n".encode("utf-8", "surrogateescape"))
        for line in sorted(_files_below(str(folder), endings, depth=4)):
            digest.update(line.encode("utf-8", "surrogateescape"))
    digest.update("\n".join(more).encode())
    return digest.hexdigest()[:32]


def _files_below(folder: str, endings: tuple[str, ...], depth: int) -> list[str]:
    """A line for each file of these endings: name, size, and when its content and its place last changed."""
    lines: list[str] = []
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        return [f"{folder}: {error.strerror}\n"]
    for entry in entries:
        if entry.name.endswith(endings):
            try:
                state = entry.stat()
                lines.append(f"{entry.path} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns}\n")
            except OSError as error:
                lines.append(f"{entry.path} {error.strerror}\n")
        elif depth > 1 and not entry.name.startswith((".", "__")) and _is_dir(entry):
            lines += _files_below(entry.path, endings, depth - 1)
    return lines


def _is_dir(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _rebuilt(places: Places, fingerprint: str, tables: Pack | None) -> Pack:
    """The library compiled into the cache and read back from there, or else compiled in memory."""
    from monocli.library import compiling

    substances = TabledSubstances(tables) if tables else None
    documents = load(places, substances)
    return _written(
        cache_path(places),
        fingerprint,
        lambda connection: compiling.fill(connection, documents, fingerprint, substances),
    )


def _written(path: Path | None, fingerprint: str, write: Callable[[sqlite3.Connection], None]) -> Pack:
    """A pack compiled into the cache and read back from there, or else compiled in memory."""
    from monocli.library import compiling

    pack = None
    with contextlib.suppress(OSError, ValueError, sqlite3.Error):
        if path is not None and is_private(path.parent):
            compiling.compile_to(path, write)
            pack = _cached(path, fingerprint)
    if pack is None or not _is_sound(pack):
        connection = sqlite3.connect(":memory:", isolation_level=None)
        write(connection)
        pack = Pack(connection)
    return pack


class TabledSubstances:
    """The drugs of the tables, for compiling rules that name them."""

    def __init__(self, tables: Pack) -> None:
        self._tables = tables

    def substance(self, id: str) -> Agent | None:
        return cast("Agent | None", self._tables.document(SUBSTANCES, id))

    def substance_ids(self) -> frozenset[str]:
        return frozenset(self._tables.ids(SUBSTANCES))


def load(places: Places, substances: Substances | None = None) -> Documents:
    """All records of the library in force, read and checked. Raises `InvalidLibrary`."""
    from monocli.library.compiling import load_folders

    if substances is None and (tables := _tables(places)):
        substances = TabledSubstances(tables)
    base = _documents_of(_bundled(places.bundled)) if places.bundled else None
    folders: list[tuple[Path, str | None]] = []
    if places.checkout is not None:
        folders.append((places.checkout, "data"))
    if places.user is not None:
        folders.append((places.user, None))
    return load_folders(folders, base, substances)


def _documents_of(pack: Pack) -> Documents:
    import json

    from monocli.library.documents import Document, Documents

    marks = ", ".join("?" * len(DERIVED_KINDS))
    rows = pack.rows(f"SELECT kind, id, body FROM document WHERE kind NOT IN ({marks})", DERIVED_KINDS)
    return Documents([Document(kind, id, json.loads(body)) for kind, id, body in rows])
