"""Classes that rules name: each has members, and what is said of a class is shown of a member with what lists it."""

from __future__ import annotations

import pytest

from monocli.engine.answers import Answer
from monocli.library.kinds import PARTIES, RULES, SOURCES
from monocli.library.store import Library
from monocli.questions.interactions import interactions
from told import told


def test_every_class_that_a_rule_names_has_a_member(library: Library) -> None:
    rules = library.documents(RULES)
    named = {
        party["class"]
        for rule in rules
        for side in rule["between"]
        for party in side
        if "class" in party and not party.get("whole")
    }
    assert {party["id"] for party in library.documents(PARTIES) if party.get("members")} >= named


def conditions(library: Library, *names: str) -> str:
    answer = interactions(library, names)
    assert isinstance(answer, Answer)
    return " ".join(text for finding in answer.data["interactions"] for text in finding["conditions"])


@pytest.mark.parametrize(("name", "listed"), [("miconazole", "CYP2C9"), ("oteseconazole", "BCRP")])
def test_a_member_listed_for_another_enzyme_says_so(library: Library, name: str, listed: str) -> None:
    said = conditions(library, "imatinib", name)
    assert f"no source here lists {name} itself as inhibitor of CYP3A4" in said
    assert f"listed for {listed} (fda-cyp) only" in said


@pytest.mark.parametrize("name", ["tioconazole", "josamycin", "azithromycin"])
def test_a_member_listed_for_none_says_that(library: Library, name: str) -> None:
    said = conditions(library, "imatinib", name)
    assert f"no source here lists {name} itself as inhibitor of CYP3A4; absence from a list is no evidence" in said


@pytest.mark.parametrize("name", ["ketoconazole", "itraconazole", "clarithromycin"])
def test_a_member_that_is_listed_needs_no_caveat(library: Library, name: str) -> None:
    assert "no source here lists" not in conditions(library, "imatinib", name)


def test_what_is_filed_under_another_drug_is_found(library: Library) -> None:
    """Monographs: interleukin-2 refers to aldesleukin, where NSAIDs against fever are advised against."""
    answer = interactions(library, ["IL-2", "ibuprofen"])
    assert isinstance(answer, Answer)
    finding = answer.data["interactions"][0]
    assert (finding["action"], finding["filed_under"]) == ("avoid", "aldesleukin")
    assert "NSAIDs may not" in finding["statement"]
    alone = interactions(library, ["ibuprofen"])
    assert not any("filed_under" in finding for finding in told(alone.data)["interactions"])


def test_every_label_with_rules_says_of_which_drug_it_is(library: Library) -> None:
    sources = {source["id"]: source for source in library.documents(SOURCES) if source["kind"] == "label"}
    with_rules = {rule["source"] for rule in library.documents(RULES)} & sources.keys()
    assert {id for id in with_rules if not sources[id].get("label_of")} == set()
    drugs = {drug for source in sources.values() for drug in source.get("label_of", [])}
    assert {drug for drug in drugs if library.document(PARTIES, drug) is None} == set()
