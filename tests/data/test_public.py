"""Spot checks of the second layer: facts of public sources, each shown with its source beside what is printed."""

from __future__ import annotations

import pytest

from conftest import Run

PRINTED = "martindale-2009"


@pytest.mark.parametrize(
    ("number", "system", "id", "of"),
    [
        ("152459-95-5", "CAS", "imatinib-mesilate", "imatinib"),
        ("220127-57-1", "CAS", "imatinib-mesilate", "imatinib mesilate"),
        ("L01XE01", "ATC", "imatinib-mesilate", None),
        ("59643-91-3", "CAS", "imexon", "imexon"),
        ("110942-02-4", "CAS", "aldesleukin", "aldesleukin"),
        ("L03AC01", "ATC", "aldesleukin", "aldesleukin"),
        ("QL03AC01", "ATCvet", "aldesleukin", "aldesleukin"),
    ],
)
def test_a_printed_number(run: Run, number: str, system: str, id: str, of: str | None) -> None:
    (result,) = run("lookup", number, "--json").data["results"]
    matched = result["matched"]
    assert (result["monograph"]["id"], matched["kind"], matched.get("of"), matched["source"]) == (
        id,
        system,
        of,
        PRINTED,
    )


@pytest.mark.parametrize(
    ("number", "system", "id", "of"),
    [
        ("BKJ8M8G5HI", "UNII", "imatinib-mesilate", "imatinib"),
        ("8A1O1M485B", "UNII", "imatinib-mesilate", "imatinib mesilate"),
        ("282388", "RxCUI", "imatinib-mesilate", "imatinib"),
        ("284924", "RxCUI", "imatinib-mesilate", "imatinib mesilate"),
        ("DB00619", "DrugBank", "imatinib-mesilate", "imatinib"),
        ("L01EA01", "ATC", "imatinib-mesilate", "imatinib"),
        ("PubChem 5291", "PubChem", "imatinib-mesilate", "imatinib"),
        ("CHEMBL941", "ChEMBL", "imatinib-mesilate", "imatinib"),
        ("CHEMBL1642", "ChEMBL", "imatinib-mesilate", "imatinib mesilate"),
        ("KTUFNOKKBVMGRW-UHFFFAOYSA-N", "InChIKey", "imatinib-mesilate", "imatinib"),
        ("NDA021588", "NDA", "imatinib-mesilate", "imatinib mesilate"),
        ("8F63U28T2V", "UNII", "imexon", None),
        ("DB05003", "DrugBank", "imexon", None),
        ("BIXBBIPTYBJTRY-UHFFFAOYSA-N", "InChIKey", "imexon", None),
        ("M89N0Q7EQR", "UNII", "aldesleukin", None),
        ("RxCUI 70223", "RxCUI", "aldesleukin", None),
        ("DB00041", "DrugBank", "aldesleukin", None),
    ],
)
def test_a_public_number_is_shown_with_its_own_source(
    run: Run, number: str, system: str, id: str, of: str | None
) -> None:
    outcome = run("lookup", number, "--json")
    (result,) = outcome.data["results"]
    matched = result["matched"]
    assert (result["monograph"]["id"], matched["kind"]) == (id, system)
    assert matched.get("of", of) == of or of is None
    assert matched["source"] != PRINTED
    assert matched["source"] in outcome.json["library"]["sources"]


def test_the_printed_and_the_later_code_stand_side_by_side(run: Run) -> None:
    (result,) = run("lookup", "imatinib", "--json").data["results"]
    codes = {i["value"]: i["source"] for i in result["monograph"]["identifiers"] if i["system"] == "ATC"}
    assert codes["L01XE01"] == PRINTED
    assert codes["L01EA01"] not in (PRINTED, None)


@pytest.mark.parametrize("number", ["136279-32-8", "H5ZRB188EI", "DB15389", "BG-8301"])
def test_numbers_of_what_is_only_mentioned_say_whose_they_are(run: Run, number: str) -> None:
    (result,) = run("lookup", number, "--json").data["results"]
    assert result["monograph"]["id"] == "interleukin-2"
    assert result["matched"]["of"] == "teceleukin"


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [
        ("rifampicin", "rifampin", "13292-46-1"),
        ("paracetamol", "acetaminophen", "103-90-2"),
        ("indometacin", "indomethacin", "53-86-1"),
        ("ciclosporin", "cyclosporine", "59865-13-3"),
        ("levothyroxine", "L-thyroxine", "51-48-9"),
        ("St John’s wort", "Hypericum perforatum", "UFH8805FKA"),
        ("aciclovir", "acyclovir", "59277-89-3"),
        ("adrenaline", "epinephrine", "51-43-4"),
        ("phenobarbital", "phenobarbitone", "50-06-6"),
        ("furosemide", "frusemide", "54-31-9"),
    ],
)
def test_names_of_one_partner(run: Run, one: str, other: str, number: str) -> None:
    results = run("lookup", one, other, number, "--json").data["results"]
    assert {result["status"] for result in results} == {"agent"}
    assert len({result["agent"]["id"] for result in results}) == 1


def test_every_source_of_an_answer_is_a_source_of_the_library(run: Run) -> None:
    outcome = run("lookup", "imatinib", "imexon", "interleukin-2", "aldesleukin", "--json")
    known = set(outcome.json["library"]["sources"])
    for result in outcome.data["results"]:
        assert set(result["monograph"]["sources"]) <= known
