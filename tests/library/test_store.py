"""The compiled library, read by key."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import tiny
from monocli.library import opening, store
from monocli.library.kinds import AGENTS, CARDS, CLASSES, COUNTRIES, ENZYMES, MONOGRAPHS, Kind
from monocli.library.store import Library


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled tiny library."""
    places = tiny.places_of(tmp_path_factory.mktemp("tiny"))
    opening.open_library(places)
    return tiny.compiled(places)


@pytest.fixture
def small(compiled: Path) -> Library:
    """The tiny library, opened."""
    pack = store.open_file(compiled)
    assert pack is not None
    return Library(pack)


def test_records_are_read_by_kind_and_id(small: Library) -> None:
    record = small.document(MONOGRAPHS, "betakin")
    assert record is not None
    assert record["title"] == "Betakin"
    assert small.document(MONOGRAPHS, "Betakin") is None
    assert small.document(AGENTS, "betakin") is None
    assert small.ids(MONOGRAPHS) == ["alphatinib-mesilate", "betakin"]
    assert [record["id"] for record in small.documents(MONOGRAPHS)] == small.ids(MONOGRAPHS)
    assert small.documents(Kind[object]("nothing")) == []


def test_lists_are_read_by_id(small: Library) -> None:
    assert small.ids(AGENTS) == ["ketonazole"]
    assert small.ids(CLASSES) == ["azoles"]
    assert [enzyme["aliases"] for enzyme in small.documents(ENZYMES)] == [["CYP3A4"]]
    assert small.ids(COUNTRIES) == ["FR", "IN"]
    assert [word["id"] for word in small.vocabulary("name_kinds")][:2] == ["title", "BAN"]
    assert small.vocabulary("no_such_list") == []


def test_a_card_has_the_sections_without_their_text(small: Library) -> None:
    card = small.document(CARDS, "alphatinib-mesilate")
    assert card is not None
    assert card["sections"] == [
        {"id": "uses", "title": "Uses"},
        {"id": "uses-in-the-heart", "title": "Uses in the heart"},
    ]
    assert "statements" not in str(card)


def test_what_the_library_says_of_itself(small: Library) -> None:
    assert small.edition == "1"
    assert small.source_ids == ["book", "label"]
    assert len(small.fingerprint) == 32


def test_the_library_cannot_be_written(small: Library) -> None:
    with pytest.raises(sqlite3.OperationalError):
        small.rows("DELETE FROM document")


def test_a_name_is_read_through_an_index(small: Library) -> None:
    for sql, index in (
        ("SELECT kind FROM name WHERE key = 'a' ORDER BY rank", "name_key"),
        ("SELECT body FROM document WHERE kind = 'a' AND id = 'b'", "PRIMARY KEY"),
    ):
        (*_, plan) = small.rows(f"EXPLAIN QUERY PLAN {sql}")[0]
        assert index in plan
        assert plan.startswith("SEARCH")


def test_another_fingerprint_is_another_library(compiled: Path, small: Library) -> None:
    assert store.open_file(compiled, small.fingerprint) is not None
    assert store.open_file(compiled, "other") is None
    assert store.open_file(compiled.parent / "missing") is None
    assert store.open_file(compiled.parent) is None
