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
    assert (renal["number"], renal["text"]) == ("8.6", "Halve the dose.")
    for word in ("8.6", "Renal Impairment", "renal impairment"):
        for argv in (("labels", "show", "Zorvex", word), ("show", "Zorvex", word, "--label")):
            (part,) = labels(*argv, "--json").data["sections"]
            assert (part["title"], part["within"][0]["number"]) == ("Renal Impairment", "8"), argv
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


EVERY_ANSWER = (
    ("labels", "list", "Zorvex"),
    ("labels", "show", "Zorvex", "dose"),
    ("show", "Zorvex", "dose", "--label"),
    ("labels", "diff", set_id(8), set_id(7)),
    ("lookup", "Zorvex"),
    ("search", "--in", "labels", "dissolve"),
    ("interactions", "clopidogrel", "simvastatin"),
    ("interactions", "clopidogrel"),
    ("labels", "where"),
)


@pytest.mark.parametrize("argv", EVERY_ANSWER, ids=" ".join)
@pytest.mark.parametrize("format", ["table", "json", "md", "csv", "html"])
def test_what_the_data_ask_to_be_shown_stands_with_every_answer(
    labels: Labels, tmp_path: Path, argv: tuple[str, ...], format: str
) -> None:
    if format == "html" and argv[0] != "interactions":
        pytest.skip("no page")
    block = label_records.openfda(substance_name=["CLOPIDOGREL"], unii=["A74586SNO7"])
    (tmp_path / "joined.json").write_text(document(record(set_id=set_id(30), openfda=block)))
    labels("labels", "import", str(tmp_path / "joined.json"))
    shown = labels(*argv, "--format", format)
    assert shown.exit == 0
    # Data in columns have no room for it.
    told = shown.stderr if format == "csv" and argv[1] != "where" else shown.stdout
    assert label_records.NOTICE in " ".join(told.split())


@pytest.mark.parametrize("format", ["jsonl", "json", "csv"])
def test_lists_from_a_file_say_the_same_of_labels_as_names_do(labels: Labels, tmp_path: Path, format: str) -> None:
    block = label_records.openfda(substance_name=["CLOPIDOGREL"], unii=["A74586SNO7"])
    (tmp_path / "joined.json").write_text(document(record(set_id=set_id(30), openfda=block)))
    labels("labels", "import", str(tmp_path / "joined.json"))
    lists = tmp_path / "lists.txt"
    lists.write_text("clopidogrel; simvastatin\nclopidogrel; simvastatin\n")
    whole = labels("interactions", "--batch", str(lists), "--format", format)
    assert label_records.NOTICE in whole.stdout + whole.stderr
    (tmp_path / "pack" / "labels.sqlite").write_bytes(b"something else")
    broken = labels("interactions", "--batch", str(lists), "--format", format)
    assert "labels-not-read" in broken.stdout + broken.stderr
    table = tmp_path / "table.csv"
    table.write_text("medicine\nclopidogrel\nsimvastatin\n")
    of_table = labels("interactions", "--batch", str(table), "--format", format)
    assert "labels-not-read" in of_table.stdout + of_table.stderr


def test_a_name_alone_says_where_its_label_speaks_of_interactions(labels: Labels, tmp_path: Path) -> None:
    block = label_records.openfda(substance_name=["CLOPIDOGREL"], unii=["A74586SNO7"])
    for number in (30, 31):
        (tmp_path / f"{number}.json").write_text(document(record(set_id=set_id(number), openfda=block)))
        labels("labels", "import", str(tmp_path / f"{number}.json"))
    answer = labels("interactions", "clopidogrel", "--json")
    (note,) = [one for one in answer.json["warnings"] if one["code"] == "see-label"]
    assert set_id(30) in note["message"]
    assert "the first of 2" in note["message"]
    assert "7 DRUG INTERACTIONS; 7.1" in note["message"]
    assert note["see"] == "mono show clopidogrel interactions --label"
    assert "see-label" not in labels("interactions", "warfarin", "--json").codes


