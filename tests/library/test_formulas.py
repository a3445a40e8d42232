"""Expressions are read into trees, and `mono data check` says where a formula does not hold together."""

from __future__ import annotations

from typing import Any

import pytest

from formula_records import documents, with_formula
from monocli.engine.formulas.writing import written
from monocli.library.documents import Document, Documents
from monocli.library.expressions import Unreadable, parse, parse_condition
from monocli.library.formula_checks import check_formulas
from monocli.library.strict_yaml import SourceFile

FORMULA: dict[str, Any] = {
    "id": "made-up",
    "name": "Made up",
    "group": "weight",
    "about": "made up",
    "source": "mono-decisions",
    "inputs": [{"name": "weight", "measure": "weight"}, {"name": "sex", "measure": "sex"}],
    "result": {"label": "made up", "unit": "kg"},
    "expression": "weight * 2",
    "holds_for": ["nobody"],
}


def problems(**changes: Any) -> list[str]:
    """What the check says of a formula with these changes, by key path."""
    files = with_formula({**FORMULA, **changes})
    document: Document = files.of_kind("formulas")[0]
    document.source = SourceFile("made-up.yaml")
    check_formulas(files)
    return [f"{p.path}: {p.message}" for p in document.source.problems]


def read(text: str) -> str:
    return written(parse(text), lambda name, unit: f"{name}[{unit}]" if unit else name)


@pytest.mark.parametrize(
    ("text", "as_written"),
    [
        ("1 + 2 * 3", "1 + 2 × 3"),
        ("(1 + 2) * 3", "(1 + 2) × 3"),
        ("8 / 4 / 2", "8 / 4 / 2"),
        ("8 / (4 / 2)", "8 / (4 / 2)"),
        ("8 - (4 - 2)", "8 − (4 − 2)"),
        ("-2^2", "−2^2"),
        ("2^-1.2", "2^(−1.2)"),
        ("2^3^2", "2^(3^2)"),
        ("age/[years]", "age[years]"),
        ("140 - age/[years]", "140 − age[years]"),
        ("(weight/[kg]) / 2 * [mL/min]", "weight[kg] / 2"),
        ("sqrt(a) + min(a, 1)", "√(a) + min(a, 1)"),
        ("when(sex is female, 0.85, 1) * 2", "(0.85 if sex is female; else 1) × 2"),
        ("when(a < 1 and b >= 2, 1, a > 3, 2, 3)", "(1 if a < 1 and b ≥ 2; 2 if a > 3; else 3)"),
    ],
)
def test_an_expression_is_read_as_people_write_it(text: str, as_written: str) -> None:
    assert read(text) == as_written


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1 +", "column 4 of the expression: expected a number, a name or a [unit], not the end"),
        ("(1 + 2", "column 7 of the expression: expected ')', not the end"),
        ("1 2", "column 3 of the expression: expected nothing more, not '2'"),
        ("a $ b", "column 3 of the expression: '$' cannot be read"),
        ("sqrt(1, 2)", "column 1 of the expression: sqrt does not take 2 values"),
        ("when(a < 1, 2)", "column 1 of the expression: when does not take 2 values"),
        ("when(a, 1, 2)", "column 1 of the expression: expected a condition as number 1 of when"),
        ("when(a < 1, b < 2, 3)", "column 1 of the expression: expected a value as number 2 of when"),
        ("", "column 1 of the expression: expected a number, a name or a [unit], not the end"),
        ("(" * 60 + "1" + ")" * 60, "column 41 of the expression: nested too deep"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(text: str, why: str) -> None:
    with pytest.raises(Unreadable, match=f"^{__import__('re').escape(why)}$"):
        parse(text)


def test_and_and_or_are_not_mixed() -> None:
    assert parse_condition("a < 1 or b < 2 or c < 3")["op"] == "or"
    with pytest.raises(Unreadable, match="no mixture of and and or"):
        parse_condition("a < 1 or b < 2 and c < 3")


def test_the_formula_of_these_tests_has_no_problem() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"expression": "weight * weight"}, "expression: the units do not follow: mass^2, where kg is mass"),
        ({"expression": "weight + 1"}, "expression: what is added is of two kinds: mass and a pure number"),
        ({"expression": "ln(weight) * [kg]"}, "expression: ln takes a pure number, not mass; divide by a [unit]"),
        ({"expression": "weight^0.5"}, "expression: a power of mass; divide by a [unit]"),
        ({"expression": "sqrt(weight)"}, "expression: sqrt of mass; divide by a [unit]"),
        ({"expression": "weight * sex"}, "expression: sex is a word; it can only stand before `is`"),
        ({"expression": "when(sex is other, 1, 2) * [kg]"}, "expression: 'other' is no word of sex"),
        ({"expression": "height * 1"}, "expression: there is no input, step or table 'height' before this"),
        ({"expression": "weight * [kgg] / [kg]"}, "expression: unknown unit: 'kgg'"),
        ({"expression": "weight * ("}, "expression: column 11 of the expression: "
         "expected a number, a name or a [unit], not the end"),
        ({"group": "nothing"}, "group: 'nothing' is not one of formula_groups in vocabulary.yaml: "
         "bsa, dosing, fluids, infusion, laboratory, liver, qtc, renal, risk, weight"),
        ({"inputs": [{"name": "x", "measure": "x"}]}, "inputs[0].measure: "
         "there is no measure 'x'; a new one is written in a file of measures/"),
        ({"inputs": [{"name": "weight", "measure": "weight", "at_least": "5 cm", "holds": "x"}]},
         "inputs[0].at_least: '5 cm' is not of a kind of body weight"),
        ({"inputs": [{"name": "weight", "measure": "weight", "at_least": "5 kg"}]},
         "inputs[0]: a range needs `holds`: whom the formula holds for"),
        ({"steps": [{"name": "half", "label": "half", "expression": "weight / 2"}]},
         "steps[0].unit: the units do not follow: mass, where number is a pure number"),
        ({"steps": [{"name": "weight", "label": "x", "expression": "2"}]},
         "steps[0].name: 'weight' is already a name here"),
        ({"steps": [{"name": "ideal", "label": "x", "formula": "none"}]},
         "steps[0]: `formula` names a formula of one expression, whose steps use no other formula"),
        ({"also": [{"id": "a", "label": "a", "unit": "cm", "expression": "result"}]},
         "also[0].expression: the units do not follow: mass, where cm is length"),
        ({"requires": [{"that": "weight > 1", "otherwise": "x"}]},
         "requires[0].that: what is compared is of two kinds: mass and a pure number"),
        ({"points": [{"name": "p", "input": "weight", "rows": [{"points": "1"}, {"points": "2"}]}]},
         "points[0].rows[0]: every row but the last has one bound or words, and the last has none"),
    ],
)  # fmt: skip
def test_what_does_not_hold_together_is_said_with_its_place(changes: dict[str, Any], said: str) -> None:
    assert said in problems(**changes)


