"""Coverage-guided fuzzing of the parsers, by hand and for as long as you like; not part of the test run.

    python -m venv /tmp/fuzz-venv && /tmp/fuzz-venv/bin/pip install atheris -e .
    /tmp/fuzz-venv/bin/python tests/fuzz/atheris_parsers.py quantity -max_total_time=600
    /tmp/fuzz-venv/bin/python tests/fuzz/atheris_parsers.py name -max_total_time=600
    /tmp/fuzz-venv/bin/python tests/fuzz/atheris_parsers.py yaml -max_total_time=600

The first word is a target of fuzz_targets.py; what follows goes to libFuzzer, such as a folder to keep the corpus in.
Seeds come from the
library's own names, units and files. An input that breaks a target is written to crash-<hash> in the current folder;
to see it again,
give that file in place of the options. Before it is mended, make it a case of test_fuzz_targets.py.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parent.parent
ROOT = TESTS.parent
sys.path[:0] = [str(TESTS), str(TESTS / "fuzz"), str(ROOT / "src")]
QUANTITIES = (
    "18e6",
    "18 million IU",
    "600,000 IU/kg",
    "1.8 × 10^7 IU",
    "1.8x10⁷",
    "1 000 000",
    "33 800 IU/mL",
    ".5",
    "1.0 mg",
    "1,5",
    "−5",
)


def seeds(target: str) -> Iterator[bytes]:
    """Inputs to begin with."""
    import tiny

    if target == "quantity":
        yield from (text.encode() for text in QUANTITIES)
    elif target == "name":
        for text in tiny.FILES.values():
            yield from (word.encode() for word in re.findall(r"[^{}\[\]:,\n\"]+", text))
    else:
        targets = import_module("fuzz_targets")
        for name, text in tiny.FILES.items():
            shape = re.sub(r"/(?!classes|enzymes).*", "/x.yaml", name)
            yield bytes([targets.FILES.index(shape)]) + text.encode()
        for path in (ROOT / "data").glob("*/*.yaml"):
            if (
                path.parent.name in ("doses", "units", "interactions", "compatibility", "bsa")
                and ".cases" not in path.name
            ):
                shape = path.relative_to(ROOT / "data").as_posix()
                shape = shape if shape in targets.FILES else f"{path.parent.name}/x.yaml"
                yield bytes([targets.FILES.index(shape)]) + path.read_bytes()[:6000]


def dictionary(target: str) -> Iterator[str]:
    """Words worth trying, in libFuzzer's notation."""
    words = {"quantity": ["million", "thousand", "e", "×10^", ",000", " 000", "−", "٣", "１", "nan", "inf", "±"]}.get(
        target, []
    )
    if target == "yaml":
        text = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/monocli/records").glob("*.py"))
        words = [
            *sorted(set(re.findall(r"^    (\w+):", text, re.MULTILINE))),
            "&a ",
            "*a",
            "!!python/object",
            "<<: ",
            "---\n",
            "\t",
            "%YAML 1.1",
            "? ",
            "|\n",
        ]
    for word in words:
        yield '"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"'


def main() -> None:
    """Fuzz the target that is named first."""
    atheris: Any = import_module("atheris")
    target = sys.argv.pop(1)
    with atheris.instrument_imports(include=["monocli", "yaml"]):
        import_module("monocli.engine.quantities.quantity")
        import_module("monocli.library.checks")
        targets = import_module("fuzz_targets")
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "seeds"
        corpus.mkdir()
        for number, seed in enumerate(seeds(target)):
            (corpus / str(number)).write_bytes(seed)
        words = Path(folder) / "words"
        words.write_text("\n".join(dictionary(target)) + "\n", encoding="ascii")
        options = [] if any(Path(argument).is_file() for argument in sys.argv[1:]) else [str(corpus), f"-dict={words}"]
        atheris.Setup([sys.argv[0], *sys.argv[1:], *options], targets.TARGETS[target])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
