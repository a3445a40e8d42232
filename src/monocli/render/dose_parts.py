"""Parts of a dose besides the amount: the sheet of its preparation, who does not get it, what stops it, and what other
sources say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.render.amounts import amount, cited, spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monocli.records.output.dosing import (
        Beside,
        ComparedShown,
        Dose,
        ExclusionShown,
        InterruptionShown,
        PreparationSheet,
        SourceShown,
    )
    from monocli.render.page import Page

_MET = {"yes": "MET", "no": "not met"}


def sheets(data: Dose, page: Page) -> None:
    """The preparation of each regimen that has one: a line a step, with the numbers put in and the source."""
    done: list[PreparationSheet] = []
    for regimen in data["regimens"]:
        sheet = regimen["preparation"]
        if sheet is None or sheet in done:
            continue
        done.append(sheet)
        page.gap()
        by = f" ({regimen['route']['label']})" if regimen["route"] else ""
        page.heading("Preparation", f"of one dose of {amount(sheet['dose'])}{by}")
        _sheet(sheet, page)


def _sheet(sheet: PreparationSheet, page: Page) -> None:
    number = 0
    for line in sheet["lines"]:
        if line["id"] == "remark":
            page.line(f"{line['text']} ({cited(line)})", indent=3)
            continue
        number += 1
        page.line(page.text(f"{number}. {line['what']}: {line['text']}", "bold" if line["result"] else ""))
        work = f"{line['work']}   " if line["work"] else ""
        page.line(f"{work}({cited(line)})", "dim", indent=3)


def exclusions(found: Sequence[ExclusionShown], page: Page) -> None:
    """Who does not get the drug: what is met or not by the facts given, and what is left for the reader to decide."""
    if not found:
        return
    page.gap()
    page.heading("Who must not get it, by the sources", "(give facts with --given; what is not given is not checked)")
    for refuses, title in ((True, "Contraindicated"), (False, "Advised against")):
        rules = [rule for rule in found if rule["refuses"] is refuses]
        if rules:
            page.line(f"{title}:")
            page.bullets(_exclusion(rule) for rule in rules)


def _exclusion(rule: ExclusionShown) -> str:
    asked = f"[{', '.join(rule['asks_for'])}] " if rule["asks_for"] else ""
    met = f"[{_MET[rule['met']]}] " if rule["met"] in _MET else asked
    return f"{met}{rule['text']} ({cited(rule)})"


def interruptions(found: Sequence[InterruptionShown], page: Page) -> None:
    for rule in found:
        page.gap()
        page.heading("Values that stop treatment", f"({cited(rule)})")
        met = {"yes": "MET by the values given", "no": "not met by the values given"}.get(rule["met"], "")
        page.line(f"{rule['text']}" + (f" {met}." if met else ""))
        page.bullets(rule["steps"])


def compared(found: Sequence[ComparedShown], page: Page) -> None:
    """What sources say of one thing, one below the other, and whether they differ."""
    if not found:
        return
    page.gap()
    page.heading("The sources side by side")
    for item in found:
        page.line(page.text(f"{item['about']}:", "bold"))
        for said in item["said"]:
            page.line(f"{cited(said)}: {said['text']}", indent=3)
        page.line(f"differ: {item['difference']}" if item["difference"] else "they agree", "dim", indent=3)


def beside(found: Sequence[Beside], page: Page) -> None:
    """What other sources answer to the same question."""
    for other in found:
        page.gap()
        page.heading("Beside it", _about(other["about"]))
        dose = other["dose"]
        if dose is None:
            page.line(f"{other['message']} [{other['refused']}]")
            continue
        for regimen in dose["regimens"]:
            condition = f", {regimen['condition']}" if regimen["condition"] else ""
            said = spoken(regimen)
            page.line(f"{regimen['stage']}{condition}: {said}")
            if regimen["maximum"]:
                held = " (held at it)" if regimen["capped"] else ""
                page.line(f"printed maximum {amount(regimen['maximum'])} a day{held}", indent=4)
        for band in dose["bands"]:
            page.line(f"{band['label']}, {band['band']}: {band['text']}", indent=2)
        for rule in dose["interruptions"]:
            page.line(f"{rule['text']} {' '.join(rule['steps'])}", indent=2)
        if other["differences"]:
            page.line(f"differs: {'; '.join(other['differences'])}", "bold")
        page.line(f"whole answer: --source {other['about']['source']}", "dim")


def _about(about: SourceShown) -> str:
    return f"{about['title']}" + (f", {about['date']}" if about["date"] else "") + f" [{about['source']}]"


def from_sources(found: Sequence[SourceShown], page: Page) -> None:
    """Titles and editions of the sources that are no printed monograph."""
    for about in found:
        if not about["printed"]:
            page.line(f"{_about(about)}; not the monograph", "dim")
