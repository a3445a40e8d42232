"""Sections of imported labels that hold all of some words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monocli.engine.answers import BAD_INPUT, Answer, Note, Refusal
from monocli.engine.inputs import asked
from monocli.engine.names import visible
from monocli.library.labels import searching
from monocli.library.labels.catalogues import words_of
from monocli.library.searching import MOST_WORDS
from monocli.questions.labels.finding import none_imported
from monocli.questions.labels.joining import notices

if TYPE_CHECKING:
    from monocli.library.labels.pack import LabelPack
    from monocli.library.store import Library
    from monocli.records.output.lookups import Hit, Search

_MOST_ROWS, _MOST_OF_ROWS = 3, 700
"""Rows of a table that are quoted, and characters of them."""


def search_labels(
    library: Library, pack: LabelPack | None, text: Sequence[str], limit: int = 0
) -> Answer[Search] | Refusal:
    """Sections of labels with all these words, each wording once; at most `limit`, 0 for all that are counted.

    Refusals: `empty-query`, `query-too-long`, `no-labels-imported`, `nothing-found`.
    """
    query = searching.query_of(library, text)
    shown = visible(" ".join(text))
    if not query:
        message = f"there is no word in {shown!r} to search for"
        return Refusal("empty-query", message, hint="Write one or more words.", kind=BAD_INPUT)
    if len(query) > MOST_WORDS:
        message = f"more than {MOST_WORDS} different words"
        return Refusal("query-too-long", message, hint="Search for fewer words.", kind=BAD_INPUT)
    if pack is None:
        return none_imported()
    found = searching.search(pack, query, limit or None)
    source = words_of(library)["source"]
    data: Search = {
        "query": shown,
        "hits": [_hit(pack, query, passage, source) for passage in found.passages],
        "total": found.total,
    }
    if not found.total:
        message = f"no section of an imported label holds all of these words: {shown!r}"
        return Refusal(
            "nothing-found",
            message,
            hint="Try fewer words: all must stand in one section, where a label may call its drug by the brand.",
            data=data,
        )
    notes = []
    if found.more:
        data["more"] = True
        message = (
            f"more than {found.total} sections hold these words; those shown are in no order. More words find fewer"
        )
        notes.append(Note("too-many-to-rank", message))
    if len(data["hits"]) < found.total:
        message = f"{len(data['hits'])} of {found.total} hits are shown; {asked('limit')} 0 shows all"
        notes.append(Note("more-hits", message))
    return Answer(data, (*notes, *notices(library, pack)))


def _hit(pack: LabelPack, query: searching.Query, passage: searching.Passage, source: str) -> Hit:
    card, section = pack.card(passage.label), passage.section
    if passage.in_table:
        caption, whole = _rows(passage.text, query)
        text, matches = searching.around(whole, query.spans(whole), _MOST_OF_ROWS)
    else:
        text, matches = searching.around(passage.text, query.spans(passage.text))
    hit: Hit = {
        "monograph": None,
        "section": section.id,
        "title": section.title or section.number or section.id,
        "kind": "label",
        "text": text,
        "matches": matches,
        "label": {
            "set_id": card["set_id"],
            "version": card["version"],
            "title": card["title"],
            "effective": card["effective"],
            "number": section.number,
            "labels": passage.labels,
        },
        "source": source,
    }
    if passage.in_table:
        hit["table"] = caption
    return hit


def _rows(markup: str, query: searching.Query) -> tuple[str | None, str]:
    """The caption of a table, and its rows that hold the words, each with the headings of its columns: the row that
    holds most of them, and those that hold what it does not. Its notes where only these hold a word; of a table that
    marks no headings also its first row."""
    # What lays tables out is loaded only for a hit in one.
    from monocli.engine.labels.quoting import with_headings
    from monocli.questions.labels.showing import note_line, table_of

    grid = table_of(markup)
    heads, body = grid["rows"][: grid["header_rows"]], grid["rows"][grid["header_rows"] :]
    notes = [note_line(note) for note in grid["notes"]]
    lines = [*(with_headings(heads, row) for row in body), *notes]
    held = [{chunk for _, _, chunk in query.spans(line)} for line in lines]
    taken: list[int] = []
    seen: set[int] = set()
    while len(taken) < _MOST_ROWS and (left := [at for at in range(len(lines)) if held[at] - seen]):
        taken.append(max(left, key=lambda at: (len(held[at] - seen), -at)))
        seen |= held[taken[-1]]
    if not heads and body and any(0 < at < len(body) for at in taken):
        taken.append(0)
    return grid["caption"], " … ".join(lines[at] for at in sorted(set(taken))) or " ".join(lines)
