"""mono lookup"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest

from conftest import Run


@pytest.mark.parametrize(
    ("name", "kind", "id"),
    [
        ("STI-571", "code", "imatinib-mesilate"),
        ("sti 571", "code", "imatinib-mesilate"),
        ("STI571", "variant", "imatinib-mesilate"),
        ("Imatinib Mesylate", "USAN", "imatinib-mesilate"),
        ("Mesilato de imatinib", "synonym", "imatinib-mesilate"),
        ("Иматиниба Мезилат", "synonym", "imatinib-mesilate"),
        ("220127-57-1", "CAS", "imatinib-mesilate"),
        ("L01XE01", "ATC", "imatinib-mesilate"),
        ("Гливек", "brand", "imatinib-mesilate"),
        ("59643-91-3", "CAS", "imexon"),
        ("T-cell Growth Factor", "synonym", "interleukin-2"),
        ("teceleukin", "mentioned", "interleukin-2"),
        ("Proleukin", "brand", "aldesleukin"),
    ],
)
def test_an_exact_name(run: Run, name: str, kind: str, id: str) -> None:
    outcome = run("lookup", name, "--json")
    (result,) = outcome.data["results"]
    assert outcome.exit == 0
    assert (result["status"], result["matched"]["kind"], result["monograph"]["id"]) == ("exact", kind, id)
    assert result["matched"]["source"]
    assert result["agent"] is None


def test_a_title_or_a_labelled_name(run: Run) -> None:
    (result,) = run("lookup", "imatinib mesilate", "--json").data["results"]
    assert result["matched"]["kind"] == "title"


def test_a_brand_says_its_countries(run: Run) -> None:
    (zoleta, glivec) = run("lookup", "Zoleta", "Glivec", "--json").data["results"]
    assert zoleta["matched"]["countries"] == ["IN"]
    assert len(glivec["matched"]["countries"]) == 35


def test_a_number_says_what_it_belongs_to(run: Run) -> None:
    results = run("lookup", "152459-95-5", "220127-57-1", "--json").data["results"]
    assert [result["matched"]["of"] for result in results] == ["imatinib", "imatinib mesilate"]


def test_every_name_and_number_of_a_card_carries_its_source(run: Run) -> None:
    for id in ("imatinib-mesilate", "imexon", "interleukin-2", "aldesleukin"):
        (result,) = run("lookup", id, "--json").data["results"]
        card = result["monograph"]
        assert card["id"] == id
        sources = {record["source"] for record in (*card["names"], *card["identifiers"], *card["brands"])}
        assert sources <= set(card["sources"])
        assert card["names"][0]["kind"] == "title"
        assert all(set(section) == {"id", "title"} for section in card["sections"])


def test_a_partner_in_interactions_is_an_agent(run: Run) -> None:
    outcome = run("lookup", "ketoconazole", "--json")
    (result,) = outcome.data["results"]
    assert (outcome.exit, result["status"], result["monograph"]) == (0, "agent", None)
    assert result["agent"]["id"] == "ketoconazole"
    assert result["agent"]["classes"]


@pytest.mark.parametrize("name", ["imatanib", "imatinib mesilat", "STI-572", "220127-57-2", "L01XE0", "Glivek"])
def test_a_misspelling_suggests_and_never_answers(run: Run, name: str) -> None:
    outcome = run("lookup", name, "--json")
    (result,) = outcome.data["results"]
    assert outcome.exit == 1
    assert (outcome.json["status"], result["status"]) == ("refused", "suggested")
    assert (result["matched"], result["monograph"], result["agent"]) == (None, None, None)
    assert result["suggestions"][0].keys() == {"name", "id", "title", "score"}
    assert outcome.codes == ["unknown-name"]
    assert outcome.error["suggestions"] == result["suggestions"]


def test_what_resembles_nothing_is_unknown(run: Run) -> None:
    outcome = run("lookup", "qqqqqqqq", "--json")
    assert outcome.exit == 1
    assert outcome.data["results"][0]["status"] == "unknown"
    assert "suggestions" not in outcome.error


def test_fuzzy_answers_and_says_so(run: Run) -> None:
    outcome = run("lookup", "imatanib", "--fuzzy", "--json")
    (result,) = outcome.data["results"]
    assert (outcome.exit, result["status"], result["monograph"]["id"]) == (0, "fuzzy", "imatinib-mesilate")
    assert outcome.codes == ["fuzzy-match"]
    assert "near match" in run("lookup", "imatanib", "--fuzzy").stdout


@pytest.mark.parametrize("code", ["STI-572", "220127-57-2", "L01XE02X", "CGP-57-148"])
def test_fuzzy_never_takes_a_code(run: Run, code: str) -> None:
    assert run("lookup", code, "--fuzzy", "--json").exit == 1


def test_of_several_names_the_worst_decides(run: Run) -> None:
    outcome = run("lookup", "imexon", "imatanib", "aldesleukin", "--json")
    assert (outcome.exit, outcome.json["status"]) == (1, "partial")
    assert [result["status"] for result in outcome.data["results"]] == ["exact", "suggested", "exact"]
    table = run("lookup", "imexon", "imatanib")
    assert table.exit == 1
    assert "Imexon" in table.stdout
    assert "imatanib" in table.stderr


def test_names_from_stdin(run: Run) -> None:
    outcome = run("lookup", "-", "--json", stdin="STI-571\r\n\n  \nimexon\nГливек")
    assert [result["query"] for result in outcome.data["results"]] == ["STI-571", "imexon", "Гливек"]
    assert outcome.exit == 0


def test_stdin_with_bytes_that_are_no_text(run: Run) -> None:
    outcome = run("lookup", "-", "--json", stdin=b"im\xffexon\nim\0exon\nimexon\n")
    assert [result["query"] for result in outcome.data["results"]] == ["im\ufffdexon", "im\ufffdexon", "imexon"]
    assert [result["status"] in ("exact",) for result in outcome.data["results"]] == [False, False, True]


def test_stdin_without_names(run: Run) -> None:
    outcome = run("lookup", "-", "--json", stdin="\n")
    assert (outcome.exit, outcome.codes) == (1, ["no-names"])


def test_jsonl_gives_one_envelope_a_name(run: Run) -> None:
    outcome = run("lookup", "-", "--format", "jsonl", stdin="imexon\nimatanib\n")
    documents = [json.loads(line) for line in outcome.stdout.splitlines()]
    assert [document["exit_code"] for document in documents] == [0, 1]
    assert [document["data"]["results"][0]["query"] for document in documents] == ["imexon", "imatanib"]
    assert outcome.exit == 1


def test_csv_has_one_line_a_name(run: Run) -> None:
    outcome = run("lookup", "STI-571", "imatanib", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.stdout)))
    assert [(row["query"], row["status"], row["id"]) for row in rows] == [
        ("STI-571", "exact", "imatinib-mesilate"),
        ("imatanib", "suggested", ""),
    ]
    assert "unknown-name" in outcome.stderr


def test_the_short_card_says_which_drug_it_is_in_twelve_lines(run: Run) -> None:
    lines = run("lookup", "STI-571").stdout.splitlines()
    assert len(lines) <= 12
    shown = " ".join(" ".join(lines).split())
    for said in (
        "Imatinib Mesilate",
        "STI-571: code",
        "exact match",
        "(USAN)",
        "Glivec in 35 countries",
        "the current code",
    ):
        assert said in shown
    # Every footnote has its source, and every source its footnote.
    marks = set(re.findall(r"\[(\d+)\]", " ".join(lines[:-1])))
    assert marks == set(re.findall(r"\[(\d+)\] [a-z]", lines[-1])) != set()


def test_the_card_shows_every_name_and_number(run: Run) -> None:
    card = run("lookup", "imatinib", "--json").data["results"][0]["monograph"]
    shown = "".join(run("lookup", "imatinib", "--details").stdout.split())
    for text in (*(n["name"] for n in card["names"]), *(i["value"] for i in card["identifiers"]), *card["sources"]):
        assert "".join(text.split()) in shown


def test_a_drug_without_a_monograph_says_what_can_be_asked_of_it(run: Run) -> None:
    (result,) = run("lookup", "lithium carbonate", "--json").data["results"]
    answers = result["agent"]["answers"]
    by_source = {item["source"]: item["rules"] for item in answers["interactions"]}
    assert by_source["ansm"] > 10
    assert {"serotonergic"} <= {item["class"] for item in answers["classes"]}
    assert {item["basis"] for item in answers["classes"]} == {"form"}
    table = " ".join(run("lookup", "ketorolac").stdout.split())
    assert "NSAIDs (joined by us)" in table
    assert "no monograph, no dose" in table
    (ansm,) = [item["rules"] for item in _agent(run, "ketorolac") if item["source"] == "ansm"]
    assert f"ansm {ansm}" in table


def test_a_drug_of_which_nothing_is_recorded_says_that(run: Run) -> None:
    assert _agent(run, "clavulanic acid") == []
    assert "no interaction rule; no monograph, no dose" in " ".join(run("lookup", "clavulanic acid").stdout.split())


def _agent(run: Run, name: str) -> list[dict[str, Any]]:
    (result,) = run("lookup", name, "--json").data["results"]
    answers: list[dict[str, Any]] = result["agent"]["answers"]["interactions"]
    return answers
