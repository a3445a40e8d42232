"""How much is that in another unit?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.answers import BAD_INPUT, Answer, Refusal
from monocli.engine.inputs import OF
from monocli.engine.names import visible
from monocli.engine.units import Converter, Registry
from monocli.library.kinds import UNITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monocli.engine.units import Selection
    from monocli.library.store import Library
    from monocli.records.output.units import UnitsListing


def registry(library: Library) -> Registry:
    """Every unit of the library."""
    return Registry(library.documents(UNITS))


def converter(
    library: Library, to: Sequence[str] = (), of: str | None = None, weight: str | None = None
) -> Converter | Refusal:
    """What converts quantities into these units (none: every unit of the substance). `of` is the exact name of the
    substance, where the units do not say it; `weight` a body weight as typed, for amounts per kg.

    Refusals: `unknown-substance`, `substance-needed` where several go by that name.
    """
    known = registry(library)
    selection = _selection(library, known, of) if of is not None else None
    return selection if isinstance(selection, Refusal) else Converter(known, to, selection, weight)


def listing(library: Library) -> Answer[UnitsListing]:
    """What can be converted."""
    from monocli.engine.units.catalogue import catalogue

    return catalogue(registry(library))


def _selection(library: Library, known: Registry, name: str) -> Selection | Refusal:
    """The substance of that name: as the records of units call it, else by any exact name in the library."""
    found = known.substances(name)
    if len(found) == 1:
        return found[0]
    if found:
        choices = tuple(selection.title for selection in found)
        return Refusal("substance-needed", f"{visible(name)!r} is more than one substance", None, choices, BAD_INPUT)
    from monocli.library.resolving import resolve

    resolution = resolve(library, name, ("monograph", "agent"))
    matched = resolution["matched"]
    for other in (matched.get("of"), matched["name"]) if matched is not None else ():
        # A number or a foreign name may be that of the salt: then the amount is one of the salt.
        found = known.substances(other) if other is not None else []
        if len(found) == 1:
            return found[0]
    if resolution["id"] is not None:
        return known.of_monograph(resolution["id"], resolution["title"] or resolution["id"])
    suggestions = tuple(resolution["suggestions"])
    return Refusal(
        "unknown-substance", f"{visible(name)!r} is not recognised", f"{OF} takes an exact name", suggestions
    )
