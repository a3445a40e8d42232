"""A change during treatment: the action first, then the dose or the limits to wait for, then warnings, advice and
source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.engine.cited import OWN
from monocli.render.amounts import amount, cited
from monocli.render.dose_parts import form
from monocli.render.dose_rows import advised, said, without
from monocli.render.dose_work import steps

if TYPE_CHECKING:
    from monocli.records.output.common import WarningRecord
    from monocli.records.output.dosing import Adjust
    from monocli.render.page import Page
    from monocli.result import Result

_ACTIONS = {
    "continue": "CONTINUE: none of the printed limits for withholding is passed",
    "withhold": "WITHHOLD",
    "resume": "RESUME at the reduced dose",
    "reduce": "REDUCE",
    "increase": "INCREASE",
}


def table(result: Result, page: Page) -> None:
    """The action and what it leads to."""
    if not result.data:
        return
    data = cast("Adjust", result.data)
    action = _ACTIONS[data["action"]] if data["action"] else f"No figure is printed{_in_words(data)}"
    still = data["action"] == "withhold" and result.shown.get("withheld")
    page.heading(f"STILL {action}" if still else action, f"({data['expressed_as']}, {data['population']})")
    page.line(f"current dose: {amount(data['from'])} a day{_now(data)}{_as(data)}", indent=2)
    if data["changed_by"] and data["from_daily"] and data["to"]:
        before, change = amount(data["from_daily"]), data["changed_by"]
        page.line(f"{before} × {change['factor']} = {amount(data['to'])}   ({change['text']})", indent=2)
    if data["to"]:
        line = page.text("new dose: ")
        line.append_text(page.text(f"{amount(data['to'])} a day", "bold"))
        per = f" ({amount(data['to_per_area'])})" if data["to_per_area"] and data["to_per_area"] != data["to"] else ""
        line.append_text(page.text(f"{per}   ({form(data, data['to_as_salt'])})"))
        page.line(line, indent=2)
    for limit in data["until"]:
        now = next((f" (now {amount(v)})" for v in data["values"] if v["variable"] == limit["variable"]), "")
        page.line(f"until {limit['text']}{now if still else ''}", indent=2)
    for tablet in data["tablets"]:
        page.line(f"nearest in whole tablets: {tablet['text']} ({cited(tablet)})", "dim", indent=2)
    for value in data["values"]:
        page.line(f"{value['label']}: {amount(value)}", "dim", indent=2)
    if result.warnings:
        page.gap()
        page.warnings(result)
    if data["advice"]:
        page.gap()
        page.bullets(f"{advice['text']} ({cited(advice)})" for advice in data["advice"])
    page.gap()
    printed = [cited(s) for s in data["steps"] if s["source"] != OWN and s["rule"] != "name"]
    page.line(f"Source: {'; '.join(dict.fromkeys(printed))}", "dim")
    if result.shown.get("explain"):
        steps(data["steps"], page)
    else:
        page.line("The work, step by step: --explain", "dim")


def _now(data: Adjust) -> str:
    """What a dose per m2 is in a day, where that is known."""
    if not data["from_daily"] or data["from_daily"] == data["from"]:
        return ""
    held = ", held at the printed maximum" if data["from_capped"] else ""
    highest = data["from_maximum"]
    maximum = f" (printed maximum {amount(highest)} a day)" if highest and not data["from_capped"] else ""
    return f"{held}: {amount(data['from_daily'])} a day{maximum}"


def _as(data: Adjust) -> str:
    """What the dose is expressed as, where no new dose says it."""
    return "" if data["to"] else f"   (as {data['expressed_form']})"


def _in_words(data: Adjust) -> str:
    return f": {data['in_words']}" if data["in_words"] else " for the dose with this drug"


def summary(result: Result) -> tuple[list[str], list[list[str]]]:
    """The row without the sentences, which stand below it."""
    return without(("messages", "values", "tablets", "advice"), *rows(result))


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One row."""
    columns = ["action", "from", "from_unit", "to", "to_unit", "expressed_as", "as_salt", "salt", "until"]
    columns += ["warnings", "messages", "sources"]
    columns += [
        "population",
        "region",
        "from_daily",
        "from_maximum",
        "to_per_area",
        "changed_by",
        "in_words",
        "tablets",
    ]
    columns += ["values", "advice"]
    if not result.data:
        return columns, []
    data = cast("Adjust", result.data)
    to, salt = data["to"], data["to_as_salt"]
    daily = data["from_daily"], data["from_maximum"], data["to_per_area"]
    until = "; ".join(limit["text"] for limit in data["until"])
    sources = " ".join(dict.fromkeys(step["source"] for step in data["steps"]))
    row = [
        data["action"] or "",
        data["from"]["value"],
        data["from"]["unit"],
        to["value"] if to else "",
        to["unit"] if to else "",
        data["expressed_form"],
        salt["value"] if salt else "",
        salt["substance"] if salt else "",
        until,
        *said(cast("list[WarningRecord]", result.warnings)),
        sources,
        data["population"],
        data["region"] or "",
        *(amount(shown) if shown else "" for shown in daily),
        f"× {data['changed_by']['factor']}: {data['changed_by']['text']}" if data["changed_by"] else "",
        data["in_words"] or "",
        "; ".join(f"{tablet['text']} ({cited(tablet)})" for tablet in data["tablets"]),
        "; ".join(f"{value['label']} {amount(value)}" for value in data["values"]),
        advised(data["advice"]),
    ]
    return columns, [row]
