"""The records of a library in memory, read and checked, for compiling them and for telling what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from monocli.library import checks, merging
from monocli.library.documents import Document, Documents, from_folder
from monocli.library.errors import InvalidLibrary
from monocli.library.opening import recipes_for
from monocli.library.replacing import mark_borrowed
from monocli.library.store import Pack

if TYPE_CHECKING:
    from monocli.library.places import Places


def load(places: Places) -> Documents:
    """All records of the library in force: from the YAML of a checkout, else from the installation's pack, with the
    user's folder over it. Raises `InvalidLibrary` with every problem."""
    recipes = recipes_for(places._replace(user=None))
    beside = recipes.tables.opened() if recipes.tables else None
    documents = from_folder(places.checkout, "data") if places.checkout else _of_pack(recipes.library.opened())
    if places.user is not None:
        documents = merging.merge(documents, from_folder(places.user))
    return _checked(documents, beside)


def of_checkout(folder: Path, beside: Pack | None) -> Documents:
    """The records of a checkout's `data`; `beside` holds drugs that they may name. Raises `InvalidLibrary`."""
    return _checked(from_folder(folder, "data"), beside)


def laid_over(base: Pack, folder: Path, beside: Pack | None) -> Documents:
    """The records of a compiled library with a user's folder over it. Raises `InvalidLibrary`."""
    return _checked(merging.merge(_of_pack(base), from_folder(folder)), beside)


def _checked(documents: Documents, beside: Pack | None) -> Documents:
    documents.join_agents()
    checks.check(documents, beside)
    if problems := documents.problems():
        raise InvalidLibrary(problems)
    mark_borrowed(documents)
    merging.join_partners(documents, beside)
    return documents


def _of_pack(pack: Pack) -> Documents:
    """The files of a pack, without what compiling derived from them."""
    from monocli.library.formats import KINDS

    marks = ", ".join("?" * len(KINDS))
    rows = pack.rows(f"SELECT kind, id, body FROM document WHERE kind IN ({marks})", KINDS)
    return Documents([Document(kind, id, json.loads(body)) for kind, id, body in rows])
