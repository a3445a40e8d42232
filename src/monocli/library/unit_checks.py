"""What the schema of data/units/ cannot say: scales, units and equivalences hang together, and no number is zero."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from monocli.library.documents import Documents
from monocli.library.kinds import UNITS
from monocli.library.problems import Path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monocli.records.units import MeasureUnit, Scale, ScaleUnit, UnitsDocument, UnitsFile, UnitsOfMeasure

    AnyUnit = MeasureUnit | ScaleUnit


def check_units(documents: Documents) -> None:
    """Note every problem of the files of units in their own sources."""
    files = [(document, file) for document, file in documents.of(UNITS) if document.value]
    measures = {measure["id"]: measure for _, file in files for measure in file.get("measures", [])}
    shared = {name for measure in measures.values() for unit in measure["units"] for name in _spellings(unit)}
    scales = [scale for _, file in files for scale in file.get("scales", [])]
    everything = shared | {name for scale in scales for unit in scale.get("units", []) for name in _spellings(unit)}
    for document, file in files:
        for path, message in _problems(file, measures, shared, everything):
            if document.source is not None:
                document.source.problem(path, message, "bad-unit")


def _spellings(unit: AnyUnit) -> list[str]:
    return [unit["unit"], *unit.get("also", [])]


def _problems(
    value: UnitsDocument, measures: Mapping[str, UnitsOfMeasure], shared: set[str], everything: set[str]
) -> Iterator[tuple[Path, str]]:
    for number, measure in enumerate(value.get("measures", [])):
        yield from _sizes(measure["units"], ("measures", number, "units"))
    for number, record in enumerate(value.get("abbreviations", [])):
        path: Path = ("abbreviations", number)
        if ("means" in record) != (record["treatment"] == "warn"):
            yield path, "`means` belongs to `treatment: warn`, and only to it"
        if "means" in record and record["means"] not in everything:
            yield (*path, "means"), f"there is no unit {record['means']!r}"
        for place, written in enumerate(record["written"]):
            if written in everything:
                yield (
                    (*path, "written", place),
                    f"{written!r} is a unit; it cannot be an error-prone abbreviation as well",
                )
    if "scales" in value:
        yield from _family(cast("UnitsFile", value), measures, shared)


def _sizes(units: Sequence[AnyUnit], path: Path) -> Iterator[tuple[Path, str]]:
    if not units:
        yield path, "expected at least one unit"
    for number, unit in enumerate(units):
        if Decimal(unit["size"]) <= 0:
            yield (*path, number, "size"), "a size is greater than zero"
    if units and Decimal(units[0]["size"]) != 1:
        yield (*path, 0, "size"), "the first unit has size 1; the others are counted in it"


def _family(value: UnitsFile, measures: Mapping[str, UnitsOfMeasure], shared: set[str]) -> Iterator[tuple[Path, str]]:
    scales = {scale["id"]: scale for scale in value["scales"]}
    substances = {substance["id"] for substance in value["substances"]}
    own: set[str] = set()
    if not value["substances"]:
        yield ("substances",), "expected at least one substance"
    for number, scale in enumerate(value["scales"]):
        path: Path = ("scales", number)
        if ("measure" in scale) == ("units" in scale):
            yield path, "a scale is counted either in a `measure` or in `units` of its own"
        if "measure" in scale and scale["measure"] not in measures:
            yield (*path, "measure"), f"there is no measure {scale['measure']!r} in measures.yaml"
        if "units" in scale:
            yield from _sizes(scale["units"], (*path, "units"))
        if ("unstated" in scale) != ("instead" in scale):
            yield path, "`unstated` and `instead` go together"
        for place, unit in enumerate(scale.get("units", [])):
            for name in _spellings(unit):
                if name in own | shared:
                    yield (*path, "units", place), f"the spelling {name!r} is used twice"
                own.add(name)
        for place, substance in enumerate(scale.get("only", [])):
            if substance not in substances:
                yield (*path, "only", place), f"{substance!r} is no substance of this file"
    yield from _pointers(value, scales, own | shared)
    yield from _equivalences(value, scales, measures)


def _pointers(value: UnitsFile, scales: Mapping[str, Scale], units: set[str]) -> Iterator[tuple[Path, str]]:
    if "default_unit" in value and value["default_unit"] not in units:
        yield ("default_unit",), f"there is no unit {value['default_unit']!r}"
    if "default_form" in value and value["default_form"]["scale"] not in scales:
        yield ("default_form", "scale"), f"there is no scale {value['default_form']['scale']!r} in this file"
    for number, scale in enumerate(value["scales"]):
        if "instead" in scale and scale["instead"] not in units:
            yield ("scales", number, "instead"), f"there is no unit {scale['instead']!r}"
    for number, remark in enumerate(value.get("remarks", [])):
        for place, id in enumerate(remark["scales"]):
            if id not in scales:
                yield ("remarks", number, "scales", place), f"there is no scale {id!r} in this file"


def _equivalences(
    value: UnitsFile, scales: Mapping[str, Scale], measures: Mapping[str, UnitsOfMeasure]
) -> Iterator[tuple[Path, str]]:
    seen: set[str] = set()
    for number, equivalence in enumerate(value["equivalences"]):
        path: Path = ("equivalences", number)
        if equivalence["id"] in seen:
            yield (*path, "id"), f"two equivalences have the id {equivalence['id']!r}"
        seen.add(equivalence["id"])
        if equivalence["left"]["scale"] == equivalence["right"]["scale"]:
            yield path, "an equivalence joins two different scales"
        for side, amount in (("left", equivalence["left"]), ("right", equivalence["right"])):
            if Decimal(amount["value"]) <= 0:
                yield (*path, side, "value"), "an amount is greater than zero"
            scale = scales.get(amount["scale"])
            if scale is None:
                yield (*path, side, "scale"), f"there is no scale {amount['scale']!r} in this file"
                continue
            units = (
                measures.get(scale["measure"], {"units": []})["units"] if "measure" in scale else scale.get("units", [])
            )
            if amount["unit"] not in {unit["unit"] for unit in units}:
                yield (*path, side, "unit"), f"the scale {amount['scale']!r} has no unit {amount['unit']!r}"
