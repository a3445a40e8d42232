"""A reference as a line."""

from __future__ import annotations

from typing import cast

import pytest

from monocli.engine.citations import citation
from monocli.records.monograph import Reference

ARTICLE: Reference = {
    "number": 1,
    "authors": "Kerkelä R, et al.",
    "title": "Cardiotoxicity of a drug",
    "journal": "Nat Med",
    "year": "2006",
    "volume": "12",
    "pages": "908–16",
}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({}, "Kerkelä R, et al. Cardiotoxicity of a drug. Nat Med 2006; 12: 908–16."),
        ({"volume": "i"}, "Kerkelä R, et al. Cardiotoxicity of a drug. Nat Med 2006; i: 908–16."),
        ({"pages": ""}, "Kerkelä R, et al. Cardiotoxicity of a drug. Nat Med 2006; 12."),
        ({"volume": "", "pages": ""}, "Kerkelä R, et al. Cardiotoxicity of a drug. Nat Med 2006."),
        (
            {"note": "Correction. ibid.; 345."},
            "Kerkelä R, et al. Cardiotoxicity of a drug. Nat Med 2006; 12: 908–16. Correction. ibid.; 345.",
        ),
        ({"title": "Is it so?"}, "Kerkelä R, et al. Is it so? Nat Med 2006; 12: 908–16."),
    ],
)
def test_an_article(change: dict[str, str], line: str) -> None:
    assert citation(cast("Reference", {**ARTICLE, **change})) == line


def test_a_notice_on_the_web() -> None:
    notice: Reference = {
        "number": 2,
        "authors": "Novartis, Canada",
        "title": "A notice",
        "year": "2006",
        "note": "issued 12th January, 2006",
        "url": "http://example.org/a",
        "accessed": "01/08/08",
    }
    line = "Novartis, Canada. A notice (issued 12th January, 2006). http://example.org/a (accessed 01/08/08)"
    assert citation(notice) == line
