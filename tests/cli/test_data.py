"""mono data"""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest

import tiny
from conftest import ROOT, Process, Run
from monocli.library import formats
from monocli.library.cases import problems_of_cases


def test_the_library_has_no_problem(run: Run) -> None:
    outcome = run("data", "check", "--json")
    assert (outcome.exit, outcome.data["problems"], outcome.data["warnings"]) == (0, [], [])
    assert outcome.data["files"] >= 40
    assert outcome.data["paths"] == [str(ROOT / "data")]


def test_every_problem_is_told_with_its_place(run: Run, tmp_path: Path) -> None:
    tiny.write(
        tmp_path,
        {
            "monographs/gamma.yaml": "id: gamma\ntitle: Gamma\nsource: martindale-2009\ncolour: red\n",
            "monographs/delta.yaml": "id: delta\ntitle: Delta\nsource: nowhere\n"
            "identifiers: [{system: CAS, value: 50-00-1}]\n",
            "notes.yaml": "a: 1\n",
        },
    )
    outcome = run("data", "check", str(tmp_path), "--json")
    assert outcome.exit == 4
    assert (outcome.json["status"], outcome.error["code"]) == ("error", "invalid-library")
    problems = outcome.data["problems"]
    assert {(p["file"], p["line"], p["path"]) for p in problems} == {
        (str(tmp_path / "monographs" / "delta.yaml"), 3, "source"),
        (str(tmp_path / "monographs" / "delta.yaml"), 4, "identifiers[0].source"),
        (str(tmp_path / "monographs" / "delta.yaml"), 4, "identifiers[0].value"),
        (str(tmp_path / "monographs" / "gamma.yaml"), 4, "colour"),
        (str(tmp_path / "notes.yaml"), 1, ""),
    }
    table = run("data", "check", str(tmp_path), env={"COLUMNS": "40"})
    assert table.exit == 4
    assert f"{tmp_path}/monographs/gamma.yaml:4:1: colour: unknown key" in table.stdout


def test_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    for folder in (str(tmp_path / "nowhere"), "~no-such-user/x"):
        outcome = run("data", "check", folder, "--json")
        assert (outcome.exit, outcome.codes) == (2, ["no-such-folder"])


def test_where_shows_every_path_and_whether_it_is_fresh(run: Run, world: dict[str, str], tmp_path: Path) -> None:
    places = {place["what"]: place for place in run("data", "where", "--json").data["places"]}
    assert places["checkout"]["path"] == str(ROOT / "data")
    assert places["compiled"]["path"].startswith(world["XDG_CACHE_HOME"])
    assert places["compiled"]["fresh"] is True
    assert places["user"]["exists"] is False
    changed = run("data", "where", "--json", env={"MONO_LIBRARY": str(tmp_path)})
    places = {place["what"]: place for place in changed.data["places"]}
    assert (places["user"]["path"], places["user"]["from"], places["user"]["exists"]) == (
        str(tmp_path),
        "MONO_LIBRARY",
        True,
    )
    assert places["compiled"]["fresh"] is False


def test_schemas(run: Run) -> None:
    listed = run("data", "schema", "--json").data["schemas"]
    names = [entry["name"] for entry in listed]
    assert len(names) == len(set(names))
    assert {formats.schema_name(pattern) for pattern, _ in formats.FORMATS} <= set(names)
    for name in names:
        jsonschema.Draft202012Validator.check_schema(run("data", "schema", name, "--json").data["schema"])


def test_a_schema_redirected_into_a_file_is_that_schema(run: Run) -> None:
    printed = run("data", "schema", "monographs", env={"COLUMNS": "20"})
    assert json.loads(printed.stdout) == run("data", "schema", "monographs", "--json").data["schema"]


def test_an_unknown_schema(run: Run) -> None:
    outcome = run("data", "schema", "monograph", "--json")
    assert (outcome.exit, outcome.codes) == (2, ["unknown-schema"])
    assert "monographs" in outcome.error["suggestions"]


OWN = {
    "monographs/gamma.yaml": 'id: gamma\ntitle: "Gamma [oral] [/bold]"\nsource: martindale-2009\n'
    "names: [{name: Gammavir, kind: synonym}]\n"
    "sections: [{id: profile, title: Profile, statements: [{text: 'Glows [bold]red[/bold].'}]}]\n"
}


def test_a_users_own_folder(run: Run, tmp_path: Path) -> None:
    env = {"MONO_LIBRARY": str(tiny.write(tmp_path / "mine", OWN))}
    outcome = run("lookup", "gammavir", "--json", env=env)
    assert (outcome.exit, outcome.data["results"][0]["monograph"]["id"]) == (0, "gamma")
    for argv in (("lookup", "gammavir"), ("show", "gamma", "--all"), ("search", "glows"), ("lookup", "gammavirr")):
        shown = run(*argv, env=env)
        assert "[oral] [/bold]" in shown.stdout + shown.stderr or argv[0] == "search"
    assert "[bold]red[/bold]" in run("show", "gamma", "profile", env=env).stdout


