"""Nothing in a user's own folder changes in silence what the bundled library answers: one case a kind of record."""

from __future__ import annotations

from pathlib import Path

import pytest

import tiny
from conftest import ROOT
from monocli.library import formats
from monocli.library.building import load
from monocli.library.errors import InvalidLibrary
from monocli.library.kinds import MONOGRAPHS, SOURCES
from monocli.library.loading import laid_over
from monocli.library.opening import open_library
from monocli.library.problems import Problem
from monocli.library.resolving import Ambiguous, find
from monocli.library.store import Library

OWN = "sources: [{id: own, title: Own notes, kind: book, printed: no}]\n"
FORMULA = (
    "name: {name}\ngroup: laboratory\nabout: what\nsource: own\ninputs: [{{name: sodium, measure: sodium}}]\n"
    "result: {{label: sodium, unit: mmol/L}}\nexpression: sodium\nholds_for: [adults]\n"
)
DOSES = (
    "drug: x\nroute: oral\nunit: mg\npopulations: [{id: adult, label: adults}]\nregions: []\n"
    "age_bands: [{from_years: 0, populations: [adult]}]\nindications: []\n"
)
RULE = (
    "rules: [{id: r, between: [[{drug: warfarin}], [{drug: ketoconazole}]], affected: first, direction: increase, "
    "effect: exposure, level: CI, statement: Mine.}]\n"
)
UNITS = (
    "title: Mine\nsource: own\nsubstances: [{id: mine, title: Mine}]\n"
    "scales: [{id: mine, title: mine, measure: mass}]\nequivalences: []\n"
)
MEASURES = "title: Mine\nsource: own\n"

