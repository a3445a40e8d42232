"""The patient's area and weight, as given or worked out by a named formula."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import Refusal, bad_value
from monocli.engine.dosing import area as areas
from monocli.engine.dosing.area import Area
from monocli.engine.dosing.book import AREA_UNIT, WEIGHT_UNIT
from monocli.engine.dosing.known import Body, Measured
from monocli.engine.dosing.requests import Request
from monocli.engine.dosing.work import OWN, conflicting, needed, step
from monocli.engine.inputs import BSA, BSA_FORMULA, HEIGHT, SEX, WEIGHT
from monocli.engine.quantities import plausible
from monocli.engine.quantities.values import Value

if TYPE_CHECKING:
    from monocli.engine.dosing.known import Bodies
    from monocli.records.body import AreaFormula
    from monocli.records.output.dose_rules import FormulaArea


def measure(bodies: Bodies, request: Request, age: Fraction | None = None) -> Measured | Refusal:
    """Every measure given, read and checked, also against the age. Asks for nothing: whether an area is needed is for
    the dose to say.
    """
    given = {
        BSA: request.bsa,
        HEIGHT: request.height,
        WEIGHT: request.weight,
        BSA_FORMULA: request.bsa_formula,
        SEX: request.sex,
    }
    options = tuple(option for option, text in given.items() if text is not None)
    if request.bsa is not None and request.height is not None:
        return conflicting(BSA, HEIGHT, "an area is either given or worked out", "leave out one of the two")
    formula = areas.find_formula(bodies, request.bsa_formula, BSA_FORMULA)
    if isinstance(formula, Refusal):
        return formula
    sex = _sex(bodies, request.sex)
    if isinstance(sex, Refusal):
        return sex
    values = _values(bodies, request, age)
    if isinstance(values, Refusal):
        return values
    weight = Value(values["weight"]) if "weight" in values else None
    unused = tuple(o for o in (BSA_FORMULA, SEX) if o in options and "height" not in values)
    if "body-surface" in values:
        return _given_area(values["body-surface"], weight, options, unused)
    if "height" not in values:
        missing = (
            needed("bsa-needed", HEIGHT, "a weight alone makes no area", f"add {HEIGHT}, or give {BSA}")
            if weight
            else None
        )
        return Measured(Body(None, weight), options=options, unused=unused, missing=missing)
    if weight is None:
        missing = needed("bsa-needed", WEIGHT, "a height alone makes no area", f"add {WEIGHT}, or give {BSA}")
        return Measured(Body(), options=options, unused=unused, missing=missing)
    return _worked_out(bodies, formula, values, sex, options, age)


def _values(bodies: Bodies, request: Request, age: Fraction | None) -> dict[str, Fraction] | Refusal:
    """The measures given, by measure, as a formula reads them."""
    given = {"body-surface": request.bsa, "height": request.height, "weight": request.weight}
    typed = {id: text for id, text in given.items() if text is not None}
    return plausible.read_measures(bodies.formulas().people, typed, age) if typed else {}


def _sex(bodies: Bodies, text: str | None) -> str | Refusal | None:
    """The word for the sex, as a formula reads it."""
    if text is None:
        return None
    from monocli.engine.quantities.measuring import read

    book = bodies.formulas()
    found = read(book.measures["sex"], text, SEX, book.table)
    return found if isinstance(found, Refusal) else found.word


def _given_area(area: Fraction, weight: Value | None, options: tuple[str, ...], unused: tuple[str, ...]) -> Measured:
    value = Value(area)
    shown = step(
        "body surface area", f"Body surface area given: {value.text(AREA_UNIT)}.", OWN, result=value.text(AREA_UNIT)
    )
    return Measured(Body(value, weight), (shown,), options=options, unused=unused)


def _worked_out(
    bodies: Bodies,
    formula: AreaFormula,
    values: dict[str, Fraction],
    sex: str | None,
    options: tuple[str, ...],
    age: Fraction | None,
) -> Measured | Refusal:
    """The area by the chosen formula, with all formulas beside it."""
    height, weight = values["height"], values["weight"]
    area = areas.area(bodies, formula, height, weight, sex)
    if isinstance(area, Refusal):
        return area
    if not plausible.is_possible(bodies.formulas().people, age, {"body-surface": area.value.number}):
        message = f"the area of {area.value.text(AREA_UNIT)} that height and weight make is not plausible"
        return bad_value(HEIGHT, message, f"check {HEIGHT} and {WEIGHT}")
    chosen = "as asked for" if BSA_FORMULA in options else "the default of this library; the source names no formula"
    inputs = f"H = {Value(height).text('cm')}, W = {Value(weight).text(WEIGHT_UNIT)}"
    suffix = "" if area.value.is_exact else " (rounded for display; the unrounded value is used)"
    shown = step(
        "body surface area",
        f"Body surface area by the {area.name} formula ({chosen}).",
        {"source": area.source},
        formula=area.equation,
        inputs=inputs,
        result=area.value.text(AREA_UNIT) + suffix,
    )
    beside = tuple(_beside(a, formula["id"]) for a in areas.side_by_side(bodies, height, weight, sex))
    return Measured(Body(area.value, Value(weight)), (shown,), beside, options)


def _beside(area: Area, chosen: str) -> FormulaArea:
    return {
        "formula": area.formula,
        "name": area.name,
        "equation": area.equation,
        "area": area.value.json(AREA_UNIT),
        "used": area.formula == chosen,
        "source": area.source,
    }
