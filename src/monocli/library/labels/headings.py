"""Headings of numbered sub-sections that openFDA runs together with their text: "5.1 Hepatotoxicity Hepatotoxicity has
been seen".

Nothing in the data says where a heading ends. It is told only where something else in the label says it: the same
words stand before a reference to the number, or the text begins with them a second time; else where the words are a
heading of the US format, or a word comes that begins a sentence and stands in no heading. Otherwise there is no title,
and the heading stays at the beginning of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monocli.library.labels.structure import SectionNode
    from monocli.records.labels import LabelHeadings

_REFERENCE = re.compile(r"[(,;] ?(\d{1,2}\.\d{1,2})\b")
_BEFORE = 160
"""Letters before a reference in which its heading is looked for."""
_TO_REFERENCE = re.compile(
    r"\s*(?::|(?:\[? ?see [^.:;()]*)?[\[(][\s\[(]*(?:\d{1,2}(?:\.\d{1,2})?[, ]*)*$)", re.IGNORECASE
)
_LONGEST, _LONGEST_RUN, _SHORTEST = 16, 9, 4
"""Words of the longest heading, and of the longest that its capitals alone tell; letters of the shortest that a
reference vouches for."""
_TWO_CAPITALS = re.compile(r" [A-Z][a-z]+ [A-Z]")
_BEGINS = re.compile(r"\s+(?=[A-Z0-9•\[(‘“\"])")
_SMALL = frozenset(("a", "an", "and", "as", "at", "by", "due", "during", "for", "from", "in", "of", "on", "or", "than",
                    "the", "to", "via", "with", "without"))  # fmt: skip


class Headings:
    """Reads the headings of a label."""

    def __init__(self, words: LabelHeadings, sections: Sequence[str], texts: Sequence[str]) -> None:
        """`sections` are titles of sections, which stand before references too; `texts` all texts of the label."""
        self._sections = tuple(title.casefold() for title in sections)
        self._known = sorted(words["known"], key=len, reverse=True)
        self._starts = frozenset(words["sentence_starts"])
        self._said = _before_references(texts)

    def settle(self, node: SectionNode) -> None:
        """Give a sub-section the title that its text begins with, where that can be told."""
        end = self._end(node.text, node.number or "")
        if end:
            node.title, node.text = node.text[:end], node.text[end:].lstrip(" :")

    def _end(self, text: str, number: str) -> int:
        """Where the heading ends; 0 where that cannot be told."""
        ends = [match.start() for match in _BEGINS.finditer(text[:_BEFORE])][:_LONGEST]
        ends = [
            end
            for end in ends
            if text[end - 1] not in ":;,." and text[:end].rpartition(" ")[2].casefold() not in _SMALL
        ]
        for told in (self._vouched(text, number, ends), _twice(text, ends), self._of_the_format(text, ends)):
            if told:
                return told
        return self._before_a_sentence(text, ends)

    def _vouched(self, text: str, number: str, ends: Sequence[int]) -> int:
        said = self._said.get(number, ())
        for end in reversed(ends):
            words = text[:end].casefold()
            if len(words) >= _SHORTEST and any(self._stands_before(words, one) for one in said):
                # Two words in capitals behind it may still be of the heading.
                return 0 if _TWO_CAPITALS.match(text, end) else end
        return 0

    def _stands_before(self, words: str, said: str) -> bool:
        """Whether a reference follows on the words at once, or a colon, as in a list of what stands elsewhere, and they
        are not the end of the title of a section."""
        place = said.rfind(words)
        end = place + len(words)
        return (
            place >= 0
            and not said[place - 1 : place].isalnum()
            and not said[:end].endswith(self._sections)
            and bool(_TO_REFERENCE.match(said, end))
        )

    def _of_the_format(self, text: str, ends: Sequence[int]) -> int:
        folded = text[:_BEFORE].casefold()
        return next((len(one) for one in self._known if len(one) in ends and folded.startswith(one.casefold())), 0)

    def _before_a_sentence(self, text: str, ends: Sequence[int]) -> int:
        """The end of a run of words that are written as a heading is, before the first that begins a sentence."""
        for end in ends:
            first, _, rest = text[end + 1 :].partition(" ")
            if first in self._starts and rest[:1].islower():
                return end if _is_heading(text[:end].split()) else 0
        return 0


def _is_heading(words: Sequence[str]) -> bool:
    """Whether words are written as a heading; two headings that stand one after the other say a word twice, or are
    long."""
    large = [word.casefold() for word in words if word.casefold() not in _SMALL]
    written = all(word.casefold() in _SMALL or not word[:1].islower() for word in words)
    return written and len(words) <= _LONGEST_RUN and len(set(large)) == len(large)


def _twice(text: str, ends: Sequence[int]) -> int:
    """The end of a beginning that stands there a second time at once."""
    folded = text.casefold()
    return next((end for end in reversed(ends) if folded.startswith(f"{folded[:end]} ", end + 1)), 0)


def _before_references(texts: Sequence[str]) -> Mapping[str, list[str]]:
    """What stands before each reference to a sub-section."""
    found: dict[str, list[str]] = {}
    for text in texts:
        for match in _REFERENCE.finditer(text):
            start = match.start(1)
            found.setdefault(match[1], []).append(text[max(0, start - _BEFORE) : start].casefold())
    return found
