"""How names are compared: exactly, after normalisation. A name that only resembles another is never equal to it.

Normalisation folds what people type differently without meaning anything else: case, accents, Unicode form (full-width,
ligatures), the signs of trade marks, kinds of space, dash and apostrophe, Greek letters written out, the stop of "St.",
and characters that cannot be seen.
"""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ′`´ʹ", "'") | dict.fromkeys("“”″", '"'))
_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_MARKS = str.maketrans("", "", "®™©℠")
_GAPS = str.maketrans(dict.fromkeys("-_\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212", " "))
"""What is a gap as a space is one."""
_STOP_OF_SAINT = r"\bst\.(?= )"
MAX_NAME_LENGTH = 500
"""Longer text is not a name: it is reported as not recognised without being looked for."""


def normalise(name: str) -> str:
    """The key by which a name is stored and found; empty where nothing of it can be seen.

    Spaces and dashes are one gap, so "STI-571" and "STI 571" agree while "STI571" is another spelling.
    """
    if name.isascii():
        return _spaced(name.replace("`", "'").casefold())
    text = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES).translate(_MARKS)).translate(_APOSTROPHES)
    text = "".join(_folded(c) for c in text).casefold()
    text = text.translate(_LETTERS_WITHOUT_DECOMPOSITION)
    text = "".join(_latin_name_of_greek(c) for c in text)
    return _spaced(text)


def _spaced(text: str) -> str:
    """Folded text with one space for every gap, and "st" for "st."."""
    spaced = " ".join(text.translate(_GAPS).split())
    return re.sub(_STOP_OF_SAINT, "st", spaced) if "st." in spaced else spaced


def _folded(character: str) -> str:
    """Nothing of accents and of what cannot be seen, one dash for every dash; any other character as it is."""
    category = unicodedata.category(character)
    return "" if category in ("Mn", "Cf") else "-" if category == "Pd" else character


def _latin_name_of_greek(character: str) -> str:
    """ "α" → "alpha"; any other character as it is."""
    if not "\u0370" <= character <= "\u03ff":
        return character
    name = unicodedata.name(character, "")
    return name.split()[3].casefold() if name.startswith("GREEK SMALL LETTER ") else character


def visible(text: str, limit: int = 200) -> str:
    """Text that came from outside, fit to be shown: control, format and lone surrogate characters become "�", overlong
    text is cut.

    The cut is marked with the number of characters left out, so that nothing seems complete that is not.
    """
    shown = text[:limit]
    if not shown.isprintable():
        shown = "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn") else c for c in shown)
    return shown if len(text) <= limit else f"{shown}… ({len(text) - limit} more characters)"
