"""Full text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tiny
from monocli.library.folding import WORD, Folding
from monocli.library.opening import open_library
from monocli.library.searching import MOST_WORDS, passages
from monocli.library.store import Library
from monocli.records.library import SearchForms, SpellingPair

PAIRS: list[SpellingPair] = [
    {"uk": "oedema", "us": "edema"},
    {"uk": "haem", "us": "hem"},
    {"uk": "oesophag", "us": "esophag"},
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The tiny library."""
    return open_library(tiny.places_of(tmp_path_factory.mktemp("tiny")))


def hits(
    library: Library,
    *words: str,
    kinds: list[str] | None = None,
    monograph: str | None = None,
    limit: int | None = None,
) -> Any:
    return passages(library, list(words), kinds=kinds or [], monograph=monograph, limit=limit)["hits"]


def marked(library: Library, *words: str) -> list[list[str]]:
    return [[hit["text"][begin:end] for begin, end in hit["matches"]] for hit in hits(library, *words)]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("edema", ["Oedema"]),
        ("OEDEMA", ["Oedema"]),
        ("hemorrhage", ["Haemorrhage"]),
        ("martinez", ["Martínez"]),
        ("Martinez-Gonzalez", ["Martínez", "González"]),
        ("alpha interferon", ["α", "interferon"]),
        ("α-interferon", ["α", "interferon"]),
        ("hands oedema", ["Oedema", "hands"]),
        ("daltons 000", ["000", "daltons"]),
        ("15000 daltons", ["15", "000", "daltons"]),
        ("15,000", ["15", "000"]),
        ("oedemas", ["Oedema"]),
    ],
)
def test_accents_case_greek_and_spelling_make_no_difference(small: Library, query: str, words: list[str]) -> None:
    assert marked(small, query)[0] == words


def test_words_may_come_in_one_argument_or_in_several(small: Library) -> None:
    assert hits(small, "oedema hands") == hits(small, "oedema", "hands") != []


def test_every_word_must_stand_in_the_passage(small: Library) -> None:
    assert hits(small, "oedema", "daltons") == []
    assert hits(small, "oedematous") == []


def test_hits_say_where_they_stand_and_from_which_source(small: Library) -> None:
    (hit,) = hits(small, "daltons")
    assert hit == {
        "monograph": "betakin",
        "section": "profile",
        "title": "Profile",
        "kind": "statement",
        "text": "A protein of 15 000 daltons.",
        "matches": [[20, 27]],
        "references": [],
        "source": "book",
    }


@pytest.mark.parametrize(
    ("query", "kind", "more"),
    [
        ("nunez", "reference", {"reference": 1, "section": "uses"}),
        ("Alphatinib Mesylate", "name", {"section": None}),
        ("152459-95-5", "identifier", {"text": "CAS 152459-95-5"}),
        ("Альфавек", "brand", {"country": "IN"}),
        ("heart", "section", {"section": "uses-in-the-heart"}),
    ],
)
def test_names_numbers_brands_titles_and_literature_are_found(
    small: Library, query: str, kind: str, more: dict[str, Any]
) -> None:
    (hit,) = hits(small, query, kinds=[kind])
    assert hit["kind"] == kind
    assert {key: hit[key] for key in more} == more
    assert hits(small, query, kinds=["statement"] if kind != "statement" else ["name"]) != [hit]


def test_search_within_one_monograph(small: Library) -> None:
    assert hits(small, "profile", monograph="alphatinib-mesilate") == []
    assert len(hits(small, "profile", monograph="betakin")) == 1


def test_a_limit_cuts_the_hits_and_not_the_total(small: Library) -> None:
    found = passages(small, ["alphatinib"], kinds=[], monograph=None, limit=1)
    assert len(found["hits"]) == 1
    assert found["total"] == len(hits(small, "alphatinib")) > 1


@pytest.mark.parametrize("query", ['"', "'", "*", "-", "^", "()", "", " ", "\0", "…", "\u200b", "×", "\ud800"])
def test_a_query_without_words_finds_nothing(small: Library, query: str) -> None:
    assert passages(small, [query], kinds=[], monograph=None, limit=None)["total"] == 0


