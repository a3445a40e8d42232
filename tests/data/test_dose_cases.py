"""Every case beside a file of data/doses/, asked on the command line, and that the rules themselves hang together."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from dosing_records import DATA, envelope, library_file
from monocli.engine.dosing.indications import Names, names_of

FOLDER = DATA / "doses"
FILES = sorted(FOLDER.rglob("*.cases.yaml"))
DRUGS = sorted(str(p.relative_to(FOLDER)) for p in FOLDER.rglob("*.yaml") if not p.name.endswith(".cases.yaml"))
KEYS = {"name", "lines", "run", "gives", "salt", "grade", "warns", "quiet", "refused", "asks", "action", "to", "until"}
KEYS |= {"draw", "bag", "strength", "then"}
OFTEN = {1: "once daily", 2: "twice daily", 3: "3 times daily"}


def _name(path: Path) -> str:
    return str(path.relative_to(FOLDER)).removesuffix(".cases.yaml")


def _cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{_name(path)}: {case['name']}")
        for path in FILES
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["cases"]
    ]


@pytest.mark.parametrize("case", _cases())
def test_case(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    document = envelope(*shlex.split(case["run"]))
    warned = {warning["code"] for warning in document["warnings"]}
    assert set(case.get("warns", ())) <= warned
    assert not set(case.get("quiet", ())) & warned
    if "refused" in case or "asks" in case:
        assert document["errors"][0]["code"] == case.get("refused", case.get("asks"))
        assert document["exit_code"] == (1 if "refused" in case else 2)
        assert not (document["data"] or {}).get("regimens")
        assert (document["data"] or {}).get("to") is None
        return
    assert document["exit_code"] == 0, document["errors"]
    data = document["data"]
    if "gives" in case:
        assert [f"{_amount(r['each'])} {OFTEN[r['times_daily']]}" for r in data["regimens"]] == case["gives"]
    if "salt" in case:
        assert [_amount(r["as_salt"]) for r in data["regimens"]] == case["salt"]
    for key, shown in (("draw", "draw"), ("bag", "bag")):
        if key in case:
            assert [_amount(r["preparation"][shown]) for r in data["regimens"]] == case[key]
    if "strength" in case:
        found = [r["preparation"]["concentration"] for r in data["regimens"]]
        assert [f"{c['by_bag']['value']}, {c['with_drug']['value']}" for c in found] == case["strength"]
    if "grade" in case:
        assert (data["hepatic"] or {"grade": "none"})["grade"] == case["grade"]
    if "action" in case:
        assert data["action"] == case["action"]
        assert (_amount(data["to"]) if data["to"] else None) == case.get("to")
    if "until" in case:
        assert [limit["text"] for limit in data["until"]] == case["until"]
    if "then" in case:
        assert [f"{later['case']} {_amount(later['to'])}" for later in data["afterwards"]] == case["then"]


def _amount(shown: dict[str, Any]) -> str:
    return f"{shown['value']} {shown['unit']}"


def test_every_drug_has_its_cases() -> None:
    assert {_name(path) for path in FILES} == {name.removesuffix(".yaml") for name in DRUGS}


@pytest.mark.parametrize("name", DRUGS)
def test_the_cases_ask_for_every_indication_for_everyone(name: str) -> None:
    """No printed dose stands without a case that was worked out by hand."""
    document = library_file(f"doses/{name}")
    asked: set[tuple[str, str, str | None]] = set()
    for path in FILES:
        if _name(path) != name.removesuffix(".yaml"):
            continue
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["cases"]:
            if "gives" in case:
                data = envelope(*shlex.split(case["run"]))["data"]
                asked.add((data["indication"]["id"], data["population"], data["region"]))
    printed = {
        (indication["id"], population, region)
        for indication in document["indications"]
        for doses in indication["doses"]
        for population in doses["populations"]
        for region in doses.get("regions", [None])
    }
    assert printed <= asked


@pytest.mark.parametrize("name", DRUGS)
def test_a_name_means_one_indication(name: str) -> None:
    document = library_file(f"doses/{name}")
    names = Names(document.get("same_words", []))
    owners: dict[str, str] = {}
    for indication in document["indications"]:
        for key in {names.key(n) for n in names_of(indication)}:
            assert key
            assert owners.setdefault(key, indication["id"]) == indication["id"], key
    groups = {names.key(n) for group in document.get("ambiguous_names", []) for n in group["names"]}
    nowhere = {names.key(n) for use in document.get("without_dose", []) for n in (use["id"], use["label"])}
    assert not groups & set(owners)
    assert not nowhere & (groups | set(owners))
