"""Lines of a text, whatever ends them and marks their encoding."""

from __future__ import annotations

import io

import pytest

from monocli.cli.reading import text_lines

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
