"""A change during treatment: the action first, then the dose or the limits to wait for, then warnings, advice and
source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.engine.cited import OWN
from monocli.render import dose_parts
from monocli.render.amounts import amount, cited, told_once, value_text
from monocli.render.dose_parts import counted, first_warnings
from monocli.render.dose_rows import advised, said, without
from monocli.render.dose_work import steps

if TYPE_CHECKING:
    from monocli.records.output.adjusting import Adjust, AdjustBeside, Afterwards, LimitCrossed, LimitToWaitFor
    from monocli.records.output.common import WarningRecord
    from monocli.records.words import DoseAction
    from monocli.render.page import Page, Text
    from monocli.render.palette import Style
    from monocli.result import Result

_VERBS: dict[DoseAction, tuple[str, Style]] = {
    "continue": ("CONTINUE", "note"),
    "withhold": ("WITHHOLD", "avoid"),
    "resume": ("RESUME", "monitor"),
    "reduce": ("REDUCE", "adjust"),
    "increase": ("INCREASE", "adjust"),
}

_OF_LATER = ("source-ambiguous", "source-conflict")


def table(result: Result, page: Page) -> None:
    """The action and what it leads to."""
    if not result.data:
        return
    data = cast("Adjust", result.data)
    details, explain = bool(result.shown.get("details")), bool(result.shown.get("explain"))
    headline = _headline(data, page, still=bool(result.shown.get("withheld")))
    if data["to"]:
        first_warnings(result, page)
        page.heading(headline)
    else:
        page.heading(headline)
        first_warnings(result, page)
    _doses(result, data, page)
    if details:
        for later in data["afterwards"]:
            page.line(f"{later['text']} ({cited(later)})", indent=2)
    told = _before_resuming(result)
    # That a source differs, the line on that source says.
    lines = {other["about"]["source"] for other in data["beside"] if other["differences"]}
    differ = [w for w in result.warnings if w["code"] == "sources-differ" and w.get("source") in lines]
    left = [warning for warning in result.warnings if warning not in (*told, *differ)]
    if left:
        page.gap()
        page.warnings(result.replaced(warnings=left))
    _other_sources(data, page, details=details)
    page.gap()
    if details and data["advice"]:
        page.bullets(f"{advice['text']} ({cited(advice)})" for advice in data["advice"])
        page.gap()
    elif data["advice"]:
        page.line(f"With --details: {', '.join(counted(data['advice']))}.")
    printed = [cited(s) for s in data["steps"] if s["source"] != OWN and s["rule"] != "name"]
    page.line(f"Source: {'; '.join(dict.fromkeys(printed))}" + ("" if explain else ". The work: --explain"), "dim")
    if explain:
        steps(data["steps"], page)


def _before_resuming(result: Result) -> list[WarningRecord]:
    """Warnings without which nobody may act on a dose for later."""
    data = cast("Adjust", result.data)
    warnings = cast("list[WarningRecord]", result.warnings)
    return [w for w in warnings if data["afterwards"] and w["code"] in _OF_LATER]


def _doses(result: Result, data: Adjust, page: Page) -> None:
    """Which limit was crossed, the dose for later, and how the new dose follows from the current one."""
    for limit in data["crossed"]:
        page.line(f"limit crossed: {_crossing(limit)}", "bold", indent=2)
    page.warnings(result.replaced(warnings=_before_resuming(result)), "Before resuming")
    for later in data["afterwards"]:
        page.line(_going_on(later, page), indent=2)
    treated = f" · {data['indication']['label']}" if data["indication"] else ""
    page.line(f"{data['expressed_as']}, {data['population']}{treated}; doses as {data['expressed_form']}")
    page.line(f"current dose: {amount(data['from'])} a day{_now(data)}", indent=2)
    if data["changed_by"] and data["from_daily"] and data["to"]:
        before, change = amount(data["from_daily"]), data["changed_by"]
        page.line(f"{before} × {change['factor']} = {amount(data['to'])}   ({change['text']})", indent=2)
    if data["to"]:
        line = page.text("new dose: ")
        line.append_text(page.text(f"{_least(data)}{amount(data['to'])} a day", "bold"))
        per = f" ({amount(data['to_per_area'])})" if data["to_per_area"] and data["to_per_area"] != data["to"] else ""
        salt = f"; {data['to_as_salt']['text']} a day" if data["to_as_salt"] else ""
        line.append_text(page.text(f"{per}{salt}"))
        page.line(line, indent=2)
    for tablet in told_once([*data["tablets"], *(t for later in data["afterwards"] for t in later["tablets"])]):
        which = "next" if _least(data) else "nearest"
        page.line(f"{which} in whole tablets: {tablet['text']} ({cited(tablet)})", indent=2)
    crossing = [limit["given"] for limit in data["crossed"]]
    for value in (value for value in data["values"] if value not in crossing):
        page.line(f"{value['label']}: {value_text(value)}", indent=2)


def _headline(data: Adjust, page: Page, *, still: bool) -> Text:
    """The verb, and until when or to which dose."""
    if not data["action"]:
        return page.text(f"No figure is printed{_in_words(data)}", "bold")
    verb, style = _VERBS[data["action"]]
    if data["action"] == "withhold":
        limits = " and ".join(f"{limit['text']}{_at_present(limit, data) if still else ''}" for limit in data["until"])
        text = f" until {limits}" if limits else ""
        verb = f"STILL {verb}" if still else verb
    elif data["action"] == "continue":
        text = f" {amount(data['from'])} a day: none of the printed limits for withholding is passed"
    else:
        reduced = ", the reduced dose" if data["action"] == "resume" and data["to"] != data["from_daily"] else ""
        to = "at" if data["action"] == "resume" else "to"
        text = f" {to} {_least(data)}{amount(data['to'])} a day{reduced}" if data["to"] else ""
    return page.text(verb, style).append_text(page.text(text, "bold"))


def _least(data: Adjust) -> str:
    """What stands before a dose that is the least which the source asks for."""
    return "at least " if data["changed_by"] and data["changed_by"]["at_least"] else ""


def _crossing(limit: LimitCrossed) -> str:
    """ "total bilirubin above 3 × ULN (given: 4 × ULN)"."""
    given = limit["given"]
    label = "given:" if limit["text"].startswith(given["label"]) else given["label"]
    return f"{limit['text']} ({label} {value_text(given)})"


def _going_on(later: Afterwards, page: Page) -> Text:
    """The dose for later in one case, or why there is none."""
    to = later["to"] or later["to_per_area"]
    if to is None:
        return page.text(f"then, {later['case']}: {later['text']} ({cited(later)})")
    per = later["to_per_area"]
    by_area = f" ({amount(per)})" if per and per != to else ""
    salt = f"; {later['to_as_salt']['text']} a day" if later["to_as_salt"] else ""
    line = page.text("then RESUME", "monitor").append_text(page.text(f" at {amount(to)} a day", "bold"))
    return line.append_text(page.text(f"{by_area} ({later['case']}){salt} ({cited(later)})"))


def _in_short(later: Afterwards) -> str:
    to = later["to"] or later["to_per_area"]
    return f"{later['case']}: {f'resume {amount(to)} a day' if to else later['text']}"


def _other_sources(data: Adjust, page: Page, *, details: bool) -> None:
    """What others say of the same change, each in a line; the statements side by side where they are asked for, or
    where the answer is not the usual source's."""
    if data["beside"]:
        page.gap()
    for other in data["beside"]:
        page.line(_beside(other))
    if details or not data["from_sources"][0]["printed"]:
        dose_parts.compared(data["compared"], page)


