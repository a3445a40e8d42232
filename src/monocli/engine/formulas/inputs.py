"""The inputs of a calculation, as typed: which are meant, what they are, and whom the formula holds for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import BAD_INPUT, Note, Refusal, bad_value
from monocli.engine.names import normalise, visible
from monocli.engine.quantities.measuring import OF_A_BODY, Reading, bound_of, choices, read, unit_of
from monocli.engine.quantities.values import Value
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.formulas.book import FormulaBook
    from monocli.records.formulas import Compiled, CompiledWay, Input, PointsRow
    from monocli.records.measures import Measure

Given = Sequence[tuple[str, str]]
"""(name, text) as typed."""


class Chosen(Record):
    """The inputs as read, and the way to the result that they take."""

    readings: Mapping[str, Reading]
    way: CompiledWay
    unit: str
    notes: tuple[Note, ...]


def named(book: FormulaBook, formulas: Sequence[Compiled], given: Given) -> dict[str, str] | Refusal:
    """What was typed by the folded name of the input; `unknown-input` for a name of none of these formulas, and
    `input-twice`."""
    known: dict[str, str] = {}
    for formula in formulas:
        known = {**book.input_names(formula), **known}
    found: dict[str, str] = {}
    typed_as: dict[str, str] = {}
    for name, text in given:
        key = known.get(normalise(name))
        if key is None:
            return _unknown(name, sorted(set(known.values())))
        if key in found:
            message = f"{key} is given twice: {visible(typed_as[key])} and {visible(name)}={visible(text)}"
            return Refusal("input-twice", message, "give each input once", kind=BAD_INPUT, detail={"field": key})
        found[key], typed_as[key] = text, f"{name}={text}"
    return found


def _unknown(name: str, known: Sequence[str]) -> Refusal:
    from difflib import get_close_matches

    near = tuple(get_close_matches(name.casefold(), known, n=3))
    message = f"there is no input {visible(name)!r} here"
    return Refusal("unknown-input", message, f"inputs: {', '.join(known)}", near, BAD_INPUT, {"field": visible(name)})


def chosen(book: FormulaBook, formula: Compiled, typed: Mapping[str, str]) -> Chosen | Refusal:
    """The inputs read and checked, and the way that they take. Refusals: those of `measuring.read`, `missing-input`,
    `incompatible-units`, `outside-formula`."""
    readings: dict[str, Reading] = {}
    body = _of_the_body(formula, typed)
    for asked in formula["inputs"]:
        name = asked["name"]
        if name not in typed:
            if "assumed" in asked:
                readings[name] = _assumed(book, asked)
            continue
        reading = read(book.measure(asked), typed[name], name, book.table, ranged=name not in body.values())
        if isinstance(reading, Refusal):
            return reading
        readings[name] = reading
    if (refused := _impossible(book, body, readings, typed) or within(book, formula, readings)) is not None:
        return refused
    found = _way(book, formula, readings)
    if isinstance(found, Refusal):
        return found
    way, units = found
    notes = [note for reading in readings.values() for note in reading.notes]
    return Chosen(readings, way, units.get("result", formula["result"]["unit"]), tuple(notes))


def _of_the_body(formula: Compiled, typed: Mapping[str, str]) -> dict[str, str]:
    """The inputs given that are measures of one body, by measure; the first where a formula has two of one."""
    found: dict[str, str] = {}
    for asked in formula["inputs"]:
        if asked["name"] in typed and asked["measure"] in OF_A_BODY:
            found.setdefault(asked["measure"], asked["name"])
    return found


def _impossible(
    book: FormulaBook, body: Mapping[str, str], readings: Mapping[str, Reading], typed: Mapping[str, str]
) -> Refusal | None:
    """The refusal of measures that no one person has, as a dose refuses them."""
    if not body:
        return None
    from monocli.engine.quantities.plausible import impossible

    of_body = {measure: readings[name] for measure, name in body.items()}
    age = of_body["age"].in_unit(unit_of(book.measures["age"], book.table)) if "age" in body else None
    return impossible(book.people, of_body, {measure: typed[name] for measure, name in body.items()}, body, age)


def bounds(record: Input | PointsRow) -> list[tuple[str, str]]:
    """The bounds that a record of the data states, each with its kind."""
    found = [(key, record.get(key)) for key in ("at_least", "at_most", "below", "above")]
    return [(key, text) for key, text in found if isinstance(text, str)]


def within_bound(kind: str, value: Fraction, bound: Fraction) -> bool:
    """Whether a value is within a bound of this kind."""
    return {"at_least": value >= bound, "at_most": value <= bound, "below": value < bound, "above": value > bound}[kind]


def _assumed(book: FormulaBook, asked: Input) -> Reading:
    """The word that an input is taken to be where it was not given, with a warning that says so."""
    label = asked.get("label") or book.measure(asked)["label"]
    message = f"{asked['name']} ({label}) was not given and is taken as {asked.get('assumed')}."
    note = Note("assumed", message, {"field": asked["name"]})
    return Reading(Fraction(0), word=asked.get("assumed", ""), notes=(note,))


def within(book: FormulaBook, formula: Compiled, readings: Mapping[str, Reading]) -> Refusal | None:
    """`outside-formula` for the first value for which the formula does not hold; None where it holds for all."""
    for asked in formula["inputs"]:
        reading = readings.get(asked["name"])
        if reading is not None and (refused := _outside(book, formula, asked, reading)) is not None:
            return refused
    return None


def _outside(book: FormulaBook, formula: Compiled, asked: Input, reading: Reading) -> Refusal | None:
    """The refusal of a value for which the formula does not hold."""
    for key, text in bounds(asked):
        if not within_bound(key, reading.value, bound_of(text, book.table)[0]):
            shown = f"{Value(reading.number).text()} {reading.unit}".strip()
            message = f"{asked['name']}: {shown} is outside what {formula['name']} holds for: {asked.get('holds', '')}"
            hint = f"it holds for: {'; '.join(formula['holds_for'])}"
            return bad_value(asked["name"], message.partition(": ")[2], hint, code="outside-formula")
    return None


def _way(
    book: FormulaBook, formula: Compiled, readings: Mapping[str, Reading]
) -> tuple[CompiledWay, dict[str, str]] | Refusal:
    """The way whose units are those given, and which needs most of what is given."""
    always = [asked["name"] for asked in formula["inputs"] if not asked.get("optional") and "assumed" not in asked]
    fitting = [
        (way, units)
        for way in formula["ways"]
        for units in way["units"]
        if all(
            name not in readings or _fits(book, readings[name], unit)
            for name, unit in units.items()
            if name != "result"
        )
    ]
    if not fitting:
        return _incompatible(book, formula, readings)
    lacking = [([n for n in (*always, *way["needs"]) if n not in readings], way, units) for way, units in fitting]
    complete = [(way, units) for missing, way, units in lacking if not missing]
    if complete:
        return max(complete, key=lambda pair: len(pair[0]["needs"]))
    return _missing(book, formula, min((missing for missing, _, _ in lacking), key=len))


def _fits(book: FormulaBook, reading: Reading, unit: str) -> bool:
    return reading.dimensions == book.table.known(unit).dimensions


def _incompatible(book: FormulaBook, formula: Compiled, readings: Mapping[str, Reading]) -> Refusal:
    mixed = [units for way in formula["ways"] for units in way["units"]]
    names = [name for name in readings if any(name in units for units in mixed)]
    said = " and ".join(f"{name} in {readings[name].unit or 'no unit'}" for name in names)
    near = [u for u in mixed if any(n in u and _fits(book, readings[n], u[n]) for n in names)] or mixed
    going = "; ".join(dict.fromkeys(", ".join(f"{n} in {u[n]}" for n in u if n != "result") for u in near))
    message = f"the units do not go together: {said}"
    return Refusal(
        "incompatible-units", message, f"these go together: {going}", kind=BAD_INPUT, detail={"fields": names}
    )


def _missing(book: FormulaBook, formula: Compiled, names: Sequence[str]) -> Refusal:
    """`missing-input`, with every input that is missing and how it is written."""
    asked = {i["name"]: i for i in formula["inputs"]}
    examples = " ".join(_example(book.measure(asked[name]), name) for name in names)
    message = f"{formula['name']} needs {'; '.join(_described(book.measure(asked[n]), asked[n]) for n in names)}"
    return Refusal("missing-input", message, f"add {examples}", kind=BAD_INPUT, detail={"fields": list(names)})


def _described(measure: Measure, asked: Input) -> str:
    label = asked.get("label") or measure["label"]
    own = f" ({choices(measure)})" if "words" in measure else ""
    return f"{asked['name']}: {label}{own}" if label != asked["name"] else f"{label}{own}"


def _example(measure: Measure, name: str) -> str:
    if "words" in measure:
        return f"{name}=" + "|".join(word["id"] for word in measure["words"])
    unit = (measure.get("unit_needed") or measure.get("kinds") or [measure.get("unit", "number")])[0]
    return f"{name}=…" if unit == "number" else f'"{name}=… {unit}"'