def test_a_label_whole_in_every_format(labels: Labels) -> None:
    whole = labels("labels", "show", "Zorvex")
    assert "Table 1: Doses nobody takes" in whole.stdout
    assert "Blue, with an example of a stripe." in whole.stdout
    assert "| 10 to 20 kg | 50 mg |" in labels("labels", "show", "Zorvex", "dose", "-f", "md").stdout
    assert "10 to 20 kg | 50 mg" in labels("labels", "show", "Zorvex", "dose", "-f", "csv").stdout
    for command in (("list",), ("where",), ("show", "Quillara Kit")):
        for format in ("table", "md", "csv", "json"):
            assert labels("labels", *command, "-f", format).exit == 0


def test_a_part_without_a_heading_stands_under_none_and_is_not_suggested(labels_run: Labels, tmp_path: Path) -> None:
    bare = label_records.section("42229-5", "", "<paragraph>Made-up words without a heading.</paragraph>")
    whole = label_records.section("34090-1", "12 CLINICAL PHARMACOLOGY", "<paragraph>Made up.</paragraph>", bare)
    alone = label_records.section("34084-4", "", "<paragraph>Hiccups.</paragraph>")
    sections = f"<component>{whole}</component><component>{alone}</component>"
    (tmp_path / "one.xml").write_text(label_records.spl(sections=sections))
    labels_run("labels", "import", str(tmp_path / "one.xml"))
    for format in ("table", "md"):
        shown = labels_run("labels", "show", set_id(50), "-f", format).stdout
        assert "Made-up words without a heading." in shown
        assert "unclassified" not in shown
        assert "Adverse reactions" in shown
    picked = labels_run("labels", "show", set_id(50), "spl_unclassified_section", "--json").data["sections"]
    assert [(one["title"], "called" in one) for one in picked] == [("", False)]
    assert "A part without a heading" in labels_run("labels", "show", set_id(50), "spl_unclassified_section").stdout
    unknown = labels_run("labels", "show", set_id(50), "spleen", "--json")
    offered = {one["id"]: one["title"] for one in unknown.error["suggestions"]}
    assert "spl_unclassified_section" not in offered
    assert offered["adverse_reactions"] == "Adverse reactions"


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
    pack.write_bytes(whole[:68] + b"mlb\x01" + whole[72:])
    for command in (("labels", "list", "--json"), ("labels", "import", str(pack.parent), "--json")):
        older = labels(*command)
        assert (older.exit, older.error["code"]) == (4, "labels-older")
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


def test_show_with_label_has_the_sections_in_the_order_of_a_monograph(labels: Labels) -> None:
    shown = labels("show", "Zorvex", "--label", "--json")
    ids = [one["id"] for one in shown.data["sections"]]
    order = [
        "boxed_warning",
        "contraindications",
        "drug_interactions",
        "indications_and_usage",
        "dosage_and_administration",
    ]
    assert [id for id in ids if id in order] == order
    assert shown.json["command"] == "show"
    some = labels("show", "Zorvex", "boxed", "dose", "renal", "pregnancy", "--label")
    assert "Zorvex may harm examples." in some.stdout
    assert "Halve the dose." in some.stdout
    assert labels("show", "Zorvex", "--label", "-f", "csv").exit == 0
    assert labels("show", "Zorvex", "--label", "--by", "system").exit == 2


def test_two_versions_are_compared_word_by_word(labels: Labels, tmp_path: Path) -> None:
    assert labels("labels", "diff", SET_ID, "--json").error["code"] == "no-older-version"
    newer = record(
        version="8",
        contraindications=None,
        boxed_warning=["WARNING: EXAMPLE HARM Zorvex may sorely harm examples."],
        overdosage=["10 OVERDOSAGE Wait."],
    )
    (tmp_path / "new.json").write_text(document(newer))
    labels("labels", "import", str(tmp_path / "new.json"))
    data = labels("labels", "diff", SET_ID, "--json").data
    assert (data["before"]["version"], data["after"]["version"]) == ("7", "8")
    assert {one["id"]: one["change"] for one in data["sections"]} == {
        "boxed_warning": "changed", "contraindications": "removed", "overdosage": "added",
    }  # fmt: skip
    (changed,) = [one for one in data["sections"] if one["change"] == "changed"]
    assert [part for part in changed["parts"] if part["kind"] != "same"] == [{"kind": "added", "text": "sorely"}]
    assert "[+sorely+]" in labels("labels", "diff", SET_ID).stdout
    two = labels("labels", "diff", set_id(8), set_id(7), "--json").data
    assert two["sections"][-1]["id"] == "spl_product_data_elements"