def _beside(other: AdjustBeside) -> str:
    if other["adjust"] is None:
        return f"{dose_parts.named(other['about'])}: {(other['message'] or '').rstrip('.')}."
    return dose_parts.compared_with(other["about"], other["differences"])


def _at_present(limit: LimitToWaitFor, data: Adjust) -> str:
    return next((f" (now {value_text(v)})" for v in data["values"] if v["variable"] == limit["variable"]), "")


def _now(data: Adjust) -> str:
    """What a dose per m2 is in a day, where that is known."""
    if not data["from_daily"] or data["from_daily"] == data["from"]:
        return ""
    held = ", held at the printed maximum" if data["from_capped"] else ""
    highest = data["from_maximum"]
    maximum = f" (printed maximum {amount(highest)} a day)" if highest and not data["from_capped"] else ""
    return f"{held}: {amount(data['from_daily'])} a day{maximum}"


def _in_words(data: Adjust) -> str:
    return f": {data['in_words']}" if data["in_words"] else " for the dose with this drug"


def summary(result: Result) -> tuple[list[str], list[list[str]]]:
    """The row without the sentences, which stand below it."""
    return without(("messages", "values", "tablets", "advice", "beside"), *rows(result))


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
    columns += ["values", "advice", "crossed", "indication", "afterwards", "from_sources", "beside"]
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
        "; ".join(f"{value['label']} {value_text(value)}" for value in data["values"]),
        advised(data["advice"]),
        "; ".join(map(_crossing, data["crossed"])),
        data["indication"]["id"] if data["indication"] else "",
        "; ".join(map(_in_short, data["afterwards"])),
        data["from_sources"][0]["source"],
        "; ".join(map(_beside, data["beside"])),
    ]
    return columns, [row]
