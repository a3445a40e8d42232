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
