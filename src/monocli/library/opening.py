"""Which library a command reads: the one shipped in the package, or one compiled from a checkout or a user's folder
and kept in the cache."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from monocli.library.errors import DamagedLibrary, MissingLibrary
from monocli.library.private import is_private
from monocli.library.store import FORMAT_VERSION, Library, open_file

if TYPE_CHECKING:
    from monocli.library.documents import Documents
    from monocli.library.places import Places

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
    """The library in force.

    Raises `InvalidLibrary` where the YAML of a checkout or of the user's folder is not fit to be read,
    `MissingLibrary` where the installation itself is broken. A compiled file in the cache that is truncated, foreign,
    of another format or of other data is rebuilt, and so is one that proves damaged while it is read. Where the cache
    cannot be written, or another user could write to it, the library is compiled in memory.
    """
    if places.user is None and places.bundled is not None:
        return _bundled(places.bundled)
    fingerprint = fingerprint_of(places)
    library = _cached(cache_path(places), fingerprint)
    if library is None:
        return _rebuilt(places, fingerprint)
    library.mend = lambda: _rebuilt(places, fingerprint)
    return library


def _bundled(path: Path) -> Library:
    library = open_file(path)
    if library is None:
        raise MissingLibrary(f"the library of this installation is missing or damaged: {path}; install mono again")
    library.mend = lambda: _beyond_mending(path)
    return library


def _beyond_mending(path: Path) -> Library:
    raise DamagedLibrary(f"the library of this installation is damaged: {path}; install mono again")


def _cached(path: Path | None, fingerprint: str) -> Library | None:
    """The compiled library in the cache, where it can be read and only this user can have written it."""
    if path is None or not is_private(path.parent):
        return None
    return open_file(path.parent.resolve() / path.name, fingerprint, private=True)


def is_fresh(places: Places) -> bool:
    """Whether the compiled library can be read as it lies, without compiling first: all of it is looked at."""
    if places.user is None and places.bundled is not None:
        library = open_file(places.bundled)
    else:
        library = _cached(cache_path(places), fingerprint_of(places))
    return library is not None and _is_sound(library)


def _is_sound(library: Library) -> bool:
    try:
        library.verify()
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


def fingerprint_of(places: Places) -> str:
    """A short text that changes whenever a file of the library changes, or the code that compiles it."""
    import hashlib

    digest = hashlib.sha256(f"format {FORMAT_VERSION}\n".encode())
    package = Path(__file__).parent.parent
    code = (package / "library", package / "records", package / "engine") if places.checkout else ()
    for folder in (*code, places.checkout, places.user):
        if folder is not None:
            digest.update(f"{folder}\n".encode("utf-8", "surrogateescape"))
            for line in sorted(_files_below(str(folder), depth=4)):
                digest.update(line.encode("utf-8", "surrogateescape"))
    if places.bundled is not None:
        digest.update(_bundled(places.bundled).fingerprint.encode())
    return digest.hexdigest()[:32]


def _files_below(folder: str, depth: int) -> list[str]:
    """A line for each YAML or Python file: name, size, and when its content and its place last changed."""
    lines: list[str] = []
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        return [f"{folder}: {error.strerror}\n"]
    for entry in entries:
        if entry.name.endswith((".yaml", ".yml", ".py")):
            try:
                state = entry.stat()
                lines.append(f"{entry.path} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns}\n")
            except OSError as error:
                lines.append(f"{entry.path} {error.strerror}\n")
        elif depth > 1 and not entry.name.startswith((".", "__")) and _is_dir(entry):
            lines += _files_below(entry.path, depth - 1)
    return lines


def _is_dir(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _rebuilt(places: Places, fingerprint: str) -> Library:
    """The library compiled into the cache and read back from there, or else compiled in memory."""
    from monocli.library import compiling

    documents = load(places)
    path = cache_path(places)
    library = None
    with contextlib.suppress(OSError, ValueError, sqlite3.Error):
        if path is not None and is_private(path.parent):
            compiling.compile_to(path, documents, fingerprint)
            library = _cached(path, fingerprint)
    if library is None or not _is_sound(library):
        connection = sqlite3.connect(":memory:", isolation_level=None)
        compiling.fill(connection, documents, fingerprint)
        library = Library(connection)
    return library


def load(places: Places) -> Documents:
    """All records of the library in force, read and checked. Raises `InvalidLibrary`."""
    from monocli.library.compiling import load_folders

    base = _documents_of(_bundled(places.bundled)) if places.bundled else None
    folders: list[tuple[Path, str | None]] = []
    if places.checkout is not None:
        folders.append((places.checkout, "data"))
    if places.user is not None:
        folders.append((places.user, None))
    return load_folders(folders, base)


def _documents_of(library: Library) -> Documents:
    import json

    from monocli.library.documents import Document, Documents

    marks = ", ".join("?" * len(DERIVED_KINDS))
    rows = library.rows(f"SELECT kind, id, body FROM document WHERE kind NOT IN ({marks})", DERIVED_KINDS)
    return Documents([Document(kind, id, json.loads(body)) for kind, id, body in rows])
