"""A made-up drug, in YAML alone: its own populations, regions, route, doses per kg and m2, ladder and grades."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest

from dosing_records import answer, change, codes, daily, formulas, records, refusal
from in_options import in_options
from monocli.engine.answers import Answer, Refusal
from monocli.engine.dosing import limits
from monocli.engine.dosing.adjusting import adjust
from monocli.engine.dosing.answering import dose
from monocli.engine.dosing.book import DoseBook
from monocli.engine.dosing.indications import Names
from monocli.engine.dosing.requests import Request, measurements
from monocli.engine.quantities.values import Value

MADE_UP = """
id: inventol
source: inventol-leaflet
section: Posology
drug: inventol
route: into a vein
unit: microgram
unit_names: [{name: mg, factor: 1000}]
populations:
  - {id: newborn, label: newborns}
  - {id: teenager, label: teenagers}
  - {id: grown-up, label: grown-ups, aliases: [grown up]}
regions: [{id: jp, label: Japan}, {id: nz, label: New Zealand}]
age_bands:
  - {from_years: 0, below_years: 1, populations: [newborn]}
  - {from_years: 1, below_years: 20, populations: [teenager]}
  - {from_years: 20, populations: [teenager, grown-up]}
minimum_age: {years: 0.5, text: Inventol was never given before six months.}
same_words: [[fever, pyrexia]]
indications:
  - id: fever
    label: fever
    doses:
      - populations: [newborn]
        printed: fever of the newborn
        regimens:
          - {stage: start, daily: 2.5, scale_by: body-weight, maximum: 20, times_daily: 4}
      - populations: [teenager]
        regions: [jp]
        printed: fever in teenagers
        regimens:
          - {stage: start, daily: 10, scale_by: body-surface, times_daily: 3, maximum_note: No maximum is known.}
          - {stage: increase, condition: after a week, daily: 1, scale_by: body-weight, maximum: 45, times_daily: 3}
      - populations: [grown-up]
        printed: fever in grown-ups
        regimens:
          - {stage: start, daily: 100, times_daily: 3}
  - id: chills
    label: chills
    doses:
      - {populations: [grown-up], regions: [nz], printed: chills, regimens: [{stage: start, daily: 40, times_daily: 1}]}
variables:
  - {id: bilirubin, label: bilirubin}
  - {id: ast, label: AST}
hepatic:
  section: Liver
  grades:
    - {id: a, label: class A, text: little}
    - {id: b, label: class B, text: much}
  rules:
    - {when: [{variable: ast, at_least: 4}], grade: b}
    - {when: [{variable: ast, at_least: 2}, {variable: bilirubin, less_than: 1}], grade: a}
    - {when: [{variable: ast, at_least: 2}], outcome: undefined, text: Nobody knows.}
    - {when: [{variable: ast, less_than: 2}], outcome: none, text: No class applies.}
  starts:
    - {populations: [grown-up], regions: [jp, nz], grades: [a, b], daily: 60, times_daily: 2, text: Half is enough.}
  raises: More than usual.
  escalation: Nothing is said of later.
withholding:
  variables: [ast]
  stop_when: [{variable: ast, at_least: 8}]
  resume_when: [{variable: ast, at_most: 3}]
  text: Stop at 8.
  resume_text: Go on at 3.
  baseline: Nothing is said of before.
reductions:
  - {populations: [grown-up], basis: day, text: By a third., steps: [{start: 90, to: 60}]}
  - {populations: [newborn], basis: kg, text: By half., steps: [{start: 2.5, to: 1.25}]}
partners:
  - agents: [warfarin]
    effect: percent
    percent: -25
    text: A quarter less.
    not_stated: [{populations: [teenager], code: not-stated-for-teenagers, text: Not for teenagers.}]
highest_printed: {daily: 100, text: Nobody had more.}
advice:
  - {kind: administration, text: Slowly., when: {populations: [newborn]}}
