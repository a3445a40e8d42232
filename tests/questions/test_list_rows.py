"""Lists one a line: names with separators, CSV with an id, JSON Lines."""

from __future__ import annotations

import pytest

from monocli.engine.answers import BAD_INPUT, Refusal
from monocli.library.store import Library
from monocli.questions.lists.entries import Words
from monocli.questions.lists.rows import ListLine, read_lists


@pytest.fixture
def words(library: Library) -> Words:
    return Words(library)


def names_of(words: Words, *lines: str) -> list[list[str] | str]:
    """Names, or the code of the refusal, of every line."""
    return [item.names.code if isinstance(item.names, Refusal) else item.names for item in read_lists(lines, words)]


def test_lists_one_a_line(words: Words) -> None:
    assert names_of(words, "a; b;c ", "a\tb", "a, b", "x, y; z", "only one") == [
        ["a", "b", "c"],
        ["a", "b"],
        ["a", "b"],
        ["x, y", "z"],
        ["only one"],
    ]


def test_csv_with_an_id(words: Words) -> None:
    lines = list(read_lists(["id,drugs", 'p1,"a; b"', "p2,a,b,", '"p3","x, y",z', "p4,"], words))
    assert [(item.number, item.id) for item in lines] == [(2, "p1"), (3, "p2"), (4, "p3"), (5, "p4")]
    assert [item.names for item in lines[:3]] == [["a", "b"], ["a", "b"], ["x, y", "z"]]
    assert isinstance(lines[3].names, Refusal)


def test_json_lines(words: Words) -> None:
    lines = list(read_lists(['{"id": "p1", "drugs": ["a", "b"]}', '["a"]', '{"id": 7, "names": ["a"]}'], words))
    assert lines == [ListLine(1, "p1", ["a", "b"]), ListLine(2, None, ["a"]), ListLine(3, "7", ["a"])]


def test_an_empty_line_is_no_list(words: Words) -> None:
    """As in `lookup -`, `units -` and `calc -`; a header may stand below it."""
    assert names_of(words, "", "a; b", "", " \t", "c; d") == [["a", "b"], ["c", "d"]]
    assert names_of(words, "", "id;drug1;drug2", "1;a;b") == [["a", "b"]]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (";", "empty-line"),
        (" ; ;", "empty-line"),
        ('a, "b', "bad-line"),
        ('{"drugs": ["a"', "bad-line"),
        ('{"drugs": "a"}', "bad-line"),
        ('{"drugs": [1]}', "bad-line"),
        ("[" * 100_000, "bad-line"),
        ("a; b\udce9", "bad-encoding"),
        (";".join(f"n{number}" for number in range(1001)), "too-many-names"),
    ],
)
def test_a_bad_line_is_an_error_of_its_own_and_the_rest_goes_on(words: Words, line: str, code: str) -> None:
    assert names_of(words, "a; b", line, "c; d") == [["a", "b"], code, ["c", "d"]]
    (bad,) = [item.names for item in read_lists([line], words) if isinstance(item.names, Refusal)]
    assert bad.kind == BAD_INPUT
    assert bad.detail == {"line": 1}
