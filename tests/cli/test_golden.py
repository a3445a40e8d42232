"""The main tables as they look at 80 columns. How to update them stands in tests/golden.py."""

from __future__ import annotations

import pytest

import golden
from conftest import Run

TABLES = {
    "lookup-code": ("lookup", "STI-571"),
    "lookup-several": ("lookup", "Glivec", "teceleukin", "ketoconazole", "imatanib"),
    "lookup-fuzzy": ("lookup", "imatanib", "--fuzzy"),
    "show-overview": ("show", "imatinib"),
    "show-section": ("show", "imatinib", "antifungals"),
    "show-all": ("show", "imexon", "--all"),
    "show-unknown-section": ("show", "imexon", "bones"),
    "search": ("search", "splenic", "rupture"),
    "search-nothing": ("search", "unicorn"),
    "refs": ("refs", "aldesleukin", "incompatibility"),
    "brands-country": ("brands", "imatinib", "--country", "India"),
    "brands": ("brands", "imatinib"),
    "sources": ("sources", "fda-cyp", "ansn"),
    "calc": (
        "calc",
        "cockcroft-gault",
        "age=70",
        "weight=90",
        "height=165",
        "creatinine=106 umol/L",
        "sex=f",
        "--explain",
    ),
    "calc-question": ("calc", "renal", "age=70", "weight=60", "creatinine=1.2 mg/dL", "sex=f"),
    "calc-formula": ("calc", "calvert"),
    "calc-refused": ("calc", "calvert", "auc=5", "gfr=60"),
    "usage": ("lookup",),
    "unknown-command": ("lookpu", "imatinib"),
}


@pytest.mark.parametrize("name", TABLES)
def test_table(run: Run, name: str) -> None:
    outcome = run(*TABLES[name])
    golden.check(
        name, f"$ mono {' '.join(TABLES[name])}\n{outcome.stdout}--- stderr\n{outcome.stderr}--- exit {outcome.exit}\n"
    )
    assert all(len(line) <= 80 for line in (outcome.stdout + outcome.stderr).splitlines())
