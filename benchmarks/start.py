"""How long whole commands take, as ratios to what any typer program costs, and to the bundled library at larger sizes.

    python -m benchmarks.start [--quick] [--rounds 15] [--no-huge]

A table is held against a bare typer program that prints a rich table, JSON and completion against one that prints a
line.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import NamedTuple

from benchmarks.libraries import LARGE, Size
from benchmarks.report import MISSED, Row, compared, duration, marked, megabytes
from benchmarks.running import Bench, main, say
from benchmarks.timing import BARE_LINE, BARE_TABLE, PYTHON, Program, Taken, floors, measure, mono, ratio

TEN = (
    "imatinib", "ketoconazole", "warfarin", "simvastatin", "aldesleukin",
    "ibuprofen", "clarithromycin", "phenytoin", "rifampicin", "levothyroxine",
)  # fmt: skip
TEN_MORE = (
    "atorvastatin", "amlodipine", "metformin", "omeprazole", "sertraline",
    "digoxin", "furosemide", "ramipril", "bisoprolol", "allopurinol",
)  # fmt: skip
AS_LARGE, MEMORY_AS_LARGE = 1.1, 1.3
"""How much longer a command may take with a larger library, and how much more memory."""
MISSPELT, EXACT, MOST_FOR_SUGGESTING = "lookup, misspelt --json", "lookup --json", 0.150


class Command(NamedTuple):
    """A command line, how it ends, and how long it may take in bare typer programs."""

    name: str
    argv: tuple[str, ...]
    aim: float | None = 1.15
    json_aim: float | None = 1.15


COMMANDS = (
    Command("lookup", ("lookup", "STI-571")),
    Command("show", ("show", "imatinib", "kidneys")),
    Command("show --all", ("show", "imatinib", "--all"), None),
    Command("search", ("search", "haemodialysis")),
    Command("refs", ("refs", "imatinib", "kidneys")),
    Command("brands", ("brands", "imatinib")),
    Command("dose", ("dose", "imatinib", "--indication", "gist")),
    Command("adjust", ("adjust", "imatinib", "--current", "400 mg", "--bilirubin", "4")),
    Command("units", ("units", "18e6", "--to", "mg"), 1.15, 1.1),
    Command("dose --with", ("dose", "imatinib", "--indication", "gist", "--with", "rifampicin")),
    Command("refs --author", ("refs", "--author", "Deininger")),
    Command("interactions, 1 drug", ("interactions", "imatinib"), None, None),
    Command("interactions, 2 drugs", ("interactions", "imatinib", "warfarin")),
    Command("interactions, 10 drugs", ("interactions", *TEN), 1.25, 1.25),
    Command("interactions, 20 drugs", ("interactions", *TEN, *TEN_MORE), 1.25, 1.2),
    Command("compat", ("compat", "aldesleukin", "lorazepam")),
)


class Start(NamedTuple):
    """A program at every size, the floor that it is held against, and by how much it may be above that."""

    name: str
    programs: tuple[Program, ...]
    floor: str
    aim: float | None


def starts(bench: Bench) -> list[Start]:
    """Everything whose start-up is measured."""
    found = []
    for command in COMMANDS:
        found.append(_start(bench, command.name, command.argv, BARE_TABLE, command.aim))
        found.append(_start(bench, f"{command.name} --json", (*command.argv, "--json"), BARE_LINE, command.json_aim))
    found.append(_start(bench, MISSPELT, ("lookup", "imatanib", "--json"), BARE_LINE, None, exit=1))
    words = {"_MONO_COMPLETE": "complete_bash", "COMP_WORDS": "mono lookup imat", "COMP_CWORD": "2"}
    found.append(_start(bench, "completion of a name", (), BARE_LINE, 1.15, environ=words))
    return found


def _start(
    bench: Bench,
    name: str,
    argv: tuple[str, ...],
    floor: str,
    aim: float | None,
    exit: int = 0,
    environ: Mapping[str, str] | None = None,
) -> Start:
    sizes = (mono(_at(name, size), bench.site(size), *argv, exit=exit, environ=environ) for size in bench.sizes)
    return Start(name, tuple(sizes), floor, aim)


def _at(name: str, size: Size) -> str:
    return f"{name}, {size}"


def rows(bench: Bench) -> list[Row]:
    """Start-up of every command, at every size of library."""
    found = starts(bench)
    programs = [*floors(bench.folder), *(program for start in found for program in start.programs)]
    say(f"start-up: {len(programs)} programs, {bench.rounds} rounds")
    taken = measure(programs, bench.rounds)
    drawn = [compared(name, taken[name], None, "", None) for name in (PYTHON, BARE_LINE, BARE_TABLE)]
    drawn += [_row(start, taken) for start in found]
    size = LARGE if LARGE in bench.sizes else bench.sizes[-1]
    more = taken[_at(MISSPELT, size)].worked - taken[_at(EXACT, size)].worked
    mark = f" {MISSED}" if more > MOST_FOR_SUGGESTING else ""
    drawn.append(
        Row(f"more for a misspelling, {size}", f"{duration(more)}{mark}", aim=f"≤ {duration(MOST_FOR_SUGGESTING)}")
    )
    return drawn


def _row(start: Start, taken: dict[str, Taken]) -> Row:
    first, *larger = (taken[program.name] for program in start.programs)
    row = compared(start.name, first, ratio(first, taken[start.floor]), start.floor, start.aim)
    aim = None if start.name == MISSPELT else AS_LARGE
    memory = row.memory
    if larger:
        more = marked(larger[-1].peak / first.peak, MEMORY_AS_LARGE)
        memory = f"{megabytes(first.peak)} … {megabytes(larger[-1].peak)} ({more})"
    return row._replace(sizes=[marked(ratio(one, first).middle, aim) for one in larger], memory=memory)


if __name__ == "__main__":
    sys.exit(main([rows], __doc__))
