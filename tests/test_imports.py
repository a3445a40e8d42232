"""Which modules a command loads: start-up is a feature, and this holds what it costs without measuring time."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from conftest import ROOT
from monocli.library.store import Library

HEAVY = (
    "rich",
    "yaml",
    "pydantic",
    "thefuzz",
    "rapidfuzz",
    "typing_extensions",
    "asyncio",
    "socket",
    "urllib.request",
    "importlib.metadata",
)
PROGRAM = """
import atexit, json, os, sys
sys.argv = ["mono", *json.loads(sys.argv[1])]
from monocli.cli.main import main
code = main()
sys.stderr.write("\\n" + json.dumps([code, sorted(sys.modules)]))
"""


@pytest.fixture
def loaded(world: dict[str, str], library: Library):  # type: ignore[no-untyped-def]
    """The heavy modules that a command line loads in a process of its own, and its exit code."""

    def call(*argv: str) -> tuple[int, set[str]]:
        env = {**world, "PYTHONPATH": str(ROOT / "src")}
        command = [sys.executable, "-c", PROGRAM, json.dumps(argv)]
        done = subprocess.run(command, capture_output=True, env=env, timeout=60, check=True)
        code, modules = json.loads(done.stderr.decode().splitlines()[-1])
        return code, {heavy for heavy in HEAVY if heavy in modules}

    return call


ANSWERED = [
    ("lookup", "STI-571"),
    ("show", "imatinib", "heart"),
    ("search", "splenic"),
    ("refs", "imatinib", "heart"),
    ("brands", "imatinib"),
]


@pytest.mark.parametrize("argv", ANSWERED, ids=" ".join)
def test_json_loads_nothing_heavy(loaded, argv: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    assert loaded(*argv, "--json") == (0, set())


@pytest.mark.parametrize("argv", ANSWERED, ids=" ".join)
def test_a_table_loads_rich_alone(loaded, argv: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    code, modules = loaded(*argv)
    assert code == 0
    assert "rich" in modules
    assert modules <= {"rich", "typing_extensions"}


@pytest.mark.parametrize("argv", [("lookup", "imatanib", "--json"), ("show", "imatanib", "--json")], ids=" ".join)
def test_only_a_suggestion_loads_the_matcher(loaded, argv: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    code, modules = loaded(*argv)
    assert code == 1
    assert "thefuzz" in modules
    assert modules & {"rich", "yaml", "pydantic"} == set()


@pytest.mark.parametrize(
    "argv", [("show", "imatinib", "bones", "--json"), ("lookup", "--json"), ("data", "where", "--json")], ids=" ".join
)
def test_a_refusal_loads_nothing_heavy(loaded, argv: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    _, modules = loaded(*argv)
    assert modules & {"rich", "yaml", "pydantic", "thefuzz"} == set()


def test_only_checking_pays_for_the_validator(loaded) -> None:  # type: ignore[no-untyped-def]
    code, modules = loaded("data", "check", "--json")
    assert code == 0
    assert {"yaml", "pydantic"} <= modules
