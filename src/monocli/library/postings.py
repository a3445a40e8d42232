"""Which passages hold a word, and which names hold three letters in a row, with how well they fit a question.

The index is our own and not SQLite's full text, because what that says can be trusted only once the whole file has been
read: here every word is a row of its own, verified as it is read, and so is that there is no such word. What fits best
is reckoned as SQLite does (BM25).
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest
from math import log

_REPEATED, _LENGTH = 1.2, 0.75
"""How soon a word that is repeated counts no more, and how far a long text is held to be diluted."""
_HARDLY = 1e-6
"""The weight of a word that more than half of all texts hold."""


Begun = dict[int, tuple[int, list[int]]]
"""By the number of a text: its length in words, and the places where a phrase begins in it."""


class Postings:
    """Where one word stands, in the order of the texts: of each the number, its length in words, and the place of the
    word from 0, once for every place; or in an index without places how often it stands there."""

    def __init__(self, numbers: array[int], lengths: array[int], places: array[int]) -> None:
        self.numbers, self.lengths, self.places = numbers, lengths, places

    @classmethod
    def read(cls, stored: bytes) -> Postings:
        """From the bytes of a row."""
        every = array("I", stored)
        if sys.byteorder == "big":
            every.byteswap()
        count = len(every) // 3
        return cls(every[:count], every[count : 2 * count], every[2 * count :])

    def stored(self) -> bytes:
        """The bytes of a row."""
        every = self.numbers + self.lengths + self.places
        if sys.byteorder == "big":
            every.byteswap()
        return every.tobytes()


class Indexed:
    """An index while it is written: texts are added one after the other, and numbered from 0."""

    def __init__(self) -> None:
        self.count = self.length = 0
        """How many texts there are, and how many words in all of them."""
        self._words: dict[str, Postings] = {}

    def add(self, words: Sequence[str], *, places: bool) -> None:
        """A text of these words, with their places or only with how often each stands there."""
        for word, place in zip(words, range(len(words)), strict=True) if places else Counter(words).items():
            held = self._words.get(word)
            if held is None:
                held = self._words[word] = Postings(array("I"), array("I"), array("I"))
            held.numbers.append(self.count)
            held.lengths.append(len(words))
            held.places.append(place)
        self.count += 1
        self.length += len(words)

    def rows(self) -> Iterator[tuple[str, bytes]]:
        """Each word with its row, in their order."""
        return ((word, self._words[word].stored()) for word in sorted(self._words))


def weights(matching: int, count: int) -> float:
    """The weight of a word that `matching` of `count` texts hold."""
    found = log((count - matching + 0.5) / (matching + 0.5))
    return found if found > 0 else _HARDLY


def fit(weight: float, times: int, length: int, average: float) -> float:
    """How well a text of this length fits a word that it holds so many times."""
    return weight * (times * (_REPEATED + 1.0) / (times + _REPEATED * (1 - _LENGTH + _LENGTH * length / average)))


def begun(words: Sequence[str], held: Mapping[str, Postings]) -> Begun:
    """Where these words stand together in this order."""
    first = held[words[0]]
    lengths = dict(zip(first.numbers, first.lengths, strict=True))
    places = set(zip(first.numbers, first.places, strict=True))
    for after, word in enumerate(words[1:], 1):
        places &= {(number, place - after) for number, place in zip(held[word].numbers, held[word].places, strict=True)}
    found: Begun = {}
    for number, place in sorted(places):
        found.setdefault(number, (lengths[number], []))[1].append(place)
    return found


def alike(words: Sequence[Postings], count: int, average: float, most: int) -> list[int]:
    """The texts of an index without places that hold any of these words, those that fit best first: so many at most."""
    scores: defaultdict[int, float] = defaultdict(float)
    for word in words:
        weight = weights(len(word.numbers), count)
        pairs = list(zip(word.places, word.lengths, strict=True))
        fits = {(times, length): fit(weight, times, length, average) for times, length in set(pairs)}
        for number, pair in zip(word.numbers, pairs, strict=True):
            scores[number] += fits[pair]
    least = min(nlargest(most, scores.values()), default=0.0)
    best = [number for number, score in scores.items() if score >= least]
    return sorted(best, key=lambda number: (-scores[number], number))[:most]
