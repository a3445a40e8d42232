"""Headings of sub-sections that openFDA runs together with their text: "5.1 Hepatotoxicity Hepatotoxicity has been
seen".

Nothing in the data says where a heading ends. It is told only where something else in the label says it: the same
words stand before a reference to the number, or the text begins with them a second time; where the words are a
heading of the US format; or where a sentence begins behind words that are written as a heading and that the label
joins in its sentences too, so that they are not two headings one after the other. Otherwise there is no title, and the
heading stays at the beginning of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monocli.library.labels.nodes import SectionNode
    from monocli.records.labels import LabelHeadings

_REFERENCE = re.compile(r"[(,;] ?(\d{1,2}\.\d{1,2})\b")
_BEFORE = 160
"""Letters before a reference in which its heading is looked for, and in which a heading ends."""
_TO_REFERENCE = re.compile(
    r"\s*(?::|(?:\[? ?see [^.:;()]*)?[\[(][\s\[(]*(?:\d{1,2}(?:\.\d{1,2})?[, ]*)*$)", re.IGNORECASE
)
_LONGEST, _LONGEST_RUN, _SHORTEST = 16, 12, 4
"""Words of the longest heading, and of the longest that is told by the sentence behind it; letters of the shortest
that a reference vouches for."""
_TWO_CAPITALS = re.compile(r" [A-Z][a-z]+ [A-Z]")
_BEGINS = re.compile(r"\s+(?=[A-Z0-9•\[(‘“\"])")
_DRUG = "{drug}"
_SHORT_FORM = re.compile(r" \([A-Za-z0-9-]{2,12}\)(?= [A-Z])")
_IN_BRACKETS = re.compile(r"\([A-Za-z0-9-]{2,12}\)")
_SMALL = frozenset(("a", "after", "an", "and", "as", "at", "before", "between", "by", "due", "during", "following",
                    "for", "from", "in", "into", "of", "on", "or", "than", "that", "the", "to", "via", "when", "with",
                    "without"))  # fmt: skip
_PASSED = _SMALL | {"are", "be", "is", "may", "not"}
"""What has a small letter in a heading too, or stands before what has none."""
_OPENS = frozenset(("A", "An", "As", "At", "By", "During", "Due", "From", "In", "Of", "On", "The"))
"""Small words that with a large letter begin a sentence rather than stand in a heading."""
_LETTERS = re.compile(r"[A-Za-z]+")
_ORDINARY = re.compile(r"[A-Z][a-z’'-]+,?")
_SMALL_WORD = re.compile(r"[a-z][a-z-]")
_AFTER_NAME = re.compile(r"(?: ?[®™])?(?: \([^()]{1,40}\)(?: ?[®™])?)?(?: ?,)? ")
_IN_A_STUDY = re.compile(r"(?:At|In|On) (?:[^.:;,]{1,40}, ){1,2}[a-z\d]")
"""How a sentence begins that says first where something was seen."""


class HeadingWords:
    """What the data say of headings, made ready once for all labels."""

    def __init__(self, words: LabelHeadings, sections: Sequence[str]) -> None:
        """`sections` are titles of sections, which stand before references too."""
        known = [one.casefold() for one in words["known"]]
        self.sections = tuple(title.casefold() for title in sections)
        self.known = frozenset(one for one in known if _DRUG not in one)
        self.of_a_drug = [(before, behind) for one in known for before, drug, behind in [one.partition(_DRUG)] if drug]
        self.before_drugs = tuple(before for before, _ in self.of_a_drug)
        self.starts = frozenset(words["sentence_starts"])
        self.ordinary = frozenset(words["ordinary_starts"])
        self.joined = {
            pair
            for one in (*words["joined"], *self.known)
            for pair in pairwise(one.casefold().replace(",", "").split())
        }


class Headings:
    """Reads the headings of a label."""

    def __init__(self, words: HeadingWords, texts: Sequence[str], drugs: Sequence[str]) -> None:
        """`texts` are those of the label in which it speaks of its sections, `drugs` the names of what it is of."""
        names = {name for drug in drugs for name in (drug, drug.upper(), drug.capitalize(), drug.title())}
        names |= {first for name in names if len(first := name.partition(" ")[0]) > _SHORTEST}
        self._drugs = tuple(sorted(names, key=len, reverse=True))
        self._words = words
        self._folded = frozenset(name.casefold() for name in names)
        self._text = "\n".join(texts)
        self._said = _before_references(self._text)

    def settle(self, node: SectionNode) -> None:
        """Give a sub-section the title that its text begins with, where that can be told."""
        end = self._end(node.text, node.number or "", whole=bool(node.children))
        if end:
            node.title, node.text = node.text[:end], node.text[end:].lstrip(" :")

    def _end(self, text: str, number: str, *, whole: bool) -> int:
        """Where the heading ends; 0 where that cannot be told. `whole`: a sub-section follows on the text."""
        ends = [match.start() for match in _BEGINS.finditer(text[:_BEFORE])][:_LONGEST]
        if whole and len(text) < _BEFORE:
            ends.append(len(text))
        ends = [end for end in ends if text[end - 1] not in ":;,." and not _is_small(text[:end].rpartition(" ")[2])]
        told = self._vouched(text, number, ends) or _twice(text, ends) or self._of_the_format(text, ends)
        if told and (short := _SHORT_FORM.match(text, told)):
            told = short.end()
        if told and self._begins_a_sentence(text, told + 1):
            return told
        # The words that are vouched for may be the beginning of the heading only.
        return max(told, self._before_a_sentence(text, ends))

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
            and not said[:end].endswith(self._words.sections)
            and bool(_TO_REFERENCE.match(said, end))
        )

    def _of_the_format(self, text: str, ends: Sequence[int]) -> int:
        folded = text[:_BEFORE].casefold()
        of_a_drug = folded.startswith(self._words.before_drugs)
        end = next((end for end in reversed(ends) if self._is_known(folded[:end], of_a_drug=of_a_drug)), 0)
        if not end:
            return 0
        first = text[end + 1 :].partition(" ")[0]
        after_small = (
            _is_small(first) and first not in self._words.starts and not self._begins_a_sentence(text, end + 1)
        )
        return 0 if after_small or (_ORDINARY.fullmatch(first) and self._goes_on(text, end)) else end

    def _is_known(self, words: str, *, of_a_drug: bool) -> bool:
        return words in self._words.known or (
            of_a_drug
            and any(
                words.startswith(before)
                and words.endswith(behind)
                and words[len(before) : len(words) - len(behind)] in self._folded
                for before, behind in self._words.of_a_drug
            )
        )

    def _before_a_sentence(self, text: str, ends: Sequence[int]) -> int:
        """The end of words that are written as a heading is, before the first place at which a sentence begins, or a
        table, or another section."""
        for end in ends:
            if end == len(text) or text.startswith("[table ", end + 1) or self._begins_a_sentence(text, end + 1):
                return end if self._is_heading(text[:end].split()) else 0
        return 0

    def _begins_a_sentence(self, text: str, start: int) -> bool:
        """Whether what stands there is no more of a heading: an ordinary word in a large letter, which the text has
        in small ones too, and a word in small ones behind it; or the drug itself, which does something."""
        if text.startswith(self._drugs, start):
            name = next(one for one in self._drugs if text.startswith(one, start))
            if after := _AFTER_NAME.match(text, start + len(name)):
                return text[after.end() - 2] == "," or _goes_on_small(text, after.end())
        first = text[start:].partition(" ")[0]
        second = start + len(first) + 1
        if first in self._words.starts and (
            text[second : second + 1].islower() or text.startswith(self._drugs, second)
        ):
            return True
        if _IN_A_STUDY.match(text, start):
            return True
        if not (_ORDINARY.fullmatch(first) and _goes_on_small(text, second)):
            return False
        if _is_small(first):
            # "Following in utero" may be of the heading.
            return first != "Following" or text[second:].partition(" ")[0] not in _SMALL
        # A proper name has its large letter also in a heading that is written in small ones.
        ordinary = first in self._words.ordinary or f" {first.rstrip(',').lower()} " in text
        return ordinary and not self._goes_on(text, start - 1)

    def _goes_on(self, text: str, end: int) -> bool:
        """Whether the word behind a heading may be one of it: "Serious Skin reactions"."""
        first = text[end + 1 :].partition(" ")[0]
        return bool(first) and self._are_joined(text[:end].rpartition(" ")[2], first)

    def _is_heading(self, words: Sequence[str]) -> bool:
        """Whether words are written as one heading: in large letters, none of them twice, and the label joins each two
        neighbours in a sentence too, where no small word does."""
        large = [word.casefold() for word in words if not _is_small(word)]
        written = all(_is_small(word) or not word[:1].islower() for word in words)
        if not (written and len(words) <= _LONGEST_RUN and len(set(large)) == len(large)):
            return False
        if _OPENS & set(words[1:]) or not all(any(map(str.isalpha, word)) for word in words):
            return False
        return all(_is_small(one) or _is_small(two) or self._are_joined(one, two) for one, two in pairwise(words))

    def _are_joined(self, one: str, two: str) -> bool:
        """Whether two words stand one behind the other in a sentence of the label, where they are not written as in a
        heading, or in headings of the data."""
        if one.endswith(",") or _IN_BRACKETS.fullmatch(two) or (one.casefold(), two.casefold()) in self._words.joined:
            return True
        first, second = _in_a_sentence(one), _in_a_sentence(two)
        joined = f"{first} {second}"
        if joined not in self._text:
            return False
        # What is written alike in headings and in sentences must have a small word behind it.
        return (first, second) != (one, two) or re.search(f"{re.escape(joined)} [a-z]", self._text) is not None


def _in_a_sentence(word: str) -> str:
    """How a word of a heading is written in a sentence; "HER2-Positive" as "HER2-positive"."""
    if word.isalpha():
        return word.lower() if word[1:].islower() else word
    return _LETTERS.sub(lambda part: part[0].lower() if part[0][1:].islower() else part[0], word)


def _is_small(word: str) -> bool:
    return word.casefold() in _SMALL


def _goes_on_small(text: str, start: int) -> bool:
    """Whether the next word that is no small word of headings begins with a small letter."""
    word = next((word for word in text[start : start + _BEFORE].split(" ") if word not in _PASSED), "")
    return bool(_SMALL_WORD.match(word))


def _twice(text: str, ends: Sequence[int]) -> int:
    """The end of a beginning that stands there a second time at once."""
    folded = text.casefold()
    return next((end for end in reversed(ends) if folded.startswith(f"{folded[:end]} ", end + 1)), 0)


def _before_references(text: str) -> Mapping[str, list[str]]:
    """What stands before each reference to a sub-section, on the same line."""
    found: dict[str, list[str]] = {}
    for match in _REFERENCE.finditer(text):
        start = match.start(1)
        before = text[max(0, start - _BEFORE) : start]
        found.setdefault(match[1], []).append(before.rpartition("\n")[2].casefold())
    return found