CASES: dict[str, list[tuple[str, str, str]]] = {
    "library.yaml": [("library.yaml", 'edition: "1"\ntitle: mine\n', "edition title")],
    "labels.yaml": [],
    "sources.yaml": [
        ("sources.yaml", "sources: [{id: ansm, title: Mine, kind: book, printed: no}]\n", "sources[0]"),
    ],
    "vocabulary.yaml": [],
    "countries.yaml": [
        ("countries.yaml", "countries: [{code: IE, name: Elsewhere}]\n", "countries[0]"),
        ("countries.yaml", "countries: [{code: XX, name: Xland, aliases: [Ireland]}]\n", "countries[0].aliases[0]"),
    ],
    "monographs/*.yaml": [
        ("monographs/imexon.yaml", "id: imexon\ntitle: Mine\nsource: own\n", "title"),
        (
            "monographs/imatinib-mesilate.yaml",
            "id: imatinib-mesilate\ntitle: Imatinib Mesilate\nsource: own\n"
            "sections: [{id: precautions, title: Mine}, {id: pharmacokinetics, title: Mine}]\n",
            "sections[1]",
        ),
    ],
    "agents/classes.yaml": [
        ("agents/classes.yaml", "source: own\nclasses: [{id: nsaid, name: mine}]\n", "classes[0]"),
    ],
    "agents/enzymes.yaml": [
        ("agents/enzymes.yaml", "source: own\nenzymes: [{id: CYP3A, name: mine}]\n", "enzymes[0]"),
        (
            "agents/enzymes.yaml",
            "source: own\nenzymes: [{id: E, name: e, aliases: [CYP3A4]}]\n",
            "enzymes[0].aliases[0]",
        ),
    ],
    "agents/doubled.yaml": [
        ("agents/doubled.yaml", "source: own\ndoubled: [{drug: imexon, action: note}]\n", "doubled"),
    ],
    "agents/*.yaml": [
        ("agents/k.yaml", "source: own\nagents: [{id: ketoconazole, name: mine}]\n", "agents[0]"),
        ("agents/own.yaml", "source: own\nagents: [{id: ketoconazole, name: mine}]\n", "agents[0].id"),
        (
            "agents/own.yaml",
            "source: own\nagents: [{id: mine, name: mine, monograph: imatinib-mesilate}]\n",
            "agents[0].monograph agents[0].name",
        ),
        ("agents/own.yaml", "source: own\nagents: [{id: imexon, name: mine}]\n", "agents[0].name"),
    ],
    "measures/body.yaml": [
        (
            "measures/body.yaml",
            "id: body\nsource: own\nnote: mine\narea_formulas: []\nmass_index: {at_least: 1, at_most: 900}\n",
            "area_formulas mass_index note",
        ),
    ],
    "measures/*.yaml": [
        (
            "measures/mine.yaml",
            f"id: mine\n{MEASURES}measures: [{{id: creatinine, label: mine, unit: mg/dL}}]\n",
            "measures[0].id",
        ),
        (
            "measures/mine.yaml",
            f"id: mine\n{MEASURES}measures: [{{id: mine, label: mine, names: [Na], unit: mg/dL}}]\n",
            "measures[0].names[0]",
        ),
        (
            "measures/mine.yaml",
            f"id: mine\n{MEASURES}units: [{{id: mine, title: Mine, units: [{{unit: mg, size: 1}}]}}]\n",
            "units[0].units[0]",
        ),
        (
            "measures/mine.yaml",
            f"id: mine\n{MEASURES}units: [{{id: mine, title: Mine, units: [{{unit: MIU, size: 1}}]}}]\n",
            "units[0].units[0]",
        ),
        (
            "measures/laboratory.yaml",
            "id: laboratory\ntitle: mine\nsource: own\nmeasures: [{id: sodium, label: mine, unit: mg/dL}]\n",
            "measures[0] title",
        ),
    ],
    "formulas/*.yaml": [],  # one that goes by a bundled name is asked back: test_own_formulas.py
    "doses/*.yaml": [
        ("doses/imatinib-mesilate.yaml", "id: imatinib-mesilate\nsource: own\n" + DOSES, "drug"),
        ("doses/imexon.yaml", "id: imexon\nsource: martindale-2009\n" + DOSES, "source"),
    ],
    "doses/*/*.yaml": [
        ("doses/gleevec-label/imexon.yaml", "id: imexon\nsource: gleevec-label\n" + DOSES, "source"),
    ],
    "interactions/*/*.yaml": [
        ("interactions/ansm/mine.yaml", "id: mine\nsource: ansm\n" + RULE, "source"),
        (
            "interactions/own/mine.yaml",
            "id: mine\nsource: own\nmembers: [{class: nsaid, drugs: [warfarin], source: ansm}]\n",
            "members[0].source",
        ),
        (
            "interactions/own/mine.yaml",
            "id: mine\nsource: own\nfiled_under: [{drug: ketoconazole, under: warfarin}]\n",
            "filed_under[0].under",
        ),
    ],
    "compatibility/*.yaml": [
        (
            "compatibility/aldesleukin.yaml",
            "id: aldesleukin\nsource: own\ndrug: {monograph: aldesleukin}\n"
            "statements:\n"
            "  - {id: mine, subjects: [glucose-5], verdict: allowed, statement: Mine., source: martindale-2009}\n",
            "statements[0].source",
        ),
        (
            "compatibility/imexon.yaml",
            "id: imexon\nsource: martindale-2009\ndrug: {monograph: imexon}\nstatements: []\n",
            "source",
        ),
    ],
    "units/measures.yaml": [
        (
            "units/measures.yaml",
            "id: measures\ntitle: mine\nsource: own\n"
            "measures: [{id: mass, title: mine, units: [{unit: x, size: 1}]}]\n",
            "measures[0]",
        ),
    ],
    "units/abbreviations.yaml": [
        (
            "units/abbreviations.yaml",
            "id: abbreviations\ntitle: mine\nsource: own\nabbreviations: []\nwritings: []\n",
            "abbreviations",
        ),
    ],
    "units/*.yaml": [
        ("units/imatinib.yaml", "id: imatinib\n" + UNITS, "equivalences"),
        (
            "units/mine.yaml",
            "id: mine\n" + UNITS.replace("[{id: mine,", "[{id: imatinib,", 1),
            "substances[0].id",
        ),
        (
            "units/mine.yaml",
            "id: mine\n" + UNITS.replace("title: Mine}", "title: Mine, monograph: imatinib-mesilate}"),
            "substances[0].monograph",
        ),
        ("units/mine.yaml", "id: mine\n" + UNITS.replace("source: own", "source: martindale-2009"), "source"),
    ],
}
"""Form of file → (file, content, where it is refused: each of these paths)."""


def told(library: Library, base: Path, files: dict[str, str]) -> list[Problem]:
    """What is wrong with a user's folder over the bundled library."""
    mine = tiny.write(base / "mine", {"sources.yaml": OWN, **files})
    bundled, tables = library.packs
    try:
        return laid_over(bundled, mine, tables).warnings()
    except InvalidLibrary as error:
        return error.problems


def test_every_form_of_file_is_thought_of() -> None:
    assert set(CASES) == {pattern for pattern, _ in formats.FORMATS}


@pytest.mark.parametrize(
    ("file", "content", "where"),
    [pytest.param(*case, id=f"{form} {n}") for form, cases in CASES.items() for n, case in enumerate(cases)],
)
def test_what_a_bundled_record_says_is_not_taken(
    library: Library, tmp_path: Path, file: str, content: str, where: str
) -> None:
    found = told(library, tmp_path, {file: content})
    refused = {p.path for p in found if p.code == "replaces-bundled"}
    assert set(where.split()) <= refused, found
    assert {p.file for p in found} == {str(tmp_path / "mine" / file)}


