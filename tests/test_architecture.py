"""The rooms of the code: imports point one way, the engine is pure, and no module knows a drug by name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from conftest import ROOT
from monocli.library.store import Library

SOURCE = ROOT / "src" / "monocli"
MODULES = sorted(SOURCE.rglob("*.py"))
KEYS_OF_RULES = {"engine.interactions.keys", "engine.interactions.enzymes"}
"""Compiling files rules under the keys by which the engine looks for them."""
UNITS_OF_FORMULAS = {"engine.quantities.units", "engine.quantities.numbers", "engine.answers"}
"""Compiling checks that the units of a formula follow."""
MAY_IMPORT = {
    "cli": {"cli", "questions", "engine", "library", "render", "result", "records", "_version"},
    "questions": {"questions", "engine", "library", "records"},
    "render": {"render", "result", "records", "engine.names", "engine.citations", "engine.cited"},
    "library": {"library", "records", "engine.names", "engine.citations", *KEYS_OF_RULES, *UNITS_OF_FORMULAS},
    "records": {"records"},
    "engine": {"engine", "records"},
    "result": {"records"},
    "entry": {"cli"},
    "__main__": {"entry"},
}
MOST_ANY = 6
"""Lines of a thousand that may have the word `Any`."""
IMPURE = {"os", "sys", "io", "pathlib", "sqlite3", "yaml", "rich", "typer", "json", "time", "datetime", "random",
          "socket", "subprocess",
          "logging", "urllib", "pydantic", "thefuzz", "tempfile", "shutil"}  # fmt: skip


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(node: ast.AST, *, types: bool = False) -> Iterator[str]:
    """Names of the modules that a module imports; those for type checkers alone only where asked for."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            yield from (f"{child.module}.{alias.name}" for alias in child.names)
        elif isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING" and not types:
            continue
        else:
            yield from imported(child, types=types)


def room(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_point_one_way(path: Path) -> None:
    allowed = MAY_IMPORT.get(room(path), set())
    ours = [module.removeprefix("monocli.") for module in imported(tree(path)) if module.startswith("monocli.")]
    wrong = [m for m in ours if not any(m == a or m.startswith(f"{a}.") for a in allowed) and m != "__version__"]
    assert not wrong, f"{name(path)} imports {wrong}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Also not by imports within a function, or for types alone. `prepare` raises where there is a circle, and names
    it."""
    dotted = {".".join(path.relative_to(SOURCE.parent).with_suffix("").parts): path for path in MODULES}
    TopologicalSorter(
        {
            module: {name if name in dotted else name.rpartition(".")[0] for name in imported(tree(path), types=True)}
            & dotted.keys()
            for module, path in dotted.items()
        }
    ).prepare()


def test_every_room_is_known() -> None:
    assert {room(path) for path in MODULES} <= {*MAY_IMPORT, "__init__"}


@pytest.mark.parametrize("path", [p for p in MODULES if room(p) == "engine"], ids=name)
def test_the_engine_is_pure(path: Path) -> None:
    parsed = tree(path)
    assert {module.split(".")[0] for module in imported(parsed, types=True)} & IMPURE == set()
    floats = [
        node.value for node in ast.walk(parsed) if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]
    assert floats == []
    called = {
        node.func.id for node in ast.walk(parsed) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert called & {"float", "open", "print", "input", "round", "eval", "exec"} == set()


def test_nothing_reaches_for_the_network() -> None:
    for path in MODULES:
        modules = {module.split(".")[0] for module in imported(tree(path), types=True)}
        assert modules & {"socket", "urllib", "http", "ssl", "requests", "httpx", "asyncio", "ftplib"} == set(), name(
            path
        )


def literals(parsed: ast.Module) -> Iterator[str]:
    """Texts that a module works with: not its docstrings."""
    remarks = {
        id(node.value)
        for node in ast.walk(parsed)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(parsed):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in remarks:
            yield node.value


@pytest.mark.parametrize("path", [p for p in MODULES if room(p) == "engine"], ids=name)
def test_the_engine_names_no_option_command_or_exit_code(path: Path) -> None:
    """It names inputs and questions (`engine/inputs.py`), and whoever shows a sentence words them."""
    parsed = tree(path)
    assert not [text for text in literals(parsed) if re.search(r"--[a-z]|\bmono [a-z]", text)]
    assert not [module for module in imported(parsed, types=True) if "exits" in module]


def test_no_module_knows_a_source(library: Library) -> None:
    """Where a statement comes from is read off the answer; only what is the program's own has a fixed id, in one
    place."""
    ids = set(library.source_ids)
    named = {name(path): found for path in MODULES if (found := ids & set(" ".join(literals(tree(path))).split()))}
    assert named == {"engine/cited.py": {"mono-decisions"}}


def test_no_module_knows_a_drug_by_name(library: Library) -> None:
    """Data decides: a name of the library in engine, library or render would be a rule that only Python can change."""
    rows = library.packs[0].rows("SELECT key FROM name WHERE kind IN ('monograph', 'agent')")
    names = {row[0] for row in rows}
    words = {n for n in names if re.fullmatch(r"[a-z][a-z-]{4,}", n)} - {"alcohol", "water", "others"}
    assert {"imatinib", "imexon", "aldesleukin", "ketoconazole", "warfarin"} <= words
    for path in MODULES:
        if room(path) in ("engine", "library", "render", "result"):
            found = {
                word for text in literals(tree(path)) for word in re.findall(r"[^\W\d_]+", text.casefold())
            } & words
            assert not found, f"{name(path)} names {sorted(found)}"


def test_answers_are_typed() -> None:
    lines = [line for path in MODULES for line in path.read_text(encoding="utf-8").splitlines()]
    untyped = [line for line in lines if re.search(r"\bAny\b", line)]
    assert len(untyped) * 1000 <= MOST_ANY * len(lines), untyped


def test_no_class_name_stands_twice() -> None:
    """Two types of one name are taken for each other by whoever reads them apart."""
    places: dict[str, list[str]] = {}
    for path in MODULES:
        for class_name in classes_of(tree(path)):
            places.setdefault(class_name, []).append(name(path))
    assert not {class_name: held for class_name, held in places.items() if len(held) > 1}


def classes_of(parsed: ast.Module) -> Iterator[str]:
    """Names of the classes of a module, and of the records that are written as a call."""
    for node in parsed.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            target, called = node.targets[0], node.value.func
            if (
                isinstance(called, ast.Name)
                and called.id in ("TypedDict", "NamedTuple")
                and isinstance(target, ast.Name)
            ):
                yield target.id
