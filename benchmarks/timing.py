"""Whole processes timed side by side: every round runs each program once, so that other work disturbs all alike.

Two times are taken of each run: what a user waits, and what the processor worked for it. Ratios are of the work, which
other programs on the machine disturb far less; on an idle machine the two are the same for programs like these, which
wait for nothing.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Program:
    """A command to time. `exit` is the code that it must end with, so that a failure is never timed as an answer."""

    name: str
    argv: Sequence[str]
    environ: Mapping[str, str] = field(default_factory=dict)
    exit: int = 0
    stdin: Path | None = None


@dataclass(frozen=True)
class Once:
    """One run: seconds waited, seconds that the processor worked, and the peak resident memory in bytes."""

    waited: float
    worked: float
    peak: int


@dataclass(frozen=True)
class Taken:
    """The runs of one program, in the order of the rounds."""

    runs: Sequence[Once]

    @property
    def waited(self) -> float:
        """Median seconds from start to end."""
        return statistics.median(run.waited for run in self.runs)

    @property
    def worked(self) -> float:
        """Median seconds of the processor."""
        return statistics.median(run.worked for run in self.runs)

    @property
    def peak(self) -> int:
        """Most memory of all runs, in bytes."""
        return max(run.peak for run in self.runs)


@dataclass(frozen=True)
class Ratio:
    """How many times as long as another program: the median over the rounds; the quartiles tell the noise."""

    middle: float
    low: float
    high: float


def measure(programs: Sequence[Program], rounds: int) -> dict[str, Taken]:
    """What each program takes over interleaved rounds, after one round that is not counted."""
    runs: dict[str, list[Once]] = {program.name: [] for program in programs}
    for turn in range(rounds + 1):
        for program in programs:
            once = run(program)
            if turn:
                runs[program.name].append(once)
    return {name: Taken(values) for name, values in runs.items()}


def ratio(one: Taken, other: Taken) -> Ratio:
    """One over the other, round by round, so that a slow moment of the machine weighs on both sides of it."""
    values = sorted(a.worked / b.worked for a, b in zip(one.runs, other.runs, strict=True))
    quartiles = statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    return Ratio(quartiles[1], quartiles[0], quartiles[2])


def run(program: Program) -> Once:
    """One run; ends all where it fails.

    Where the system does not tell what a child used, its work is what was waited for it, and its memory 0.
    A child's peak is never below what this process held when it began, so this process must stay small.
    """
    environ = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "COLUMNS": "80", **program.environ}
    with open(program.stdin or os.devnull, "rb") as stdin, tempfile.TemporaryFile() as stderr:
        start = time.perf_counter()
        child = subprocess.Popen(program.argv, env=environ, stdin=stdin, stdout=subprocess.DEVNULL, stderr=stderr)
        status, worked, peak = _ended(child)
        waited = time.perf_counter() - start
        if status != program.exit:
            stderr.seek(0)
            sys.exit(f"{program.name} exited {status}, not {program.exit}:\n{stderr.read().decode(errors='replace')}")
    return Once(waited, worked or waited, peak)


def _ended(child: subprocess.Popen[bytes]) -> tuple[int, float, int]:
    """Exit code, seconds of the processor, peak memory."""
    if sys.platform == "win32":
        return child.wait(), 0.0, 0
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return child.returncode, usage.ru_utime + usage.ru_stime, peak


LINE = """import typer

app = typer.Typer()


@app.command()
def main(name: str) -> None:
    print(name)


app()
"""
TABLE = """import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer()


@app.command()
def main(name: str) -> None:
    table = Table(title="answer")
    table.add_column("name")
    table.add_column("value")
    for row in range(10):
        table.add_row(name, str(row))
    Console().print(table)


app()
"""
PYTHON, BARE_LINE, BARE_TABLE = "python -c pass", "bare typer", "bare typer + rich table"
ENTRY = "from monocli.entry import main\n\nmain()\n"


def floors(folder: Path) -> list[Program]:
    """What any Python program of this kind costs: the interpreter, a bare typer program, one with a rich table."""
    programs = [Program(PYTHON, [sys.executable, "-c", "pass"])]
    for name, code, file in ((BARE_LINE, LINE, "bare_line.py"), (BARE_TABLE, TABLE, "bare_table.py")):
        path = folder / file
        path.write_text(code)
        programs.append(Program(name, [sys.executable, str(path), "imatinib"]))
    return programs


def mono(
    name: str,
    site: Path,
    *arguments: str,
    exit: int = 0,
    stdin: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Program:
    """The program as installed in a folder that holds the package with a compiled library."""
    settings = {"PYTHONPATH": str(site), "MONO_LIBRARY": "", "XDG_DATA_HOME": str(site), **(environ or {})}
    return Program(name, [sys.executable, str(site / "mono_entry.py"), *arguments], settings, exit, stdin)
