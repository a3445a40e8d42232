"""Which sources an answer cites, read off the answer itself."""

from __future__ import annotations

from typing import Any

OWN = "mono-decisions"
"""The source of what is this program's own decision and stands in no other."""
_NAMES_ONE = frozenset({"source", "action_source"})
_NAMES_SOME = "sources"
"""The keys under which the JSON of every command writes ids of sources: one id, and a list of ids or of records."""


def cited(*parts: Any) -> set[str]:
    """The ids of all sources that these parts of an answer name, however deep."""
    found: set[str] = set()
    waiting = list(parts)
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            for key, value in part.items():
                if isinstance(value, str):
                    if key in _NAMES_ONE:
                        found.add(value)
                elif value:
                    waiting.append(value)
                    if key == _NAMES_SOME:
                        found.update(item for item in value if isinstance(item, str))
        elif isinstance(part, (list, tuple)):
            waiting += [item for item in part if isinstance(item, (dict, list, tuple))]
    return found
