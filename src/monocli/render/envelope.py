"""The JSON envelope. Imports neither rich nor anything of the engine: JSON output must start fast."""

from __future__ import annotations

import json
from typing import Any

from monocli.result import Result


def envelope(result: Result, edition: str | None, sources: list[str]) -> dict[str, Any]:
    """The one shape in which every command answers, failures included."""
    return {
        "schema": f"mono/{result.command}/1",
        "command": result.command,
        "status": result.status,
        "exit_code": result.exit_code,
        "library": {"edition": edition, "sources": sources},
        "data": result.data,
        "warnings": result.warnings,
        "errors": result.errors,
    }


def text(document: dict[str, Any], encoding: str | None, *, indent: int | None) -> str:
    """JSON text that the stream's encoding can carry: escaped to ASCII where it is not UTF-8, and where text holds lone surrogates."""
    separators = None if indent else (",", ":")
    plain = (encoding or "").casefold().replace("-", "").replace("_", "") == "utf8"
    rendered = json.dumps(document, ensure_ascii=not plain, indent=indent, separators=separators)
    if plain and not rendered.isascii() and any("\ud800" <= c <= "\udfff" for c in rendered):
        rendered = json.dumps(document, ensure_ascii=True, indent=indent, separators=separators)
    return rendered
