"""mono calc on a command line."""

from __future__ import annotations

import json

import pytest

from conftest import Run

CG = ("calc", "cockcroft-gault", "age=70", "weight=60", "creatinine=1.2 mg/dL", "sex=female")


def test_the_answer_with_its_work(run: Run) -> None:
    data = run(*CG, "--json").json["data"]
    assert data["result"] == {
        "label": "creatinine clearance by actual weight",
        "value": "41.3194",
        "unit": "mL/min",
        "exact": "2975/72",
    }
    assert data["inputs"][2] == {"name": "creatinine", "value": "1.2", "unit": "mg/dL"}
    assert data["steps"][-1]["inputs"] == "(140 − 70) × 60 × 0.85 / (72 × 1.2)"
    assert data["sources"] == [{"source": "cockcroft-gault-1976"}]


def test_a_power_is_of_the_number_and_its_unit(run: Run) -> None:
    (step,) = run("calc", "bmi", "weight=70", "height=175", "--json").json["data"]["steps"]
    assert step["inputs"] == "70 kg / (175 cm)^2"


@pytest.mark.parametrize("name", ["Cockcroft-Gault", "cockcroft gault", "CrCl", "CRCL", "Cockcroft and Gault"])
def test_a_formula_is_found_by_any_of_its_names(run: Run, name: str) -> None:
    assert run("calc", name, *CG[2:], "--json").json["data"]["formula"] == "cockcroft-gault"


def test_every_weight_is_shown_where_the_height_is_given(run: Run) -> None:
    also = run(*CG, "height=165 cm", "--json").json["data"]["also"]
    assert [item["id"] for item in also] == ["by-ideal-weight", "by-adjusted-weight"]


def test_a_value_may_stand_in_several_words(run: Run) -> None:
    words = ("calc", "bsa-mosteller", "height=5", "ft", "9", "in", "weight=70", "kg")
    assert run(*words, "--json").json["data"]["inputs"][0]["value"] == "175.26"


@pytest.mark.parametrize(
    ("weight", "kg"), [("11 st 4 lb", "71.66759446"), ("11 st", "69.85322498"), ("158 lb", "71.66759446")]
)
def test_every_conversion_of_a_measure_is_a_step_with_its_source(run: Run, weight: str, kg: str) -> None:
    data = run("calc", "bmi", f"weight={weight}", "height=5 ft 7 in", "--json").json["data"]
    assert data["steps"][:2] == [
        {"text": "Weight in kg.", "inputs": weight, "result": f"{kg} kg", "source": "nist-sp811"},
        {"text": "Height in cm.", "inputs": "5 ft 7 in", "result": "170.18 cm", "source": "nist-sp811"},
    ]
    assert {"source": "nist-sp811"} in data["sources"]


def test_one_question_gives_its_formulas_side_by_side(run: Run) -> None:
    outcome = run("calc", "renal", *CG[2:], "--json")
    data = outcome.json["data"]
    assert outcome.exit == 0
    assert [c["formula"] for c in data["calculations"]] == ["ckd-epi-2021", "cockcroft-gault"]
    (left,) = data["not_worked_out"]
    assert (left["formula"], left["code"]) == ("schwartz-2009", "outside-formula")


def test_of_a_question_a_bad_value_is_an_error_and_no_answer(run: Run) -> None:
    outcome = run("calc", "renal", "age=70", "weight=60", "creatinine=1.2", "sex=f", "--json")
    assert (outcome.exit, outcome.json["data"]) == (2, None)
    assert outcome.json["errors"][0]["code"] == "unit-needed"


@pytest.mark.parametrize(
    ("words", "exit", "code"),
    [
        (("no-such-formula",), 1, "unknown-formula"),
        (("cockcroft-gault", "age=70"), 2, "missing-input"),
        (("cockcroft-gault", "wieght=70"), 2, "unknown-input"),
        (("bmi", "weight=70", "wt=70", "height=170"), 2, "input-twice"),
        (("bmi", "weight=", "height=170"), 2, "bad-value"),
        (("age=70",), 2, "formula-needed"),
        (("bmi", "weight=70", "height=170", "--to", "mg"), 2, "incompatible-units"),
        (("bmi", "weight=70", "height=170", "--to", "mgg"), 2, "unknown-unit"),
    ],
)
def test_what_is_wrong_is_said(run: Run, words: tuple[str, ...], exit: int, code: str) -> None:
    outcome = run("calc", *words, "--json")
    assert (outcome.exit, outcome.json["errors"][0]["code"], outcome.json["data"]) == (exit, code, None)


def test_all_that_is_missing_is_named_at_once(run: Run) -> None:
    (error,) = run("calc", "cockcroft-gault", "age=70", "--json").json["errors"]
    assert error["options"] == ["weight", "creatinine", "sex"]


