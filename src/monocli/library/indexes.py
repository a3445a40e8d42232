"""Which monographs hold a reference or a brand of some kind, so that a question reads these and not all of them.

They say where to look and no more: what is answered is read from the monographs themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from monocli.engine.names import normalise
from monocli.library.kinds import AUTHORS, BRANDS_IN, LITERATURE, MONOGRAPHS, Kind
from monocli.library.pack import as_row

if TYPE_CHECKING:
    from monocli.library.documents import Documents
    from monocli.library.pack import DocumentRow
    from monocli.library.store import Library
    from monocli.records.monograph import Reference


def monographs_by(documents: Documents) -> Iterator[DocumentRow]:
    """Ids of monographs by everything that a question may narrow its reading by."""
    found: dict[tuple[Kind[list[str]], str], set[str]] = {}
    for id, one in _references(documents):
        for key, value in (("year", one.get("year")), ("journal", one.get("journal"))):
            if value is not None:
                found.setdefault((LITERATURE, f"{key}:{normalise(str(value))}"), set()).add(id)
        for part in _threes(normalise(one["authors"])):
            found.setdefault((AUTHORS, part), set()).add(id)
    for item, monograph in documents.of(MONOGRAPHS):
        for brand in monograph.get("brands", []):
            found.setdefault((BRANDS_IN, brand["country"]), set()).add(item.id)
    for (kind, key), ids in sorted(found.items(), key=lambda item: (item[0][0].name, item[0][1])):
        yield as_row(kind, key, sorted(ids))


def _references(documents: Documents) -> Iterator[tuple[str, Reference]]:
    from monocli.library.checks import sections_of

    for item, monograph in documents.of(MONOGRAPHS):
        for _, section in sections_of(monograph):
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


def _ids(library: Library, kind: Kind[list[str]], key: str) -> set[str]:
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
