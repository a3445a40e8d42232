"""mono compat, as it is typed."""

from __future__ import annotations

import csv
import io

import pytest

from conftest import Run


def test_json_has_what_the_contract_names(run: Run) -> None:
    outcome = run("compat", "aldesleukin", "lorazepam", "--json")
    assert (outcome.exit, outcome.stderr) == (0, "")
    (finding,) = outcome.data["findings"]
    assert {"subject", "verdict", "statement", "tested", "references", "sources"} <= set(finding)
    assert finding["tested"]["concentration"].startswith("33 800 units/mL")


def test_a_known_and_an_unknown_partner_is_a_partial_answer(run: Run) -> None:
    outcome = run("compat", "Proleukin", "ganciclovir sodium", "imatinib", "foozole", "--json")
    assert (outcome.exit, outcome.json["status"]) == (1, "partial")
    assert [finding["verdict"] for finding in outcome.data["findings"]] == ["incompatible", "unknown", "unknown"]
    assert outcome.codes == ["nothing-recorded", "unknown-name"]


def test_nothing_but_unknown_is_refused(run: Run) -> None:
    for argv in (["aldesleukin", "imatinib"], ["aldesleukin", "foozole"], ["imatinib", "lorazepam"], ["imexon"]):
        outcome = run("compat", *argv, "--json")
        assert (outcome.exit, outcome.json["status"]) == (1, "refused")
        assert "until shown otherwise" in outcome.data["findings"][0]["statement"]
        assert "is compatible" not in outcome.stdout


def test_an_unknown_drug_has_suggestions(run: Run) -> None:
    outcome = run("compat", "aldeslekin", "lorazepam", "--json")
    assert (outcome.exit, outcome.error["code"]) == (1, "unknown-name")
    assert outcome.error["suggestions"]


def test_the_other_way_round(run: Run) -> None:
    outcome = run("compat", "lorazepam", "aldesleukin", "--json")
    assert outcome.exit == 0
    assert (outcome.data["findings"][0]["verdict"], outcome.data["findings"][0]["subject"]) == (
        "incompatible",
        "Aldesleukin",
    )


def test_a_concentration_from_amount_and_volume_shows_its_steps(run: Run) -> None:
    argv = (
        "compat",
        "aldesleukin",
        "--diluent",
        "dextrose 5%",
        "--amount",
        "18 MIU",
        "--volume",
        "25mL",
        "--region",
        "us",
    )
    outcome = run(*argv, "--json")
    finding = outcome.data["findings"][0]
    assert (finding["verdict"], finding["calculated"]) == ("within-range", {"value": "44", "unit": "microgram/mL"})
    assert any("18 million IU" in step["text"] for step in outcome.data["steps"])
    table = run(*argv, env={"COLUMNS": "100"})
    first, second = table.stdout.splitlines()[:2]
    assert first == "Aldesleukin: WITHIN RANGE: glucose 5% (44 microgram/mL, in 30 to 70 microgram/mL)"
    assert second.startswith("Under other conditions than those given: LOSES ACTIVITY with glucose 5%")
    assert table.stdout.rindex("WITHIN RANGE") < table.stdout.rindex("LOSES ACTIVITY")
    for words in ("WITHIN RANGE", "44 microgram/mL", "LOSES ACTIVITY", "recorded for plastic syringe, 24 hours"):
        assert words in table.stdout
    for words in ("75 to 100%", "not given, so not compared"):
        assert words in table.stdout, "what was not asked about is still told whole"


def test_each_condition_stands_once(run: Run) -> None:
    argv = ("aldesleukin", "--diluent", "glucose 5%", "--region", "uk", "--hours", "48", "--albumin", "0.1%")
    outcome = run("compat", *argv, env={"COLUMNS": "100"})
    assert outcome.exit == 1
    assert "NOT RECORDED FOR THESE CONDITIONS: treat as incompatible" in outcome.stdout
    assert "RECOMMENDED  " not in outcome.stdout
    labels = [line.split()[0] for line in outcome.stdout.split("\n\n")[-1].splitlines() if line.startswith("  ")]
    assert len([label for label in labels if label in ("hours", "duration")]) <= 1


def test_the_drug_itself_and_a_drug_twice(run: Run) -> None:
    same = run("compat", "aldesleukin", "Proleukin", "--json")
    assert (same.exit, same.error["code"]) == (2, "same-drug")
    twice = run("compat", "aldesleukin", "promethazine", "promethazine HCl", "--json")
    assert [finding["verdict"] for finding in twice.data["findings"]] == ["incompatible"]


@pytest.mark.parametrize("argv", [["interleukin-2", "lorazepam"], ["lorazepam", "IL-2"]])
def test_what_is_filed_under_aldesleukin_is_shown_for_interleukin_2(argv: list[str], run: Run) -> None:
    outcome = run("compat", *argv, "--json")
    assert outcome.exit == 0
    (finding,) = outcome.data["findings"]
    assert (finding["verdict"], finding["filed_under"]) == ("incompatible", "aldesleukin")
    assert outcome.data["monograph"] == argv[0]
    assert "filed under" in run("compat", *argv).stdout


