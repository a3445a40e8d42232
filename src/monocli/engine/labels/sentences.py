"""Sentences of running text, and the clauses of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

MOST_QUOTED = 700
"""Letters of a sentence that are quoted; of a longer one what stands around the name, with the cuts marked."""
_ABBREVIATIONS = frozenset(
    (
        "e.g",
        "i.e",
        "vs",
        "approx",
        "dr",
        "st",
        "inc",
        "ltd",
        "no",
        "fig",
        "cf",
        "resp",
        "max",
        "min",
        "incl",
        "etc",
        "al",
        "co",
    )
)
_END = r"(?<=[.!?])[\])”\"']*\s+(?=[\[(“\"'•]*[A-Z0-9•])|\n+|\s+(?=• )|(?P<item>(?:(?<=\d\))|(?<=\d \)))\s+(?=[A-Z]))"
_REFERENCE = re.compile(r"(?:^|[^0-9A-Za-z])\(\s*(?:\d{1,2}(?:\.\d{1,2})?\s*,\s*)*\d{1,2}(?:\.\d{1,2})?\s*\)$")
"""What ends an item of highlights: the number of the section that says more, and no stop."""
_LONGEST_REFERENCE = 60


def _is_abbreviated(text: str) -> bool:
    """Whether the last word before a stop is no end of a sentence: an abbreviation, or an initial."""
    word = text.rpartition(" ")[2].lstrip("([").rstrip(".")
    return word.casefold() in _ABBREVIATIONS or (len(word) == 1 and word.isupper()) or word.endswith(".S")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends. A line and an item of a list are sentences too, and an item of highlights,
    which ends with a reference; a stop after an abbreviation ends none."""
    start = 0
    for match in re.finditer(_END, text):
        if "\n" not in match.group() and _is_abbreviated(text[max(start, match.start() - 12) : match.start()]):
            continue
        if match.group("item") and not _REFERENCE.search(
            text[max(start, match.start() - _LONGEST_REFERENCE) : match.start()]
        ):
            continue
        if text[start : match.start()].strip():
            yield start, match.start()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def quoted(text: str, start: int, end: int, name: tuple[int, int]) -> str:
    """A sentence as it is quoted; a very long one around the name, cut at words."""
    if end - start <= MOST_QUOTED:
        return text[start:end].strip()
    half = MOST_QUOTED // 2
    first, last = max(start, name[0] - half), min(end, name[1] + half)
    first = first if first == start else text.index(" ", first) + 1
    last = last if last == end else text.rindex(" ", name[1], last + 1) if " " in text[name[1] : last + 1] else last
    return f"{'… ' if first > start else ''}{text[first:last].strip()}{' …' if last < end else ''}"


def clause_around(sentence: str, name: tuple[int, int], marks: Sequence[str]) -> tuple[int, int]:
    """The part of a sentence in which the name stands, between marks that part it into clauses."""
    folded = sentence.casefold()
    if len(folded) != len(sentence):
        return 0, len(sentence)
    starts = (place + len(mark) for mark in marks if (place := folded.rfind(mark, 0, name[0])) >= 0)
    ends = (place for mark in marks if (place := folded.find(mark, name[1])) >= 0)
    return max(starts, default=0), min(ends, default=len(sentence))
