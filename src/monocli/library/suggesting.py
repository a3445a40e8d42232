"""Which names a misspelt one may have been meant for: offered, never acted on.

Only near spellings are offered. Drugs are named alike (clotrimazole, co-trimoxazole), so a name that merely sounds
similar is worse than none: where nothing is near, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from monocli.engine.names import MAX_NAME_LENGTH, normalise
from monocli.library.pack import PARTS_OF_NAMES
from monocli.library.postings import alike
from monocli.library.readings import ALL_KINDS, FoundName, held_under, words_for_salts
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.library.pack import Pack
    from monocli.library.store import Library
    from monocli.records.output.common import Suggestion

MAX_SUGGESTIONS = 5
MIN_SCORE = 60
PART_SCORE = 84
"""The score of a name that stands whole inside what was typed, or goes on from it, where its spelling scores less."""
SPELT_KINDS = (
    *("title", "BAN", "BANM", "rINN", "rINNM", "USAN", "INN", "US name", "former BAN"),
    *("synonym", "brand", "variant", "salt", "class", "chemical"),
)
"""Kinds of name that are words, and misspelt as words are. Codes and registry numbers are not."""
_SPARSE_CODES = ("code", "mentioned", "CAS", "UNII", "InChIKey")
"""Codes whose neighbours are hardly ever other codes: of a maker's own list, or with a check digit. In other registries
one figure for another names another record."""
_SHORTEST_PREFIX = 4
_SHORTEST_PART_OF_CODE = 5
_SHORTEST_PART = 4
_SHORTEST_SLIP = 5
_SLIPS = ((14, 3), (8, 2), (0, 1))
"""(letters of the longer name at least, slips that still make it near)."""
_DISTANT_SLIPS, _DISTANT_LONGEST = 4, 6
"""Slips that are still offered to who asks for resemblance, in a word too short for more than one near slip."""
_SHORTEST_WORD = 4
_NUMBER = re.compile(r"\d+")
_CANDIDATES = 400
_MOST_WORDS = 8
_BETWEEN_WORDS = re.compile(r"[\s/+&,;()]+")
_EDGE = "  "
"""Stands before and after each key when it is taken into parts, so that the ends of short names count."""
_PART = 3
_MOST_PARTS = 40


class RankedName(Record):
    """A stored name with how near it comes: `score` of 100, and `slips` (letters wrong, missing, too many,
    or two swapped)."""

    score: int
    slips: int
    key: str
    found: FoundName

    @property
    def drug(self) -> tuple[str, str]:
        """The kind and id of what bears the name."""
        return self.found.kind, self.found.id

    @property
    def written(self) -> str:
        """The name as its source writes it."""
        return self.found.matched["name"]

    @property
    def is_code(self) -> bool:
        """Whether it is a code or a number, and not a word."""
        kind = self.found.matched["kind"]
        return kind not in SPELT_KINDS and (kind != "mentioned" or any(c.isdigit() for c in self.key))


def parts_of(key: str) -> list[str]:
    """The three letters that stand at each place of a key, as resemblance is looked for."""
    whole = f"{_EDGE}{key}{_EDGE}"
    return [whole[i : i + _PART] for i in range(len(whole) - _PART + 1)]


def suggest(
    library: Library, query: str, kinds: Sequence[str] = ALL_KINDS, *, mentioned: bool = True, distant: bool = False
) -> list[Suggestion]:
    """Names that come near the query, best first, one a drug; `mentioned` ones only where they would be found too.
    With `distant`, where none is near: those that a short word resembles less, for who asked for resemblance."""
    key = "".join(c for c in normalise(query) if c.isprintable())
    names = resembling(library, key)
    near = [name for name in names if _is_near(key, name)]
    begun = [name for name in names if _goes_on(key, name)]
    if len({name.drug for name in begun}) <= MAX_SUGGESTIONS and key not in words_for_salts(library):
        # "potassium" and "beta" are the beginning of many names, and none of them is what is meant.
        near += begun
    if not near and distant:
        near = [name for name in names if _is_distant(key, name)]
    if len({name.drug for name in near if name.is_code}) > 1:
        # A code that lies as near to codes of several drugs is most likely one of yet another.
        near = [name for name in near if not name.is_code]
    parts = (name.replaced(score=PART_SCORE) for name in _parts(library, key))
    best: dict[tuple[str, str], RankedName] = {}
    for name in (*near, *parts):
        held = best.get(name.drug)
        wanted = name.found.kind in kinds and (mentioned or name.found.matched["kind"] != "mentioned")
        if wanted and (held is None or held.score < name.score):
            best[name.drug] = name
    ordered = sorted(best.values(), key=lambda name: (-name.score, name.written, name.found.id))
    return [
        {"name": name.written, "id": name.found.id, "title": name.found.title, "score": name.score}
        for name in ordered[:MAX_SUGGESTIONS]
    ]


def resembling(library: Library, key: str) -> list[RankedName]:
    """All names, of whatever kind, that share enough letters with this key to be looked at, the nearest first."""
    if len(key) < 2 or len(key) > MAX_NAME_LENGTH:
        return []
    names = _compared(library, key, _candidates(library, key))
    return sorted(names, key=lambda name: (name.slips, -name.score, name.written))


def _compared(library: Library, key: str, candidates: Sequence[str], lowest: int = MIN_SCORE) -> Iterator[RankedName]:
    """The candidates that score enough, or that go on from the key, with what they name."""
    from rapidfuzz.distance import OSA
    from thefuzz import fuzz  # type: ignore[import-untyped]

    for candidate in candidates:
        score, slips = fuzz.ratio(key, candidate), OSA.distance(key, candidate)
        if score < lowest and not candidate.startswith(key):
            continue
        for found in held_under(library, candidate)[:1]:
            yield RankedName(max(score, MIN_SCORE), slips, candidate, found)


def _is_near(key: str, name: RankedName) -> bool:
    """Whether the name may well be meant: few slips for its length."""
    if name.is_code:
        return name.slips == 1 and (len(name.key) != len(key) or name.found.matched["kind"] in _SPARSE_CODES)
    longest = max(len(key), len(name.key))
    allowed = next(slips for letters, slips in _SLIPS if longest >= letters)
    if key[0] != name.key[0]:
        allowed = 1
    return longest >= _SHORTEST_SLIP and name.slips <= allowed and not is_another(key, name.key)


def _goes_on(key: str, name: RankedName) -> bool:
    """Whether the name goes on from what was typed."""
    shortest = _SHORTEST_PART_OF_CODE if name.is_code else _SHORTEST_PREFIX
    whole_word = not name.is_code and name.key.startswith(key + " ")
    return name.key.startswith(key) and (len(key) >= shortest or whole_word)


def _is_distant(key: str, name: RankedName) -> bool:
    few = len(key) <= _DISTANT_LONGEST and name.slips <= _DISTANT_SLIPS and key[0] == name.key[0]
    return few and not name.is_code and not is_another(key, name.key)


def is_another(key: str, other: str) -> bool:
    """Whether the names differ in what is no slip of spelling but names another drug: a number, or a short word
    (interleukin-1 and -2, interferon alfa-2a and -2b, penicillin G and V)."""
    numbers = _NUMBER.findall(key), _NUMBER.findall(other)
    if all(numbers) and numbers[0] != numbers[1]:
        return True
    ours, theirs = key.split(" "), other.split(" ")
    pairs = zip(ours, theirs, strict=True) if len(ours) == len(theirs) else ()
    return any(a != b and min(len(a), len(b)) < _SHORTEST_WORD for a, b in pairs)


def _parts(library: Library, key: str) -> Iterator[RankedName]:
    """Exact names that stand whole inside the query ("sulfamethoxazole/trimethoprim")."""
    words = [word for word in _BETWEEN_WORDS.split(key) if word]
    if not 1 < len(words) <= _MOST_WORDS:
        return
    spans = [(i, j) for i in range(len(words)) for j in range(i + 1, len(words) + 1) if j - i < len(words)]
    held = [" ".join(words[i:j]) for i, j in spans]
    held = [part for part in held if len(part) >= _SHORTEST_PART and not part.isdigit()]
    yield from _compared(library, key, held, lowest=0)


def _candidates(library: Library, key: str) -> list[str]:
    """Stored keys that share parts of three letters with this one, most alike first."""
    parts = sorted(set(parts_of(key)))[:_MOST_PARTS]
    return [candidate for pack in library.packs for candidate in _of_pack(pack, parts)]


def _of_pack(pack: Pack, parts: Sequence[str]) -> list[str]:
    count, average = pack.indexed(PARTS_OF_NAMES)
    found = [pack.postings(PARTS_OF_NAMES, part) for part in parts]
    return pack.spelt(alike([part for part in found if part], count, average, _CANDIDATES))
