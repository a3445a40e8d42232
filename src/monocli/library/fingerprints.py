"""What tells one state of the library's files from another, and the files of the cache that hold them compiled."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from monocli.library.pack import FORMAT_VERSION

if TYPE_CHECKING:
    from monocli.library.places import Places


def cache_path(places: Places, what: str = "library") -> Path | None:
    """The file in the cache that belongs to these folders; None where there is no folder for a cache."""
    import hashlib

    if places.cache is None:
        return None
    folders = "\n".join(str(place and _absolute(place)) for place in (places.bundled, places.checkout, places.user))
    named = hashlib.sha256(folders.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return places.cache / f"{what}-{named}.sqlite"


def _absolute(path: Path) -> Path:
    """The path from the root; as it is where the current folder is gone."""
    try:
        return path.absolute()
    except OSError:
        return path


def of_code(*rooms: str) -> tuple[Path, ...]:
    """Folders of the program's own modules, which decide what a compiled file holds."""
    package = Path(__file__).parent.parent
    return tuple(package / room for room in rooms)


def fingerprint_of(folders: Iterable[Path], endings: tuple[str, ...], *others: str) -> str:
    """A short text that changes with any file of these endings in any of the folders, and with the fingerprints of
    the other packs that are built upon."""
    import hashlib

    digest = hashlib.sha256(f"format {FORMAT_VERSION}\n".encode())
    for folder in folders:
        digest.update(f"{folder}\n".encode("utf-8", "surrogateescape"))
        for line in sorted(_files_below(str(folder), endings, depth=4)):
            digest.update(line.encode("utf-8", "surrogateescape"))
    digest.update("\n".join(others).encode())
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
