"""JSON that someone else wrote, read within bounds: a value, or a sentence that says what is wrong with it."""

from __future__ import annotations

import json
from typing import TypeAlias

MAX_CHARACTERS = 32 << 20
"""Characters of the longest document that is read whole."""
Json: TypeAlias = "dict[str, Json] | list[Json] | str | bool | None"
"""Numbers stay the text that they were written as."""


class NotJson(ValueError):
    """The text is no JSON, or none that is read; the message says where and why."""


def parsed(text: str) -> Json:
    """The value of a text. A key that stands twice is an error: which of the two counts is not for us to say."""
    try:
        return _DECODER.decode(text.strip())  # type: ignore[no-any-return]
    except NotJson:
        raise
    except json.JSONDecodeError as error:
        raise NotJson(f"{error.msg}, line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise NotJson("nested too deeply") from error


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise NotJson(f"the key {twice[:50]!r} stands twice in one object")
    return value


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str)


def mapping(value: Json) -> dict[str, Json]:
    """The value where it is an object; an empty one where it is anything else."""
    return value if isinstance(value, dict) else {}


def items(value: Json) -> list[Json]:
    """The values of a list; a single value counts as a list of one, as some systems write it."""
    return value if isinstance(value, list) else [] if value is None else [value]


def words(value: Json) -> str | None:
    """The text where it is one with anything in it."""
    return value.strip() if isinstance(value, str) and value.strip() else None
