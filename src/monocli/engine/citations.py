"""A reference as one line of a literature list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monocli.records.monograph import Reference
    from monocli.records.output.lookups import ShownReference


def citation(reference: Reference | ShownReference) -> str:
    """Authors, title, journal, year, volume and pages as printed, without the number.

    What has no journal (a notice on the web) shows its note in the place of year and pages.
    """
    parts = [reference["authors"].rstrip("."), reference["title"].rstrip(".")]
    if reference.get("journal"):
        where = " ".join(filter(None, (reference["journal"], reference.get("year"))))
        pages = ": ".join(filter(None, (reference.get("volume"), reference.get("pages"))))
        parts += ["; ".join(part for part in (where, pages) if part), reference.get("note", "").rstrip(".")]
    elif reference.get("note"):
        parts[-1] += f" ({reference['note'].rstrip('.')})"
    elif reference.get("year"):
        parts.append(reference["year"])
    text = " ".join(part if part[-1] in "?!" else f"{part}." for part in parts if part)
    if reference.get("url"):
        text += f" {reference['url']}"
    return text + (f" (accessed {reference['accessed']})" if reference.get("accessed") else "")
