"""The same twice in one list: what is a question, and what is usual."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Run
from monocli.library.store import Library
from monocli.questions.interactions import interactions
from told import told


def duplicates(library: Library, *names: str) -> list[Any]:
    data = told(interactions(library, names).data)
    assert data is not None
    return [finding for finding in data["interactions"] if finding["level"] == "duplicate"]


@pytest.mark.parametrize(
    ("names", "between", "action"),
    [
        (("paracetamol", "acetaminophen"), ["paracetamol", "paracetamol"], "monitor"),
        (("co-codamol 30/500", "paracetamol 1 g qds"), ["paracetamol", "paracetamol"], "monitor"),
        (("warfarin 3 mg", "warfarin 1 mg"), ["warfarin", "warfarin"], "note"),
        (("timolol eye drops", "timolol 10 mg tablets"), ["timolol", "timolol"], "note"),
        (("ibuprofen", "naproxen"), ["ibuprofen", "naproxen"], "monitor"),
        (("ibuprofen", "diclofenac gel"), ["diclofenac", "ibuprofen"], "note"),
        (("omeprazole", "lansoprazole"), ["lansoprazole", "omeprazole"], "monitor"),
        (("simvastatin", "Lipitor"), ["atorvastatin", "simvastatin"], "monitor"),
        (("diazepam", "lorazepam"), ["diazepam", "lorazepam"], "monitor"),
        (("aspirin", "clopidogrel"), ["acetylsalicylic-acid", "clopidogrel"], "note"),
        (("morphine", "co-codamol"), ["codeine", "morphine"], "note"),
    ],
)
def test_what_is_doubled_is_told_in_both_orders(
    library: Library, names: tuple[str, str], between: list[str], action: str
) -> None:
    for order in (names, names[::-1]):
        found = [f for f in duplicates(library, *order) if f["between"] == between]
        assert [f["action"] for f in found] == [action]
        assert found[0]["sources"][0] == {"source": "mono-decisions"}
        assert (found[0]["management"] is None) == (action == "note")


@pytest.mark.parametrize("names", [("co-amoxiclav", "Augmentin"), ("Zestoretic", "Prinzide")])
def test_two_brands_of_one_combination_are_two_products(library: Library, names: tuple[str, str]) -> None:
    found = duplicates(library, *names)
    assert len(found) == 2
    data = told(interactions(library, names).data)
    assert data is not None
    parts = sorted({drug["id"] or "" for drug in data["drugs"]})
    checked = [pair["between"] for pair in data["pairs"]] + data["not_recorded"]
    assert parts in checked


def test_the_parts_of_one_product_are_no_pair(library: Library) -> None:
    data = told(interactions(library, ["Zestoretic", "paracetamol"]).data)
    assert data is not None
    assert ["hydrochlorothiazide", "lisinopril"] not in [pair["between"] for pair in data["pairs"]]


def test_who_counts_a_drug_to_its_class_is_said(library: Library) -> None:
    (finding,) = duplicates(library, "omeprazole", "lansoprazole")
    assert {"source": "ansm"} in finding["sources"]
    assert [item["id"] for item in finding["classes"]] == ["proton-pump-inhibitor"] * 2


def test_a_salt_that_only_the_tables_hold_has_what_its_source_files_under_the_base(library: Library) -> None:
    for salt, partner in (("lithium carbonate", "ibuprofen"), ("insulin glargine", "bisoprolol")):
        data = told(interactions(library, [salt, partner]).data)
        assert data is not None
        assert data["pairs"], salt
    classes = told(interactions(library, ["lithium carbonate", "moclobemide"]).data)
    assert classes is not None
    assert any("serotonin" in finding["effect"] for finding in classes["interactions"])


def test_a_prediction_is_folded_into_what_a_source_says_and_its_action_does_not_count(library: Library) -> None:
    data = told(interactions(library, ["clarithromycin", "simvastatin"]).data)
    assert data is not None
    assert "predicted" not in [finding["level"] for finding in data["interactions"]]
    (folded,) = [finding["folded"] for finding in data["interactions"] if "folded" in finding]
    assert (folded["level"], folded["direction"], folded["affected"]) == ("predicted", "increase", "simvastatin")


@pytest.mark.parametrize("name", ["sertraline", "fluoxetine", "paroxetine"])
def test_a_prediction_hides_no_rule(library: Library, name: str) -> None:
    data = told(interactions(library, [name, "tramadol"]).data)
    assert data is not None
    (pair,) = data["pairs"]
    assert pair["effect"] != "exposure to tramadol"
    assert "exposure to tramadol" in [finding["effect"] for finding in data["interactions"]]
    assert name != "sertraline" or "serotonin" in pair["effect"]


def test_oestradiol_for_the_menopause_is_no_second_contraceptive(run: Run) -> None:
    outcome = run("interactions", "Vagifem 10 mcg", "Microgynon", "--json")
    assert [pair for pair in outcome.data["pairs"] if "duplicate" in pair["levels"]] == []


@pytest.mark.parametrize(
    "names", [("trimethoprim", "co-trimoxazole"), ("Bactrim", "sulfamethoxazole"), ("Inegy", "ezetimibe")]
)
def test_a_combination_with_a_part_of_it_is_the_same_twice_and_no_pair_of_its_parts(
    library: Library, names: tuple[str, str]
) -> None:
    for order in (names, names[::-1]):
        data = told(interactions(library, order).data)
        assert data is not None
        assert [finding["level"] for finding in data["interactions"]] == ["duplicate"]
        assert data["not_recorded"] == []


def test_two_parts_that_stand_beside_the_combination_are_a_pair(library: Library) -> None:
    data = told(interactions(library, ("trimethoprim", "sulfamethoxazole", "co-trimoxazole")).data)
    assert data is not None
    assert ["sulfamethoxazole", "trimethoprim"] in [pair["between"] for pair in data["pairs"]]
