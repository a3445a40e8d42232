"""Reading YAML strictly: everything is text, and what a file must not hold is a problem with its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monocli.library import strict_yaml
from monocli.library.strict_yaml import MAX_BYTES, MAX_DEPTH, SourceFile


def parse(text: str) -> SourceFile:
    source = SourceFile("file.yaml")
    strict_yaml.parse(text, source)
    return source


def read(path: Path) -> SourceFile:
    return strict_yaml.read(path, "file.yaml")


def code(source: SourceFile) -> str:
    (problem,) = source.problems
    return problem.code


@pytest.mark.parametrize(
    "scalar",
    [
        "1:10",
        "no",
        "yes",
        "on",
        "True",
        "1.50",
        "1e6",
        "0x10",
        "0o17",
        "2009-01-01",
        "190:20:30",
        "1_000",
        ".5",
        "+1",
        ".inf",
        "NaN",
        "=",
    ],
)
def test_every_scalar_is_text(scalar: str) -> None:
    source = parse(f"a: {scalar}\nb: [{scalar}, '{scalar}']\n{scalar}: c\n")
    assert not source.problems
    assert source.value == {"a": scalar, "b": [scalar, scalar], scalar: "c"}


@pytest.mark.parametrize(
    ("text", "line", "column", "path"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, 1, "a"),
        ("top:\n  - {x: 1, x: 2}\n", 2, 12, "top[0].x"),
        ("a: {b: {c: 1}}\nd: {c: 1, e: 2,\n    e: 3}\n", 3, 5, "d.e"),
    ],
)
def test_a_key_that_stands_twice(text: str, line: int, column: int, path: str) -> None:
    (problem,) = parse(text).problems
    assert (problem.code, problem.line, problem.column, problem.path) == ("duplicate-key", line, column, path)


@pytest.mark.parametrize("value", ["", "~", "null", "''", '""', "[a, ~]", "{b: }"])
def test_an_empty_value(value: str) -> None:
    assert code(parse(f"a: {value}\n")) == "no-value"


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\n",
        "a: &x {b: 1}\nc: *x\n",
        "a: !!python/object:os.system {}\n",
        "a: !!python/object/apply:os.system ['true']\n",
        "!!python/object:os.system {}\n",
        "a: !!int 1\n",
        "a: !mine 1\n",
        "a: ! 1\n",
        "a: 1\n---\nb: 2\n",
    ],
)
def test_nothing_is_shared_tagged_or_doubled(text: str) -> None:
    source = parse(text)
    assert code(source) == "not-plain"
    assert source.value is None


def test_a_yaml_bomb_is_refused_at_its_first_anchor() -> None:
    lines = ["a0: &a0 [lol, lol]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    source = parse("\n".join(lines))
    assert code(source) == "not-plain"
    assert source.problems[0].line == 1


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 500, 1_001, 100_000])
def test_deep_nesting_is_told_at_the_first_level_too_many(opening: str, depth: int) -> None:
    """Also beyond the depth at which libyaml itself gives up, from 0.2.6 on."""
    source = parse(opening * depth)
    levels = len(opening.replace("a: ", "").strip())
    (problem,) = source.problems
    assert (problem.code, problem.line) == ("not-plain", 1)
    assert problem.column == MAX_DEPTH // levels * len(opening) + 1
    assert f"more than {MAX_DEPTH} levels of nesting" in problem.message
    assert source.value is None


def test_what_stands_before_the_depth_is_told_first() -> None:
    assert code(parse("a: [1}\nb: " + "[" * 5_000)) == "not-yaml"
    assert parse("a: &x 1\nb: " + "[" * 5_000).problems[0].message.startswith("an anchor")


def test_nesting_within_the_limit_is_read() -> None:
    text = "[" * MAX_DEPTH + "a" + "]" * MAX_DEPTH
    assert not parse(text).problems


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1, 2\nb: 3\n", 2),
        ("a: b: c\n", 1),
        ("\ta: 1\n", 1),
        ("a:\n\t- b\n", 2),
        ("a: 'b\n", 2),
        ("%YAML 3.0\nx", 1),
        ("@a: 1", 1),
    ],
)
def test_what_is_not_yaml_says_where(text: str, line: int) -> None:
    source = parse(text)
    assert code(source) == "not-yaml"
    assert source.problems[0].line in (line, line + 1)


@pytest.mark.parametrize("text", ["a: b\0c\n", "a: \x1b[31m\n", "a: \ufffe\n"])
def test_characters_that_yaml_does_not_allow(text: str) -> None:
    assert code(parse(text)) == "not-yaml"


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark\n", "---\n"])
def test_an_empty_file_is_a_problem(text: str) -> None:
    assert parse(text).problems


@pytest.mark.parametrize("text", ["? [a, b]\n: c\n", "? {a: b}\n: c\n"])
def test_a_key_is_plain_text(text: str) -> None:
    assert code(parse(text)) == "bad-key"


def test_places_are_those_of_the_keys() -> None:
    source = parse("# remark\na:\n  - b: 1\n    c: 2\n  - d\n")
    assert source.places["a",] == (2, 1)
    assert source.places["a", 0, "c"] == (4, 5)
    assert source.places["a", 1] == (5, 5)
    source.problem(("a", 0, "missing", "deeper"), "is not there")
    assert str(source.problems[0]) == "file.yaml:3:5: a[0].missing.deeper: is not there"


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: caf\xe9\n")
    source = read(path)
    assert code(source) == "not-utf8"
    assert "0xe9" in source.problems[0].message
    assert "6" in source.problems[0].message


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    source = read(path)
    assert not source.problems
    assert source.value == {"a": "1", "b": "2"}


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert code(read(path)) == "too-large"


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    for name in ("folder.yaml", "pipe.yaml", "missing.yaml"):
        assert code(read(tmp_path / name)) == "unreadable"


@given(st.text())
def test_any_text_is_a_value_or_a_problem(text: str) -> None:
    source = parse(text)
    assert source.problems or source.value is not None


@given(st.binary())
def test_any_bytes_are_a_value_or_a_problem(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(content)
    source = read(path)
    assert source.problems or source.value is not None


@given(
    st.recursive(
        st.text(st.characters(categories=("L", "N")), min_size=1), lambda inner: st.lists(inner, min_size=1, max_size=3)
    )
)
def test_what_is_written_quoted_comes_back(value: object) -> None:
    def written(item: object) -> str:
        return "[" + ", ".join(map(written, item)) + "]" if isinstance(item, list) else f'"{item}"'

    assert parse(f"a: {written(value)}").value == {"a": value}
