"""Formulas as they are stored: expressions parsed, units checked, names in one index."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import cast

from monocli.engine.answers import Refusal
from monocli.engine.names import normalise
from monocli.engine.quantities.numbers import exact
from monocli.engine.quantities.units import PURE, Dimensions, UnitTable, table_of
from monocli.library.dimensions import WORD, Mismatch
from monocli.library.documents import Document, Documents
from monocli.library.expressions import parse, parse_condition
from monocli.library.kinds import CALCULATIONS, FORMULA_INDEX, VOCABULARY
from monocli.library.merging import own_name, written_id
from monocli.library.pack import DocumentRow, as_row
from monocli.library.problems import Path
from monocli.records.formulas import (
    Caution,
    Compiled,
    CompiledCaution,
    CompiledStep,
    CompiledWay,
    FormulaFile,
    FormulaIndex,
    FormulaStep,
    Way,
)
from monocli.records.measures import Measure

KINDS = ("calculations", "formula-index")
"""What is stored beside the files' own records."""
NUMBER = "number"
"""The unit of a pure number."""


def stored(documents: Documents) -> Iterator[DocumentRow]:
    """The compiled formulas, and the index of their names."""
    book = FormulaFiles(documents)
    for record in book.formulas.values():
        yield as_row(CALCULATIONS, record["id"], _compiled(record, book.shown_name(record)))
    yield as_row(FORMULA_INDEX, "all", book.index())


def _compiled(record: FormulaFile, name: str) -> Compiled:
    return {
        "id": record["id"],
        "name": name,
        "group": record["group"],
        "also_called": record.get("also_called", []),
        "about": record["about"],
        "source": record["source"],
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
        "written": record.get("written", []),
        "holds_for": record["holds_for"],
        "cautions": [_caution(caution, record) for caution in record.get("cautions", [])],
        "references": record.get("references", []),
    }


def _caution(caution: Caution, record: FormulaFile) -> CompiledCaution:
    compiled: CompiledCaution = {"text": caution["text"], "source": caution.get("source", record["source"])}
    if "when" in caution:
        compiled["tree"] = parse_condition(caution["when"])
    return compiled


def ways_of(record: FormulaFile) -> list[Way]:
    """The ways to the result; one where the formula has an expression alone."""
    return record.get("ways", []) or [{"expression": record.get("expression", "")}]


def _step(step: FormulaStep, record: FormulaFile) -> CompiledStep:
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
    none: list[dict[str, str]] = [{}]
    return {"units": way.get("units", none), "needs": way.get("needs", []), "tree": parse(way["expression"])}


class FormulaFiles:
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
        self.groups = {
            word["id"]: word for _, file in documents.of(VOCABULARY) for word in file.get("formula_groups", [])
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
                for key in ("unit_needed", "also_in"):
                    for unit in cast("list[str]", measure.get(key, [])):
                        if self.kind(unit) not in kinds:
                            yield (*path, key), f"{unit} is no unit of this measure"
                if "equals" in measure and self.bound_kind(measure["equals"]["this"]) != kinds[0]:
                    yield (*path, "equals", "this"), f"not of the kind of {measure.get('unit')}"
            except Mismatch as error:
                yield path, str(error)

    def index(self) -> FormulaIndex:
        names, own = dict(self._bundled), self._by_name(over=True)
        groups = {
            normalise(name): id
            for id, word in self.groups.items()
            for name in (id, word.get("title", id), *word.get("aliases", []))
        }
        groups = {key: id for key, id in groups.items() if key not in names}
        taken = {**groups, **names}
        twice: dict[str, list[str]] = {}
        for key, id in own.items():
            other = names.get(key) or groups.get(key)
            if other is None:
                names[key] = id
                continue
            # Each can be asked for still: by its id, and where that is a name of both sides, as whose it is.
            shown = own_name(written_id(id)) if normalise(written_id(id)) in taken else id
            theirs = f"{other} (bundled)" if normalise(other) in own else other
            twice[key] = [shown, theirs]
            names[normalise(shown)] = id
            (names if key in names else groups)[normalise(theirs)] = other
        names = {key: id for key, id in names.items() if key not in twice}
        groups = {key: id for key, id in groups.items() if key not in twice}
        order = list(self.groups)
        formulas = sorted(self.formulas.values(), key=lambda r: (order.index(r["group"]), r["id"]))
        return {
            "names": names,
            "groups": groups,
            "twice": twice,
            "formulas": [
                {"id": r["id"], "name": self.shown_name(r), "group": r["group"], "about": r["about"]} for r in formulas
            ],
        }

    def shown_name(self, record: FormulaFile) -> str:
        """The name of a formula as answers show it: a user's own says so where a bundled formula has that name."""
        own = record["id"] in self._own
        return own_name(record["name"]) if own and normalise(record["name"]) in self._bundled else record["name"]

    @cached_property
    def _own(self) -> frozenset[str]:
        return frozenset(document.id for document in self._documents.of_kind("formulas") if document.over)

    @cached_property
    def _bundled(self) -> dict[str, str]:
        return self._by_name(over=False)

    def _by_name(self, *, over: bool) -> dict[str, str]:
        """The ids of the bundled formulas, or of a user's own, by each of their names."""
        found: dict[str, str] = {}
        for document, _, key, id in self._names():
            if document.over == over:
                found.setdefault(key, id)
        return found

    def _names(self) -> Iterator[tuple[Document, Path, str, str]]:
        for document in self._documents.of_kind("formulas"):
            record = document.value
            if record:
                for id in dict.fromkeys((record["id"], written_id(record["id"]))):
                    yield document, ("id",), normalise(id), record["id"]
                yield document, ("name",), normalise(record["name"]), record["id"]
                for place, name in enumerate(record.get("also_called", [])):
                    yield document, ("also_called", place), normalise(name), record["id"]

    def names_claimed_twice(self) -> Iterator[tuple[Document, Path, str]]:
        """Names of two formulas of one library; what a user's own takes of a bundled one is told in `replacing`."""
        owners: dict[str, tuple[str, Document]] = {}
        for document, path, key, id in self._names():
            first, owner = owners.setdefault(key, (id, document))
            if first != id and document.over == owner.over:
                yield document, path, f"{key!r} is already a name of the formula {first}"
