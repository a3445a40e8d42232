"""`dose`: what it refuses and asks, in which order, and what stands beside a dose. Doses: the cases beside the data."""

from __future__ import annotations

from typing import Any

import pytest

from dosing_records import answer, codes, daily, formulas, refusal, rules
from monocli.engine.answers import BAD_INPUT, NO_ANSWER, Answer
from monocli.engine.dosing.answering import dose
from monocli.engine.dosing.book import DoseBook
from monocli.engine.dosing.requests import MatchedBy, OtherDrug, Recorded, Request
from told import told

CHILD = {"indication": "cml-new", "age": "9", "region": "us"}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("CML chronic phase", "cml-chronic"),
        ("chronic-phase CML", "cml-chronic"),
        ("Chronic Phase Chronic Myeloid Leukaemia", "cml-chronic"),
        ("chronic myelogenous leukemia, chronic phase", "cml-chronic"),
        ("chronic myeloid leukaemia in accelerated phase", "cml-accelerated"),
        ("newly diagnosed acute lymphoblastic leukemia", "all-new"),
        ("relapsed/refractory ALL", "all-relapsed"),
        ("gastrointestinal stromal tumors", "gist"),
        ("unresectable or metastatic malignant gastrointestinal stromal tumours", "gist"),
        ("myelodysplastic syndromes", "mds"),
        ("mast-cell disease", "mastocytosis"),
        ("aggressive systemic mastocytosis", "mastocytosis"),
        ("hypereosinophilic syndrome", "hes"),
        ("HES FIP1L1-PDGFRA", "hes-fip1l1-pdgfra"),
        ("hypereosinophilic syndrome with FIP1L1-PDGFRα fusion kinase", "hes-fip1l1-pdgfra"),
        ("HES with FIP1L1-platelet-derived growth factor receptor-α", "hes-fip1l1-pdgfra"),
        ("DFSP", "dfsp"),
        ("accelerated phase", "cml-accelerated"),
        ("FIP1L1-PDGFRα", "hes-fip1l1-pdgfra"),
        ("relapsed or refractory disease", "all-relapsed"),
    ],
)
def test_names_of_indications(name: str, found: str) -> None:
    assert answer(indication=name).data["indication"]["id"] == found


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("chronic myloid leukemia", "cml-chronic"),
        ("gits", "gist"),
        ("mastocitosis", "mastocytosis"),
        ("all-relapse", "all-relapsed"),
    ],
)
def test_a_misspelling_only_suggests(name: str, offered: str) -> None:
    refused = refusal(indication=name)
    assert (refused.code, refused.kind) == ("unknown-indication", NO_ANSWER)
    assert offered in [suggestion["id"] for suggestion in told(refused.suggestions)]


@pytest.mark.parametrize("name", ["renal cell carcinoma", "", " ", "c" * 5000, "[red]gist[/red]", "gist\x00"])
def test_other_names_are_no_indication(name: str) -> None:
    assert refusal(indication=name).code == "unknown-indication"


def test_a_name_for_several_offers_those_with_a_dose_for_the_patient() -> None:
    offered = [c["id"] for c in told(refusal(indication="CML", population="adult").suggestions)]
    assert offered == ["cml-chronic", "cml-accelerated", "cml-blast"]
    offered = [c["id"] for c in told(refusal(indication="CML", age="9", region="us").suggestions)]
    assert offered == ["cml-new", "cml-post-transplant", "cml-interferon-resistant"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"indication": "gist", "population": "elderly"}, "bad-value"),
        ({"indication": "gist", "region": "fr"}, "bad-value"),
        ({"indication": "gist", "bilirubin": "0"}, "bad-value"),
        ({"indication": "gist", "bilirubin": "-1"}, "bad-value"),
        ({"indication": "gist", "bilirubin": "inf"}, "bad-value"),
        ({"indication": "gist", "bilirubin": "3 mg"}, "bad-value"),
        ({"indication": "gist", "bilirubin": "101"}, "bad-value"),
        ({"indication": "gist", "grade": "very severe"}, "bad-value"),
        ({"indication": "gist", "bsa": "2", "bsa_formula": "mostler"}, "bad-value"),
        ({"indication": "gist", "height": "150", "weight": "45", "sex": "x"}, "bad-value"),
        ({"indication": "gist", "grade": "mild", "bilirubin": "1.2"}, "conflicting-options"),
        ({**CHILD, "bsa": "1", "height": "130"}, "conflicting-options"),
        ({**CHILD, "population": "adult"}, "conflicting-options"),
        ({"indication": "gist", "population": "child", "age": "30"}, "conflicting-options"),
        ({**CHILD, "height": "130"}, "bsa-needed"),
        ({**CHILD, "weight": "30"}, "bsa-needed"),
        ({**CHILD, "height": "130", "weight": "30", "bsa_formula": "schlich"}, "sex-needed"),
        ({"indication": "gist", "bsa": "1.8"}, "population-needed"),
        ({"bsa": "1.8"}, "indication-needed"),
        ({"grade": "mild"}, "indication-needed"),
        ({"partners": "rifampicin"}, "indication-needed"),
    ],
)
def test_bad_or_insufficient_input_exits_2(given: dict[str, str], code: str) -> None:
    refused = refusal(**given)
    assert (refused.code, refused.kind) == (code, BAD_INPUT)
    assert told(refused.detail)["option"].startswith("--")


