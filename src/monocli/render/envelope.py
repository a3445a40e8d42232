"""The JSON envelope. Imports neither rich nor anything of the engine: JSON output must start fast."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from monocli.result import Result


class Envelopes:
    """Writes the one shape in which every command answers, failures included.

    `indented` is for one document, else each is a line. What belongs to the library is the same in each and is
    rendered once: a stream may be long. Text is escaped to ASCII where the stream is not UTF-8, and always where it is
    no text but something that a terminal would act on.
    """

    def __init__(self, edition: str | None, sources: list[str], encoding: str | None, *, indented: bool) -> None:
        separators = None if indented else (",", ":")
        indent = 2 if indented else None
        utf8 = (encoding or "").casefold().replace("-", "").replace("_", "") == "utf8"
        self._encoder = json.JSONEncoder(ensure_ascii=not utf8, indent=indent, separators=separators)
        self._library = json.dumps({"edition": edition, "sources": sources})
        self._indented = indented

    def text(self, result: Result) -> str:
        """One envelope with its line end."""
        head, body = self._encoded(_head(result)), self._encoded(_body(result))
        if self._indented:
            return f'{head[:-2]},\n  "library": {self._library},\n{body[2:]}\n'
        return f'{head[:-1]},"library":{self._library},{body[1:]}\n'

    def _encoded(self, document: dict[str, Any]) -> str:
        return harmless_json(self._encoder.encode(document))


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
    if rendered.isprintable() or (rendered.isascii() and "\x7f" not in rendered):
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
