"""Which packs a command reads: those shipped in the package, or compiled from a checkout or a user's folder and kept
in the cache."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from monocli.library.errors import DamagedLibrary, InvalidLibrary, MissingLibrary
from monocli.library.kinds import SUBSTANCES
from monocli.library.store import Library, Pack, open_file
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.library.places import Places

TABLES_NAME = f"{SUBSTANCES.name}.sqlite"
"""The compiled tables of substances, beside the library of an installation."""
_COMPILED_BY = ("library", "records", "engine")
"""Rooms of the program whose code decides what a compiled file holds."""
_YAML = (".yaml", ".yml", ".py")
_TABLES = (".csv", ".py")


def open_library(places: Places) -> Library:
    """The packs in force, opened together: what the user's own folder adds, the library, the tables of substances.

    Raises `InvalidLibrary` where the YAML of a checkout or of the user's folder is not fit to be read,
    `MissingLibrary` where the installation itself is broken. A compiled file in the cache that is truncated, foreign,
    of another format or of other data is rebuilt, and so is one that proves damaged while it is read. Where the cache
    cannot be written, or another user could write to it, the pack is compiled in memory.
    """
    recipes = recipes_for(places)
    tables = recipes.tables.opened() if recipes.tables else None
    library = recipes.library.opened()
    if not _belong_together(library, tables):
        message = f"the tables of substances of this installation ({TABLES_NAME}) are missing or of another build"
        raise MissingLibrary(f"{message}; install mono again")
    user = recipes.user.opened() if recipes.user else None
    return Library(*(pack for pack in (user, library, tables) if pack is not None))


def is_fresh(places: Places) -> bool:
    """Whether every pack can be read as it lies, without compiling first: all of each is looked at."""
    recipes = recipes_for(places)
    tables, library, user = recipes.tables, recipes.library, recipes.user
    found = {recipe: recipe.found() for recipe in (tables, library, user) if recipe}
    sound = all(pack is not None and is_sound(pack) for pack in found.values())
    below = found[library]
    return sound and below is not None and _belong_together(below, found[tables] if tables else None)


def _belong_together(library: Pack, tables: Pack | None) -> bool:
    """Whether these are the tables with which the library was compiled, or it was compiled without any."""
    return library.beside == (tables.fingerprint if tables else "")


class Recipe:
    """A pack as it is to be: its file, the fingerprint of what it is compiled from, and what compiles it. A pack of an
    installation has neither fingerprint nor compiler: it is as it was installed."""

    def __init__(
        self,
        path: Path | None,
        fingerprint: str | None = None,
        write: Callable[[sqlite3.Connection], None] | None = None,
    ) -> None:
        self.path, self.fingerprint, self.write = path, fingerprint, write
        self._opened: Pack | None = None

    def found(self) -> Pack | None:
        """The pack as it lies there; None where there is none that is whole and of this data."""
        if self.path is None:
            return None
        if self.write is None:
            return open_file(self.path)
        from monocli.library.private import is_private

        if not is_private(self.path.parent):
            return None
        return open_file(self.path.parent.resolve() / self.path.name, self.fingerprint, private=True)

    def opened(self) -> Pack:
        """The pack, compiled first where it must be. Raises `MissingLibrary` and `InvalidLibrary`."""
        if self._opened is None:
            self._opened = self.found()
            if self._opened is None:
                self._opened = self._made()
            else:
                self._opened.mend = self._made
        return self._opened

    def _made(self) -> Pack:
        """The pack compiled into the cache and read back from there, or else compiled in memory."""
        if self.write is None:
            raise DamagedLibrary(
                f"the library of this installation is missing or damaged: {self.path}; install mono again"
            )
        from monocli.library import compiling
        from monocli.library.private import is_private

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


class Recipes(Record):
    """The packs in force, each after those that it builds on."""

    tables: Recipe | None
    library: Recipe
    user: Recipe | None


def recipes_for(places: Places) -> Recipes:
    """How each pack is come by."""
    if places.bundled is not None:
        beside = places.bundled.with_name(TABLES_NAME)
        tables, library = Recipe(beside) if beside.exists() else None, Recipe(places.bundled)
    else:
        assert places.checkout is not None
        tables = _tables_of(places, places.checkout)
        library = _library_of(places, places.checkout, tables)
    return Recipes(tables, library, _user_of(places, places.user, library, tables) if places.user else None)


def _tables_of(places: Places, checkout: Path) -> Recipe | None:
    """The tables of substances of a checkout; None where it has none."""
    from monocli.library.fingerprints import cache_path, fingerprint_of, of_code

    folder = checkout / SUBSTANCES.name
    if not folder.is_dir():
        return None
    fingerprint = fingerprint_of((*of_code(*_COMPILED_BY), folder), _TABLES)

    def write(connection: sqlite3.Connection) -> None:
        from monocli.library import tables

        if found := tables.problems(folder, f"data/{SUBSTANCES.name}"):
            raise InvalidLibrary(found)
        tables.fill(connection, folder, fingerprint)

    return Recipe(cache_path(places.replaced(user=None), SUBSTANCES.name), fingerprint, write)


def _library_of(places: Places, checkout: Path, tables: Recipe | None) -> Recipe:
    """The library of a checkout."""
    from monocli.library.fingerprints import cache_path, fingerprint_of, of_code

    fingerprint = fingerprint_of((*of_code(*_COMPILED_BY), checkout), _YAML, _fingerprint(tables))

    def write(connection: sqlite3.Connection) -> None:
        from monocli.library import compiling, loading

        beside = tables.opened() if tables else None
        documents = loading.of_checkout(checkout, beside)
        compiling.fill(connection, documents, fingerprint, beside=beside)

    return Recipe(cache_path(places.replaced(user=None)), fingerprint, write)


def _user_of(places: Places, folder: Path, library: Recipe, tables: Recipe | None) -> Recipe:
    """What the user's own folder adds to the library."""
    from monocli.library.fingerprints import cache_path, fingerprint_of, of_code

    code = of_code(*_COMPILED_BY) if places.checkout else ()
    fingerprint = fingerprint_of((*code, folder), _YAML, _fingerprint(library), _fingerprint(tables))

    def write(connection: sqlite3.Connection) -> None:
        from monocli.library import compiling, loading

        base, beside = library.opened(), tables.opened() if tables else None
        documents = loading.laid_over(base, folder, beside)
        compiling.fill(connection, documents, fingerprint, base=base, beside=beside)

    return Recipe(cache_path(places, "user"), fingerprint, write)


def _fingerprint(recipe: Recipe | None) -> str:
    """What a pack that is built upon is compiled from: of an installation, what it says of itself."""
    if recipe is None or recipe.fingerprint is not None:
        return "" if recipe is None else str(recipe.fingerprint)
    return recipe.opened().fingerprint


def is_sound(pack: Pack) -> bool:
    """Whether the file as a whole is as it was compiled."""
    try:
        pack.verify()
    except DamagedLibrary:
        return False
    return True
