"""The tables of substances: a pack of their own beside the library, and what is wrong with a row is told."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from monocli.library import tables
from monocli.library.kinds import AGENTS, CARDS, SUBSTANCES
from monocli.library.pack import Pack
from monocli.library.readings import FoundName
from monocli.library.resolving import Ambiguous, find, resolve
from monocli.library.store import Library

TABLES = {
    "substances": "id,name,kind,drugbank,cas,unii,inchikey,rxcui,source\n"
    "alphamine,Alphamine,substance,DB0001,50-00-0,AAAA1,,11,list\n"
    "betamine,Betamine,substance,DB0002,,BBBB2,,12,list\n",
    "combinations": "id,name,components,source\n"
    "alphamine-with-betamine,Alphamine with Betamine,alphamine betamine,list\n",
    "synonyms": "id,name,kind,source\nalphamine,Twin,synonym,list\nbetamine,Twin,synonym,list\n"
    "alphamine,Betamine,synonym,list\nalphamine,AM-12,code,list\n",
    "brands": "name,of,country,source\nBoth,alphamine-with-betamine,US,shop\nBoth,alphamine-with-betamine,GB,shop\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def opened(folder: Path) -> Library:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    tables.fill(connection, folder, "test")
    return Library(Pack(connection))


def found(library: Library, name: str) -> str | None:
    drug = find(library, name)
    return drug.id if isinstance(drug, FoundName) else None


def test_a_substance_is_found_by_its_names_and_numbers(folder: Path) -> None:
    library = opened(folder)
    for name in ("Alphamine", "alphamine", "AAAA1", "RxCUI 11", "DB0001", "AM-12"):
        assert found(library, name) == "alphamine", name
    brand = find(library, "both")
    assert isinstance(brand, FoundName)
    assert (brand.id, brand.matched.get("countries")) == ("alphamine-with-betamine", ["GB", "US"])
    assert found(library, "betamine + alphamine") == "alphamine-with-betamine"


def test_a_name_of_two_substances_is_a_question_back(folder: Path) -> None:
    library = opened(folder)
    twin = find(library, "twin")
    assert isinstance(twin, Ambiguous)
    assert [choice["id"] for choice in twin.choices] == ["alphamine", "betamine"]
    assert resolve(library, "Twin")["id"] is None
    assert resolve(library, "Twin").get("ambiguous")


def test_the_proper_name_of_one_is_not_taken_by_a_synonym_of_another(folder: Path) -> None:
    assert found(opened(folder), "Betamine") == "betamine"


@pytest.mark.parametrize(
    ("table", "row", "fault"),
    [
        ("substances", "alphamine,Again,substance,,,,,,list\n", "two rows have the id 'alphamine'"),
        ("substances", "gammamine,Gammamine\n", "expected the columns"),
        ("substances", "gammamine,--,substance,,,,,,list\n", "a letter or a digit"),
        ("synonyms", "nobody,Name,synonym,list\n", "there is no substance 'nobody'"),
        ("brands", "Name,alphamine,US,list,more\n", "expected the columns"),
    ],
)
def test_a_bad_row_is_told_with_its_line(folder: Path, table: str, row: str, fault: str) -> None:
    path = folder / f"{table}.csv"
    path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")
    (problem,) = tables.problems(folder, "data/substances")
    assert fault in problem.message
    assert (problem.file, problem.code) == (f"data/substances/{table}.csv", "bad-table")
    assert problem.line == len(path.read_text(encoding="utf-8").splitlines())


def test_every_part_and_every_brand_of_the_library_leads_to_a_drug(library: Library) -> None:
    folder = Path(__file__).parents[2] / "data" / "substances"
    drugs = {*library.ids(AGENTS), *library.ids(SUBSTANCES), *library.ids(CARDS)}
    for row in tables.read(folder, "combinations"):
        assert set(row["components"].split()) <= drugs, row
    for row in tables.read(folder, "brands"):
        assert row["of"] in drugs, row
    sources = set(library.source_ids)
    for name in ("substances", "combinations", "synonyms", "brands"):
        assert {row["source"] for row in tables.read(folder, name)} <= sources


def test_no_table_claims_a_name_of_the_library_for_another_drug(library: Library) -> None:
    """The library's own names come first; a claim of the tables on one of them would never be seen."""
    own, beside = library.packs
    keys = {key for (key,) in beside.rows("SELECT DISTINCT key FROM name WHERE rank = 0")}
    clashes = []
    for key in keys:
        mine, theirs = own.named(key), beside.named(key)
        if mine and {claim[1] for claim in mine}.isdisjoint(claim[1] for claim in theirs):
            clashes.append((key, mine[0][1], theirs[0][1]))
    assert not clashes
