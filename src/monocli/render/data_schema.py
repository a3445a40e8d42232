"""Schemas: the list, or one as JSON."""

from __future__ import annotations

import json

from monocli.render.page import Page
from monocli.result import Result


def table(result: Result, page: Page) -> None:
    """The schema itself, to be redirected into a file; or the list of those there are."""
    data = result.data or {}
    if "schema" in data:
        page.unfolded(json.dumps(data["schema"], ensure_ascii=False, indent=2))
    else:
        columns, lines = rows(result)
        page.table(columns, lines)


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One line a schema: which files have this form, or which command prints it."""
    data = result.data or {}
    columns = ["name", "files", "command"]
    return columns, [[s.get(column, "") for column in columns] for s in data.get("schemas", [data])]
