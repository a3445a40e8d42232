"""The JSON envelope. Imports neither rich nor anything heavy: JSON output must start fast."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import Any

from monocli.engine.cited import cited
from monocli.result import Result

_MOST_REMEMBERED = 10_000


class Envelopes:
    """Writes the one shape in which every command answers, failures included.

    `indented` is for one document, else each is a line. Of the library's `sources` each envelope lists those that it
    cites. Text is escaped to ASCII where the stream is not UTF-8, and always where it is no text but something that a
    terminal would act on.
    """

    def __init__(self, edition: str | None, sources: list[str], encoding: str | None, *, indented: bool) -> None:
        self._ascii = not is_utf8(encoding)
        self._encoder = json.JSONEncoder(ensure_ascii=self._ascii, separators=(",", ":"))
        self._library = AboutLibrary(edition, sources, compact=not indented)
        self._indented = indented

    def text(self, result: Result) -> str:
        """One envelope with its line end."""
        head, body = _head(result), _body(result)
        library = self._library.citing(cited(result.data, result.warnings, result.errors))
        if self._indented:
            *texts, _ = _laid_out(head, ascii=self._ascii)
            first, *others = _laid_out(body, ascii=self._ascii)
            # The brace that ends the one and the brace that begins the other give way to what stands between them.
            return harmless_json("".join([*texts, f',\n  "library": {library},', first[1:], *others, "\n"]))
        head_text, body_text = self._encoder.encode(head), self._encoder.encode(body)
        return harmless_json(f'{head_text[:-1]},"library":{library},{body_text[1:]}\n')


def indented_json(value: object, *, ascii: bool) -> str:
    """JSON text with two spaces a level, as `json` writes it: that is not in C where lines are indented, and writes
    from one generator within another, which took a long answer a tenth of its time."""
    return "".join(_laid_out(value, ascii=ascii))


def _laid_out(value: object, *, ascii: bool) -> list[str]:
    """The pieces of that text; they are joined once, since every copy of a long text takes new memory."""
    pieces: list[str] = []
    _lay_out(value, encode_basestring_ascii if ascii else encode_basestring, "\n", pieces.append)
    return pieces


def _lay_out(value: object, text: Callable[[str], str], margin: str, put: Callable[[str], None]) -> None:
    inner = f"{margin}  "
    # Most of what stands in an answer is text, or nothing: both are spared a call.
    if isinstance(value, dict) and value:
        before = f"{{{inner}"
        for key, item in value.items():
            if isinstance(item, str):
                put(f"{before}{text(key)}: {text(item)}")
            elif item is None:
                put(f"{before}{text(key)}: null")
            else:
                put(f"{before}{text(key)}: ")
                _lay_out(item, text, inner, put)
            before = f",{inner}"
        put(f"{margin}}}")
    elif isinstance(value, (list, tuple)) and value:
        before = f"[{inner}"
        for item in value:
            if isinstance(item, str):
                put(f"{before}{text(item)}")
            else:
                put(before)
                _lay_out(item, text, inner, put)
            before = f",{inner}"
        put(f"{margin}]")
    elif isinstance(value, (list, tuple)):
        put("[]")
    else:
        put(text(value) if isinstance(value, str) else json.dumps(value))


def is_utf8(encoding: str | None) -> bool:
    """Whether a stream of this encoding carries every character."""
    return (encoding or "").casefold().replace("-", "").replace("_", "") == "utf8"


class AboutLibrary:
    """The envelope's `library` as JSON text: the edition, and those of its sources that an answer cites, in the order
    of the library. A stream cites the same few again and again, so each text is made once."""

    def __init__(self, edition: str | None, sources: list[str], *, compact: bool) -> None:
        self._edition, self._sources = edition, sources
        self._separators = (",", ":") if compact else None
        self._texts: dict[frozenset[str], str] = {}

    def citing(self, ids: Iterable[str]) -> str:
        key = frozenset(ids)
        text = self._texts.get(key)
        if text is None:
            if len(self._texts) >= _MOST_REMEMBERED:
                self._texts.clear()
            named = [source for source in self._sources if source in key]
            text = self._texts[key] = json.dumps(
                {"edition": self._edition, "sources": named}, separators=self._separators
            )
        return text


def _head(result: Result) -> dict[str, Any]:
    return {
        "schema": f"mono/{result.command}/1",
        "command": result.command,
        "status": result.status,
        "exit_code": result.exit_code,
    }


def _body(result: Result) -> dict[str, Any]:
    return {"data": result.data, "warnings": result.warnings, "errors": result.errors}


def harmless_json(rendered: str) -> str:
    """The same JSON, with what a terminal would act on, what reorders text, and lone surrogates as escapes."""
    if rendered.replace("\n", "").isprintable() or (rendered.isascii() and "\x7f" not in rendered):
        return rendered
    return _unseen().sub(lambda match: json.dumps(match[0])[1:-1], rendered)


@cache
def _unseen() -> re.Pattern[str]:
    """Control and format characters and lone surrogates; a few of their unassigned neighbours do no harm escaped."""
    return re.compile(
        "[\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
        "\ud800-\udfff\ufeff\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
        "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    )


def json_text(rendered: str, encoding: str | None) -> str:
    """JSON text as it is where the stream's encoding can carry it, else the same escaped to ASCII."""
    rendered = harmless_json(rendered)
    try:
        rendered.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return json.dumps(json.loads(rendered), ensure_ascii=True, indent=2) + "\n"
    return rendered
