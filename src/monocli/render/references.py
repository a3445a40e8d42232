"""One reference as a line of a literature list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.citations import citation
from monocli.render.page import Page, Text

if TYPE_CHECKING:
    from monocli.records.output.lookups import ShownReference


def line(page: Page, reference: ShownReference) -> tuple[str, Text]:
    """Number, authors, title, journal, year, volume and pages as printed; one that no statement cites says so."""
    shown = page.text(citation(reference))
    if not reference["cited"]:
        shown.append_text(page.text(" (not cited in the text)", "dim"))
    return f"{reference['number']}.", shown