def test_blanks_that_an_export_puts_otherwise_are_no_change(labels: Labels, tmp_path: Path) -> None:
    first = "12 CLINICAL PHARMACOLOGY The Cmax was 3 (see Data). It rose [see Liver (5.1)]. It fell by one."
    then = "12 CLINICAL PHARMACOLOGY The C max was 3 (see Data ) . It rose [see Liver (5.1) ] . It fell by two."
    for version, text in (("8", first), ("9", then)):
        (tmp_path / "new.json").write_text(document(record(version=version, clinical_pharmacology=[text])))
        labels("labels", "import", str(tmp_path / "new.json"))
    (changed,) = labels("labels", "diff", SET_ID, "--json").data["sections"]
    assert [(part["kind"], part["text"]) for part in changed["parts"] if part["kind"] != "same"] == [
        ("removed", "one."), ("added", "two."),
    ]  # fmt: skip


def test_sections_of_two_labels_are_paired_by_number_though_one_prints_none(labels: Labels, tmp_path: Path) -> None:
    old = record(set_id=set_id(31), contraindications=["CONTRAINDICATIONS None."], use_in_specific_populations=None,
                 pregnancy=["Pregnancy Nothing is known of it, and nobody has asked."])  # fmt: skip
    (tmp_path / "old.json").write_text(document(old))
    labels("labels", "import", str(tmp_path / "old.json"))
    found = labels("labels", "diff", set_id(31), SET_ID, "--json").data["sections"]
    told = {one["id"]: one["change"] for one in found}
    assert (told["contraindications"], told["pregnancy"]) == ("changed", "changed")


def test_lookup_says_which_labels_there_are(labels: Labels) -> None:
    (found,) = labels("lookup", "Zorvex", "--json").data["results"]
    assert (found["status"], found["matched"]["kind"], found["labels"]["total"]) == ("label", "brand", 2)
    assert found["labels"]["labels"][0]["set_id"] == SET_ID
    assert "2 imported labels" in labels("lookup", "Zorvex").stdout
    assert "label-notice" in labels("lookup", "Zorvex", "--json").codes
    (printed,) = labels("lookup", "nameless thing", "--json").data["results"]
    assert (printed["matched"]["kind"], printed["labels"]["as_printed"]) == ("as printed", True)
    (known,) = labels("lookup", "imatinib", "--json").data["results"]
    assert (known["status"], "labels" in known) == ("exact", False)
    assert labels("lookup", "Zorve", "--json").exit == 1


def test_the_unii_joins_a_label_to_a_drug_of_the_library(labels: Labels, tmp_path: Path) -> None:
    block = label_records.openfda(
        brand_name=["Examplinex"],
        generic_name=["CLOPIDOGREL"],
        substance_name=["CLOPIDOGREL BISULFATE"],
        unii=["A74586SNO7"],
    )
    (tmp_path / "joined.json").write_text(document(record(set_id=set_id(30), openfda=block)))
    labels("labels", "import", str(tmp_path / "joined.json"))
    (found,) = labels("lookup", "Plavix", "--json").data["results"]
    assert [one["set_id"] for one in found["labels"]["labels"]] == [set_id(30)]
    (drug, _) = labels("interactions", "Examplinex", "warfarin", "--json").data["drugs"]
    assert (drug["id"], drug["matched"]["of"]) == ("clopidogrel", "clopidogrel")


