"""`mono adjust` as it is typed."""

from __future__ import annotations

import re
import shlex

import pytest

from dosing_records import envelope, mono
from monocli.cli.adjust import adjust


def test_json_has_what_the_contract_names() -> None:
    document = envelope("adjust", "imatinib", "--current", "600 mg", "--bilirubin", "4")
    data = document["data"]
    assert document["schema"] == "mono/adjust/1"
    assert (data["action"], data["to"], data["from"]) == ("withhold", None, {"value": "600", "unit": "mg"})
    assert [limit["value"] for limit in data["until"]] == ["1.5", "2.5"]
    assert all({"text", "source"} <= set(step) for step in data["steps"])


def test_the_table_says_what_to_do_first() -> None:
    _, out, _ = mono(
        "adjust", "imatinib", "--current", "600 mg", "--withheld", "--bilirubin", "1", "--transaminases", "1"
    )
    assert out.startswith("RESUME at 400 mg a day, the reduced dose")
    assert "new dose: 400 mg a day" in out
    assert "about 478 mg imatinib mesilate" in out
    _, out, _ = mono("adjust", "imatinib", "--current", "600 mg", "--bilirubin", "4")
    assert out.startswith("WITHHOLD until total bilirubin below 1.5 × ULN and liver transaminases below 2.5")
    assert "until total bilirubin below 1.5 × ULN" in out
    assert "food" not in out


def test_who_says_to_avoid_and_a_dose_above_what_is_printed_stand_below_the_first_line() -> None:
    for line in (
        ("adjust", "imatinib", "--current", "600 mg", "--start", "phenytoin"),
        ("dose", "imatinib", "-i", "cml-accelerated", "--with", "phenytoin"),
    ):
        out = mono(*line)[1].split("\n\n")[0]
        assert "AVOID with phenytoin, say gleevec-label and ansm: see the warnings." in out
        assert "900 mg" in out
        assert "above the highest printed dose" in out


@pytest.mark.parametrize("written", ["qd", "QD", "q.d."])
def test_an_abbreviation_that_is_not_read_is_named_with_what_to_write(written: str) -> None:
    error = envelope("adjust", "imatinib", "--current", f"400 mg {written}", "--reduce")["errors"][0]
    assert error["code"] == "bad-value"
    assert repr(written) in error["message"]
    assert "daily" in error["hint"]


@pytest.mark.parametrize(
    ("current", "code"),
    [(".4 g", "error-prone-number"), ("400.0 mg", "error-prone-number"), ("400 mg od", "error-prone-abbreviation")],
)
def test_an_error_prone_way_of_writing_is_warned_of(current: str, code: str) -> None:
    warnings = envelope("adjust", "imatinib", "--current", current, "--reduce")["warnings"]
    assert code in [warning["code"] for warning in warnings]


def test_a_laboratory_value_or_a_measure_is_no_different() -> None:
    adjusted = envelope("adjust", "imatinib", "--current", "600 mg", "--bilirubin", "4.0")
    dosed = envelope("dose", "imatinib", "-i", "cml-chronic", "--age", "8", "--region", "uk", "--bsa", ".9")
    for document in (adjusted, dosed):
        assert "error-prone-number" in [warning["code"] for warning in document["warnings"]]


def test_a_refused_step_has_no_data() -> None:
    document = envelope("adjust", "imatinib", "--current", "500 mg", "--reduce")
    assert (document["status"], document["exit_code"], document["data"]) == ("refused", 1, None)
    assert document["errors"][0]["code"] == "no-reduction-step"


def test_a_partner_without_a_figure_gives_no_dose() -> None:
    code, out, err = mono("adjust", "imatinib", "--current", "400 mg", "--start", "carbamazepine")
    assert code == 1
    assert "new dose" not in out
    assert "percent-not-stated" in out + err