def test_a_name_of_another_formula_is_claimed_twice() -> None:
    files = with_formula({**FORMULA, "also_called": ["bmi"]})
    files.items.append(next(d for d in documents().of_kind("formulas") if d.id == "bmi"))
    for document in files.of_kind("formulas"):
        document.source = document.source or SourceFile(f"{document.id}.yaml")
    check_formulas(files)
    said = [p for d in files.of_kind("formulas") for p in (d.source.problems if d.source else [])]
    assert [p.message for p in said] == ["'bmi' is already a name of the formula made-up"]
    documents.cache_clear()


@pytest.mark.parametrize(
    ("formula", "problem"),
    [
        ("bsa-nobody", "area_formulas[0].formula: there is no formula 'bsa-nobody' in data/formulas/"),
        ("bmi", "area_formulas[0].formula: its equation is shown with a dose: the formula needs `written`"),
        ("bsa-boyd", None),
    ],
)
def test_a_dose_can_ask_for_the_formulas_of_a_body(formula: str, problem: str | None) -> None:
    body = Document("measures", "body", {"id": "body", "area_formulas": [{"id": "x", "formula": formula}]})
    body.source = SourceFile("measures/body.yaml")
    files = Documents([*(d for d in documents().items if d.id != "body"), body])
    check_formulas(files)
    assert [f"{p.path}: {p.message}" for p in body.source.problems] == ([problem] if problem else [])