def test_words_are_searched_in_labels(labels: Labels) -> None:
    found = labels("search", "--in", "labels", "dissolve", "allopurinol", "--json")
    (hit,) = found.data["hits"]
    assert (hit["kind"], hit["monograph"], hit["label"]["set_id"], hit["label"]["labels"]) == ("label", None, SET_ID, 4)
    assert [hit["text"][start:end] for start, end in hit["matches"]] == ["dissolve", "allopurinol"]
    assert "label-notice" in found.codes
    assert "«dissolve»" in labels("search", "--in", "labels", "dissolving").stdout
    for words in (("Zorvex", "zorvatinib-x"), ("pregnan",)):
        assert labels("search", "--in", "labels", *words, "--json").error["code"] == "nothing-found"
    assert labels("search", "--in", "labels", "!", "--json").exit == 2
    assert labels("search", "--in", "labels", "x", "--kind", "name").exit == 2


def test_a_hit_in_a_table_of_any_section_is_quoted_with_the_headings_of_its_columns(
    labels: Labels, tmp_path: Path
) -> None:
    (hit,) = labels("search", "--in", "labels", "20", "kg", "50", "--json").data["hits"]
    assert (hit["text"], hit["table"]) == ("Weight: 10 to 20 kg | Dose a: 50 mg", "Table 1: Doses nobody takes")
    assert [hit["text"][start:end] for start, end in hit["matches"]] == ["20", "kg", "50"]
    plain = "<table><tr><td>Thing</td><td>Share</td></tr><tr><td>Hiccups</td><td>4%</td></tr></table>"
    fields = {
        "clinical_studies": ["14 CLINICAL STUDIES Thing Share Hiccups 4%"],
        "clinical_studies_table": [plain],
        "adverse_reactions": ["6 ADVERSE REACTIONS Few."],
    }
    (tmp_path / "one.json").write_text(document(record(set_id=set_id(31), **fields)))
    labels("labels", "import", str(tmp_path / "one.json"))
    (hit,) = labels("search", "--in", "labels", "hiccups", "--json").data["hits"]
    assert (hit["text"], hit["table"], hit["section"]) == ("Thing | Share … Hiccups | 4%", None, "clinical_studies")
    assert "table: Thing | Share … «Hiccups» | 4%" in labels("search", "--in", "labels", "hiccup").stdout
    rows = labels("search", "--in", "labels", "children", "whole", "82", "20", "--json")
    assert rows.error["code"] == "nothing-found"
    (hit,) = labels("search", "--in", "labels", "children", "whole", "tablets", "--json").data["hits"]
    assert hit["text"] == "Weight: Children … a Whole tablets only."


def test_search_takes_uk_and_us_spelling_and_parted_units_as_one(labels: Labels, tmp_path: Path) -> None:
    text = "11 DESCRIPTION Edema came at 20 mg/m 2 in a fetus."
    (tmp_path / "one.json").write_text(document(record(set_id=set_id(31), description=[text])))
    labels("labels", "import", str(tmp_path / "one.json"))
    for word in ("oedema", "edema", "m2", "foetus", "mg/m2"):
        assert labels("search", "--in", "labels", word, "20", "--json").data["total"] == 1, word


def test_what_was_removed_or_replaced_is_not_found(labels: Labels, tmp_path: Path) -> None:
    (tmp_path / "new.json").write_text(document(record(set_id=set_id(7), version="9", openfda={}, boxed_warning=None)))
    labels("labels", "import", str(tmp_path / "new.json"))
    hits = labels("search", "--in", "labels", "harm", "examples", "--json").data["hits"]
    assert [hit["label"]["labels"] for hit in hits] == [3]
    for number in (SET_ID, set_id(8), set_id(9)):
        labels("labels", "remove", number)
    assert labels("search", "--in", "labels", "harm", "examples", "--json").exit == 1


