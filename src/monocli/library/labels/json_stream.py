"""Records of a JSON file of any size, one at a time, in memory that does not grow with the file.

The standard library's decoder reads one value from a window of the text; the window grows until it holds a whole one.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from monocli.library.labels.faults import FHIR, UnreadableLabel

MOST_RECORD = 64 << 20
"""Characters of the longest record that is read; the longest real one has a million."""
_TOO_LONG = f"longer than {MOST_RECORD >> 20} MB"
_CHUNK = 1 << 20
_LONGEST_WORD = 100
_SPACE = re.compile(r"[ \t\r\n]*")
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[{}\[\]]', re.DOTALL)
_IN_TEXT = re.compile(r'["\\]')
_OUTSIDE = re.compile(r'["{}\[\]]')
_decode = json.JSONDecoder(strict=False).raw_decode


class Window:
    """The part of a text that is being read, and what follows it in the stream."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("strict")
        self.text, self.at, self.ended = "", 0, False

    def more(self) -> bool:
        """Read on, twice as much as is held; False at the end of the stream. What was passed is forgotten."""
        if self.ended:
            return False
        chunk = self._stream.read(max(_CHUNK, len(self.text) - self.at))
        try:
            added = self._decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            raise UnreadableLabel(f"not UTF-8 text: {error.reason}") from error
        self.text, self.at, self.ended = self.text[self.at :] + added, 0, not chunk
        return True

    def peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def take(self, wanted: str) -> None:
        """Pass one character. Raises `UnreadableLabel` where another stands there."""
        found = self.peek()
        if found != wanted:
            raise UnreadableLabel(f"{wanted!r} expected, {found!r} found" if found else "it ends too early")
        self.at += 1

    def value(self) -> Any:
        """The value that begins here. Raises `UnreadableLabel`; a value that is whole and no JSON, or too long, is
        passed."""
        first = self.peek()
        while True:
            try:
                value, end = _decode(self.text, self.at)
            except (json.JSONDecodeError, RecursionError) as error:
                self._after(error, first)
            else:
                # A number at the end of the window may go on beyond it.
                if end < len(self.text) or not self.more():
                    long, self.at = end - self.at > MOST_RECORD, end
                    if long:
                        raise UnreadableLabel(_TOO_LONG)
                    return value

    def _after(self, error: Exception, first: str) -> None:
        """Read on where a value is not whole yet; else pass it and say what is wrong with it."""
        problem = f"not JSON: {error.msg}" if isinstance(error, json.JSONDecodeError) else "nested too deep"
        held = len(self.text) - self.at
        if first not in '{["' and (held > _LONGEST_WORD or self.ended):
            raise Truncated(problem)
        end = _end_of(self.text, self.at) if first in "{[" else None
        if end is not None:
            self.at = end
            raise UnreadableLabel(problem)
        if held > MOST_RECORD:
            self._skip()
            raise UnreadableLabel(_TOO_LONG)
        if not self.more():
            raise Truncated("it ends in the middle of a record")

    def _skip(self) -> None:
        """Pass a value that is too long to be held."""
        depth, in_text = 0, False
        while True:
            match = (_IN_TEXT if in_text else _OUTSIDE).search(self.text, self.at)
            if match is None:
                self.at = len(self.text)
                if not self.more():
                    raise Truncated("it ends in the middle of a record")
                continue
            self.at, sign = match.end(), match[0]
            if sign == "\\":
                self._one_more()
            elif sign == '"':
                in_text = not in_text
            else:
                depth += 1 if sign in "{[" else -1
                if depth <= 0:
                    return

    def _one_more(self) -> None:
        if self.at >= len(self.text) and not self.more():
            raise Truncated("it ends in the middle of a record")
        self.at += 1


class Truncated(UnreadableLabel):
    """The file ends before it should: nothing more can be read from it."""


def _end_of(text: str, start: int) -> int | None:
    """Where the value that begins with a bracket ends, by its brackets alone; None where the text ends first."""
    depth = 0
    for match in _TOKEN.finditer(text, start):
        sign = match[0][0]
        if sign == '"':
            if len(match[0]) < 2 or match[0][-1] != '"':
                return None
            continue
        depth += 1 if sign in "{[" else -1
        if depth <= 0:
            return match.end()
    return None


def records(stream: IO[bytes]) -> Iterator[tuple[str, Any]]:
    """("meta", …) first where there is one, then ("record", …) for each record and ("fault", `UnreadableLabel`) for one
    that cannot be read.

    The file is an object with `results`, a list of records, or one record. Raises `UnreadableLabel` where it is none of
    these, or goes wrong for good.
    """
    window = Window(stream)
    first = window.peek()
    if first == "[":
        yield from _listed(window)
    elif first == "{":
        yield from _keyed(window)
    else:
        raise UnreadableLabel("empty" if not first else "neither a JSON object nor a list")


def _keyed(window: Window) -> Iterator[tuple[str, Any]]:
    window.take("{")
    whole: dict[str, Any] = {}
    listed = False
    while window.peek() != "}":
        key = window.value()
        if not isinstance(key, str):
            raise UnreadableLabel("a key of the object is no text")
        window.take(":")
        if key == "results" and window.peek() == "[":
            listed = True
            yield from _listed(window)
        else:
            whole[key] = window.value()
            if key == "meta":
                yield "meta", whole[key]
        if window.peek() == ",":
            window.at += 1
        elif window.peek() != "}":
            raise UnreadableLabel("it ends too early" if not window.peek() else "keys are not parted by commas")
    if not listed:
        if whole.get("resourceType") == "Bundle":
            raise UnreadableLabel(FHIR)
        if "set_id" not in whole and "openfda" not in whole and "spl_product_data_elements" not in whole:
            raise UnreadableLabel("JSON, but neither a record of a label nor `results` that hold some")
        yield "record", whole


def _listed(window: Window) -> Iterator[tuple[str, Any]]:
    window.take("[")
    while window.peek() != "]":
        try:
            yield "record", window.value()
        except Truncated:
            raise
        except UnreadableLabel as fault:
            yield "fault", fault
        if window.peek() == ",":
            window.at += 1
        elif window.peek() != "]":
            raise Truncated(
                "it ends in the middle of the list" if not window.peek() else "records not parted by commas"
            )
    window.take("]")
