"""Lines of a text that someone else wrote: standard input or a file, whatever ends its lines and marks its encoding."""

from __future__ import annotations

import codecs
import contextlib
import io
from collections.abc import Iterable, Iterator

_CHUNK = 1 << 16
MAX_LINE = 1 << 20
"""Characters of the longest line that is read: far more than any list of medicines, and little memory."""
_MARK = "\ufeff"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class LineTooLong(OSError):
    """A line beyond `MAX_LINE`."""


def text_lines(stream: io.BufferedIOBase, *, legacy: bool = False) -> Iterator[str]:
    """Lines without their ends (LF, CR or CR LF, also mixed), each as soon as it is there.

    UTF-8, with or without a byte order mark, which is no part of the text; UTF-16 where a mark says so. Bytes that are
    not UTF-8 stay in place as lone surrogates, to be shown as "�"; with `legacy` they are read as Windows wrote them
    where the whole text can be that. Raises `OSError` where the stream does, and
    `LineTooLong`, before more of the line is held.
    """
    lines = _lines(stream, keep_mark=legacy)
    for number, line in enumerate(_without_legacy(lines) if legacy else lines, 1):
        if len(line) > MAX_LINE:
            raise LineTooLong(f"line {number} is longer than {MAX_LINE:,} characters; part it into lines")
        yield line


def _without_legacy(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a file that may be in the Windows character set (cp1252), as spreadsheets save it: a line that is no
    UTF-8 is read so, until something says that the file is UTF-8. Never JSON, which is that by its own rule."""
    utf8 = False
    for number, line in enumerate(lines):
        if not line.isascii():
            utf8 = utf8 or any(c >= "\x80" and not "\ud800" <= c <= "\udfff" for c in line)
            if not utf8 and not line.lstrip().startswith(("{", "[")):
                with contextlib.suppress(UnicodeDecodeError):
                    line = line.encode("utf-8", "surrogateescape").decode("cp1252")
        yield line.removeprefix(_MARK) if number == 0 else line


def _lines(stream: io.BufferedIOBase, *, keep_mark: bool) -> Iterator[str]:
    """The lines; of one that is too long, its beginning."""
    chunk = stream.read1(_CHUNK)
    if chunk in [mark[:1] for mark in _UTF16]:
        chunk += stream.read1(_CHUNK)
    # Each CR LF comes out as one LF, also where the two lie in different chunks.
    decoder = io.IncrementalNewlineDecoder(_decoder(chunk, keep_mark=keep_mark), translate=True)
    pieces: list[str] = []
    length = 0
    while chunk:
        first, *rest = decoder.decode(chunk).split("\n")
        pieces.append(first)
        length += len(first)
        if rest or length > MAX_LINE:
            yield "".join(pieces)
            yield from rest[:-1]
            pieces = rest[-1:]
            length = len(rest[-1]) if rest else 0
        chunk = stream.read1(_CHUNK)
    # What a CR at the very end had held back, or a character that was cut short.
    *lines, last = ("".join(pieces) + decoder.decode(b"", final=True)).split("\n")
    yield from lines
    if last:
        yield last


def _decoder(start: bytes, *, keep_mark: bool) -> codecs.IncrementalDecoder:
    if start[:2] in _UTF16:
        return codecs.getincrementaldecoder("utf-16")("replace")
    return codecs.getincrementaldecoder("utf-8" if keep_mark else "utf-8-sig")("surrogateescape")
