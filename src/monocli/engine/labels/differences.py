"""What differs between two texts of labels: section by section, sentence by sentence, and inside a sentence word by
word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from monocli.engine.labels.sentences import sentences
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.records.output.labels import DiffPart, SectionDiff

_CONTEXT = 12
"""Words that are shown on either side of a change."""
_MOST_WORDS = 600
"""Of a longer passage that was exchanged for another the words are not held against each other."""


class SectionText(Record):
    """A section of a label with its own words. `key` is what it has in common with the same section of another text."""

    key: tuple[str, int]
    id: str
    number: str | None
    title: str
    text: str


def differences(before: Sequence[SectionText], after: Sequence[SectionText]) -> tuple[list[SectionDiff], int]:
    """The sections that differ, in the order of the later text, those that are gone after what stood before them; and
    how many are the same."""
    old, new = {one.key: one for one in before}, {one.key: one for one in after}
    found: list[SectionDiff] = []
    same = 0
    for key in _in_order([one.key for one in before], [one.key for one in after]):
        was, now = old.get(key), new.get(key)
        if was is not None and now is not None:
            if _letters(was.text) == _letters(now.text):
                same += 1
            else:
                found.append(_diff(now, "changed", list(_parts(was.text, now.text))))
        elif now is not None:
            found.append(_diff(now, "added", [{"kind": "added", "text": now.text}]))
        elif was is not None:
            found.append(_diff(was, "removed", [{"kind": "removed", "text": was.text}]))
    return [one for one in found if any(part["text"] for part in one["parts"])], same


def _diff(section: SectionText, change: str, parts: list[DiffPart]) -> SectionDiff:
    return {
        "id": section.id,
        "number": section.number,
        "title": section.title,
        "change": change,  # type: ignore[typeddict-item]
        "parts": parts,
    }


def _in_order(before: Sequence[tuple[str, int]], after: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """All keys in the order of the later text; one that is gone stands after the one that it followed."""
    order = list(after)
    held = set(after)
    last = -1
    for key in before:
        if key in held:
            last = order.index(key)
        else:
            last += 1
            order.insert(last, key)
    return order


def _words(text: str) -> list[str]:
    return text.split()


def _letters(text: str) -> str:
    """The text without blanks: exports of one label part "(5.1)" and "C max" in different ways."""
    return "".join(text.split())


def _parts(before: str, after: str) -> Iterator[DiffPart]:
    """The changes with a few words around them."""
    old = [before[start:end] for start, end in sentences(before)]
    new = [after[start:end] for start, end in sentences(after)]
    said: list[DiffPart] = []
    for _, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        one, other = " ".join(old[i1:i2]), " ".join(new[j1:j2])
        if _letters(one) == _letters(other):
            said.append({"kind": "same", "text": one})
        else:
            said += _by_words(_words(one), _words(other))
    yield from _shortened(said)


def _by_words(old: Sequence[str], new: Sequence[str]) -> list[DiffPart]:
    if not old or not new or max(len(old), len(new)) > _MOST_WORDS:
        return [*_one("removed", old), *_one("added", new)]
    found: list[DiffPart] = []
    for _, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if "".join(old[i1:i2]) == "".join(new[j1:j2]):
            found += _one("same", new[j1:j2])
        else:
            found += [*_one("removed", old[i1:i2]), *_one("added", new[j1:j2])]
    return found


def _one(kind: str, words: Sequence[str]) -> list[DiffPart]:
    return [{"kind": kind, "text": " ".join(words)}] if words else []  # type: ignore[typeddict-item]


def _shortened(parts: Sequence[DiffPart]) -> Iterator[DiffPart]:
    """What is the same, no more of it than stands next to a change; neighbours of one kind together."""
    joined: list[DiffPart] = []
    for part in parts:
        if joined and joined[-1]["kind"] == part["kind"]:
            joined[-1] = {"kind": part["kind"], "text": f"{joined[-1]['text']} {part['text']}"}
        else:
            joined.append(part)
    for place, part in enumerate(joined):
        words = _words(part["text"])
        if part["kind"] != "same" or len(words) <= 2 * _CONTEXT:
            yield part
            continue
        first = words[:_CONTEXT] if place else []
        last = words[-_CONTEXT:] if place < len(joined) - 1 else []
        yield {"kind": "same", "text": " ".join([*first, "…", *last])}
