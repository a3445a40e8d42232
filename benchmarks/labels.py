"""How fast labels are imported and found, how large their file is, and what they cost other commands.

    python -m benchmarks.labels [--quick] [--rounds 15] [--no-huge]

Aims: 20,000 labels imported in a minute and 350 MB; a file of at most 0.3 of the JSON; with 100,000 labels (--no-huge:
20,000) looking up and checking two drugs at most 1.1 times as long as without, searching a rare word 1.2 times as
long as in the bundled library, and one that nearly every label has 1.5 times.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.made_labels import COMMON, PART, RARE
from benchmarks.report import MISSED, Row, compared, marked, megabytes
from benchmarks.running import Bench, main, say
from benchmarks.timing import Once, Program, measure, mono, ratio, run

MOST_SECONDS, MOST_MEMORY, MOST_OF_JSON = 60, 350 << 20, 0.3
MANY = 100_000
PAIRS = (
    ("lookup", ("lookup", "clopidogrel"), ("lookup", "clopidogrel"), 1.1),
    (
        "interactions, 2 drugs",
        ("interactions", "clopidogrel", "omeprazole"),
        ("interactions", "clopidogrel", "omeprazole"),
        1.1,
    ),
    ("search --in labels, a rare word", ("search", "--in", "labels", RARE), ("search", "haemodialysis"), 1.2),
    ("search --in labels, a common word", ("search", "--in", "labels", COMMON), ("search", "haemodialysis"), 1.5),
)
"""What is asked with labels, and what without, and how much longer it may take."""


def rows(bench: Bench) -> list[Row]:
    """An import, the size of its file, and what the labels cost."""
    many = 2_000 if bench.quick else PART
    drawn, pack = _imported(bench, many, aim=not bench.quick)
    if not bench.quick and len(bench.sizes) > 3:
        more, pack = _imported(bench, MANY, aim=False)
        drawn += more
    say("labels: what they cost other commands")
    for name, with_labels, without, aim in PAIRS:
        ours = mono("with", bench.site(), *with_labels, "--json", environ={"MONO_LABELS": str(pack)})
        other = mono("without", bench.site(), *without, "--json", environ={"MONO_LABELS": str(bench.folder / "none")})
        taken = measure([ours, other], bench.rounds)
        found = ratio(taken["with"], taken["without"])
        drawn.append(compared(name, taken["with"], found, f"{without[0]}, no labels", aim))
    return drawn


def _imported(bench: Bench, count: int, *, aim: bool) -> tuple[list[Row], Path]:
    """Rows for an import of so many labels, and the folder of the pack."""
    source, pack = bench.folder / f"labels-{count}", bench.folder / f"pack-{count}"
    source.mkdir()
    say(f"labels: making {count:,}")
    command = [sys.executable, "-m", "benchmarks.made_labels", str(source), str(count)]
    size = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    say(f"labels: importing {count:,}, {size / 1e6:,.0f} MB of JSON")
    once = run(_import(bench, source, pack))
    share = (pack / "labels.sqlite").stat().st_size / size
    return [
        _time(count, once, aim=aim),
        Row("  its file", "", marked(share, MOST_OF_JSON), "", "the JSON", f"≤ {MOST_OF_JSON}"),
    ], pack


def _import(bench: Bench, source: Path, pack: Path) -> Program:
    return mono("import", bench.site(), "labels", "import", str(source), environ={"MONO_LABELS": str(pack)})


def _time(count: int, once: Once, *, aim: bool) -> Row:
    """Of an import the time is what a user waits: it works in two threads."""
    seconds, memory = f"{once.waited:.1f} s", megabytes(once.peak)
    if aim:
        seconds += f" {MISSED}" if once.waited > MOST_SECONDS else ""
        memory += f" {MISSED}" if once.peak > MOST_MEMORY else ""
    said = f"≤ {MOST_SECONDS} s, {megabytes(MOST_MEMORY)}" if aim else ""
    return Row(f"labels import, {count:,} labels", seconds, aim=said, memory=memory)


if __name__ == "__main__":
    sys.exit(main([rows], __doc__))