def test_interleukin_2_points_to_aldesleukin(run: Run) -> None:
    warnings = run("compat", "interleukin-2", "--json").json["warnings"]
    assert [(warning["code"], warning["see"]) for warning in warnings] == [("see-also", "aldesleukin")]


def test_the_volume_of_reconstitution_is_the_whole_volume(run: Run) -> None:
    argv = ("compat", "aldesleukin", "--diluent", "water for injection", "--amount", "18 MIU", "--volume", "1 mL")
    outcome = run(*argv, "--json")
    assert outcome.data["steps"][-1]["result"] == {"value": "1100", "unit": "microgram/mL"}
    assert "in all" not in outcome.stdout
    assert "1100 microgram/mL" in run(*argv).stdout
    assert "in all" in run(*(word.replace("water for injection", "glucose 5%") for word in argv)).stdout


def test_of_what_does_not_apply_nothing_is_said_to_lack(run: Run) -> None:
    argv = ("--diluent", "glucose 5%", "--concentration", "52 microgram/mL", "--hours", "15min", "--region", "us")
    outcome = run("compat", "aldesleukin", *argv)
    assert outcome.exit == 0
    assert "not compared" not in outcome.stdout
    assert "not all of them were given" not in outcome.stdout


def test_error_prone_numbers_are_warned_of(run: Run) -> None:
    outcome = run("compat", "aldesleukin", "--diluent", "glucose 5%", "--hours", "24.0", "--albumin", ".1%", "--json")
    written = [w["written"] for w in outcome.json["warnings"] if w["code"] == "error-prone-number"]
    assert written == ["24.0", ".1"]


OTHERS = [["foo", "foo"], ["Foo", "foo"], [""], ["warfarin", "Warfarin"], ["aldesleukin", "IL-2"], ["glucose 5%"], []]
GIVEN = [
    ["--amount", "1mg", "--volume", "25mL"],
    ["--concentration", "1 mg/mL"],
    ["--hours", "2", "--albumin", "none", "--container", "jug"],
    ["--diluent", "glucose 5%"],
    ["--diluent", ""],
    ["--region", "us"],
    [],
]


@pytest.mark.parametrize("given", GIVEN, ids=lambda given: " ".join(given))
@pytest.mark.parametrize("others", OTHERS, ids=lambda others: " ".join(others))
def test_a_drug_without_data_is_answered_or_refused(others: list[str], given: list[str], run: Run) -> None:
    for name in ("ketoconazole", "imatinib", "imexon", "interleukin-2"):
        outcome = run("compat", name, *others, *given, "--json")
        assert outcome.exit in (0, 1, 2)
        if outcome.exit == 1:
            assert "until shown otherwise" in outcome.stdout


def test_a_wrong_region_is_a_usage_error(run: Run) -> None:
    assert run("compat", "aldesleukin", "--region", "fr", "--json").exit == 2


@pytest.mark.parametrize("format", ["csv", "md"])
def test_rows(format: str, run: Run) -> None:
    outcome = run("compat", "aldesleukin", "-f", format)
    assert outcome.exit == 0
    assert "33 800" in outcome.stdout
    if format == "csv":
        assert len(list(csv.DictReader(io.StringIO(outcome.stdout)))) >= 15


def test_the_page_says_what_is_recorded_for_use_instead(run: Run) -> None:
    shown = run("compat", "aldesleukin", "--diluent", "sodium chloride 0.9%").joined
    assert "instead: - RECOMMENDED: water for injection (reconstitution) [martindale-2009, proleukin-label]" in shown
    assert "glucose 5% (dilution, US, 30 to 70 micrograms/mL, short intravenous infusion)" in shown
    assert "instead" not in run("compat", "aldesleukin", "lorazepam").joined
    water = run("compat", "aldesleukin", "--diluent", "bacteriostatic water", "--json").data["instead"]
    assert {finding["subject"] for finding in water} == {"water for injection"}


def test_the_verdict_of_one_question_is_in_the_first_line(run: Run) -> None:
    """Source lines 699-701 (the syringe), 713-717 (the UK infusion): without a time and albumin neither is chosen."""
    outcome = run("compat", "aldesleukin", "--diluent", "glucose 5%", "--region", "uk", env={"COLUMNS": "400"})
    first = " ".join(outcome.stdout.partition("\n\n")[0].replace("\xa0", " ").split())
    assert "depends on what was not given" in first
    assert first.index("LOSES ACTIVITY") < first.index("ALLOWED: glucose 5% (if 24 hours, albumin 0.1 %)")
    syringe = run("compat", "aldesleukin", "plastic syringe").stdout.splitlines()[0]
    assert "LOSES ACTIVITY" in syringe


def test_unknown_exits_1(run: Run) -> None:
    argv = ("--diluent", "glucose 5%", "--concentration", "50 microgram/mL", "--hours", "24", "--region", "us")
    outcome = run("compat", "aldesleukin", *argv, "--json")
    assert (outcome.exit, outcome.json["status"]) == (1, "partial")
    assert [said["verdict"] for said in outcome.data["verdicts"]] == ["unknown"]
