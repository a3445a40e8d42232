"""mono show"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import Run
from dosing_records import DATA

IDS = ("imatinib-mesilate", "imexon", "interleukin-2", "aldesleukin")


def walk(sections: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for section in sections:
        yield section
        yield from walk(section["sections"])


def folded(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("id", IDS)
def test_everything_as_json(run: Run, id: str) -> None:
    outcome = run("show", id, "--json")
    assert (outcome.exit, outcome.data["monograph"]) == (0, id)
    for section in walk(outcome.data["sections"]):
        assert {"id", "title", "statements", "references", "sections"} <= set(section)
        numbers = [reference["number"] for reference in section["references"]]
        for statement in section["statements"]:
            assert statement["source"]
            assert set(statement["references"]) <= set(numbers)
        for reference in section["references"]:
            assert reference["cited"] == any(reference["number"] in s["references"] for s in section["statements"])


@pytest.mark.parametrize(
    ("words", "id"),
    [
        (["kidneys"], "effects-on-the-kidneys"),
        (["Effects on the skin, hair, and nails"], "effects-on-the-skin-hair-and-nails"),
        (["HYPOPHOSPHATAEMIA"], "hypophosphataemia"),
        (["effects-on-the-heart"], "effects-on-the-heart"),
    ],
)
def test_a_section_by_id_title_or_word(run: Run, words: list[str], id: str) -> None:
    outcome = run("show", "imatinib", *words, "--json")
    assert outcome.exit == 0
    assert outcome.data["sections"][0]["id"] == id


def test_the_same_word_means_another_section_of_another_drug(run: Run) -> None:
    one, other = (run("show", drug, "kidneys", "--json").data for drug in ("imatinib", "aldesleukin"))
    assert one["sections"][0]["id"] == other["sections"][0]["id"]
    assert one["sections"][0]["statements"] != other["sections"][0]["statements"]


def test_an_unknown_section_offers_those_there_are(run: Run) -> None:
    outcome = run("show", "imatinib", "bones", "--json")
    assert (outcome.exit, outcome.codes) == (1, ["unknown-section"])
    assert "effects-on-the-heart" in [item["id"] for item in outcome.error["suggestions"]]


@pytest.mark.parametrize(
    ("drug", "section"), [("imexon", "interactions"), ("imexon", "dose"), ("aldesleukin", "interactions")]
)
def test_a_section_that_the_pages_do_not_hold(run: Run, drug: str, section: str) -> None:
    outcome = run("show", drug, section, "--json")
    assert (outcome.exit, outcome.error["code"]) == (1, "section-not-in-source")


def test_an_unknown_drug(run: Run) -> None:
    outcome = run("show", "imatanib", "--json")
    assert (outcome.exit, outcome.codes) == (1, ["unknown-name"])
    assert outcome.error["suggestions"][0]["id"] == "imatinib-mesilate"
    assert outcome.data is None


def test_a_partner_or_a_class_has_no_monograph(run: Run) -> None:
    for name in ("ketoconazole", "azole antifungals", "teceleukin"):
        outcome = run("show", name, "--json")
        assert (outcome.exit, outcome.codes) == (1, ["no-monograph"])


@pytest.mark.parametrize("width", ["20", "33", "60", "80", "200"])
def test_no_word_of_a_section_is_lost_at_any_width(run: Run, width: str) -> None:
    data = run("show", "imatinib", "adverse effects", "--json").data
    shown = folded(run("show", "imatinib", "adverse effects", env={"COLUMNS": width}).stdout)
    for section in walk(data["sections"]):
        assert folded(section["title"]) in shown
        for statement in section["statements"]:
            for word in statement["text"].split():
                assert word in shown
        for reference in section["references"]:
            for word in f"{reference['authors']} {reference['title']}".split():
                assert word.rstrip(".") in shown


def test_the_table_shows_text_citations_and_literature_together(run: Run) -> None:
    table = folded(run("show", "imatinib", "heart", env={"COLUMNS": "500"}).stdout)
    (section,) = run("show", "imatinib", "heart", "--json").data["sections"]
    for statement in section["statements"]:
        assert folded(statement["text"]) in table
    assert (
        folded(
            "Kerkelä R, et al. Cardiotoxicity of the cancer therapeutic agent imatinib mesylate. "
            "Nat Med 2006; 12: 908–16."
        )
        in table
    )
    assert "[1]" in table


def test_pages_that_are_not_supplied_are_marked(run: Run) -> None:
    assert "not supplied" in run("show", "imatinib", "adverse effects").stdout


def test_markdown(run: Run) -> None:
    outcome = run("show", "imatinib", "heart", "--format", "md")
    assert outcome.stdout.startswith("# Imatinib Mesilate\n\n## Effects on the heart\n")
    assert "\n1. Kerkelä R" in outcome.stdout


@pytest.mark.parametrize("by", ["system", "frequency", "fatality"])
def test_adverse_effects_grouped(run: Run, by: str) -> None:
    outcome = run("show", "imatinib", "adverse effects", "--by", by, "--json")
    groups = outcome.data["groups"]
    assert outcome.exit == 0
    assert len(groups) > 1
    assert all(group["effects"] for group in groups)
    assert all(effect["effect"] and effect["source"] for group in groups for effect in group["effects"])
    assert {group["by"] for group in groups} == {by}


def test_what_another_source_adds_is_told_apart(run: Run, tmp_path: Path) -> None:
    (tmp_path / "monographs").mkdir()
    (tmp_path / "sources.yaml").write_text(
        "sources: [{id: ward, title: Ward notes, kind: house, printed: no}]\n", encoding="utf-8"
    )
    (tmp_path / "monographs/imexon.yaml").write_text(
        "id: imexon\ntitle: Imexon\nsource: ward\nsections:\n"
        "  - {id: handling, title: Handling, statements: [{text: Two people check each dose of an antineoplastic.}]}\n",
        encoding="utf-8",
    )
    env = {"MONO_LIBRARY": str(tmp_path)}
    assert "Handling  ward\n" in run("show", "imexon", "--all", env=env).stdout
    overview = run("show", "imexon", env=env).stdout.splitlines()
    assert ["Handling", "1", "ward"] in [line.split() for line in overview]
    hits = run("search", "antineoplastic", env=env).stdout
    assert "imexon · Handling · ward\n" in hits
    assert "ward" not in run("show", "imexon", "--all").stdout


def _standard_sections() -> list[Any]:
    words = yaml.load((DATA / "vocabulary.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return [
        pytest.param(word["title"], word.get("aliases", []), id=word["id"])
        for word in words["standard_sections"]
        if "title" in word
    ]


@pytest.mark.parametrize(("title", "others"), _standard_sections())
def test_another_word_for_a_section_ends_where_its_name_ends(run: Run, title: str, others: list[str]) -> None:
    """What the name finds, no other word for it denies; and where the name finds nothing, no other word finds more
    than sections that have it in their title."""
    for drug in ("imatinib", "imexon", "interleukin-2", "aldesleukin"):
        by_name = run("show", drug, title, "--json")
        for other in others:
            found = run("show", drug, other, "--json")
            if by_name.exit == 0:
                assert found.exit == 0, (drug, other)
            elif found.exit == 0:
                assert all(word in repr(found.data["sections"]).lower() for word in other.lower().split()), (
                    drug,
                    other,
                )
            else:
                assert found.error["code"] == by_name.error["code"], (drug, other)


def test_the_side_effects_and_precautions_of_imatinib_are_one_printed_section(run: Run) -> None:
    for word in ("side effects", "monitoring", "contraindications", "adverse effects", "precautions"):
        sections = run("show", "imatinib", word, "--json").data["sections"]
        assert [section["id"] for section in sections] == ["adverse-effects-and-precautions"], word
    (liver,) = run("show", "imatinib", "liver", "--json").data["sections"]
    assert liver["id"] == "administration-in-hepatic-impairment"
