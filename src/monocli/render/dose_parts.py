"""Parts of a dose besides the amount: the sheet of its preparation, who does not get it, what stops it, and what other
sources say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.render.actions import marked, sign
from monocli.render.amounts import amount, cited, spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monocli.records.output.adjusting import Adjust
    from monocli.records.output.common import Amount, BandShown
    from monocli.records.output.dose_rules import (
        Advice,
        ComparedShown,
        ExclusionShown,
        InterruptionShown,
        SourceShown,
    )
    from monocli.records.output.dosing import Beside, Dose, ListedIndication
    from monocli.records.output.regimens import PreparationSheet, Regimen, SaltAmount
    from monocli.records.words import AdviceKind
    from monocli.render.page import Page
    from monocli.render.palette import Style
    from monocli.result import Result

_KINDS: dict[AdviceKind, str] = {
    "administration": "how to take it",
    "monitoring": "what to check",
    "note": "remarks",
    "later-source": "later sources",
}
_ABOVE = {"exceeds-highest-printed": "the highest printed dose", "exceeds-maximum": "the printed maximum"}
"""Warnings of a dose, and what it is above."""
_MET = {"yes": "MET", "no": "not met"}


def who(data: Dose | ListedIndication) -> str:
    """For whom: "child, UK"."""
    return data["population"] + (f", {data['region'].upper()}" if data["region"] else "")


def form(data: Dose | Adjust, as_salt: SaltAmount | None) -> str:
    """What the dose is expressed as, with the same dose as the salt where a salt is given."""
    return f"as {data['expressed_form']}" + (f"; {as_salt['text']} a day" if as_salt else "")


def counted(advice: Sequence[Advice]) -> list[str]:
    """What the sources advise, by kind and number, where it is not shown."""
    counts = {kind: len([item for item in advice if item["kind"] == kind]) for kind in _KINDS}
    return [f"{_KINDS[kind]} ({count})" for kind, count in counts.items() if count]


def first_warnings(result: Result, page: Page) -> None:
    """What nobody may read past who acts on the first dose that stands there: who says to avoid the combination, and
    doses above what is printed. The warnings below say the rest."""
    avoided: dict[str, list[str]] = {}
    for warning in result.warnings:
        if warning.get("action") == "avoid":
            avoided.setdefault(warning["agent"], []).append(warning["source"])
    for agent, sources in avoided.items():
        who = list(dict.fromkeys(sources))
        say = "says" if len(who) == 1 else "say"
        line = marked("avoid", page).append_text(page.text(f" with {agent}, {say} ", "bold"))
        page.line(line.append_text(page.text(f"{' and '.join(who)}: see the warnings.", "bold")))
    above: dict[str, list[str]] = {}
    for warning in result.warnings:
        if warning["code"] in _ABOVE:
            limit = f" of {warning['maximum']}" if "maximum" in warning else ""
            above.setdefault(_ABOVE[warning["code"]] + limit, []).extend(warning["doses"])
    for what, doses in above.items():
        _ahead(f"{' and '.join(dict.fromkeys(doses))} a day: above {what}, see the warnings.", page)


def _ahead(text: str, page: Page) -> None:
    page.line(sign("adjust", page).append_text(page.text(f" {text}", "bold")))


def values_first(result: Result, data: Dose, page: Page) -> None:
    """What a value of the patient makes of the doses, by the source that answers or by another alone: nobody may act on
    the first dose before it is read."""
    for band in data["bands"]:
        if band["changes"]:
            _ahead(_band(band), page)
    for warning in result.warnings:
        if "band" in warning:
            _ahead(f"{warning['message']} ({cited(warning)})", page)


def hepatic(data: Dose, page: Page) -> None:
    """The grade of hepatic impairment, where there is one."""
    grade = data["hepatic"]
    if grade:
        values = ", ".join(f"{value['label']} {amount(value)}" for value in grade["values"])
        page.line(f"Hepatic impairment: {grade['label']}" + (f" ({values})" if values else ""))


def bands(data: Dose, page: Page) -> None:
    """The printed bands that the values given fall in and that change nothing; the others stand first."""
    for band in data["bands"]:
        if not band["changes"]:
            page.line(_band(band))


def _band(band: BandShown) -> str:
    return f"{band['label']}, {band['band']}: {band['text']} ({cited(band)})"


def least(regimen: Regimen) -> str:
    """What stands before a dose that is the least which the source asks for."""
    return "at least " if regimen["adjusted_at_least"] else ""


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
        was = f"{amount(before)} ({_before_change(regimen, before)})"
        change = f"{was} × {regimen['adjusted_factor']} = {amount(regimen['daily'])}"
        lines.append(f"CHANGED: {change}   ({regimen['adjusted_for']})")
    lines += _replaced(regimen)
    lines += [not_reduced(regimen)] if regimen["not_reduced"] else []
    return lines


def not_reduced(regimen: Regimen) -> str:
    """What to know of an increase that stands as printed beside a start that impairment reduced."""
    return f"NOT REDUCED for the impairment. {regimen['not_reduced']}"


def _before_change(regimen: Regimen, before: Amount) -> str:
    """What a dose is that another drug changes: printed as it stands, held, or come to by then."""
    if regimen["capped"] and before == regimen["maximum"]:
        return "held at the printed maximum"
    came_to = regimen["scaled"] or regimen["capped"] or any(usual != before for usual in regimen["instead_of"])
    return "the dose so far" if came_to else "the printed dose"


def _replaced(regimen: Regimen) -> list[str]:
    """What a dose in impairment stands in the place of, and which printed increases are not shown with it."""
    lines = []
    usual, now = regimen["instead_of"], (regimen["adjusted_from"] or regimen["daily"])["value"]
    if any(dose["value"] != now for dose in usual):
        lines.append(f"IN PLACE OF the usual start of {' or '.join(map(amount, usual))} a day")
    if regimen["increases_left_out"]:
        doses = " or ".join(dict.fromkeys(map(amount, regimen["increases_left_out"])))
        why = regimen["left_out_because"] or "see the first advice in --details"
        lines.append(f"the usual increase to {doses} a day is left out: {why}")
    return lines


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
            page.pairs([("  ", f"{line['text']} ({cited(line)})")])
            continue
        number += 1
        style: Style = "bold" if line["result"] else ""
        about = f"; in practice about {amount(line['practical'])}" if "practical" in line else ""
        said = page.text(f"{line['what']}: {line['text']}{about}", style)
        result = line["result"]
        exactly = f"exactly {result['exact']} {result['unit']}" if result and "exact" in result else ""
        work = "".join(f"{part}   " for part in (line["work"], exactly) if part)
        page.pairs([(f"{number}.", said.append_text(page.text(f"\n{work}({cited(line)})", "dim")))])


def named(about: SourceShown) -> str:
    """A source in a sentence, with its date."""
    return about["source"] + (f" ({about['date']})" if about["date"] else "")


def in_one_line(about: SourceShown, said: str) -> str:
    """What another source says, in one line that says how to see all of it."""
    return f"{named(about)} {said}. All of it: --source {about['source']}"


def compared_with(about: SourceShown, differences: Sequence[str]) -> str:
    """Whether another source says the same."""
    return in_one_line(about, f"differs: {'; '.join(differences)}" if differences else "gives the same")


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
        page.heading("Beside it", about_source(other["about"]))
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
            if regimen["not_reduced"]:
                page.line(not_reduced(regimen), indent=4)
        for band in dose["bands"]:
            page.line(f"{band['label']}, {band['band']}: {band['text']}", indent=2)
        for rule in dose["interruptions"]:
            page.line(f"{rule['text']} {' '.join(rule['steps'])}", indent=2)
        if other["differences"]:
            page.line(f"differs: {'; '.join(other['differences'])}", "bold")
        page.line(f"whole answer: --source {other['about']['source']}", "dim")


def about_source(about: SourceShown) -> str:
    return f"{about['title']}" + (f", {about['date']}" if about["date"] else "") + f" [{about['source']}]"


def from_sources(found: Sequence[SourceShown], page: Page) -> None:
    """Titles and editions of the sources that are no printed monograph."""
    for about in found:
        if not about["printed"]:
            page.line(f"{about_source(about)}; not the monograph", "dim")
