"""Lines of a medication list as people write them: an exact name, and beside it nothing that could be another
matter."""

from __future__ import annotations

import pytest

from conftest import Run
from monocli.library.store import Library
from monocli.questions.written import LineReader

READ = {
    "Glivec 400 mg od": "imatinib-mesilate",
    "tab. warfarin 3 mg nocte": "warfarin",
    "- simvastatin 40mg ON": "simvastatin",
    "1. bisoprolol 2.5 mg mane": "bisoprolol",
    "[ ] furosemide 40mg i bd": "furosemide",
    "metoprolol tartrate (LOPRESSOR) tablet 25 mg": "metoprolol",
    "Carbamazepine[Tegretol]": "carbamazepine",
    "amiodarone 200 mg po q8h": "amiodarone",
    "morphine 10mg modified-release tablets": "morphine",
    "Take one tablet of simvastatin 20mg at bedtime": "simvastatin",
    "prednisolone 5 mg for 5 days": "prednisolone",
    "digoxin 62.5 micrograms daily": "digoxin",
    "ｒａｍｉｐｒｉｌ\u3000５\u3000ｍｇ od": "ramipril",
    "NovoMix 30 24 units bd": "insulin-aspart",
}
UNREAD = [
    "allergic to penicillin",
    "NKDA",
    "warfarin stopped",
    "d/c metoprolol",
    "digoxin level 1.8",
    "wife takes amiodarone",
    "folic acid 5mg weekly (not on methotrexate day)",
    "warfarin (amiodarone) 3 mg",
    "amlodipine for blood pressure",
    "simvistatin 20 mg",
    "Tylenol Extra Night qhs",
    "Lisinopril-HCTZ 20 mg",
    "alcohol 14 units/week",
    "insulin as directed",
    "400 mg od",
    "5291 mg",
    "prednisolone 40 mg then taper",
    "warfarin or apixaban 5 mg",
]


@pytest.mark.parametrize("line", READ)
def test_a_line_is_read_by_its_exact_name(library: Library, line: str) -> None:
    (drug,) = LineReader(library).drugs(line)
    assert drug["id"] == READ[line]
    assert drug["query"]


@pytest.mark.parametrize("line", UNREAD)
def test_a_line_that_says_anything_else_is_not_read(library: Library, line: str) -> None:
    (drug,) = LineReader(library).drugs(line)
    assert drug["id"] is None


def test_what_was_taken_and_what_was_left_aside_is_said(run: Run) -> None:
    outcome = run("interactions", "Glivec 400 mg od", "warfarin 3 mg nocte", "--json")
    drugs = outcome.data["drugs"]
    assert [(drug["read_as"], drug["left_aside"]) for drug in drugs] == [
        ("Glivec", ["400", "mg", "od"]),
        ("warfarin", ["3", "mg", "nocte"]),
    ]
    table = " ".join(run("interactions", "Glivec 400 mg od", "warfarin", "--details").stdout.split())
    assert "read as Glivec, left aside: 400, mg, od" in table


@pytest.mark.parametrize(
    "line", ["co-amoxiclav 625 tds", "Augmentin 500/125", "amoxicillin 250 MG / clavulanic acid 125 MG Oral Tablet"]
)
def test_a_combination_is_its_parts(library: Library, line: str) -> None:
    drugs = LineReader(library).drugs(line)
    assert {drug["id"] for drug in drugs} == {"amoxicillin", "clavulanic-acid"}
    assert all(drug["part_of"] for drug in drugs)


def test_the_parts_of_one_product_are_no_pair(run: Run) -> None:
    """NDF-RT lists sulfamethoxazole with trimethoprim as critical: a false alarm on every co-trimoxazole."""
    product = run("interactions", "co-trimoxazole 960 mg bd", "warfarin", "--json")
    parts = ["sulfamethoxazole", "trimethoprim"]
    assert parts not in [pair["between"] for pair in product.data["pairs"]]
    assert parts not in product.data["not_recorded"]
    with_a_part = run("interactions", "co-trimoxazole", "trimethoprim", "--json")
    assert parts not in [pair["between"] for pair in with_a_part.data["pairs"]]
    apart = run("interactions", "sulfamethoxazole", "trimethoprim", "--json")
    assert parts in [pair["between"] for pair in apart.data["pairs"]]
    lists = '{"drugs": ["co-trimoxazole 960 mg bd", "warfarin"]}\n'
    line = run("interactions", "-", "--format", "jsonl", stdin=lists).json
    line["data"].pop("list")
    assert line == product.json


