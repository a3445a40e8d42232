"""The JSON envelope. Imports neither rich nor anything of the engine: JSON output must start fast."""

from __future__ import annotations

import json
from typing import Any

from monocli.result import Result


class Envelopes:
    """Writes the one shape in which every command answers, failures included.

    `indented` is for one document, else each is a line. What belongs to the library is the same in each and is rendered once: a
    stream may be long. Text is escaped to ASCII where the stream is not UTF-8, and where it holds what UTF-8 cannot carry.
    """

    def __init__(self, edition: str | None, sources: list[str], encoding: str | None, *, indented: bool) -> None:
        separators = None if indented else (",", ":")
        indent = 2 if indented else None
        self._utf8 = (encoding or "").casefold().replace("-", "").replace("_", "") == "utf8"
        self._plain = json.JSONEncoder(ensure_ascii=not self._utf8, indent=indent, separators=separators)
        self._ascii = json.JSONEncoder(ensure_ascii=True, indent=indent, separators=separators)
        self._library = json.dumps({"edition": edition, "sources": sources})
        self._indented = indented

    def text(self, result: Result) -> str:
        """One envelope with its line end."""
        head, body = self._encoded(_head(result)), self._encoded(_body(result))
        if self._indented:
            return f'{head[:-2]},\n  "library": {self._library},\n{body[2:]}\n'
        return f'{head[:-1]},"library":{self._library},{body[1:]}\n'

    def _encoded(self, document: dict[str, Any]) -> str:
        rendered = self._plain.encode(document)
        if self._utf8 and not rendered.isascii() and any("\ud800" <= c <= "\udfff" for c in rendered):
            return self._ascii.encode(document)
        return rendered


def _head(result: Result) -> dict[str, Any]:
    return {
        "schema": f"mono/{result.command}/1",
        "command": result.command,
        "status": result.status,
        "exit_code": result.exit_code,
    }


def _body(result: Result) -> dict[str, Any]:
    return {"data": result.data, "warnings": result.warnings, "errors": result.errors}


def json_text(rendered: str, encoding: str | None) -> str:
    """JSON text as it is where the stream's encoding can carry it, else the same escaped to ASCII."""
    try:
        rendered.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return json.dumps(json.loads(rendered), ensure_ascii=True, indent=2) + "\n"
    return rendered
