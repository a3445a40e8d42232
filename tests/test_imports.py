"""Which modules a command loads: start-up is a feature, and this holds what it costs without measuring time."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import label_records
import tiny
from conftest import ROOT
from monocli.library import places
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
    "hashlib",
    "tempfile",
    "csv",
    "pickle",
    "dataclasses",
    "shlex",
)
EXACT = {"decimal", "fractions"}
"""Arithmetic, which only commands that reckon pay for (rich brings it too)."""
OF_TABLES = {"rich", "typing_extensions", "csv", "pickle", "dataclasses", *EXACT}
"""What rich loads, and the module that writes CSV and knows what a stream can carry."""
PROGRAM = """
import atexit, json, os, sys
sys.argv = ["mono", *json.loads(sys.argv[1])]
from monocli.cli.main import main
code = main()
sys.stderr.write("\\n" + json.dumps([code, sorted(sys.modules)]))
"""
Loaded = Callable[..., tuple[int, set[str]]]


def heavy_modules(argv: tuple[str, ...], world: dict[str, str], package: Path) -> tuple[int, set[str]]:
    """The exit code of a command line in a process of its own, and the heavy modules that it loads."""
    command = [sys.executable, "-c", PROGRAM, json.dumps(argv)]
    done = subprocess.run(
        command, capture_output=True, env={**world, "PYTHONPATH": str(package)}, timeout=60, check=True
    )
    code, modules = json.loads(done.stderr.decode().splitlines()[-1])
    return code, {heavy for heavy in (*HEAVY, *EXACT) if heavy in modules}


@pytest.fixture(scope="module")
def installed(world: dict[str, str], library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as a wheel lays it, with its compiled library: there is no checkout to compare it with."""
    site = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "src" / "monocli", site / "monocli", ignore=shutil.ignore_patterns("__pycache__"))
    tiny.installed(places.find(world), site / "monocli" / "_library")
    return site


@pytest.fixture
def loaded(world: dict[str, str], installed: Path) -> Loaded:
    """What a command line loads in an installation."""
    return lambda *argv: heavy_modules(argv, world, installed)


LOOKED_UP = [
    ("lookup", "STI-571"),
    ("show", "imatinib", "heart"),
    ("search", "splenic"),
    ("refs", "imatinib", "heart"),
    ("brands", "imatinib"),
    ("sources", "ansm"),
    ("interactions", "imatinib", "warfarin"),
]
RECKONED = [
    ("units", "18e6", "--to", "mg"),
    ("dose", "imatinib", "--indication", "gist"),
    ("adjust", "imatinib", "--current", "400 mg", "--bilirubin", "4"),
    ("compat", "aldesleukin", "lorazepam"),
    ("calc", "qtc", "qt=400", "heart-rate=75"),
]
ANSWERED = [*LOOKED_UP, *RECKONED]


@pytest.mark.parametrize("argv", LOOKED_UP, ids=" ".join)
def test_json_loads_nothing_heavy(loaded: Loaded, argv: tuple[str, ...]) -> None:
    assert loaded(*argv, "--json") == (0, set())


@pytest.mark.parametrize("argv", RECKONED, ids=" ".join)
def test_reckoning_loads_exact_arithmetic_alone(loaded: Loaded, argv: tuple[str, ...]) -> None:
    assert loaded(*argv, "--json") == (0, EXACT)


@pytest.mark.parametrize("argv", ANSWERED, ids=" ".join)
def test_a_table_loads_rich_alone(loaded: Loaded, argv: tuple[str, ...]) -> None:
    code, modules = loaded(*argv)
    assert code == 0
    assert "rich" in modules
    assert modules <= OF_TABLES


@pytest.mark.parametrize("argv", LOOKED_UP, ids=" ".join)
def test_what_is_painted_for_no_terminal_loads_no_rich(loaded: Loaded, argv: tuple[str, ...]) -> None:
    code, modules = loaded(*argv, "--format", "md")
    assert code == 0
    assert modules <= OF_TABLES - {"rich"}


@pytest.mark.parametrize("argv", [("lookup", "imatanib", "--json"), ("show", "imatanib", "--json")], ids=" ".join)
def test_only_a_suggestion_loads_the_matcher(loaded: Loaded, argv: tuple[str, ...]) -> None:
    code, modules = loaded(*argv)
    assert code == 1
    assert "thefuzz" in modules
    assert modules & {"rich", "yaml", "pydantic"} == set()


@pytest.mark.parametrize(
    "argv", [("show", "imatinib", "bones", "--json"), ("lookup", "--json"), ("data", "where", "--json")], ids=" ".join
)
def test_a_refusal_loads_nothing_heavy(loaded: Loaded, argv: tuple[str, ...]) -> None:
    _, modules = loaded(*argv)
    assert modules & {"rich", "yaml", "pydantic", "thefuzz"} == set()


