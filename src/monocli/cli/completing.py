"""What the shell offers while a command is typed: names of drugs, sections and indications. Loaded with the commands, so it imports nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from monocli.library.store import Library

_MOST = 50


def drug_names(incomplete: str) -> list[str]:
    """Names in the library that begin as typed."""
    library = _library()
    if library is None:
        return []
    from monocli.engine.names import normalise

    key = normalise(incomplete)
    sql = "SELECT matched FROM name WHERE key >= ? AND key < ? ORDER BY key, rank LIMIT ?"
    import json

    names = [json.loads(row[0])["name"] for row in library.rows(sql, (key, key + "\U0010ffff", _MOST))]
    return list(dict.fromkeys(name for name in names if name.casefold().startswith(incomplete.casefold())))


def monograph_names(incomplete: str) -> list[str]:
    """Ids of the monographs that begin as typed."""
    library = _library()
    return [id for id in library.ids("cards") if id.startswith(incomplete.casefold())] if library else []


def section_ids(ctx: Any, incomplete: str) -> list[str]:
    """Sections of the monograph that is already on the line."""
    card = _record(ctx, "cards")
    return [s["id"] for s in card["sections"] if s["id"].startswith(incomplete.casefold())] if card else []


def indication_ids(ctx: Any, incomplete: str) -> list[str]:
    """Indications of the drug that is already on the line."""
    doses = _record(ctx, "doses")
    ids = dict.fromkeys(i["id"] for i in doses["indications"]) if doses else {}
    return [id for id in ids if id.startswith(incomplete.casefold())]


def _library() -> Library | None:
    """The library, or None: a shell must never be interrupted by what is wrong with it."""
    from monocli.library import places
    from monocli.library.opening import open_library

    try:
        return open_library(places.find(os.environ))
    except Exception:
        return None


def _record(ctx: Any, kind: str) -> dict[str, Any] | None:
    library, name = _library(), ctx.params.get("name") or (ctx.params.get("names") or [None])[0]
    if library is None or not name:
        return None
    from monocli.library.resolving import find

    found = find(library, name, ("monograph",))
    return library.document(kind, found[1]) if found else None
