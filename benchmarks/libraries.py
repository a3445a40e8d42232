"""Installations to measure: the bundled library, and made-up libraries of any size in the same form."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

from benchmarks.timing import ENTRY
from monocli.library.compiling import compile_to, load_folders
from monocli.library.documents import Document, Documents

ROOT = Path(__file__).resolve().parent.parent
_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu bra cle dri flo gru pli stra tro vla zyn".split()
_ENDINGS = ("mab", "nib", "zole", "vir", "pril", "olol", "statin", "mycin", "oxacin", "sartan", "tide", "azepam")


def install(site: Path, documents: Documents) -> Path:
    """The package with these records as its compiled library, laid out as a wheel lays it."""
    shutil.copytree(ROOT / "src" / "monocli", site / "monocli", ignore=shutil.ignore_patterns("__pycache__"))
    compile_to(site / "monocli" / "_library" / "library.sqlite", documents, "benchmark")
    (site / "mono_entry.py").write_text(ENTRY)
    return site


def bundled() -> Documents:
    """The library of this checkout."""
    return load_folders([(ROOT / "data", "data")])


def enlarged(monographs: int, names: int) -> Documents:
    """The bundled library and made-up monographs beside it, up to so many monographs and names. The same for the same numbers."""
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
            "names": [{"name": _word(rng, seen), "kind": "synonym", "source": "martindale-2009"} for _ in range(each - 1)],
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
        {"text": f"{title} may be followed by {rng.choice(words)} and {rng.choice(words)}.", "source": "martindale-2009"}
        for _ in range(5)
    ]
    return {"id": f"section-{index}", "title": f"Section {index}", "statements": statements, "source": "martindale-2009"}
