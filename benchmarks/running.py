"""What all parts of the benchmarks share: options, the folder they work in, libraries of each size, how they report."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.libraries import BUNDLED, HUGE, LARGE, SMALL, Size, installed
from benchmarks.report import Row, table


@dataclass
class Bench:
    """One run: how much is measured, and where."""

    folder: Path
    rounds: int
    sizes: Sequence[Size]
    lines: int
    lists: int
    quick: bool
    peers: bool
    _sites: dict[Size, Path] = field(default_factory=dict)

    def site(self, size: Size = BUNDLED) -> Path:
        """The installation with a library of this size, made when it is first asked for."""
        if size not in self._sites:
            say(f"making the library: {size}")
            self._sites[size] = installed(self.folder / f"site-{size.monographs}", size)
        return self._sites[size]


Part = Callable[[Bench], list[Row]]


def say(text: str) -> None:
    """Progress, aside from the table."""
    print(text, file=sys.stderr, flush=True)


def main(parts: Sequence[Part], about: str | None) -> int:
    """Run some parts and print their rows as one table; 1 where an aim was missed."""
    options = _options(about)
    sizes = [BUNDLED, SMALL] if options.quick else [BUNDLED, SMALL, LARGE, *([] if options.no_huge else [HUGE])]
    less = 10 if options.quick else 1
    with tempfile.TemporaryDirectory(prefix="mono-bench-") as name:
        rounds = options.rounds or (5 if options.quick else 15)
        bench = Bench(Path(name), rounds, sizes, 100_000 // less, 10_000 // less, options.quick, options.peers)
        rows = [row for part in parts for row in part(bench)]
    print(f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores, {rounds} rounds\n")
    print(table(rows, sizes[1:]))
    missed = [row.what for row in rows if row.missed]
    print(f"\n{len(missed)} of {len(rows)} missed an aim{': ' + '; '.join(missed) if missed else ''}")
    return int(bool(missed))


def _options(about: str | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="two sizes of library, few rounds, a tenth of the lines")
    parser.add_argument("--rounds", type=int, help="how often each command runs (15; quick: 5)")
    parser.add_argument("--no-huge", action="store_true", help="leave out the library of a million names")
    parser.add_argument("--peers", action="store_true", help="install other programs from the registry and compare")
    return parser.parse_args()
