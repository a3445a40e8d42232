"""What several questions do with a name before anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.ambiguous import NOTHING_NEAR, ambiguous_name
from monocli.engine.answers import Refusal
from monocli.engine.names import visible
from monocli.library.kinds import MONOGRAPHS, Kind
from monocli.library.readings import ALL_KINDS
from monocli.library.resolving import Ambiguous, find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from monocli.library.store import Library
    from monocli.records.library import Word
    from monocli.records.monograph import MonographFile
    from monocli.records.words import PartyKind


def find_monograph(library: Library, name: str) -> MonographFile | Refusal:
    """The whole monograph that bears exactly this name; `unknown-name`, or `no-monograph` for a drug known only as a
    partner."""
    drug = find(library, name, mentioned=True)
    if drug is None or isinstance(drug, Ambiguous):
        return unknown_name(library, name, ("monograph",))
    if drug.matched["kind"] == "mentioned":
        message = f"{drug.matched['name']} is only mentioned in the monograph of {drug.title}; it has none of its own"
        return Refusal("no-monograph", message, hint=f'See "mono show {drug.id}".')
    if drug.kind != "monograph":
        known_as = "a class" if drug.kind == "class" else "a partner"
        message = f"{drug.title} is known here only as {known_as} in interactions; it has no monograph"
        return Refusal("no-monograph", message, hint=f'See "mono interactions {drug.id}".')
    record = library.document(MONOGRAPHS, drug.id)
    assert record is not None
    return record


def one_or_all(
    library: Library,
    name: str | None,
    kind: Kind[MonographFile],
    within: Callable[[], Iterable[str] | None] = lambda: None,
) -> list[MonographFile] | Refusal:
    """The monograph of this name; without one, those of the ids `within`, or all: whole, or as cards with no more than
    titles of sections."""
    if name is None:
        ids = within()
        if ids is None:
            return library.documents(kind)
        return [record for id in sorted(ids) if (record := library.document(kind, id)) is not None]
    monograph = find_monograph(library, name)
    return monograph if isinstance(monograph, Refusal) else [monograph]


def unknown_name(library: Library, name: str, kinds: tuple[PartyKind, ...] = ALL_KINDS) -> Refusal:
    """The refusal of a name that the library does not know, or that several drugs bear."""
    borne = find(library, name, mentioned=True)
    if isinstance(borne, Ambiguous):
        return ambiguous_name(name, borne.choices)
    from monocli.library.suggesting import suggest

    suggestions = suggest(library, name, kinds)
    hint = "A suggestion resembles what was typed; nothing was answered for it." if suggestions else NOTHING_NEAR
    return Refusal("unknown-name", f"not recognised: {visible(name)!r}", hint=hint, suggestions=tuple(suggestions))


def standard_sections(library: Library) -> list[Word]:
    """The sections that a monograph of the core source has."""
    return library.vocabulary("standard_sections")


def section_folding(library: Library) -> Callable[[str], str]:
    """How titles of sections are compared: as search compares text, so that UK and US spelling are one."""
    from monocli.library.folding import folding_of

    return folding_of(library).text
