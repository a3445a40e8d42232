"""A dose: the answer first, then its warnings, then advice, then source; the work with `--explain`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from monocli.render import dose_parts
from monocli.render.amounts import amount, cited, often, spoken
from monocli.render.page import Page

if TYPE_CHECKING:
    from monocli.records.output.common import Amount, WarningRecord
    from monocli.records.output.dosing import (
        Adjust,
        Advice,
        Dose,
        DoseListing,
        DoseStep,
        HepaticGrade,
        Indication,
        ListedIndication,
        Regimen,
        SaltAmount,
        Schedule,
    )
    from monocli.render.page import Text
    from monocli.result import Result

_TABLE_FROM = 100
"""Narrower terminals get a list instead of the table of indications, so that no id is broken and no dose is a column of
single words.
"""
_FORMULAS_FROM = 76
"""Narrower terminals get the formulas as a list."""
_STEPS_FROM = 110
"""Narrower terminals get the work in blocks."""
_LONG = ("messages", "printed", "reasons", "how", "division", "tablets", "hepatic", "advice")
"""Columns of sentences, which Markdown has below its table."""
_LISTED = ["indication", "label", "population", "region", "stage", "dose", "expressed_as", "condition", "source"]
_LISTED += ["section", "printed"]
_DOSES = ["indication", "population", "region", "stage", "condition", "daily", "unit", "times_daily", "each"]
_DOSES += ["per_area", "bsa", "calculated", "maximum", "capped", "adjusted_from", "expressed_as", "as_salt", "salt"]
_DOSES += ["warnings", "messages", "source", "section", "printed", "reasons", "how", "division", "tablets"]
_DOSES += ["hepatic", "advice"]
"""Columns of the list, and of a dose."""
_STAGES = {"start": "start", "option": "option", "increase": "increase", "later": "later"}


def table(result: Result, page: Page) -> None:
    """A dose, or the list of indications."""
    data = result.data or {}
    explain = bool(result.shown.get("explain"))
    if "indications" in data:
        _listing(cast("DoseListing", data), page, explain=explain)
    elif "regimens" in data:
        _dose(result, cast("Dose", data), page, explain=explain)


def _dose(result: Result, data: Dose, page: Page, *, explain: bool) -> None:
    page.heading(f"{data['expressed_as']} {data['route']}: {data['indication']['label']}", f"({_who(data)})")
    if wording := _printed(data["indication"]):
        page.line(wording)
    if data["hepatic"]:
        values = ", ".join(f"{value['label']} {amount(value)}" for value in data["hepatic"]["values"])
        page.line(f"Hepatic impairment: {data['hepatic']['label']}" + (f" ({values})" if values else ""))
    page.gap()
    for regimen in data["regimens"]:
        _regimen(regimen, data, page)
    _footnotes(data["regimens"], page)
    for band in data["bands"]:
        page.line(f"{band['label']}, {band['band']}: {band['text']} ({cited(band)})")
    if result.warnings:
        page.gap()
        page.warnings(result)
    dose_parts.sheets(data, page)
    dose_parts.exclusions(data["exclusions"], page)
    dose_parts.interruptions(data["interruptions"], page)
    dose_parts.beside(data["beside"], page)
    dose_parts.compared(data["compared"], page)
    if data["advice"]:
        page.gap()
        page.bullets(f"{advice['text']} ({cited(advice)})" for advice in data["advice"])
    page.gap()
    page.line(f"Source: {'; '.join(dict.fromkeys(cited(r) for r in data['regimens']))}", "dim")
    dose_parts.from_sources(data["from_sources"], page)
    if explain:
        steps(data["steps"], page)
        _formulas(data, page)
    else:
        page.line("The work, step by step: --explain", "dim")


def _printed(indication: Indication | ListedIndication) -> str:
    """The source's own wording, which may say who is meant more narrowly than the label; nothing where they agree."""
    agree = indication["printed"].casefold() == indication["label"].casefold()
    return "" if agree else f"as printed: {indication['printed']}"


def _who(data: Dose | ListedIndication) -> str:
    return data["population"] + (f", {data['region'].upper()}" if data["region"] else "")


def _regimen(regimen: Regimen, data: Dose, page: Page) -> None:
    """The amount in bold, what it is in the salt, how it came about, and what tablets come near."""
    stage = _STAGES[regimen["stage"]] + (f", {regimen['condition']}" if regimen["condition"] else "")
    line = page.text(f"{spoken(regimen)}", "bold")
    also = ", ".join(amount(a) for a in regimen["also"])
    one = "" if not also else f"; one dose: {also}"
    line.append_text(page.text(f"   ({form(data, regimen['as_salt'])}{one})"))
    way = f", {regimen['route']['label']}" if regimen["route"] else ""
    page.line(page.text(f"{stage}{way}:"))
    page.line(line, indent=2)
    if regimen["course"]:
        page.line(f"course: {regimen['course']}", indent=4)
    for reason in regimen["reasons"]:
        page.line(f"reason: {reason}", indent=4)
    for text in origin(regimen):
        page.line(text, indent=4)
    for schedule in regimen["schedules"]:
        _schedule(schedule, regimen, page)