def test_a_question_names_everything_that_is_missing() -> None:
    refused = refusal(indication="cml-new", population="child")
    assert refused.code == "age-needed"
    assert "--region" in (refused.hint or "")
    assert "--bsa" in (refused.hint or "")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"indication": "cml-new", "age": "1.99"}, "under-minimum-age"),
        ({"indication": "nothing at all", "age": "0"}, "under-minimum-age"),
        ({"age": "18mo"}, "under-minimum-age"),
        ({"indication": "gist", "population": "child"}, "no-dose-for-population"),
        ({"indication": "cml-new"}, "no-dose-for-population"),
        ({"indication": "cml-new", "age": "9", "region": "uk"}, "no-dose-for-region"),
        ({**CHILD, "bsa": "1", "grade": "mild"}, "no-dose-for-population"),
        ({**CHILD, "bsa": "1", "bilirubin": "12"}, "hepatic-grade-undefined"),
        ({"indication": "gist", "partners": "aspirn"}, "unknown-name"),
    ],
)
def test_refusals_come_before_questions(given: dict[str, str], code: str) -> None:
    refused = refusal(**given)
    assert (refused.code, refused.kind) == (code, NO_ANSWER)


def test_a_refusal_names_what_there_is_instead() -> None:
    refused = refusal(indication="cml-chronic", age="9", region="us")
    assert [s["id"] for s in told(refused.suggestions)] == [
        "cml-new",
        "cml-post-transplant",
        "cml-interferon-resistant",
    ]


@pytest.mark.parametrize(
    ("bilirubin", "ast", "grade", "ambiguous"),
    [
        ("0.5", "0.5", None, False),
        ("1", "1", None, False),
        ("1", "1.01", "mild", True),
        ("1", "15", "mild", True),
        ("1.01", "1", "mild", True),
        ("1.49", "3", "mild", True),
        ("1.5", "1", "mild", False),
        ("1.51", "1", "moderate", False),
        ("3", "20", "moderate", False),
        ("3.01", "1", "severe", False),
        ("10", "1", "severe", False),
    ],
)
def test_grades(bilirubin: str, ast: str, grade: str | None, ambiguous: bool) -> None:
    outcome = answer(indication="mds", region="us", bilirubin=bilirubin, ast=ast)
    assert (outcome.data["hepatic"] or {"grade": None})["grade"] == grade
    assert ("source-ambiguous" in codes(outcome)) == ambiguous
    assert ("no-hepatic-grade" in codes(outcome)) == (grade is None)


def test_no_grade_leaves_the_doses_as_they_are() -> None:
    outcome = answer(indication="cml-chronic", bilirubin="1", ast="1")
    assert daily(outcome) == ["400", "600", "800"]
    assert outcome.data["hepatic"] is None


def test_a_start_in_impairment_keeps_the_condition_of_the_indication() -> None:
    regimen = answer(indication="all-new", region="us", grade="severe").data["regimens"][0]
    assert "severe hepatic impairment" in regimen["condition"]
    assert "chemotherapy" in regimen["condition"]


def test_impairment_and_an_inducer_are_not_joined_in_silence() -> None:
    outcome = answer(indication="mds", region="us", grade="severe", partners="rifampicin")
    assert daily(outcome) == ["450"]
    assert "combination-not-stated" in codes(outcome)


def test_partners() -> None:
    assert codes(answer(indication="mds", partners="warfarin")) == {"dose-not-adjusted"}
    assert codes(answer(indication="mds", partners="ketoconazole")) == {"dose-not-adjusted"}
    both = answer(indication="mds", partners="rifampicin carbamazepine")
    assert daily(both) == ["600"]
    assert codes(both) == {"percent-not-stated", "later-source"}
    assert [n.code for n in both.notes].count("later-source") == 1
    assert both.data["regimens"][0]["adjusted_from"] == {"value": "400", "unit": "mg"}
    assert daily(answer(indication="mds", partners="rifampicin rifampicin")) == ["600"]


