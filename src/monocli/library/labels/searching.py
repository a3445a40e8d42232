"""Full text over imported labels: sections that hold all of some words.

Ranking reads every match, so that it is done only where they are few; of very many the first that are found are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from monocli.engine.names import normalise
from monocli.library.kinds import SPELLING_PAIRS
from monocli.library.labels.pack import KeptSection, LabelPack
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.library.store import Library
    from monocli.records.library import SpellingPair

MOST_RANKED = 1000
"""So many matches are counted and put in order."""
_WORDS = re.compile(r"[^\W_]+")
_LETTERS_AND_DIGITS = re.compile(r"^(?:([a-z]+)(\d+)|(\d+)([a-z]+))$")
_PASSAGE, _LEAD = 320, 120
_STEM_ENDING, _SHORTEST_STEM = 3, 4


class Passage(Record):
    """A text that holds the words: the first of the labels that have it, and how many have it."""

    label: int
    labels: int
    section: KeptSection
    text: str
    """Of a table its markup."""
    in_table: bool


class Matches(Record):
    passages: list[Passage]
    total: int
    more: bool
    """There are more than `total`, which were not counted; the passages are in no order."""


class Query:
    """Words as the index takes them, and as they are marked in a text."""

    def __init__(self, words: Sequence[str], spellings: Sequence[SpellingPair]) -> None:
        pairs = [(pair["uk"].casefold(), pair["us"].casefold()) for pair in spellings]
        chunks = [chunk for text in words for chunk in text.split()]
        self._chunks = [found for chunk in dict.fromkeys(chunks) if (found := _variants(chunk, pairs))]

    def __bool__(self) -> bool:
        return bool(self._chunks)

    def __len__(self) -> int:
        return len(self._chunks)

    @property
    def expression(self) -> str:
        """As FTS5 reads it: of each chunk any variant, of a variant all words in their order."""
        return " AND ".join(
            "(" + " OR ".join(f'"{" ".join(words)}"' for words in chunk) + ")" for chunk in self._chunks
        )

    def spans(self, text: str) -> list[tuple[int, int, int]]:
        """(start, end, which chunk) of what is marked in a text, in its order."""
        found = [
            (*match.span(), number)
            for number, chunk in enumerate(self._chunks)
            for words in chunk
            for match in _pattern(words).finditer(text)
        ]
        return sorted(found)


def _variants(chunk: str, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, ...]]:
    """The words of a chunk that was typed without a blank; in UK and in US spelling, and as labels part letters from
    digits ("m 2")."""
    key = normalise(chunk)
    words = tuple(_WORDS.findall(key))
    if not words:
        return []
    found = [words]
    for one, other in (*pairs, *((us, uk) for uk, us in pairs)):
        if one in key:
            found.append(tuple(_WORDS.findall(key.replace(one, other))))
    parted = [part for word in words for part in _LETTERS_AND_DIGITS.sub(r"\1\3 \2\4", word).split()]
    found.append(tuple(parted))
    return list(dict.fromkeys(found))


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """The words in a text, with whatever ending: the index cuts endings too."""
    stems = []
    for word in words:
        stem = word if word.isdigit() else word[: max(len(word) - _STEM_ENDING, _SHORTEST_STEM)]
        stems.append(re.escape(stem) + (r"\w*" if len(word) >= _SHORTEST_STEM else ""))
    together = r"[\W_]+".join(stems)
    return re.compile(rf"(?<!\w){together}(?!\w)", re.IGNORECASE)


def query_of(library: Library, words: Sequence[str]) -> Query:
    pairs = library.document(SPELLING_PAIRS, "spelling_pairs")
    return Query(words, pairs or [])


def search(pack: LabelPack, query: Query, limit: int | None) -> Matches:
    """The texts that hold all the words, each once, the best first where they are few; at most `limit`."""
    sql = "SELECT rowid FROM passage WHERE passage MATCH ? LIMIT ?"
    texts = [text for (text,) in pack.rows(sql, (query.expression, MOST_RANKED + 1))]
    more = len(texts) > MOST_RANKED
    if not more and len(texts) > 1:
        sql = "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rank, rowid"
        texts = [text for (text,) in pack.rows(sql, (query.expression,))]
    held = [text for text in texts[:MOST_RANKED] if _labels(pack, text)]
    shown = held if limit is None else held[:limit]
    return Matches([_passage(pack, text) for text in shown], len(held), more)


def _labels(pack: LabelPack, text: int) -> bool:
    """Whether a label has the text now: one that was removed, or a version that is not current, does not count."""
    sql = "SELECT 1 FROM part p JOIN label l ON l.id = p.label WHERE p.text = ? AND l.current = 1 LIMIT 1"
    return bool(pack.rows(sql, (text,)))


def _passage(pack: LabelPack, text: int) -> Passage:
    sql = (
        "SELECT p.label, p.place FROM part p JOIN label l ON l.id = p.label "
        "WHERE p.text = ? AND l.current = 1 ORDER BY l.rank, l.set_id"
    )
    rows = pack.rows(sql, (text,))
    label, place = rows[0]
    layout = pack.layout(label)
    span = layout.spans[place]
    section = next(one for one, _ in layout.walk() if span in (one.text, one.highlights, *one.tables))
    return Passage(label, len({one for one, _ in rows}), section, pack.text(span), span in section.tables)


def around(text: str, spans: Sequence[tuple[int, int, int]], most: int = _PASSAGE) -> tuple[str, list[list[int]]]:
    """The part of a text in which most of the words stand, some `most` characters of it, with where they stand in it;
    cuts are marked."""
    if not spans:
        return (text if len(text) <= most else f"{text[:most].rpartition(' ')[0]} …"), []
    best = max(range(len(spans)), key=lambda at: (len(_within(spans, at)), -at))
    start = max(spans[best][0] - _LEAD, 0) if len(text) > most else 0
    start = text.find(" ", start) + 1 if start else 0
    end = min(start + most, len(text))
    end = len(text) if end == len(text) else max(text.rfind(" ", start, end), spans[best][1])
    before, after = "… " if start else "", " …" if end < len(text) else ""
    kept = list(_apart([(s, e) for s, e, _ in spans if start <= s and e <= end]))
    moved = [[s - start + len(before), e - start + len(before)] for s, e in kept]
    return f"{before}{text[start:end]}{after}", moved


def _within(spans: Sequence[tuple[int, int, int]], at: int) -> set[int]:
    """Which chunks stand near a place."""
    return {chunk for start, _, chunk in spans[at:] if start - spans[at][0] < _PASSAGE - _LEAD}


def _apart(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last = 0
    for start, end in spans:
        if start >= last:
            yield start, end
            last = end