def test_suggestions_are_offered(run: Run) -> None:
    assert "cockcroft-gault" in run("calc", "cockroft-galt", "--json").json["errors"][0]["suggestions"]
    assert run("calc", "bmi", "wieght=70", "--json").json["errors"][0]["suggestions"][0] == "weight"


def test_without_a_formula_the_list_and_with_one_alone_its_inputs(run: Run) -> None:
    groups = run("calc", "--json").json["data"]["groups"]
    assert {"renal", "bsa", "qtc", "liver", "infusion"} <= {group["group"] for group in groups}
    data = run("calc", "calvert", "--json").json["data"]
    assert [(i["name"], i["unit_needed"]) for i in data["inputs"]] == [("auc", False), ("gfr", True)]
    assert data["equations"] == ["carboplatin dose (mg) = auc × (gfr + 25)"]


def test_the_result_in_a_unit_that_is_asked_for(run: Run) -> None:
    words = ("rate=13.125 mL/h", "weight=70", "concentration=1600 microgram/mL", "--to", "mg/kg/h")
    result = run("calc", "infusion-dose", *words, "--json").json["data"]["result"]
    assert (result["value"], result["unit"]) == ("0.3", "mg/kg/h")


TABLE = (
    "id,age,weight (kg),creatinine (mg/dL),sex\n"
    "A1,70,60,1.2,f\n"
    "A2,9,30,0.5,m\n"
    '"A3, bed 2",50,"176.37 lb",88.4 umol/L,m\n'
    "A4,50,80\n"
)


def test_a_table_of_patients_a_line_each(run: Run) -> None:
    outcome = run("calc", "cockcroft-gault", "-", "--json", stdin=TABLE)
    rows = outcome.json["data"]["rows"]
    assert outcome.exit == 2
    assert [row["id"] for row in rows] == ["A1", "A2", "A3, bed 2", "A4"]
    assert [bool(row["errors"]) for row in rows] == [False, True, False, True]
    assert rows[0]["calculation"]["result"]["value"] == "41.3194"
    assert [error["line"] for error in outcome.json["errors"]] == [3, 5]


def test_the_same_as_json_lines_and_as_csv(run: Run) -> None:
    lines = run("calc", "cockcroft-gault", "-", "-f", "jsonl", stdin=TABLE).stdout.splitlines()
    assert [json.loads(line)["exit_code"] for line in lines] == [0, 2, 0, 2]
    csv = run("calc", "cockcroft-gault", "-", "-f", "csv", stdin=TABLE).stdout.splitlines()
    assert csv[0].startswith("line,id,formula,value,unit,exact,")
    assert csv[1].startswith("2,A1,cockcroft-gault,41.3194,mL/min,2975/72,")
    assert len(csv) == 5


def test_a_cell_that_goes_on_in_the_next_line_is_no_patient_and_no_half_of_one(run: Run) -> None:
    table = 'id,age,sex,weight,creatinine\n"a\nb",70,f,60,1.2 mg/dL\n"c",70,f,60,1.2 mg/dL\n'
    rows = run("calc", "cockcroft-gault", "-", "--json", stdin=table).json["data"]["rows"]
    assert [(row["line"], [e["code"] for e in row["errors"]]) for row in rows] == [
        (2, ["bad-row"]),
        (3, ["bad-row"]),
        (4, []),
    ]


def test_inches_typed_with_their_mark_are_no_open_quotation(run: Run) -> None:
    table = 'weight,height\n70,"69"""\n'
    rows = run("calc", "bmi", "-", "--json", stdin=table).json["data"]["rows"]
    assert not rows[0]["errors"]


def test_an_input_may_hold_for_all_lines(run: Run) -> None:
    table = "age;weight;creatinine\n70;60;1.2 mg/dL\n"
    rows = run("calc", "cockcroft-gault", "sex=f", "-", "--json", stdin=table).json["data"]["rows"]
    assert rows[0]["calculation"]["result"]["value"] == "41.3194"


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("", "no-rows"),
        ("age,weight\n", "no-rows"),
        ("age,hieght\n70,60\n", "unknown-input"),
        ("age,age\n70,60\n", "input-twice"),
    ],
)
def test_a_table_that_is_not_understood_is_refused_whole(run: Run, table: str, code: str) -> None:
    outcome = run("calc", "cockcroft-gault", "-", "--json", stdin=table)
    assert (outcome.exit, outcome.json["errors"][0]["code"], outcome.json["data"]) == (2, code, None)


@pytest.mark.parametrize(
    "line", [("calc",), ("calc", "meld"), CG, (*CG, "height=165", "--explain"), ("calc", "renal", *CG[2:])]
)
def test_tables_fit_in_80_columns(run: Run, line: tuple[str, ...]) -> None:
    assert all(len(row) <= 80 for row in run(*line).stdout.splitlines())