@pytest.mark.parametrize("argv", [("lookup", "imexon"), ("show", "imexon"), ("search", "x"), ("refs",), ("brands",)])
def test_broken_data_is_never_answered_from(run: Run, tmp_path: Path, argv: tuple[str, ...]) -> None:
    (tmp_path / "sources.yaml").write_text("sources: [")
    env = {"MONO_LIBRARY": str(tmp_path)}
    outcome = run(*argv, "--json", env=env)
    assert (outcome.exit, outcome.codes, outcome.stderr) == (4, ["invalid-library"], "")
    assert outcome.error["problems"][0]["file"] == str(tmp_path / "sources.yaml")
    assert outcome.data is None
    if argv[0] == "lookup":
        assert f"{tmp_path}/sources.yaml:" in run(*argv, env=env).stderr


def test_a_folder_that_is_named_and_not_there_is_no_silence(run: Run, tmp_path: Path) -> None:
    env = {"MONO_LIBRARY": str(tmp_path / "nowhere")}
    assert run("lookup", "imexon", "--json", env=env).exit == 4
    assert run("data", "where", "--json", env=env).exit in (0, 4)


@pytest.mark.long
def test_a_cache_that_cannot_be_written_does_no_harm(process: Process, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = process("lookup", "imexon", "--json", env={"XDG_CACHE_HOME": str(tmp_path / "file")})
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_monograph_of_ones_own_hides_nothing_of_a_partner(run: Run, tmp_path: Path) -> None:
    files = {
        "sources.yaml": "sources: [{id: own, title: Own notes, kind: book, printed: no}]\n",
        "monographs/clarithromycin.yaml": "id: clarithromycin\ntitle: Clarithromycin\nsource: own\n"
        "brands: [{country: IE, name: Ownbrand}]\n",
    }
    before = run("lookup", "clarithromycin", "--json").data["results"][0]["agent"]
    env = {"MONO_LIBRARY": str(tiny.write(tmp_path / "mine", files))}
    card = run("lookup", "ownbrand", "--json", env=env).data["results"][0]["monograph"]
    assert card["answers"] == before["answers"]
    assert {n["name"] for n in before["names"]} <= {n["name"] for n in card["names"]}
    assert {n["value"] for n in before["identifiers"]} <= {n["value"] for n in card["identifiers"]}
    shown = run("lookup", "ownbrand", env=env).stdout
    assert "interactions: " in shown
    assert "classes" in shown


def test_cases_of_ones_own_are_checked_for_their_form(run: Run, tmp_path: Path) -> None:
    files = {
        "formulas/mine.cases.yaml": "cases: [{name: a case, inputs: {a: 1}, givez: 999}]\n",
        "interactions/own/mine.cases.yaml": "- {nonsense: 1}\n",
        "doses/mine.cases.yaml": "cases: [{nonsense: 1}]\n",
    }
    outcome = run("data", "check", str(tiny.write(tmp_path / "mine", files)), "--json")
    assert outcome.exit == 4
    assert [(p["path"], p["code"]) for p in outcome.data["problems"]] == [
        ("cases[0]", "bad-case"),
        ("cases[0].givez", "bad-case"),
        ("", "bad-case"),
    ]
    assert "did you mean gives?" in outcome.data["problems"][1]["message"]


def test_the_cases_of_this_library_have_that_form() -> None:
    assert problems_of_cases(ROOT / "data") == []


def test_a_name_of_a_class_is_told_once_and_without_advice_for_drugs(run: Run, tmp_path: Path) -> None:
    files = {
        "sources.yaml": "sources: [{id: own, title: Own notes, kind: book, printed: no}]\n",
        "monographs/mine.yaml": "id: mine\ntitle: Mine\nsource: own\n"
        "names: [{name: ketoconazole, kind: synonym}, {name: azole antifungals, kind: synonym}]\n",
    }
    outcome = run("data", "check", str(tiny.write(tmp_path / "mine", files)), "--json")
    assert outcome.exit == 0
    assert outcome.data["own_files"] == 2
    said = run("data", "check", str(tmp_path / "mine"), env={"COLUMNS": "400"}).stdout
    assert "2 of them your own" in said
    assert str(tmp_path / "mine") in said
    first, second = outcome.data["warnings"]
    assert "the id ketoconazole and keep only what you add" in first["message"]
    assert "the same drug" not in second["message"]
