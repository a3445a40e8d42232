"""mono search"""

from __future__ import annotations

import pytest

from conftest import Run


@pytest.mark.parametrize(
    ("words", "monograph"),
    [
        (["splenic rupture"], "imatinib-mesilate"),
        (["capillary", "leak"], "aldesleukin"),
        (["Гливек"], "imatinib-mesilate"),
        (["Martinez-Gonzalez"], "imatinib-mesilate"),
        (["cyanoaziridine"], "imexon"),
    ],
)
def test_hits(run: Run, words: list[str], monograph: str) -> None:
    outcome = run("search", *words, "--json")
    assert outcome.exit == 0
    assert outcome.data["total"] >= len(outcome.data["hits"]) > 0
    assert outcome.data["hits"][0]["monograph"] == monograph
    for hit in outcome.data["hits"]:
        assert {"monograph", "section", "title", "kind", "text", "source"} <= set(hit)


def test_uk_and_us_spelling_are_one(run: Run) -> None:
    texts = [
        [hit["text"] for hit in run("search", word, "--json").data["hits"]] for word in ("oedema", "edema", "ŒDEMA")
    ]
    assert texts[0] == texts[1] == texts[2] != []


def test_the_match_is_marked_without_colour(run: Run) -> None:
    assert "«splenic»" in run("search", "splenic").stdout.lower()


def test_nothing_found(run: Run) -> None:
    outcome = run("search", "unicorn", "--json")
    assert (outcome.exit, outcome.codes) == (1, ["nothing-found"])
    assert outcome.data == {"query": "unicorn", "hits": [], "total": 0}


def test_within_a_drug_and_of_a_kind(run: Run) -> None:
    hits = run("search", "novartis", "--kind", "reference", "--json").data["hits"]
    assert {hit["kind"] for hit in hits} == {"reference"}
    assert {hit["monograph"] for hit in run("search", "renal", "--in", "aldesleukin", "--json").data["hits"]} == {
        "aldesleukin"
    }
    assert run("search", "renal", "--in", "imatanib", "--json").codes == ["unknown-name"]
    assert run("search", "renal", "--kind", "joke", "--json").exit == 2


def test_a_limit_is_said(run: Run) -> None:
    outcome = run("search", "imatinib", "--limit", "2", "--json")
    assert len(outcome.data["hits"]) == 2
    assert outcome.codes == ["more-hits"]
    everything = run("search", "imatinib", "--limit", "0", "--json")
    assert len(everything.data["hits"]) == everything.data["total"] == outcome.data["total"]
    assert run("search", "imatinib", "--limit", "-1", "--json").exit == 2


def test_a_query_that_is_too_long(run: Run) -> None:
    outcome = run("search", " ".join(f"w{i}" for i in range(2000)), "--json")
    assert (outcome.exit, outcome.codes) == (2, ["query-too-long"])
    assert run("search", "a " * 5000, "--json").exit in (0, 1)


@pytest.mark.parametrize("word", ["fatal", "fatalities", "died", "death"])
def test_every_statement_on_deaths_is_found_by_any_word_for_them(run: Run, word: str) -> None:
    hits = run("search", word, "--kind", "statement", "--json").json["data"]["hits"]
    assert len(hits) == 5
    assert any("fluid retention" in hit["text"] for hit in hits)


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["warfarin"], "mono interactions warfarin"),
        (["warfarine"], "spelt nearly so"),
        (["xyzzy"], "fewer or other words"),
        (["ketoconazole", "--in", "imexon"], "Without --in and --kind there are 2 hits"),
    ],
)
def test_nothing_found_says_what_to_do(run: Run, argv: list[str], told: str) -> None:
    outcome = run("search", *argv, "--json")
    assert outcome.exit == 1
    assert told in outcome.json["errors"][0]["hint"]
