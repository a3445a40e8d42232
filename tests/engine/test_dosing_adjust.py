"""`adjust`: what it reads, asks and refuses. The printed changes themselves: the cases beside the data."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from dosing_records import answer, change, codes
from monocli.engine.answers import BAD_INPUT, NO_ANSWER, Answer, Refusal
from told import told


def changed(**given: object) -> Answer[Any]:
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
        ("400 mg bd", "800"),
        ("400 mg b.d.", "800"),
        ("400 mg BID", "800"),
        ("400 mg b.i.d.", "800"),
        ("400mg od", "400"),
        ("400 mg every 12 hours", "800"),
        ("400 mg q12h", "800"),
        ("400 mg 12-hourly", "800"),
        ("400 mg 2 times daily", "800"),
        ("400 mg two times a day", "800"),
        ("400 mg every 24 h", "400"),
        ("400 mg once every day", "400"),
        ("400mg/24h", "400"),
        ("400 mg per 24 hours", "400"),
        ("400 mg each day", "400"),
        ("2 x 400 mg", "800"),
        ("2×400mg daily", "800"),
        ("4 x 10^2 mg", "400"),
        ("956 mg of imatinib mesylate", "800"),
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
        "400 mg qd",
        "400 mg every 5 hours",
        "400 mg every other day",
        "400 mg weekly",
        "400 mg 12h",
        "2 x 400 mg every 12 hours",
        "1.200 mg",
        "2 x 1.200 mg",
        "400 to 600 mg",
        "400 mg - 600 mg",
        "½ g",
        "400 mg three times daily",
        "2 x 400 mg twice daily",
        "2 x 400 mg bd",
        "0 x 400 mg",
        "400 mg of aspirin",
    ],
)
def test_what_is_no_dose_is_refused(text: str) -> None:
    refused = change(current=text, reduce=True)
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.kind, refused.detail["option"]) == ("bad-value", BAD_INPUT, "--current")


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
    assert (refused.code, refused.kind, refused.data) == (code, BAD_INPUT, None)


@pytest.mark.parametrize(
    "current", ["300 mg", "500 mg", "200 mg", "100 mg", "450 mg", "900 mg", "1200 mg", "400 mg mesilate"]
)
def test_no_step_is_interpolated(current: str) -> None:
    refused = change(current=current, reduce=True)
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.kind, refused.data) == ("no-reduction-step", NO_ANSWER, None)
    assert "400 to 300" in (refused.hint or "")


def test_one_value_already_too_high_keeps_treatment_withheld() -> None:
    outcome = changed(current="600 mg", withheld=True, bilirubin="2")
    assert (outcome.data["action"], outcome.data["to"]) == ("withhold", None)


def test_without_a_printed_figure_there_is_no_dose() -> None:
    refused = change(current="400 mg", start="carbamazepine")
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.kind) == ("percent-not-stated", NO_ANSWER)
    assert refused.data is not None
    assert refused.data["to"] is None
    assert codes(refused) == {"percent-not-stated", "later-source"}
    assert refused.data["in_words"] == "the dose may need to be increased"
    assert refused.message not in {note.message for note in refused.notes}
    unknown = change(current="400 mg", start="warfarin")
    assert isinstance(unknown, Refusal)
    assert unknown.code == "no-dose-in-source"


def test_an_inducer_for_a_child() -> None:
    outcome = changed(current="340 mg/m2", population="child", region="us", bsa="1.5", start="rifampicin")
    assert (outcome.data["to"]["value"], outcome.data["to_per_area"]["value"]) == ("765", "510")
    assert codes(outcome) == {"not-stated-for-children", "exceeds-maximum", "later-source"}
    without = changed(current="340 mg/m2", population="child", start="rifampicin")
    assert without.data["to"] == {"value": "510", "unit": "mg/m2"}
    assert "maximum-not-checked" in codes(without)


@pytest.mark.parametrize(
    ("current", "area", "region", "now", "to"),
    [
        ("340 mg/m2", "1.76", "us", "598.4", "897.6"),
        ("340 mg/m2", "1.77", "us", "600", "900"),
        ("340 mg/m2", "2", "us", "600", "900"),
        ("340 mg/m2", "2", "uk", "680", "1020"),
        ("340 mg/m2", "2.5", "uk", "800", "1200"),
        ("570 mg/m2", "1.5", "uk", "800", "1200"),
        ("570 mg/m2", "1.5", None, "800", "1200"),
        ("260 mg/m2", "2", "us", "520", "780"),
    ],
)
def test_a_held_dose_is_what_changes(current: str, area: str, region: str | None, now: str, to: str) -> None:
    outcome = changed(current=current, population="child", region=region, bsa=area, start="rifampicin")
    assert (outcome.data["from_daily"]["value"], outcome.data["to"]["value"]) == (now, to)
    assert outcome.data["changed_by"]["factor"] == "1.5"
    held = Fraction(now) != Fraction(current.split()[0]) * Fraction(area)
    assert outcome.data["from_capped"] == held
    assert (outcome.data["to_per_area"] is None) == held
    assert any(f"{now} mg × 1.5" in s.get("inputs", "") for s in outcome.data["steps"])


def test_the_dose_is_the_one_that_dose_gives() -> None:
    """A child that is held at the maximum gets the same number from both commands."""
    given = answer(
        indication="cml-new", population="child", age="14", region="us", bsa="2", partners="rifampicin"
    ).data["regimens"][0]
    outcome = changed(current="340 mg/m2", population="child", region="us", bsa="2", start="rifampicin")
    assert outcome.data["to"] == given["daily"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"bsa": "2", "start": "rifampicin"}, "region-needed"),
        ({"bsa": "2.5", "reduce": True}, "region-needed"),
        ({"bsa": "2.5", "reduce": True, "region": "us"}, "no-reduction-step"),
        ({"bsa": "3.1", "reduce": True, "region": "uk"}, "no-reduction-step"),
        ({"bsa": "3.1", "reduce": True}, "no-reduction-step"),
        ({"bsa": "2.5", "region": "us", "withheld": True, "bilirubin": "1", "transaminases": "1"}, "no-reduction-step"),
    ],
)
def test_no_reduction_leads_to_as_much_or_more(given: dict[str, object], code: str) -> None:
    refused = change(current="340 mg/m2", population="child", **given)
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.data) == (code, None)
    assert refused.kind == (BAD_INPUT if code == "region-needed" else NO_ANSWER)


def test_a_region_is_asked_only_where_it_matters() -> None:
    assert changed(current="340 mg/m2", population="child", bsa="1.5", start="rifampicin").data["to"]["value"] == "765"
    outcome = changed(current="340 mg/m2", population="child", bsa="2", reduce=True)
    assert (outcome.data["to"]["value"], outcome.data["from_daily"]) == ("520", None)


def test_a_rate_is_held_against_its_own_maximum() -> None:
    outcome = changed(current="260 mg/m2", population="child", region="us", bsa="2.4", start="rifampicin")
    assert codes(outcome) >= {"no-maximum-printed", "exceeds-highest-printed"}
    assert "exceeds-maximum" not in codes(outcome)
    for rate in ("200 mg/m2", "300 mg/m2"):
        assert "no-maximum-printed" in codes(changed(current=rate, population="child", bsa="1", start="rifampicin"))


def test_a_rate_printed_for_another_region_is_refused() -> None:
    refused = change(current="570 mg/m2", population="child", region="us", bsa="1", start="rifampicin")
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.kind) == ("no-dose-for-region", NO_ANSWER)
    assert changed(current="570 mg", population="child", region="us", start="rifampicin").data["to"]["value"] == "855"
    step_down = changed(current="260 mg/m2", population="child", region="uk", bsa="1", start="rifampicin")
    assert step_down.data["to"]["value"] == "390"


def test_a_bare_number_says_how_it_was_read() -> None:
    outcome = changed(current="400", reduce=True)
    assert "unit-assumed" in codes(outcome)
    assert "400 mg of imatinib base a day" in next(n.message for n in outcome.notes if n.code == "unit-assumed")
    assert "unit-assumed" not in codes(changed(current="400 mg", reduce=True))


def test_the_minimum_of_a_region_conflicts_only_there_or_where_none_is_given() -> None:
    assert "source-conflict" in codes(changed(current="400 mg", reduce=True))
    assert "source-conflict" in codes(changed(current="400 mg", reduce=True, region="uk"))
    assert "source-conflict" not in codes(changed(current="400 mg", reduce=True, region="us"))


def test_input_that_does_not_matter_is_said() -> None:
    outcome = changed(current="400 mg", bilirubin="1", transaminases="1", region="uk", bsa="1.8")
    assert sorted(told(n.detail)["option"] for n in outcome.notes if n.code == "not-used") == ["--bsa", "--region"]
    # The dose for later is held against the printed minimum of a region.
    withheld = changed(current="400 mg", bilirubin="4", region="uk", bsa="1.8")
    assert [told(n.detail)["option"] for n in withheld.notes if n.code == "not-used"] == ["--bsa"]
    assert "source-conflict" in [n.code for n in withheld.notes]


def test_withholding_says_which_limit_was_crossed_and_with_which_dose_treatment_goes_on() -> None:
    held = changed(current="400 mg", bilirubin="4", transaminases="6").data
    assert [(limit["variable"], limit["value"], limit["given"]["value"]) for limit in held["crossed"]] == [
        ("bilirubin", "3", "4"),
        ("transaminases", "5", "6"),
    ]
    (later,) = held["afterwards"]
    assert (held["to"], later["to"]) == (None, {"value": "300", "unit": "mg"})
    lowest = changed(current="300 mg", bilirubin="4").data
    assert lowest["crossed"][0]["text"] == "total bilirubin above 3 × ULN"
    assert lowest["afterwards"][0]["to"] is None
    assert "no step down from 300 mg" in lowest["afterwards"][0]["text"]
    child = changed(current="340 mg/m2", population="child", transaminases="6").data
    assert child["afterwards"][0]["to_per_area"] == {"value": "260", "unit": "mg/m2"}
    waiting = changed(current="400 mg", bilirubin="2", transaminases="1", withheld=True).data
    assert (waiting["crossed"], waiting["afterwards"][0]["to"]["value"]) == ([], "300")
    assert changed(current="400 mg", bilirubin="1", transaminases="1").data["afterwards"] == []
