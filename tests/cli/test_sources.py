"""mono sources"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from conftest import Run
from monocli.engine.cited import OWN
from monocli.library.kinds import (
    AGENTS,
    BODY,
    CALCULATIONS,
    CLASSES,
    COMPATIBILITY,
    DOSES,
    DOUBLED,
    ENZYME_FILES,
    FORMULAS,
    MEASURES,
    MONOGRAPHS,
    PARTIES,
    RULES,
    SOURCES,
    UNITS,
    Kind,
)
from monocli.library.store import Library


def test_what_is_told_of_a_source(run: Run) -> None:
    outcome = run("sources", "ansm", "--json")
    (source,) = outcome.data["sources"]
    assert (outcome.exit, outcome.data["total"]) == (0, 1)
    assert source["title"] == "Thesaurus des interactions médicamenteuses"
    assert (source["edition"], source["date"]) == ("15 September 2023", "2023-09-15")
    assert "no open licence" in source["licence"]
    assert "interactions" in source["used_for"]
    assert [level["id"] for level in source["levels"]] == ["CI", "ASDEC", "PE", "APEC"]


def test_every_source_says_what_it_is_used_for_and_what_is_known_of_its_licence(run: Run) -> None:
    outcome = run("sources", "--json")
    assert outcome.data["total"] == len(outcome.data["sources"]) > 70
    for source in outcome.data["sources"]:
        assert source["title"], source["id"]
        assert source["licence"], source["id"]
        assert source["used_for"], source["id"]


@pytest.mark.parametrize(
    "argv",
    [
        ("lookup", "Glivec", "trazodone", "co-codamol"),
        ("show", "imatinib", "--all"),
        ("interactions", "warfarin", "ibuprofen", "sertraline", "tramadol"),
        ("interactions", "aldesleukin"),
        ("compat", "aldesleukin", "lorazepam"),
        ("units", "18e6"),
        ("dose", "imatinib", "-i", "gist"),
        ("brands", "imatinib"),
        ("search", "rash"),
    ],
)
def test_every_id_that_an_answer_names_is_told(run: Run, argv: tuple[str, ...]) -> None:
    named = run(*argv, "--json").json["library"]["sources"]
    outcome = run("sources", *named, "--json")
    assert (outcome.exit, [source["id"] for source in outcome.data["sources"]]) == (0, named)


def test_ids_in_the_order_asked_for_each_once_in_any_case(run: Run) -> None:
    outcome = run("sources", "FDA-CYP", "ansm", " fda-cyp ", "--json")
    assert [source["id"] for source in outcome.data["sources"]] == ["fda-cyp", "ansm"]


def test_an_unknown_id_is_refused_with_what_it_may_have_been(run: Run) -> None:
    outcome = run("sources", "ansn", "--json")
    assert (outcome.exit, outcome.codes, outcome.data) == (1, ["unknown-source"], {"sources": [], "total": 0})
    (suggested,) = outcome.json["errors"][0]["suggestions"]
    assert suggested == {"id": "ansm", "title": "Thesaurus des interactions médicamenteuses"}
    assert "suggestions" not in run("sources", "xyzzy", "--json").json["errors"][0]
    assert run("sources", "\x1b[31m", "--json").exit == 1


def test_a_word_of_the_title_suggests(run: Run) -> None:
    (error,) = run("sources", "martindale", "--json").json["errors"]
    assert [item["id"] for item in error["suggestions"]] == ["martindale-2009"]


def test_the_known_are_told_beside_the_unknown(run: Run) -> None:
    outcome = run("sources", "ansm", "xyzzy", "--json")
    assert (outcome.exit, outcome.json["status"], outcome.codes) == (1, "partial", ["unknown-source"])
    assert [source["id"] for source in outcome.data["sources"]] == ["ansm"]


def test_the_other_formats(run: Run) -> None:
    (row,) = csv.DictReader(io.StringIO(run("sources", "ansm", "-f", "csv").stdout))
    assert (row["id"], row["date"], row["printed"]) == ("ansm", "2023-09-15", "")
    assert "APEC (take into account) = note" in row["levels"]
    assert "licence" in run("sources", "ansm", "-f", "md").stdout
    table = run("sources").stdout
    ids = [source["id"] for source in json.loads(run("sources", "--json").stdout)["data"]["sources"]]
    assert all(id in table for id in ids)


def source_ids(value: object) -> Iterator[str]:
    """Every id of a source in a record, under whichever key one stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and (key == "source" or key.endswith("_source")):
                yield inner
            else:
                yield from source_ids(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from source_ids(inner)


def test_every_id_in_the_data_can_be_asked_for(library: Library) -> None:
    kinds: list[Kind[Any]] = [MONOGRAPHS, AGENTS, CLASSES, PARTIES, RULES, DOSES, COMPATIBILITY, UNITS, MEASURES]
    kinds += [CALCULATIONS, FORMULAS, BODY, ENZYME_FILES, DOUBLED]
    named = {id for kind in kinds for record in library.documents(kind) for id in source_ids(record)}
    known = {source["id"] for source in library.documents(SOURCES)}
    assert len(named) > 100
    assert {id for id in named if id} - known == set()
    assert {OWN, "formula-arithmetic"} <= known
