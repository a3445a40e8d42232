"""A user's own folder laid over the library: it adds, and never silently replaces."""

from __future__ import annotations

from pathlib import Path

import pytest

import tiny
from monocli.library.building import load
from monocli.library.errors import InvalidLibrary
from monocli.library.kinds import MONOGRAPHS
from monocli.library.opening import open_library
from monocli.library.places import Places
from monocli.library.problems import Problem
from monocli.library.readings import FoundName
from monocli.library.resolving import Ambiguous, find
from monocli.library.searching import passages
from monocli.library.store import Library

ALPHA = "id: alphatinib-mesilate\ntitle: Alphatinib Mesilate\nsource: book\n"


def opened(base: Path, files: dict[str, str]) -> Library:
    return open_library(tiny.places_of(base, tiny.write(base / "mine", files)))


def refused(base: Path, files: dict[str, str]) -> list[Problem]:
    with pytest.raises(InvalidLibrary) as caught:
        opened(base, files)
    return caught.value.problems


def target(library: Library, name: str) -> str | None:
    found = find(library, name)
    return found.id if isinstance(found, FoundName) else None


def test_a_monograph_is_added(tmp_path: Path) -> None:
    library = opened(
        tmp_path,
        {
            "monographs/gamma.yaml": "id: gamma\ntitle: Gammavir\nsource: own\nnames: [{name: G-9, kind: code}]\n"
            "sections: [{id: profile, title: Profile, statements: [{text: Glows in the dark.}]}]\n",
            "sources.yaml": "sources: [{id: own, title: Own notes, kind: book, printed: no}]\n",
        },
    )
    assert target(library, "G 9") == "gamma"
    assert library.source_ids == ["book", "label", "own"]
    assert passages(library, ["glows"], kinds=[], monograph=None, limit=None)["hits"][0]["source"] == "own"
    assert target(library, "AB-123") == "alphatinib-mesilate"


def test_names_numbers_brands_agents_and_words_are_added(tmp_path: Path) -> None:
    library = opened(
        tmp_path,
        {
            "monographs/alphatinib-mesilate.yaml": ALPHA + "names: [{name: Alphie, kind: nickname, source: label}]\n"
            "identifiers: [{system: CAS, value: 50-00-0}]\nbrands: [{country: IN, name: Alphaplus}]\n"
            "sections: [{id: own-notes, title: Own notes, statements: [{text: Tastes of tin.}]}]\n",
            "agents/k.yaml": "agents: [{id: kappacillin, name: kappacillin, source: label}]\n",
            "agents/own.yaml": "agents:\n"
            "  - {id: lambdadrug, name: lambdadrug, source: own, classes: [{class: azoles}]}\n",
            "sources.yaml": "sources: [{id: own, title: Own notes, kind: book, printed: no}]\n",
            "vocabulary.yaml": tiny.VOCABULARY.replace("name_kinds: [", "name_kinds: [{id: nickname}, "),
        },
    )
    for name in ("Alphie", "50-00-0", "Alphaplus", "Alphavec", "Alphatinib Mesylate"):
        assert target(library, name) == "alphatinib-mesilate"
    assert [target(library, name) for name in ("kappacillin", "lambdadrug", "ketonazole")] == [
        "kappacillin",
        "lambdadrug",
        "ketonazole",
    ]
    monograph = library.document(MONOGRAPHS, "alphatinib-mesilate")
    assert monograph is not None
    assert [section["id"] for section in monograph["sections"]] == ["uses", "own-notes"]
    assert monograph["chemistry"]["formula"] == "C1H4"


def test_saying_the_same_again_is_no_problem(tmp_path: Path) -> None:
    library = opened(tmp_path, {name: tiny.FILES[name] for name in tiny.FILES if name != "library.yaml"})
    monograph = library.document(MONOGRAPHS, "alphatinib-mesilate")
    assert monograph is not None
    assert len(monograph["names"]) == 6
    assert len(monograph["sections"]) == 1


