"""Paths in force."""

from __future__ import annotations

from monocli.render.page import Page
from monocli.result import Result


def table(result: Result, page: Page) -> None:
    """One line a place, the path last and whole, so that it can be copied."""
    for what, path, state, named_by in rows(result)[1]:
        by = f" ({named_by})" if named_by else ""
        page.unfolded(f"{what:<9} {state}{by}: {path}")


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One line a place."""
    lines = []
    for place in (result.data or {})["places"]:
        state = "there" if place["exists"] else "not there"
        if "fresh" in place:
            state = "fresh" if place["fresh"] else "will be compiled at the next command"
        lines.append([place["what"], place["path"], state, place.get("from", "")])
    return ["what", "path", "state", "named by"], lines
