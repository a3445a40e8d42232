"""What names have beyond ASCII, folded. Most names have nothing of it, and then neither this module nor the tables of
Unicode are loaded."""

from __future__ import annotations

import unicodedata

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ′`´ʹ", "'") | dict.fromkeys("“”″", '"'))
_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_MARKS = str.maketrans("", "", "®™©℠")


def folded(name: str) -> str:
    """A name with plain apostrophes, dashes and letters, in lower case; its gaps are left as they are."""
    text = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES).translate(_MARKS)).translate(_APOSTROPHES)
    text = "".join(_folded(c) for c in text).casefold()
    text = text.translate(_LETTERS_WITHOUT_DECOMPOSITION)
    return "".join(_latin_name_of_greek(c) for c in text)


def without_controls(text: str) -> str:
    """Text with "\ufffd" for every control, format, private, unassigned and lone surrogate character."""
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn") else c for c in text)


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
