"""Finding sections, and what is shown of them."""

from __future__ import annotations

import pytest

from monocli.engine.answers import Answer, Refusal
from monocli.engine.monographs import cited_numbers, effect_groups, find_sections, references, show, walk
from monocli.engine.names import normalise
from monocli.records.library import Word
from monocli.records.monograph import MonographFile, Reference, Section
from monocli.records.words import Grouping
from told import told


def words(text: str) -> str:
    return " ".join(normalise(text).replace(",", "").split())


STANDARD: list[Word] = [
    {"id": "uses", "title": "Uses and Administration", "aliases": ["used for"]},
    {"id": "interactions", "title": "Interactions"},
    {"id": "precautions", "title": "Precautions"},
    {"id": "adverse-effects", "title": "Adverse Effects", "aliases": ["side effects", "toxicity"]},
]
REFERENCES: list[Reference] = [
    {"number": number, "authors": "A", "title": "T", "journal": "J", "source": "book"} for number in (1, 2)
]
MONOGRAPH: MonographFile = {
    "id": "drug",
    "title": "Drug",
    "source": "book",
    "pointers": [
        {"section": "precautions", "title": "Precautions of the class", "monograph": "other", "note": "Told there."}
    ],
    "not_in_source": [{"section": "interactions", "note": "nothing is printed"}],
    "sections": [
        {
            "id": "effects",
            "title": "Adverse Effects, Treatment",
            "source": "book",
            "statements": [
                {
                    "text": "a",
                    "references": [2],
                    "effects": [{"effect": "rash", "system": "skin"}],
                    "frequency": "rarely",
                    "source": "book",
                },
                {"text": "b", "effect": "arrest", "system": "heart", "fatal": "fatal cases", "source": "book"},
            ],
            "references": REFERENCES,
            "sections": [
                {
                    "id": "effects-on-the-heart",
                    "title": "Effects on the heart",
                    "source": "book",
                    "statements": [{"text": "c", "source": "book"}],
                }
            ],
        },
        {
            "id": "effects-on-the-skin",
            "title": "Effects on the skin",
            "subject": "kin",
            "source": "book",
            "statements": [{"text": "d", "source": "book"}],
        },
    ],
}


def ids(query: str) -> list[str]:
    found = find_sections(MONOGRAPH, query, STANDARD, words)
    assert not isinstance(found, Refusal), found
    return [section["id"] for section in found]


def code(query: str) -> str:
    found = find_sections(MONOGRAPH, query, STANDARD, words)
    assert isinstance(found, Refusal)
    return found.code


@pytest.mark.parametrize("query", ["heart", "precautions", "treatment", "effects on the heart"])
def test_a_section_of_another_source_stands_beside_and_hides_none(query: str) -> None:
    own: Section = {"id": query.replace(" ", "-"), "title": query.title(), "source": "own", "statements": []}
    both: MonographFile = {**MONOGRAPH, "sections": [own, *MONOGRAPH["sections"]]}
    found = find_sections(both, query, STANDARD, words)
    assert not isinstance(found, Refusal)
    assert [(s["id"], s["source"]) for s in found] == [*((id, "book") for id in ids(query)), (own["id"], "own")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("effects-on-the-heart", ["effects-on-the-heart"]),
        ("EFFECTS ON THE HEART", ["effects-on-the-heart"]),
        ("heart", ["effects-on-the-heart"]),
        ("treatment", ["effects"]),
        ("adverse effects", ["effects"]),
        ("effects", ["effects"]),
        ("effects on", ["effects-on-the-heart", "effects-on-the-skin"]),
        ("class", ["precautions"]),
        ("precautions", ["precautions"]),
        # Another word for a section ends where its name ends, though the title joins it with a second one.
        ("side effects", ["effects"]),
        ("toxicity", ["effects"]),
    ],
)
def test_a_section_is_found_by_id_title_or_plain_words(query: str, found: list[str]) -> None:
    assert ids(query) == found


@pytest.mark.parametrize(
    ("query", "refused"),
    [
        ("interactions", "section-not-in-source"),
        ("Uses and Administration", "section-not-in-source"),
        ("used for", "section-not-in-source"),
        ("bones", "unknown-section"),
        ("", "unknown-section"),
        ("   ", "unknown-section"),
        ("hear", "unknown-section"),
        ("e", "unknown-section"),
        ("las", "unknown-section"),
        ("\x1b[31m", "unknown-section"),
    ],
)
def test_what_is_not_there_is_refused_with_the_reason(query: str, refused: str) -> None:
    assert code(query) == refused


