"""A change during treatment: the action first, then the dose or the limits to wait for, then warnings, advice and
source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monocli.render.dose import amount, cited, form, steps

if TYPE_CHECKING:
    from monocli.render.page import Page
    from monocli.result import Result

TAKES_OPTIONS = True
_ACTIONS = {
    "continue": "CONTINUE: none of the printed limits for withholding is passed",
    "withhold": "WITHHOLD",
    "resume": "RESUME at the reduced dose",
    "reduce": "REDUCE",
    "increase": "INCREASE",
}


def table(result: Result, page: Page, options: dict[str, Any]) -> None:
    """The action and what it leads to."""
    data = result.data
    if not data:
        return
    page.heading(
        _ACTIONS.get(data["action"] or "", "No change of dose is printed"),
        f"({data['expressed_as']}, {data['population']})",
    )
    page.line(f"current dose: {amount(data['from'])} a day", indent=2)
    if data["to"]:
        line = page.text("new dose: ")
        line.append_text(page.text(f"{amount(data['to'])} a day", "bold"))
        per = f" ({amount(data['to_per_area'])})" if data["to_per_area"] and data["to_per_area"] != data["to"] else ""
        line.append_text(page.text(f"{per}   ({form(data, data['to_as_salt'])})"))
        page.line(line, indent=2)
    for limit in data["until"]:
        page.line(f"until {limit['text']}", indent=2)
    for tablet in data["tablets"]:
        page.line(f"nearest in whole tablets: {tablet['text']} ({cited(tablet)})", "dim", indent=2)
    if result.warnings:
        page.gap()
        page.warnings(result)
    if data["advice"]:
        page.gap()
        page.bullets(f"{advice['text']} ({cited(advice)})" for advice in data["advice"])
    page.gap()
    printed = [cited(step) for step in data["steps"] if step["source"] != "mono-decisions"]
    page.line(f"Source: {'; '.join(dict.fromkeys(printed))}", "dim")
    if options.get("explain"):
        steps(data["steps"], page)
    else:
        page.line("The work, step by step: --explain", "dim")


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One row."""
    data = result.data or {}
    columns = ["action", "from", "from_unit", "to", "to_unit", "until", "warnings", "sources"]
    if not data:
        return columns, []
    to = data["to"] or {"value": "", "unit": ""}
    until = "; ".join(limit["text"] for limit in data["until"])
    warnings = " ".join(dict.fromkeys(w["code"] for w in result.warnings))
    sources = " ".join(dict.fromkeys(step["source"] for step in data["steps"]))
    row = [
        data["action"] or "",
        data["from"]["value"],
        data["from"]["unit"],
        to["value"],
        to["unit"],
        until,
        warnings,
        sources,
    ]
    return columns, [row]
