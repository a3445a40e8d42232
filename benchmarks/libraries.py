"""Installations to measure: the bundled library, and made-up libraries of any size in the same form.

    python -m benchmarks.libraries FOLDER [MONOGRAPHS NAMES SUBSTANCES RULES]

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
    from monocli.library.documents import Document, Documents

ROOT = Path(__file__).resolve().parent.parent


class Size(NamedTuple):
    """How large a library is: the bundled one, and beside it so many made-up monographs and names of theirs, substances
    without a monograph, and rules between classes that these belong to."""

    monographs: int
    names: int
    substances: int
    rules: int

    def __str__(self) -> str:
        if not self.monographs:
            return "bundled"
        return f"{self.monographs:,} monographs, {self.names + self.substances:,} names, {self.rules:,} class rules"


BUNDLED = Size(0, 0, 0, 0)
SMALL, LARGE, HUGE = (
    Size(600, 20_000, 1_000, 500),
    Size(10_000, 80_000, 20_000, 5_000),
    Size(25_000, 900_000, 100_000, 5_000),
)
SOURCE = "martindale-2009"
_CLASSES = 400
_SYLLABLES = (
    "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qui", "ro", "su", "ta", "ve", "wi", "xo",
    "zu", "bra", "cle", "dri", "flo", "gru", "pli", "stra", "tro", "vla", "zyn",
)  # fmt: skip
_ENDINGS = ("mab", "nib", "zole", "vir", "pril", "olol", "statin", "mycin", "oxacin", "sartan", "tide", "azepam")


def installed(site: Path, size: Size) -> Path:
    """The package with a library of this size, made by a process of its own."""
    subprocess.run([sys.executable, "-m", "benchmarks.libraries", site, *map(str, size)], cwd=ROOT, check=True)
    return site


def install(site: Path, size: Size) -> Path:
    """The package with a library of this size, laid out as a wheel lays it."""
    from monocli.library.building import build
    from monocli.library.compiling import compile_to, fill
    from monocli.library.loading import of_checkout
    from monocli.library.opening import TABLES_NAME
    from monocli.library.places import BUNDLED_NAME
    from monocli.library.store import open_file

    shutil.copytree(ROOT / "src" / "monocli", site / "monocli", ignore=shutil.ignore_patterns("__pycache__"))
    packs = site / "monocli" / "_library"
    packs.mkdir()
    build(ROOT / "data", packs, "benchmark")
    if size.monographs:
        beside = open_file(packs / TABLES_NAME)
        documents = enlarged(of_checkout(ROOT / "data", beside), size)
        compile_to(packs / BUNDLED_NAME, lambda c: fill(c, documents, "benchmark", beside=beside))
    (site / "mono_entry.py").write_text(ENTRY)
    return site


def enlarged(documents: Documents, size: Size) -> Documents:
    """A library with made-up records beside its own. The same for the same size."""
    from monocli.library.documents import Document

    rng = random.Random(20261122)
    seen: set[str] = set()
    each = size.names // size.monographs
    for number in range(size.monographs):
        title = _word(rng, seen).capitalize()
        record: dict[str, Any] = {
            "id": f"made-up-{number}",
            "title": title,
            "source": SOURCE,
            "names": [{"name": _word(rng, seen), "kind": "synonym", "source": SOURCE} for _ in range(each - 1)],
            "sections": [_section(rng, title, index) for index in range(4)],
        }
        documents.items.append(Document("monographs", record["id"], record))
    documents.items += [Document("agents", "made-up", _substances(rng, seen, size)), _rules(rng, size)]
    return documents


def _substances(rng: random.Random, seen: set[str], size: Size) -> dict[str, Any]:
    """Substances without a monograph, each of two of the made-up classes."""
    classes = [{"id": f"class-{n}", "name": f"{_word(rng, seen)} class", "source": SOURCE} for n in range(_CLASSES)]
    agents = []
    for number in range(size.substances):
        listed = [{"class": f"class-{n}", "source": SOURCE} for n in rng.sample(range(_CLASSES), 2)]
        agents.append({"id": f"substance-{number}", "name": _word(rng, seen), "source": SOURCE, "classes": listed})
    return {"classes": classes, "agents": agents}


def _rules(rng: random.Random, size: Size) -> Document:
    """Rules between two of the made-up classes each."""
    from monocli.library.documents import Document

    rules = [
        {
            "id": f"rule-{number}",
            "between": [[{"class": f"class-{n}"}] for n in rng.sample(range(_CLASSES), 2)],
            "direction": "increase",
            "effect": "exposure",
            "mechanism": "made up",
            "action": "monitor",
            "statement": "One may raise exposure to the other.",
        }
        for number in range(size.rules)
    ]
    return Document("interactions", "made-up/rules", {"id": "rules", "source": SOURCE, "rules": rules})


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
            "source": SOURCE,
        }
        for _ in range(5)
    ]
    author = f"{rng.choice(_SYLLABLES)}{rng.choice(_SYLLABLES)}son {rng.choice('ABCDEFGH')}, et al.".capitalize()
    year = rng.randint(1960, 2009)
    return {
        "id": f"section-{index}",
        "title": f"Section {index}",
        "statements": statements,
        "references": [
            {"number": 1, "authors": author, "title": f"On {title}", "journal": "J Made Up", "year": str(year)}
        ],
        "source": SOURCE,
    }


if __name__ == "__main__":
    install(Path(sys.argv[1]), Size(*map(int, sys.argv[2:6])) if len(sys.argv) > 2 else BUNDLED)
