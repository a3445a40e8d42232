"""mono interactions, as it is typed."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, Process, Run
from interaction_records import MADE_UP_AGENTS, MADE_UP_CLASSES, MADE_UP_RULES, MADE_UP_SOURCES


def test_json_has_what_the_contract_names(run: Run) -> None:
    outcome = run("interactions", "imatinib", "ketoconazole", "warfarin", "St John's wort", "ketoconasole", "--json")
    assert (outcome.exit, outcome.stderr) == (1, "")
    document = outcome.json
    assert (document["schema"], document["status"]) == ("mono/interactions/1", "partial")
    data = document["data"]
    assert [drug["status"] for drug in data["drugs"]] == ["monograph", "agent", "agent", "agent", "unknown"]
    assert data["not_checked"] == ["ketoconasole"]
    assert data["not_recorded"] == [["ketoconazole", "st-johns-wort"]]
    keys = {"between", "affected", "direction", "effect", "mechanism", "level", "action", "statement", "conditions"}
    for finding in data["interactions"]:
        assert keys | {"references", "sources"} <= set(finding)
        assert all(set(source) <= {"source", "edition", "section", "reference"} for source in finding["sources"])
    assert outcome.error["code"] == "unknown-name"
    assert outcome.error["suggestions"]


def test_all_names_unknown_is_refused(run: Run) -> None:
    outcome = run("interactions", "foozole", "barzole", "--json")
    assert (outcome.exit, outcome.json["status"]) == (1, "refused")
    assert outcome.data["not_checked"] == ["foozole", "barzole"]
    assert outcome.codes == ["unknown-name", "unknown-name"]


def test_nothing_recorded_is_not_called_safe(run: Run) -> None:
    outcome = run("interactions", "imatinib", "liothyronine", "--json")
    assert (outcome.exit, outcome.json["status"]) == (1, "refused")
    assert outcome.codes == ["nothing-recorded", "nothing-recorded"]
    assert "not proof of safety" in outcome.stdout
    assert "no interaction" not in outcome.stdout.lower()


@pytest.mark.parametrize(
    ("names", "threshold", "code"),
    [
        (["imatinib", "rifampicin"], "adjust", 5),
        (["imatinib", "rifampicin"], "avoid", 5),
        (["imatinib", "warfarin", "ketoconazole"], "monitor", 5),
        (["imatinib", "metoprolol"], "monitor", 0),
        (["imatinib", "metoprolol"], "note", 5),
        (["imatinib", "rifampicin", "foozole"], "adjust", 5),
        (["aldesleukin", "paracetamol"], "note", 0),
        (["imatinib", "liothyronine"], "note", 1),
    ],
)
def test_fail_on(names: list[str], threshold: str, code: int, run: Run) -> None:
    outcome = run("interactions", *names, "--fail-on", threshold, "--json")
    assert outcome.exit == code
    assert outcome.json["exit_code"] == code


def test_a_name_in_an_odd_form(run: Run) -> None:
    for name in ("ST. JOHN’S WORT", "st johns wort", "Hypericum perforatum", "Saint John's wort", "hypericum"):
        outcome = run("interactions", "STI571", name, "--json")
        assert outcome.exit == 0, name
        assert outcome.data["interactions"][0]["level"] == "documented"


@pytest.mark.parametrize("name", ["", "   ", "x" * 10_000, "[red]bold[/red]", "a\x00b", "💊"])
def test_a_strange_name_is_not_recognised_and_not_dropped(name: str, run: Run) -> None:
    outcome = run("interactions", "imatinib", name, "--json")
    assert outcome.exit == 1
    assert len(outcome.data["not_checked"]) == 1
    table = run("interactions", "imatinib", name)
    assert "NOT RECOGNISED" in table.stdout
    assert "\x00" not in table.stdout


def test_no_names_and_names_beside_a_batch_are_usage_errors(run: Run, tmp_path: Path) -> None:
    for argv in ([], ["imatinib", "-"], ["imatinib", "--batch", str(tmp_path / "x")], ["-", "--format", "md"]):
        outcome = run("interactions", *argv, "--json") if "md" not in argv else run("interactions", *argv)
        assert outcome.exit == 2


def test_the_table_says_everything_in_words(run: Run) -> None:
    names = ("imatinib", "rifampicin", "warfarin", "liothyronine", "ketoconasole")
    outcome = run("interactions", *names, env={"NO_COLOR": "1", "COLUMNS": "100"})
    assert "\x1b" not in outcome.stdout
    for words in ("ADJUST", "AVOID", "predicted", "gleevec-label", "not proof of safety"):
        assert words in outcome.stdout
    assert outcome.stdout.startswith("NOT RECOGNISED, SO NOT CHECKED: ketoconasole (perhaps ketoconazole?)")
    assert "Did you mean" in outcome.stderr
    details = run("interactions", *names, "--details", env={"NO_COLOR": "1", "COLUMNS": "100"})
    assert "\x1b" not in details.stdout
    for words in (
        "ADJUST",
        "AVOID",
        "documented",
        "predicted",
        "by gleevec-label",
        "Drug by drug",
        "not proof of safety",
    ):
        assert words in details.stdout
    assert details.stdout.startswith("NOT RECOGNISED, SO NOT CHECKED: ketoconasole")


def test_a_narrow_terminal_loses_nothing(run: Run) -> None:
    wide = run("interactions", "imatinib", "rifampicin", "warfarin", env={"COLUMNS": "300"}).stdout
    narrow = run("interactions", "imatinib", "rifampicin", "warfarin", env={"COLUMNS": "30"}).stdout
    folded = "".join(narrow.split())
    for word in (
        "levothyroxine" if "levothyroxine" in wide else "rifampicin",
        "gleevec-label",
        "martindale-2009",
        "ADJUST",
    ):
        assert word in folded


def test_csv_and_markdown(run: Run) -> None:
    rows = list(
        csv.DictReader(io.StringIO(run("interactions", "imatinib", "warfarin", "liothyronine", "-f", "csv").stdout))
    )
    assert [row["kind"] for row in rows] == [*["finding"] * 4, "nothing recorded", "nothing recorded"]
    assert rows[0]["action"] == "avoid"
    assert run("interactions", "imatinib", "warfarin", "-f", "md").stdout.startswith("| kind |")


def test_a_pair_has_its_worst_action_in_front_and_what_each_source_says_below(run: Run) -> None:
    wide = {"COLUMNS": "100"}
    lines = run("interactions", "imatinib", "rifampicin", "warfarin", "--details", env=wide).stdout.splitlines()
    assert any(line.startswith("3 drugs: ") and line.endswith("pairs, worst first") for line in lines)
    at = lines.index("■ AVOID  Imatinib Mesilate + rifampicin")
    assert lines[at + 1].startswith("  gleevec-label (2023-07-10) is later than")
    assert lines[at + 2] == "  AVOID by gleevec-label; documented"
    assert lines[at + 3].startswith("  do ")
    assert any("decreases exposure to imatinib (affects Imatinib Mesilate)" in line for line in lines[at : at + 9])
    assert any(line.startswith("  ADJUST by martindale-2009; documented") for line in lines[at:])
    alone = run("interactions", "aldesleukin", "dexamethasone", "lorazepam", "--details", env=wide).stdout
    assert "AVOID by proleukin-smpc; by class" in alone
    assert "dexamethasone belongs to" in alone
    assert "mono compat aldesleukin lorazepam" in " ".join(alone.split())


def test_a_matrix_needs_three_different_drugs(run: Run) -> None:
    assert (
        "Drug by drug" not in run("interactions", "imatinib", "Glivec", "STI-571", "ketoconazole", "--details").stdout
    )
    assert "Drug by drug" in run("interactions", "imatinib", "warfarin", "ketoconazole", "--details").stdout


def test_one_name_has_the_worst_of_other_sources_on_top_and_says_what_a_second_adds(run: Run) -> None:
    top, *told = re.split("[■▲●○] ", run("interactions", "imatinib", "--notes").joined)
    assert "AVOID (by any source, see below)" in top
    names = [name for line in told if line.startswith("AVOID ") for name in line[6:].split(": ")[0].split("; ")]
    below = {re.sub(r"\*?( \+\d+)?$", "", name) for name in names}
    assert len(below) >= 13
    assert all(name in top for name in ("warfarin", "grapefruit juice", "lomitapide", "rifabutin", *below))
    actions = [line.split()[0] for line in told]
    assert set(actions) == {"AVOID", "ADJUST", "MONITOR", "NOTE"}
    assert actions == sorted(actions, key=["AVOID", "ADJUST", "MONITOR", "NOTE"].index)
    assert (
        "Once a second drug is named" in run("interactions", "omeprazole", "--details", env={"COLUMNS": "200"}).stdout
    )


def worst_pair_and_length(run: Run, *names: str) -> tuple[int, int]:
    """The line on which the first pair stands, and how many lines there are, at 80 columns."""
    lines = run("interactions", *names, env={"COLUMNS": "80"}).stdout.splitlines()
    return next(at for at, line in enumerate(lines, 1) if line.startswith("■ AVOID")), len(lines)


def test_a_list_is_short_and_leads_with_the_worst_pair(run: Run) -> None:
    five = ("warfarin", "amiodarone", "sertraline", "tramadol", "ibuprofen")
    first, count = worst_pair_and_length(run, *five)
    assert (first <= 8, count <= 30) == (True, True)
    ten = (*five, "omeprazole", "metformin", "lisinopril", "atorvastatin", "foozole")
    first, count = worst_pair_and_length(run, *ten)
    assert (first <= 8, count <= 45) == (True, True)


def test_a_class_rule_of_another_drugs_label_says_so(run: Run) -> None:
    shown = run("interactions", "digoxin", "bisoprolol").joined
    assert "[inderal-xl-label: to be monitored, class rule, label of propranolol; digoxin-label" in shown
    opened = run("interactions", "digoxin", "bisoprolol", "--details").joined
    assert "class rule printed in the label of propranolol" in opened
    first, second, *_ = run("interactions", "digoxin", "bisoprolol", "--json").data["interactions"]
    assert first["label_of"] == [{"id": "propranolol", "name": "propranolol"}]
    assert "label_of" not in second
    own = run("interactions", "warfarin", "propranolol", "--json").data["interactions"]
    assert all("label_of" not in finding for finding in own if finding["sources"][0]["source"] == "inderal-xl-label")


def test_of_a_monograph_and_a_label_that_differ_the_later_is_named_and_replaces_nothing(run: Run) -> None:
    said = "gleevec-label (2023-07-10) is later than martindale-2009; neither replaces the other"
    assert said in run("interactions", "imatinib", "rifampicin").joined
    assert said in run("interactions", "imatinib", "rifampicin", "--details").joined
    (pair,) = run("interactions", "imatinib", "rifampicin", "--json").data["pairs"]
    assert pair["later"] == {"source": "gleevec-label", "date": "2023-07-10", "than": "martindale-2009"}
    (pair,) = run("interactions", "digoxin", "bisoprolol", "--json").data["pairs"]
    assert "later" not in pair


def test_five_drugs_with_long_texts_take_30_lines(run: Run) -> None:
    five = ("imatinib", "warfarin", "simvastatin", "paracetamol", "clarithromycin")
    first, count = worst_pair_and_length(run, *five)
    assert (first <= 8, count <= 30) == (True, True)
    assert "A later source does not replace an earlier one." in run("interactions", *five).stdout


CARDIOLOGY = [
    "amiodarone warfarin digoxin simvastatin verapamil bisoprolol furosemide spironolactone ramipril aspirin",
    "warfarin amiodarone simvastatin digoxin verapamil aspirin clopidogrel omeprazole lisinopril spironolactone",
    "apixaban bisoprolol amlodipine ramipril atorvastatin furosemide eplerenone digoxin aspirin nitroglycerin",
    "apixaban diltiazem atorvastatin clopidogrel aspirin lisinopril spironolactone digoxin omeprazole amiodarone",
]


@pytest.mark.parametrize("ten", CARDIOLOGY)
def test_ten_drugs_of_cardiology_take_45_lines_and_no_pair_is_lost(run: Run, ten: str) -> None:
    first, count = worst_pair_and_length(run, *ten.split())
    acting = [p for p in run("interactions", *ten.split(), "--json").data["pairs"] if p["action"] != "note"]
    assert (first <= 8, count <= 45, count <= 3 * len(acting)) == (True, True, True)
    shown = run("interactions", *ten.split())
    # What is left out is marked, and no pair is; each stands in a line of its own action.
    assert "--details: the whole text" in shown.stdout
    lines = [line.casefold() for line in re.split("[■▲●○] ", shown.joined)]
    for pair in acting:
        one, other = (id.replace("-", " ") for id in pair["between"])
        said = [line for line in lines if line.startswith(pair["action"]) and one in line and other in line]
        assert said, pair


def test_pairs_of_one_drug_with_one_effect_or_one_thing_to_do_stand_together(run: Run) -> None:
    shown = run("interactions", *CARDIOLOGY[0].split()).joined
    assert "■ AVOID simvastatin + amiodarone +3, verapamil +3: increases exposure to the statin." in shown
    assert "furosemide + digoxin (increases toxic effects of digoxin), amiodarone (risk of ventricular" in shown
    opened = run("interactions", *CARDIOLOGY[0].split(), "--details").joined
    for pair in ("amiodarone + simvastatin", "simvastatin + verapamil", "digoxin + furosemide"):
        assert pair in opened


def test_an_inhaled_beta2_agonist_meets_the_rules_of_its_class(run: Run) -> None:
    """The thesaurus lists beta2 agonists that are only inhaled, so that it does not mean tablets alone; a label of one
    that is inhaled speaks of its class."""
    label, thesaurus = run("interactions", "salbutamol inhaled", "propranolol", "--json").data["interactions"]
    assert (label["action"], label["sources"][0]["source"]) == ("avoid", "formoterol-label")
    assert (thesaurus["action"], thesaurus["sources"][0]["source"]) == ("note", "ansm")


def test_folded_pairs_say_their_source(run: Run) -> None:
    shown = run("interactions", "lithium", "ramipril", "quetiapine", "enoxaparin", "mirtazapine", "solifenacin").joined
    assert "quetiapine + Solifenacin: increases antimuscarinic adverse effects [ansm]" in shown


def test_what_asks_for_nothing_is_folded_and_opens(run: Run) -> None:
    names = ("lithium", "ramipril", "quetiapine", "enoxaparin", "mirtazapine", "solifenacin")
    folded = run("interactions", *names).joined
    assert "5 pairs to know of (--notes)" not in folded
    assert "4 pairs to know of (--notes)" in folded
    opened = run("interactions", *names, "--notes").joined
    assert opened.count("○ NOTE") == 4
    few = run("interactions", "celecoxib", "metoprolol").joined
    assert "○ NOTE celecoxib + metoprolol: decreases blood pressure lowering effect" in few
    assert "increases exposure to metoprolol (predicted)" in few


def test_a_form_that_the_source_does_not_mean_is_named_with_what_it_says_of_systemic_use(run: Run) -> None:
    names = ("hydrocortisone cream", "phenytoin", "warfarin")
    shown = run("interactions", *names).joined
    assert "not of the form given here (--notes): hydrocortisone + phenytoin (if systemic ADJUST)" in shown
    data = run("interactions", "hydrocortisone cream", "phenytoin", "--json").data
    (note,) = [item for item in data["notes"] if "local_form" in item]
    assert note["local_form"] == "hydrocortisone"
    assert note["action_if_systemic"] == "adjust"
    alone = run("interactions", "hydrocortisone cream", "--json").data
    assert {f["sources"][0]["source"] for f in alone["interactions"]} == {"proleukin-smpc"}
    by_thesaurus = [item for item in alone["notes"] if item["sources"][0]["source"] == "ansm"]
    assert by_thesaurus
    assert all(item["local_form"] == "hydrocortisone" for item in by_thesaurus)


def test_only_enzyme_roles_are_called_that(run: Run) -> None:
    wide = {"COLUMNS": "200"}
    assert "derived from enzyme roles alone" in run("interactions", "adagrasib", "buspirone", env=wide).stdout
    assert "derived from enzyme roles alone" not in run("interactions", "imatinib", "warfarin", env=wide).stdout


def test_signs_have_a_plain_form_where_the_encoding_lacks_them() -> None:
    script = [sys.executable, "-m", "monocli", "interactions", "warfarin", "ibuprofen"]
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    shown = subprocess.run(script, env=env, capture_output=True, check=False).stdout
    assert b"X AVOID  warfarin + ibuprofen" in shown


@pytest.mark.parametrize(
    ("names", "threshold", "code"),
    [
        (["co-amoxiclav", "amoxicillin"], "monitor", 5),
        (["warfarin 3 mg", "warfarin 1 mg"], "monitor", 0),
        (["warfarin 3 mg", "warfarin 1 mg"], "note", 5),
        (["omeprazole", "lansoprazole"], "monitor", 5),
        (["omeprazole", "lansoprazole"], "adjust", 0),
        (["adagrasib", "buspirone"], "adjust", 5),
        (["adagrasib", "buspirone"], "avoid", 0),
    ],
)
def test_fail_on_heeds_the_action_of_duplicates_and_predictions(
    names: list[str], threshold: str, code: int, run: Run
) -> None:
    assert run("interactions", *names, "--fail-on", threshold, "--json").exit == code
    assert run("interactions", "-", "-f", "jsonl", "--fail-on", threshold, stdin="; ".join(names)).exit == code


def test_a_remark_is_a_note_without_a_direction(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("interactions", "imatinib", "azithromycin", "-f", "csv").stdout)))
    assert [(row["kind"], row["level"], row["direction"], row["effect"]) for row in rows][1] == (
        "note",
        "remark",
        "",
        "",
    )


def test_a_substance_that_is_only_mentioned_is_not_called_unrecognised(run: Run) -> None:
    outcome = run("interactions", "imatinib", "teceleukin", "--json")
    assert (outcome.exit, outcome.codes) == (1, ["only-mentioned"])
    assert outcome.data["not_checked"] == ["teceleukin"]
    table = run("interactions", "imatinib", "teceleukin").stdout
    assert "ONLY MENTIONED, SO NOT CHECKED: teceleukin (in interleukin-2)" in table
    assert "NOT RECOGNISED" not in table


LINES = 'imatinib; ketoconazole\n\n;\nimatinib, foozole\nimatinib; "rifampicin\nliothyronine; imatinib\nimatinib\n'


def test_a_batch_answers_a_line_a_list(run: Run) -> None:
    outcome = run("interactions", "-", "--format", "jsonl", stdin=LINES)
    assert (outcome.exit, outcome.stderr) == (2, "")
    documents = [json.loads(line) for line in outcome.stdout.splitlines()]
    assert [document["status"] for document in documents] == ["ok", "error", "partial", "error", "refused", "ok"]
    assert [document["exit_code"] for document in documents] == [0, 2, 1, 2, 1, 0]
    assert [error["code"] for document in documents for error in document["errors"]] == [
        "empty-line",
        "unknown-name",
        "bad-line",
        "nothing-recorded",
    ]
    assert documents[0]["data"]["list"] == {"line": 1, "id": None}
    assert documents[1]["errors"][0]["line"] == 3, "an empty line is no list, and counts as a line"


def test_a_batch_line_is_the_one_call_form(run: Run) -> None:
    names = ("imatinib", "ketoconazole", "liothyronine", "Гливек", "foozole")
    line = run("interactions", "-", "--format", "jsonl", stdin="; ".join(names)).json
    once = run("interactions", "--json", *names).json
    assert line["data"].pop("list") == {"line": 1, "id": None}
    assert line == once
    assert list(line) == list(once)


def test_a_batch_from_a_file_with_ids_as_csv(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "wards.csv"
    file.write_bytes(
        b'\xef\xbb\xbfid,drugs\r\np1,"imatinib; rifampicin"\r\np2,imatinib,caf\xe9\r\np3,"aldesleukin; ibuprofen"\r\n'
    )
    outcome = run("interactions", "--batch", str(file), "-f", "csv", "--fail-on", "avoid")
    rows = list(csv.DictReader(io.StringIO(outcome.stdout)))
    assert outcome.exit == 5
    assert {(row["line"], row["id"], row["kind"]) for row in rows} == {
        ("2", "p1", "finding"),
        ("3", "", "error"),
        ("4", "p3", "finding"),
    }
    assert "3 lists: " in outcome.stderr


def test_a_batch_as_one_document(run: Run) -> None:
    one = run("interactions", "-", "--json", stdin="imatinib; rifampicin\n")
    assert one.data["interactions"][0]["level"] == "documented"
    several = run("interactions", "-", "--json", stdin=LINES)
    assert len(several.data["lists"]) == 6
    assert several.exit == 2


@pytest.mark.parametrize("text", ["", "id,drugs\n", "sep=;\nid;drugs\n", "\ufeff"])
@pytest.mark.parametrize("format", ["table", "json", "jsonl", "csv"])
def test_a_batch_without_a_list_is_not_answered(run: Run, text: str, format: str) -> None:
    """The program before it in the pipe may have died: a gate must not open."""
    outcome = run("interactions", "-", "--format", format, "--fail-on", "avoid", stdin=text)
    assert outcome.exit == 1
    assert "no-names" in outcome.stdout + outcome.stderr


@pytest.mark.parametrize(
    "text",
    [
        'id,drugs\np1,"imatinib, warfarin"\n',
        "sep=;\nid;drugs\np1;imatinib;warfarin\n",
        "MRN\tmedication\np1\timatinib, warfarin\n",
        "patient_id|drug1|drug2\np1|imatinib|warfarin\n",
        "id,drugs\rp1,imatinib; warfarin\r",
        '{"id": "p1", "drugs": ["imatinib", "warfarin"]}',
        '"id";"current medications"\r\n"p1";"imatinib, warfarin"\r\n',
    ],
)
def test_a_table_as_spreadsheets_write_it(run: Run, text: str) -> None:
    data = run("interactions", "-", "--json", stdin=text).data
    assert [drug["query"] for drug in data["drugs"]] == ["imatinib", "warfarin"]
    assert data["list"]["id"] == "p1"


@pytest.mark.parametrize(
    "text",
    [
        "id,prescription,drugs\np1,clarithromycin,imatinib;warfarin\n",
        "Patient ID,ward,drugs\np1,A3,imatinib; warfarin\n",
        "patient_id,MRN,drugs\n1,2,imatinib\n",
        "id,imatinib,ketoconazole\n",
    ],
)
def test_a_column_that_could_hold_names_is_never_passed_over(run: Run, text: str) -> None:
    outcome = run("interactions", "-", "--format", "jsonl", stdin=text)
    assert outcome.exit == 2
    first = json.loads(outcome.stdout.splitlines()[0])
    assert first["errors"][0]["code"] == "bad-header"
    assert "drug1;drug2" in first["errors"][0]["hint"]
    if "clarithromycin" in text:
        names = [drug["query"] for drug in json.loads(outcome.stdout.splitlines()[1])["data"]["drugs"]]
        assert "clarithromycin" in names


def test_a_file_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing"):
        outcome = run("interactions", "--batch", str(path), "--json")
        assert outcome.exit == 2
        assert outcome.error["code"] == "unreadable-file"


def test_500_names_in_one_list(run: Run) -> None:
    outcome = run("interactions", *(f"name {number}" for number in range(499)), "imatinib", "--json")
    assert outcome.exit == 1
    assert len(outcome.data["not_checked"]) == 499


def test_a_made_up_drug_works_with_yaml_alone(run: Run, tmp_path: Path) -> None:
    user = tmp_path / "mine"
    files = {
        "sources.yaml": MADE_UP_SOURCES,
        "agents/classes.yaml": MADE_UP_CLASSES,
        "agents/zz.yaml": MADE_UP_AGENTS.replace("E1A", "CYP3A4").replace("E1", "CYP3A").replace("E2", "CYP2D6"),
        **{f"interactions/{s}/made-up.yaml": r.replace("E1", "CYP3A") for s, r in MADE_UP_RULES.items()},
    }
    for source in MADE_UP_RULES:
        file = f"interactions/{source}/made-up.yaml"
        files[file] = "id: made-up\n" + files[file].partition("\n")[2]
    for carrier in ("T1", "T2", "T"):
        files["agents/zz.yaml"] = files["agents/zz.yaml"].replace(f"transporter: {carrier},", "transporter: P-gp,")
    for name, text in files.items():
        path = user / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    env = {"MONO_LIBRARY": str(user)}
    levels = {"named": "documented", "member": "class", "faster": "predicted", "ketoconazole": "predicted"}
    for partner, level in levels.items():
        outcome = run("interactions", "Zedinib", partner, "--json", env=env)
        assert outcome.exit == 0, outcome.stdout
        assert outcome.data["interactions"][0]["level"] == level
    assert run("interactions", "zedinib", "excluded", "--json", env=env).data["interactions"] == []


def test_a_closed_pipe_ends_quietly(process: Process) -> None:
    script = 'yes "imatinib; ketoconazole" | head -20000 | "$0" -m monocli interactions - --format jsonl | head -1'
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        ["sh", "-c", script, sys.executable], capture_output=True, env=environment, timeout=60, check=False
    )
    assert json.loads(done.stdout)["exit_code"] == 0
    assert done.stderr == b""


def test_ctrl_c_in_the_middle_of_a_batch(world: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "lists"
    file.write_bytes(b"imatinib; ketoconazole\n" * 5000)
    command = [sys.executable, "-m", "monocli", "interactions", "--batch", str(file), "--format", "jsonl"]
    environment = {**world, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as child:
        assert child.stdout
        assert json.loads(child.stdout.readline())["exit_code"] == 0
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=30)
    assert child.returncode == 130
    assert b"Traceback" not in err


@pytest.mark.parametrize(
    ("one", "other", "do"),
    [
        ("imatinib", "clarithromycin", "Monitor clinically."),
        ("dasatinib", "clarithromycin", "Avoid this combination."),
        ("methadone", "citalopram", "This combination is contraindicated."),
        ("methadone", "haloperidol", "Avoid; if unavoidable, check clinically and by ECG at regular intervals."),
    ],
)
def test_of_a_rule_with_cases_the_one_for_these_drugs_says_what_to_do(run: Run, one: str, other: str, do: str) -> None:
    found = run("interactions", one, other, "--json").json["data"]["interactions"]
    said = [f["management"] for f in found if f["sources"][0]["source"] == "ansm" and f["action"] != "note"]
    assert do in said
    assert not any("axitinib" in text for text in said)
