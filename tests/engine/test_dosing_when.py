"""When a rule of dosing holds, does not, or cannot be told."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from monocli.engine.dosing.when import Circumstances, first, holds, possible

LIMIT = {"variable": "ast", "more_than": "3", "at_most": "5"}


def values(**known: str) -> Circumstances:
    return Circumstances(values={variable: Fraction(text) for variable, text in known.items()})


@pytest.mark.parametrize(
    ("rule", "of", "met"),
    [
        ({}, Circumstances(), True),
        ({"text": "No condition."}, Circumstances(), True),
        ({"populations": ["child"]}, Circumstances("child"), True),
        ({"populations": ["child"]}, Circumstances("adult"), False),
        ({"populations": ["child"]}, Circumstances(), None),
        ({"populations": ["child"], "regions": ["uk"]}, Circumstances("child"), None),
        ({"populations": ["child"], "regions": ["uk"]}, Circumstances("adult"), False),
        ({"regions": ["uk"], "grades": ["mild"]}, Circumstances(region="uk", grade="mild"), True),
        ({"daily_at_least": "800"}, Circumstances(daily=Fraction(800)), True),
        ({"daily_at_least": "800"}, Circumstances(daily=Fraction("799.9")), False),
        ({"impairment": False}, Circumstances(impaired=False), True),
        ({"impairment": True}, Circumstances(impaired=False), False),
        ({"from_years": "2", "below_years": "12"}, Circumstances(age=Fraction(2)), True),
        ({"from_years": "2", "below_years": "12"}, Circumstances(age=Fraction(12)), False),
        (LIMIT, values(ast="3"), False),
        (LIMIT, values(ast="5"), True),
        (LIMIT, values(ast="5.1"), False),
        (LIMIT, values(bilirubin="4"), None),
        ({"when": {"regions": ["us"], "impairment": True}}, Circumstances(region="us", impaired=True), True),
        ({"when": {"regions": ["us"], "impairment": True}}, Circumstances(impaired=True), None),
        ({"when": [LIMIT, {"variable": "bilirubin", "less_than": "1"}]}, values(ast="4"), None),
        ({"when": [LIMIT, {"variable": "bilirubin", "less_than": "1"}]}, values(ast="4", bilirubin="1"), False),
        ({"when": [LIMIT, {"variable": "bilirubin", "less_than": "1"}]}, values(ast="4", bilirubin="0.9"), True),
    ],
)
def test_a_rule_holds_does_not_or_cannot_be_told(rule: dict[str, Any], of: Circumstances, met: bool | None) -> None:
    assert holds(rule, of) is met


def test_the_first_rule_that_nothing_speaks_against_decides() -> None:
    child: dict[str, Any] = {"populations": ["child"]}
    anyone: dict[str, Any] = {"text": "Anyone."}
    adult: dict[str, Any] = {"populations": ["adult"]}
    assert first([child, anyone, adult], Circumstances("adult")) == anyone
    assert possible([child, anyone, adult], Circumstances("adult")) == [anyone, adult]
    assert possible([child, anyone, adult], Circumstances()) == [child, anyone, adult]
    assert first([child], Circumstances("adult")) is None
