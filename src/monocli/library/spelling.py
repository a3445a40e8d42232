"""Which words of a short closed list (options, commands, ids) a misspelt one may have been meant for."""

from __future__ import annotations

from collections.abc import Iterable

_SLIPS, _LONG = 2, 8
"""Letters that may be wrong in a word of so many; one in a shorter one, so that `--crcl` is no `--color`."""
_SHORTEST_BEGINNING = 3


def near_spellings(typed: str, names: Iterable[str]) -> list[str]:
    """Those of some words that are spelt nearly as what was typed, or begin with it."""
    from rapidfuzz.distance import OSA

    letters = len(typed.strip("-"))
    allowed = _SLIPS if letters >= _LONG else 1
    slips = {name: OSA.distance(typed, name) for name in names}
    near = [n for n in slips if slips[n] <= allowed or (letters >= _SHORTEST_BEGINNING and n.startswith(typed))]
    return sorted(near, key=lambda name: slips[name])