def _footnotes(regimens: Sequence[Regimen], page: Page) -> None:
    """What holds for several regimens, once: how the day is divided, and where the strengths of tablets stand."""
    for division in dict.fromkeys(r["division"] for r in regimens if r["division"] and len(r["schedules"]) > 1):
        page.line(division, "dim")
    shown = [tablet for r in regimens for schedule in r["schedules"] for tablet in schedule["tablets"]]
    for source in dict.fromkeys(map(cited, shown)):
        page.line(f"Tablets: {source}", "dim")


def origin(regimen: Regimen) -> list[str]:
    """How a dose came about, a line a step of it."""
    lines = []
    scaled = regimen["scaled"]
    calculated = regimen["calculated"] if regimen["printed_for"] == "day" else regimen["each"]
    if scaled and calculated:
        rounded = "   (shown rounded; the unrounded area is used)" if scaled["value"].get("rounded") else ""
        one = " each" if regimen["printed_for"] == "dose" else ""
        lines.append(f"{amount(scaled['per'])} × {amount(scaled['value'])} = {amount(calculated)}{one}{rounded}")
    before, maximum = regimen["adjusted_from"], regimen["maximum"]
    if maximum and regimen["capped"] and not before:
        lines.append(f"HELD AT THE PRINTED MAXIMUM of {amount(maximum)} a day")
    elif maximum and not regimen["capped"]:
        lines.append(f"printed maximum {amount(maximum)} a day")
    if before:
        held = "held at the printed maximum" if regimen["capped"] else "the printed dose"
        change = f"{amount(before)} ({held}) × {regimen['adjusted_factor']} = {amount(regimen['daily'])}"
        lines.append(f"CHANGED: {change}   ({regimen['adjusted_for']})")
    lines += _replaced(regimen)
    return lines


def _replaced(regimen: Regimen) -> list[str]:
    """What a dose in impairment stands in the place of, and which printed increases are not shown with it."""
    lines = []
    usual, now = regimen["instead_of"], (regimen["adjusted_from"] or regimen["daily"])["value"]
    if any(dose["value"] != now for dose in usual):
        lines.append(f"IN PLACE OF the usual start of {' or '.join(map(amount, usual))} a day")
    if regimen["increases_left_out"]:
        doses = " or ".join(dict.fromkeys(map(amount, regimen["increases_left_out"])))
        lines.append(f"the usual increase to {doses} a day is left out: see the first remark below")
    return lines


def _schedule(schedule: Schedule, regimen: Regimen, page: Page) -> None:
    times = schedule["times_daily"]
    if times != regimen["times_daily"]:
        page.line(f"or {amount(schedule['each'])} {often(times)}", indent=4)
    for text in dict.fromkeys(tablet["text"] for tablet in schedule["tablets"]):
        page.line(f"nearest in whole tablets, {often(times)}: {text}", "dim", indent=4)


def _listing(data: DoseListing, page: Page, *, explain: bool) -> None:
    page.heading(f"Doses of {data['expressed_as']} {data['route']}", f"(as {data['expressed_form']})")
    lines = []
    for row in data["indications"]:
        doses = "\n".join(
            f"{d['stage']}: {d['text']}"
            + (f", {d['route']['label']}" if d["route"] else "")
            + (f" ({d['condition']})" if d["condition"] else "")
            for d in row["doses"]
        )
        wording = _printed(row)
        lines.append([row["id"], row["label"] + (f"\n({wording})" if wording else ""), _who(row), doses])
    narrow = Page()
    for name, label, who, doses in lines:
        narrow.line(page.text(name, "bold"))
        first, *printed = label.split("\n")
        narrow.line("\n".join([f"{first} ({who})", *printed]), indent=2)
        narrow.line(doses, indent=2)
    page.table(["--indication", "indication", "for", "usual doses"], lines, least=_TABLE_FROM, narrow=narrow)
    for use in data["without_dose"]:
        page.line(f"{use['label']}: {use['text']} ({cited(use)})")
    dose_parts.exclusions(data["exclusions"], page)
    dose_parts.compared(data["compared"], page)
    page.line(f"Source: {'; '.join(dict.fromkeys(cited(row) for row in data['indications']))}", "dim")
    dose_parts.from_sources(data["from_sources"], page)
    for other in data["other_sources"]:
        page.line(f"Doses by {other['title']}: add --source {other['source']}", "dim")
    page.line("Warnings, advice and the exact dose for a patient: add --indication.", "dim")
    if explain:
        steps(data["steps"], page)


