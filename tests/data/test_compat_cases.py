"""Every case beside a file of data/compatibility/, run through the command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import Run

FILES = sorted((Path(__file__).parents[2] / "data" / "compatibility").glob("*.cases.yaml"))
OPTIONS = ("diluent", "concentration", "amount", "volume", "container", "hours", "albumin", "region")
KEYS = {"name", "with", "first", "applies", "verdicts", "never", "says", "exit", "code", *OPTIONS}


def _cases() -> list[Any]:
    return [
        pytest.param(path.name.removesuffix(".cases.yaml"), case, id=case["name"])
        for path in FILES
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["cases"]
    ]


@pytest.mark.parametrize(("drug", "case"), _cases())
def test_case(drug: str, case: dict[str, Any], run: Run) -> None:
    assert set(case) <= KEYS
    options = [f"--{key}={case[key]}" for key in OPTIONS if key in case]
    outcome = run("compat", "--json", *options, "--", drug, *case.get("with", []))
    assert outcome.exit == int(case.get("exit", 0)), outcome.stdout
    assert outcome.stderr == ""
    if "code" in case:
        assert outcome.codes[0] == case["code"]
    if outcome.exit == 2:
        assert outcome.data is None
        return
    findings = outcome.data["findings"]
    verdicts = [finding["verdict"] for finding in findings]
    assert verdicts[0] == case.get("first", verdicts[0])
    assert findings[0]["applies"] == case.get("applies", findings[0]["applies"])
    assert set(case.get("verdicts", ())) <= set(verdicts)
    assert not set(case.get("never", ())) & set(verdicts)
    text = json.dumps(outcome.data, ensure_ascii=False)
    assert all(words in text for words in case.get("says", ()))
    assert "is compatible" not in text
