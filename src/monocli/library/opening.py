"""Which packs a command reads: those shipped in the package, or compiled from a checkout or a user's folder and kept
in the cache."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from monocli.library.errors import DamagedLibrary, MissingLibrary
from monocli.library.kinds import SUBSTANCES
from monocli.library.pack import Pack
from monocli.library.store import Library, open_file
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.library.places import Places

TABLES_NAME = f"{SUBSTANCES.name}.sqlite"
"""The compiled tables of substances, beside the library of an installation."""


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
    """How a pack is come by: here one of an installation, which is as it was installed. `fingerprint` is that of what
    it is compiled from; an installation does not know it."""

    def __init__(self, path: Path | None, fingerprint: str | None = None) -> None:
        self.path, self.fingerprint = path, fingerprint
        self._opened: Pack | None = None

    def found(self) -> Pack | None:
        """The pack as it lies there; None where there is none that is whole and of this data."""
        return open_file(self.path) if self.path is not None else None

    def opened(self) -> Pack:
        """The pack, compiled first where it must be. Raises `MissingLibrary` and `InvalidLibrary`."""
        if self._opened is None:
            self._opened = self.found()
            if self._opened is None:
                self._opened = self.made()
            else:
                self._opened.mend = self.made
        return self._opened

    def made(self) -> Pack:
        """What takes the place of a pack that is missing or damaged."""
        raise DamagedLibrary(f"the library of this installation is missing or damaged: {self.path}; install mono again")


class Recipes(Record):
    """The packs in force, each after those that it builds on."""

    tables: Recipe | None
    library: Recipe
    user: Recipe | None


def recipes_for(places: Places) -> Recipes:
    """How each pack is come by."""
    tables: Recipe | None
    if places.bundled is not None:
        beside = places.bundled.with_name(TABLES_NAME)
        tables, library = Recipe(beside) if beside.exists() else None, Recipe(places.bundled)
        if places.user is None:
            return Recipes(tables, library, None)
    # Nothing is compiled where there is nothing but an installation, and nothing of that is loaded.
    from monocli.library import recipes

    if places.bundled is None:
        assert places.checkout is not None
        tables = recipes.of_tables(places, places.checkout)
        library = recipes.of_library(places, places.checkout, tables)
    return Recipes(tables, library, recipes.of_user(places, places.user, library, tables) if places.user else None)


def is_sound(pack: Pack) -> bool:
    """Whether the file as a whole is as it was compiled."""
    try:
        pack.verify()
    except DamagedLibrary:
        return False
    return True
