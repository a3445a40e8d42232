"""Programs that do something comparable, beside ours: `drugdose`, pint's `pint-convert`, GNU `units`, `pddiansm`.

    python -m benchmarks.peers --peers [--quick] [--rounds 15]

They are installed from the registry into environments that last as long as this run; without `--peers`, or where one
cannot be had, a line says that it was skipped. None of them does the same as ours: what each does is in
benchmarks/README.md.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import NamedTuple

from benchmarks.report import Row, compared
from benchmarks.running import Bench, main, say
from benchmarks.timing import Program, measure, mono, ratio

LIST = (
    "amiodarone", "digoxin", "metoprolol", "warfarin", "simvastatin",
    "fluconazole", "clarithromycin", "diltiazem", "verapamil", "phenytoin",
)  # fmt: skip
"""Ten medicines that drugdose, pddiansm (in French) and we know by name."""
FRENCH = (
    "amiodarone", "digoxine", "metoprolol", "warfarine", "simvastatine",
    "fluconazole", "clarithromycine", "diltiazem", "verapamil", "phenytoine",
)  # fmt: skip
PAIRS = """import itertools, sys
from pddiansm.detector.PDDIthesaurusDetector import PDDIthesaurusDetector
from pddiansm.thesaurus.ThesauriJson import ThesauriJson

detector = PDDIthesaurusDetector(ThesauriJson().get_thesaurus("2020_01"))
for one, other in itertools.combinations(sys.argv[1:], 2):
    for found in detector.detect_pddi(one, other):
        print(found)
"""
MASS, MASS_UNIT = "18000000 microgram", "mg"
CONVERSION = ("units", MASS, "--of", "aldesleukin", "--to", MASS_UNIT)


class Pair(NamedTuple):
    """One of our command lines and the program of another that comes nearest to it."""

    ours: Program
    theirs: Program


def rows(bench: Bench) -> list[Row]:
    """Ours and theirs, whole processes. The ratio is ours over theirs; no aim is set by other people's programs."""
    if not bench.peers:
        say("peers: skipped (--peers installs them from the registry)")
        return []
    found = (*_gnu(bench), *_drugdose(bench), *_pint(bench), *_pddiansm(bench))
    pairs: list[Pair] = [pair for pair in found if _works(pair.theirs)]
    say(f"peers: {len(pairs)} pairs, {bench.rounds} rounds")
    taken = measure([program for pair in pairs for program in pair], bench.rounds)
    drawn = []
    for ours, theirs in pairs:
        drawn.append(compared(theirs.name, taken[theirs.name], None, "", None))
        times = ratio(taken[ours.name], taken[theirs.name])
        drawn.append(compared(f"  mono {ours.name}", taken[ours.name], times, theirs.name, None))
    return drawn


def _gnu(bench: Bench) -> list[Pair]:
    gnu = shutil.which("units")
    if gnu is None:
        say("GNU units: skipped, it is not installed (Debian package `units`)")
        return []
    ours = mono("units, one conversion --json", bench.site(), *CONVERSION, "--json")
    return [Pair(ours, Program("GNU units", [gnu, "-t", MASS, MASS_UNIT]))]


def _drugdose(bench: Bench) -> list[Pair]:
    command = _installed(bench, "drugdose", "drugdose")
    if command is None:
        return []
    first, *others = LIST
    patient = ("--weight", "80", "--age", "70", "--allergies", "codeine", "--conditions", "hypertension")
    meds = ("--meds", ",".join(others))
    answers = bench.folder / "answers"  # it asks on standard input whatever no option says: pregnancy, kidneys, liver
    answers.write_text("n\n" * 5)
    return [
        Pair(mono("lookup", bench.site(), "lookup", "imatinib"), Program("drugdose info", [command, "info", first])),
        Pair(
            mono("interactions, ten medicines", bench.site(), "interactions", *LIST),
            Program("drugdose check, nine others", [command, "check", first, *meds, *patient], stdin=answers),
        ),
    ]


def _pint(bench: Bench) -> list[Pair]:
    command = _installed(bench, "pint", "pint-convert")
    if command is None:
        return []
    ours = mono("units, one conversion", bench.site(), *CONVERSION)
    return [Pair(ours, Program("pint-convert", [command, MASS, MASS_UNIT]))]


def _pddiansm(bench: Bench) -> list[Pair]:
    python = _installed(bench, "pddiansm", "python")
    if python is None:
        return []
    script = bench.folder / "pairs.py"
    script.write_text(PAIRS)
    ours = mono("interactions, ten medicines --json", bench.site(), "interactions", *LIST, "--json")
    return [Pair(ours, Program("pddiansm, all pairs of ten", [python, str(script), *FRENCH]))]


def _installed(bench: Bench, package: str, command: str) -> str | None:
    """Path of a command in an environment with this package alone; None, and a line, where it cannot be had."""
    home: Path = bench.folder / f"peer-{package}"
    say(f"{package}: installing")
    venv.create(home, with_pip=True)
    programs = home / ("Scripts" if sys.platform == "win32" else "bin")
    argv = [str(programs / "python"), "-m", "pip", "install", "--quiet", package]
    done = subprocess.run(argv, capture_output=True, check=False)
    if done.returncode:
        say(f"{package}: skipped, it cannot be installed here")
        return None
    return str(programs / command)


def _works(program: Program) -> bool:
    """Whether another's program runs at all on this Python."""
    with open(program.stdin or os.devnull, "rb") as stdin:
        done = subprocess.run(program.argv, stdin=stdin, capture_output=True, check=False)
    if done.returncode != program.exit:
        say(f"{program.name}: skipped, it fails here: {done.stderr.decode(errors='replace').strip()[-200:]}")
    return done.returncode == program.exit


if __name__ == "__main__":
    sys.exit(main([rows], __doc__))
