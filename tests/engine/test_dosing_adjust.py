"""`adjust`: what it reads, asks and refuses. The printed changes themselves: the cases beside the data."""

from __future__ import annotations

import pytest

from dosing_records import change, codes
from monocli.engine.answers import Answer, Refusal


def changed(**given: object) -> Answer:
    outcome = change(**given)
    assert isinstance(outcome, Answer), outcome
    return outcome


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("400", "400"),
        ("400mg", "400"),
        ("400 mg", "400"),
        ("0.4 g", "400"),
        ("400 mg daily", "400"),
        ("400 mg/day", "400"),
        ("400 mg once daily", "400"),
        ("400 mg once a day", "400"),
        ("400 mg twice daily", "800"),
        ("400 mg base", "400"),
        ("400 mg imatinib", "400"),
        ("478 mg mesilate", "400"),
        ("478 mg imatinib mesylate", "400"),
        ("478 mg mesilate twice daily", "800"),
    ],
)
def test_current_doses_as_people_write_them(text: str, value: str) -> None:
    assert changed(current=text, reduce=True).data["from"] == {"value": value, "unit": "mg"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "-400",
        "nan",
        "much",
        "400 IU",
        "400 mg aspirin",
        "400 mg three times",
        "1,5 mg",
        "400000",
        "400 mg BID",
    ],
)
def test_what_is_no_dose_is_refused(text: str) -> None:
    refused = change(current=text, reduce=True)
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.exit_code, refused.detail["option"]) == ("bad-value", 2, "--current")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "value-needed"),
        ({"current": "400 mg"}, "value-needed"),
        ({"current": "400 mg", "withheld": True}, "value-needed"),
        ({"current": "400 mg", "withheld": True, "bilirubin": "1"}, "value-needed"),
        ({"current": "400 mg", "transaminases": "2"}, "value-needed"),
        ({"current": "400 mg", "reduce": True, "start": "rifampicin"}, "conflicting-options"),
        ({"current": "400 mg", "reduce": True, "bilirubin": "4"}, "conflicting-options"),
        ({"current": "400 mg", "start": "rifampicin", "bilirubin": "4"}, "conflicting-options"),
        ({"current": "400 mg", "reduce": True, "withheld": True, "bilirubin": "1"}, "conflicting-options"),
        ({"current": "400 mg", "start": "rifampicin phenytoin"}, "bad-value"),
        ({"current": "340 mg/m2", "reduce": True}, "population-needed"),
        ({"current": "340 mg/m2", "reduce": True, "population": "adult"}, "bad-value"),
        ({"current": "340 mg/kg", "reduce": True, "population": "child"}, "bad-value"),
        ({"current": "340", "reduce": True, "population": "child"}, "bad-value"),
        ({"current": "374 mg", "reduce": True, "population": "child"}, "bsa-needed"),
        ({"current": "400 mg", "bilirubin": "0", "transaminases": "1"}, "bad-value"),
    ],
)
def test_bad_or_insufficient_input_exits_2(given: dict[str, object], code: str) -> None:
    refused = change(**given)
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.exit_code, refused.data) == (code, 2, None)


@pytest.mark.parametrize(
    "current", ["300 mg", "500 mg", "200 mg", "100 mg", "450 mg", "900 mg", "1200 mg", "400 mg mesilate"]
)
def test_no_step_is_interpolated(current: str) -> None:
    refused = change(current=current, reduce=True)
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.exit_code, refused.data) == ("no-reduction-step", 1, None)
    assert "400 to 300" in (refused.hint or "")


def test_one_value_already_too_high_keeps_treatment_withheld() -> None:
    outcome = changed(current="600 mg", withheld=True, bilirubin="2")
    assert (outcome.data["action"], outcome.data["to"]) == ("withhold", None)


def test_without_a_printed_figure_there_is_no_dose() -> None:
    refused = change(current="400 mg", start="carbamazepine")
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.exit_code) == ("percent-not-stated", 1)
    assert refused.data is not None
    assert refused.data["to"] is None
    assert codes(refused) == {"percent-not-stated"}
    unknown = change(current="400 mg", start="warfarin")
    assert isinstance(unknown, Refusal)
    assert unknown.code == "no-dose-in-source"


def test_an_inducer_for_a_child() -> None:
    outcome = changed(current="340 mg/m2", population="child", region="us", bsa="1.5", start="rifampicin")
    assert (outcome.data["to"]["value"], outcome.data["to_per_area"]["value"]) == ("765", "510")
    assert codes(outcome) == {"not-stated-for-children", "exceeds-maximum"}
    without = changed(current="340 mg/m2", population="child", start="rifampicin")
    assert without.data["to"] == {"value": "510", "unit": "mg/m2"}
    assert "maximum-not-checked" in codes(without)


def test_the_minimum_of_a_region_conflicts_only_there_or_where_none_is_given() -> None:
    assert "source-conflict" in codes(changed(current="400 mg", reduce=True))
    assert "source-conflict" in codes(changed(current="400 mg", reduce=True, region="uk"))
    assert "source-conflict" not in codes(changed(current="400 mg", reduce=True, region="us"))


def test_input_that_does_not_matter_is_said() -> None:
    outcome = changed(current="400 mg", bilirubin="4", region="uk", bsa="1.8")
    assert sorted(n.detail["option"] for n in outcome.notes if n.code == "not-used") == ["--bsa", "--region"]