def test_a_missing_standard_section_says_why() -> None:
    found = find_sections(MONOGRAPH, "interactions", STANDARD, words)
    assert isinstance(found, Refusal)
    assert "nothing is printed" in found.message


def test_an_unknown_section_offers_those_there_are() -> None:
    found = find_sections(MONOGRAPH, "bones", STANDARD, words)
    assert isinstance(found, Refusal)
    assert {item["id"] for item in told(found.suggestions)} == {section["id"] for section in walk(MONOGRAPH)}


def test_a_pointer_says_where_the_section_is_held() -> None:
    answer = show(MONOGRAPH, ["precautions"], STANDARD, words)
    assert isinstance(answer, Answer)
    (see,) = answer.data["sections"][0]["see"]
    assert (see["monograph"], see["section"]) == ("other", "precautions")


def test_a_pointer_is_found_by_another_word_for_a_part_of_its_title() -> None:
    pointing: MonographFile = {
        "id": "drug",
        "title": "Drug",
        "source": "book",
        "pointers": [
            {"section": "toxic", "title": "Adverse Effects and Treatment", "monograph": "other", "note": "There."}
        ],
        "sections": [],
    }
    answer = show(pointing, ["side effects"], STANDARD, words)
    assert isinstance(answer, Answer)
    assert [section["title"] for section in answer.data["sections"]] == ["Adverse Effects and Treatment"]


def test_everything_is_shown_without_a_section() -> None:
    answer = show(MONOGRAPH, [], STANDARD, words)
    assert isinstance(answer, Answer)
    assert [section["id"] for section in answer.data["sections"]] == ["effects", "effects-on-the-skin"]
    assert answer.data["not_in_source"] == MONOGRAPH["not_in_source"]


def test_every_shown_section_has_every_key() -> None:
    answer = show(MONOGRAPH, [], STANDARD, words)
    assert isinstance(answer, Answer)
    sections = [*answer.data["sections"], *(inner for outer in answer.data["sections"] for inner in outer["sections"])]
    assert [section["id"] for section in sections] == ["effects", "effects-on-the-skin", "effects-on-the-heart"]
    for section in sections:
        assert {"id", "title", "statements", "references", "sections"} <= set(section)
        assert all("references" in statement for statement in section["statements"])


def test_of_several_sections_a_missing_one_leaves_the_rest() -> None:
    answer = show(MONOGRAPH, ["heart", "bones", "heart"], STANDARD, words)
    assert isinstance(answer, Answer)
    assert [section["id"] for section in answer.data["sections"]] == ["effects-on-the-heart"]
    assert [refusal.code for refusal in answer.refusals] == ["unknown-section"]


def test_all_sections_missing_is_a_refusal_that_names_each() -> None:
    answer = show(MONOGRAPH, ["bones", "teeth"], STANDARD, words)
    assert isinstance(answer, Refusal)
    assert "bones" in answer.message
    assert "teeth" in answer.message


def test_another_subject_is_said() -> None:
    answer = show(MONOGRAPH, ["skin"], STANDARD, words)
    assert isinstance(answer, Answer)
    assert [(note.code, "kin" in note.message) for note in answer.notes] == [("other-subject", True)]


def test_references_say_where_they_stand_and_whether_they_are_cited() -> None:
    rows = references([MONOGRAPH])
    assert [(r["monograph"], r["section"], r["number"], r["cited"]) for r in rows] == [
        ("drug", "effects", 1, False),
        ("drug", "effects", 2, True),
    ]
    assert cited_numbers(MONOGRAPH["sections"][0]) == {2}


def test_showing_changes_nothing_in_the_record() -> None:
    before = repr(MONOGRAPH)
    show(MONOGRAPH, [], STANDARD, words)
    references([MONOGRAPH])
    assert repr(MONOGRAPH) == before


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("system", {"skin": ["rash"], "heart": ["arrest"]}),
        ("frequency", {"rarely": ["rash"], "not stated": ["arrest"]}),
        ("fatality", {"fatal cases": ["arrest"], "not stated": ["rash"]}),
    ],
)
def test_adverse_effects_are_grouped(by: Grouping, groups: dict[str, list[str]]) -> None:
    found = effect_groups(MONOGRAPH["sections"], by)
    assert {group["label"]: [effect["effect"] for effect in group["effects"]] for group in found} == groups
    assert [group["label"] for group in found][-1:] == ["not stated"] or by == "system"