def test_a_label_that_names_the_other_drug_is_a_finding(labels: Labels, tmp_path: Path) -> None:
    block = label_records.openfda(substance_name=["CLOPIDOGREL"], unii=["A74586SNO7"], brand_name=["Examplinex"])
    (tmp_path / "joined.json").write_text(document(record(set_id=set_id(30), openfda=block)))
    labels("labels", "import", str(tmp_path / "joined.json"))
    answer = labels("interactions", "clopidogrel", "simvastatin", "--json")
    (finding,) = [one for one in answer.data["interactions"] if one["level"] == "label"]
    assert (finding["action"], finding["quote"]) == ("avoid", "Zorvex must not meet simvastatin.")
    assert (finding["label"]["set_id"], finding["label"]["section"], finding["label"]["of"]) == (
        set_id(30), "contraindications", "clopidogrel",
    )  # fmt: skip
    assert finding["sources"][0]["source"] == "imported-labels"
    assert {"labels-read", "label-notice"} <= set(answer.codes)
    details = labels("interactions", "clopidogrel", "simvastatin", "--details").stdout
    assert "Zorvex must not meet simvastatin." in " ".join(details.split())
    denied = labels("interactions", "clopidogrel", "warfarin", "--json").data["notes"]
    (note,) = [one for one in denied if one["kind"] == "denied"]
    assert note["quote"] == "Warfarin did not affect the levels of zorvatinib."
    met = labels("interactions", "clopidogrel", "allopurinol", "--fail-on", "note", "--json")
    assert (met.exit, met.data["pairs"][0]["levels"]) == (5, ["label"])
    alone = labels("interactions", "-", "--format", "jsonl", stdin="clopidogrel; simvastatin\n")
    assert "Zorvex must not meet simvastatin." in alone.stdout


def test_a_heading_says_of_whom_the_sentence_behind_it_speaks(labels: Labels, tmp_path: Path) -> None:
    block = label_records.openfda(substance_name=["CLOPIDOGREL"], unii=["A74586SNO7"])
    text = "7 DRUG INTERACTIONS 7.1 Simvastatin Avoid concomitant use, as nobody knows."
    (tmp_path / "joined.json").write_text(
        document(record(set_id=set_id(30), openfda=block, contraindications=None, drug_interactions=[text]))
    )
    labels("labels", "import", str(tmp_path / "joined.json"))
    (shown,) = labels("labels", "show", set_id(30), "7.1", "--json").data["sections"]
    assert (shown["title"], shown["text"]) == ("Simvastatin", "Avoid concomitant use, as nobody knows.")
    found = labels("interactions", "clopidogrel", "simvastatin", "--json").data["interactions"]
    (finding,) = [one for one in found if one["level"] == "label"]
    assert (finding["action"], finding["quote"]) == ("avoid", "Simvastatin Avoid concomitant use, as nobody knows.")


def test_a_class_that_the_other_is_listed_in_counts_too(labels: Labels, tmp_path: Path) -> None:
    block = label_records.openfda(substance_name=["CLOPIDOGREL"], unii=["A74586SNO7"])
    text = "7 DRUG INTERACTIONS Proton pump inhibitors should be used with caution."
    (tmp_path / "joined.json").write_text(document(record(set_id=set_id(30), openfda=block, drug_interactions=[text])))
    labels("labels", "import", str(tmp_path / "joined.json"))
    found = labels("interactions", "clopidogrel", "pantoprazole", "--json").data["interactions"]
    (finding,) = [one for one in found if one["level"] == "label"]
    assert (finding["action"], finding["classes"][0]["id"]) == ("monitor", "proton-pump-inhibitor")


def test_other_questions_are_answered_where_the_labels_cannot_be_read(labels: Labels, tmp_path: Path) -> None:
    (tmp_path / "pack" / "labels.sqlite").write_bytes(b"something else")
    for argv in (("lookup", "imatinib"), ("interactions", "imatinib", "warfarin")):
        answer = labels(*argv, "--json")
        assert answer.exit == 0
        assert "labels-not-read" in answer.codes
    for text in ("imatinib; warfarin\n", "imatinib\n", '{"id": "a", "drugs": ["imatinib", "warfarin"]}\n'):
        for format in ("json", "jsonl"):
            batch = labels("interactions", "-", "--format", format, stdin=text)
            assert batch.exit == 0
            assert '"labels-not-read"' in batch.stdout, (text, format)
