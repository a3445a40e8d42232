"""A checkout with the tiny library of `tiny.py`, for processes that compile it: a real one would take its seconds each
time.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import tiny

SOURCE = Path(__file__).parent.parent.parent / "src" / "monocli"
WITHOUT_OVERRIDE = (
    "setpriv",
    "--bounding-set=-dac_override,-dac_read_search",
    "--inh-caps=-dac_override,-dac_read_search",
)
"""Root may read and write everything; without these rights it is bound by permissions like anybody."""

ROOT_ONLY = pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0 or not shutil.which("setpriv"), reason="takes rights away from root"
)


class Checkout:
    """A program beside its tiny library, with a home and a cache of its own."""

    def __init__(self, base: Path) -> None:
        self.base, self.home, self.cache, self.user = base, base / "home", base / "cache", base / "user"
        shutil.copytree(SOURCE, base / "src" / "monocli")
        tiny.write(base / "data", tiny.FILES)
        (base / "pyproject.toml").touch()
        self.home.mkdir()

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of a process."""
        world = {"HOME": str(self.home), "XDG_CACHE_HOME": str(self.cache), "PYTHONPATH": str(self.base / "src")}
        return {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", **world, **more}

    def start(
        self,
        *argv: str,
        env: Mapping[str, str] | None = None,
        python: tuple[str, ...] = (),
        before: tuple[str, ...] = (),
        **more: Any,
    ) -> subprocess.Popen[bytes]:
        """Start a command line."""
        command = [*before, sys.executable, *python, "-m", "monocli", *argv]
        return subprocess.Popen(
            command,
            **{
                "stdin": subprocess.DEVNULL,
                "stdout": subprocess.PIPE,
                "stderr": subprocess.PIPE,
                "env": self.environment(**env or {}),
                **more,
            },
        )

    def run(self, *argv: str, **more: Any) -> tuple[int, bytes, bytes]:
        """Exit code, stdout and stderr of a command line."""
        process = self.start(*argv, **more)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def answers(self, **more: Any) -> bool:
        """Whether a question is answered from the YAML, without a word on stderr."""
        code, out, err = self.run("show", "betakin", "--json", **more)
        return (code, err) == (0, b"") and is_right(json.loads(out))

    def files(self) -> set[str]:
        """What lies in the cache."""
        folder = self.cache / "mono"
        return {path.name for path in folder.iterdir()} if folder.is_dir() else set()

    def compiled(self) -> Path:
        """The one compiled library in the cache."""
        (path,) = (self.cache / "mono").glob("*.sqlite")
        return path


def is_right(document: Any) -> bool:
    """Whether the answer says what the tiny YAML says."""
    statements = [s["text"] for section in document["data"]["sections"] for s in section["statements"]]
    return statements == ["A protein of 15 000 daltons."]
