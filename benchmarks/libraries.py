"""Installations to measure: the bundled library, and made-up libraries of any size in the same form.

    python -m benchmarks.libraries FOLDER [MONOGRAPHS NAMES]

makes one. The benchmarks call it as a process of its own: a process that has held a million names would be taken for
part of the memory of every program that it starts.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.timing import ENTRY

if TYPE_CHECKING:
    from monocli.library.documents import Documents

ROOT = Path(__file__).resolve().parent.parent


class Size(NamedTuple):
    """How large a library is: the bundled one, and so many made-up monographs and names beside it."""

    monographs: int
    names: int

    def __str__(self) -> str:
        return f"{self.monographs:,} monographs, {self.names:,} names" if self.monographs else "bundled"


BUNDLED = Size(0, 0)
SMALL, LARGE, HUGE = Size(600, 20_000), Size(6_000, 200_000), Size(25_000, 1_000_000)
_SYLLABLES = (
    "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qui", "ro", "su", "ta", "ve", "wi", "xo",
    "zu", "bra", "cle", "dri", "flo", "gru", "pli", "stra", "tro", "vla", "zyn",
)  # fmt: skip
_ENDINGS = ("mab", "nib", "zole", "vir", "pril", "olol", "statin", "mycin", "oxacin", "sartan", "tide", "azepam")


def installed(site: Path, size: Size) -> Path:
    """The package with a library of this size, made by a process of its own."""
    subprocess.run([sys.executable, "-m", "benchmarks.libraries", site, *map(str, size)], cwd=ROOT, check=True)
    return site


def install(site: Path, documents: Documents) -> Path:
    """The package with these records as its compiled library, laid out as a wheel lays it."""
    from monocli.library.compiling import compile_to, fill

    shutil.copytree(ROOT / "src" / "monocli", site / "monocli", ignore=shutil.ignore_patterns("__pycache__"))
    compile_to(site / "monocli" / "_library" / "library.sqlite", lambda c: fill(c, documents, "benchmark"))
    (site / "mono_entry.py").write_text(ENTRY)
    return site


def bundled() -> Documents:
    """The library of this checkout."""
    from monocli.library.loading import of_checkout

    return of_checkout(ROOT / "data", None)


def enlarged(monographs: int, names: int) -> Documents:
    """The bundled library, and so many made-up monographs and names beside it. The same for the same numbers."""
    from monocli.library.documents import Document

    documents = bundled()
    rng = random.Random(20261122)
    seen: set[str] = set()
    each = names // monographs
    for number in range(monographs):
        title = _word(rng, seen).capitalize()
        record: dict[str, Any] = {
            "id": f"made-up-{number}",
            "title": title,
            "source": "martindale-2009",
            "names": [
                {"name": _word(rng, seen), "kind": "synonym", "source": "martindale-2009"} for _ in range(each - 1)
            ],
            "sections": [_section(rng, title, index) for index in range(4)],
        }
        documents.items.append(Document("monographs", record["id"], record))
    return documents


def _word(rng: random.Random, seen: set[str]) -> str:
    while True:
        word = "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 5))) + rng.choice(_ENDINGS)
        if word not in seen:
            seen.add(word)
            return word


def _section(rng: random.Random, title: str, index: int) -> dict[str, Any]:
    words = ("nausea", "oedema", "rash", "headache", "fever", "tremor", "anaemia", "cough", "vertigo", "pruritus")
    statements = [
        {
            "text": f"{title} may be followed by {rng.choice(words)} and {rng.choice(words)}.",
            "source": "martindale-2009",
        }
        for _ in range(5)
    ]
    return {
        "id": f"section-{index}",
        "title": f"Section {index}",
        "statements": statements,
        "source": "martindale-2009",
    }


if __name__ == "__main__":
    site, size = Path(sys.argv[1]), Size(*map(int, sys.argv[2:4])) if len(sys.argv) > 2 else BUNDLED
    install(site, enlarged(*size) if size.monographs else bundled())