def test_explain_shows_every_step() -> None:
    arguments = ("adjust", "imatinib", "--current", "478 mg mesilate", "--start", "rifampicin")
    steps = envelope(*arguments)["data"]["steps"]
    _, out, _ = mono(*arguments, "--explain", columns=5000)
    squeezed = re.sub(r"\s+", "", out)
    for step in steps:
        assert re.sub(r"\s+", "", step["text"]) in squeezed
    assert "478 / 1.195" in out
    assert "400 mg × 1.5" in out


def test_the_examples_of_the_help_work() -> None:
    examples = re.findall(r"^\s+mono (adjust .+)$", adjust.__doc__ or "", re.M)
    assert len(examples) >= 5
    for example in examples:
        code, _, _ = mono(*shlex.split(example))
        assert code == 0, example


def test_csv_is_one_row() -> None:
    _, out, _ = mono("adjust", "imatinib", "--current", "600 mg", "--reduce", "--format", "csv")
    assert out.splitlines()[1].startswith("reduce,600,mg,400,mg,imatinib base,478,imatinib mesilate")
    _, out, _ = mono("adjust", "imatinib", "--current", "600 mg", "--start", "rifampicin", "--format", "md")
    assert "| imatinib base |" in out
    assert "- Warning: above the highest printed dose" in out


def test_a_drug_without_a_figure_is_not_called_no_change() -> None:
    _, out, err = mono("adjust", "imatinib", "--current", "400 mg", "--start", "carbamazepine")
    assert out.startswith("No figure is printed: the dose may need to be increased")
    sentence = "no figure is printed for this drug"
    assert " ".join((out + err).split()).count(sentence) == 1


def test_a_held_dose_leads_to_one_that_does_not_contradict_it() -> None:
    arguments = (
        "adjust",
        "imatinib",
        "--population",
        "child",
        "--current",
        "340 mg/m2",
        "--bsa",
        "2",
        "--region",
        "us",
    )
    _, out, _ = mono(*arguments, "--start", "rifampicin")
    assert "340 mg/m2 a day, held at the printed maximum: 600 mg a day" in out
    assert "600 mg × 1.5 = 900 mg" in out
    assert "1020" not in out
    code, out, _ = mono(*arguments[:-3], "2.5", "--region", "us", "--reduce")
    assert (code, out) == (1, "")


def test_avoid_stands_above_the_dose_that_is_worked_out() -> None:
    first, second, *_ = mono("adjust", "imatinib", "--current", "400 mg", "--start", "rifampicin")[1].splitlines()
    assert "AVOID with rifampicin" in first
    assert second.startswith("INCREASE to 600 mg")


LOW_AGAIN = ("-i", "cml-new", "--given", "anc=0.9 G/L", "--given", "cytopenia-before=yes")


@pytest.mark.parametrize(
    ("current", "change", "used"),
    [
        # A child resumes at 260 mg/m2 × 1.1 m2 = 286 mg a day, if that is below the dose given now.
        ("340 mg/m2", LOW_AGAIN, True),
        ("374 mg", LOW_AGAIN, True),
        ("150 mg", LOW_AGAIN, True),
        ("340 mg/m2", ("--bilirubin", "4", "--source", "gleevec-label"), True),
        ("200 mg", ("--bilirubin", "4", "--source", "gleevec-label"), True),
        ("340 mg/m2", ("-i", "cml-new", "--given", "anc=2 G/L", "--given", "platelets=100 G/L"), False),
    ],
)
def test_an_area_is_called_unused_only_where_no_dose_comes_of_it(
    current: str, change: tuple[str, ...], used: bool
) -> None:
    child = ("adjust", "imatinib", "--population", "child", "--current", current, "--bsa", "1.1")
    unused = [w for w in envelope(*child, *change)["warnings"] if w["code"] == "not-used"]
    assert bool(unused) is not used
    if change is LOW_AGAIN:
        assert "286 mg a day" in " ".join(mono(*child, *change)[1].split())
