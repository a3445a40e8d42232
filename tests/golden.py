"""Golden files: the tables as they stand, so that a change of them is seen and looked at.

To update them after a change that is meant: `MONO_UPDATE_GOLDEN=1 .venv/bin/python -m pytest
tests/cli/test_golden.py`, read the difference (`git diff tests/cli/golden`) line by line as a user would, and commit
the files with the change. Never edit them by hand. On CI the variable is not set, so that a table that differs fails.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "cli" / "golden"


def check(name: str, text: str) -> None:
    """Compare text with the golden file of this name, or write it where `MONO_UPDATE_GOLDEN` is set."""
    path = FOLDER / f"{name}.txt"
    if os.environ.get("MONO_UPDATE_GOLDEN"):
        FOLDER.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"no golden file {path.name}: see tests/golden.py"
    assert text == path.read_text(encoding="utf-8"), f"{path.name} differs: see tests/golden.py"