def steps(found: Sequence[DoseStep], page: Page) -> None:
    """The work: a row a step, or a block a step where the terminal is narrow."""
    page.gap()
    page.heading("The work")
    narrow = Page()
    for number, step in enumerate(found, 1):
        narrow.line(f"{number}. {step['rule']}: {step['text']}")
        for called, text in _work(step):
            narrow.line(f"{called}: {text}", indent=4)
        if "result" in step:
            narrow.line(f"result: {step['result']}", indent=4)
        narrow.line(f"source: {cited(step)}", "dim", indent=4)
    lines: list[list[str | Text]] = []
    for number, step in enumerate(found, 1):
        said, work = page.text(step["text"]), page.text("\n".join(text for _, text in _work(step)))
        lines.append([str(number), step["rule"], said, work, step.get("result", ""), cited(step)])
    columns = ["", "rule", "what is said", "formula and numbers put in", "result", "source"]
    page.table(columns, lines, least=_STEPS_FROM, narrow=narrow)


def _work(step: DoseStep) -> list[tuple[str, str]]:
    """The formula and the numbers put in, each with what it is called."""
    work = ("formula", step.get("formula")), ("put in", step.get("inputs"))
    return [(called, text) for called, text in work if text is not None]


def _formulas(data: Dose, page: Page) -> None:
    if not data["formulas"]:
        return
    page.gap()
    page.heading("Body surface area by every formula")
    narrow = Page()
    for f in data["formulas"]:
        rounded = " (rounded)" if f["area"].get("rounded") else ""
        narrow.line(f"{f['name']}: {amount(f['area'])}{rounded}" + (", used" if f["used"] else ""))
        narrow.line(f"{f['equation']} ({f['source']})", "dim", indent=4)
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
    page.table(["formula", "equation", "area", "", "source"], lines, least=_FORMULAS_FROM, narrow=narrow)


def form(data: Dose | Adjust, as_salt: SaltAmount | None) -> str:
    """What the dose is expressed as, with the same dose as the salt where a salt is given."""
    return f"as {data['expressed_form']}" + (f"; {as_salt['text']} a day" if as_salt else "")


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One row a regimen, or one row a dose of the list."""
    data = result.data or {}
    if "indications" in data:
        return _LISTED, _rows_of_listing(cast("DoseListing", data))
    return _DOSES, _rows_of_dose(result, cast("Dose", data)) if "regimens" in data else []


def _rows_of_listing(data: DoseListing) -> list[list[str]]:
    return [
        [
            r["id"],
            r["label"],
            r["population"],
            r["region"] or "",
            d["stage"],
            d["text"],
            data["expressed_form"],
            d["condition"] or "",
            r["source"],
            r.get("section", ""),
            r["printed"],
        ]
        for r in data["indications"]
        for d in r["doses"]
    ]


def _rows_of_dose(result: Result, data: Dose) -> list[list[str]]:
    warnings = cast("list[WarningRecord]", result.warnings)
    own = {code for r in data["regimens"] for code in r["warnings"]}
    return [
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
            amount(r["per_area"]) if r["per_area"] else "",
            amount(r["bsa"]) if r["bsa"] else "",
            _value(r["calculated"]),
            _value(r["maximum"]),
            "yes" if r["capped"] else "no",
            _value(r["adjusted_from"]),
            data["expressed_form"],
            _value(r["as_salt"]),
            r["as_salt"]["substance"] if r["as_salt"] else "",
            *said([w for w in warnings if w["code"] not in own or w["code"] in r["warnings"]]),
            r["source"],
            r.get("section", ""),
            data["indication"]["printed"],
            "; ".join(r["reasons"]),
            "; ".join(origin(r)),
            r["division"] or "",
            "; ".join(_ways(r)),
            _hepatic(data["hepatic"]),
            advised(data["advice"]),
        ]
        for r in data["regimens"]
    ]


def _ways(regimen: Regimen) -> list[str]:
    """Each way to divide the day, with the tablets that come near."""
    return [
        " ".join([f"{amount(schedule['each'])} {often(schedule['times_daily'])}:", *_nearest(schedule)])
        for schedule in regimen["schedules"]
    ]


def _nearest(schedule: Schedule) -> list[str]:
    return [f"{tablet['text']} ({cited(tablet)})" for tablet in schedule["tablets"]]


def _hepatic(hepatic: HepaticGrade | None) -> str:
    if not hepatic:
        return ""
    values = [f"{value['label']} {amount(value)}" for value in hepatic["values"]]
    return "; ".join([f"{hepatic['label']}: {hepatic['definition']} ({cited(hepatic)})", *values])


def advised(advice: Sequence[Advice]) -> str:
    """A cell of what the sources say besides the dose."""
    return " ".join(f"{item['text']} ({cited(item)})" for item in advice)


def said(warnings: Sequence[WarningRecord]) -> tuple[str, str]:
    """Two cells: the codes of warnings, and their sentences."""
    return " ".join(dict.fromkeys(w["code"] for w in warnings)), " ".join(w["message"] for w in warnings)


def summary(result: Result) -> tuple[list[str], list[list[str]]]:
    """The rows without the sentences, which stand below them."""
    return without(_LONG, *rows(result))


def without(left_out: tuple[str, ...], columns: list[str], lines: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """The rows without some of their columns."""
    kept = [i for i, column in enumerate(columns) if column not in left_out]
    return [columns[i] for i in kept], [[line[i] for i in kept] for line in lines]


def _value(shown: Amount | None) -> str:
    return shown["value"] if shown else ""