@pytest.mark.parametrize(
    ("file", "text", "path"),
    [
        ("monographs/alphatinib-mesilate.yaml", ALPHA.replace("Alphatinib M", "Omegatinib M"), "title"),
        (
            "monographs/alphatinib-mesilate.yaml",
            ALPHA + 'chemistry: {formula: "C2", molecular_weight: "16.0"}\n',
            "chemistry",
        ),
        (
            "monographs/alphatinib-mesilate.yaml",
            ALPHA + "sections:\n  - id: uses\n    title: Uses\n    statements: [{text: Given at 4000 mg a day.}]\n",
            "sections[0]",
        ),
        ("sources.yaml", "sources: [{id: book, title: Another book, kind: book, printed: yes}]\n", "sources[0]"),
        ("agents/k.yaml", "agents:\n  - {id: ketonazole, name: kn, source: label}\n", "agents[0]"),
        ("countries.yaml", "countries: [{code: FR, name: Elsewhere}]\n", "countries[0]"),
        ("library.yaml", 'edition: "2"\ntitle: tiny\n', "edition"),
    ],
)
def test_nothing_of_the_library_is_replaced(tmp_path: Path, file: str, text: str, path: str) -> None:
    (problem,) = refused(tmp_path, {file: text})
    assert (problem.code, problem.path) == ("replaces-bundled", path)
    assert problem.file == str(tmp_path / "mine" / file)


def test_a_bundled_agent_cannot_be_replaced_from_another_file(tmp_path: Path) -> None:
    (problem,) = refused(tmp_path, {"agents/z.yaml": "agents: [{id: ketonazole, name: ketonazole, source: label}]\n"})
    assert (problem.code, problem.file) == ("replaces-bundled", str(tmp_path / "mine" / "agents" / "z.yaml"))


def test_a_name_of_the_library_that_is_claimed_is_asked_back_and_told(tmp_path: Path) -> None:
    files = {"monographs/gamma.yaml": "id: gamma\ntitle: Gamma\nsource: book\nnames: [{name: ab 123, kind: code}]\n"}
    library = opened(tmp_path, files)
    asked = find(library, "AB-123")
    assert isinstance(asked, Ambiguous)
    assert {choice["id"] for choice in asked.choices} == {"alphatinib-mesilate", "gamma"}
    assert target(library, "gamma") == "gamma"
    (warning,) = load(tiny.places_of(tmp_path, tmp_path / "mine")).warnings()
    assert (warning.code, warning.path) == ("name-claimed-twice", "names[0].name")
    assert warning.file == str(tmp_path / "mine" / "monographs" / "gamma.yaml")
    assert "alphatinib-mesilate" in warning.message
    assert "data/monographs/alphatinib-mesilate.yaml" in warning.message


def test_a_problem_names_the_line_of_the_users_own_file(tmp_path: Path) -> None:
    text = ALPHA + "identifiers:\n  - {system: CAS, value: 50-00-0}\n  - {system: CAS, value: 50-00-1}\n"
    text += "sections:\n  - {id: own, title: Own}\n  - {id: own, title: Again}\n"
    found = refused(tmp_path, {"monographs/alphatinib-mesilate.yaml": text})
    assert [(p.line, p.path, p.code) for p in found] == [
        (6, "identifiers[1].value", "bad-cas"),
        (9, "sections[1].id", "duplicate-id"),
    ]


def test_what_is_wrong_with_both_files_of_a_monograph_is_told(tmp_path: Path) -> None:
    tiny.write(
        tmp_path / "data", {**tiny.FILES, "monographs/betakin.yaml": "id: betakin\ntitle: Betakin\ncolour: red\n"}
    )
    mine = tiny.write(tmp_path / "mine", {"monographs/betakin.yaml": "id: betakin\ntitle: Betakin\nsmell: none\n"})
    with pytest.raises(InvalidLibrary) as caught:
        load(tiny.places_of(tmp_path, mine))
    found = caught.value.problems
    assert {p.path for p in found if p.code == "extra_forbidden"} == {"smell", "colour"}


@pytest.mark.parametrize("link", ["monographs/gamma.yaml", "sources.yaml", "monographs"])
def test_links_that_lead_out_of_the_folder_are_refused(tmp_path: Path, link: str) -> None:
    outside = tiny.write(tmp_path / "outside", {"gamma.yaml": "id: gamma\ntitle: Gamma\nsource: book\n"})
    mine = tmp_path / "mine"
    (mine / link).parent.mkdir(parents=True)
    (mine / link).symlink_to(outside if link == "monographs" else outside / "gamma.yaml")
    assert [problem.code for problem in refused(tmp_path, {})] == ["outside"]


