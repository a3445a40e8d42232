"""`mono dose` as it is typed: envelope, tables, other formats, and never a dose beside an error."""

from __future__ import annotations

import csv
import io
import re
import shlex

import pytest

from dosing_records import envelope, mono
from monocli.cli.dose import dose

CHILD = ("dose", "imatinib", "-i", "cml-new", "--age", "9", "--region", "us")
KEYS = {
    "stage",
    "condition",
    "daily",
    "each",
    "times_daily",
    "per_area",
    "bsa",
    "calculated",
    "maximum",
    "capped",
    "as_salt",
    "adjusted_from",
}
DATA = {"monograph", "indication", "population", "region", "expressed_as", "regimens", "hepatic", "advice", "steps"}


def test_json_has_what_the_contract_names() -> None:
    document = envelope(*CHILD, "--bsa", "1.5")
    data = document["data"]
    assert document["schema"] == "mono/dose/1"
    assert set(data) >= DATA
    assert (data["monograph"], data["expressed_as"], data["region"]) == ("imatinib-mesilate", "imatinib", "us")
    assert set(data["regimens"][0]) >= KEYS
    assert all({"text", "source"} <= set(step) for step in data["steps"])
    cited = {item["source"] for key in ("steps", "advice", "regimens") for item in data[key]}
    assert cited <= set(document["library"]["sources"])


def test_the_table_leads_with_the_dose_and_shows_base_salt_advice_and_source() -> None:
    code, out, err = mono("dose", "imatinib", "--indication", "cml-blast")
    assert (code, err) == (0, "")
    for part in (
        "600 mg once daily",
        "as imatinib base",
        "about 717 mg imatinib mesilate",
        "400 mg twice daily (800 mg a day)",
        "with food",
        "what to check",
        "martindale-2009, Uses and Administration",
    ):
        assert part in out, part
    assert out.index("600 mg once daily") < out.index("with food") < out.index("Source:")
    assert "blood counts" in mono("dose", "imatinib", "--indication", "cml-blast", "--details")[1]


def test_the_first_line_is_what_one_would_write_on_a_chart_and_what_it_is_for() -> None:
    out = mono("dose", "imatinib", "--indication", "gist")[1]
    assert len(out.splitlines()) <= 14
    # The monograph does not choose between two doses, and so neither does the first line.
    said = " ".join(out.split())
    assert said.startswith(
        "400 mg or 600 mg once daily, with food · malignant gastrointestinal stromal tumours that are"
    )
    assert "unresectable or metastatic" in out.split("\n\n")[0]
    assert "--source gleevec-label" in out
    assert "sources-differ" not in out
    details = mono("dose", "imatinib", "--indication", "gist", "--details")[1]
    assert "[sources-differ]" in details
    assert details.startswith("imatinib by mouth: 400 mg or 600 mg once daily, with food")


def test_a_child_has_tablets_first_and_the_exact_dose_beside_them() -> None:
    area = ("--age", "8", "--region", "us", "--height", "130", "--weight", "28")
    first = mono("dose", "imatinib", "-i", "cml-new", *area)[1]
    assert first.startswith("300 mg in whole tablets or 350 mg with half a tablet (≈ 341.9 mg) once daily, with food")
    explained = mono("dose", "imatinib", "-i", "cml-new", *area, "--explain")[1]
    assert "341.884 mg" in explained
    exact = mono("dose", "imatinib", "-i", "cml-chronic", "--age", "8", "--region", "uk", "--bsa", "1.1")[1]
    assert exact.startswith("400 mg in whole tablets or 350 mg with half a tablet (exactly 374 mg) once daily")


def test_a_dose_that_rounds_to_tens_is_written_in_plain_digits() -> None:
    # 340 mg/m2 (gleevec-label) times 1.7647 m2 is 599.998 mg; 600 000 IU/kg times 83.3333 kg is 49.99998 MIU.
    assert mono("dose", "imatinib", "-i", "all-new", "--source", "gleevec-label", "--age", "8", "--bsa", "1.7647")[
        1
    ].startswith("≈ 600 mg once daily")
    assert mono("dose", "aldesleukin", "-i", "rcc", "--region", "us", "--weight", "83.3333")[1].startswith("≈ 50 MIU")


def test_conditions_of_a_first_dose_stand_with_it() -> None:
    first = mono("dose", "imatinib", "-i", "cml-chronic", "--hepatic", "severe", "--region", "us")[1].splitlines()[0]
    assert first.startswith("300 mg once daily (severe hepatic impairment), with food")


