"""Names, codes and combinations as people write them, held against the library; and names that must lead nowhere."""

from __future__ import annotations

import random

import pytest

from conftest import Run
from monocli.engine.names import normalise
from monocli.library.readings import ALL_KINDS, FoundName
from monocli.library.resolving import find, near_match
from monocli.library.store import Library
from monocli.library.suggesting import suggest

WRITTEN = {
    "CAS 220127-57-1": "imatinib-mesilate",
    "CAS: 152459-95-5": "imatinib-mesilate",
    "ATC L01XE01": "imatinib-mesilate",
    "ATC code L01EA01": "imatinib-mesilate",
    "Code ATC L01EA01": "imatinib-mesilate",
    "ATCL01EA01": "imatinib-mesilate",
    "RXCUI=282388": "imatinib-mesilate",
    "L01XX28": "imatinib-mesilate",
    "UNII 8A1O1M485B": "imatinib-mesilate",
    "DrugBank DB00619": "imatinib-mesilate",
    "RxCUI 282388": "imatinib-mesilate",
    "NSC-716051": "imatinib-mesilate",
    "NSC 714597": "imexon",
    "mesilate d imatinib": "imatinib-mesilate",
    "mesilate d'imatinib": "imatinib-mesilate",
    "mesylate d'imatinib": "imatinib-mesilate",
    "imatinib methanesulphonate": "imatinib-mesilate",
    "Imatinib (as mesilate)": "imatinib-mesilate",
    "metoprolol (as tartrate)": "metoprolol",
    "amlodipine (besylate)": "amlodipine",
    "phenytoin sodium": "phenytoin",
    "warfarin sodium": "warfarin",
    "dexamethasone sodium phosphate": "dexamethasone",
    "St Johns wort": "st-johns-wort",
    "ritonavir/lopinavir": "lopinavir-and-ritonavir",
    "lopinavir-ritonavir": "lopinavir-and-ritonavir",
    "ritonavir + lopinavir": "lopinavir-and-ritonavir",
    "azoles": "azole-antifungal",
    "PPIs": "proton-pump-inhibitor",
    "steroids": "corticosteroid",
}


@pytest.mark.parametrize("typed", WRITTEN)
def test_a_name_as_written(library: Library, typed: str) -> None:
    found = find(library, typed)
    assert isinstance(found, FoundName)
    assert found.id == WRITTEN[typed]


@pytest.mark.parametrize(
    "typed",
    ["CAS 282388", "ATC 220127-57-1", "UNII DB00619", "sodium", "D mesilate", "sodium phosphate", "imatinib sodium",
     "imatinib (as hydrochloride)", "imatinib (base)", "lopinavir (as ritonavir)",
     "warfarin sodium lopinavir", "ritonavir/xyzzy", "NSC", "CAS"],
)  # fmt: skip
def test_a_name_that_leads_nowhere(library: Library, typed: str) -> None:
    assert find(library, typed) is None


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("morphine", "metformin"),
        ("haloperidol", "allopurinol"),
        ("co-trimoxazole", "clotrimazole"),
        ("hydralazine", "hydroxyzine"),
        ("interleukin-12", "interleukin-2"),
        ("IL-12", "interleukin-2"),
        ("penicillin V", "benzylpenicillin"),
        ("polymyxin B", "colistin"),
    ],
)
def test_a_name_that_only_sounds_alike_is_not_suggested(library: Library, typed: str, other: str) -> None:
    for distant in (False, True):
        assert other not in {suggestion["id"] for suggestion in suggest(library, typed, distant=distant)}


def test_the_beginning_of_many_names_is_a_suggestion_of_none(library: Library) -> None:
    assert suggest(library, "acid") == []
    assert {suggestion["id"] for suggestion in suggest(library, "phenobarb")} == {
        "phenobarbital",
        "phenobarbital-primidone",
    }


@pytest.mark.parametrize(
    "typed",
    ["interleucin", "heparinz", "luoxetine", "imatini", "imatinibs x", "Polymyxin B", "Penicillin V", "Nebramycin X"],
)
def test_fuzzy_takes_nothing_that_is_in_doubt(library: Library, typed: str) -> None:
    assert near_match(library, typed, ("monograph", "agent")) is None


@pytest.mark.long
def test_fuzzy_never_takes_another_drug(library: Library) -> None:
    """Two random slips in any name of the library lead to that drug or nowhere."""
    held: dict[str, set[tuple[str, str]]] = {}
    for key, kind, target in library.rows("SELECT key, kind, target FROM name"):
        held.setdefault(key, set()).add((kind, target))
    words = sorted(key for key in held if key.isalpha() and len(key) > 4)
    chance = random.Random(20261126)
    for _ in range(1500):
        word = chance.choice(words)
        typed = _slip(_slip(word, chance), chance)
        found = near_match(library, typed, ALL_KINDS) if normalise(typed) not in held else None
        assert found is None or {(found.kind, found.id)} == held[word], (word, typed)


def _slip(word: str, chance: random.Random) -> str:
    at, letter = chance.randrange(len(word)), chance.choice("abcdefghijklmnopqrstuvwxyz")
    kind = chance.randrange(4)
    rest = word[at + 1 :]
    return word[:at] + (rest, letter + word[at:], letter + rest, rest[:1] + word[at] + rest[1:])[kind]


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ("Plavix", ["clopidogrel"]),
        ("Depakote", ["valproic-acid"]),
        ("divalproex sodium", ["valproic-acid"]),
        ("K-Dur", ["potassium-chloride"]),
        ("GTN", ["glyceryl-trinitrate"]),
        ("perindopril arginine", ["perindopril"]),
        ("Rocephin", ["ceftriaxone"]),
        ("Hydrea", ["hydroxycarbamide"]),
        ("Advair", ["fluticasone-propionate", "salmeterol"]),
        ("salmeterol + fluticasone", ["fluticasone", "salmeterol"]),
        ("emtricitabine/tenofovir", ["emtricitabine", "tenofovir"]),
        ("Microgynon", ["ethinylestradiol", "levonorgestrel"]),
    ],
)
def test_names_that_once_were_missing(run: Run, written: str, ids: list[str]) -> None:
    asked = run("interactions", written, "--json").data["drugs"]
    assert [drug["id"] for drug in asked] == ids


@pytest.mark.parametrize("written", ["inh", "bal", "tham", "acth", "tral"])
def test_short_words_of_a_chart_are_no_brand(run: Run, written: str) -> None:
    """Drugs@FDA has products of these names; on a ward "inh" is more often inhaled."""
    (result,) = run("lookup", written, "--json").data["results"]
    assert result["matched"] is None or result["matched"]["kind"] != "brand"


@pytest.mark.parametrize(
    ("line", "choices"),
    [
        # The capsule is fluconazole, the cream and the pessary are clotrimazole.
        ("Canesten", {"clotrimazole", "fluconazole"}),
        # Lists mean the hydrobromide or the butylbromide by it.
        ("hyoscine 20 mg qds", {"scopolamine", "butylscopolamine"}),
    ],
)
def test_a_name_of_two_drugs_is_asked_back(run: Run, line: str, choices: set[str]) -> None:
    answer = run("interactions", line, "warfarin", "--json")
    (error,) = answer.json["errors"]
    assert error["code"] == "ambiguous-name"
    assert {choice["id"] for choice in error["suggestions"]} == choices
    assert answer.data["not_checked"] == [line]
