"""From a name as typed to the drug that it names: exactly, or not at all, with suggestions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from monocli.engine.names import MAX_NAME_LENGTH, normalise, visible

if TYPE_CHECKING:
    from monocli.library.store import Library
    from monocli.records.resolution import Resolution, Suggestion

ALL_KINDS = ("monograph", "agent", "class")
MAX_SUGGESTIONS = 5
MIN_SCORE = 60
FUZZY_SCORE = 85
FUZZY_LEAD = 6
"""A near match is unambiguous where it scores `FUZZY_SCORE` of 100 and the next drug scores `FUZZY_LEAD` less."""
_CANDIDATES = 400
_INEXACT_KINDS = (
    "title",
    "BAN",
    "BANM",
    "rINN",
    "rINNM",
    "USAN",
    "INN",
    "US name",
    "synonym",
    "brand",
    "variant",
    "salt",
)
"""Kinds of name that may be met by resemblance (`--fuzzy`). Codes and registry numbers are never."""


def resolve(library: Library, query: str, kinds: Sequence[str] = ALL_KINDS, *, mentioned: bool = False) -> Resolution:
    """The drug, agent or class that bears exactly this name (after normalisation), to act on it.

    A substance that a monograph only mentions is not that monograph's drug: it is found only with `mentioned`, and else
    `mentioned_in` says where. A number without the name of its registry is not acted on: only `lookup` answers it.
    """
    row = find(library, query, kinds, mentioned=mentioned) if not normalise(query[:MAX_NAME_LENGTH]).isdigit() else None
    if row is None:
        elsewhere = None if mentioned else find(library, query, ("monograph",), mentioned=True)
        nothing: Resolution = {
            "query": visible(query),
            "status": "unknown",
            "id": None,
            "title": None,
            "matched": None,
            "suggestions": suggest(library, query, kinds, mentioned=mentioned),
        }
        if elsewhere is not None and elsewhere[3]["kind"] == "mentioned":
            nothing["mentioned_in"] = elsewhere[1]
        return nothing
    kind, target, title, matched = row
    return {
        "query": visible(query),
        "status": kind,
        "id": target,
        "title": title,
        "matched": matched,
        "suggestions": [],
    }


def find(
    library: Library, query: str, kinds: Sequence[str] = ALL_KINDS, *, mentioned: bool = False
) -> tuple[str, str, str, dict[str, Any]] | None:
    """(kind, id, title, matched) of an exact name, or None."""
    key = normalise(query) if len(query) <= MAX_NAME_LENGTH else ""
    if not key or not key.isprintable():
        return None
    rows = library.rows("SELECT kind, target, title, matched FROM name WHERE key = ? ORDER BY rank", (key,))
    for kind, target, title, matched in rows:
        record = json.loads(matched)
        if kind in kinds and (mentioned or record["kind"] != "mentioned"):
            return kind, target, title, record
    return None


def suggest(
    library: Library, query: str, kinds: Sequence[str] = ALL_KINDS, *, mentioned: bool = True
) -> list[Suggestion]:
    """Names that resemble the query, best first, one a drug; `mentioned` ones only where they would be found too."""
    ranked = _ranked(library, query, kinds)
    return [item for item, kind in ranked if mentioned or kind != "mentioned"][:MAX_SUGGESTIONS]


def near_match(library: Library, query: str, kinds: Sequence[str]) -> tuple[str, str, str, dict[str, Any]] | None:
    """The one drug that the query resembles beyond doubt, or None. Never by a code or number, never for a query with a
    digit."""
    if any(c.isdigit() for c in query):
        return None
    ranked = _ranked(library, query, kinds)
    if not ranked or ranked[0][0]["score"] < FUZZY_SCORE or ranked[0][1] not in _INEXACT_KINDS:
        return None
    if len(ranked) > 1 and ranked[1][0]["score"] > ranked[0][0]["score"] - FUZZY_LEAD:
        return None
    return find(library, ranked[0][0]["name"], kinds)


def _ranked(library: Library, query: str, kinds: Sequence[str]) -> list[tuple[Suggestion, str]]:
    """(suggestion, kind of name), one for each drug, best first."""
    key = "".join(c for c in normalise(query) if c.isprintable())
    if len(key) < 2 or len(key) > MAX_NAME_LENGTH:
        return []
    from thefuzz import fuzz  # type: ignore[import-untyped]

    best: dict[tuple[str, str], tuple[Suggestion, str]] = {}
    for candidate in _candidates(library, key):
        score = fuzz.ratio(key, candidate)
        if key.startswith(candidate + " "):
            score = max(score, FUZZY_SCORE - 1)
        elif candidate.startswith(key):
            score = max(score, MIN_SCORE)
        if score < MIN_SCORE:
            continue
        sql = "SELECT kind, target, title, matched FROM name WHERE key = ? ORDER BY rank LIMIT 1"
        for kind, target, title, matched in library.rows(sql, (candidate,)):
            record = json.loads(matched)
            suggestion: Suggestion = {"name": record["name"], "id": target, "title": title, "score": score}
            held = best.get((kind, target))
            if kind in kinds and (held is None or held[0]["score"] < score):
                best[kind, target] = (suggestion, record["kind"])
    return sorted(best.values(), key=lambda item: (-item[0]["score"], item[0]["name"], item[0]["id"]))


def _candidates(library: Library, key: str) -> list[str]:
    """Stored keys that share parts of three letters with this one, most alike first."""
    parts = sorted({key[i : i + 3] for i in range(len(key) - 2)})
    if not parts:
        rows = library.rows(
            "SELECT DISTINCT key FROM name WHERE key >= ? AND key < ? LIMIT 20", (key, key + "\U0010ffff")
        )
        return [row[0] for row in rows]
    query = " OR ".join('"' + part.replace('"', '""') + '"' for part in parts[:40])
    sql = "SELECT key FROM trigram WHERE trigram MATCH ? ORDER BY rank LIMIT ?"
    return [row[0] for row in library.rows(sql, (query, _CANDIDATES))]
