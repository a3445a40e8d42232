"""What a schema cannot say of formulas and measures: that units follow, names lead somewhere, tables have an end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import cast

from monocli.engine.quantities.units import PURE, Dimensions
from monocli.library.dimensions import Dimensioned, Mismatch, said
from monocli.library.documents import Document, Documents
from monocli.library.expressions import Unreadable, parse, parse_condition
from monocli.library.formulas import NUMBER, FormulaFiles, ways_of
from monocli.library.kinds import BODY, DOSES
from monocli.library.problems import Path, among, nearest
from monocli.records.body import BodyFile
from monocli.records.doses import DosesFile
from monocli.records.formulas import FormulaFile, FormulaStep, Way
from monocli.records.measures import Measure

_BOUNDS = ("at_least", "at_most", "below", "above")


def check_formulas(documents: Documents) -> None:
    """Note every problem of formulas and measures in their own sources."""
    for document, path, message, code in _problems(FormulaFiles(documents), documents):
        if document.source is not None:
            document.source.problem(path, message, code)


def _problems(book: FormulaFiles, documents: Documents) -> Iterator[tuple[Document, Path, str, str]]:
    """Every problem, with its file and its code."""
    for document in documents.of_kind("measures"):
        yield from ((document, *problem, "bad-measure") for problem in book.measure_problems(document))
    for document in documents.of_kind("formulas"):
        if document.source is not None and document.value:
            checker = _Checker(book, cast(FormulaFile, document.value))
            yield from ((document, *problem, "bad-formula") for problem in checker.problems())
    for document, file in documents.of(BODY):
        yield from ((document, *problem, "bad-measure") for problem in _area_formulas(book, file))
    for document, doses in documents.of(DOSES):
        yield from ((document, *problem, "bad-measure") for problem in _measured(book, doses))
    yield from ((*claimed, "name-claimed-twice") for claimed in book.names_claimed_twice())


def _area_formulas(book: FormulaFiles, file: BodyFile) -> Iterator[tuple[Path, str]]:
    """A dose gives an area formula a height and a weight, and shows its equation."""
    for place, wanted in enumerate(file.get("area_formulas", [])):
        formula, path = book.formulas.get(wanted["formula"]), ("area_formulas", place, "formula")
        if formula is None:
            yield path, f"there is no formula {wanted['formula']!r} in data/formulas/"
        elif "written" not in formula:
            yield path, "its equation is shown with a dose: the formula needs `written`"
        elif {i["name"] for i in formula["inputs"] if not i.get("optional")} - {"height", "weight", "sex"}:
            yield path, "a dose gives it height, weight and sex, and no other input"


def _measured(book: FormulaFiles, doses: DosesFile) -> Iterator[tuple[Path, str]]:
    """A value by which doses go is read as a measure that has the unit of its limits."""
    for place, variable in enumerate(doses.get("variables", [])):
        path: Path = ("variables", place, "measure")
        if "measure" not in variable:
            continue
        measure = book.measures.get(variable["measure"])
        if measure is None:
            yield path, _no_measure(variable["measure"], book)
            continue
        try:
            if book.kind(variable["unit"]) not in book.kinds_of(measure):
                yield path, f"{variable['unit']} is no unit of the measure {measure['id']}"
        except Mismatch as error:
            yield path, str(error)


def _no_measure(id: str, book: FormulaFiles) -> str:
    return f"there is no measure {id!r}{nearest(id, book.measures)}; a new one is written in a file of measures/"


class _Checker:
    """One formula, held to what a schema cannot say."""

    def __init__(self, book: FormulaFiles, record: FormulaFile) -> None:
        self._book, self._record = book, record
        self._inputs = {i["name"].replace("-", "_"): i for i in record["inputs"]}

    def problems(self) -> Iterator[tuple[Path, str]]:
        record = self._record
        if record["group"] not in self._book.groups:
            known = among(record["group"], self._book.groups)
            yield ("group",), f"{record['group']!r} is not one of formula_groups in vocabulary.yaml{known}"
        if ("expression" in record) == ("ways" in record):
            yield (), "a formula has either an `expression` or `ways`"
            return
        missing = [(place, i) for place, i in enumerate(record["inputs"]) if i["measure"] not in self._book.measures]
        for place, i in missing:
            yield ("inputs", place, "measure"), _no_measure(i["measure"], self._book)
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
                        ("inputs", place, key),
                        lambda m=measure, b=i[key]: self._bound(m, b),  # type: ignore[literal-required,misc]
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
            yield from self._tried(here, lambda s=step, k=kind: k.append(self._step_kind(s, known, kinds)))  # type: ignore[misc]
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
                ("requires", number, "that"),
                lambda r=required: known.condition(parse_condition(r["that"])),  # type: ignore[misc]
            )
        for number, caution in enumerate(record.get("cautions", [])):
            if "when" in caution:
                yield from self._tried(
                    ("cautions", number, "when"),
                    lambda c=caution: known.condition(parse_condition(c["when"])),  # type: ignore[misc]
                )

    def _step_kind(self, step: FormulaStep, known: Dimensioned, kinds: Mapping[str, Dimensions]) -> Dimensions:
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
