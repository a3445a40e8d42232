"""A formula of the user's own that goes by a bundled name stops nothing: who asks by that name is asked back."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

import tiny
from monocli.engine.answers import NO_ANSWER, Answer, Refusal
from monocli.library import compiling
from monocli.library.loading import laid_over
from monocli.library.pack import Pack
from monocli.library.store import Library
from monocli.questions import calc

OWN = "sources: [{id: own, title: Own notes, kind: book, printed: no}]\n"
GAP = (
    "id: {id}\nname: {name}\nalso_called: [{also}]\ngroup: laboratory\nabout: what\nsource: own\n"
    "inputs: [{{name: sodium, measure: sodium}}, {{name: chloride, measure: chloride}}]\n{steps}"
    "result: {{label: gap, unit: mmol/L}}\nexpression: {expression}\nholds_for: [adults]\n"
)
IONS = [("sodium", "140"), ("chloride", "100")]


def gap(id: str, name: str, also: str, steps: str = "", expression: str = "sodium - chloride") -> str:
    return GAP.format(id=id, name=name, also=also, steps=steps, expression=expression)


class Folder:
    """A user's folder over the bundled library."""

    def __init__(self, library: Library, base: Path, files: dict[str, str]) -> None:
        self.bundled, self.tables = library.packs
        mine = tiny.write(base / "mine", {"sources.yaml": OWN, **files})
        self.documents = laid_over(self.bundled, mine, self.tables)
        connection = sqlite3.connect(":memory:", isolation_level=None)
        compiling.fill(connection, self.documents, "", base=self.bundled, beside=self.tables)
        self.library = Library(Pack(connection), self.bundled, self.tables)

    def asked(self, name: str, *given: tuple[str, str]) -> Any:
        return calc.calculate(self.library, name, given)

    def value(self, name: str, *given: tuple[str, str]) -> str:
        found = self.asked(name, *given)
        assert isinstance(found, Answer), found
        return str(found.data["result"]["value"])


@pytest.mark.parametrize(
    ("file", "content", "paths", "name", "choices"),
    [
        (
            "anion-gap",
            gap("anion-gap", "Gap of mine", "gap k"),
            {"id"},
            "anion-gap",
            ("anion-gap (own file)", "anion-gap (bundled)"),
        ),
        ("mine", gap("mine", "Anion gap", "gap k"), {"name"}, "anion gap", ("mine", "anion-gap (bundled)")),
        ("mine", gap("mine", "Gap of mine", "kidney"), {"also_called[0]"}, "Kidney", ("mine", "renal")),
        (
            "bmi",
            gap("bmi", "Gap of mine", "quetelet"),
            {"id", "also_called[0]"},
            "Quetelet",
            ("bmi (own file)", "bmi (bundled)"),
        ),
        (
            "renal",
            gap("renal", "Gap of mine", "quetelet"),
            {"id", "also_called[0]"},
            "Quetelet",
            ("renal (own file)", "bmi"),
        ),
    ],
)
def test_the_name_is_asked_back_and_warned_of(
    library: Library, tmp_path: Path, file: str, content: str, paths: set[str], name: str, choices: tuple[str, ...]
) -> None:
    folder = Folder(library, tmp_path, {f"formulas/{file}.yaml": content})
    assert {(w.code, w.path) for w in folder.documents.warnings()} == {("name-claimed-twice", p) for p in paths}
    refused = folder.asked(name, *IONS)
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.kind, refused.suggestions) == ("ambiguous-formula", NO_ANSWER, choices)
    for choice in choices:
        assert isinstance(folder.asked(choice), Answer)


def test_both_answer_by_what_tells_them_apart(library: Library, tmp_path: Path) -> None:
    folder = Folder(library, tmp_path, {"formulas/anion-gap.yaml": gap("anion-gap", "Gap of mine", "gap k")})
    assert folder.value("gap of mine", *IONS) == "40"
    assert folder.value("anion-gap (own file)", *IONS) == "40"
    assert folder.value("anion-gap (bundled)", *IONS, ("bicarbonate", "25")) == "15"
    assert folder.value("bmi", ("weight", "72"), ("height", "200")) == "18"


def test_two_formulas_of_one_name_are_told_apart_side_by_side(library: Library, tmp_path: Path) -> None:
    folder = Folder(library, tmp_path, {"formulas/anion-gap.yaml": gap("anion-gap", "Anion gap", "gap k")})
    answer = folder.asked("laboratory", *IONS, ("bicarbonate", "25"))
    names = [c["name"] for c in answer.data["calculations"]] + [c["name"] for c in answer.data["not_worked_out"]]
    assert len(set(names)) == len(names)
    assert {"Anion gap", "Anion gap (own file)"} <= set(names)
    assert folder.asked("anion-gap (own file)", *IONS).data["name"] == "Anion gap (own file)"
    assert folder.asked("anion-gap (bundled)").data["name"] == "Anion gap"


def test_another_formula_of_ones_own_still_takes_ones_own(library: Library, tmp_path: Path) -> None:
    steps = "steps: [{name: gap, label: gap, formula: anion-gap, unit: mmol/L}]\n"
    files = {
        "formulas/anion-gap.yaml": gap("anion-gap", "Gap of mine", "gap k"),
        "formulas/twice.yaml": gap("twice", "Twice the gap", "two gaps", steps, "2 * gap"),
    }
    assert Folder(library, tmp_path, files).value("twice", *IONS) == "80"


def test_a_copy_of_a_bundled_formula_is_that_formula(library: Library, tmp_path: Path) -> None:
    from conftest import ROOT

    text = (ROOT / "data" / "formulas" / "anion-gap.yaml").read_text(encoding="utf-8")
    folder = Folder(library, tmp_path, {"formulas/anion-gap.yaml": text})
    assert folder.documents.warnings() == []
    assert folder.value("anion-gap", *IONS, ("bicarbonate", "25")) == "15"
