"""A dose: the line that one would write on a chart first, then what the patient changes, warnings and source; all else
with `--details`, the work with `--explain`. Without an indication the list of them, by disease.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.render import dose_parts
from monocli.render.amounts import cited
from monocli.render.dose_full import full_dose
from monocli.render.dose_lines import headline, short_dose, sources
from monocli.render.dose_rows import rows, summary
from monocli.render.dose_work import formulas, steps
from monocli.render.page import Page

if TYPE_CHECKING:
    from monocli.records.output.dosing import Dose, DoseListing, ListedIndication
    from monocli.render.page import Text
    from monocli.result import Result

__all__ = ["rows", "summary", "table"]
_TABLE_FROM = 100
"""Narrower terminals get a list instead of the table of indications, so that no id is broken and no dose is a column of
single words.
"""


def table(result: Result, page: Page) -> None:
    """A dose, or the list of indications."""
    data = result.data or {}
    details, explain = bool(result.shown.get("details")), bool(result.shown.get("explain"))
    if "indications" in data:
        _listing(cast("DoseListing", data), page, details=details, explain=explain)
    elif "regimens" in data:
        _dose(result, cast("Dose", data), page, details=details, explain=explain)


def _dose(result: Result, data: Dose, page: Page, *, details: bool, explain: bool) -> None:
    # Who acts on the dose must have read by then that a combination is to be avoided.
    dose_parts.first_warnings(result, page)
    dose_parts.values_first(result, data, page)
    headline(data, page, named=details)
    draw = full_dose if details else short_dose
    draw(result, data, page)
    if details:
        page.gap()
    page.line(sources(data) + ("" if explain else ". The work: --explain"), "dim")
    dose_parts.from_sources(data["from_sources"], page)
    if explain:
        steps(data["steps"], page)
        formulas(data, page)


def _differs(row: ListedIndication) -> bool:
    """Whether the source's own wording is another than the label; it may say who is meant more narrowly."""
    return row["printed"].casefold() != row["label"].casefold()


def _listing(data: DoseListing, page: Page, *, details: bool, explain: bool) -> None:
    page.heading(f"Doses of {data['expressed_as']} {data['route']}", f"(as {data['expressed_form']})")
    by_disease: dict[str, list[ListedIndication]] = {}
    for row in data["indications"]:
        by_disease.setdefault(row.get("disease", row["label"]), []).append(row)
    lines: list[list[str | Text]] = []
    narrow = Page()
    for disease, listed in by_disease.items():
        lines += _disease(disease, listed, narrow, details=details)
    page.table(["--indication", "indication", "for", "usual doses"], lines, least=_TABLE_FROM, narrow=narrow)
    for use in data["without_dose"]:
        page.line(f"{use['label']}: {use['text']} ({cited(use)})")
    if details:
        dose_parts.exclusions(data["exclusions"], page)
        dose_parts.compared(data["compared"], page)
    page.gap()
    if not details and (data["exclusions"] or data["compared"]):
        page.line("With --details: who must not get it, and the sources side by side.")
    for other in data["other_sources"]:
        page.line(f"Doses by {other['title']}: add --source {other['source']}")
    page.line("The exact dose for a patient, with warnings and advice: add --indication.")
    page.line(f"Source: {'; '.join(dict.fromkeys(cited(row) for row in data['indications']))}", "dim")
    dose_parts.from_sources(data["from_sources"], page)
    if explain:
        steps(data["steps"], page)


def _disease(disease: str, listed: list[ListedIndication], narrow: Page, *, details: bool) -> list[list[str | Text]]:
    """The rows of one disease, named once; on `narrow` the same as a list."""
    several = len(listed) > 1
    if several:
        narrow.line(disease, "bold")
    forms = [row["label"].removeprefix(disease).lstrip(", ") for row in listed]
    # One that is the disease itself stands for the line that names it.
    rows: list[list[str | Text]] = [["", Page.text(disease, "bold"), "", ""]] if several and forms[0] else []
    pairs: list[tuple[str | Text, str | Text]] = []
    for place, row in enumerate(listed):
        form = forms[place] if several else ""
        wording = f"as printed: {row['printed']}" if details and (several or _differs(row)) else ""
        said = f"  {form or 'the same'}" if several and (form or place) else row["label"]
        what = "\n".join(filter(None, [said, wording and f"({wording})"]))
        doses = _doses(row)
        rows.append([row["id"], what, dose_parts.who(row), "\n".join(doses)])
        shown = Page.text(form or ("" if several else disease), "" if several else "bold")
        head = Page.text(f"{', ' if shown.plain else ''}{dose_parts.who(row)}: {'; '.join(doses)}")
        pairs.append((row["id"], shown.append_text(head).append_text(Page.text(f"\n({wording})" if wording else ""))))
    narrow.pairs(pairs, indent=2 * several)
    return rows


def _doses(row: ListedIndication) -> list[str]:
    return [
        f"{d['stage']}: {d['text']}"
        + (f", {d['route']['label']}" if d["route"] else "")
        + (f" ({d['condition']})" if d["condition"] else "")
        for d in row["doses"]
    ]
