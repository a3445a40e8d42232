"""Lines of a text that someone else wrote: standard input or a file, whatever ends its lines and marks its encoding."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator

_CHUNK = 1 << 16
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def text_lines(stream: io.BufferedIOBase) -> Iterator[str]:
    """Lines without their ends (LF, CR or CR LF, also mixed), each as soon as it is there.

    UTF-8, with or without a byte order mark, which is no part of the text; UTF-16 where a mark says so. Bytes that are
    not UTF-8 stay in place as lone surrogates, to be shown as "�". Raises `OSError` where the stream does.
    """
    chunk = stream.read1(_CHUNK)
    if chunk in [mark[:1] for mark in _UTF16]:
        chunk += stream.read1(_CHUNK)
    # Each CR LF comes out as one LF, also where the two lie in different chunks.
    decoder = io.IncrementalNewlineDecoder(_decoder(chunk), translate=True)
    pieces: list[str] = []
    while chunk:
        first, *rest = decoder.decode(chunk).split("\n")
        pieces.append(first)
        if rest:
            yield "".join(pieces)
            yield from rest[:-1]
            pieces = [rest[-1]]
        chunk = stream.read1(_CHUNK)
    # What a CR at the very end had held back, or a character that was cut short.
    *lines, last = ("".join(pieces) + decoder.decode(b"", final=True)).split("\n")
    yield from lines
    if last:
        yield last


def _decoder(start: bytes) -> codecs.IncrementalDecoder:
    if start[:2] in _UTF16:
        return codecs.getincrementaldecoder("utf-16")("replace")
    return codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
