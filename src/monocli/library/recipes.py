"""Packs that are compiled: from the files of a checkout or of the user's own folder, and kept in the cache."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from monocli.library.errors import InvalidLibrary
from monocli.library.fingerprints import cache_path, fingerprint_of, of_code
from monocli.library.kinds import SUBSTANCES
from monocli.library.opening import Recipe, is_sound
from monocli.library.pack import Pack
from monocli.library.private import is_private
from monocli.library.store import open_file

if TYPE_CHECKING:
    from monocli.library.places import Places

_COMPILED_BY = ("library", "records", "engine")
"""Rooms of the program whose code decides what a compiled file holds."""
_YAML = (".yaml", ".yml", ".py")
_TABLES = (".csv", ".py")


class CompiledRecipe(Recipe):
    """A pack with what compiles it: it is compiled anew where the cache does not hold it, or holds it damaged."""

    def __init__(self, path: Path | None, fingerprint: str, write: Callable[[sqlite3.Connection], None]) -> None:
        super().__init__(path, fingerprint)
        self.write = write

    def found(self) -> Pack | None:
        """The pack in the cache; None where there is none that is whole, of this data and safe from other users."""
        if self.path is None or not is_private(self.path.parent):
            return None
        return open_file(self.path.parent.resolve() / self.path.name, self.fingerprint, private=True)

    def made(self) -> Pack:
        """The pack compiled into the cache and read back from there, or else compiled in memory."""
        from monocli.library import compiling

        pack = None
        with contextlib.suppress(OSError, ValueError, sqlite3.Error):
            if self.path is not None and is_private(self.path.parent):
                compiling.compile_to(self.path, self.write)
                pack = self.found()
        if pack is None or not is_sound(pack):
            connection = sqlite3.connect(":memory:", isolation_level=None)
            self.write(connection)
            pack = Pack(connection)
        return pack


def of_tables(places: Places, checkout: Path) -> Recipe | None:
    """The tables of substances of a checkout; None where it has none."""
    folder = checkout / SUBSTANCES.name
    if not folder.is_dir():
        return None
    fingerprint = fingerprint_of((*of_code(*_COMPILED_BY), folder), _TABLES)

    def write(connection: sqlite3.Connection) -> None:
        from monocli.library import tables

        if found := tables.problems(folder, f"data/{SUBSTANCES.name}"):
            raise InvalidLibrary(found)
        tables.fill(connection, folder, fingerprint)

    return CompiledRecipe(cache_path(places.replaced(user=None), SUBSTANCES.name), fingerprint, write)


def of_library(places: Places, checkout: Path, tables: Recipe | None) -> Recipe:
    """The library of a checkout."""
    fingerprint = fingerprint_of((*of_code(*_COMPILED_BY), checkout), _YAML, _fingerprint(tables))

    def write(connection: sqlite3.Connection) -> None:
        from monocli.library import compiling, loading

        beside = tables.opened() if tables else None
        documents = loading.of_checkout(checkout, beside)
        compiling.fill(connection, documents, fingerprint, beside=beside)

    return CompiledRecipe(cache_path(places.replaced(user=None)), fingerprint, write)


def of_user(places: Places, folder: Path, library: Recipe, tables: Recipe | None) -> Recipe:
    """What the user's own folder adds to the library."""
    code = of_code(*_COMPILED_BY) if places.checkout else ()
    fingerprint = fingerprint_of((*code, folder), _YAML, _fingerprint(library), _fingerprint(tables))

    def write(connection: sqlite3.Connection) -> None:
        from monocli.library import compiling, loading

        base, beside = library.opened(), tables.opened() if tables else None
        documents = loading.laid_over(base, folder, beside)
        compiling.fill(connection, documents, fingerprint, base=base, beside=beside)

    return CompiledRecipe(cache_path(places, "user"), fingerprint, write)


def _fingerprint(recipe: Recipe | None) -> str:
    """What a pack that is built upon is compiled from: of an installation, what it says of itself."""
    if recipe is None or recipe.fingerprint is not None:
        return "" if recipe is None else str(recipe.fingerprint)
    return recipe.opened().fingerprint
