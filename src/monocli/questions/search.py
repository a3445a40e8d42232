"""Passages of monographs that hold all of some words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monocli.engine.answers import BAD_INPUT, Answer, Note, Refusal
from monocli.engine.inputs import ask, asked
from monocli.engine.names import normalise, visible
from monocli.library.readings import FoundName
from monocli.library.resolving import find
from monocli.library.searching import MOST_WORDS, passages
from monocli.questions.names import find_monograph

_MOST_SPELT = 5
"""Words that are held against the spelling of names."""

if TYPE_CHECKING:
    from monocli.library.store import Library
    from monocli.records.output.lookups import Search


def search(
    library: Library,
    text: Sequence[str],
    kinds: Sequence[str] = (),
    within: str | None = None,
    limit: int = 0,
) -> Answer[Search] | Refusal:
    """Passages of these kinds (none: all) in one monograph (exact name) or in all; at most `limit`, 0 for all.

    Refusals: `empty-query`, `query-too-long`, `unknown-name`, `no-monograph`, `nothing-found`.
    """
    if not any(character.isalnum() for part in text for character in part):
        message = f"there is no word in {visible(' '.join(text))!r} to search for"
        return Refusal("empty-query", message, hint="Write one or more words.", kind=BAD_INPUT)
    if len(set(" ".join(text).split())) > MOST_WORDS:
        message = f"more than {MOST_WORDS} different words"
        return Refusal("query-too-long", message, hint="Search for fewer words.", kind=BAD_INPUT)
    monograph = None
    if within is not None:
        inside = find_monograph(library, within)
        if isinstance(inside, Refusal):
            return inside
        monograph = inside["id"]
    data = passages(library, text, kinds=list(kinds), monograph=monograph, limit=limit or None)
    if not data["total"]:
        anywhere = passages(library, text, kinds=[], monograph=None, limit=1)["total"]
        return _elsewhere(data, anywhere) if anywhere else _nothing(library, text, data)
    shown = len(data["hits"])
    notes: tuple[Note, ...] = ()
    if shown < data["total"]:
        notes = (Note("more-hits", f"{shown} of {data['total']} hits are shown; {asked('limit')} 0 shows all"),)
    return Answer(data, notes)


def _elsewhere(data: Search, anywhere: int) -> Refusal:
    """No hit of the kinds or in the monograph that was asked for."""
    message = f"no passage of those that were asked for holds all of these words: {visible(data['query'])!r}"
    hint = f"Without {asked('in')} and {asked('kind')} there {'is 1 hit' if anywhere == 1 else f'are {anywhere} hits'}."
    return Refusal("nothing-found", message, hint=hint, data=data)


def _nothing(library: Library, text: Sequence[str], data: Search) -> Refusal:
    """No hit; where a word is another name of a drug (rifampin), the name that the library writes is suggested, and
    where it is spelt nearly as one, that."""
    message = f"no passage of a monograph holds all of these words: {visible(data['query'])!r}"
    words = [" ".join(text), *(word for part in text for word in part.split())]
    drugs = [drug for word in dict.fromkeys(words[:MOST_WORDS]) if isinstance(drug := find(library, word), FoundName)]
    typed = set(map(normalise, words))
    titles = [drug.title for drug in drugs if normalise(drug.title) not in typed]
    partners = list(dict.fromkeys(drug.id for drug in drugs if drug.kind != "monograph"))
    if partners:
        known = " and ".join(f'"{ask("interactions")} {id}"' for id in partners)
        hint = f"This searches monographs. What is recorded of interactions: {known}."
    else:
        from monocli.library.suggesting import suggest

        near = [one["title"] for word in words[:_MOST_SPELT] if not drugs for one in suggest(library, word)]
        hint = "The library writes these names differently." if titles else "Try fewer or other words."
        hint = "A name that is spelt nearly so is suggested." if near else hint
        titles += near
    return Refusal("nothing-found", message, hint=hint, suggestions=tuple(dict.fromkeys(titles)), data=data)