@pytest.mark.parametrize(
    ("file", "line", "added", "where"),
    [
        ("vocabulary.yaml", "formula_groups:", "  - {id: mine, title: Mine, aliases: [kidney]}", "aliases[0]"),
        ("vocabulary.yaml", "regions:", "  - {id: mine, title: Mine, aliases: [uk]}", "aliases[0]"),
        ("labels.yaml", "sections:", "  - {id: mine, loinc: 1-8, title: Mine, headings: [Uses]}", "sections"),
    ],
)
def test_nor_a_word_of_a_list(library: Library, tmp_path: Path, file: str, line: str, added: str, where: str) -> None:
    text = (ROOT / "data" / file).read_text(encoding="utf-8")
    assert f"{line}\n" in text
    found = told(library, tmp_path, {file: text.replace(f"{line}\n", f"{line}\n{added}\n", 1)})
    assert [(p.code, p.path.endswith(where)) for p in found] == [("replaces-bundled", True)]


def test_both_files_are_named(library: Library, tmp_path: Path) -> None:
    mine = f"id: mine\n{MEASURES}measures: [{{id: creatinine, label: mine, unit: mg/dL}}]\n"
    (problem,) = told(library, tmp_path, {"measures/mine.yaml": mine})
    assert problem.file.endswith("mine/measures/mine.yaml")
    assert "the bundled measures/laboratory.yaml" in problem.message


def test_what_is_taken_is_named_with_its_article(library: Library, tmp_path: Path) -> None:
    line = "agents: [{id: warfarin, name: Mine, kind: drug}]\n"
    (problem,) = [p for p in told(library, tmp_path, {"agents/mine.yaml": line}) if p.code == "replaces-bundled"]
    assert problem.message.startswith("'warfarin' is an agent of the bundled agents/")


def test_what_the_bundled_library_does_not_have_is_added(library: Library, tmp_path: Path) -> None:
    glucose = "measures: [{id: own-glucose, label: glucose, names: [own glu], unit: mg/dL}]\n"
    files = {
        "measures/mine.yaml": f"id: mine\n{MEASURES}{glucose}",
        "units/mine.yaml": "id: mine\n" + UNITS,
        "formulas/mine.yaml": "id: mine\n" + FORMULA.format(name="Mine"),
        "doses/own/imatinib-mesilate.yaml": "id: imatinib-mesilate\nsource: own\n" + DOSES,
        "interactions/own/mine.yaml": "id: mine\nsource: own\n" + RULE.replace("level: CI", "action: avoid"),
        "agents/own.yaml": "source: own\nagents: [{id: imexon, name: Imexon}, {id: newmab, name: newmab}]\n",
    }
    assert told(library, tmp_path, files) == []


def test_a_name_that_is_a_bundled_one_without_its_salt_is_asked_back(tmp_path: Path) -> None:
    gamma = {"sources.yaml": OWN, "monographs/gamma.yaml": "id: gamma\ntitle: Alphatinib\nsource: own\n"}
    places = tiny.places_of(tmp_path, tiny.write(tmp_path / "mine", gamma))
    asked = find(open_library(places), "alphatinib")
    assert isinstance(asked, Ambiguous)
    assert {choice["id"] for choice in asked.choices} == {"alphatinib-mesilate", "gamma"}
    (warning,) = load(places).warnings()
    assert (warning.code, warning.path) == ("name-claimed-twice", "title")


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Alphatinib sodium", ["salt-of-bundled"]),
        ("Zedinib sodium", []),
        ("Alphatinib Mesilate", ["name-claimed-twice"]),
    ],
)
def test_a_drug_that_is_named_as_a_bundled_one_with_another_salt_is_told(
    tmp_path: Path, name: str, codes: list[str]
) -> None:
    own = {"sources.yaml": OWN, "agents/own.yaml": f"source: own\nagents: [{{id: gamma, name: {name}}}]\n"}
    places = tiny.places_of(tmp_path, tiny.write(tmp_path / "mine", own))
    warnings = load(places).warnings()
    assert [(warning.code, warning.path) for warning in warnings] == [(code, "agents[0].name") for code in codes]
    assert all("alphatinib" in warning.message.casefold() for warning in warnings)


def test_what_else_is_said_in_the_name_of_a_bundled_source_is_marked(tmp_path: Path) -> None:
    beta = "id: betakin\ntitle: Betakin\nsource: book\nsections:\n"
    beta += "  - {id: own, title: Own, statements: [{text: Ours.}, {text: Mine., source: own}]}\n"
    gamma = "id: gamma\ntitle: Gamma\nsource: label\n"
    files = {"sources.yaml": OWN, "monographs/betakin.yaml": beta, "monographs/gamma.yaml": gamma}
    library = open_library(tiny.places_of(tmp_path, tiny.write(tmp_path / "mine", files)))
    record = library.document(MONOGRAPHS, "betakin")
    assert record is not None
    profile, own = record["sections"]
    assert [record["source"], profile["source"], own["source"]] == ["book", "book", "book (own file)"]
    assert [said["source"] for said in own["statements"]] == ["book (own file)", "own"]
    known = {source["id"]: source for source in library.documents(SOURCES)}
    assert set(known) == {"book", "label", "own", "book (own file)", "label (own file)"}
    assert known["book (own file)"]["title"] == "A book"
    assert not known["book (own file)"]["printed"]
