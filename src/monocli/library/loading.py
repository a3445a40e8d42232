"""The records of a library in memory, read and checked, for compiling them and for telling what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

from monocli.library import checks, merging
from monocli.library.documents import Document, Documents, from_folder
from monocli.library.errors import InvalidLibrary
from monocli.library.pack import Pack
from monocli.library.replacing import mark_borrowed


def of_checkout(folder: Path, beside: Pack | None, over: Path | None = None) -> Documents:
    """The records of a checkout's `data`, with a user's folder over them; `beside` holds drugs that they may name.
    Raises `InvalidLibrary`."""
    return _checked(from_folder(folder, "data"), over, beside)


def laid_over(base: Pack, folder: Path | None, beside: Pack | None) -> Documents:
    """The records of a compiled library with a user's folder over it. Raises `InvalidLibrary`."""
    return _checked(_of_pack(base), folder, beside)


def _checked(documents: Documents, over: Path | None, beside: Pack | None) -> Documents:
    if over is not None:
        documents = merging.merge(documents, from_folder(over))
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