@pytest.mark.parametrize(
    ("query", "plain"),
    [
        ('"daltons"', "daltons"),
        ("daltons*", "daltons"),
        ("-daltons", "daltons"),
        ("^daltons", "daltons"),
        ("{folded}: daltons", None),
        ("folded:daltons", None),
        ("NEAR(protein daltons)", None),
        ("protein NOT daltons", None),
        ("protein OR oedema", None),
        ("dal*", None),
        ("'; DROP TABLE passage; --", None),
    ],
)
def test_the_index_never_reads_the_query_as_its_own_language(small: Library, query: str, plain: str | None) -> None:
    assert hits(small, query) == (hits(small, plain) if plain else [])


@pytest.mark.parametrize("query", ["שלום", "สวัสดี", "हिन्दी", "日本", "ελλάδα", "ͺ", "x", "u0"])
def test_other_scripts_do_not_find_one_another(small: Library, query: str) -> None:
    assert hits(small, query) == []


def test_more_words_than_the_index_takes_find_nothing(small: Library) -> None:
    assert hits(small, *(f"w{i}" for i in range(MOST_WORDS * 50))) == []
    assert len(hits(small, "daltons " * 5000)) == 1


@given(st.text(st.characters(codec=None), max_size=80))
def test_any_text_may_be_searched_for(small: Library, text: str) -> None:
    for hit in hits(small, text):
        assert hit["matches"]
        assert all(0 <= begin < end <= len(hit["text"]) for begin, end in hit["matches"])


@given(st.text(max_size=80))
def test_folding_keeps_words_in_step(text: str) -> None:
    folding = Folding(PAIRS)
    words = [match.group() for match in WORD.finditer(text)]
    folded = folding.text(text).split(" ") if words else []
    assert folded == [folding.word(word) for word in words]
    assert all(word.isalnum() for word in folded)
    assert [text[begin:end] for begin, end in folding.spans(text, range(len(words)))] == words


@pytest.mark.parametrize(
    ("one", "other"), [("oesophageal", "esophageal"), ("Oedematous", "edematous"), ("Anaemia", "anemia"), ("½", "1⁄2")]
)
def test_spellings(one: str, other: str) -> None:
    folding = Folding([*PAIRS, {"uk": "anaem", "us": "anem"}])
    assert folding.text(one).replace(" ", "") == folding.text(other).replace(" ", "")


@given(st.text(alphabet="שלוםabcहिन्दี日本ж ", max_size=20))
def test_what_was_indexed_is_found_again_whatever_its_script(text: str) -> None:
    import sqlite3

    folded = Folding([]).text(text)
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(a, tokenize='unicode61 remove_diacritics 0')")
    connection.execute("INSERT INTO t VALUES (?)", (folded,))
    for word in folded.split():
        assert connection.execute("SELECT count(*) FROM t WHERE t MATCH ?", (f'"{word}"',)).fetchone() == (1,)
    connection.close()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fatality", "fatal"),
        ("fatalities", "fatal"),
        ("died", "fatality"),
        ("deaths", "fatal"),
        ("childs", "children"),
        ("infected", "infections"),
        ("infecting", "infection"),
        ("corticosteroid", "corticosteroids"),
        ("John's", "Johns"),
        ("severely", "severe"),
    ],
)
def test_the_forms_of_a_word_are_one(one: str, other: str) -> None:
    forms: list[SearchForms] = [{"word": "fatal", "forms": ["died", "death"]}, {"word": "child", "forms": ["children"]}]
    folding = Folding(PAIRS, forms)
    assert folding.text(one) == folding.text(other)


@pytest.mark.parametrize(("one", "other"), [("L01XE01", "L01XE02"), ("dose", "dosed1"), ("alfa-2a", "alfa-2b")])
def test_codes_and_numbers_have_no_forms(one: str, other: str) -> None:
    assert Folding([]).text(one) != Folding([]).text(other)
