"""mono labels: import, list, show, remove, where."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import label_records
from conftest import Outcome, Process, Run
from label_records import SET_ID, document, record, set_id

Labels = Callable[..., Outcome]


@pytest.fixture
def labels_run(run: Run, tmp_path: Path) -> Labels:
    """Runs a command line with a folder of labels of its own."""
    return lambda *argv, **more: run(*argv, env={"MONO_LABELS": str(tmp_path / "pack")}, **more)


@pytest.fixture
def labels(labels_run: Labels, tmp_path: Path) -> Labels:
    """The same, with some labels imported."""
    copy = label_records.openfda(
        application_number=["ANDA900002"], manufacturer_name=["Copy Works"], brand_name=["Zorvatinib"],
        product_ndc=["0099-0002"], package_ndc=["0099-0002-10"],
    )  # fmt: skip
    again = label_records.openfda(
        manufacturer_name=["Pack Anew"], product_ndc=["99888-777"], original_packager_product_ndc=["0099-0001"]
    )
    texts = {
        "bulk.json": document(
            record(set_id=set_id(9), openfda=again),
            record(set_id=set_id(8), openfda=copy),
            record(),
            record(set_id=set_id(7), openfda={}, spl_product_data_elements=["Nameless Thing NAMELESSINE STARCH"]),
        ),
        "quillara.xml": label_records.spl(),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    outcome = labels_run("labels", "import", str(tmp_path / "bulk.json"), str(tmp_path / "quillara.xml"), "--json")
    assert outcome.exit == 0
    assert (outcome.data["read"], outcome.data["new"], outcome.data["refused"]) == (5, 5, [])
    return labels_run


def test_labels_are_listed_in_the_order_in_which_one_is_taken(labels: Labels) -> None:
    found = labels("labels", "list", "zorvatinib", "--json")
    assert [one["labeler"] for one in found.data["labels"]] == ["Example Works", "Copy Works", "Pack Anew"]
    assert found.data["total"] == 3
    first = found.data["labels"][0]
    assert first["substances"] == [{"name": "ZORVATINIB", "unii": "ZZ00000001"}]
    assert (first["set_id"], first["version"], first["effective"]) == (SET_ID, "7", "20260102")


@pytest.mark.parametrize(
    "code",
    [SET_ID.upper(), "0099-0001", "0099-0001-30", "00099000130", "NDA900001", "nda 900001", "ZZ00000001", "Zorvex"],
)
def test_codes_lead_to_labels(labels: Labels, code: str) -> None:
    found = labels("labels", "list", code, "--json")
    assert found.data["labels"][0]["set_id"] == SET_ID


@pytest.mark.parametrize(
    "code", ["0099-000", "NDA90000", "Zorve", "ZZ0000000", "99000", SET_ID[:-1], "starch", "\ud800"]
)
def test_nothing_is_found_by_a_part_of_its_name_or_code(labels: Labels, code: str) -> None:
    found = labels("labels", "list", code, "--json")
    assert (found.exit, found.error["code"]) == (1, "no-label")


def test_names_as_printed_find_a_label_and_that_is_said(labels: Labels) -> None:
    for name in ("Nameless", "nameless thing", "Nameless Thing NAMELESSINE"):
        found = labels("labels", "show", name, "pregnancy", "--json")
        assert found.data["label"]["set_id"] == set_id(7)
        assert "label-as-printed" in found.codes
    assert labels("labels", "list", "thing", "--json").exit == 1


def test_a_section_by_any_of_its_names(labels: Labels) -> None:
    for word in ("drug_interactions", "drug-interactions", "7", "interactions", "Drug interactions", "DDI"):
        shown = labels("labels", "show", "Zorvex", word, "--json").data["sections"]
        assert (shown[0]["id"], shown[0]["number"], shown[0]["loinc"]) == ("drug_interactions", "7", "34073-7"), word
    foreign = labels("labels", "show", "Zorvex", "drug_interactions", "--json").data["sections"][1]
    assert foreign["number"] == "5.2"
    assert [one["number"] for one in foreign["within"]] == ["5"]
    (renal,) = labels("labels", "show", "Zorvex", "renal", "--json").data["sections"]
    assert (renal["number"], renal["text"]) == ("8.6", "Renal Impairment Halve the dose.")
    (table,) = labels("labels", "show", "Zorvex", "dosage_and_administration_table", "--json").data["sections"]
    assert table["sections"][1]["tables"][0]["rows"][2] == ["10 to 20 kg", "50 mg"]


def test_absent_blank_and_unknown_are_three_answers(labels: Labels) -> None:
    absent = labels("labels", "show", "Zorvex", "nursing_mothers", "--json")
    assert (absent.exit, absent.error["code"], absent.data["sections"]) == (1, "section-not-in-label", [])
    blank = labels("labels", "show", "Zorvex", "recent_major_changes", "--json")
    assert (blank.exit, blank.data["sections"][0]["text"]) == (0, "")
    assert "blank-section" in blank.codes
    unknown = labels("labels", "show", "Zorvex", "xyzzy", "--json")
    assert (unknown.exit, unknown.error["code"]) == (1, "unknown-section")
    assert {"id": "contraindications", "title": "CONTRAINDICATIONS"} in unknown.error["suggestions"]
    partial = labels("labels", "show", "Zorvex", "pregnancy", "nursing_mothers", "--json")
    assert (partial.exit, partial.json["status"], len(partial.data["sections"])) == (1, "partial", 1)


def test_which_of_several_labels_is_shown_is_said(labels: Labels) -> None:
    shown = labels("labels", "show", "zorvatinib", "dose", "--json")
    assert shown.data["others"] == 2
    (note,) = [one for one in shown.json["warnings"] if one["code"] == "one-of-many-labels"]
    assert SET_ID in note["message"]


def test_what_the_data_ask_to_be_shown_stands_beside_every_answer(labels: Labels) -> None:
    for argv in (("labels", "list", "Zorvex"), ("labels", "show", "Zorvex", "dose")):
        shown = labels(*argv)
        assert label_records.NOTICE in shown.stdout
        assert "label-notice" in labels(*argv, "--json").codes


def test_a_label_whole_in_every_format(labels: Labels) -> None:
    whole = labels("labels", "show", "Zorvex")
    assert "Table 1: Doses nobody takes" in whole.stdout
    assert "Blue, with an example of a stripe." in whole.stdout
    assert "| 10 to 20 kg | 50 mg |" in labels("labels", "show", "Zorvex", "dose", "-f", "md").stdout
    assert "10 to 20 kg | 50 mg" in labels("labels", "show", "Zorvex", "dose", "-f", "csv").stdout
    for command in (("list",), ("where",), ("show", "Quillara Kit")):
        for format in ("table", "md", "csv", "json"):
            assert labels("labels", *command, "-f", format).exit == 0


def test_a_newer_version_and_the_one_before_it(labels: Labels, tmp_path: Path) -> None:
    (tmp_path / "new.json").write_text(document(record(version="8", contraindications=["4 CONTRAINDICATIONS None."])))
    assert labels("labels", "import", str(tmp_path / "new.json"), "--json").data["newer"] == 1
    shown = labels("labels", "show", SET_ID, "contraindications", "--json").data
    assert (shown["label"]["version"], shown["versions"], shown["sections"][0]["text"]) == ("8", ["8", "7"], "None.")
    before = labels("labels", "show", SET_ID, "contraindications", "--version-held", "7", "--json").data
    assert before["sections"][0]["text"] == "Zorvex must not meet simvastatin."
    assert labels("labels", "show", SET_ID, "--version-held", "6", "--json").error["code"] == "no-such-version"


def test_removing(labels: Labels) -> None:
    assert labels("labels", "remove", "--json").exit == 2
    assert labels("labels", "remove", "Zorvex", "--json").error["code"] == "no-label"
    removed = labels("labels", "remove", SET_ID, "--json").data
    assert ([one["set_id"] for one in removed["removed"]], removed["labels"]) == ([SET_ID], 4)
    assert labels("labels", "list", SET_ID, "--json").exit == 1
    assert labels("labels", "show", set_id(9), "dose", "--json").exit == 0
    assert labels("labels", "remove", "--all", "--json").data["all"] == 4
    assert labels("labels", "where", "--json").data["exists"] is False
    assert labels("labels", "list", "--json").error["code"] == "no-labels-imported"


def test_where(labels: Labels, tmp_path: Path) -> None:
    data = labels("labels", "where", "--json").data
    assert data["path"] == str(tmp_path / "pack" / "labels.sqlite")
    assert (data["labels"], data["versions"], data["notices"]) == (5, 5, [label_records.NOTICE])
    assert {"published": "2026-01-15", "labels": 4} in data["exports"]


def test_what_cannot_be_read(labels: Labels, tmp_path: Path) -> None:
    assert labels("labels", "import", str(tmp_path / "none"), "--json").exit == 2
    (tmp_path / "bad.json").write_text("[1, 2")
    bad = labels("labels", "import", str(tmp_path / "bad.json"), "--json")
    assert (bad.exit, bad.error["code"]) == (2, "no-labels-read")
    partly = labels("labels", "import", str(tmp_path), "--json")
    assert (partly.exit, partly.json["status"], partly.error["code"]) == (1, "partial", "labels-refused")
    assert partly.data["same"] == 5


def test_a_pack_that_cannot_be_used(labels: Labels, tmp_path: Path) -> None:
    pack = tmp_path / "pack" / "labels.sqlite"
    whole = pack.read_bytes()
    pack.write_bytes(whole[:68] + b"mlb\x63" + whole[72:])
    newer = labels("labels", "show", "Zorvex", "--json")
    assert (newer.exit, newer.error["code"]) == (4, "labels-newer")
    pack.write_bytes(b"something else")
    foreign = labels("labels", "list", "--json")
    assert (foreign.exit, foreign.error["code"]) == (4, "labels-damaged")
    assert labels("labels", "remove", "--all", "--json").exit == 0


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to(labels_run: Labels, tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir(mode=0o500)
    (tmp_path / "one.json").write_text(document(record()))
    refused = labels_run("labels", "import", str(tmp_path / "one.json"), "--json")
    assert (refused.exit, refused.error["code"]) == (1, "labels-not-written")


def test_markup_and_control_characters_of_a_label_are_text(labels_run: Labels, tmp_path: Path) -> None:
    nasty = "7 DRUG INTERACTIONS [bold red]loud[/] \x1b[31mred\x07 <30 kg & 0.001<p<0.05"
    (tmp_path / "one.json").write_text(document(record(drug_interactions=[nasty])))
    labels_run("labels", "import", str(tmp_path / "one.json"))
    shown = labels_run("labels", "show", "Zorvex", "interactions").stdout
    assert "[bold red]loud[/]" in shown
    assert "0.001<p<0.05" in shown
    assert "\x1b" not in shown


def test_the_folder_is_not_the_users_own_library(process: Process, tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(document(record()))
    env = {"XDG_DATA_HOME": str(tmp_path / "data")}
    assert process("labels", "import", str(tmp_path / "one.json"), env=env).returncode == 0
    assert os.listdir(tmp_path / "data") == ["mono-labels"]
