"""Forms that act where they are applied: meant where the thesaurus says so in its preface, and left aside elsewhere."""

from __future__ import annotations

from conftest import Run


def test_eye_drops_of_a_beta_blocker_are_meant_in_every_class_that_it_is_in(run: Run) -> None:
    data = run("interactions", "timolol eye drops", "atenolol", "--json").data
    by_thesaurus = [item for item in data["interactions"] if item["sources"][0]["source"] == "ansm"]
    assert [item["source_level"]["value"] for item in by_thesaurus] == ["APEC"]
    assert data["pairs"][0]["action"] == "monitor", "two of a class in which eye drops are included"
    assert not data["notes"]


def test_a_patch_is_no_injection(run: Run) -> None:
    """Lidocaine stands among the antiarrhythmics, where it is injected; the preface leaves local routes aside."""
    patch = run("interactions", "lidocaine patch", "amiodarone", "--json").data
    assert {item["sources"][0]["source"] for item in patch["interactions"]} == {"ndfrt-2014"}
    assert {note["action_otherwise"] for note in patch["notes"]} == {"avoid", "adjust"}
    assert run("interactions", "lidocaine", "amiodarone", "--json").data["pairs"][0]["action"] == "avoid"


def test_a_patch_that_acts_in_the_body_is_answered_as_any_form(run: Run) -> None:
    patch, plain = (run("interactions", name, "ketoconazole", "--json").data for name in ("fentanyl patch", "fentanyl"))
    assert patch["pairs"] == plain["pairs"]


def test_conditions_of_one_source_do_not_stand_for_another(run: Run) -> None:
    """Heart failure is a condition of the label's rule; the thesaurus has others of its own."""
    table = run("interactions", "potassium", "spironolactone").joined
    assert "Holds for (spironolactone-label): in heart failure." in table
