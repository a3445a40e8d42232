"""Which monographs hold a reference or a brand of some kind, so that a question reads these and not all of them.

They say where to look and no more: what is answered is read from the monographs themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from monocli.engine.names import normalise

if TYPE_CHECKING:
    from monocli.library.documents import Documents
    from monocli.library.store import Library

LITERATURE, AUTHORS, BRANDS_IN = "literature", "authors", "brands-in"
"""Kinds of stored records: ids of monographs by "year:2006" or "journal:blood", by each three letters of the authors of
a reference, and by the code of a country."""


def monographs_by(documents: Documents) -> Iterator[tuple[str, str, set[str]]]:
    """(kind, key, ids of monographs) of everything that a question may narrow its reading by."""
    found: dict[tuple[str, str], set[str]] = {}
    for id, one in _references(documents):
        for key in ("year", "journal"):
            if key in one:
                found.setdefault((LITERATURE, f"{key}:{normalise(str(one[key]))}"), set()).add(id)
        for part in _threes(normalise(str(one["authors"]))):
            found.setdefault((AUTHORS, part), set()).add(id)
    for item in documents.of_kind("monographs"):
        for brand in item.value.get("brands", []):
            found.setdefault((BRANDS_IN, brand["country"]), set()).add(item.id)
    for (kind, key), ids in sorted(found.items()):
        yield kind, key, ids


def _references(documents: Documents) -> Iterator[tuple[str, dict[str, object]]]:
    from monocli.library.checks import sections_of

    for item in documents.of_kind("monographs"):
        for _, section in sections_of(item.value):
            for reference in section.get("references", []):
                yield item.id, reference


def _threes(text: str) -> list[str]:
    return sorted({text[at : at + 3] for at in range(len(text) - 2)})


def with_literature(library: Library, *, author: str | None, journal: str | None, year: str | None) -> set[str] | None:
    """Ids of the monographs that may hold such a reference; None where nothing narrows them down."""
    found: list[set[str]] = []
    for key, value in (("journal", journal), ("year", year)):
        if value is not None:
            found.append(_ids(library, LITERATURE, f"{key}:{normalise(value)}"))
    found += [_ids(library, AUTHORS, part) for part in _threes(normalise(author or ""))]
    return set.intersection(*found) if found else None


def _ids(library: Library, kind: str, key: str) -> set[str]:
    # What cannot be printed (half a surrogate pair) is no key, and no text that SQLite takes.
    return set(library.document(kind, key) or ()) if key.isprintable() else set()


def with_brands(library: Library, *, brand: str | None, country: str | None) -> set[str] | None:
    """Ids of the monographs that may list this brand, or brands in the country of this code; None for all."""
    if country is not None:
        return _ids(library, BRANDS_IN, country)
    if brand is not None:
        key = normalise(brand)
        claims = library.named(key) if key.isprintable() else []
        return {id for kind, id, _, _ in claims if kind == "monograph"}
    return None