def test_the_list_names_a_disease_once() -> None:
    for columns in (80, 120):
        out = mono("dose", "imatinib", columns=columns)[1]
        assert out.count("acute lymphoblastic leukaemia") == 1
        assert "cml-post-transplant" in out


def test_a_held_or_changed_dose_says_so_beside_it() -> None:
    _, out, _ = mono(*CHILD, "--bsa", "2", "--with", "rifampicin")
    assert "CHANGED: 600 mg (held at the printed maximum) × 1.5 = 900 mg   (+50 % for rifampicin)" in out
    assert "HELD AT" not in out
    _, held, _ = mono(*CHILD, "--bsa", "2")
    assert "HELD AT THE PRINTED MAXIMUM of 600 mg a day" in held
    assert out.index("900 mg once daily") < out.index("[exceeds-maximum]")


@pytest.mark.parametrize("columns", [40, 80, 5000])
def test_table_json_and_steps_carry_the_same_numbers(columns: int) -> None:
    arguments = (*CHILD, "--height", "120", "--weight", "24")
    data = envelope(*arguments)["data"]
    _, out, _ = mono(*arguments, "--explain", columns=columns)
    squeezed = re.sub(r"\s+", "", out)
    regimen = data["regimens"][0]
    for shown in (regimen["daily"], regimen["as_salt"], regimen["per_area"], regimen["bsa"], regimen["maximum"]):
        assert shown["value"] + shown["unit"] in squeezed
    if columns == 5000:
        for formula in data["formulas"]:
            assert formula["area"]["value"] in out
        for step in data["steps"]:
            assert re.sub(r"\s+", "", step["text"]) in squeezed


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_the_list_names_every_indication(columns: int) -> None:
    data = envelope("dose", "imatinib")["data"]
    code, out, _ = mono("dose", "imatinib", columns=columns)
    assert code == 0
    for row in data["indications"]:
        assert row["id"] in out
        for usual in row["doses"] if columns == 200 else ():
            assert usual["text"] in out


def test_csv_is_a_row_a_regimen() -> None:
    _, out, _ = mono(*CHILD, "--bsa", "1.1", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(r["daily"], r["unit"], r["as_salt"], r["capped"]) for r in rows] == [("374", "mg", "446.93", "no")]
    _, out, _ = mono("dose", "imatinib", "--format", "csv")
    assert {r["indication"] for r in csv.DictReader(io.StringIO(out))} >= {"gist", "dfsp", "cml-new"}


