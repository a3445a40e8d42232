"""How fast `mono units` is, as ratios measured in one run.

    python benchmarks/units.py [--lines 100000] [--runs 5]

One conversion (`--json`) against the bare typer program of the same shape; a stream of 100,000 lines (`-`) against GNU
units (Debian package `units`) given the same definitions and the same lines. GNU units asks for "you have" and "you
want", so it reads two lines a conversion. Aims: at most 1.1 × the bare program for one conversion, at least a third as
fast as GNU units for a stream. Exits 1 where an aim is missed, 0 where all are met or GNU units is not installed.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

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
BARE = """
import json, sys, typer
app = typer.Typer(add_completion=False)
@app.command()
def units(words: list[str], to: list[str] = typer.Option([]), json_: bool = typer.Option(False, "--json")) -> None:
    sys.stdout.write(json.dumps({"words": words, "to": to}) + "\\n")
app()
"""
MOST_FOR_ONE, LEAST_FOR_STREAM = Decimal("1.1"), Decimal(1) / 3


def best(command: list[str], runs: int, stdin: Path | None = None) -> float:
    """Seconds of the fastest run."""
    found = []
    for _ in range(runs):
        with (stdin or Path("/dev/null")).open("rb") as source:
            start = time.perf_counter()
            subprocess.run(command, stdin=source, stdout=subprocess.DEVNULL, check=True)
            found.append(time.perf_counter() - start)
    return min(found)


def write_lines(folder: Path, count: int) -> tuple[Path, Path, Path]:
    """The same quantities as lines for mono and for GNU units, and the definitions."""
    random.seed(5)
    quantities = [
        f"{random.randint(1, 30_000_000) / 10 ** random.randint(0, 4)} {random.choice(UNITS)}" for _ in range(count)
    ]
    ours, theirs, definitions = folder / "mono.txt", folder / "gnu.txt", folder / "il2.units"
    ours.write_text("".join(f"{quantity}\n" for quantity in quantities), encoding="utf-8")
    theirs.write_text("".join(f"{quantity}\nIU\n" for quantity in quantities), encoding="utf-8")
    definitions.write_text(DEFINITIONS, encoding="utf-8")
    return ours, theirs, definitions


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    mono = [sys.executable, "-m", "monocli", "units"]
    missed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = folder / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        one = best([*mono, "18e6", "--to", "mg", "--json"], options.runs)
        floor = best([sys.executable, str(bare), "18e6", "--to", "mg", "--json"], options.runs)
        ratio = one / floor
        missed |= ratio > MOST_FOR_ONE
        print(f"one conversion: {one:.3f} s, bare typer program {floor:.3f} s: {ratio:.2f} × (at most {MOST_FOR_ONE})")
        ours, theirs, definitions = write_lines(folder, options.lines)
        gnu = shutil.which("units")
        if gnu is None:
            print("GNU units is not installed (Debian package `units`): the stream is not compared")
        peer = best([gnu, "-q", "-t", "-f", str(definitions)], options.runs, theirs) if gnu else None
        for form in ("csv", "table"):
            stream = best([*mono, "-", "--to", "IU", "--of", "aldesleukin", "--format", form], options.runs, ours)
            line = f"{options.lines} lines as {form}: {stream:.3f} s"
            if peer is not None:
                missed |= peer / stream < LEAST_FOR_STREAM
                line += (
                    f", GNU units {peer:.3f} s: {peer / stream:.2f} × as fast (aim: at least {LEAST_FOR_STREAM:.2f})"
                )
            print(line)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
