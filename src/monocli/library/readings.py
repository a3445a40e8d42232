"""Other ways of writing a name that is stored: a number under the name of its registry, a salt at its end or by another
of its words, the parts of a combination in any order.

Each leads to one record that the library holds, or to nothing; none of them goes by resemblance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from typing import TYPE_CHECKING

from monocli.engine.names import normalise
from monocli.library.kinds import COMBINATIONS
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.library.store import Library
    from monocli.records.library import Word
    from monocli.records.output.lookups import Matched
    from monocli.records.words import PartyKind


class FoundName(Record):
    """What a name leads to, and the name that matched."""

    kind: PartyKind
    id: str
    title: str
    matched: Matched


# Patterns are compiled when they are needed (`re` keeps them): most names are stored as they are typed.
ALL_KINDS: tuple[PartyKind, ...] = ("monograph", "agent", "class")
CODE_KINDS = ("code", "brand", "mentioned")
"""Kinds of name, besides the numbers of registries, that bear no salt."""
JOINED = r"\s*(?:[/+&,;]|\b(?:and|with|plus)\b)\s*"
"""What stands between the parts of a combination; a dash is a space by then."""
_MOST_PARTS = 6
_SHORTEST_BASE = 4
"""A shorter name with a salt is hardly one: an initial, an abbreviation."""
_MOST_WORDS = 12
_SALT_IN_BRACKETS = r"([^()]+) \((?:as )?(?:the )?([^()]+)\)"
_BEFORE_LABEL = r"(?:(?:code|number|numero|no|nr|n°)\.?\s+)?"
_BEFORE_NUMBER = r"(?:[\s:#=]|(?:no|nr|number|code|id|rn|registry|cui)(?:\.|(?=[\s:#=])))*"
_AFTER_NUMBER = " .,;"


def claims(library: Library, key: str, kinds: Sequence[str], *, mentioned: bool = False) -> list[FoundName]:
    """What bears a key as it is stored, each drug once; more than one where several bear the name."""
    drugs: dict[tuple[str, str], FoundName] = {}
    for held in held_under(library, key):
        if held.kind in kinds and (mentioned or held.matched["kind"] != "mentioned"):
            drugs.setdefault((held.kind, held.id), held)
    return list(drugs.values())


def stored(library: Library, key: str, kinds: Sequence[str], *, mentioned: bool = False) -> FoundName | None:
    """The one drug that bears a key as it is stored; None where there is none, or several."""
    drugs = claims(library, key, kinds, mentioned=mentioned)
    return drugs[0] if len(drugs) == 1 else None


def held_under(library: Library, key: str) -> list[FoundName]:
    """All that bears a key, what is meant most first."""
    return [FoundName(kind, id, title, matched) for kind, id, title, matched in library.named(key)]


def read_otherwise(library: Library, key: str, kinds: Sequence[str]) -> FoundName | None:
    """What a key that is not stored leads to by one of the rules of this module, or None."""
    return (
        _labelled(library, key, kinds)
        or _salted(library, key, kinds)
        or _salt_rewritten(library, key, kinds)
        or _combined(library, key, kinds)
    )


def _labelled(library: Library, key: str, kinds: Sequence[str]) -> FoundName | None:
    """A number with the name of its registry before it ("CAS: 220127-57-1"). Under any other registry it is not
    found."""
    written = key[re.match(_BEFORE_LABEL, key).end() :]  # type: ignore[union-attr]
    for label, system in _labels(library):
        rest = written.removeprefix(label)
        if rest == written or not rest:
            continue
        number = rest[re.match(_BEFORE_NUMBER, rest).end() :].rstrip(_AFTER_NUMBER)  # type: ignore[union-attr]
        for key in (number, f"{normalise(system)} {number}", f"{label}{number}", f"{label}:{number}"):
            numbered = stored(library, key, kinds)
            if numbered is not None and numbered.matched["kind"] == system:
                return numbered
    return None


@lru_cache(maxsize=2)
def _labels(library: Library) -> list[tuple[str, str]]:
    """(what a registry is called, its id), the longest first, so that "ATC Vet" is not read as "ATC"."""
    words = library.vocabulary("identifier_systems")
    named = {(normalise(name), word["id"]) for word in words for name in _wordings(word)}
    return sorted(named, key=lambda pair: (-len(pair[0]), pair))


def _wordings(word: Word) -> Iterator[str]:
    yield from (word["id"], *word.get("aliases", []))
    if word.get("label"):
        yield word["label"]


def _salted(library: Library, key: str, kinds: Sequence[str]) -> FoundName | None:
    """A partner with the words of a salt after it or before it ("phenytoin sodium", "sodium valproate").

    A word that is a drug by itself is never left off, and a word for a salt is never what remains. A monograph's drug
    has the salts that its source names, and no others.
    """
    if "agent" not in kinds or " " not in key:
        return None
    words, salts = key.split(" "), words_for_salts(library)
    for base, salt in _salt_left_off(words, salts):
        partner = stored(library, " ".join(base), ("agent",)) if len(" ".join(base)) >= _SHORTEST_BASE else None
        if partner is None:
            continue
        if partner.matched["kind"] in {*CODE_KINDS, *(system for _, system in _labels(library))}:
            return None
        if any(library.packs[0].named(word) for word in salt):
            return None
        name = partner.matched["name"]
        whole = f"{name} {' '.join(salt)}" if words[: len(base)] == base else f"{' '.join(salt)} {name}"
        return _varied(partner, whole, name, f"the salt left off: {' '.join(salt)}")
    return None


def _salt_rewritten(library: Library, key: str, kinds: Sequence[str]) -> FoundName | None:
    """A name whose salt stands in brackets ("metoprolol (as tartrate)") or is written by another of its words
    ("imatinib methanesulfonate"). With brackets it is the drug before them that an amount is of."""
    bracketed = re.fullmatch(_SALT_IN_BRACKETS, key)
    if set(key.split(" ")) <= words_for_salts(library):
        # "Sodium phosphate" is several salts, and which of them no other writing says.
        return None
    bare = bracketed is not None and set(bracketed[2].split(" ")) <= words_for_salts(library)
    plain = f"{bracketed[1]} {bracketed[2]}" if bracketed and bare else key
    words, writings = plain.split(" "), [plain] if bare else []
    alike = _alike_salts(library)
    for at, word in enumerate(words):
        writings += [" ".join((*words[:at], other, *words[at + 1 :])) for other in alike.get(word, ())]
    for writing in writings:
        drug = stored(library, writing, kinds) or _salted(library, writing, kinds)
        if drug is not None:
            name = bracketed[1] if bracketed else drug.matched.get("of", drug.matched["name"])
            return _varied(drug, key, name, "the salt written in another way")
    return None


def _varied(drug: FoundName, name: str, of: str, note: str) -> FoundName:
    """A drug under another way of writing one of its names, by the source of that name."""
    matched: Matched = {"name": name, "kind": "variant", "of": of, "note": note, "source": drug.matched["source"]}
    return drug.replaced(matched=matched)


def words_for_salts(library: Library) -> Set[str]:
    """Every word for a salt, as keys."""
    return _alike_salts(library).keys()


@lru_cache(maxsize=2)
def _alike_salts(library: Library) -> dict[str, list[str]]:
    """For each word for a salt all the words for it, as keys."""
    alike: dict[str, list[str]] = {}
    for salt in library.vocabulary("salts"):
        names = [normalise(name) for name in (salt["id"], *salt.get("aliases", []))]
        for name in names:
            alike[name] = [*alike.get(name, []), *names]
    return alike


def _salt_left_off(words: list[str], salts: Set[str]) -> Iterator[tuple[list[str], list[str]]]:
    """(what remains, words of the salt), the fewest words left off first."""
    end = len(words)
    while end > 1 and words[end - 1] in salts:
        end -= 1
        if not set(words[:end]) <= salts:
            yield words[:end], words[end:]
    if words[0] in salts and not set(words[1:]) <= salts:
        yield words[1:], words[:1]


def _combined(library: Library, key: str, kinds: Sequence[str]) -> FoundName | None:
    """A combination by its parts, in any order and joined in any usual way ("ritonavir/lopinavir")."""
    if "agent" not in kinds:
        return None
    parts = [part for part in re.split(JOINED, key) if part]
    for targets in [_targets(library, parts)] if len(parts) > 1 else _cut_into_names(library, key.split(" ")):
        made_of = library.document(COMBINATIONS, "+".join(sorted(targets))) if len(targets) > 1 else None
        if made_of is not None and len(made_of) == 1:
            (combination,) = made_of
            name = combination["name"]
            note = "its parts in another order, or joined in another way"
            matched: Matched = {
                "name": key,
                "kind": "variant",
                "of": name,
                "note": note,
                "source": combination["source"],
            }
            return FoundName("agent", combination["id"], name, matched)
    return None


def _targets(library: Library, parts: list[str]) -> frozenset[str]:
    """Ids of the drugs that the parts name; none where a part names none."""
    if len(parts) > _MOST_PARTS:
        return frozenset()
    kinds = ("monograph", "agent")
    drugs = [stored(library, part, kinds) or _salted(library, part, kinds) for part in parts]
    return frozenset(drug.id for drug in drugs if drug) if all(drugs) else frozenset()


def _cut_into_names(library: Library, words: list[str]) -> Iterator[frozenset[str]]:
    """The same for parts with nothing but gaps between them ("lopinavir-ritonavir")."""
    if not 1 < len(words) <= _MOST_WORDS:
        return
    for cut in range(1, len(words)):
        first = _targets(library, [" ".join(words[:cut])])
        if first:
            rest = words[cut:]
            for others in (_targets(library, [" ".join(rest)]), *_cut_into_names(library, rest)):
                if others:
                    yield first | others
