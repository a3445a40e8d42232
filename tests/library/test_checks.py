"""What a schema cannot say."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tiny
from monocli.library.checks import cas_is_valid
from monocli.library.errors import InvalidLibrary
from monocli.library.loading import of_checkout

HEAD = "id: gamma\ntitle: Gamma\nsource: book\n"


def told(folder: Path, files: dict[str, str]) -> set[tuple[str, str, str]]:
    """(file, key path, code) of every problem and warning of the tiny library after these files are added to it."""
    tiny.write(folder, {**tiny.FILES, **files})
    try:
        found = of_checkout(folder, None).warnings()
    except InvalidLibrary as error:
        found = error.problems
    return {(p.file.removeprefix("data/"), p.path, p.code) for p in found}


def test_the_tiny_library_is_sound(tmp_path: Path) -> None:
    assert told(tmp_path, {}) == set()


@pytest.mark.parametrize(
    ("body", "path", "code"),
    [
        ("names: [{name: G1, kind: BAN, source: nowhere}]\n", "names[0].source", "dead-reference"),
        ("names: [{name: G1, kind: nickname}]\n", "names[0].kind", "unknown-word"),
        ("names: [{name: G1, kind: BAN, lang: tlh}]\n", "names[0].lang", "unknown-word"),
        ("names: [{name: Alphavec, kind: BAN}]\n", "names[0].name", "name-claimed-twice"),
        ("names: [{name: ab 123, kind: code}]\n", "names[0].name", "name-claimed-twice"),
        ('names: [{name: "—", kind: BAN}]\n', "names[0].name", "bad-name"),
        ('names: [{name: " - ", kind: BAN}]\n', "names[0].name", "bad-name"),
        ("identifiers: [{system: CAS, value: 220127-57-2}]\n", "identifiers[0].value", "bad-cas"),
        ("identifiers: [{system: CAS, value: 22012757-1}]\n", "identifiers[0].value", "bad-cas"),
        ("identifiers: [{system: ISBN, value: 1}]\n", "identifiers[0].system", "unknown-word"),
        ("identifiers: [{system: RxCUI, value: 1234}]\n", "identifiers[0].value", "name-claimed-twice"),
        ("brands: [{country: ZZ, name: G1}]\n", "brands[0].country", "unknown-country"),
        ("not_in_source: [{section: hats, note: none}]\n", "not_in_source[0].section", "unknown-word"),
        (
            "sections: [{id: a, title: A, statements: [{text: t, references: [1, 2]}], "
            "references: [{number: 1, authors: A, title: T}]}]\n",
            "sections[0].statements[0].references[1]",
            "dead-reference",
        ),
        (
            "sections: [{id: a, title: A, references: "
            "[{number: 1, authors: A, title: T}, {number: 1, authors: B, title: U}]}]\n",
            "sections[0].references[1].number",
            "duplicate-id",
        ),
        (
            "sections: [{id: a, title: A, sections: [{id: a, title: B}]}]\n",
            "sections[0].sections[0].id",
            "duplicate-id",
        ),
        (
            "sections: [{id: a, title: A, statements: [{text: t, kind: joke}]}]\n",
            "sections[0].statements[0].kind",
            "unknown-word",
        ),
        (
            "sections: [{id: a, title: A, statements: [{text: t, frequency: often}]}]\n",
            "sections[0].statements[0].frequency",
            "unknown-word",
        ),
        (
            "sections: [{id: a, title: A, statements: [{text: t, effects: [{effect: e, system: hat}]}]}]\n",
            "sections[0].statements[0].effects[0].system",
            "unknown-word",
        ),
        (
            "sections: [{id: a, title: A, see: [{text: t, supplied: yes, monograph: omega}]}]\n",
            "sections[0].see[0].monograph",
            "dead-reference",
        ),
        (
            "sections: [{id: a, title: A, see: [{text: t, supplied: yes, section: b}]}]\n",
            "sections[0].see[0].section",
            "dead-reference",
        ),
        (
            "sections: [{id: a, title: A, statements: "
            "[{text: t, see: [{text: t, supplied: yes, monograph: betakin, section: b}]}]}]\n",
            "sections[0].statements[0].see[0].section",
            "dead-reference",
        ),
        ("pointers: [{section: b, title: B, monograph: betakin, note: n}]\n", "pointers[0].section", "dead-reference"),
    ],
)
def test_a_monograph(tmp_path: Path, body: str, path: str, code: str) -> None:
    assert told(tmp_path, {"monographs/gamma.yaml": HEAD + body}) == {("monographs/gamma.yaml", path, code)}


@pytest.mark.parametrize(
    ("body", "path", "code"),
    [
        ("classes: [{class: hats, source: label}]", "agents[0].classes[0].class", "dead-reference"),
        ("roles: [{enzyme: CYP9, role: inhibitor, source: label}]", "agents[0].roles[0].enzyme", "dead-reference"),
        ("roles: [{enzyme: CYP3A, role: friend, source: label}]", "agents[0].roles[0].role", "literal_error"),
        (
            "roles: [{transporter: P-gb, role: inhibitor, source: label}]",
            "agents[0].roles[0].transporter",
            "dead-reference",
        ),
        ("components: [ketonazole, sunshine]", "agents[0].components[1]", "dead-reference"),
        (
            "roles: [{enzyme: CYP3A, role: inhibitor, strength: mighty, source: label}]",
            "agents[0].roles[0].strength",
            "unknown-word",
        ),
    ],
)
def test_an_agent(tmp_path: Path, body: str, path: str, code: str) -> None:
    text = f"agents:\n  - id: lamivol\n    name: lamivol\n    source: label\n    {body}\n"
    assert told(tmp_path, {"agents/l.yaml": text}) == {("agents/l.yaml", path, code)}


@pytest.mark.parametrize("name", ["KETONAZOLE", "Azoles", "azole-antifungals"])
def test_a_name_that_a_monograph_shares_with_an_agent_or_a_class_is_told(tmp_path: Path, name: str) -> None:
    found = told(tmp_path, {"monographs/gamma.yaml": f"{HEAD}names: [{{name: {name}, kind: BAN}}]\n"})
    assert [code for _, _, code in found] == ["name-claimed-twice"]


@pytest.mark.parametrize(
    ("file", "text", "path"),
    [
        ("agents/z.yaml", "agents: [{id: ketonazole, name: ketonazole, source: label}]\n", "agents[0].id"),
        (
            "sources.yaml",
            tiny.FILES["sources.yaml"] + "  - {id: book, title: B, kind: book, printed: yes}\n",
            "sources[2].id",
        ),
        (
            "countries.yaml",
            "countries: [{code: FR, name: France}, {code: IN, name: India}, {code: FR, name: F}]\n",
            "countries[2].code",
        ),
    ],
)
def test_an_id_stands_once_in_the_whole_library(tmp_path: Path, file: str, text: str, path: str) -> None:
    assert told(tmp_path, {file: text}) == {(file, path, "duplicate-id")}


def test_a_bare_number_of_two_registries_is_no_problem(tmp_path: Path) -> None:
    assert told(tmp_path, {"monographs/gamma.yaml": HEAD + "identifiers: [{system: ATC, value: 1234}]\n"}) == set()


@pytest.mark.parametrize("number", ["152459-95-5", "220127-57-1", "59643-91-3", "110942-02-4", "7732-18-5", "50-00-0"])
def test_cas_numbers_with_the_right_check_digit(number: str) -> None:
    assert cas_is_valid(number)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "1-1-1",
        "152459-95",
        "152459-95-55",
        "15245９-95-5",
        "a-bc-d",
        "12345678-95-5",
        "152459-95-5 ",
        "-152459-95-5",
    ],
)
def test_what_is_no_cas_number(number: str) -> None:
    assert not cas_is_valid(number)


@given(st.integers(min_value=10, max_value=9_999_999), st.integers(min_value=0, max_value=99), st.integers(0, 9))
def test_only_one_check_digit_fits(first: int, middle: int, other: int) -> None:
    fitting = [last for last in range(10) if cas_is_valid(f"{first}-{middle:02}-{last}")]
    assert len(fitting) == 1
    assert cas_is_valid(f"{first}-{middle:02}-{other}") == (other == fitting[0])
