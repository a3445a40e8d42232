"""Full text: statements, names, brands, identifiers, section titles and literature."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias, cast

from monocli.engine.names import visible
from monocli.library.folding import Folding, folding_of
from monocli.library.pack import WORDS_OF_PASSAGES, Pack
from monocli.library.postings import Begun, Postings, begun, fit, weights
from monocli.library.store import Library

if TYPE_CHECKING:
    from monocli.library.pack import PassageRow
    from monocli.records.output.lookups import Hit, Search

_Standing: TypeAlias = tuple[Sequence[str], Begun]
"""A phrase, and where it stands."""
_THOUSANDS = 3
"""Digits of a number that print sets apart."""
MOST_WORDS = 100
"""A query of more different words than this is refused by the command; the index could not parse it."""


def passages(
    library: Library, words: Sequence[str], *, kinds: list[str], monograph: str | None, limit: int | None
) -> Search:
    """`data` of `mono search`: passages that hold all words, the best first, with where the words stand in each text.

    Accents, case, Greek letters and UK or US spelling make no difference, nor does whether thousands are set apart.
    What is typed without a space ("1.5", "BCR-ABL") must stand together. `total` counts all, `hits`
    holds the first `limit`.
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
            standing = [(p, len(way)) for way, held in chain(*places) if number in held for p in held[number][1]]
            ordinals = {ordinal for start, length in standing for ordinal in range(start, start + length)}
            data["hits"].append(_hit(folding, pack.passage(number), ordinals))
    return data


def _found(pack: Pack, phrases: Sequence[Sequence[str]]) -> tuple[list[int], list[list[_Standing]]]:
    """The passages of a pack that hold every phrase, the best first, and where each phrase stands, in each way in which
    it is written."""
    count, average = pack.indexed(WORDS_OF_PASSAGES)
    held: dict[str, Postings | None] = {}
    places: list[list[_Standing]] = []
    for phrase in phrases:
        written = [phrase, *_with_thousands_apart(phrase)]
        for word in (word for way in written for word in way if word not in held):
            held[word] = pack.postings(WORDS_OF_PASSAGES, word)
        there = {word: postings for word, postings in held.items() if postings is not None}
        places.append([(way, begun(way, there)) for way in written if there.keys() >= set(way)])
        if not places[-1]:
            return [], []
    scores = dict.fromkeys(set.intersection(*(_in_any(ways) for ways in places)), 0.0)
    for ways in places:
        weight = weights(len(_in_any(ways)), count)
        for number in scores:
            several = [one[number] for _, one in ways if number in one]
            scores[number] += fit(weight, sum(len(starts) for _, starts in several), several[0][0], average)
    return sorted(scores, key=lambda number: (-scores[number], number)), places


def _in_any(ways: Sequence[_Standing]) -> set[int]:
    return {number for _, one in ways for number in one}


def _with_thousands_apart(phrase: Sequence[str]) -> list[list[str]]:
    """Of a whole number from 1000 on the same with its thousands set apart, as print does: 33800 → 33 800."""
    digits = phrase[0]
    if len(phrase) != 1 or not digits.isdecimal() or len(digits) <= _THOUSANDS:
        return []
    first = len(digits) % _THOUSANDS
    return [
        [digits[:first]] * bool(first) + [digits[i : i + _THOUSANDS] for i in range(first, len(digits), _THOUSANDS)]
    ]


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
