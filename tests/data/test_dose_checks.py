"""Problems of dose rules that no schema can see: each is found, and the library's own files have none."""

from __future__ import annotations

import re
import shlex
from typing import Any

import pytest
import yaml

from dosing_records import DATA, ask, records
from monocli.engine.answers import Refusal
from monocli.library import formats, strict_yaml
from monocli.library.documents import Document, Documents
from monocli.library.dose_checks import check_doses
from told import told

DRUGS = sorted(path for path in (DATA / "doses").rglob("*.yaml") if not path.name.endswith(".cases.yaml"))


def read(kind: str, name: str, text: str) -> Document:
    source = strict_yaml.SourceFile(f"{kind}/{name}")
    strict_yaml.parse(text, source)
    value: Any = formats.validate(source, told(formats.format_of(f"{kind}/{name}")))
    assert not source.problems, source.problems
    return Document(kind, name.removesuffix(".yaml"), value, source)


def problems(text: str) -> list[str]:
    """What is wrong with a file of dose rules, beside the library's own agents."""
    agents = [read("agents", p.name, p.read_text("utf-8")) for p in (DATA / "agents").glob("[a-z].yaml")]
    document = read("doses", "drug.yaml", text)
    check_doses(document, Documents([document, *agents]))
    assert document.source is not None
    return [problem.message for problem in document.source.problems]


@pytest.mark.parametrize("path", DRUGS, ids=lambda path: path.name)
def test_the_library_has_no_problem(path: Any) -> None:
    assert problems(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("populations: [adult]", "populations: [adlut]", "no 'adlut'"),
        ("regions: [uk]", "regions: [fr]", "no 'fr'"),
        ("default_population: adult", "default_population: elder", "no 'elder'"),
        ("grade: severe", "grade: grave", "no 'grave'"),
        ("variable: bilirubin, more_than: 10", "variable: albumin, more_than: 10", "no 'albumin'"),
        ("choose: [all-new, all-relapsed]", "choose: [all-new, all-old]", "no 'all-old'"),
        ("agents: [rifampicin, phenytoin]", "agents: [rifampicin, phenytoine]", "no agent 'phenytoine'"),
        ("agents: [ketoconazole]", "agents: [ketoconazole, phenytoin]", "two rules"),
        ("daily: 600, times_daily: 1", "daily: -600, times_daily: 1", "more than 0"),
        ("daily: 600, times_daily: 1", "daily: 600, each: 6, times_daily: 1", "exactly one"),
        ("daily: 600, times_daily: 1", "daily: 600, times_daily: 0", "at least once"),
        ("            maximum: 600\n", "", "either its printed maximum"),
        ("stage: start, daily: 800", "stage: increase, daily: 800", "where treatment begins"),
        ("adult, indication: cml-chronic", "adult, indication: cml", "no 'cml'"),
        ("compare: {population: adult,", "compare: {population: elder,", "no 'elder'"),
        ("indication: cml-chronic, text", "indication: cml-new, text", "fixed dose"),
        ("near_percent: 25", "near_percent: 0", "more than 0"),
        ("{kind: administration, lines: 446-448,", "{kind: administration, warning: yes, lines: 446-448,", "partner"),
        ("{start: 400, to: 300}", "{start: 400, to: 500}", "lower dose"),
        ("{start: 400, to: 300}", "{start: 600, to: 300}", "same dose"),
        ("from_years: 12", "from_years: 13", "begins where"),
        ("    percent: 50\n", "", "has a percent"),
        ("percent: 50\n", "percent: -100\n", "100 %"),
        ("outcome: undefined\n", "outcome: undefined\n      grade: mild\n", "either a grade or an outcome"),
        ("id: dfsp", "id: gist", "same id|two have the id"),
    ],
)  # fmt: skip
def test_each_problem_is_found(old: str, new: str, said: str) -> None:
    text = (DATA / "doses" / "imatinib-mesilate.yaml").read_text("utf-8")
    assert old in text
    found = problems(text.replace(old, new, 1))
    assert any(re.search(said, message) for message in found), found


def test_the_example_of_the_page_works() -> None:
    """The drug in docs/dose-data.md is valid, and its cases are true."""
    page = (DATA.parent / "docs" / "dose-data.md").read_text("utf-8")
    drug, cases, hepatic = re.findall(r"```yaml\n(.*?)```", page, re.S)
    assert problems(drug) == []
    assert problems(drug + hepatic) == []
    rules = records(drug, "doses/inventol.yaml")
    for case in yaml.load(cases, Loader=yaml.BaseLoader)["cases"]:
        words = shlex.split(case["run"].replace("-i ", "--indication "))[2:]
        given = {option.removeprefix("--"): value for option, value in zip(words[::2], words[1::2], strict=True)}
        outcome = ask(rules, **given)
        if isinstance(outcome, Refusal):
            assert outcome.code == case.get("refused", case.get("asks"))
        else:
            often = {1: "once", 2: "twice"}
            shown = [f"{r['each']['value']} mg {often[r['times_daily']]} daily" for r in outcome.data["regimens"]]
            assert shown == case["gives"]
