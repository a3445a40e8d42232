"""A problem of a file says what to do: the word that was meant, the sign that is wrong, the cause alone."""

from __future__ import annotations

from pathlib import Path

import pytest

import tiny
from monocli.library.building import load
from monocli.library.errors import InvalidLibrary
from monocli.library.problems import Problem

HEAD = "id: x\ntitle: X\nsource: book\n"
RULES = (
    "id: x\nsource: label\nrules: [{id: r, between: [[{drug: ketonazol}], [{drug: betakin}]], affected: first, "
    "direction: increase, effect: e, action: avoid, statement: S.}]\n"
)


OTHERS = RULES.replace("ketonazol}", "betakin}").replace(
    "action: avoid", "level: a, cases: [{level: a, first: [betakin]}, {level: b, when: all other pairs}]"
)


def problems(base: Path, files: dict[str, str]) -> list[Problem]:
    """What is wrong with the tiny library and these files, as in a checkout."""
    tiny.write(base / "data", {**tiny.FILES, **files})
    try:
        load(tiny.places_of(base))
    except InvalidLibrary as error:
        return error.problems
    return []


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        (
            "monographs/x.yaml",
            HEAD.replace("book", "bok"),
            "there is no source 'bok' in the library; did you mean book?",
        ),
        (
            "monographs/x.yaml",
            HEAD + "section: []\n",
            "see `mono data schema monographs` for the keys there are; did you mean sections?",
        ),
        ("monographs/x.yaml", HEAD + "names: [{nam: A, kind: BAN}]\n", "did you mean name?"),
        (
            "monographs/x.yaml",
            HEAD + "names: [{name: A, kind: bann}]\n",
            "BAN, USAN, code, mentioned, synonym, title, variant",
        ),
        ("monographs/x.yaml", HEAD + "names:\n\t- {name: A, kind: BAN}\n", "a tab: indent with spaces"),
        (
            "monographs/x.yaml",
            HEAD + "note: a note: with a colon\n",
            "a text with a colon and a space stands in quotation marks",
        ),
        ("monographs/x.yaml", HEAD + "chemistry: {molecular_weight: 1,2}\n", "is that a number with a comma?"),
        ("interactions/label/x.yaml", OTHERS, "of the drugs that no other case names: write `others: yes`"),
        (
            "interactions/label/x.yaml",
            "id: x\nsource: label\nclasses: [{id: betakin, name: betakins, source: label}]\n"
            "members: [{class: betakin, drugs: [betakin]}]\n",
            "'betakin' is the id of a class too, which would stand for the drug: give the class another",
        ),
        ("interactions/label/x.yaml", RULES, "there is no drug 'ketonazol' in the library; did you mean ketonazole?"),
    ],
)
def test_what_was_meant_is_said(tmp_path: Path, file: str, content: str, said: str) -> None:
    found = problems(tmp_path, {file: content})
    assert [problem for problem in found if said in problem.message], found


def test_no_source_at_the_head_is_one_problem(tmp_path: Path) -> None:
    content = "id: x\ntitle: X\nnames: [{name: A, kind: BAN}, {name: B, kind: BAN}]\n"
    assert [(p.code, p.path) for p in problems(tmp_path, {"monographs/x.yaml": content})] == [("no-source", "")]


def test_what_follows_from_a_file_that_cannot_be_read_is_held_back(tmp_path: Path) -> None:
    files = {"sources.yaml": "sources: [", "interactions/label/x.yaml": RULES.replace("action: avoid", "level: a")}
    assert {p.file for p in problems(tmp_path, files)} == {"data/sources.yaml"}