@pytest.mark.parametrize(
    ("line", "route"),
    [
        ("ketoconazole cream", "cutaneous"),
        ("timolol eye drops", "ophthalmic"),
        ("salbutamol 100 mcg inhaler 2 puffs prn", "inhaled"),
        ("miconazole oral gel qds", "systemic"),
        ("ketoconazole 200 mg tablets", "systemic"),
        ("ketoconazole", None),
    ],
)
def test_a_route_that_matters_is_read(library: Library, line: str, route: str | None) -> None:
    (drug,) = LineReader(library).drugs(line)
    assert drug.get("route") == route


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("warfrin 5mg od", "warfarin"),
        ("- simvastin 40 mg nocte", "simvastatin"),
        ("lisinoprol 10mg tabs", "lisinopril"),
    ],
)
def test_a_misspelt_line_is_not_read_and_says_what_is_near(library: Library, line: str, name: str) -> None:
    (drug,) = LineReader(library).drugs(line)
    assert drug["id"] is None
    assert drug["suggestions"][0]["name"].casefold() == name


@pytest.mark.parametrize(
    ("line", "id"),
    [
        ("ASS 100 1-0-0", "acetylsalicylic-acid"),
        ("Préviscan 20mg le soir", "fluindione"),
        ("Doliprane 1g x3/j", "paracetamol"),
        ("Варфарин 2,5 мг 1 раз в день", "warfarin"),
        ("Haldol decanoate 100 mg im q4w", "haloperidol"),
        ("Concor 5 mg Filmtabletten", "bisoprolol"),
        ("MMR vaccine", "measles-mumps-and-rubella-vaccine-live"),
        ("BAY 59-7939", "rivaroxaban"),
    ],
)
def test_names_and_words_of_other_countries_are_read(library: Library, line: str, id: str) -> None:
    (drug,) = LineReader(library).drugs(line)
    assert drug["id"] == id


@pytest.mark.parametrize(
    ("line", "route", "way"),
    [
        ("calcium gluconate 10% iv", "systemic", "injected"),
        ("calcium carbonate 1.25 g tablets", "systemic", "oral"),
        ("morphine injection sc", "systemic", "injected"),
        ("diclofenac 75 mg suppository", "systemic", "rectal"),
        ("clotrimazole 500 mg vaginal tablet", "vaginal", None),
        ("tiotropium 18 microgram inhalation capsules", "inhaled", None),
    ],
)
def test_the_way_of_a_systemic_route_is_read(library: Library, line: str, route: str | None, way: str | None) -> None:
    (drug,) = LineReader(library).drugs(line)
    assert (drug.get("route"), drug.get("systemic_route")) == (route, way)


def test_trimethoprim_alone_is_not_the_combination_that_a_rule_means(run: Run) -> None:
    alone = run("interactions", "trimethoprim 200 mg bd", "citalopram", "--json")
    assert [pair for pair in alone.data["pairs"] if pair["action"] == "avoid"] == []
    assert "alone" in {note.get("left_out_for") for note in alone.data["notes"]}
    for whole in (["co-trimoxazole 960 mg bd"], ["sulfamethoxazole", "trimethoprim"]):
        assert run("interactions", *whole, "citalopram", "--json").data["pairs"][0]["action"] == "avoid"


def test_calcium_by_mouth_is_not_answered_as_if_it_were_injected(run: Run) -> None:
    actions = {
        line: run("interactions", "digoxin", line, "--json").data["pairs"][0]["action"]
        for line in (
            "calcium carbonate 1.25 g bd",
            "calcium gluconate tablets",
            "calcium gluconate",
            "calcium gluconate iv",
        )
    }
    assert list(actions.values()) == ["adjust", "adjust", "avoid", "avoid"]


def test_a_cream_is_not_taken_for_systemic_use(run: Run) -> None:
    outcome = run("interactions", "ketoconazole cream", "simvastatin", "--json")
    assert outcome.data["interactions"] == []
    assert {note["kind"] for note in outcome.data["notes"]} == {"exception"}
    assert "systemic use" in outcome.data["notes"][0]["statement"]
    both = run("interactions", "ketoconazole cream", "ketoconazole 200 mg tablets", "simvastatin", "--json")
    assert both.data["pairs"][0]["action"] == "avoid"


def test_eye_drops_of_a_beta_blocker_are_meant_by_the_thesaurus(run: Run) -> None:
    outcome = run("interactions", "timolol eye drops", "verapamil", "--json")
    assert (outcome.data["pairs"][0]["action"], outcome.data["pairs"][0]["by"]) == ("avoid", ["ansm"])


def test_a_batch_reads_lines_as_the_one_call_form_does(run: Run) -> None:
    lines = ("Augmentin 625 mg tds", "ketoconazole cream", "simvastatin 40 mg nocte", "warfarin stopped")
    stdin = '{"drugs": ["' + '", "'.join(lines) + '"]}\n'
    line = run("interactions", "-", "--format", "jsonl", stdin=stdin).json
    line["data"].pop("list")
    assert line == run("interactions", *lines, "--json").json
