"""Which library a command reads: the one shipped in the package, or one compiled from a checkout or a user's folder
and kept in the cache."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from monocli.library.errors import MissingLibrary
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
)
"""Records that compiling writes beside the files' own, for reading by key."""


def open_library(places: Places) -> Library:
    """The library in force.

    Raises `InvalidLibrary` where the YAML of a checkout or of the user's folder is not fit to be read,
    `MissingLibrary` where the installation itself is broken. A compiled file in the cache that is truncated, foreign,
    of another format or of other data is rebuilt, and where the cache cannot be written the library is compiled in
    memory.
    """
    if places.user is None and places.bundled is not None:
        return _bundled(places.bundled)
    fingerprint = fingerprint_of(places)
    path = cache_path(places)
    library = open_file(path, fingerprint) if _is_own(path) else None
    return library or _rebuilt(places, path, fingerprint)


def _bundled(path: Path) -> Library:
    library = open_file(path)
    if library is None:
        raise MissingLibrary(f"the library of this installation is missing or damaged: {path}; install mono again")
    return library


def is_fresh(places: Places) -> bool:
    """Whether the compiled library can be read as it lies, without compiling first."""
    if places.user is None and places.bundled is not None:
        return open_file(places.bundled) is not None
    path = cache_path(places)
    return _is_own(path) and open_file(path, fingerprint_of(places)) is not None


def cache_path(places: Places) -> Path:
    """The file in the cache that belongs to these folders."""
    import hashlib

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


def discard(places: Places) -> None:
    """Remove a compiled library from the cache that is damaged in a way that opening it does not show.

    Raises `MissingLibrary` where it is the one of the installation.
    """
    if places.user is None and places.bundled is not None:
        raise MissingLibrary(f"the library of this installation is damaged: {places.bundled}; install mono again")
    with contextlib.suppress(OSError):
        cache_path(places).unlink()


def fingerprint_of(places: Places) -> str:
    """A short text that changes whenever a file of the library changes, or the code that compiles it."""
    import hashlib

    digest = hashlib.sha256(f"format {FORMAT_VERSION}\n".encode())
    package = Path(__file__).parent.parent
    code = (package / "library", package / "records", package / "engine") if places.checkout else ()
    for folder in (*code, places.checkout, places.user):
        if folder is not None:
            digest.update(f"{folder}\n".encode("utf-8", "surrogateescape"))
            for line in sorted(_files_below(str(folder), depth=3)):
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


def _is_own(path: Path) -> bool:
    """Whether it is a file that this user wrote into the cache: another's is never trusted, and a pipe never ends."""
    try:
        state = path.stat()
    except OSError:
        return False
    return stat.S_ISREG(state.st_mode) and (not hasattr(os, "getuid") or state.st_uid == os.getuid())


def _rebuilt(places: Places, path: Path, fingerprint: str) -> Library:
    from monocli.library import compiling

    documents = load(places)
    try:
        compiling.compile_to(path, documents, fingerprint)
    except (OSError, sqlite3.Error):
        library = None
    else:
        library = open_file(path, fingerprint)
    if library is None:
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
