"""How fast `mono units -` converts a stream, beside GNU units (Debian package `units`) on the same lines.

    python -m benchmarks.units [--quick] [--rounds 5]

GNU units is given the same definitions; it asks for "you have" and "you want", so it reads two lines a conversion. The
aim is a third of its speed or more.
"""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

from benchmarks.report import Row, compared, more_memory
from benchmarks.running import Bench, main, say
from benchmarks.timing import Program, measure, mono, ratio

GNU = "GNU units, the same lines"
UNITS = ("IU", "kIU", "MIU", "Nutley", "Cetus", "mg", "microgram")
DEFINITIONS = """\
IU !
kIU 1000 IU
MIU 1000000 IU
Nutley 100|83.3 IU
Cetus 100|16.7 IU
mg 18000000|1.1 IU
microgram 1e-3 mg
"""
AIMS = {"csv": 3.0, "table": 3.0, "jsonl": 6.0}
"""Format → how many times as long as GNU units it may take (a short stream is mostly start-up and has no aim). A line
of JSON Lines is a whole envelope with every step and source, which is more than GNU units says.
"""


def write_lines(folder: Path, count: int) -> tuple[Path, Path, Path]:
    """The same quantities as lines for mono and for GNU units, and the definitions."""
    rng = random.Random(5)
    ours, theirs, definitions = folder / f"mono-{count}.txt", folder / f"gnu-{count}.txt", folder / "il2.units"
    with ours.open("w", encoding="utf-8") as mine, theirs.open("w", encoding="utf-8") as other:
        for _ in range(count):
            quantity = f"{rng.randint(1, 30_000_000) / 10 ** rng.randint(0, 4)} {rng.choice(UNITS)}"
            mine.write(f"{quantity}\n")
            other.write(f"{quantity}\nIU\n")
    definitions.write_text(DEFINITIONS, encoding="utf-8")
    return ours, theirs, definitions


def rows(bench: Bench) -> list[Row]:
    """Streams of conversions in each format, against GNU units where it is installed."""
    rounds = min(bench.rounds, 5)
    ours, theirs, definitions = write_lines(bench.folder, bench.lines)
    fewer, _, _ = write_lines(bench.folder, bench.lines // 10)
    say(f"units: streams of {bench.lines:,} lines, {rounds} rounds")
    programs = [_stream(bench, form, ours) for form in AIMS] + [_stream(bench, "csv", fewer, name="fewer")]
    gnu = shutil.which("units")
    if gnu is None:
        say("GNU units is not installed (Debian package `units`): the stream is compared with nothing")
    else:
        programs.append(Program(GNU, [gnu, "-q", "-t", "-f", str(definitions)], stdin=theirs))
    taken = measure(programs, rounds)
    drawn = [compared(GNU, taken[GNU], None, "", None)] if gnu else []
    for form, aim in AIMS.items():
        found = ratio(taken[form], taken[GNU]) if gnu else None
        held = None if bench.quick else aim
        drawn.append(compared(f"units -, {bench.lines:,} lines, {form}", taken[form], found, "GNU units", held))
    drawn.append(more_memory("  memory, csv", taken["csv"], taken["fewer"], quick=bench.quick))
    return drawn


def _stream(bench: Bench, form: str, lines: Path, name: str | None = None) -> Program:
    argv = ("units", "-", "--to", "IU", "--of", "aldesleukin", "--format", form)
    return mono(name or form, bench.site(), *argv, stdin=lines)


if __name__ == "__main__":
    sys.exit(main([rows], __doc__))
