"""How names are compared: exactly, after normalisation. A name that only resembles another is never equal to it.

Normalisation folds what people type differently without meaning anything else: case, accents, Unicode form (full-width,
ligatures), the signs of trade marks, kinds of space, dash and apostrophe, Greek letters written out, the stop of "St.",
and characters that cannot be seen.
"""

from __future__ import annotations

import re

_GAPS = str.maketrans(dict.fromkeys("-_\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212", " "))
"""What is a gap as a space is one."""
_STOP_OF_SAINT = r"\bst\.(?= )"
_SHORT = 3
"""Letters of a unit up to which it is a sign (lbs) and no word."""
MAX_NAME_LENGTH = 500
"""Longer text is not a name: it is reported as not recognised without being looked for."""


def normalise(name: str) -> str:
    """The key by which a name is stored and found; empty where nothing of it can be seen.

    Spaces and dashes are one gap, so "STI-571" and "STI 571" agree while "STI571" is another spelling.
    """
    if name.isascii():
        return _spaced(name.replace("`", "'").casefold())
    from monocli.engine.letters import folded

    return _spaced(folded(name))


def _spaced(text: str) -> str:
    """Folded text with one space for every gap, and "st" for "st."."""
    spaced = " ".join(text.translate(_GAPS).split())
    return re.sub(_STOP_OF_SAINT, "st", spaced) if "st." in spaced else spaced


def numbered(number: str, unit: str) -> str:
    """A number with what it counts; one of a word such as "weeks" without its plural: "1 week", "0.5 weeks"."""
    word = unit.isalpha() and unit.islower() and len(unit) > _SHORT and unit.endswith("s")
    return f"{number} {unit[:-1] if word and number == '1' else unit}"


def with_unit(number: str, unit: str) -> str:
    """A number and its unit; a power of ten at the head of the unit is multiplied with it."""
    return f"{number} {'× ' if unit.startswith('10^') else ''}{unit}".strip()


def with_article(noun: str) -> str:
    """A noun with its article: "a mass", "an amount of substance"."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def visible(text: str, limit: int = 200) -> str:
    """Text that came from outside, fit to be shown: control, format and lone surrogate characters become "�", overlong
    text is cut.

    The cut is marked with the number of characters left out, so that nothing seems complete that is not.
    """
    shown = text[:limit]
    if not shown.isprintable():
        from monocli.engine.letters import without_controls

        shown = without_controls(shown)
    return shown if len(text) <= limit else f"{shown}… ({len(text) - limit} more characters)"