"""


@pytest.fixture(scope="module")
def drug() -> Any:
    return records(MADE_UP, "doses/inventol.yaml")


def test_a_dose_per_kg(drug: Any) -> None:
    outcome = answer(drug, indication="pyrexia", age="8mo", weight="7")
    regimen = outcome.data["regimens"][0]
    assert regimen["per_weight"] == {"value": "2.5", "unit": "microgram/kg"}
    assert regimen["weight"] == {"value": "7", "unit": "kg"}
    assert regimen["daily"] == {"value": "17.5", "unit": "microgram"}
    assert (regimen["each"]["value"], regimen["times_daily"]) == ("4.375", 4)
    assert regimen["as_salt"] is None
    assert [a["text"] for a in outcome.data["advice"]] == ["Slowly."]
    assert outcome.data["route"] == "into a vein"


def test_its_maximum(drug: Any) -> None:
    regimen = answer(drug, indication="fever", age="8mo", weight="12").data["regimens"][0]
    assert (regimen["calculated"]["value"], regimen["daily"]["value"], regimen["capped"]) == ("30", "20", True)


def test_a_dose_exactly_at_its_maximum_is_not_held(drug: Any) -> None:
    outcome = answer(drug, indication="fever", age="8mo", weight="8")
    regimen = outcome.data["regimens"][0]
    assert (regimen["calculated"]["value"], regimen["daily"]["value"], regimen["capped"]) == ("20", "20", False)
    assert "exceeds-maximum" not in codes(outcome)
    assert any("does not exceed it" in step["text"] for step in outcome.data["steps"])
    assert answer(drug, indication="fever", age="8mo", weight="8.001").data["regimens"][0]["capped"]


def test_a_dose_exactly_at_the_highest_printed_is_not_above_it(drug: Any) -> None:
    outcome = answer(drug, indication="fever", population="grown-up")
    assert daily(outcome) == ["100"]
    assert "exceeds-highest-printed" not in codes(outcome)


@pytest.mark.parametrize(("changed_to", "above"), [("100", False), ("100.001", True)])
def test_a_changed_dose_exactly_at_the_highest_printed_is_not_above_it(drug: Any, changed_to: str, above: bool) -> None:
    assert (limits.highest_note(DoseBook(drug), Value(Fraction(changed_to)), "grown-up") is not None) is above


def test_what_it_asks_and_refuses(drug: Any) -> None:
    assert refusal(drug, indication="fever").code == "population-needed"
    assert refusal(drug, indication="fever", age="25").code == "population-needed"
    assert refusal(drug, indication="fever", age="8mo").code == "weight-needed"
    assert refusal(drug, indication="fever", age="5mo").code == "under-minimum-age"
    assert refusal(drug, indication="fever", age="15").code == "region-needed"
    assert refusal(drug, indication="fever", age="15", region="jp").code == "bsa-needed"
    assert refusal(drug, indication="fever", age="15", region="jp", bsa="1.5").code == "weight-needed"
    assert refusal(drug, indication="fever", age="15", region="nz", bsa="1.5").code == "no-dose-for-region"
    assert refusal(drug, indication="fever", region="uk", age="15").code == "bad-value"
    assert refusal(drug, indication="chills", age="15", region="nz").code == "no-dose-for-population"


def test_area_and_weight_together(drug: Any) -> None:
    outcome = answer(drug, indication="fever", age="15", region="jp", bsa="1.5", weight="50")
    assert daily(outcome) == ["15", "45"]
    assert codes(outcome) == {"no-maximum-printed"}


def test_thirds_have_no_finite_decimal(drug: Any) -> None:
    each = answer(drug, indication="fever", population="grown up").data["regimens"][0]["each"]
    assert each == {"value": "33.3333", "unit": "microgram", "exact": "100/3"}


def test_its_own_grading(drug: Any) -> None:
    given = {"indication": "fever", "population": "grown-up", "region": "jp"}
    outcome = answer(drug, **given, ast="2", bilirubin="0.5")
    assert outcome.data["hepatic"]["grade"] == "a"
    assert (daily(outcome), outcome.data["regimens"][0]["times_daily"]) == (["60"], 2)
    assert answer(drug, **given, ast="4").data["hepatic"]["grade"] == "b"
    assert refusal(drug, **given, ast="2").code == "value-needed"
    assert refusal(drug, **given, ast="2", bilirubin="1").code == "hepatic-grade-undefined"
    assert refusal(drug, **given, grade="mild").code == "bad-value"
    raised = answer(drug, indication="chills", population="grown-up", region="nz", grade="class B")
    assert daily(raised) == ["40", "60"]
    assert "source-conflict" in codes(raised)


def test_a_partner_that_lowers_the_dose(drug: Any) -> None:
    outcome = answer(drug, indication="fever", population="grown-up", partners="warfarin")
    assert daily(outcome) == ["75"]
    assert outcome.data["regimens"][0]["adjusted_for"] == "−25 % for warfarin"
    teenager = answer(drug, indication="fever", age="15", region="jp", bsa="1.5", weight="20", partners="warfarin")
    assert "not-stated-for-teenagers" in codes(teenager)


def test_its_own_ladder_and_limits(drug: Any) -> None:
    def changed(**given: Any) -> Answer[Any]:
        outcome = change(drug, **given)
        assert isinstance(outcome, Answer), outcome
        return outcome

    assert changed(current="0.09 mg", population="grown-up", reduce=True).data["to"] == {
        "value": "60",
        "unit": "microgram",
    }
    assert changed(current="2.5 microgram/kg", population="newborn", reduce=True).data["to"]["value"] == "1.25"
    assert changed(current="80", population="grown-up", start="warfarin").data["action"] == "reduce"
    refused = change(drug, current="60", population="grown-up", reduce=True)
    assert isinstance(refused, Refusal)
    assert refused.code == "no-reduction-step"
    refused = change(drug, current="60", population="teenager", reduce=True)
    assert isinstance(refused, Refusal)
    assert refused.code == "no-reduction-step"


def test_laboratory_values_are_those_of_its_rules() -> None:
    book = DoseBook(records(re.sub(r"\bast\b", "ferritin", MADE_UP), "doses/inventol.yaml"))
    value = measurements(("ferritin", "4", None))
    asked = Request(indication="fever", population="grown-up", region="jp", measurements=value)
    outcome = dose(book, formulas(), asked)
    assert isinstance(outcome, Answer)
    data: Any = outcome.data
    assert [value["variable"] for value in data["hepatic"]["values"]] == ["ferritin"]
    asked_for = in_options(adjust(book, formulas(), Request(current="60", population="grown-up")))
    assert isinstance(asked_for, Refusal)
    assert (asked_for.hint or "").startswith("add values (--ferritin)")


def test_words_that_mean_the_same_may_hold_each_other() -> None:
    names = Names([["chill fever", "fever", "pyrexia"]])
    assert names.key("Fever") == "chill fever"
    assert names.key("fever fever") == "chill fever chill fever"
    assert names.key("feverish") == "feverish"


def test_a_current_dose_per_m2_has_the_maximum_of_its_own_rate(drug: Any) -> None:
    given = {"current": "10 microgram/m2", "population": "teenager", "bsa": "1.5", "start": "warfarin"}
    outcome = change(drug, **given, region="jp")
    assert isinstance(outcome, Answer)
    assert (outcome.data["from_daily"]["value"], outcome.data["to"]["value"]) == ("15", "11.25")
    assert "No maximum is known." in [note.message for note in outcome.notes if note.code == "no-maximum-printed"]
    refused = change(drug, **given, region="nz")
    assert isinstance(refused, Refusal)
    assert refused.code == "no-dose-for-region"


BY_CLEARANCE = """
id: inventol
source: inventol-leaflet
drug: inventol
route: into a vein
unit: mg
populations: [{id: adult, label: adults}]
default_population: adult
regions: []
age_bands: [{from_years: 0, populations: [adult]}]
indications:
  - id: fever
    label: fever
    doses:
      - populations: [adult]
        printed: fever
        regimens:
          - {stage: start, daily: 2.5, scale_by: clearance, maximum: 200, times_daily: 2}
          - stage: increase
            each: 0.5
            scale_by: clearance
            maximum_note: None is known.
            times_daily: 3
            every_hours: 8