def test_a_partner_without_a_dose_rule_brings_what_is_recorded_of_it() -> None:
    found = Recorded("class", "note", "A class is named.", ({"source": "a-book"}, {"source": "an-index"}))
    other = OtherDrug("fluconazole", "agent", "fluconazole", "fluconazole", recorded=(found,))
    outcome = dose(DoseBook(rules()), formulas(), Request(indication="mds", partners=(other,)))
    assert isinstance(outcome, Answer)
    (note,) = outcome.notes
    assert "NOTE (class): A class is named. (a-book; an-index)" in note.message
    assert (note.detail["source"], note.detail["action"]) == ("a-book", "note")
    assert "neither" in answer(indication="mds", partners="warfarin").notes[0].message


def test_what_another_source_says_is_said_of_the_drugs_that_it_covers() -> None:
    outcome = answer(indication="mds", partners="rifampicin carbamazepine st-johns-wort")
    (note,) = [n for n in outcome.notes if n.code == "later-source"]
    assert note.message == "rifampicin and carbamazepine: AVOID by a-label: Avoid it."
    assert (note.detail["source"], note.detail["action"]) == ("a-label", "avoid")


def test_a_name_that_is_not_the_drugs_own_is_a_step_with_its_source() -> None:
    other = OtherDrug(
        "rifampin", "agent", "rifampicin", "rifampicin", matched=MatchedBy("rifampin", "US name", "a-list")
    )
    outcome = dose(DoseBook(rules()), formulas(), Request(indication="mds", partners=(other,)))
    assert isinstance(outcome, Answer)
    step = next(s for s in outcome.data["steps"] if s["rule"] == "name")
    assert (step["result"], step["source"]) == ("rifampicin", "a-list")
    assert "rifampin" in step["text"]


def test_warnings_of_one_regimen_stand_with_it() -> None:
    outcome = answer(indication="gist", partners="rifampicin")
    assert [r["warnings"] for r in outcome.data["regimens"]] == [[], ["exceeds-highest-printed"]]


def test_a_start_in_impairment_says_what_it_replaces_and_what_is_left_out() -> None:
    (regimen,) = answer(indication="cml-blast", region="us", grade="moderate").data["regimens"]
    assert regimen["instead_of"] == [{"value": "600", "unit": "mg"}]
    assert regimen["increases_left_out"] == [{"value": "800", "unit": "mg"}]
    first, second = answer(indication="hes-fip1l1-pdgfra", region="us", grade="mild").data["regimens"]
    assert first["condition"] == "as printed for this indication"
    assert (first["instead_of"], second["instead_of"]) == ([], [])


@pytest.mark.parametrize(("value", "said"), [("2.9", False), ("3", True), ("5", True), ("5xULN", False)])
def test_a_large_bare_value_is_said_to_be_a_multiple(value: str, said: bool) -> None:
    outcome = answer(indication="mds", region="us", bilirubin=value)
    assert ("read-as-multiple" in codes(outcome)) == said


def test_a_start_above_the_adults_is_said() -> None:
    assert "exceeds-adult-dose" in codes(answer(**CHILD | {"indication": "cml-chronic", "region": "uk"}, bsa="1.2"))
    assert "exceeds-adult-dose" not in codes(answer(**CHILD | {"indication": "cml-chronic", "region": "uk"}, bsa="1.1"))


def test_a_name_for_several_offers_adults_their_own_by_default() -> None:
    refused = refusal(indication="cml")
    assert [s["id"] for s in told(refused.suggestions)] == ["cml-chronic", "cml-accelerated", "cml-blast"]
    assert "cml-blast" not in (refused.hint or "")
    assert "4 more" in (refused.hint or "")
    assert refusal(indication="newly diagnosed").kind == BAD_INPUT


def test_the_age_is_asked_with_the_reason() -> None:
    refused = refusal(indication="cml-new", population="child", region="us", bsa="1")
    assert (refused.code, "below 2 years" in refused.message) == ("age-needed", True)


def test_advice_follows_what_applies() -> None:
    def texts(**given: str) -> str:
        return " ".join(a["text"] for a in answer(**given).data["advice"])

    assert "food" in texts(indication="gist")
    assert "blood counts" in texts(indication="gist")
    assert "iron" not in texts(indication="gist")
    assert "iron" in texts(indication="dfsp")


def test_input_that_does_not_matter_is_said() -> None:
    outcome = answer(indication="gist", population="adult", bsa="1.8", region="uk")
    assert [n.detail["option"] for n in outcome.notes if n.code == "not-used"] == ["--bsa", "--region"]
    assert outcome.data["region"] is None


def test_a_split_dose_is_exact_halves_beside_the_whole() -> None:
    regimen = answer(**CHILD, bsa="1.1").data["regimens"][0]
    assert (regimen["daily"]["value"], regimen["times_daily"]) == ("374", 1)
    assert [(s["times_daily"], s["each"]["value"]) for s in regimen["schedules"]] == [(1, "374"), (2, "187")]


