"""Compatibility as text: verdict, statement, conditions and whether they fit, source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monocli.render.interactions import reference, sources
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.render.page import Page

_VERDICTS = {
    "incompatible": ("INCOMPATIBLE", "bold red"),
    "loses-activity": ("LOSES ACTIVITY", "bold red"),
    "not-recommended": ("NOT RECOMMENDED", "bold red"),
    "out-of-range": ("OUT OF RANGE", "bold red"),
    "unknown": ("UNKNOWN: treat as incompatible", "bold red"),
    "within-range": ("WITHIN RANGE", "bold"),
    "recommended": ("RECOMMENDED", "bold"),
}
_APPLIES = {
    "yes": "",
    "unclear": "only if its conditions fit, and not all of them were given",
    "no": "recorded under other conditions than yours",
}
_FITS = {True: "fits", False: "does not fit", None: "not given, so not compared"}


def table(result: Result, page: Page) -> None:
    """Draw the findings in their order, then the steps of what was computed."""
    data = result.data or {}
    page.heading(f"{data['name']}: compatibility")
    for finding in data["findings"]:
        page.gap()
        _finding(finding, page)
    if data["steps"]:
        page.gap()
        page.heading("Computed")
        page.bullets(_step(step) for step in data["steps"])
    if data["not_checked"]:
        page.gap()
        page.line("NOT RECOGNISED: " + ", ".join(data["not_checked"]), "bold red")
    if result.warnings:
        page.gap()
        page.warnings(result)


def _finding(finding: dict[str, Any], page: Page) -> None:
    verdict, style = _VERDICTS[finding["verdict"]]
    region = f", {finding['region'].upper()}" if "region" in finding else ""
    step = f", {finding['step']}" if "step" in finding else ""
    line = page.text(verdict, style)
    line.append_text(page.text(f"  {finding['subject']}{step}{region}", "bold"))
    page.line(line)
    if _APPLIES[finding["applies"]]:
        page.line(_APPLIES[finding["applies"]], "italic", indent=2)
    page.line(finding["statement"], indent=2)
    rows = [(key, value) for key, value in finding["tested"].items()]
    for item in finding["conditions"]:
        given = f"; yours: {item['asked']}" if item["asked"] is not None else ""
        rows.append((item["condition"], f"{item['stated']}{given}: {_FITS[item['fits']]}"))
    if "note" in finding:
        rows.append(("note", finding["note"]))
    rows += [("reference", reference(item)) for item in finding["references"]]
    if finding["sources"]:
        rows.append(("source", sources(finding["sources"])))
    page.pairs(rows, indent=2)


def _step(step: dict[str, Any]) -> str:
    result = step.get("result")
    shown = f" = {result['value']} {result['unit']}" if result and result["value"] not in step["text"] else ""
    return f"{step['text']}{shown} [{step['source']}]"


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One row a finding."""
    columns = ["subject", "verdict", "applies", "region", "statement", "tested", "sources"]
    return columns, [
        [
            *(finding[key] for key in ("subject", "verdict", "applies")),
            finding.get("region", ""),
            finding["statement"],
            "; ".join(f"{key}: {value}" for key, value in finding["tested"].items()),
            sources(finding["sources"]),
        ]
        for finding in (result.data or {})["findings"]
    ]
