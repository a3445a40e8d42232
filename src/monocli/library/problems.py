"""What is wrong with library data, said so that a person can mend it: file, line, column, key path, what was
expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Path = tuple[str | int, ...]
_SHORT_LIST = 12


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend. Line and column count from 1; `path` is the keys that lead there
    ("sections[2].statements[0].text")."""

    file: str
    line: int
    column: int
    path: str
    message: str
    code: str = "invalid"

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}"
        return f"{where}: {self.path}: {self.message}" if self.path else f"{where}: {self.message}"

    def as_json(self) -> dict[str, str | int]:
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "path": self.path,
            "code": self.code,
            "message": self.message,
        }


def nearest(word: str, known: Iterable[str]) -> str:
    """What is added to the message on a word that is not known: the known one that is near, if any is."""
    from difflib import get_close_matches

    found = get_close_matches(word.casefold(), sorted(known), 1, 0.75)
    return f"; did you mean {found[0]}?" if found else ""


def among(word: str, known: Iterable[str]) -> str:
    """The same for a word of a closed list, which is shown where it is short."""
    words = sorted(known)
    return f": {', '.join(words)}" if 0 < len(words) <= _SHORT_LIST else nearest(word, words)


def path_text(path: Path) -> str:
    """Key path as people write it: `sections[2].statements[0].text`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
