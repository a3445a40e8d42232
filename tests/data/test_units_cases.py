"""Every case beside a file of data/units/, and that the records of those files hang together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from monocli.engine.quantities.numbers import exact
from monocli.engine.units.paths import chain, unit_on
from units_records import UNITS, amounts, answer, library_records, library_registry, refusal, warned

FILES = sorted(UNITS.glob("*.cases.yaml"))
KEYS = {"name", "quantity", "to", "of", "weight", "gives", "about", "refused", "warns"}


def _cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.name.removesuffix('.cases.yaml')}: {case['name']}")
        for path in FILES
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["cases"]
    ]


@pytest.mark.parametrize("case", _cases())
def test_case(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    asked = {"of": case.get("of"), "weight": case.get("weight")}
    if "refused" in case:
        assert refusal(case["quantity"], *case["to"], **asked).code == case["refused"]
        return
    result = answer(case["quantity"], *case["to"], **asked)
    assert amounts(result) == case["gives"]
    assert {item["approximate"] for item in result.data["to"]} == {case["about"] == "yes"}
    assert set(case.get("warns", ())) <= warned(result)


def test_every_family_has_its_cases() -> None:
    assert {path.name.removesuffix(".cases.yaml") for path in FILES} == set(library_registry().families)


def test_every_equivalence_names_scales_and_units_that_there_are() -> None:
    registry = library_registry()
    for family in registry.families.values():
        for equivalence in family.equivalences:
            for side in (equivalence["left"], equivalence["right"]):
                assert exact(side["value"]) > 0
                assert unit_on(registry, family, side["unit"], side["scale"])


def test_every_scale_can_be_reached_or_says_why_not() -> None:
    for family in library_registry().families.values():
        first = next(iter(family.scales))
        for scale, record in family.scales.items():
            assert ("unstated" in record) == (chain(family, first, scale) is None)
            assert set(record.get("only", ())) <= {substance["id"] for substance in family.substances}
        for remark in family.remarks:
            assert set(remark["scales"]) <= set(family.scales)


def test_abbreviations_are_no_units_and_mean_units() -> None:
    registry = library_registry()
    for written, record in registry.abbreviations.items():
        assert not registry.units(written), written
        assert ("means" in record) == (record["treatment"] == "warn")
        assert registry.units(record.get("means", "g"))


def test_no_spelling_is_used_twice_in_one_file() -> None:
    registry = library_registry()
    for spelling in registry.spellings():
        owners = [(unit.family, unit.measure) for unit in registry.units(spelling)]
        assert len(owners) == len(set(owners)), spelling


def test_every_file_opens_with_how_to_read_and_write_it() -> None:
    for path in sorted(Path(UNITS).glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# ")
        assert "How to read" in text
        assert "write" in text.partition("\nid:")[0].partition("\ncases:")[0]


def test_the_libraries_records_are_all_read() -> None:
    assert len(library_records()) == len(FILES) + 2
