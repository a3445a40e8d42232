"""The file of the pack on the disk: one that writes at a time, what was left half written swept away, and a whole file
under its name even where the power goes."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from monocli.library.labels.faults import Busy, NoRoom

LOCK_NAME = "labels.lock"
SUFFIX = ".part"


@contextlib.contextmanager
def room(path: Path) -> Iterator[None]:
    """What goes wrong with the disk, as `NoRoom`."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise NoRoom(
            f"the labels could not be written: {path}: {error}; those imported before are as they were"
        ) from error
    except OSError as error:
        reason = error.strerror or error
        raise NoRoom(
            f"the labels could not be written: {path}: {reason}; those imported before are as they were"
        ) from error


def locked(path: Path) -> int:
    """The open lock file, locked for this process until it is closed or the process ends."""
    handle = os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise Busy("another import or removal of labels is running; wait until it has ended") from error
    return handle


def sweep(path: Path) -> None:
    """Remove what runs that were killed left behind. Called under the lock, so that none of them still runs."""
    for left in path.parent.glob(f"{path.name}.*{SUFFIX}*"):
        with contextlib.suppress(OSError):
            left.unlink()


def flush(path: str) -> None:
    """Wait until the file is on the disk, so that not even a loss of power leaves its name on something else."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_folder(folder: Path) -> None:
    """The same for the name itself, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove_file(path: Path) -> None:
    """Take the whole pack away. Raises `Busy` and `NoRoom`."""
    with room(path):
        if not path.parent.is_dir():
            return
        lock = locked(path.parent / LOCK_NAME)
        try:
            sweep(path)
            path.unlink(missing_ok=True)
        finally:
            os.close(lock)