def test_csv_and_markdown_say_what_the_dose_is_of_and_what_to_mind() -> None:
    arguments = ("dose", "imatinib", "-i", "gist", "--with", "rifampicin", "--format")
    _, out, _ = mono(*arguments, "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(r["expressed_as"], r["as_salt"]) for r in rows] == [("imatinib base", "717"), ("imatinib base", "1075.5")]
    assert ["exceeds-highest-printed" in r["warnings"] for r in rows] == [False, True]
    assert ["above the highest printed dose" in r["messages"] for r in rows] == [False, True]
    _, out, _ = mono(*arguments, "md")
    assert "| imatinib base |" in out
    assert "- Warning: above the highest printed dose: 900 mg a day." in out
    assert out.index("Warning") < out.index("blood counts")
    _, out, _ = mono(*CHILD, "--bsa", "1.1", "--format", "md")
    assert "| 340 mg/m2 | 1.1 m2 | 374 |" in out


def test_a_partner_brings_what_the_interactions_have_of_it() -> None:
    for name, said in (
        ("levothyroxine", "hypothyroidism"),
        ("erythromycin", "concentrations of imatinib"),
        ("rifabutin", "may need to be increased"),
    ):
        warnings = envelope("dose", "imatinib", "-i", "mds", "--with", name)["warnings"]
        (warning,) = [w for w in warnings if w["code"] == "dose-not-adjusted"]
        assert said in warning["message"]
        assert f"mono interactions imatinib {name}" in warning["message"]


def test_impairment_shows_the_values_and_the_usual_dose() -> None:
    _, out, _ = mono("dose", "imatinib", "-i", "cml-blast", "--region", "us", "--bilirubin", "5")
    assert "severe (total bilirubin 5 × ULN)" in out
    assert "IN PLACE OF the usual start of 600 mg a day" in out
    assert "increase to 800 mg a day is left out" in out


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_the_work_breaks_no_word(columns: int) -> None:
    arguments = (*CHILD, "--height", "120", "--weight", "24", "--with", "rifampin")
    steps = envelope(*arguments)["data"]["steps"]
    _, out, _ = mono(*arguments, "--explain", columns=columns)
    work = out[out.index("The work") :]
    for step in steps:
        assert step["rule"] in work
        assert step["source"] in work
    assert "rifampin" in work


@pytest.mark.parametrize("format", ["table", "json", "csv", "md"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("--bsa", "abc"),
        ("--bsa", "1.5", "--height", "130"),
        ("--bsa", "25"),
        ("--bsa", "1", "--with", "rifampicn"),
        ("--height", "1.3", "--weight", "30"),
        ("--bsa", "1", "--hepatic", "mild"),
        (),
    ],
)
def test_no_dose_ever_stands_beside_an_error(arguments: tuple[str, ...], format: str) -> None:
    code, out, _ = mono(*CHILD, *arguments, "--format", format)
    assert code in (1, 2)
    assert not re.search(r"\d mg\b", out) or format == "json"
    assert "regimens" not in out


def test_names_that_are_no_drug_with_doses() -> None:
    assert envelope("dose", "ketoconazole")["errors"][0]["code"] == "no-dose-in-source"
    assert envelope("dose", "imexon")["errors"][0]["code"] == "no-dose-in-source"
    unknown = envelope("dose", "imatinibb")
    assert (unknown["errors"][0]["code"], unknown["exit_code"]) == ("unknown-name", 1)
    assert unknown["errors"][0]["suggestions"]


def test_any_name_of_the_drug_asks_for_the_same_dose() -> None:
    doses = {
        str(envelope("dose", name, "-i", "gist")["data"]["regimens"]) for name in ("imatinib", "STI-571", "Glivec")
    }
    assert len(doses) == 1


def test_a_partner_is_found_by_any_exact_name() -> None:
    data = envelope("dose", "imatinib", "-i", "mds", "--with", "rifampin")["data"]
    assert data["regimens"][0]["daily"]["value"] == "600"
    refused = envelope("dose", "imatinib", "-i", "mds", "--with", "azole antifungals")
    assert (refused["errors"][0]["code"], refused["exit_code"]) == ("drug-needed", 2)
    refused = envelope("dose", "imatinib", "-i", "mds", "--with", "imatinib")
    assert (refused["errors"][0]["code"], refused["exit_code"]) == ("same-drug", 2)


def test_the_examples_of_the_help_give_a_dose() -> None:
    examples = re.findall(r"^\s+mono (dose .+)$", dose.__doc__ or "", re.M)
    assert len(examples) >= 6
    for example in examples:
        code, shown, _ = mono(*shlex.split(example))
        assert code == 0, example
        assert "mg" in shown


UNREADABLE = ("abc", "-5", "35,5", "35-40", "", "NaN", "1e9", "500", "35 mg", "35 mL/min/1.73m2")


@pytest.mark.parametrize("source", [(), ("--source", "gleevec-label")])
@pytest.mark.parametrize("written", UNREADABLE)
def test_a_value_that_only_stands_beside_is_read_as_one_that_is_used(written: str, source: tuple[str, ...]) -> None:
    for option in (("--creatinine-clearance", written), ("--given", f"creatinine-clearance={written}")):
        code, out, err = mono("dose", "imatinib", "-i", "gist", *option, *source)
        assert (code, out) == (2, "")
        assert err.startswith(f"Error: {option[0]}: creatinine clearance")
        assert "[bad-value]" in err


def test_a_named_value_without_a_figure_or_given_twice_is_refused() -> None:
    gist = ("dose", "imatinib", "-i", "gist", "--given")
    assert mono(*gist, "creatinine-clearance")[:2] == (2, "")
    for second in ("60", "35"):
        code, out, err = mono(*gist, "creatinine-clearance=35", "--creatinine-clearance", second)
        assert (code, out) == (2, "")
        assert "creatinine clearance was given twice [bad-value]" in err


@pytest.mark.parametrize(
    "question", [("dose", "imatinib", "-i", "gist"), ("adjust", "imatinib", "--current", "400 mg")]
)
def test_a_name_that_no_source_has_a_rule_for_says_which_names_all_have(question: tuple[str, ...]) -> None:
    code, out, err = mono(*question, "--given", "foo=3")
    assert (code, out) == (2, "")
    known = err.partition("known here: ")[2]
    assert {"bilirubin", "transaminases", "creatinine-clearance", "platelets"} <= set(re.split(r"[,\s]+", known))
