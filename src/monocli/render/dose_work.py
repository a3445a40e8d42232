"""The work behind a dose: its steps, and body surface area by every formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monocli.render.amounts import amount, cited
from monocli.render.page import Page

if TYPE_CHECKING:
    from monocli.records.output.dose_rules import DoseStep
    from monocli.records.output.dosing import Dose
    from monocli.render.page import Text

_FORMULAS_FROM = 76
"""Narrower terminals get the formulas as a list."""
_STEPS_FROM = 110
"""Narrower terminals get the work in blocks."""


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


def formulas(data: Dose, page: Page) -> None:
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