def test_tablets_stand_beside_the_dose() -> None:
    regimen = answer(**CHILD, bsa="1.1").data["regimens"][0]
    tablets = regimen["schedules"][0]["tablets"]
    assert [t["nearest"]["value"] for t in tablets] == ["400"]
    assert tablets[0]["difference_percent"] == "6.95"
    assert tablets[0]["source"] == "gleevec-label"
    tie = answer(**CHILD, bsa="1").data["regimens"][0]["schedules"][0]["tablets"]
    assert [t["nearest"]["value"] for t in tie] == ["300"]
    assert (tablets[0]["near"], tie[0]["near"]) == (True, True)
    far = answer(**CHILD | {"age": "2"}, bsa="0.5").data["regimens"][0]["schedules"][1]["tablets"]
    assert [(t["near"], t["nearest"]["value"]) for t in far] == [(True, "100")]
    none = answer(**CHILD | {"age": "2"}, bsa="0.45").data["regimens"][0]["schedules"][1]["tablets"]
    assert "no whole-tablet dose comes near" in none[0]["text"]
    assert not none[0]["near"]
    halfway = answer(indication="mds", region="us", grade="severe", partners="rifampicin").data["regimens"][0]
    assert [t["nearest"]["value"] for t in halfway["schedules"][0]["tablets"]] == ["400", "500"]


def test_tablets_of_a_large_dose_say_which_strength_a_source_asks_for() -> None:
    first, second = answer(indication="gist", partners="rifampicin").data["regimens"]
    assert "400 mg tablets" not in first["schedules"][0]["tablets"][0]["text"]
    assert "400 mg tablets" in second["schedules"][0]["tablets"][0]["text"]
    whole = answer(indication="dfsp", partners="phenytoin").data["regimens"][0]["schedules"][0]["tablets"]
    assert "400 mg tablets" in whole[0]["text"]


def test_an_approximate_salt_is_exact_in_value_and_rounded_in_words() -> None:
    salt = answer(**CHILD, bsa="2.25", partners="rifampicin").data["regimens"][0]["as_salt"]
    assert (salt["value"], salt["text"]) == ("1075.5", "about 1075.5 mg imatinib mesilate")
    salt = answer(**CHILD, bsa="1.5", partners="rifampicin").data["regimens"][0]["as_salt"]
    assert (salt["value"], salt["text"]) == ("914.175", "≈ 914.2 mg (rounded) imatinib mesilate")


def test_the_list_of_indications() -> None:
    listed = answer().data["indications"]
    assert len({row["id"] for row in listed}) == 16
    assert all(row["doses"] and row["source"] for row in listed)
    children = answer(population="child", region="us").data["indications"]
    assert [row["id"] for row in children] == ["cml-new", "cml-post-transplant", "cml-interferon-resistant"]
    assert {row["population"] for row in answer(age="40").data["indications"]} == {"adult"}


def test_everything_stated_carries_its_source() -> None:
    def unsourced(value: Any) -> list[Any]:
        if isinstance(value, list):
            return [found for item in value for found in unsourced(item)]
        if isinstance(value, dict):
            own = [value] if "text" in value and not value.get("source") and "usual" not in value else []
            return own + [found for key, item in value.items() if key != "doses" for found in unsourced(item)]
        return []

    for given in (
        CHILD | {"height": "120", "weight": "24"},
        {"indication": "cml-blast", "region": "us", "grade": "severe"},
    ):
        outcome = answer(**given, partners="rifampicin")
        assert not unsourced(outcome.data)
    assert not unsourced(answer().data)


def test_steps_name_rule_formula_and_numbers() -> None:
    steps = answer(**CHILD, height="120", weight="24").data["steps"]
    area = next(step for step in steps if step["rule"] == "body surface area")
    assert "Mosteller" in area["text"]
    assert area["formula"] == "√(H × W / 3600)"
    assert area["inputs"] == "H = 120 cm, W = 24 kg"
    assert area["result"].startswith("0.894427 m2 (rounded")
    assert area["source"] == "mosteller-1987"
    dose = next(step for step in steps if step["rule"] == "printed dose")
    assert dose["result"].startswith("304.105 mg")


def test_the_maximum_is_a_visible_step() -> None:
    outcome = answer(**CHILD, bsa="2")
    regimen = outcome.data["regimens"][0]
    assert (regimen["capped"], regimen["calculated"]["value"], regimen["daily"]["value"]) == (True, "680", "600")
    assert any(step["rule"] == "printed maximum" and "680 mg" in step["text"] for step in outcome.data["steps"])


def test_the_engine_reads_records_and_does_not_change_them() -> None:
    before = repr(rules())
    answer(indication="hes-fip1l1-pdgfra", region="us", grade="severe", partners="rifampicin")
    assert repr(rules()) == before
