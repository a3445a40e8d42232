"""Drugs that the thesaurus does not list and that we count to its classes: said so, with the basis and the reason."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from conftest import ROOT, Run


def finding(run: Run, *names: str, source: str = "ansm") -> dict[str, Any]:
    found = run("interactions", *names, "--json").data["interactions"]
    return next(item for item in found if item["sources"][0]["source"] == source)


def test_a_member_by_a_class_of_ndfrt_is_said_to_be_joined(run: Run) -> None:
    said = finding(run, "ketorolac", "lithium")
    assert (said["level"], said["action"], said["joined"]) == ("class", "avoid", ["ketorolac"])
    (group,) = [item for item in said["classes"] if item["drug"] == "ketorolac"]
    (step,) = group["by"]
    assert (step["class"], step["source"], step["basis"]) == ("nsaid", "ndfrt-2014", "ndfrt")
    assert "Nonsteroidal Anti-inflammatory Drug" in step["because"]
    assert {"ansm", "ndfrt-2014"} <= {source["source"] for source in said["sources"]}


def test_a_member_by_inference_is_said_to_be_inferred(run: Run) -> None:
    said = finding(run, "trazodone", "sertraline")
    assert said["joined"] == ["trazodone"]
    steps = [step for group in said["classes"] for step in group["by"] if "basis" in step]
    assert [step["basis"] for step in steps] == ["inferred, reviewed"]
    assert [step["source"] for step in steps] == ["mono-decisions"]
    table = " ".join(run("interactions", "trazodone", "sertraline", "--details").stdout.split())
    assert "Trazodone counts as drugs that can cause serotonin syndrome (inferred by us, reviewed" in table


def test_what_the_thesaurus_lists_itself_is_not_said_to_be_joined(run: Run) -> None:
    said = finding(run, "ibuprofen", "lithium")
    assert "joined" not in said
    assert not [step for group in said["classes"] for step in group["by"] if "basis" in step]


def test_the_conditions_of_the_rule_stay(run: Run) -> None:
    own, joined = (finding(run, drug, "daptomycin") for drug in ("simvastatin", "lovastatin"))
    assert joined["conditions"] == own["conditions"]
    assert (joined["source_level"], joined["management"]) == (own["source_level"], own["management"])


def test_of_levels_for_named_drugs_none_is_picked_for_a_joined_one(run: Run) -> None:
    """The thesaurus names the statins for each level of letermovir, and lovastatin is none of them."""
    said = finding(run, "lovastatin", "letermovir")
    assert [case["source_level"]["value"] for case in said["cases"]] == ["ASDEC", "PE"]
    assert all(case["when"] and case["when"].startswith("for ") for case in said["cases"])


@pytest.mark.parametrize(
    ("salt", "other"),
    [
        ("lithium carbonate", "ibuprofen"),
        ("lithium citrate", "sertraline"),
        ("insulin glargine", "bisoprolol"),
        ("Lantus", "propranolol"),
        ("isosorbide mononitrate", "sildenafil"),
        ("candesartan", "spironolactone"),
        ("dabigatran", "verapamil"),
        ("auranofin", "perindopril"),
        ("fluticasone propionate", "ritonavir"),
        ("ferrous sulfate", "levothyroxine"),
    ],
)
def test_a_salt_a_prodrug_a_kind_counts_as_what_the_source_lists(run: Run, salt: str, other: str) -> None:
    assert run("interactions", salt, other, "--json").data["pairs"]


@pytest.mark.parametrize(
    ("drug", "kept_out_of"),
    [
        ("esmolol", "beta-blocker-no-esmolol"),
        ("neomycin", "nephrotoxic"),
        ("loperamide", "opioid"),
        ("nepafenac", "nsaid"),
        ("aspirin", "nsaid"),
    ],
)
def test_candidates_that_were_not_taken(run: Run, drug: str, kept_out_of: str) -> None:
    partners = {"beta-blocker-no-esmolol": "insulin", "nephrotoxic": "vancomycin", "opioid": "diazepam"}
    other = partners.get(kept_out_of, "lithium")
    found = run("interactions", drug, other, "--json").data["interactions"]
    assert kept_out_of not in {
        group["id"] for item in found for group in item.get("classes", []) if group["drug"] == drug
    }


@pytest.mark.parametrize(
    ("form", "partner", "action"),
    [
        ("Pradaxa 150 mg bd", "ketoconazole", "avoid"),
        ("dabigatran etexilate", "rifampicin", "avoid"),
        ("olmesartan medoxomil", "spironolactone", "avoid"),
        ("calcium chloride 10% iv", "digoxin", "avoid"),
        ("potassium bicarbonate", "ramipril", "avoid"),
        ("levalbuterol", "propranolol", "avoid"),
        ("magnesium carbonate", "dolutegravir", "adjust"),
        ("ferrous bisglycinate", "levothyroxine", "adjust"),
        ("Natazia", "rifampicin", "avoid"),
        ("testosterone undecanoate", "warfarin", "adjust"),
        ("pentobarbital", "morphine", "adjust"),
    ],
)
def test_a_salt_an_ester_or_a_form_is_answered_as_what_it_is_of(form: str, partner: str, action: str, run: Run) -> None:
    assert run("interactions", form, partner, "--json").data["pairs"][0]["action"] == action


@pytest.mark.parametrize(
    ("drug", "other", "source", "action"),
    [
        # France does not have them, and each is of a class of which the thesaurus speaks.
        ("phenprocoumon", "ibuprofen", "ansm", "avoid"),
        ("Marcumar 3 mg", "aspirin", "ansm", "avoid"),
        ("phenindione", "amiodarone", "ansm", "adjust"),
        ("acemetacin", "warfarin", "ansm", "avoid"),
        ("dexibuprofen", "warfarin", "ansm", "avoid"),
        ("xipamide", "lithium carbonate", "ansm", "avoid"),
        ("cyclopenthiazide", "digoxin", "ansm", "adjust"),
        ("torasemide", "gentamicin", "ansm", "adjust"),
        ("tilidine", "diazepam", "diazepam-label", "adjust"),
        ("melperone", "levodopa", "ansm", "avoid"),
        ("brotizolam", "oxycodone", "diazepam-label", "adjust"),
        ("bemiparin", "ibuprofen", "ansm", "avoid"),
        ("certoparin", "ibuprofen", "ansm", "avoid"),
        ("gliquidone", "miconazole", "ansm", "avoid"),
        ("oxprenolol", "verapamil", "ansm", "avoid"),
        ("imidapril", "spironolactone", "ansm", "avoid"),
        ("aluminium hydroxide", "isoniazid", "ansm", "adjust"),
        ("deflazacort", "rifampicin", "ansm", "adjust"),
        ("procyclidine", "oxybutynin", "ansm", "note"),
        ("lofepramine", "tramadol", "ansm", "note"),
        # A mirror image, and what becomes in the body what the source names.
        ("levomethadone", "rifampicin", "ansm", "adjust"),
        ("metildigoxin", "verapamil", "ansm", "adjust"),
        ("dexlansoprazole", "atazanavir", "ansm", "avoid"),
        ("carbimazole", "warfarin", "methimazole-label", "monitor"),
        ("carbimazole", "digoxin", "methimazole-label", "adjust"),
    ],
)
def test_of_a_drug_that_no_list_has_its_class_is_answered(
    drug: str, other: str, source: str, action: str, run: Run
) -> None:
    assert finding(run, drug, other, source=source)["action"] == action


def test_a_member_by_a_group_of_the_atc_index_says_which(run: Run) -> None:
    said = finding(run, "acemetacin", "warfarin")
    steps = [step for group in said["classes"] for step in group["by"] if "basis" in step]
    assert [(step["class"], step["source"], step["basis"]) for step in steps] == [("nsaid", "atc-2026", "atc")]
    assert "M01A" in steps[0]["because"]


def test_what_is_used_with_an_ace_inhibitor_is_not_avoided_as_a_potassium_sparing_diuretic_is(run: Run) -> None:
    """Finerenone is in ATC C03D with spironolactone; the thesaurus does not list it, and means older drugs."""
    assert [item["action"] for item in run("interactions", "finerenone", "ramipril", "--json").data["pairs"]] == [
        "note"
    ]


def test_a_class_that_holds_all_listed_members_of_another_holds_those_that_are_joined_to_it() -> None:
    """Every vitamin K antagonist that the thesaurus lists is an oral anticoagulant for it, so phenprocoumon is one."""
    held: dict[str, dict[str, set[str]]] = {"members": {}, "joined": {}}
    for name, classes in held.items():
        file = yaml.safe_load((ROOT / "data" / "interactions" / "ansm" / f"{name}.yaml").read_text(encoding="utf-8"))
        for listing in file["members"]:
            classes.setdefault(listing["class"], set()).update(listing["drugs"])
    listed, joined = held["members"], held["joined"]
    missing = {
        (narrow, wide): lacking
        for narrow, drugs in joined.items()
        for wide, members in listed.items()
        if len(listed.get(narrow, ())) > 1 and listed[narrow] <= members
        if (lacking := drugs - members - joined.get(wide, set()))
    }
    assert not missing
