"""Body surface area by the formulas of the library, as a dose asks for them: by id, or all side by side."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import BAD_INPUT, Refusal, bad_value
from monocli.engine.inputs import SEX
from monocli.engine.names import normalise, visible
from monocli.engine.quantities.values import Value
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.dosing.known import Bodies
    from monocli.engine.formulas.book import FormulaBook
    from monocli.records.body import AreaFormula
    from monocli.records.formulas import Compiled, WrittenEquation

_HEIGHT, _WEIGHT, _AREA = "cm", "kg", "m2"


class Area(Record):
    """A body surface area by a formula, with its equation as a person writes it."""

    value: Value
    formula: str
    name: str
    equation: str
    source: str


def find_formula(bodies: Bodies, name: str | None, option: str) -> AreaFormula | Refusal:
    """The formula of that id, name or alias; the default one where no name is given."""
    listed = bodies.file["area_formulas"]
    if name is None:
        return next(formula for formula in listed if formula.get("default"))
    key, book = normalise(name), bodies.formulas()
    for formula in listed:
        names = (formula["id"], book.formula(formula["formula"])["name"], *formula.get("aliases", []))
        if key in map(normalise, names):
            return formula
    ids = tuple(formula["id"] for formula in listed)
    return bad_value(option, f"{visible(name)!r} is not a formula of the library", f"known: {', '.join(ids)}", ids)


def area(bodies: Bodies, wanted: AreaFormula, height: Fraction, weight: Fraction, sex: str | None) -> Area | Refusal:
    """The area in m2 for a height (cm) and weight (kg); `sex-needed` where there is an equation for each sex."""
    found = _areas(bodies.formulas(), wanted, height, weight, sex)
    if sex is None and len(found) > 1:
        formula = bodies.formulas().formula(wanted["formula"])
        known = " or ".join(words["sex"] for words in _words(formula))
        message = f"the {formula['name']} formula has an equation for each sex"
        return Refusal("sex-needed", message, f"add {SEX} {known}", kind=BAD_INPUT, detail={"field": SEX})
    return found[0]


def side_by_side(bodies: Bodies, height: Fraction, weight: Fraction, sex: str | None) -> list[Area]:
    """The area by every formula, in the library's order; by both equations where the sex is not known."""
    book = bodies.formulas()
    return [found for wanted in bodies.file["area_formulas"] for found in _areas(book, wanted, height, weight, sex)]


def _areas(book: FormulaBook, wanted: AreaFormula, height: Fraction, weight: Fraction, sex: str | None) -> list[Area]:
    """The area by each equation of a formula that may hold for a person of this sex."""
    from monocli.engine.formulas.evaluating import Evaluator

    formula = book.formula(wanted["formula"])
    known = {"height": Value(height * _factor(book, _HEIGHT)), "weight": Value(weight * _factor(book, _WEIGHT))}
    found = []
    for written in formula["written"]:
        words = written.get("words", {})
        if sex is not None and words.get("sex", sex) != sex:
            continue
        value = Evaluator(book.table, known, words).value(formula["ways"][0]["tree"])
        found.append(_named(wanted, formula, written, value.times(1 / _factor(book, _AREA))))
    return found


def _named(wanted: AreaFormula, formula: Compiled, written: WrittenEquation, value: Value) -> Area:
    words = " ".join(written.get("words", {}).values())
    name = formula["name"] + (f" ({words})" if words else "")
    return Area(value, wanted["id"], name, written["text"], formula["source"])


def _words(formula: Compiled) -> list[dict[str, str]]:
    return [written["words"] for written in formula["written"] if "words" in written]


def _factor(book: FormulaBook, unit: str) -> Fraction:
    return book.table.known(unit).factor
