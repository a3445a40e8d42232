"""From a name as typed to the drug that it names: exactly, or not at all, with suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monocli.engine.names import MAX_NAME_LENGTH, normalise, visible
from monocli.library.readings import ALL_KINDS, FoundName, claims, read_otherwise
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.library.store import Library
    from monocli.library.suggesting import RankedName
    from monocli.records.output.common import Suggestion
    from monocli.records.resolution import Resolution

EXACT_SCORE = 100
FUZZY_SCORE = 85
FUZZY_LEAD = 6
"""A near match is unambiguous where it scores `FUZZY_SCORE` of 100 and the next drug scores `FUZZY_LEAD` less."""
SHORTEST_FUZZY = 6
CLEAR_OF_OTHERS = 3
"""A name written with two slips is never taken for another drug that happens to lie one slip away."""


def resolve(library: Library, query: str, kinds: Sequence[str] = ALL_KINDS, *, mentioned: bool = False) -> Resolution:
    """The drug, agent or class that bears exactly this name (after normalisation), to act on it.

    A substance that a monograph only mentions is not that monograph's drug: it is found only with `mentioned`, and else
    `mentioned_in` says where. A number without the name of its registry is not acted on: only `lookup` answers it.
    """
    if (found := exact(library, query, kinds, mentioned=mentioned)) is not None:
        return found
    from monocli.library.suggesting import suggest

    elsewhere = None if mentioned else find(library, query, ("monograph",), mentioned=True)
    nothing: Resolution = {
        "query": visible(query),
        "status": "unknown",
        "id": None,
        "title": None,
        "matched": None,
        "suggestions": suggest(library, query, kinds, mentioned=mentioned),
    }
    if isinstance(elsewhere, FoundName) and elsewhere.matched["kind"] == "mentioned":
        nothing["mentioned_in"] = elsewhere.id
    return nothing


def exact(
    library: Library, query: str, kinds: Sequence[str] = ALL_KINDS, *, mentioned: bool = False
) -> Resolution | None:
    """What bears exactly this name, or the drugs among which it does not choose; None where nothing does. Nothing is
    suggested, which takes far longer."""
    number = normalise(query[:MAX_NAME_LENGTH]).isdigit()
    drug = None if number else find(library, query, kinds, mentioned=mentioned)
    if isinstance(drug, Ambiguous):
        return {
            "query": visible(query),
            "status": "unknown",
            "id": None,
            "title": None,
            "matched": None,
            "suggestions": drug.choices,
            "ambiguous": True,
        }
    if drug is None:
        return None
    return {
        "query": visible(query),
        "status": drug.kind,
        "id": drug.id,
        "title": drug.title,
        "matched": drug.matched,
        "suggestions": [],
    }


class Ambiguous(Record):
    """A name that several drugs bear: which of them is meant is for the one who asks to say."""

    claims: tuple[FoundName, ...]

    @property
    def choices(self) -> list[Suggestion]:
        """The drugs, as suggestions: each is found by its title or its id."""
        return [
            {"name": claim.title, "id": claim.id, "title": claim.title, "score": EXACT_SCORE} for claim in self.claims
        ]


def find(
    library: Library, query: str, kinds: Sequence[str] = ALL_KINDS, *, mentioned: bool = False
) -> FoundName | Ambiguous | None:
    """What bears exactly this name; None where nothing does."""
    key = normalise(query) if len(query) <= MAX_NAME_LENGTH else ""
    if not key or not key.isprintable():
        return None
    found = claims(library, key, kinds, mentioned=mentioned)
    if len(found) > 1:
        return Ambiguous(tuple(found))
    return found[0] if found else read_otherwise(library, key, kinds)


def near_match(library: Library, query: str, kinds: Sequence[str]) -> FoundName | None:
    """The one drug that the query resembles beyond doubt, or None: one slip inside a name that begins alike, and no
    other drug or class within fewer than `CLEAR_OF_OTHERS` slips.

    Never by a code or number, never for a query with a digit, and never for a name that is cut or goes on.
    """
    key = normalise(query)
    if not key.isprintable() or any(c.isdigit() for c in key):
        return None
    from monocli.library.suggesting import is_another, resembling

    names = resembling(library, key)
    if not names or names[0].is_code or names[0].found.kind not in kinds:
        return None
    best = names[0]
    if not _is_one_slip(key, best) or is_another(key, best.key):
        return None
    others = [name for name in names if name.drug != best.drug]
    if any(name.slips < CLEAR_OF_OTHERS or name.score > best.score - FUZZY_LEAD for name in others):
        return None
    # Where several drugs bear the name that is near, none of them is taken.
    return best.found if len(claims(library, best.key, ALL_KINDS)) == 1 else None


def _is_one_slip(key: str, name: RankedName) -> bool:
    alike = key[0] == name.key[0] and len(key) >= SHORTEST_FUZZY
    whole = not key.startswith(name.key) and not name.key.startswith(key)
    return name.slips == 1 and name.score >= FUZZY_SCORE and alike and whole
