"""How fast `mono interactions` answers a batch of lists.

    python -m benchmarks.interactions [--quick] [--rounds 5]

Aims: 10,000 lists of up to 20 names in at most 2 seconds; ten times as many lists in no more memory (10 % aside). One
call with ten medicines is measured with the other commands (`python -m benchmarks.start`).
"""

from __future__ import annotations

import json
import random
import sqlite3
import sys
from pathlib import Path

from benchmarks.report import MISSED, Row, compared, more_memory
from benchmarks.running import Bench, main, say
from benchmarks.timing import Program, measure, mono

MOST_NAMES = 20
MOST_SECONDS = 2.0
OTHER_NAMES = ("imatinib", "Glivec", "aldesleukin", "NSAIDs", "rifampin", "acetaminophen", "foozole")
"""A class, other names, and one that is not known, so that all kinds of answer occur."""


def names(site: Path) -> list[str]:
    """Every partner drug of the library by its name, and a few other names."""
    library = sqlite3.connect(site / "monocli" / "_library" / "library.sqlite")
    bodies = library.execute("SELECT body FROM document WHERE kind = 'agents-by-id' ORDER BY id")
    agents = [record["name"] for record in (json.loads(body) for (body,) in bodies) if "monograph" not in record]
    return [*agents, *OTHER_NAMES]


def write_lists(file: Path, known: list[str], count: int) -> Path:
    """Lists of random length, one a line."""
    rng = random.Random(3)
    with file.open("w", encoding="utf-8") as out:
        for _ in range(count):
            out.write("; ".join(rng.sample(known, rng.randint(2, MOST_NAMES))) + "\n")
    return file


def rows(bench: Bench) -> list[Row]:
    """A batch in both formats, and the memory of one that is ten times as long."""
    known = names(bench.site())
    lists = write_lists(bench.folder / "lists", known, bench.lists)
    many = write_lists(bench.folder / "many-lists", known, bench.lists * 10)
    rounds = min(bench.rounds, 5)
    say(f"interactions: batches of {bench.lists:,} lists, {rounds} rounds")
    taken = measure([_batch(bench, "jsonl", lists), _batch(bench, "csv", lists)], rounds)
    taken |= measure([_batch(bench, "jsonl", many, name="many")], 1)
    limits = {"jsonl": None if bench.quick else MOST_SECONDS, "csv": None}
    drawn = []
    for form, limit in limits.items():
        row = compared(f"interactions --batch, {bench.lists:,} lists, {form}", taken[form], None, "", None)
        mark = f" {MISSED}" if limit is not None and taken[form].worked > limit else ""
        drawn.append(row._replace(time=f"{row.time}{mark}", aim=f"≤ {limit:g} s" if limit is not None else ""))
    drawn.append(more_memory(f"  memory, {bench.lists * 10:,} lists", taken["many"], taken["jsonl"], quick=bench.quick))
    return drawn


def _batch(bench: Bench, form: str, lists: Path, name: str | None = None) -> Program:
    argv = ("interactions", "--batch", str(lists), "--format", form)
    return mono(name or form, bench.site(), *argv, exit=1)


if __name__ == "__main__":
    sys.exit(main([rows], __doc__))
