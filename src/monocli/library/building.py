"""The packs of an installation, compiled when its wheel is built; and what is in force, read again to be checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from monocli.library import compiling, loading, tables
from monocli.library.kinds import SUBSTANCES
from monocli.library.opening import TABLES_NAME, recipes_for
from monocli.library.places import BUNDLED_NAME
from monocli.library.store import open_file

if TYPE_CHECKING:
    from monocli.library.documents import Documents
    from monocli.library.places import Places


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


def load(places: Places) -> Documents:
    """All records of the library in force, from the YAML of a checkout, else from the installation's pack, with the
    user's folder over it: for telling what is wrong with them. Raises `InvalidLibrary` with every problem."""
    recipes = recipes_for(places.replaced(user=None))
    beside = recipes.tables.opened() if recipes.tables else None
    if places.checkout is None:
        return loading.laid_over(recipes.library.opened(), places.user, beside)
    return loading.of_checkout(places.checkout, beside, places.user)
