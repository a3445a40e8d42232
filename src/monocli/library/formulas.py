"""Formulas as they are stored: expressions parsed, units checked, names in one index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, cast

from monocli.engine.answers import Refusal
from monocli.engine.names import normalise
from monocli.engine.numbers import exact
from monocli.engine.quantities.units import PURE, Dimensions, UnitTable, table_of
from monocli.library.dimensions import WORD, Dimensioned, Mismatch, said
from monocli.library.documents import Document, Documents
from monocli.library.expressions import Unreadable, parse, parse_condition
from monocli.library.problems import Path
from monocli.records.formulas import (
    Compiled,
    CompiledStep,
    CompiledWay,
    FormulaFile,
    FormulaIndex,
    Node,
    Step,
    Way,
)
from monocli.records.measures import Measure

KINDS = ("calculations", "formula-index")
"""What is stored beside the files' own records."""
NUMBER = "number"
"""The unit of a pure number."""
_BOUNDS = ("at_least", "at_most", "below", "above")


def check_formulas(documents: Documents) -> None:
    """Note every problem of formulas and measures in their own sources."""
    book = _Book(documents)
    for document in documents.of_kind("measures"):
        for path, message in book.measure_problems(document):
            if document.source is not None:
                document.source.problem(path, message, "bad-measure")
    for document in documents.of_kind("formulas"):
        if document.source is not None and document.value:
            for path, message in _Checker(book, cast(FormulaFile, document.value)).problems():
                document.source.problem(path, message, "bad-formula")
    for document, path, message in book.names_claimed_twice():
        if document.source is not None:
            document.source.problem(path, message, "name-claimed-twice")


def stored(documents: Documents) -> Iterator[tuple[str, str, Compiled | FormulaIndex]]:
    """The compiled formulas, and the index of their names."""
    book = _Book(documents)
    for record in book.formulas.values():
        yield "calculations", record["id"], _compiled(record)
    yield "formula-index", "all", book.index()


def _compiled(record: FormulaFile) -> Compiled:
    return {
        "id": record["id"],
        "name": record["name"],
        "group": record["group"],
        "also_called": record.get("also_called", []),
        "about": record["about"],
        "source": record["source"],
        "default": record.get("default", False),
        "inputs": record["inputs"],
        "points": record.get("points", []),
        "steps": [_step(step, record) for step in record.get("steps", [])],
        "result": record["result"],
        "ways": [_way(way) for way in ways_of(record)],
        "also": [
            {
                "id": beside["id"],
                "label": beside["label"],
                "unit": beside["unit"],
                "tree": parse(beside["expression"]),
                "source": beside.get("source", record["source"]),
            }
            for beside in record.get("also", [])
        ],
        "grades": record.get("grades", []),
        "requires": [
            {"tree": parse_condition(r["that"]), "otherwise": r["otherwise"]} for r in record.get("requires", [])
        ],
        "holds_for": record["holds_for"],
        "cautions": [
            {
                "text": caution["text"],
                "source": caution.get("source", record["source"]),
                **({"tree": parse_condition(caution["when"])} if "when" in caution else {}),
            }
            for caution in record.get("cautions", [])
        ],
        "references": record.get("references", []),
    }


def ways_of(record: FormulaFile) -> list[Way]:
    """The ways to the result; one where the formula has an expression alone."""
    return record.get("ways", []) or [{"expression": record.get("expression", "")}]


def _step(step: Step, record: FormulaFile) -> CompiledStep:
    compiled: CompiledStep = {
        "name": step["name"],
        "label": step["label"],
        "unit": step.get("unit", NUMBER),
        "source": step.get("source", record["source"]),
    }
    if "expression" in step:
        compiled["tree"] = parse(step["expression"])
    if "formula" in step:
        compiled["formula"] = step["formula"]
    return compiled


def _way(way: Way) -> CompiledWay:
    return {"units": way.get("units", [{}]), "needs": way.get("needs", []), "tree": parse(way["expression"])}


