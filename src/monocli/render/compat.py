"""Compatibility as text: verdict, statement, conditions and whether they fit, source."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.render.amounts import amount
from monocli.render.pair_details import reference, sources_text
from monocli.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monocli.records.output.common import EditionRef
    from monocli.records.output.compatibility import (
        Bearing,
        Compatibility,
        CompatibilityFinding,
        Condition,
        VerdictOnAsked,
    )
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
_BAD: tuple[Verdict, ...] = ("incompatible", "loses-activity", "not-recommended", "out-of-range")
_FEW = 6
"""So many findings are told with the conditions of the source; of more, `--details` has them."""
_WITH = tuple(_VERDICTS[verdict][0] for verdict in ("incompatible", "loses-activity", "unknown"))
"""Verdicts in words that go on with "with"."""
_APPLIES = {
    "yes": "",
    "unclear": "only if its conditions fit, and not all of them were given",
    "no": "recorded under other conditions than yours",
}
_TESTED_AS = {"duration": "hours"}
"""What a source tested under → the condition that says the same."""
_NAMED = {"albumin": "albumin "}
_SPECIFIC = ("container", "hours", "albumin", "setting")
_BEARINGS = ("answer", "possible", "elsewhere")
_MIND: dict[Bearing, str] = {
    "possible": "If the conditions that were not given fit",
    "elsewhere": "Under other conditions than those given",
}
"""What leads in a warning that is no answer to the question."""
_FITS = {True: "fits", False: "does not fit", None: "not given, so not compared"}


def table(result: Result, page: Page) -> None:
    """The verdict on what was asked, what is recorded for use instead, then each finding: what was recorded for other
    conditions last."""
    data = cast("Compatibility", result.data)
    details = bool(result.shown.get("details"))
    page.heading(_verdict(data, page))
    bad = [finding for finding in data["findings"] if finding["verdict"] in _BAD]
    for bearing, lead in _MIND.items():
        if mind := [_under(finding) for finding in bad if finding.get("bearing") == bearing]:
            page.line(f"{lead}: {'; '.join(mind)}", "bold")
    if data["instead"]:
        page.line("Recorded for use instead:", "bold")
        page.bullets(_instead(data["instead"]))
    if data["not_checked"]:
        page.line("NOT RECOGNISED, SO NOT CHECKED: " + ", ".join(data["not_checked"]), "avoid")
    answered = any(finding["applies"] == "yes" for finding in data["findings"])
    for finding in sorted(data["findings"], key=lambda finding: _BEARINGS.index(finding.get("bearing", "answer"))):
        page.gap()
        if details and not (answered and _not_compared(finding)):
            _finding(finding, page)
        else:
            _in_short(finding, page, details=details, whole=details or len(data["findings"]) <= _FEW)
    if data["instead"] and details:
        page.gap()
        page.heading("Recorded for use instead")
        for finding in data["instead"]:
            page.gap()
            _finding(finding, page)
    if data["steps"]:
        page.gap()
        page.heading("Computed")
        page.bullets(_step(step) for step in data["steps"])
    if not details and any(finding["references"] for finding in data["findings"]):
        page.gap()
        page.line("The literature, and every condition: --details", "dim")
    if result.warnings:
        page.gap()
        page.warnings(result)


def _verdict(data: Compatibility, page: Page) -> Text:
    """The verdict on what was asked, with the concentration in its window; of several the worst first."""
    line = page.text(data["name"], "bold")
    said: dict[tuple[str, Style], list[str]] = {}
    for judged in data["verdicts"]:
        worded = _OTHERWISE if judged["recorded_otherwise"] else _VERDICTS[judged["verdict"]]
        said.setdefault(worded, []).append(judged["subject"] + _window(judged))
    for number, ((verdict, style), subjects) in enumerate(said.items()):
        line.append_text(page.text("; " if number else ": ", "bold")).append_text(page.text(verdict, style))
        joint = " with" if verdict in _WITH else ":"
        line.append_text(page.text(f"{joint} {', '.join(dict.fromkeys(subjects))}", "bold"))
    return line if said else line.append_text(page.text(": compatibility", "bold"))


def _instead(findings: Iterable[CompatibilityFinding]) -> list[str]:
    """What is recorded as recommended or allowed in place of what was asked, each with its step and conditions."""
    said: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        region = [finding["region"].upper()] if "region" in finding else []
        tested = [text for text in finding["tested"].values() if text != finding["subject"]]
        how = ", ".join([*([finding["step"]] if "step" in finding else []), *region, *tested])
        about = f"{finding['subject']} ({how})" if how else finding["subject"]
        by = said.setdefault((_worded(finding)[0], about), [])
        by += [item["source"] for item in finding["sources"]]
    return [f"{verdict}: {about} [{', '.join(dict.fromkeys(by))}]" for (verdict, about), by in said.items()]


def _under(finding: CompatibilityFinding) -> str:
    """What is recorded where a condition that was not given holds."""
    stated = ", ".join(f"{_NAMED.get(item['condition'], '')}{item['stated']}" for item in finding["conditions"])
    verdict = _worded(finding)[0]
    joint = " with" if verdict in _WITH else ":"
    return f"{verdict}{joint} {finding['subject']}" + (f" ({stated})" if stated else "")


def _window(judged: VerdictOnAsked) -> str:
    """The concentration that was worked out, held against the printed range."""
    if "calculated" not in judged or "range" not in judged:
        return ""
    least, most = judged["range"]["least"], judged["range"]["most"]
    where = "in" if judged["verdict"] == "within-range" else "outside"
    only_if = ", if its conditions fit" if judged["conditional"] else ""
    return f" ({amount(judged['calculated'])}, {where} {least['value']} to {amount(most)}{only_if})"


def _not_compared(finding: CompatibilityFinding) -> bool:
    """Whether a statement hangs on a container, a time or albumin, none of which was given."""
    return finding["applies"] == "unclear" and finding.get("bearing") == "elsewhere"


def _in_short(finding: CompatibilityFinding, page: Page, *, details: bool, whole: bool) -> None:
    """The statement with its source, and the conditions that it hangs on; those that need not be compared only where
    `whole`."""
    page.line(_headline(finding, page))
    if _APPLIES[finding["applies"]] and finding["verdict"] != "unknown" and not _not_compared(finding):
        page.line(_APPLIES[finding["applies"]], "italic", indent=2)
    source = f" [{_sources(finding)}]" if finding["sources"] else ""
    page.line(f"{finding['statement']}{source}", indent=2)
    if _not_compared(finding):
        specific = [item for item in finding["conditions"] if item["condition"] in _SPECIFIC]
        stated = ", ".join(f"{_NAMED.get(item['condition'], '')}{item['stated']}" for item in specific)
        page.line(f"recorded for {stated}; not given, so not compared", indent=2)
    tested = _tested(finding)
    rows = tested if details else [("conditions", "; ".join(said for _, said in tested))] if whole else []
    rows += [(item["condition"], _compared(item, finding["applies"])) for item in _worth_saying(finding)]
    rows += [("note", finding["note"])] if "note" in finding and whole else []
    rows += [("filed under", finding["filed_under"])] if "filed_under" in finding else []
    rows += [("reference", reference(item)) for item in finding["references"]] if details else []
    page.pairs([row for row in rows if row[1]], indent=2)


def _worth_saying(finding: CompatibilityFinding) -> list[Condition]:
    """The conditions that do not plainly fit."""
    if _not_compared(finding):
        return []
    return [item for item in finding["conditions"] if item["fits"] is not True]


def _headline(finding: CompatibilityFinding, page: Page) -> Text:
    verdict, style = _worded(finding)
    region = f", {finding['region'].upper()}" if "region" in finding else ""
    step = f", {finding['step']}" if "step" in finding else ""
    line = page.text(verdict, style)
    line.append_text(page.text(f"  {finding['subject']}{step}{region}", "bold"))
    return line


def _worded(finding: CompatibilityFinding) -> tuple[str, Style]:
    """The verdict in capitals; of an unknown one whether something is recorded for other conditions."""
    otherwise = (finding["verdict"], finding["applies"]) == ("unknown", "no")
    return _OTHERWISE if otherwise else _VERDICTS[finding["verdict"]]


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
