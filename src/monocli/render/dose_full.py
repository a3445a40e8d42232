"""A dose with everything that is known of it (`--details`): each regimen with all ways to divide the day and the
tablets that come near, what other sources say, and all that the sources advise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monocli.render import dose_parts
from monocli.render.amounts import amount, cited, often, spoken, told_once

if TYPE_CHECKING:
    from monocli.records.output.dosing import Dose
    from monocli.records.output.regimens import Regimen, Schedule
    from monocli.render.page import Page
    from monocli.result import Result


def full_dose(result: Result, data: Dose, page: Page) -> None:
    """All of it below the line that leads."""
    page.line(f"{data['indication']['label']} ({dose_parts.who(data)})")
    dose_parts.hepatic(data, page)
    page.gap()
    for regimen in data["regimens"]:
        _regimen(regimen, data, page)
    _footnotes(data["regimens"], page)
    dose_parts.bands(data, page)
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
        page.heading("Advice")
        page.bullets(f"{advice['text']} ({cited(advice)})" for advice in data["advice"])


def _regimen(regimen: Regimen, data: Dose, page: Page) -> None:
    """The amount in bold, what it is in the salt, how it came about, and what tablets come near."""
    stage = regimen["stage"] + (f", {regimen['condition']}" if regimen["condition"] else "")
    line = page.text(f"{spoken(regimen)}", "bold")
    also = ", ".join(amount(a) for a in regimen["also"])
    one = "" if not also else f"; one dose: {also}"
    line.append_text(page.text(f"   ({dose_parts.form(data, regimen['as_salt'])}{one})"))
    way = f", {regimen['route']['label']}" if regimen["route"] else ""
    page.line(page.text(f"{stage}{way}:"))
    page.line(line, indent=2)
    if regimen["course"]:
        page.line(f"course: {regimen['course']}", indent=4)
    for reason in regimen["reasons"]:
        page.line(f"reason: {reason}", indent=4)
    for text in dose_parts.origin(regimen):
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


def _schedule(schedule: Schedule, regimen: Regimen, page: Page) -> None:
    times = schedule["times_daily"]
    if times != regimen["times_daily"]:
        page.line(f"or {amount(schedule['each'])} {often(times)}", indent=4)
    for tablet in told_once(schedule["tablets"]):
        which = "next" if regimen["adjusted_at_least"] else "nearest"
        page.line(f"{which} in whole tablets, {often(times)}: {tablet['text']}", "dim", indent=4)
