"""One reference as a line of a literature list."""

from __future__ import annotations

from typing import Any, overload

from rich.text import Text

from monocli.engine.citations import citation
from monocli.render.page import Page


@overload
def line(page: Page, reference: dict[str, Any]) -> Text: ...
@overload
def line(page: None, reference: dict[str, Any]) -> str: ...
def line(page: Page | None, reference: dict[str, Any]) -> Text | str:
    """Number, authors, title, journal, year, volume and pages as printed; one that no statement cites says so."""
    text = citation(reference)
    if page is None:
        return text
    shown = page.text(f"{reference['number']}. ", "cyan")
    shown.append_text(page.text(text))
    if not reference.get("cited", True):
        shown.append_text(page.text(" (not cited in the text)", "dim"))
    return shown
