"""Values of the patient as rules are written in them: multiples of an upper limit of normal, amounts, yes or no."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import Note, Refusal, bad_value, not_readable, too_long
from monocli.engine.dosing.book import ULN, YES_NO, limit_text, unit_of
from monocli.engine.dosing.known import Known, worded
from monocli.engine.dosing.requests import Measurement
from monocli.engine.dosing.when import bounds
from monocli.engine.dosing.work import OWN, needed, step
from monocli.engine.names import visible, with_unit
from monocli.engine.quantities.numbers import exact
from monocli.engine.quantities.quantity import Quantity, read_quantity
from monocli.engine.quantities.values import Value

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.engine.dosing.known import Bodies
    from monocli.records.dose_rules import Variable
    from monocli.records.dose_shared import Limit
    from monocli.records.output.adjusting import LimitCrossed, LimitToWaitFor

YES_OR_NO = {
    "yes": Fraction(1),
    "y": Fraction(1),
    "true": Fraction(1),
    "no": Fraction(0),
    "n": Fraction(0),
    "false": Fraction(0),
}
_MULTIPLE = r"(?:[x×*]|times)?\s*(?:the\s+)?(?:uln|upper limit of normal)|[x×]"
_HINT = "a multiple of the upper limit of normal, such as 2.5 or 2.5xULN"


def read_measurements(
    book: DoseBook, bodies: Bodies, measurements: Sequence[Measurement]
) -> dict[str, Known] | Refusal:
    """Every value that was given, by variable; the first bad one is refused, and so is a second of one variable."""
    known: dict[str, Known] = {}
    for measurement in measurements:
        value = _read(book, bodies, measurement)
        if isinstance(value, Refusal):
            return value
        if value.variable in known:
            return bad_value(value.option, f"{value.label} was given twice", "give it once")
        known[value.variable] = value
    return known


def no_rule(drug: str, measurement: Measurement, known: tuple[str, ...]) -> Refusal:
    """The refusal of a value that no rule asks for; `known` are the ids of those that rules do ask for."""
    option, name = measurement.option, measurement.by_name
    message = f"the dose data of {drug} have no rule about {'this value' if name is None else repr(visible(name))}"
    hint = f"leave out {option}" if name is None else f"known here: {', '.join(known) or 'none'}"
    return bad_value(option, message, hint, () if name is None else known)


def _read(book: DoseBook, bodies: Bodies, measurement: Measurement) -> Known | Refusal:
    variable = book.variable(measurement.variable)
    option = measurement.option
    if variable is None:
        return no_rule(book.drug, measurement, tuple(book.variables))
    if measurement.text is None:
        return needed("value-needed", option, f"{measurement.uln_option} is a limit without a value", f"add {option}")
    if refused := too_long(measurement.text, option) or too_long(measurement.uln or "", measurement.uln_option):
        return refused
    if variable.get("yes_no"):
        return _yes_or_no(variable, measurement.text, option)
    if "unit" in variable:
        return _in_own_unit(variable, bodies, measurement, measurement.text)
    uln_hint = f"{_HINT}; an absolute value needs its limit as well ({measurement.uln_option})"
    quantity = read_quantity(measurement.text)
    if isinstance(quantity, Refusal):
        return not_readable(option, quantity, uln_hint)
    if quantity.value <= 0:
        return bad_value(option, f"{variable['label']} must be more than 0: {visible(measurement.text)!r}", uln_hint)
    typed = visible(measurement.text.strip())
    if quantity.unit == "" or re.fullmatch(_MULTIPLE, quantity.unit, re.IGNORECASE):
        if quantity.unit == "" and measurement.uln is not None:
            message = f"{typed!r} has no unit; with {measurement.uln_option} the value is absolute and needs one"
            return bad_value(option, message, f"write the unit, or leave out {measurement.uln_option}")
        note = None
        if measurement.uln is not None:
            message = f"{typed} is a multiple of ULN already, so {measurement.uln_option} was not used."
            note = Note("not-used", message, {"field": measurement.uln_option})
        elif quantity.unit == "" and "say_multiple_from" in variable:
            note = _may_be_absolute(variable, measurement, quantity.value)
        return _known(
            variable,
            quantity.value,
            option,
            f"{variable['label']} given as {Value(quantity.value).text()} {ULN}.",
            None,
            note,
        )
    return _absolute(variable, measurement, quantity.value, quantity.unit, uln_hint)


def _yes_or_no(variable: Variable, text: str, option: str) -> Known | Refusal:
    number = YES_OR_NO.get(text.strip().casefold())
    if number is None:
        return bad_value(option, f"{variable['label']} is answered with yes or no, not {visible(text)!r}")
    said = f"{variable['label']}: {worded(number, YES_NO)}."
    return Known(variable["id"], variable["label"], number, option, step(variable["id"], said, OWN), unit=YES_NO)


def _in_own_unit(variable: Variable, bodies: Bodies, measurement: Measurement, text: str) -> Known | Refusal:
    """A value in a unit of its own, read exactly."""
    if measurement.uln is not None:
        message = f"{variable['label']} is not a multiple of a limit"
        return bad_value(measurement.uln_option, message, f"leave out {measurement.uln_option}")
    if "measure" in variable:
        return _measured(variable, bodies, text, measurement.option)
    return _amount(variable, text, measurement.option, variable["unit"])


def _amount(variable: Variable, text: str, option: str, unit: str) -> Known | Refusal:
    """A value in a unit that no measure has."""
    typed, label = visible(text.strip()), variable["label"]
    names = {name["name"].casefold(): exact(name["factor"]) for name in variable.get("unit_names", [])}
    units = {"" if unit == "1" else unit.casefold(): Fraction(1), **names}
    shown = ", ".join(
        ["a bare number"] * (unit == "1")
        + [with_unit("", u) for u in (unit, *(n["name"] for n in variable.get("unit_names", []))) if u != "1"]
    )
    hint = f"units of {label}: {shown}"
    quantity = read_quantity(text)
    if isinstance(quantity, Refusal):
        return not_readable(option, quantity, hint)
    if quantity.negative:
        return bad_value(option, f"{label} cannot be negative: {typed!r}", hint)
    written = quantity.unit.strip().casefold()
    if not written and variable.get("unit_needed"):
        return bad_value(option, f"{typed!r} has no unit, and {label} is reported in several", hint)
    factor = units.get(written) if written or unit == "1" else Fraction(1)
    if factor is None:
        return bad_value(option, f"{visible(quantity.unit)!r} is not a unit of {label} here", hint)
    number = quantity.value * factor
    if variable.get("whole") and number.denominator != 1:
        return bad_value(option, f"{label} is a whole number, not {typed!r}", hint)
    shown_unit = unit_of(variable)
    ceiling = variable.get("implausible_above")
    if ceiling is not None and number > exact(ceiling):
        return bad_value(option, f"{Value(number).text(shown_unit)} is beyond belief for {label}", hint)
    assumed = "" if written or unit == "1" else f" A number without a unit is read as {unit}."
    result = Value(number).text(shown_unit)
    shown_step = step(variable["id"], f"{label} given as {typed}.{assumed}", OWN, result=result)
    return Known(variable["id"], label, number, option, shown_step, unit=shown_unit)


def _measured(variable: Variable, bodies: Bodies, text: str, option: str) -> Known | Refusal:
    """A value in a unit of its own, read as an input of a formula is; `bad-value` where it is not."""
    from monocli.engine.quantities.measuring import read

    people, unit = bodies.formulas().people, variable["unit"]
    quantity = read_quantity(text)
    assumed = bool(variable.get("bare")) and isinstance(quantity, Quantity) and not quantity.unit
    reading = read(people.measures[variable["measure"]], f"{text} {unit}" if assumed else text, option, people.table)
    if isinstance(reading, Refusal):
        asked = people.measures[variable["measure"]].get("hint") if reading.code == "unit-needed" else None
        message = reading.message.replace(f"{option}: ", f"{option}: {variable['label']}: ", 1)
        return reading.replaced(code="bad-value", message=message, hint=asked or reading.hint)
    number = reading.in_unit(people.table.known(unit))
    said = f" A number without a unit is read as {unit}." if assumed else ""
    said = f"{variable['label']} given as {visible(text.strip())}.{said}"
    shown = step(variable["id"], said, OWN, result=Value(number).text(unit))
    note = reading.notes[0] if reading.notes else None
    return Known(variable["id"], variable["label"], number, option, shown, note, unit)


def _may_be_absolute(variable: Variable, measurement: Measurement, value: Fraction) -> Note | None:
    """A large number without a unit is read as a multiple too; that is said, for it may be an absolute value."""
    if value < exact(variable["say_multiple_from"]):
        return None
    units = " or ".join(group[0] for group in variable.get("unit_spellings", []))
    absolute = f" A value in {units} needs its unit, and {measurement.uln_option}." if units else ""
    message = (
        f"{measurement.option} {Value(value).text()} has no unit and was read as {Value(value).text()} {ULN}.{absolute}"
    )
    return Note("read-as-multiple", message, {"field": measurement.option})


def _absolute(variable: Variable, measurement: Measurement, value: Fraction, unit: str, hint: str) -> Known | Refusal:
    """An absolute value over its own upper limit of normal, both in one unit."""
    option, uln_option, typed = measurement.option, measurement.uln_option, visible((measurement.text or "").strip())
    spellings = _unit(variable, unit)
    if spellings is None:
        known = ", ".join(group[0] for group in variable.get("unit_spellings", [])) or "none"
        return bad_value(
            option, f"{visible(unit)!r} is not a unit of {variable['label']} here; absolute units: {known}", hint
        )
    if measurement.uln is None:
        message = f"an absolute value ({typed}) cannot be compared without its upper limit of normal"
        return bad_value(option, message, f"add {uln_option}, or give a multiple such as 2.5xULN")
    limit = read_quantity(measurement.uln)
    if isinstance(limit, Refusal):
        return not_readable(uln_option, limit, f"the upper limit of normal in {spellings[0]}")
    if limit.value <= 0:
        return bad_value(
            uln_option, "an upper limit of normal is more than 0", f"the upper limit of normal in {spellings[0]}"
        )
    if limit.unit and _unit(variable, limit.unit) is not spellings:
        return bad_value(
            uln_option, f"the limit is in {visible(limit.unit)}, the value in {visible(unit)}", "give both in one unit"
        )
    multiple = value / limit.value
    inputs = f"{Value(value).text()} {spellings[0]} / {Value(limit.value).text()} {spellings[0]}"
    return _known(
        variable, multiple, option, f"{variable['label']} as a multiple of its upper limit of normal.", inputs, None
    )


def _unit(variable: Variable, unit: str) -> list[str] | None:
    key = unit.strip().replace("\u03bc", "\u00b5").casefold()
    groups = variable.get("unit_spellings", [])
    return next((g for g in groups if key in (s.replace("\u03bc", "\u00b5").casefold() for s in g)), None)


def _known(
    variable: Variable, multiple: Fraction, option: str, text: str, inputs: str | None, note: Note | None
) -> Known | Refusal:
    ceiling = variable.get("implausible_above")
    if ceiling is not None and multiple > exact(ceiling):
        message = f"{Value(multiple).text()} {ULN} is beyond belief for {variable['label']}"
        return bad_value(option, message, _HINT)
    shown = step(variable["id"], text, OWN, inputs=inputs, result=f"{Value(multiple).text()} {ULN}")
    return Known(variable["id"], variable["label"], multiple, option, shown, note)


def limit_json(book: DoseBook, limit: Limit) -> LimitToWaitFor:
    """A limit as `until` shows it: variable, the comparison, the multiple and a sentence."""
    comparison, bound = bounds(limit)[0]
    return {
        "variable": limit["variable"],
        "comparison": comparison,
        "value": bound,
        "unit": book.unit_of(limit["variable"]),
        "text": limit_text(book, limit),
    }


def crossed_json(book: DoseBook, limit: Limit, known: Mapping[str, Known]) -> LimitCrossed:
    """A limit that was crossed, with the value that crosses it: of several that count as its variable the farthest."""
    variables = {id for id, variable in book.variables.items() if limit["variable"] in (id, variable.get("counts_as"))}
    farthest = min if {"less_than", "at_most"} & limit.keys() else max
    given = farthest((k for k in known.values() if k.variable in variables), key=lambda k: k.number)
    return {**limit_json(book, limit), "given": given.json()}
