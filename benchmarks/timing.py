"""Whole processes timed side by side: every round runs each program once, so that what else the machine does falls on all alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
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
    stdin: bytes = b""


def measure(programs: Sequence[Program], rounds: int = 40) -> dict[str, float]:
    """Median seconds of each program over interleaved rounds, after one round that is not counted."""
    taken: dict[str, list[float]] = {program.name: [] for program in programs}
    for turn in range(rounds + 1):
        for program in programs:
            seconds = _run(program)
            if turn:
                taken[program.name].append(seconds)
    return {name: statistics.median(values) for name, values in taken.items()}


def _run(program: Program) -> float:
    environ = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "COLUMNS": "80", **program.environ}
    start = time.perf_counter()
    done = subprocess.run(program.argv, env=environ, input=program.stdin, capture_output=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode != program.exit:
        sys.exit(f"{program.name} exited {done.returncode}, not {program.exit}:\n{done.stderr.decode()}\n{done.stdout.decode()[:500]}")
    return seconds


BARE = """import typer

app = typer.Typer()


@app.command()
def main(name: str) -> None:
    print(name)


app()
"""
BARE_RICH = """import typer
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
ENTRY = "from monocli.entry import main\n\nmain()\n"


def floors(folder: Path) -> dict[str, Program]:
    """What any Python program of this kind costs: the interpreter, a bare typer program, one that prints a rich table."""
    programs = {"python -c pass": [sys.executable, "-c", "pass"]}
    for name, code in (("bare typer", BARE), ("bare typer + rich table", BARE_RICH)):
        path = folder / f"{name.replace(' ', '_').replace('+', 'and')}.py"
        path.write_text(code)
        programs[name] = [sys.executable, str(path), "imatinib"]
    return {name: Program(name, argv) for name, argv in programs.items()}


def mono(name: str, site: Path, *arguments: str, exit: int = 0, stdin: bytes = b"") -> Program:
    """The program as installed in a folder that holds the package with a compiled library."""
    entry = site / "mono_entry.py"
    return Program(name, [sys.executable, str(entry), *arguments], {"PYTHONPATH": str(site), "MONO_LIBRARY": ""}, exit, stdin)
