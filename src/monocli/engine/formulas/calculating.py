"""A formula worked out: the result, what stands beside it, and every step of the work with its source."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import BAD_INPUT, Answer, Note, Refusal
from monocli.engine.formulas.evaluating import Absent, Evaluator
from monocli.engine.formulas.inputs import Chosen, Given, bounds, chosen, named, within, within_bound
from monocli.engine.formulas.work import Work
from monocli.engine.names import visible, with_unit
from monocli.engine.quantities.measuring import Reading, across, bound_of, unit_of
from monocli.engine.quantities.numbers import exact
from monocli.engine.quantities.units import PURE, Unit
from monocli.engine.quantities.values import Undefined, Value

if TYPE_CHECKING:
    from monocli.engine.formulas.book import FormulaBook
    from monocli.records.formulas import Compiled, CompiledStep, Points, ResultGrade
    from monocli.records.output.common import SourceRef
    from monocli.records.output.formulas import CalcBeside, CalcCaution, CalcResult, Calculation, GivenInput, SideBySide

NUMBER = "number"
UNEXPECTED = ("missing-input", "outside-formula")
"""Why one formula of several may leave a question open, without the question being at fault."""


def calculate(
    book: FormulaBook, formula: Compiled, given: Given, to: str | None = None
) -> Answer[Calculation] | Refusal:
    """The formula worked out for inputs as typed, the result in the unit `to` where one is asked for."""
    typed = named(book, [formula], given)
    return typed if isinstance(typed, Refusal) else _worked_out(book, formula, typed, to)


def side_by_side(book: FormulaBook, group: str, given: Given) -> Answer[SideBySide] | Refusal:
    """Every formula of a group that the inputs answer; a formula that they do not answer says why. Refused where an
    input is unreadable, or where no formula is answered."""
    formulas = book.in_group(group)
    typed = named(book, formulas, given)
    if isinstance(typed, Refusal):
        return typed
    answers: list[Answer[Calculation]] = []
    open_: list[tuple[Compiled, Refusal]] = []
    for formula in formulas:
        own = {i["name"]: typed[i["name"]] for i in formula["inputs"] if i["name"] in typed}
        found = _worked_out(book, formula, own)
        if isinstance(found, Answer):
            answers.append(found)
        elif found.code in UNEXPECTED:
            open_.append((formula, found))
        else:
            return found
    if not answers:
        first = open_[0][1]
        message = "; ".join(dict.fromkeys(refusal.message for _, refusal in open_))
        return first.replaced(message=message)
    notes = {note.message: note for answer in answers for note in answer.notes}
    return Answer(
        {
            "group": group,
            "title": book.titles[group],
            "calculations": [answer.data for answer in answers],
            "not_worked_out": [
                {"formula": f["id"], "name": f["name"], "code": r.code, "message": r.message} for f, r in open_
            ],
        },
        tuple(notes.values()),
    )


def _worked_out(
    book: FormulaBook, formula: Compiled, typed: Mapping[str, str], to: str | None = None
) -> Answer[Calculation] | Refusal:
    inputs = chosen(book, formula, typed)
    if isinstance(inputs, Refusal):
        return inputs
    try:
        return _Calculation(book, formula, inputs).answer(to)
    except Undefined as error:
        message = f"these numbers give no result: {error}"
        return Refusal("no-result", message, "check the inputs and their units", kind=BAD_INPUT)


class _Calculation:
    """One formula on its way: values by name in base units, and the steps so far."""

    def __init__(self, book: FormulaBook, formula: Compiled, inputs: Chosen) -> None:
        self._book, self._formula, self._inputs = book, formula, inputs
        readings = {name.replace("-", "_"): reading for name, reading in inputs.readings.items()}
        values = {name: Value(reading.value) for name, reading in readings.items() if not reading.word}
        words = {name: reading.word for name, reading in readings.items() if reading.word}
        self._evaluator = Evaluator(book.table, values, words)
        self._units = {i["name"].replace("-", "_"): book.measure(i).get("unit", NUMBER) for i in formula["inputs"]}
        self._units |= {name: readings[name].unit for name in readings if self._units.get(name) == NUMBER}
        self._units |= {s["name"]: s["unit"] for s in formula["steps"]}
        self._work = Work(book.table, self._evaluator, self._units)
        self._notes = list(inputs.notes)

    def answer(self, to: str | None) -> Answer[Calculation] | Refusal:
        for required in self._formula["requires"]:
            if not self._evaluator.holds(required["tree"]):
                return Refusal("outside-formula", required["otherwise"], kind=BAD_INPUT)
        self._conversions()
        self._points()
        for step in self._formula["steps"]:
            self._step(step)
        way = self._inputs.way
        value = self._evaluator.value(way["tree"])
        self._evaluator.values["result"] = value
        self._units["result"] = self._inputs.unit
        result = self._result(value, to)
        if isinstance(result, Refusal):
            return result
        shown = with_unit(result["value"], result["unit"])
        self._work.step(f"{_sentence(self._formula['result']['label'])}.", way["tree"], shown, self._formula["source"])
        also = self._also()
        cautions = self._cautions()
        self._say_unused()
        data: Calculation = {
            "formula": self._formula["id"],
            "name": self._formula["name"],
            "inputs": [_given(name, reading) for name, reading in self._inputs.readings.items()],
            "result": result,
            "also": also,
            "steps": self._work.steps,
            "holds_for": self._formula["holds_for"],
            "cautions": cautions,
            "references": self._formula["references"],
            "sources": self._sources(),
        }
        return Answer(data, tuple({note.message: note for note in self._notes}.values()))

    def _conversions(self) -> None:
        """A step for every input that was given in another unit than the measure's own."""
        for asked in self._formula["inputs"]:
            reading = self._inputs.readings.get(asked["name"])
            measure = self._book.measure(asked)
            own = measure.get("unit", NUMBER)
            if reading is None or reading.word or own == NUMBER:
                continue
            unit = unit_of(measure, self._book.table)
            as_it_is = reading.value == reading.number * unit.factor and not reading.parts
            if reading.converted is None and as_it_is:
                continue
            number = Value(reading.in_unit(unit)).text(own)
            if reading.converted is not None:
                equal = reading.converted
                text = f"{_sentence(asked['name'])}: {equal['this']} is {equal['that']}."
                source = equal.get("source", "")
            else:
                text, source = f"{_sentence(asked['name'])} in {own}.", reading.defined_in(self._book.table)
            self._work.plain(text, reading.typed(), number, source)

    def _points(self) -> None:
        for table in self._formula["points"]:
            reading = self._inputs.readings.get(table["input"])
            if reading is None:
                continue
            points = self._points_of(table, reading)
            self._evaluator.values[table["name"]] = Value(points)
            typed = reading.word or Value(reading.number).text(reading.unit)
            text = f"Points for {table['input']}."
            self._work.plain(text, typed, f"{Value(points).text()}", self._formula["source"])

    def _points_of(self, table: Points, reading: Reading) -> Fraction:
        for row in table["rows"]:
            if "words" in row:
                if reading.word in row["words"]:
                    return exact(row["points"])
                continue
            if all(self._within(reading, key, text, row.get("printed")) for key, text in bounds(row)):
                return exact(row["points"])
        raise Undefined(f"no points for {table['input']}")

    def _within(self, reading: Reading, key: str, text: str, printed: str | None) -> bool:
        """Whether a value is within a bound; one given in the other kind of unit is compared as that is printed."""
        value, bound = reading.value, bound_of(text, self._book.table)[0]
        if printed is not None:
            other, kind = bound_of(printed, self._book.table)
            if reading.given_as == kind and reading.given_as != reading.dimensions:
                value, bound = reading.number * self._book.table.known(reading.unit).factor, other
        return within_bound(key, value, bound)

    def _step(self, step: CompiledStep) -> None:
        """A value on the way; none where an optional input that it needs was not given."""
        try:
            value = self._evaluator.value(step["tree"]) if "tree" in step else self._of_formula(step)
        except Absent:
            return
        if value is None:
            return
        self._evaluator.values[step["name"]] = value
        shown = self._work.shown(value, step["unit"])
        if "tree" in step:
            self._work.step(f"{_sentence(step['label'])}.", step["tree"], shown, step["source"])
        else:
            other = self._book.formula(step.get("formula", ""))
            self._work.plain(f"{_sentence(step['label'])} by {other['name']}.", "", shown, other["source"])

    def _of_formula(self, step: CompiledStep) -> Value | None:
        """The result of another formula from the inputs of the same names; none, with a note, where it does not hold
        for them."""
        other = self._book.formula(step.get("formula", ""))
        own = {i["name"] for i in other["inputs"]}
        self._evaluator.used |= {name.replace("-", "_") for name in own}
        readings = {name: r for name, r in self._inputs.readings.items() if name in own}
        for asked in other["inputs"]:
            if asked["name"] not in readings and not asked.get("optional"):
                raise Absent(asked["name"])
        refused = within(self._book, other, readings)
        if refused is not None:
            message = f"{_sentence(step['label'])} is left out. {refused.message}"
            self._notes.append(Note("left-out", message, {"field": step["label"]}))
            return None
        inner = _Calculation(self._book, other, Chosen(readings, other["ways"][0], other["result"]["unit"], ()))
        for before in other["steps"]:
            inner._step(before)
        return inner._evaluator.value(other["ways"][0]["tree"])

    def _result(self, value: Value, to: str | None) -> CalcResult | Refusal:
        """The result in its unit, in the kind of unit of an input, or in the unit asked for."""
        unit = self._inputs.unit
        number = value.times(1 / self._unit(unit).factor)
        like = self._formula["result"].get("like")
        reading = self._inputs.readings.get(like) if like else None
        if reading is not None and reading.converted is not None:
            unit = reading.unit
            other = across(value.number, reading.converted, self._book.table, back=True)
            number = Value(other, value.is_exact).times(1 / self._book.table.known(unit).factor)
        if to is not None:
            read = self._book.table.read(to)
            if isinstance(read, Refusal):
                return read
            if unit == NUMBER or read.unit.dimensions != self._unit(unit).dimensions:
                message = f"{self._formula['name']} gives {unit}, which is not of a kind with {visible(to)}"
                return Refusal("incompatible-units", message, kind=BAD_INPUT, detail={"from": unit, "to": visible(to)})
            number = number.times(self._unit(unit).factor / read.unit.factor)
            unit = read.text
        shown = number.json("" if unit == NUMBER else unit)
        result: CalcResult = {
            "label": self._formula["result"]["label"],
            "value": shown["value"],
            "unit": shown["unit"],
        }
        if "exact" in shown:
            result["exact"] = shown["exact"]
        if "rounded" in shown:
            result["rounded"] = True
        if grade := _grade(self._formula["grades"], number):
            result["grade"] = grade
        return result

    def _also(self) -> list[CalcBeside]:
        found: list[CalcBeside] = []
        for beside in self._formula["also"]:
            try:
                value = self._evaluator.value(beside["tree"])
            except Absent:
                continue
            number = value.times(1 / self._unit(beside["unit"]).factor)
            unit = "" if beside["unit"] == NUMBER else beside["unit"]
            found.append(
                {"id": beside["id"], "label": beside["label"], **number.json(unit), "source": beside["source"]}
            )
            self._work.step(f"{_sentence(beside['label'])}.", beside["tree"], number.text(unit), beside["source"])
        return found

    def _cautions(self) -> list[CalcCaution]:
        """What to know of the result; what holds because of the inputs given is a warning too."""
        found: list[CalcCaution] = []
        for caution in self._formula["cautions"]:
            if "tree" in caution:
                try:
                    if not self._evaluator.holds(caution["tree"]):
                        continue
                except Absent:
                    continue
                self._notes.append(Note("formula-caution", caution["text"], {"source": caution["source"]}))
            found.append({"text": caution["text"], "source": caution["source"]})
        return found

    def _say_unused(self) -> None:
        """An optional input that the way taken does not use is said, for the person may have thought that it counts."""
        optional = [i["name"] for i in self._formula["inputs"] if i.get("optional")]
        used = self._evaluator.used
        for name in optional:
            if name in self._inputs.readings and name.replace("-", "_") not in used:
                message = f"{name} was given and is not used by the units that were given."
                self._notes.append(Note("not-used", message, {"field": name}))

    def _sources(self) -> list[SourceRef]:
        named_ = [self._formula["source"], *(step["source"] for step in self._work.steps)]
        return [{"source": source} for source in dict.fromkeys(named_) if source]

    def _unit(self, unit: str) -> Unit:
        return Unit(Fraction(1), PURE) if unit == NUMBER else self._book.table.known(unit)


def _given(name: str, reading: Reading) -> GivenInput:
    return {
        "name": name,
        "value": reading.word or Value(reading.number).text(),
        "unit": reading.unit or None,
    }


def _grade(grades: list[ResultGrade], number: Value) -> str | None:
    for grade in grades:
        below, most = grade.get("below"), grade.get("at_most")
        if (below is None or number.number < exact(below)) and (most is None or number.number <= exact(most)):
            return grade["grade"]
    return None


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
