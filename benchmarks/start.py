"""How long whole commands take, as ratios to what any typer program costs, at the bundled size and at a large one.

    python -m benchmarks.start [--rounds 40] [--monographs 6000] [--names 200000]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.libraries import bundled, enlarged, install
from benchmarks.timing import floors, measure, mono


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--monographs", type=int, default=6_000)
    parser.add_argument("--names", type=int, default=200_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mono-bench-") as name:
        folder = Path(name)
        small = install(folder / "small", bundled())
        large = install(folder / "large", enlarged(options.monographs, options.names))
        programs = floors(folder)
        for site, size in ((small, "bundled"), (large, "large")):
            for program in (
                mono(f"lookup STI-571, {size}", site, "lookup", "STI-571"),
                mono(f"lookup STI-571 --json, {size}", site, "lookup", "STI-571", "--json"),
                mono(f"lookup imatanib --json, {size}", site, "lookup", "imatanib", "--json", exit=1),
                mono(f"search edema --json, {size}", site, "search", "pseudosystemic", "--json"),
            ):
                programs[program.name] = program
        seconds = measure(list(programs.values()), options.rounds)
    report(seconds, options.monographs, options.names)


def report(seconds: dict[str, float], monographs: int, names: int) -> None:
    """The medians, and the ratios that the project holds itself to."""
    for name, value in seconds.items():
        print(f"{value * 1000:8.1f} ms  {name}")
    print(f"\nlarge: {monographs:,} monographs, {names:,} names")
    table, line = seconds["bare typer + rich table"], seconds["bare typer"]
    targets = (
        ("lookup table / bare typer + rich table", seconds["lookup STI-571, bundled"] / table, 1.15),
        ("lookup --json / bare typer", seconds["lookup STI-571 --json, bundled"] / line, 1.15),
        ("lookup, large / bundled", seconds["lookup STI-571, large"] / seconds["lookup STI-571, bundled"], 1.1),
        ("lookup --json, large / bundled", seconds["lookup STI-571 --json, large"] / seconds["lookup STI-571 --json, bundled"], 1.1),
    )
    for name, ratio, target in targets:
        print(f"{ratio:6.2f}  {name}  (target {target}){'' if ratio <= target else '  MISSED'}")
    more = (seconds["lookup imatanib --json, large"] - seconds["lookup STI-571 --json, large"]) * 1000
    print(f"{more:6.0f} ms more for a misspelling, large  (target 150 ms){'' if more <= 150 else '  MISSED'}")


if __name__ == "__main__":
    main()
