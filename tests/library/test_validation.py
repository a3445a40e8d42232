"""Forms of files: what is wrong is said with file, line, column, key path and what was expected, all of it in one
run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

import tiny
from monocli.library import formats, strict_yaml
from monocli.library.errors import InvalidLibrary
from monocli.library.loading import of_checkout
from monocli.library.problems import Problem
from monocli.library.strict_yaml import SourceFile
from told import told


def validated(name: str, text: str) -> tuple[Any, SourceFile]:
    source = SourceFile(name)
    strict_yaml.parse(text, source)
    assert not source.problems
    return formats.validate(source, told(formats.format_of(name))), source


def problems(folder: Path, changes: dict[str, str]) -> list[Problem]:
    """What is wrong with the tiny library after these files are written over it."""
    tiny.write(folder, {**tiny.FILES, **changes})
    with pytest.raises(InvalidLibrary) as caught:
        of_checkout(folder, None)
    return caught.value.problems


HEAD = "id: x\ntitle: X\nsource: book\n"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("colour: red\n", "4:1: colour: unknown key"),
        ("sections:\n  - id: a\n    title: A\n    statments: []\n", "7:5: sections[0].statments: unknown key"),
        ("sections:\n  - id: a\n", "5:5: sections[0].title: this key is needed"),
        ("names:\n  - {name: A}\n", "5:5: names[0].kind: this key is needed"),
        ("names: A\n", "4:1: names: expected a list"),
        ("names:\n  - A\n", "5:5: names[0]: expected keys and values"),
        ("chemistry: [a]\n", "4:1: chemistry: expected keys and values"),
        ("note: {a: b}\n", "4:1: note: expected text"),
        (
            "sections:\n  - id: a\n    title: A\n    statements:\n      - {text: t, references: [one]}\n",
            "8:32: sections[0].statements[0].references[0]: expected a whole number",
        ),
        ("brands:\n  - {country: France, name: A}\n", "5:6: brands[0].country: expected an ISO 3166-1 alpha-2"),
        ("sections:\n  - {id: A b, title: A}\n", "5:6: sections[0].id: expected an id in lower case"),
        (
            "sections:\n  - id: a\n    title: A\n    see: [{text: p, supplied: maybe}]\n",
            "7:21: sections[0].see[0].supplied: expected yes or no",
        ),
    ],
)
def test_a_problem_says_where_and_what_was_expected(body: str, said: str) -> None:
    _, source = validated("monographs/x.yaml", HEAD + body)
    assert [str(problem) for problem in source.problems if str(problem).startswith(f"monographs/x.yaml:{said}")], (
        source.problems
    )


def test_the_source_of_the_file_is_the_source_of_its_records() -> None:
    value, source = validated(
        "monographs/x.yaml",
        HEAD + "names: [{name: A, kind: BAN}, {name: B, kind: BAN, source: label}]\n"
        "sections: [{id: a, title: A, source: label, statements: [{text: t}, {text: u, source: book}]}]\n",
    )
    assert not source.problems
    assert [name["source"] for name in value["names"]] == ["book", "label"]
    assert [s["source"] for s in value["sections"][0]["statements"]] == ["label", "book"]


def test_a_record_without_any_source_is_a_problem() -> None:
    _, source = validated("monographs/x.yaml", "id: x\ntitle: X\nnames: [{name: A, kind: BAN}]\n")
    assert [(p.code, p.path) for p in source.problems] == [("no-source", "names[0]")]


def test_numbers_and_flags_are_read_and_all_else_stays_text() -> None:
    value, source = validated(
        "monographs/x.yaml",
        HEAD + "sections:\n  - {id: a, title: 1.50, see: [{text: no, supplied: no}], "
        "statements: [{text: 1:10, references: [01]}]}\n",
    )
    assert not source.problems
    section = value["sections"][0]
    assert (section["title"], section["see"][0]["text"], section["see"][0]["supplied"]) == ("1.50", "no", False)
    assert section["statements"][0] == {"text": "1:10", "references": [1], "source": "book"}


def test_every_problem_of_every_file_is_told_in_one_run(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        {
            "monographs/betakin.yaml": "id: betakin\ntitel: Betakin\ntitle: Betakin\ncolour: red\n",
            "monographs/gamma.yaml": HEAD.replace("id: x", "id: gamma") + "sections: [{id: a}]\n",
            "monographs/delta.yaml": HEAD.replace("id: x", "id: delta")
            + "identifiers: [{system: CAS, value: 152459-95-6}]\nbrands: [{country: ZZ, name: A}]\n",
            "monographs/broken.yaml": "a: [1\n",
            "monographs/Bytes.yml": "a: 1\n",
            "somewhere/else.yaml": "a: 1\n",
            "sources.yaml": tiny.FILES["sources.yaml"] + "  - {id: third, title: T, kind: film, printed: no}\n",
        },
    )
    told = {(p.file, p.path, p.code) for p in found}
    assert ("data/monographs/betakin.yaml", "titel", "extra_forbidden") in told
    assert ("data/monographs/betakin.yaml", "colour", "extra_forbidden") in told
    assert ("data/monographs/gamma.yaml", "sections[0].title", "missing") in told
    assert ("data/monographs/delta.yaml", "identifiers[0].value", "bad-cas") in told
    assert ("data/monographs/delta.yaml", "brands[0].country", "unknown-country") in told
    assert ("data/monographs/broken.yaml", "", "not-yaml") in told
    assert ("data/monographs/Bytes.yml", "", "unknown-file") in told
    assert ("data/somewhere/else.yaml", "", "unknown-file") in told
    assert ("data/sources.yaml", "sources[2].kind", "unknown-word") in told
    assert len(told) == len(found) == 9
    assert found == sorted(found)


def test_a_file_that_cannot_be_read_makes_no_further_problems_elsewhere(tmp_path: Path) -> None:
    assert [p.file for p in problems(tmp_path / "a", {"sources.yaml": "sources: x\n"})] == ["data/sources.yaml"]
    assert [p.file for p in problems(tmp_path / "b", {"countries.yaml": "a: b\n"})][-1] == "data/countries.yaml"
    assert {p.file for p in problems(tmp_path / "c", {"vocabulary.yaml": "a: b\n"})} == {"data/vocabulary.yaml"}
    assert {p.file for p in problems(tmp_path / "d", {"agents/classes.yaml": "a: b\n"})} == {"data/agents/classes.yaml"}


def test_the_id_is_the_name_of_the_file(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, {"monographs/gamma.yaml": "id: delta\ntitle: D\n"})
    assert (problem.code, problem.path, problem.line) == ("id-not-file-name", "id", 1)


def test_schemas_are_schemas_and_accept_the_tiny_library() -> None:
    for name, text in tiny.FILES.items():
        schema = formats.json_schema(told(formats.format_of(name)))
        jsonschema.Draft202012Validator.check_schema(schema)
        source = SourceFile(name)
        strict_yaml.parse(text, source)
        jsonschema.validate(json.loads(json.dumps(_as_an_editor_reads(source.value))), schema)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**told(source.value), "colour": "red"}, schema)


def _as_an_editor_reads(value: Any) -> Any:
    """Whole numbers as numbers, for keys that are numbers."""
    if isinstance(value, dict):
        return {key: int(item) if key == "number" else _as_an_editor_reads(item) for key, item in value.items()}
    if isinstance(value, list):
        return [
            int(item) if isinstance(item, str) and item in ("1", "2") else _as_an_editor_reads(item) for item in value
        ]
    return value


def test_every_schema_has_its_own_name() -> None:
    """Files of one form may lie at two depths; two forms never share a name."""
    forms = {(formats.schema_name(pattern), record) for pattern, record in formats.FORMATS}
    assert len(forms) == len({name for name, _ in forms})
