"""A dose: the answer first, then its warnings, then advice, then source; the work with `--explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.text import Text

    from monocli.render.page import Page
    from monocli.result import Result

TAKES_OPTIONS = True
_STAGES = {"start": "start", "option": "option", "increase": "increase"}


def table(result: Result, page: Page, options: dict[str, Any]) -> None:
    """A dose, or the list of indications."""
    data = result.data or {}
    if "indications" in data:
        _listing(data, page)
    elif "regimens" in data:
        _dose(result, data, page, explain=bool(options.get("explain")))


def _dose(result: Result, data: dict[str, Any], page: Page, *, explain: bool) -> None:
    who = data["population"] + (f", {data['region'].upper()}" if data["region"] else "")
    page.heading(f"{data['expressed_as']} {data['route']}: {data['indication']['label']}", f"({who})")
    if data["hepatic"]:
        page.line(f"Hepatic impairment: {data['hepatic']['label']}")
    page.gap()
    for regimen in data["regimens"]:
        _regimen(regimen, data, page)
    if result.warnings:
        page.gap()
        page.warnings(result)
    if data["advice"]:
        page.gap()
        page.bullets(f"{advice['text']} ({cited(advice)})" for advice in data["advice"])
    page.gap()
    page.line(f"Source: {'; '.join(dict.fromkeys(cited(r) for r in data['regimens']))}", "dim")
    if explain:
        steps(data["steps"], page)
        _formulas(data, page)
    else:
        page.line("The work, step by step: --explain", "dim")


def _regimen(regimen: dict[str, Any], data: dict[str, Any], page: Page) -> None:
    """The amount in bold, what it is in the salt, how it came about, and what tablets come near."""
    stage = _STAGES[regimen["stage"]] + (f", {regimen['condition']}" if regimen["condition"] else "")
    line = page.text(f"{spoken(regimen['daily'], regimen['each'], regimen['times_daily'])}", "bold")
    line.append_text(page.text(f"   ({form(data, regimen['as_salt'])})"))
    page.line(page.text(f"{stage}:"))
    page.line(line, indent=2)
    for reason in regimen["reasons"]:
        page.line(f"reason: {reason}", indent=4)
    for text in _origin(regimen):
        page.line(text, indent=4)
    for schedule in regimen["schedules"]:
        _schedule(schedule, regimen, page)
    if regimen["division"] and len(regimen["schedules"]) > 1:
        page.line(regimen["division"], "dim", indent=4)


def _origin(regimen: dict[str, Any]) -> list[str]:
    lines = []
    per, measure = (
        (regimen["per_area"], regimen["bsa"]) if regimen["per_area"] else (regimen["per_weight"], regimen["weight"])
    )
    if per:
        rounded = "   (shown rounded; the unrounded area is used)" if measure.get("rounded") else ""
        lines.append(f"{amount(per)} × {amount(measure)} = {amount(regimen['calculated'])}{rounded}")
    if regimen["capped"]:
        lines.append(f"HELD AT THE PRINTED MAXIMUM of {amount(regimen['maximum'])} a day")
    elif regimen["maximum"]:
        lines.append(f"printed maximum {amount(regimen['maximum'])} a day")
    if regimen["adjusted_from"]:
        lines.append(f"CHANGED from the printed {amount(regimen['adjusted_from'])} a day ({regimen['adjusted_for']})")
    return lines


def _schedule(schedule: dict[str, Any], regimen: dict[str, Any], page: Page) -> None:
    times = schedule["times_daily"]
    if times != regimen["times_daily"]:
        page.line(f"or {amount(schedule['each'])} {often(times)}", indent=4)
    for tablet in schedule["tablets"]:
        page.line(f"nearest in whole tablets, {often(times)}: {tablet['text']} ({cited(tablet)})", "dim", indent=4)


def _listing(data: dict[str, Any], page: Page) -> None:
    page.heading(f"Doses of {data['expressed_as']} {data['route']}", f"(as {data['expressed_form']})")
    lines = []
    for row in data["indications"]:
        who = row["population"] + (f", {row['region'].upper()}" if row["region"] else "")
        doses = "\n".join(
            f"{d['stage']}: {d['text']}" + (f" ({d['condition']})" if d["condition"] else "") for d in row["doses"]
        )
        lines.append([row["id"], row["label"], who, doses])
    page.table(["--indication", "indication", "for", "usual doses"], lines)
    for use in data["without_dose"]:
        page.line(f"{use['label']}: {use['text']}")
    page.line(f"Source: {'; '.join(dict.fromkeys(cited(row) for row in data['indications']))}", "dim")
    page.line("Warnings, advice and the exact dose for a patient: add --indication.", "dim")


def steps(found: list[dict[str, Any]], page: Page) -> None:
    """The work: a row a step."""
    page.gap()
    page.heading("The work")
    lines = []
    for number, step in enumerate(found, 1):
        text = page.text(step["text"])
        lines.append([str(number), step["rule"], text, _work(step, page), step.get("result", ""), cited(step)])
    page.table(["", "rule", "what is said", "formula and numbers put in", "result", "source"], lines)


def _work(step: dict[str, Any], page: Page) -> Text:
    return page.text("\n".join(step[key] for key in ("formula", "inputs") if key in step))


def _formulas(data: dict[str, Any], page: Page) -> None:
    if not data["formulas"]:
        return
    page.gap()
    page.heading("Body surface area by every formula")
    lines = [
        [
            f["name"],
            f["equation"],
            amount(f["area"]) + (" (rounded)" if f["area"].get("rounded") else ""),
            "used" if f["used"] else "",
            f["source"],
        ]
        for f in data["formulas"]
    ]
    page.table(["formula", "equation", "area", "", "source"], lines)


def amount(shown: dict[str, Any]) -> str:
    """An amount as read: value, unit, and the exact fraction where the value is rounded."""
    exact = f" (exactly {shown['exact']})" if "exact" in shown else ""
    return f"{shown['value']} {shown['unit']}{exact}"


def often(times: int) -> str:
    """How often a day."""
    return {1: "once daily", 2: "twice daily"}.get(times, f"{times} times daily")


def spoken(daily: dict[str, Any], each: dict[str, Any], times: int) -> str:
    """A daily dose as it is given: "400 mg twice daily (800 mg a day)"."""
    if times == 1:
        return f"{amount(daily)} once daily"
    return f"{amount(each)} {often(times)} ({amount(daily)} a day)"


def form(data: dict[str, Any], as_salt: dict[str, Any] | None) -> str:
    """What the dose is expressed as, with the same dose as the salt where a salt is given."""
    if not as_salt:
        return f"as {data['expressed_form']}"
    about = "about " if as_salt["about"] else ""
    return f"as {data['expressed_form']}; {about}{amount(as_salt)} {as_salt['substance']} a day"


def cited(record: dict[str, Any]) -> str:
    """Source and section."""
    return f"{record['source']}, {record['section']}" if record.get("section") else str(record["source"])


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One row a regimen, or one row a dose of the list."""
    data = result.data or {}
    if "indications" in data:
        columns = ["indication", "label", "population", "region", "stage", "dose", "condition", "source", "section"]
        return columns, [
            [
                r["id"],
                r["label"],
                r["population"],
                r["region"] or "",
                d["stage"],
                d["text"],
                d["condition"] or "",
                r["source"],
                r.get("section", ""),
            ]
            for r in data["indications"]
            for d in r["doses"]
        ]
    columns = [
        "indication",
        "population",
        "region",
        "stage",
        "condition",
        "daily",
        "unit",
        "times_daily",
        "each",
        "calculated",
        "maximum",
        "capped",
        "adjusted_from",
        "as_salt",
        "salt",
        "warnings",
        "source",
        "section",
    ]
    warnings = " ".join(dict.fromkeys(w["code"] for w in result.warnings))
    return columns, [
        [
            data["indication"]["id"],
            data["population"],
            data["region"] or "",
            r["stage"],
            r["condition"] or "",
            r["daily"]["value"],
            r["daily"]["unit"],
            str(r["times_daily"]),
            r["each"]["value"],
            _value(r["calculated"]),
            _value(r["maximum"]),
            "yes" if r["capped"] else "no",
            _value(r["adjusted_from"]),
            _value(r["as_salt"]),
            (r["as_salt"] or {}).get("substance", ""),
            warnings,
            r["source"],
            r.get("section", ""),
        ]
        for r in data.get("regimens", [])
    ]


def _value(shown: dict[str, Any] | None) -> str:
    return str(shown["value"]) if shown else ""
