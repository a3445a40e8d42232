"""The examples in the documentation are real: a folder made of them passes the checks and answers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from conftest import Run
from generated_docs import DOCS, ROOT
from monocli.library.building import load
from monocli.library.places import Places

_BLOCK = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
_SHELL = re.compile(r"^## For scripts$.*?^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)


CLUB = """  - id: club-list
    title: A list of another source
    kind: guideline
    printed: no
    levels: [{id: amber, label: watch, action: monitor}]
"""
"""A source that grades in its own words, as docs/interaction-data.md shows one."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("monographs", "interactions", "compatibility"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_five_steps_of_contributing(folder: Path) -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    source, names, sections, interactions, classes = _BLOCK.findall(page)
    (folder / "sources.yaml").write_text(source + CLUB, encoding="utf-8")
    (folder / "monographs" / "examplinib.yaml").write_text(names + sections, encoding="utf-8")
    (folder / "interactions/examplinib-label").mkdir()
    (folder / "interactions/examplinib-label/examplinib.yaml").write_text(interactions, encoding="utf-8")
    (folder / "interactions/club-list").mkdir()
    (folder / "interactions/club-list/dizziness.yaml").write_text(classes, encoding="utf-8")
    documents = load(Places(None, ROOT / "data", folder, "test", None))
    assert "examplinib" in documents.ids("monographs")


def test_examples_of_the_data_format(folder: Path) -> None:
    page = (DOCS / "data-format.md").read_text(encoding="utf-8")
    parts = {part.split("\n", 1)[0].strip(): _BLOCK.findall(part) for part in page.split("\n## ")[1:]}
    source = "sources:\n  - {id: example-label, title: Invented, kind: label, printed: no}\n"
    (folder / "sources.yaml").write_text(source, encoding="utf-8")
    (folder / "interactions/example-label").mkdir()
    for name, below in (("monographs", ""), ("interactions", "/example-label"), ("compatibility", "")):
        (folder / f"{name}{below}" / "examplinib.yaml").write_text(parts[f"{name}/"][0], encoding="utf-8")
    documents = load(Places(None, ROOT / "data", folder, "test", None))
    assert "examplinib" in documents.ids("monographs")
    assert "- {code: IE, name: Ireland" in parts["vocabulary.yaml and countries.yaml"][1]


def test_the_script_in_the_readme_needs_nothing_else(tmp_path: Path, world: dict[str, str]) -> None:
    (script,) = _SHELL.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    environment = {**world, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{world['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 5, done.stderr
    assert done.stdout.count('{"schema":"mono/lookup/1","command":"lookup","status":"ok"') == 3
    assert "\n3,bed 2,finding,aldesleukin,ibuprofen," in done.stdout


def test_a_stranger_adds_a_formula(folder: Path, run: Run) -> None:
    source, measures, formula, cases, measure = _BLOCK.findall((DOCS / "formulas.md").read_text(encoding="utf-8"))
    (folder / "sources.yaml").write_text(source, encoding="utf-8")
    for name, text in (("measures/pressures.yaml", measures + measure), ("formulas/map.yaml", formula)):
        (folder / name).parent.mkdir()
        (folder / name).write_text(text, encoding="utf-8")
    env = {"MONO_LIBRARY": str(folder)}
    for case in yaml.load(cases, Loader=yaml.BaseLoader)["cases"]:
        words = [f"{name}={value}" for name, value in case["inputs"].items()]
        document = run("calc", "map", *words, "--json", env=env).json
        if "refused" in case:
            assert document["errors"][0]["code"] == case["refused"]
        else:
            found = document["data"]["result"]
            assert found["unit"] == case["unit"]
            assert abs(Decimal(found["value"]) - Decimal(case["gives"])) <= Decimal(case.get("within", "0"))
