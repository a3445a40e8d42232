"""What several answers draw of a label: whose it is, its sections, its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.render.page import Page

if TYPE_CHECKING:
    from monocli.records.labels import LabelCard
    from monocli.records.output.labels import LabelTable, ShownLabelSection

_DATE_DIGITS = 8
_WIDE_ROW = 2
_UNHEADED = "A part without a heading"


def day(effective: str | None) -> str:
    """The day from which a text counts, as a date where it is eight digits; else as printed."""
    if effective and len(effective) == _DATE_DIGITS and effective.isdigit():
        return f"{effective[:4]}-{effective[4:6]}-{effective[6:]}"
    return effective or "not stated"


def edition(card: LabelCard) -> str:
    return f"version {card['version']}, effective {day(card['effective'])}"


def substances(card: LabelCard) -> str:
    names = [one["name"] or one["unii"] or "" for one in card["substances"]]
    return ", ".join(names)


def card_lines(page: Page, card: LabelCard) -> None:
    """Whose label it is."""
    codes = [
        f"{one['name'] or '?'} ({one['unii']})" if one["unii"] else one["name"] or "" for one in card["substances"]
    ]
    if len(card["substances"]) > 1 and card["unii"]:
        codes.append(f"UNII {', '.join(card['unii'])}")
    rows = [
        ("Set id", f"{card['set_id']}, {edition(card)}"),
        ("Labeler", card["labeler"] or ""),
        ("Application", ", ".join(card.get("applications", [])) or card["application"] or ""),
        ("Kind", card["product_type"] or ""),
        ("Substances", ", ".join(codes)),
        ("Products", ", ".join(card["ndc"])),
        ("RxCUI", ", ".join(card["rxcui"])),
        (
            "Packed anew",
            f"another firm's product: {', '.join(card.get('original_ndc', []))}" if card["repackaged"] else "",
        ),
        ("As printed", "" if card["brands"] or card["generics"] else card["as_printed"] or ""),
    ]
    page.pairs(((label, value) for label, value in rows if value), indent=2)


def section(page: Page, shown: ShownLabelSection, depth: int = 1) -> None:
    """A section with its sub-sections."""
    page.gap()
    within = shown.get("within", [])
    where = " · ".join(filter(None, (f"{one['number'] or ''} {one['title']}".strip() for one in within)))
    heading = " ".join(part for part in (shown["number"], shown["title"] or shown.get("called")) if part)
    if heading or where:
        page.subheading(heading or _UNHEADED, f"in {where}" if where else "", depth)
    indent = 2 * depth
    if shown.get("highlights"):
        page.line(f"Highlights: {shown['highlights']}", "italic", indent=indent)
    if shown["text"]:
        page.line(shown["text"], indent=indent)
    for number, grid in enumerate(shown["tables"], 1):
        table(page, grid, number)
    for part in shown["sections"]:
        section(page, part, depth + 1)
    if not (shown["text"] or shown.get("highlights") or shown["tables"] or shown["sections"]):
        page.line("The label has this section and nothing in it.", indent=indent)


def table(page: Page, grid: LabelTable, number: int) -> None:
    """A table with its heading rows, its groups and its notes."""
    page.gap()
    caption = f"[table {number}] {grid['caption'] or ''}".strip()
    if "problem" in grid:
        page.line(f"{caption} (not laid out: {grid['problem']})", "italic")
        page.line(grid["rows"][0][0], indent=2)
        return
    width = max((len(row) for row in grid["rows"]), default=0)
    rows = [[*row, *[""] * (width - len(row))] for row in grid["rows"]]
    heads, body = rows[: grid["header_rows"]], rows[grid["header_rows"] :]
    columns = ["\n".join(dict.fromkeys(filter(None, cells))) for cells in zip(*heads, strict=True)] or [""] * width
    page.line(caption, "italic")
    if width:
        page.table(_numbered(columns), [_once(row) for row in body])
    if grid.get("figures_missing"):
        page.line(f"{grid['figures_missing']} figures of this table are not in the data.", "dim", indent=2)
    for note in grid["notes"]:
        mark = note["mark"] if note["mark"].startswith("[") else ""
        page.line(f"{mark} {note['text']}".strip(), "dim", indent=2)


def _numbered(columns: list[str]) -> list[str]:
    """Headings of the columns; where a table has none, their places."""
    return columns if any(columns) else [str(place) for place, _ in enumerate(columns, 1)]


def _once(row: list[str]) -> list[str]:
    """A row whose one cell spans all columns, with its text once."""
    return [row[0], *[""] * (len(row) - 1)] if len(row) >= _WIDE_ROW and len(set(row)) == 1 else row
