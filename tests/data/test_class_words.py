"""Everyday words for classes: each leads to the class that is meant, or where several are, is asked back."""

from __future__ import annotations

import pytest

from conftest import Run


@pytest.mark.parametrize(
    ("word", "id"),
    [
        ("SSRIs", "ssri"),
        ("SNRIs", "snri"),
        ("TCAs", "tricyclic"),
        ("tricyclics", "tricyclic"),
        ("antiplatelets", "antiplatelet"),
        ("quinolones", "fluoroquinolone"),
        ("antacids", "antacid-adsorbent"),
        ("DOACs", "direct-oral-anticoagulant"),
        ("sulfonamides", "antibacterial-sulfonamide"),
        ("PDE5 inhibitors", "pde5-inhibitor"),
        ("gliptins", "gliptin"),
        # Not the ion of that name, of which nothing is recorded.
        ("nitrates", "nitrate-related"),
    ],
)
def test_a_word_leads_to_its_class(run: Run, word: str, id: str) -> None:
    (drug,) = run("interactions", word, "--json").data["drugs"]
    assert (drug["status"], drug["id"]) == ("class", id)


@pytest.mark.parametrize(
    ("word", "some"),
    [
        ("MAOIs", {"maoi-irreversible", "maoi-b"}),
        ("MAO inhibitors", {"maoi-irreversible", "maoi-a-reversible"}),
        ("anticoagulants", {"oral-anticoagulant", "heparin-group"}),
        ("antiepileptics", {"metabolised-anticonvulsant", "enzyme-inducing-antiepileptic"}),
        ("tyrosine kinase inhibitors", {"metabolised-tki", "bcr-abl-tyrosine-kinase-inhibitor"}),
        # A US brand of aluminium and magnesium, a British one of an alginate.
        ("Gaviscon", {"aluminum-hydroxide-with-magnesium-trisilicate"}),
        ("factor VIII", {"antihemophilic-factor-human", "beroctocog-alfa"}),
    ],
)
def test_a_word_for_several_is_asked_back(run: Run, word: str, some: set[str]) -> None:
    outcome = run("interactions", word, "warfarin", "--json")
    (error,) = outcome.json["errors"]
    assert error["code"] == "ambiguous-name"
    assert {suggestion["id"] for suggestion in error["suggestions"]} >= some
    assert outcome.exit == 1


@pytest.mark.parametrize(
    ("names", "action"),
    [
        (("statins", "macrolides"), "avoid"),
        (("vitamin K antagonists", "NSAIDs"), "avoid"),
        (("nitrates", "sildenafil"), "avoid"),
        (("digoxin", "thiazides"), "adjust"),
        (("dihydropyridines", "clarithromycin"), "avoid"),
        (("interferon", "aldesleukin"), "note"),
    ],
)
def test_a_class_asks_for_what_its_members_do(run: Run, names: tuple[str, str], action: str) -> None:
    outcome = run("interactions", *names, "--fail-on", "adjust", "--json")
    assert outcome.data["pairs"][0]["action"] == action
    assert not outcome.data["not_recorded"]
    assert outcome.exit == (0 if action == "note" else 5)


@pytest.mark.parametrize(
    ("names", "said", "first"),
    [
        # The thesaurus and labels speak of the other member, not of the one that was asked for.
        (("macrolides", "clarithromycin"), "Avoid under a condition: telithromycin;", "ansm"),
        (("SSRIs", "fluoxetine"), "Adjust: Citalopram, Vortioxetine;", "celexa-label"),
        # The FDA's table has atorvastatin and amiodarone as a note.
        (("statins", "amiodarone"), "Avoid: lovastatin, simvastatin;", "onc-high-priority"),
    ],
)
def test_of_a_class_the_members_that_are_meant_and_who_asks_for_the_worst_are_named(
    run: Run, names: tuple[str, str], said: str, first: str
) -> None:
    (finding,) = (
        found for found in run("interactions", *names, "--json").data["interactions"] if found["level"] == "members"
    )
    assert said in finding["statement"]
    assert finding["sources"][0]["source"] == first


def test_what_holds_of_members_under_a_condition_only_says_so(run: Run) -> None:
    """ANSM: to be avoided from 1 g of aspirin a dose or 3 g a day; less is only taken into account."""
    data = run("interactions", "corticosteroids", "aspirin", "--json").data
    assert data["pairs"][0]["conditional"]
    (finding,) = data["interactions"]
    assert finding["conditions"]
    assert "under a condition" in finding["statement"]
