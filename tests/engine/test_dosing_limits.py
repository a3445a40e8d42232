"""What a limit of the day, a part of a start, a least increase and an age make of the doses of a made-up drug."""

from __future__ import annotations

from typing import Any

import pytest

from dosing_records import answer, codes, records, refusal

LIMITED = """
id: inventol
source: inventol-leaflet
section: Posology
drug: inventol
route: by mouth
unit: mg
populations: [{id: adult, label: adults}, {id: elder, label: elders}]
default_population: adult
regions: []
age_bands:
  - {from_years: 18, below_years: 70, populations: [adult]}
  - {from_years: 75, populations: [elder]}
indications:
  - id: fever
    label: fever
    doses:
      - populations: [adult, elder]
        printed: fever
        regimens:
          - {stage: start, daily: 600, times_daily: 1}
          - {stage: increase, condition: on the third day, daily: 800, times_daily: 2}
          - {stage: increase, condition: on the fifth day, daily: 1000, times_daily: 2}
  - id: chills
    label: chills
    doses:
      - {populations: [adult], printed: chills, regimens: [{stage: start, daily: 400, times_daily: 1}]}
  - id: aches
    label: aches
    doses:
      - {populations: [adult], printed: aches, regimens: [{stage: start, daily: 1000, times_daily: 2}]}
variables:
  - {id: clearance, label: clearance, unit: mL/min}
bands:
  - id: renal
    label: Clearance
    section: Kidneys
    bands:
      - {when: [{variable: clearance, at_least: 90}], label: from 90, text: No limit.}
      - {when: [{variable: clearance, at_least: 70}], label: from 70, text: No more than 900., maximum: 900}
      - {when: [{variable: clearance, at_least: 60}], label: from 60, text: No more than 800., maximum: 800}
      - {when: [{variable: clearance, at_least: 50}], label: from 50, text: No more than 600., maximum: 600}
      - {when: [{variable: clearance, at_least: 30}], label: from 30, text: Half., start_percent: 50, maximum: 400}
      - {when: [{variable: clearance, less_than: 30}], label: below 30, text: Nobody knows., undosed: yes}
partners:
  - {agents: [rifampicin], effect: percent, percent: 50, at_least: yes, text: At least half more.}
"""


@pytest.fixture(scope="module")
def drug() -> Any:
    return records(LIMITED, "doses/inventol.yaml")


def given(drug: Any, clearance: str, indication: str = "fever", **more: Any) -> Any:
    return answer(drug, indication=indication, given=(f"clearance={clearance}",), **more)


def schedules(outcome: Any) -> list[str]:
    return [f"{r['stage']} {r['each']['value']} × {r['times_daily']}" for r in outcome.data["regimens"]]


@pytest.mark.parametrize(
    ("clearance", "expected"),
    [
        ("90", ["start 600 × 1", "increase 400 × 2", "increase 500 × 2"]),
        # 800 mg a day is printed as two doses, and both increases are for another day.
        ("60", ["start 600 × 1", "increase 400 × 2", "increase 400 × 2"]),
        # The start is the limit: nothing is left of an increase.
        ("50", ["start 600 × 1"]),
        # 400 mg a day is printed as one dose, for chills.
        ("30", ["start 300 × 1", "increase 400 × 1", "increase 400 × 1"]),
    ],
)
def test_a_limit_is_of_the_day_and_makes_no_schedule_that_is_not_printed(
    drug: Any, clearance: str, expected: list[str]
) -> None:
    outcome = given(drug, clearance)
    assert schedules(outcome) == expected
    assert "division-not-printed" not in codes(outcome)


def test_where_the_division_of_a_limit_is_not_printed_that_is_said(drug: Any) -> None:
    outcome = given(drug, "70")
    assert schedules(outcome) == ["start 600 × 1", "increase 400 × 2", "increase 450 × 2"]
    (note,) = [note for note in outcome.notes if note.code == "division-not-printed"]
    assert "900 mg a day" in note.message
    assert "not printed" in note.message


def test_a_start_held_at_a_limit_is_given_as_that_dose_is_printed(drug: Any) -> None:
    assert schedules(given(drug, "50", "aches")) == ["start 600 × 1"]
    (regimen,) = given(drug, "30", "aches").data["regimens"]
    # Half of 1000 is above the limit of 400.
    assert (regimen["daily"]["value"], regimen["times_daily"], regimen["capped"]) == ("400", 1, True)


def test_an_increase_of_which_nothing_is_left_is_told_with_the_limit_and_its_source(drug: Any) -> None:
    (start,) = given(drug, "50").data["regimens"]
    assert [dose["value"] for dose in start["increases_left_out"]] == ["800", "1000"]
    for part in ("no increase is left", "600 mg a day", "from 50", "inventol-leaflet", "Kidneys"):
        assert part in start["left_out_because"]
    assert given(drug, "90").data["regimens"][0]["left_out_because"] is None


def test_a_part_of_a_start_is_in_place_of_the_usual_one(drug: Any) -> None:
    start = given(drug, "30").data["regimens"][0]
    assert [dose["value"] for dose in start["instead_of"]] == ["600"]


@pytest.mark.parametrize(("clearance", "changes"), [("90", False), ("50", True), ("30", True)])
def test_a_band_says_whether_it_changes_the_doses(drug: Any, clearance: str, changes: bool) -> None:
    assert [band["changes"] for band in given(drug, clearance).data["bands"]] == [changes]


def test_the_band_without_a_dose_stands_with_the_refusal(drug: Any) -> None:
    refused = refusal(drug, indication="fever", given=("clearance=29",))
    assert (refused.code, refused.detail["band"]) == (
        "no-dose-in-source",
        {
            "id": "renal",
            "label": "Clearance",
            "band": "below 30",
            "text": "Nobody knows.",
            "changes": True,
            "source": "inventol-leaflet",
            "section": "Kidneys",
        },
    )


def test_a_least_increase_says_so_with_its_figure(drug: Any) -> None:
    start = answer(drug, indication="chills", partners="rifampicin").data["regimens"][0]
    assert (start["daily"]["value"], start["adjusted_at_least"]) == ("600", True)
    assert start["adjusted_for"] == "at least +50 % for rifampicin"
    assert not answer(drug, indication="chills").data["regimens"][0]["adjusted_at_least"]


@pytest.mark.parametrize("population", [None, "adult", "elder"])
@pytest.mark.parametrize("age", ["10", "17.9", "70", "74"])
def test_an_age_outside_every_band_is_refused_and_no_population_steps_over_it(
    drug: Any, age: str, population: str | None
) -> None:
    refused = refusal(drug, indication="fever", age=age, population=population)
    assert (refused.code, refused.kind, refused.hint) == ("no-dose-for-population", "no-answer", None)
    assert "from 18 to below 70 years (adults); from 75 years (elders)" in refused.message


def test_an_age_inside_a_band_is_answered(drug: Any) -> None:
    for age, population in (("18", "adult"), ("69.9", "adult"), ("75", "elder")):
        assert answer(drug, indication="fever", age=age).data["population"] == population


def test_one_year_is_not_years(drug: Any) -> None:
    assert "an age of 1 year;" in refusal(drug, indication="fever", age="1").message
    assert "an age of 2 years;" in refusal(drug, indication="fever", age="2").message