variables:
  - {id: clearance, label: clearance, unit: mL/min, unit_names: [{name: mL/s, factor: 60}]}
bands:
  - id: renal
    label: Clearance
    bands:
      - {when: [{variable: clearance, less_than: 10}], label: below 10, text: Nobody knows., undosed: yes}
      - when: [{variable: clearance, less_than: 30}]
        label: 10 to 29
        text: Half the start.
        start_percent: 50
        maximum: 30
"""


@pytest.mark.parametrize(
    ("given", "doses"),
    [
        ("50", ["125", "75"]),
        ("50 mL/min", ["125", "75"]),
        ("1 mL/s", ["150", "90"]),
        ("80", ["200", "120"]),  # exactly the maximum
        ("80.4", ["200", "120.6"]),
        ("30", ["75", "45"]),  # not below 30
        ("20", ["25", "30"]),  # half of 50; three times 10 is held at 30
        ("10", ["12.5", "15"]),
    ],
)
def test_a_dose_scaled_by_a_clearance(given: str, doses: list[str]) -> None:
    drug = records(BY_CLEARANCE, "doses/inventol.yaml")
    outcome = answer(drug, indication="fever", given=(f"clearance={given}",))
    assert daily(outcome) == doses
    assert outcome.data["regimens"][0]["scaled"]["by"] == "clearance"
    assert outcome.data["regimens"][0]["scaled"]["per"] == {"value": "2.5", "unit": "mg/(mL/min)"}


def test_a_clearance_is_asked_for_and_refused() -> None:
    drug = records(BY_CLEARANCE, "doses/inventol.yaml")
    asked = refusal(drug, indication="fever")
    assert (asked.code, asked.detail["option"]) == ("value-needed", "--given")
    assert refusal(drug, indication="fever", given=("clearance=9.9",)).code == "no-dose-in-source"
    for wrong in ("clearance=-5", "clearance=50 mg", "clearance=", "clearance=NaN", "weight=5"):
        assert refusal(drug, indication="fever", given=(wrong,)).code == "bad-value", wrong
    assert refusal(drug, indication="fever", given=("clearance=50", "clearance=60")).code == "bad-value"
