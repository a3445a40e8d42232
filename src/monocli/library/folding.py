"""How free text is folded for search: accents, case, Greek letters, UK and US spelling, singular and plural are taken
as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from monocli.engine.names import normalise

WORD = re.compile(r"[^\W_]+(?:['’]s\b)?")
_ENDINGS = ("ities", "ity", "ies", "ly", "es", "s", "y", "e")
"""Endings that make no other word of one: "fatal" finds fatalities, "corticosteroid" finds corticosteroids."""
_SHORTEST_STEM = 4
_OTHER = re.compile(r"[^a-z0-9\u0400-\u04ff\u3040-\u9fff]")


class Folding:
    """Folds words one to one, so that the n-th word of the folded text is the n-th word of the text."""

    def __init__(self, pairs: Sequence[Mapping[str, str]]) -> None:
        """`pairs` are the records of `spelling_pairs` in the vocabulary: parts of words spelt in two ways."""
        # The longest first, so that "oesophag" is folded before a shorter part of it could be.
        self._pairs = sorted(((normalise(p["uk"]), normalise(p["us"])) for p in pairs), key=lambda p: -len(p[0]))

    def word(self, word: str) -> str:
        """One word, folded; never empty, so that positions keep in step."""
        folded = _OTHER.sub(_spelt_out, normalise(word)) or "u0"
        for uk, us in self._pairs:
            if uk in folded:
                folded = folded.replace(uk, us)
        return _stem(folded)

    def text(self, text: str) -> str:
        """All words of a text, folded, with one space between them."""
        return " ".join(self.word(match.group()) for match in WORD.finditer(text))

    def spans(self, text: str, ordinals: Iterable[int]) -> list[tuple[int, int]]:
        """Where the words of these ordinals stand in the text."""
        wanted = set(ordinals)
        return [match.span() for index, match in enumerate(WORD.finditer(text)) if index in wanted]


def _stem(word: str) -> str:
    """The word without such endings, one after the other ("severely", "severe"); a number or a code keeps all."""
    while word.isalpha() and word.isascii():
        ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= _SHORTEST_STEM), None)
        if ending is None:
            break
        word = word.removesuffix(ending)
    return word


def _spelt_out(match: re.Match[str]) -> str:
    """A letter of another script as its number, so that the index takes it for a part of the word whatever its tables
    know."""
    return f"u{ord(match.group()):x}" if match.group().isalnum() else ""
