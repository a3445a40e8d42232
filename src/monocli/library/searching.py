"""Full text: statements, names, brands, identifiers, section titles and literature."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, cast

from monocli.engine.names import visible
from monocli.library.folding import Folding, folding_of
from monocli.library.pack import WORDS_OF_PASSAGES, Pack
from monocli.library.postings import Begun, Postings, begun, fit, weights
from monocli.library.store import Library

if TYPE_CHECKING:
    from monocli.library.held import PassageRow
    from monocli.records.output.lookups import Hit, Search

MOST_WORDS = 100
"""A query of more different words than this is refused by the command; the index could not parse it."""


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
    phrases = [chunk.split() for chunk in chunks if chunk]
    data: Search = {"query": visible(" ".join(words)), "hits": [], "total": 0}
    if not phrases or len(phrases) > MOST_WORDS:
        return data
    for pack in library.packs:
        numbers, places = _found(pack, phrases)
        if kinds or monograph:
            numbers = [number for number in numbers if _is_wanted(pack.passage(number), kinds, monograph)]
        data["total"] += len(numbers)
        for number in numbers if limit is None else numbers[: limit - len(data["hits"])]:
            standing = ((start, len(phrase)) for phrase, held in places for start in held[number][1])
            ordinals = {ordinal for start, length in standing for ordinal in range(start, start + length)}
            data["hits"].append(_hit(folding, pack.passage(number), ordinals))
    return data


def _found(pack: Pack, phrases: Sequence[Sequence[str]]) -> tuple[list[int], list[tuple[Sequence[str], Begun]]]:
    """The passages of a pack that hold every phrase, the best first, and where each phrase stands."""
    count, average = pack.indexed(WORDS_OF_PASSAGES)
    held: dict[str, Postings] = {}
    for word in dict.fromkeys(word for phrase in phrases for word in phrase):
        postings = pack.postings(WORDS_OF_PASSAGES, word)
        if postings is None:
            return [], []
        held[word] = postings
    places = [(phrase, begun(phrase, held)) for phrase in phrases]
    scores = dict.fromkeys(set.intersection(*(set(one) for _, one in places)), 0.0)
    for _, one in places:
        weight = weights(len(one), count)
        for number in scores:
            length, starts = one[number]
            scores[number] += fit(weight, len(starts), length, average)
    return sorted(scores, key=lambda number: (-scores[number], number)), places


def _is_wanted(passage: PassageRow, kinds: Sequence[str], monograph: str | None) -> bool:
    of, _, _, kind, _ = passage
    return (not kinds or kind in kinds) and monograph in (None, of)


def _hit(folding: Folding, passage: PassageRow, ordinals: Collection[int]) -> Hit:
    monograph, section, title, kind, body = passage
    record = json.loads(body)
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