class _Book:
    """What formulas refer to: units, measures, each other."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._files = [d for kind in ("units", "measures") for d in documents.of_kind(kind) if d.value]
        self.formulas = {d.id: cast(FormulaFile, d.value) for d in documents.of_kind("formulas") if d.value}
        self.measures: dict[str, Measure] = {
            record["id"]: cast(Measure, record)
            for document in documents.of_kind("measures")
            for record in document.value.get("measures", [])
        }
        self.groups: dict[str, Any] = {
            word["id"]: word for d in documents.of_kind("vocabulary") for word in d.value.get("formula_groups", [])
        }

    @cached_property
    def table(self) -> UnitTable:
        return table_of(document.value for document in self._files)

    def kind(self, unit: str) -> Dimensions:
        """The kind of a unit. Raises `Mismatch`."""
        if unit == NUMBER:
            return PURE
        read = self.table.read(unit)
        if isinstance(read, Refusal):
            raise Mismatch(read.message)
        return read.unit.dimensions

    def bound_kind(self, text: str) -> Dimensions:
        """The kind of a bound ("18 years", "1.7"). Raises `Mismatch`."""
        number, _, unit = text.partition(" ")
        try:
            exact(number)
        except ArithmeticError:
            raise Mismatch(f"{text!r} is no number with a unit") from None
        return self.kind(unit) if unit else PURE

    def kinds_of(self, measure: Measure) -> list[Dimensions]:
        """Every kind of unit that a measure may be given in."""
        if "words" in measure:
            return [WORD]
        kinds = [self.kind(unit) for unit in measure.get("kinds", [])] or [self.kind(measure.get("unit", NUMBER))]
        if "equals" in measure:
            kinds.append(self.bound_kind(measure["equals"]["that"]))
        return kinds

    def measure_problems(self, document: Document) -> Iterator[tuple[Path, str]]:
        for place, record in enumerate(document.value.get("measures", [])):
            measure, path = cast(Measure, record), ("measures", place)
            if sum(key in measure for key in ("unit", "kinds", "words")) != 1:
                yield path, "a measure has exactly one of unit, kinds and words"
                continue
            try:
                kinds = self.kinds_of(measure)
                for unit in measure.get("unit_needed", []):
                    if self.kind(unit) not in kinds:
                        yield (*path, "unit_needed"), f"{unit} is no unit of this measure"
                if "equals" in measure and self.bound_kind(measure["equals"]["this"]) != kinds[0]:
                    yield (*path, "equals", "this"), f"not of the kind of {measure.get('unit')}"
            except Mismatch as error:
                yield path, str(error)

    def index(self) -> FormulaIndex:
        names: dict[str, str] = {}
        for _, _, key, id in self._names():
            names.setdefault(key, id)
        groups = {
            normalise(name): id
            for id, word in self.groups.items()
            for name in (id, word.get("title", id), *word.get("aliases", []))
        }
        order = list(self.groups)
        formulas = sorted(self.formulas.values(), key=lambda r: (order.index(r["group"]), r["id"]))
        return {
            "names": names,
            "groups": {key: id for key, id in groups.items() if key not in names},
            "formulas": [{"id": r["id"], "name": r["name"], "group": r["group"], "about": r["about"]} for r in formulas],
        }

    def _names(self) -> Iterator[tuple[Document, Path, str, str]]:
        for document in self._documents.of_kind("formulas"):
            record = document.value
            if record:
                yield document, ("id",), normalise(record["id"]), record["id"]
                yield document, ("name",), normalise(record["name"]), record["id"]
                for place, name in enumerate(record.get("also_called", [])):
                    yield document, ("also_called", place), normalise(name), record["id"]

    def names_claimed_twice(self) -> Iterator[tuple[Document, Path, str]]:
        owners: dict[str, str] = {}
        for document, path, key, id in self._names():
            if owners.setdefault(key, id) != id:
                yield document, path, f"{key!r} is already a name of the formula {owners[key]}"


class _Checker:
    """One formula, held to what a schema cannot say."""

    def __init__(self, book: _Book, record: FormulaFile) -> None:
        self._book, self._record = book, record
        self._inputs = {i["name"].replace("-", "_"): i for i in record["inputs"]}

    def problems(self) -> Iterator[tuple[Path, str]]:
        record = self._record
        if record["group"] not in self._book.groups:
            yield ("group",), f"{record['group']!r} is not one of formula_groups in vocabulary.yaml"
        if ("expression" in record) == ("ways" in record):
            yield (), "a formula has either an `expression` or `ways`"
            return
        missing = [(place, i) for place, i in enumerate(record["inputs"]) if i["measure"] not in self._book.measures]
        for place, i in missing:
            yield ("inputs", place, "measure"), f"there is no measure {i['measure']!r} in data/measures/"
        if missing:
            return
        yield from self._bounds()
        for number, way in enumerate(ways_of(record)):
            path: Path = ("ways", number) if "ways" in record else ()
            for name in way.get("needs", []):
                if name not in {i["name"] for i in record["inputs"] if i.get("optional")}:
                    yield (*path, "needs"), f"{name!r} is no optional input"
            for place, units in enumerate(way.get("units", [{}])):
                try:
                    found = self._kinds(units)
                except Mismatch as error:
                    yield (*path, "units", place), str(error)
                    continue
                yield from self._way(way, units, found, path)

    def _bounds(self) -> Iterator[tuple[Path, str]]:
        for place, i in enumerate(self._record["inputs"]):
            measure = self._book.measures[i["measure"]]
            for key in _BOUNDS:
                if key in i:
                    yield from self._tried(
                        ("inputs", place, key), lambda m=measure, b=i[key]: self._bound(m, b)  # type: ignore[literal-required,misc]
                    )
            if any(key in i for key in _BOUNDS) and "holds" not in i:
                yield ("inputs", place), "a range needs `holds`: whom the formula holds for"
        for place, table in enumerate(self._record.get("points", [])):
            owner = self._inputs.get(table["input"].replace("-", "_"))
            if owner is None:
                yield ("points", place, "input"), f"there is no input {table['input']!r}"
                continue
            measure = self._book.measures[owner["measure"]]
            for number, row in enumerate(table["rows"]):
                path: Path = ("points", place, "rows", number)
                words = {word["id"] for word in measure.get("words", [])}
                if set(row.get("words", [])) - words:
                    yield (*path, "words"), f"not words of {measure['id']}"
                for key in (*_BOUNDS, "printed"):
                    if key in row:
                        yield from self._tried((*path, key), lambda m=measure, b=row[key]: self._bound(m, b))  # type: ignore[literal-required,misc]
                bounded = any(key in row for key in (*_BOUNDS, "words"))
                if bounded == (number == len(table["rows"]) - 1):
                    yield path, "every row but the last has one bound or words, and the last has none"

    def _bound(self, measure: Measure, text: str) -> None:
        if self._book.bound_kind(text) not in self._book.kinds_of(measure):
            raise Mismatch(f"{text!r} is not of a kind of {measure['label']}")

    @staticmethod
    def _tried(path: Path, check: Callable[[], object]) -> Iterator[tuple[Path, str]]:
        try:
            check()
        except (Mismatch, Unreadable) as error:
            yield path, str(error)

    def _kinds(self, units: Mapping[str, str]) -> dict[str, Dimensions]:
        """The kind of every input where these units go together. Raises `Mismatch`."""
        kinds: dict[str, Dimensions] = {}
        for name, i in self._inputs.items():
            measure = self._book.measures[i["measure"]]
            of = self._book.kinds_of(measure)
            if i["name"] in units:
                kind = self._book.kind(units[i["name"]])
                if kind not in of:
                    raise Mismatch(f"{units[i['name']]} is no unit of {i['name']}")
                kinds[name] = kind
            elif "kinds" in measure:
                raise Mismatch(f"`units` must say the unit of {i['name']}, which is of several kinds")
            else:
                kinds[name] = of[0]
        if unknown := set(units) - {i["name"] for i in self._inputs.values()} - {"result"}:
            raise Mismatch(f"there is no input {', '.join(sorted(unknown))}")
        return kinds

    def _way(
        self, way: Way, units: Mapping[str, str], kinds: dict[str, Dimensions], path: Path
    ) -> Iterator[tuple[Path, str]]:
        record = self._record
        words = {
            name: {word["id"] for word in self._book.measures[i["measure"]].get("words", [])}
            for name, i in self._inputs.items()
        }
        known = Dimensioned(self._book.table, {**kinds, **{t["name"]: PURE for t in record.get("points", [])}}, words)
        for number, step in enumerate(record.get("steps", [])):
            here: Path = ("steps", number)
            if step["name"] in known.names:
                yield (*here, "name"), f"{step['name']!r} is already a name here"
            kind: list[Dimensions] = []
            for problem in self._tried(here, lambda s=step, k=kind: k.append(self._step_kind(s, known, kinds))):  # type: ignore[misc]
                yield problem
            if not kind:
                return
            known.names[step["name"]] = kind[0]
            yield from self._tried((*here, "unit"), lambda s=step, k=kind[0]: self._is(s.get("unit", NUMBER), k))  # type: ignore[misc]
        unit = units.get("result", record["result"]["unit"])
        yield from self._tried((*path, "expression"), lambda: self._is(unit, known.of(parse(way["expression"]))))
        known.names["result"] = self._book.kind(unit)
        for number, beside in enumerate(record.get("also", [])):
            yield from self._tried(
                ("also", number, "expression"),
                lambda b=beside: self._is(b["unit"], known.of(parse(b["expression"]))),  # type: ignore[misc]
            )
        for number, required in enumerate(record.get("requires", [])):
            yield from self._tried(
                ("requires", number, "that"), lambda r=required: known.condition(parse_condition(r["that"]))  # type: ignore[misc]
            )
        for number, caution in enumerate(record.get("cautions", [])):
            if "when" in caution:
                yield from self._tried(
                    ("cautions", number, "when"), lambda c=caution: known.condition(parse_condition(c["when"]))  # type: ignore[misc]
                )

    def _step_kind(self, step: Step, known: Dimensioned, kinds: Mapping[str, Dimensions]) -> Dimensions:
        if ("expression" in step) == ("formula" in step):
            raise Mismatch("a step has either an `expression` or a `formula`")
        if "expression" in step:
            return known.of(parse(step["expression"]))
        other = self._book.formulas.get(step.get("formula", ""))
        if other is None or "ways" in other or any("formula" in s for s in other.get("steps", [])):
            raise Mismatch("`formula` names a formula of one expression, whose steps use no other formula")
        for i in other["inputs"]:
            mine = self._inputs.get(i["name"].replace("-", "_"))
            if not i.get("optional") and (mine is None or mine["measure"] != i["measure"]):
                raise Mismatch(f"{other['id']} needs the input {i['name']} ({i['measure']})")
        return self._book.kind(other["result"]["unit"])

    def _is(self, unit: str, kind: Dimensions) -> None:
        wanted = self._book.kind(unit)
        if wanted != kind:
            raise Mismatch(f"the units do not follow: {said(kind)}, where {unit} is {said(wanted)}")
