"""Compatibility as text: verdict, statement, conditions and whether they fit, source."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.render.amounts import amount
from monocli.render.pair_details import reference, sources_text
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.records.output.compatibility import Compatibility, CompatibilityFinding, Condition
    from monocli.records.output.interactions import EditionRef
    from monocli.records.output.units import ConversionStep
    from monocli.records.words import Verdict
    from monocli.render.page import Page, Text
    from monocli.render.palette import Style

_VERDICTS: dict[Verdict, tuple[str, Style]] = {
    "incompatible": ("INCOMPATIBLE", "avoid"),
    "loses-activity": ("LOSES ACTIVITY", "avoid"),
    "not-recommended": ("NOT RECOMMENDED", "avoid"),
    "out-of-range": ("OUT OF RANGE", "avoid"),
    "unknown": ("UNKNOWN: treat as incompatible", "avoid"),
    "within-range": ("WITHIN RANGE", "bold"),
    "recommended": ("RECOMMENDED", "bold"),
    "allowed": ("ALLOWED", "bold"),
}
_OTHERWISE: tuple[str, Style] = ("NOT RECORDED FOR THESE CONDITIONS: treat as incompatible", "avoid")
_APPLIES = {
    "yes": "",
    "unclear": "only if its conditions fit, and not all of them were given",
    "no": "recorded under other conditions than yours",
}
_TESTED_AS = {"duration": "hours"}
"""What a source tested under → the condition that says the same."""
_NAMED = {"albumin": "albumin "}
_SPECIFIC = ("container", "hours", "albumin", "setting")
_FITS = {True: "fits", False: "does not fit", None: "not given, so not compared"}


def table(result: Result, page: Page) -> None:
    """Draw the findings in their order, then the steps of what was computed."""
    data = cast("Compatibility", result.data)
    page.heading(f"{data['name']}: compatibility")
    answered = any(finding["applies"] == "yes" for finding in data["findings"])
    for finding in data["findings"]:
        page.gap()
        if answered and _not_asked_about(finding):
            _in_short(finding, page)
        else:
            _finding(finding, page)
    if data["steps"]:
        page.gap()
        page.heading("Computed")
        page.bullets(_step(step) for step in data["steps"])
    if data["not_checked"]:
        page.gap()
        page.line("NOT RECOGNISED: " + ", ".join(data["not_checked"]), "avoid")
    if result.warnings:
        page.gap()
        page.warnings(result)


def _not_asked_about(finding: CompatibilityFinding) -> bool:
    """Whether a statement hangs on a container, a time or albumin, none of which was given, so that it cannot be
    compared.
    """
    specific = [item for item in finding["conditions"] if item["condition"] in _SPECIFIC]
    return bool(specific) and finding["applies"] == "unclear" and all(item["asked"] is None for item in specific)


def _in_short(finding: CompatibilityFinding, page: Page) -> None:
    """What was not asked about: the statement, and its conditions in one line."""
    specific = [item for item in finding["conditions"] if item["condition"] in _SPECIFIC]
    stated = ", ".join(f"{_NAMED.get(item['condition'], '')}{item['stated']}" for item in specific)
    page.line(_headline(finding, page))
    page.line(finding["statement"], indent=2)
    page.line(f"recorded for {stated}; not given, so not compared", "dim", indent=2)
    rows = _tested(finding) + [("reference", reference(item)) for item in finding["references"]]
    page.pairs([*rows, ("source", _sources(finding))], indent=2)


def _headline(finding: CompatibilityFinding, page: Page) -> Text:
    otherwise = (finding["verdict"], finding["applies"]) == ("unknown", "no")
    verdict, style = _OTHERWISE if otherwise else _VERDICTS[finding["verdict"]]
    region = f", {finding['region'].upper()}" if "region" in finding else ""
    step = f", {finding['step']}" if "step" in finding else ""
    line = page.text(verdict, style)
    line.append_text(page.text(f"  {finding['subject']}{step}{region}", "bold"))
    return line


def _finding(finding: CompatibilityFinding, page: Page) -> None:
    page.line(_headline(finding, page))
    if _APPLIES[finding["applies"]] and finding["verdict"] != "unknown":
        page.line(_APPLIES[finding["applies"]], "italic", indent=2)
    page.line(finding["statement"], indent=2)
    rows = _tested(finding)
    rows += [(item["condition"], _compared(item, finding["applies"])) for item in finding["conditions"]]
    if "note" in finding:
        rows.append(("note", finding["note"]))
    if "filed_under" in finding:
        rows.append(("filed under", finding["filed_under"]))
    rows += [("reference", reference(item)) for item in finding["references"]]
    if finding["sources"]:
        rows.append(("source", _sources(finding)))
    page.pairs(rows, indent=2)


def _tested(finding: CompatibilityFinding) -> list[tuple[str, str]]:
    """What was tested, in the words of the source, but for what a compared condition says in the very same ones."""
    compared = {(item["condition"], item["stated"]) for item in finding["conditions"]}
    return [(key, said) for key, said in finding["tested"].items() if (_TESTED_AS.get(key, key), said) not in compared]


def _compared(condition: Condition, applies: str) -> str:
    """A condition with what was asked: only "fits" where the two are written alike. Of what does not apply anyway, a
    condition that was not given stands alone."""
    stated, asked = condition["stated"], condition["asked"]
    if asked is None and applies == "no":
        return stated
    if asked is None or (condition["fits"] and asked == stated):
        return f"{stated}: {_FITS[condition['fits']]}"
    return f"{stated}; yours: {asked}: {'not compared' if condition['fits'] is None else _FITS[condition['fits']]}"


def _sources(finding: CompatibilityFinding) -> str:
    return sources_text(cast("list[EditionRef]", finding["sources"]))


def _step(step: ConversionStep) -> str:
    result = step.get("result")
    value = f"{result['value']} {result['unit']}" if result else ""
    shown = "" if value in step["text"] else f" = {value}"
    shown += f" (exactly {result['exact']})" if result and "exact" in result else ""
    return f"{step['text']}{shown} [{step['source']}]"


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One row a finding."""
    columns = ["subject", "verdict", "applies", "region", "statement", "tested", "sources"]
    columns += ["step", "conditions", "note", "references", "calculated", "range", "filed_under"]
    return columns, [
        [
            finding["subject"],
            finding["verdict"],
            finding["applies"],
            finding.get("region", ""),
            finding["statement"],
            "; ".join(f"{key}: {value}" for key, value in finding["tested"].items()),
            _sources(finding),
            finding.get("step", ""),
            "; ".join(f"{c['condition']}: {_compared(c, finding['applies'])}" for c in finding["conditions"]),
            finding.get("note", ""),
            "; ".join(map(reference, finding["references"])),
            amount(finding["calculated"]) if "calculated" in finding else "",
            f"{amount(finding['range']['least'])} to {amount(finding['range']['most'])}" if "range" in finding else "",
            finding.get("filed_under", ""),
        ]
        for finding in cast("Compatibility", result.data)["findings"]
    ]
