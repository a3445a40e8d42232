"""What the library records of imatinib and another drug reaches `dose` and `adjust`, and nothing of others.

The label's rule (avoid; else at least +50 %) names six drugs: dexamethasone, phenytoin, carbamazepine, rifampicin,
rifabutin, phenobarbital (source/public facts, section 3).
"""

from __future__ import annotations

import pytest

from dosing_records import DATA, envelope, library_file, rules

COVERED = ("rifampicin", "dexamethasone", "phenytoin", "carbamazepine", "rifabutin", "phenobarbital")
STUDY_ONLY = ("oxcarbazepine", "fosphenytoin", "primidone")
OTHER_INDUCERS = ("St John's wort", "enzalutamide", "efavirenz", "modafinil", "bosentan", *STUDY_ONLY)
OTHERS = ("ketoconazole", "fluconazole", "grapefruit juice", "warfarin", "levothyroxine", "metoprolol", "nilotinib")


def warnings(*arguments: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = envelope(*arguments)["warnings"]
    return found


def said(name: str) -> list[dict[str, str]]:
    """The warnings of `dose` of what other sources say; `adjust` must have the same."""
    dose = [w for w in warnings("dose", "imatinib", "-i", "mds", "--with", name) if w["code"] == "later-source"]
    adjust = warnings("adjust", "imatinib", "--current", "400 mg", "--start", name)
    assert [w for w in adjust if w["code"] == "later-source"] == dose
    return dose


@pytest.mark.parametrize("name", COVERED)
def test_the_label_rule_stands_with_each_drug_that_it_names(name: str) -> None:
    rule = next(w for w in said(name) if "at least 50 %" in w["message"])
    assert rule["source"] == "gleevec-label"
    assert rule["action"] == "avoid"


@pytest.mark.parametrize("name", OTHER_INDUCERS + OTHERS)
def test_and_with_no_other(name: str) -> None:
    assert not any("at least 50 %" in w["message"] or "1200" in w["message"] for w in said(name))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("St John's wort", "use an alternative"),
        *((name, "73 % lower; avoid them if possible") for name in STUDY_ONLY),
        ("grapefruit juice", "avoid it"),
        ("warfarin", "heparin"),
        ("levothyroxine", "TSH"),
        ("ketoconazole", "AUC by 40 %"),
        ("lomitapide", "contraindicated"),
        ("nilotinib", "30 to 50 %"),
        ("asparaginase", "liver damage"),
        ("metoprolol", "no dose change is needed"),
    ],
)
def test_what_only_another_source_says_is_not_lost(name: str, words: str) -> None:
    assert any(words in w["message"] for w in said(name))


@pytest.mark.parametrize("name", ["rifabutin", "oxcarbazepine", "St John's wort", "asparaginase"])
def test_no_figure_is_worked_out_without_a_rule_of_the_monograph(name: str) -> None:
    document = envelope("adjust", "imatinib", "--current", "400 mg", "--start", name)
    assert (document["exit_code"], document["data"]["to"]) == (1, None)
    assert "gleevec-label" in document["library"]["sources"] or name == "asparaginase"


def partners() -> list[dict[str, str]]:
    """Every drug that the library knows as a partner."""
    files = sorted((DATA / "agents").glob("?.yaml"))
    return [agent for file in files for agent in library_file(f"agents/{file.name}")["agents"]]


def test_interactions_and_dose_say_the_same_of_every_partner() -> None:
    ruled = {agent for rule in rules()["partners"] for agent in rule["agents"]}
    assert len(partners()) > 100
    for agent in partners():
        name = agent["name"]
        recorded = envelope("interactions", "imatinib", name)["data"]
        findings = [f for f in recorded["interactions"] if f["level"] != "duplicate"]
        derived = [f for f in findings if f["level"] == "predicted"]
        beside = [f for f in findings if f not in derived and f["sources"][0]["source"] != "martindale-2009"]
        shown = warnings("dose", "imatinib", "-i", "mds", "--with", name)
        later = [w["message"] for w in shown if w["code"] == "later-source"]
        assert len(later) == len({other["statement"] for other in beside}), name
        for other in beside:
            (said,) = [message for message in later if other["statement"] in message]
            assert said.startswith(f"{name}: {other['action'].upper()} by {other['sources'][0]['source']}"), name
            assert all(condition in said for condition in other.get("conditions", [])), name
        if agent["id"] not in ruled and "components" not in agent:  # a list reads a combination as its parts
            own = [w["message"] for w in shown if w["code"] == "dose-not-adjusted"]
            assert all(finding["statement"] in own[0] for finding in findings if finding not in beside), name


def test_what_another_source_says_to_do_is_said_with_its_statement() -> None:
    document = envelope("dose", "imatinib", "-i", "gist", "--with", "warfarin")
    said = {w["source"]: w["message"] for w in document["warnings"] if w["code"] == "later-source"}
    assert said["ansm"].startswith(
        "warfarin: AVOID by ansm: Avoid this combination; if it cannot be avoided, monitor closely"
    )
    assert "Bleeding is more likely." in said["ansm"]
