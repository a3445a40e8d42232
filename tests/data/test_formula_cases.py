"""Every case beside a formula of data/formulas/."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import yaml

from formula_records import FORMULAS, book
from monocli.engine.answers import Answer, Refusal
from monocli.engine.formulas.calculating import calculate
from monocli.library.store import Library

FILES = sorted(FORMULAS.glob("*.cases.yaml"))
KEYS = {"name", "inputs", "gives", "within", "unit", "also", "grade", "refused", "warns", "source"}


def _cases() -> list[Any]:
    return [
        pytest.param(id, case, id=f"{id}: {case['name']}")
        for path in FILES
        for id in [path.name.removesuffix(".cases.yaml")]
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["cases"]
    ]


@pytest.mark.parametrize(("formula", "case"), _cases())
def test_case(formula: str, case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    assert ("gives" in case) != ("refused" in case)
    found = calculate(book(), book().formula(formula), list(case["inputs"].items()))
    if "refused" in case:
        assert isinstance(found, Refusal)
        assert found.code == case["refused"]
        assert found.data is None
        return
    assert isinstance(found, Answer), found
    result = found.data["result"]
    assert result["unit"] == case["unit"]
    assert _near(result, case["gives"], case.get("within", "0"))
    assert result.get("grade") == case.get("grade")
    also = {item["id"]: item for item in found.data["also"]}
    for id, expected in case.get("also", {}).items():
        number, _, within = expected.partition(" within ")
        assert _near(also[id], number, within)
    assert {note.code for note in found.notes} >= set(case.get("warns", ()))
    assert found.data["sources"]
    assert all(step["source"] for step in found.data["steps"])


def _near(amount: Any, expected: str, within: str) -> bool:
    return abs(Fraction(amount.get("exact") or amount["value"]) - Fraction(expected)) <= Fraction(within)


def test_every_formula_has_its_cases() -> None:
    formulas = {path.stem for path in FORMULAS.glob("*.yaml") if not path.name.endswith(".cases.yaml")}
    assert {path.name.removesuffix(".cases.yaml") for path in FILES} == formulas
    for path in FILES:
        cases = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["cases"]
        assert sum("gives" in case for case in cases) >= 2, path.name


def test_every_file_opens_with_how_to_read_and_write_it() -> None:
    for path in FORMULAS.glob("*.yaml"):
        assert path.read_text(encoding="utf-8").startswith("# "), path.name
        assert "docs/formulas.md" in path.read_text(encoding="utf-8"), path.name


def test_every_source_of_a_case_is_a_source(library: Library) -> None:
    for path in FILES:
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["cases"]:
            assert case.get("source", "mono-decisions") in library.source_ids
