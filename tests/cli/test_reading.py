"""Lines of a text, whatever ends them and marks their encoding."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from conftest import Run
from monocli.cli.reading import MAX_LINE, LineTooLong, text_lines

LINES = ["imatinib", "Гливек", "", "18 MIU"]


class _Slow(io.BytesIO):
    """Gives some bytes at a time, as a pipe may."""

    def __init__(self, content: bytes, size: int) -> None:
        super().__init__(content)
        self.size = size

    def read1(self, size: int | None = -1, /) -> bytes:
        return super().read1(self.size)


def read(content: bytes) -> list[str]:
    """The lines of some bytes: the same, however few come at a time."""
    whole = list(text_lines(io.BytesIO(content)))
    assert all(list(text_lines(_Slow(content, size))) == whole for size in (1, 2, 3, 7))
    return whole


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("closed", [True, False])
def test_every_line_end_and_mark(end: str, encoding: str, closed: bool) -> None:
    assert read((end.join(LINES) + (end if closed else "")).encode(encoding)) == LINES


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_of_either_order(mark: bytes) -> None:
    order = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert read(mark + "α\r\nβ".encode(order)) == ["α", "β"]


def test_mixed_line_ends() -> None:
    assert read(b"a\rb\nc\r\nd\n\re\r\r\nf") == ["a", "b", "c", "d", "", "e", "", "f"]


def test_nothing_is_no_line_and_an_end_is_a_blank_one() -> None:
    assert read(b"") == []
    assert read(b"\xef\xbb\xbf") == []
    assert read(b"\n") == read(b"\r") == read(b"\r\n") == [""]


def test_bytes_that_are_no_text_stay_in_their_line() -> None:
    assert read(b"a\xffb\nc") == ["a\udcffb", "c"]
    assert read("a\n".encode("utf-16")[:-1]) == ["a�"]


def test_other_separators_part_no_lines() -> None:
    assert read("a\u2028b\x0bc\x85\n".encode()) == ["a\u2028b\x0bc\x85"]


def test_a_line_is_given_before_the_next_is_there() -> None:
    stream = _Slow(b"first\nsecond\n", 6)
    assert next(text_lines(stream)) == "first"
    assert stream.tell() == 6


class _Endless(io.BytesIO):
    """One line that never ends."""

    given = 0

    def read1(self, size: int | None = -1, /) -> bytes:
        self.given += size or 0
        return b"x" * (size or 0)


def test_a_line_is_as_long_as_the_limit_and_no_longer() -> None:
    assert [len(line) for line in text_lines(io.BytesIO(b"x" * MAX_LINE + b"\ny"))] == [MAX_LINE, 1]
    assert [len(line) for line in text_lines(io.BytesIO(b"x" * MAX_LINE))] == [MAX_LINE]
    for end in (b"", b"\ny", b"\r"):
        with pytest.raises(LineTooLong, match="line 2 is longer"):
            list(text_lines(io.BytesIO(b"y\n" + b"x" * (MAX_LINE + 1) + end)))


def test_no_more_of_a_line_is_held_than_the_limit() -> None:
    stream = _Endless()
    with pytest.raises(LineTooLong):
        list(text_lines(stream))
    assert stream.given < MAX_LINE + (1 << 17)


@pytest.mark.parametrize("asked", ["lookup -", "units -", "interactions -", "interactions --batch long.txt"])
@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_a_line_that_is_too_long_is_said(
    run: Run, asked: str, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    line = "x" * (MAX_LINE + 1)
    Path("long.txt").write_text(line)
    outcome = run(*asked.split(), "-f", form, stdin=line)
    assert outcome.exit == 2
    assert "input-failed" in outcome.stdout + outcome.stderr
    assert "line 1 is longer than 1,048,576 characters" in " ".join((outcome.stdout + outcome.stderr).split())


def test_a_folder_is_no_list(run: Run, tmp_path: Path) -> None:
    assert run("interactions", "--batch", str(tmp_path), "--json").exit == 2
