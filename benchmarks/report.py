"""One table of all that was measured, with the aims and what missed them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.libraries import Size
from benchmarks.timing import Ratio, Taken

MISSED = "MISSED"
FLAT = 1.1
"""How much more memory an input may take that is ten times as long."""
_HEAD = ("what", "time", "ratio", "quartiles", "against", "aim")


class Row(NamedTuple):
    """One line of the table, its cells as printed. `sizes` are the ratios to the bundled library, for each size."""

    what: str
    time: str = ""
    ratio: str = ""
    quartiles: str = ""
    against: str = ""
    aim: str = ""
    sizes: Sequence[str] = ()
    memory: str = ""

    @property
    def missed(self) -> bool:
        return any(MISSED in cell for cell in (self.time, self.ratio, self.memory, *self.sizes))


def compared(what: str, taken: Taken, found: Ratio | None, against: str, aim: float | None) -> Row:
    """A row for a program that took so long, as a ratio to another (of which no more is said where `found` is None)."""
    time = duration(taken.worked)
    if found is None:
        return Row(what, time, memory=megabytes(taken.peak))
    quartiles = f"{found.low:.2f}–{found.high:.2f}"
    said = "" if aim is None else f"≤ {aim:g}"
    return Row(what, time, marked(found.middle, aim), quartiles, against, said, memory=megabytes(taken.peak))


def more_memory(what: str, taken: Taken, less: Taken, *, quick: bool) -> Row:
    """A row for input that is ten times as long: memory must stay flat. A quick run, in which it fills, has no aim."""
    aim = None if quick else FLAT
    against = "a tenth of the input"
    said = "" if aim is None else f"≤ {aim:g}"
    return Row(what, "", marked(taken.peak / less.peak, aim), "", against, said, (), megabytes(taken.peak))


def marked(value: float, aim: float | None) -> str:
    """A ratio, marked where it is over the aim as it is printed."""
    text = f"{value:.2f}"
    return f"{text} {MISSED}" if aim is not None and float(text) > aim else text


def duration(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def megabytes(peak: int) -> str:
    return f"{peak / 2**20:.0f} MB" if peak else "?"


def table(rows: Sequence[Row], sizes: Sequence[Size]) -> str:
    """The rows as a Markdown table that reads well as it stands."""
    head = [*_HEAD, *(f"{size.monographs:,}" for size in sizes), "memory"]
    lines = [head, *([*row[:6], *row.sizes, *[""] * (len(sizes) - len(row.sizes)), row.memory] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    drawn = ["| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |" for line in lines]
    drawn.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(drawn)