MOST_OF_OURS = {
    ("lookup", "STI-571"): 33,
    ("search", "splenic"): 37,
    ("units", "18e6", "--to", "mg"): 42,
    ("dose", "imatinib", "--indication", "gist"): 51,
    ("dose", "imatinib", "--indication", "gist", "--with", "rifampicin"): 64,
    ("adjust", "imatinib", "--current", "400 mg", "--bilirubin", "4"): 56,
    ("interactions", "imatinib", "warfarin"): 47,
}
"""How many modules of our own a command loads at most: each costs the time of finding and reading a file."""
OF_A_PATIENT = (
    *(f"dosing.{name}" for name in ("area", "body", "impairment", "laboratory", "partners", "starting")),
    *(f"quantities.{name}" for name in ("measuring", "plausible", "quantity", "unreadable")),
    *("writings", "ambiguous", "formulas", "interactions", "units"),
)
"""What of the engine reads a patient's measures and values, or judges another drug."""
OF_COMPILING = {"recipes", "fingerprints", "private", "compiling"}


def own_modules(argv: tuple[str, ...], world: dict[str, str], package: Path) -> list[str]:
    """Our own modules that a command line loads in an installation."""
    command = [sys.executable, "-c", PROGRAM, json.dumps([*argv, "--json"])]
    done = subprocess.run(
        command, capture_output=True, env={**world, "PYTHONPATH": str(package)}, timeout=60, check=True
    )
    code, modules = json.loads(done.stderr.decode().splitlines()[-1])
    assert code == 0
    return [module for module in modules if module.split(".")[0] == "monocli"]


@pytest.mark.parametrize("argv", MOST_OF_OURS, ids=" ".join)
def test_few_modules_of_our_own_are_loaded(world: dict[str, str], installed: Path, argv: tuple[str, ...]) -> None:
    ours = own_modules(argv, world, installed)
    assert len(ours) <= MOST_OF_OURS[argv], ours
    assert not OF_COMPILING & {module.rpartition(".")[2] for module in ours}


@pytest.mark.parametrize("argv", [("dose", "imatinib"), ("dose", "imatinib", "-i", "gist")], ids=" ".join)
def test_a_dose_loads_nothing_of_a_patient_that_nothing_is_said_of(
    world: dict[str, str], installed: Path, argv: tuple[str, ...]
) -> None:
    assert not {f"monocli.engine.{name}" for name in OF_A_PATIENT} & set(own_modules(argv, world, installed))


def test_only_checking_pays_for_the_validator(world: dict[str, str], library: Library) -> None:
    code, modules = heavy_modules(("data", "check", "--json"), world, ROOT / "src")
    assert code == 0
    assert {"yaml", "pydantic"} <= modules


def label_modules(argv: tuple[str, ...], world: dict[str, str], package: Path, labels: Path) -> set[str]:
    """What of labels, and what for reading files of them, a command line loads."""
    environ = {**world, "PYTHONPATH": str(package), "MONO_LABELS": str(labels)}
    command = [sys.executable, "-c", PROGRAM, json.dumps(argv)]
    done = subprocess.run(command, capture_output=True, env=environ, timeout=60, check=True)
    modules = set(json.loads(done.stderr.decode().splitlines()[-1])[1])
    return {
        name for name in modules if "labels" in name or name in ("zipfile", "html", "xml.etree.ElementTree", "queue")
    }


@pytest.mark.parametrize("argv", ANSWERED, ids=" ".join)
def test_nothing_of_labels_is_loaded_where_there_are_none(
    world: dict[str, str], installed: Path, tmp_path: Path, argv: tuple[str, ...]
) -> None:
    assert label_modules((*argv, "--json"), world, installed, tmp_path) == set()


def test_a_pack_of_labels_costs_only_what_reads_it(world: dict[str, str], installed: Path, tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(label_records.document(label_records.record()))
    environ = {**world, "PYTHONPATH": str(installed), "MONO_LABELS": str(tmp_path)}
    command = [sys.executable, "-m", "monocli", "labels", "import", str(tmp_path / "one.json")]
    subprocess.run(command, env=environ, check=True, capture_output=True, timeout=60)
    for argv in (("lookup", "Zorvex"), ("interactions", "imatinib", "warfarin"), ("search", "--in", "labels", "harm")):
        loaded = label_modules((*argv, "--json"), world, installed, tmp_path)
        assert "monocli.library.labels.pack" in loaded
        assert not loaded & {"zipfile", "html", "xml.etree.ElementTree", "queue", "monocli.library.labels.writing"}
    assert label_modules(("dose", "imatinib", "--json"), world, installed, tmp_path) == set()
