"""The packs of an installation, compiled when its wheel is built."""

from __future__ import annotations

from pathlib import Path

from monocli.library import compiling, loading, tables
from monocli.library.kinds import SUBSTANCES
from monocli.library.opening import TABLES_NAME
from monocli.library.places import BUNDLED_NAME
from monocli.library.store import open_file


def build(data: Path, folder: Path, stamp: str) -> list[Path]:
    """Compile the library of a checkout's `data` into a folder; `stamp` tells one build from another. Gives the files.

    Raises `InvalidLibrary` with every problem of the data.
    """
    library, beside = folder / BUNDLED_NAME, folder / TABLES_NAME
    compiling.compile_to(beside, lambda connection: tables.fill(connection, data / SUBSTANCES.name, stamp))
    pack = open_file(beside)
    assert pack is not None
    documents = loading.of_checkout(data, pack)
    compiling.compile_to(library, lambda connection: compiling.fill(connection, documents, stamp, beside=pack))
    return [library, beside]
