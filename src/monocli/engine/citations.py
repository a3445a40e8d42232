"""A reference as one line of a literature list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def citation(reference: Mapping[str, Any]) -> str:
    """Authors, title, journal, year, volume and pages as printed, without the number.

    What has no journal (a notice on the web) shows its note in the place of year and pages.
    """
    parts = [reference["authors"].rstrip("."), reference["title"].rstrip(".")]
    if reference.get("journal"):
        where = " ".join(str(reference[key]) for key in ("journal", "year") if reference.get(key))
        pages = ": ".join(str(reference[key]) for key in ("volume", "pages") if reference.get(key))
        parts += ["; ".join(part for part in (where, pages) if part), reference.get("note", "").rstrip(".")]
    elif reference.get("note"):
        parts[-1] += f" ({reference['note'].rstrip('.')})"
    elif reference.get("year"):
        parts.append(str(reference["year"]))
    text = " ".join(part if part[-1] in "?!" else f"{part}." for part in parts if part)
    if reference.get("url"):
        text += f" {reference['url']}"
    return text + (f" (accessed {reference['accessed']})" if reference.get("accessed") else "")
