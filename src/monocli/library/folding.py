"""How free text is folded for search: accents, case, Greek letters, UK and US spelling, singular and plural are taken
as one, and so are the forms of a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from monocli.engine.names import normalise
from monocli.library.kinds import SEARCH_FORMS, SPELLING_PAIRS

if TYPE_CHECKING:
    from monocli.library.store import Library
    from monocli.records.library import SearchForms, SpellingPair

WORD = re.compile(r"[^\W_]+(?:['’]s\b)?")
_ENDINGS = {"ities": 4, "ity": 4, "ies": 4, "ing": 5, "ion": 5, "ed": 5, "ly": 4, "es": 4, "s": 4, "y": 4, "e": 4}
"""Endings that make no other word of one ("fatal" finds fatalities, "infected" finds infection), and how many letters
must stand before them."""
_OTHER = re.compile(r"[^a-z0-9\u0400-\u04ff\u3040-\u9fff]")


def folding_of(library: Library) -> Folding:
    """Folding as the library's vocabulary has it."""
    pairs, forms = library.document(SPELLING_PAIRS, "spelling_pairs"), library.document(SEARCH_FORMS, "search_forms")
    return Folding(pairs or [], forms or [])


class Folding:
    """Folds words one to one, so that the n-th word of the folded text is the n-th word of the text."""

    def __init__(self, pairs: Sequence[SpellingPair], forms: Sequence[SearchForms] = ()) -> None:
        """`pairs` and `forms` are the records of `spelling_pairs` and `search_forms` in the vocabulary: parts of words
        spelt in two ways, and words that are taken for another."""
        # The longest first, so that "oesophag" is folded before a shorter part of it could be.
        self._pairs = sorted(((normalise(p["uk"]), normalise(p["us"])) for p in pairs), key=lambda p: -len(p[0]))
        self._forms: dict[str, str] = {}
        self._forms = {self.word(form): self.word(record["word"]) for record in forms for form in record["forms"]}

    def word(self, word: str) -> str:
        """One word, folded; never empty, so that positions keep in step."""
        folded = _OTHER.sub(_spelt_out, normalise(word)) or "u0"
        for uk, us in self._pairs:
            if uk in folded:
                folded = folded.replace(uk, us)
        stem = _stem(folded)
        return self._forms.get(stem, stem)

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
        ending = next((e for e, left in _ENDINGS.items() if word.endswith(e) and len(word) - len(e) >= left), None)
        if ending is None:
            break
        word = word.removesuffix(ending)
    return word


def _spelt_out(match: re.Match[str]) -> str:
    """A letter of another script as its number, so that the index takes it for a part of the word whatever its tables
    know."""
    return f"u{ord(match.group()):x}" if match.group().isalnum() else ""
