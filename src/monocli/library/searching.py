"""Full text: statements, names, brands, identifiers, section titles and literature."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from monocli.engine.names import visible
from monocli.library.folding import Folding, folding_of
from monocli.library.store import Library

if TYPE_CHECKING:
    from monocli.records.output.lookups import Hit, Search

MOST_WORDS = 100
"""A query of more different words than this is refused by the command; the index could not parse it."""
_MARK = re.compile(r"\x02([^\x03]*)\x03|([^\s\x02\x03]+)")


def passages(
    library: Library, words: Sequence[str], *, kinds: list[str], monograph: str | None, limit: int | None
) -> Search:
    """`data` of `mono search`: passages that hold all words, the best first, with where the words stand in each text.

    Accents, case, Greek letters and UK or US spelling make no difference. What is typed without a space ("1.5",
    "BCR-ABL") must
    stand together. `total` counts all, `hits` holds the first `limit`.
    """
    folding = folding_of(library)
    chunks = list(dict.fromkeys(folding.text(chunk) for text in words for chunk in text.split()))
    folded = [chunk for chunk in chunks if chunk]
    where, parameters = ["passage MATCH ?"], [" ".join(f'"{chunk}"' for chunk in folded)]
    for column, values in (("kind", kinds), ("monograph", [monograph] if monograph else [])):
        if values:
            where.append(f"{column} IN ({', '.join('?' * len(values))})")
            parameters += values
    data: Search = {"query": visible(" ".join(words)), "hits": [], "total": 0}
    if not folded or len(folded) > MOST_WORDS:
        return data
    condition = " AND ".join(where)
    counted = library.rows(f"SELECT count(*) FROM passage WHERE {condition}", parameters)
    data["total"] = sum(count for (count,) in counted)
    sql = (
        "SELECT monograph, section, title, kind, body, highlight(passage, 0, char(2), char(3)) "
        f"FROM passage WHERE {condition} ORDER BY rank, rowid LIMIT ?"
    )
    found = library.rows(sql, [*parameters, -1 if limit is None else limit])
    data["hits"] = [_hit(folding, *row) for row in found[:limit]]
    return data


def _hit(folding: Folding, monograph: str, section: str | None, title: str, kind: str, body: str, marked: str) -> Hit:
    record = json.loads(body)
    ordinals: list[int] = []
    index = 0
    for match in _MARK.finditer(marked):
        count = len(match.group(1).split()) if match.group(1) is not None else 1
        if match.group(1) is not None:
            ordinals += range(index, index + count)
        index += count
    text = record.pop("text")
    hit = {
        "monograph": monograph,
        "section": section,
        "title": title,
        "kind": kind,
        "text": text,
        "matches": [list(span) for span in folding.spans(text, ordinals)],
        **record,
    }
    return cast("Hit", hit)