def test_links_within_the_folder_are_followed(tmp_path: Path) -> None:
    mine = tiny.write(tmp_path / "mine", {"kept/gamma.txt": "id: gamma\ntitle: Gamma\nsource: book\n"})
    (mine / "monographs").mkdir()
    (mine / "monographs" / "gamma.yaml").symlink_to(mine / "kept" / "gamma.txt")
    assert target(opened(tmp_path, {}), "gamma") == "gamma"


def test_a_link_that_leads_nowhere_is_a_problem(tmp_path: Path) -> None:
    mine = tiny.write(tmp_path / "mine", {})
    (mine / "sources.yaml").symlink_to(mine / "gone.yaml")
    assert [problem.code for problem in refused(tmp_path, {})] == ["unreadable"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidLibrary) as caught:
        open_library(tiny.places_of(tmp_path, tmp_path / "nowhere"))
    assert [(p.code, p.file) for p in caught.value.problems] == [("no-such-folder", str(tmp_path / "nowhere"))]


def test_an_empty_folder_adds_nothing(tmp_path: Path) -> None:
    library = opened(tmp_path, {})
    assert library.ids(MONOGRAPHS) == ["alphatinib-mesilate", "betakin"]


def test_cases_beside_the_rules_are_not_library_data(tmp_path: Path) -> None:
    documents = load(tiny.places_of(tmp_path, tiny.write(tmp_path / "mine", {"doses/x.cases.yaml": "cases: [1\n"})))
    assert "x.cases" not in {document.id for document in documents}


def test_a_library_can_be_laid_over_a_compiled_one(tmp_path: Path) -> None:
    places = tiny.places_of(tmp_path / "first")
    open_library(places)
    (compiled,) = tiny.cache(places).iterdir()
    mine = tiny.write(
        tmp_path / "mine", {"monographs/alphatinib-mesilate.yaml": ALPHA + "names: [{name: Alphie, kind: synonym}]\n"}
    )
    over = places.replaced(bundled=compiled, checkout=None, user=mine)
    library = open_library(over)
    assert target(library, "Alphie") == target(library, "AB-123") == "alphatinib-mesilate"
    tiny.write(mine, {"agents/z.yaml": "agents: [{id: ketonazole, name: ketonazole, source: label}]\n"})
    with pytest.raises(InvalidLibrary) as caught:
        open_library(over)
    assert [p.code for p in caught.value.problems] == ["replaces-bundled"]


BESIDE = {"agents/k.yaml": "agents: [{id: kappacillin, name: kappacillin, source: label}]\n"}


def folders(base: Path, files: dict[str, str]) -> list[Problem]:
    """What is wrong with a user's folder over a library that is a folder too, as in a checkout."""
    bundled = tiny.write(base / "data", {**tiny.FILES, **BESIDE})
    places = Places(None, bundled, tiny.write(base / "mine", files), "MONO_LIBRARY", base / "cache")
    try:
        return load(places).warnings()
    except InvalidLibrary as error:
        return error.problems


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("monographs/gamma.yaml", "id: gamma\ntitle: Gamma\nsource: book\nnames: [{name: kappacillin, kind: BAN}]\n"),
        ("monographs/aaa.yaml", "id: aaa\ntitle: Alphatinib Mesilate\nsource: book\n"),
        ("agents/a.yaml", "agents: [{id: zzz, name: Kappacillin, source: label}]\n"),
        ("agents/k.yaml", "agents: [{id: zzz, name: Kappacillin, source: label}]\n"),
        ("agents/a.yaml", "agents: [{id: kappacillin, name: other, source: label}]\n"),
    ],
)
def test_a_clash_is_the_fault_of_the_file_that_is_laid_over(tmp_path: Path, file: str, content: str) -> None:
    found = folders(tmp_path, {file: content})
    assert [(p.file, p.line > 0) for p in found] == [(str(tmp_path / "mine" / file), True)]


def test_a_partner_is_given_a_monograph_under_its_id(tmp_path: Path) -> None:
    gamma = {"monographs/kappacillin.yaml": "id: kappacillin\ntitle: Kappacillin Sodium\nsource: book\n"}
    assert folders(tmp_path, gamma) == []
    library = opened(tmp_path / "installed", {**BESIDE, **gamma})
    found = find(library, "kappacillin")
    assert isinstance(found, FoundName)
    assert (found.kind, found.id) == ("monograph", "kappacillin")
