"""A calculation with its inputs and source, several side by side, the inputs of a formula, or the list of formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from monocli.engine.names import with_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monocli.records.output.common import SourceRef
    from monocli.records.output.formulas import (
        CalcBeside,
        CalcCaution,
        CalcResult,
        Calculation,
        FormulaAsked,
        FormulaList,
        GivenInput,
        InputAsked,
        SideBySide,
    )
    from monocli.render.page import Page
    from monocli.result import Result

COLUMNS = ("line", "id", "formula", "value", "unit", "exact", "grade", "sources", "warnings", "error")
_ENTERED = "rounded for display; nothing was rounded before"


def table(result: Result, page: Page) -> None:
    """Whichever of them was asked for."""
    data = result.data or {}
    explain = bool(result.shown.get("explain"))
    if "rows" in data:
        for row in data["rows"]:
            page.line(row_line(row_cells(row)))
    elif "calculations" in data:
        _side_by_side(cast("SideBySide", data), page, explain=explain)
    elif "groups" in data:
        _list(cast("FormulaList", data), page)
    elif "equations" in data:
        _asked(cast("FormulaAsked", data), page)
    else:
        _calculation(cast("Calculation", data), page, explain=explain)
    if result.warnings:
        page.gap()
        page.warnings(result)


def _calculation(data: Calculation, page: Page, *, explain: bool) -> None:
    page.heading(f"{data['result']['label']} = {_value(data['result'])}", _remark(data["result"]))
    page.line(f"{data['name']}: " + ", ".join(f"{i['name']} {_input(i)}" for i in data["inputs"]))
    if data["also"]:
        beside = [[a["label"], a["value"], a["unit"], _unrounded(a, explain=explain)] for a in data["also"]]
        page.table(["also", "value", "unit", "unrounded"], beside, numbers=("value",))
    page.line(f"Holds for: {'; '.join(data['holds_for'])}.")
    page.bullets((_caution(caution, explain=explain) for caution in data["cautions"]), mark="!")
    if explain:
        page.gap()
        _work(data, page)
    else:
        page.line(f"{_by(data['sources'])}. The work: --explain", "dim")


def _caution(caution: CalcCaution, *, explain: bool) -> str:
    return f"{caution['text']} ({caution['source']})" if explain else caution["text"]


def _unrounded(item: CalcResult | CalcBeside, *, explain: bool) -> str:
    """The fraction behind a rounded number, with the work."""
    return f"exactly {item['exact']}" if explain and "exact" in item else ""


def _work(data: Calculation, page: Page) -> None:
    page.heading("Work")
    for number, step in enumerate(data["steps"], 1):
        lines = [f"{step['text']} ({step['source']})"]
        lines += [f"{key}" for key in (step.get("formula"), step.get("inputs")) if key]
        lines += [f"= {step['result']}"] if "result" in step else []
        page.pairs([(f"{number}.", "\n".join(lines))])
    if data["references"]:
        page.bullets(data["references"])
    page.line(_by(data["sources"]), "dim")


def _side_by_side(data: SideBySide, page: Page, *, explain: bool) -> None:
    page.heading(data["title"])
    given = dict.fromkeys(f"{i['name']} {_input(i)}" for c in data["calculations"] for i in c["inputs"])
    page.line(", ".join(given))
    rows = []
    for c in data["calculations"]:
        grade = f", {c['result']['grade']}" if "grade" in c["result"] else ""
        result = c["result"]
        rows.append([c["name"], result["value"], result["unit"] + grade, _unrounded(result, explain=explain)])
        rows += [[f"  {a['label']}", a["value"], a["unit"], _unrounded(a, explain=explain)] for a in c["also"]]
    page.table(["formula", "result", "unit", "unrounded"], rows, numbers=("result",))
    alike: dict[str, list[str]] = {}
    for c in data["calculations"]:
        alike.setdefault("; ".join(c["holds_for"]), []).append(c["name"])
    page.bullets(f"{_listed(names)} for {said}." for said, names in alike.items())
    for calculation in data["calculations"]:
        said = (_caution(caution, explain=explain) for caution in calculation["cautions"])
        page.bullets((f"{calculation['name']}: {text}" for text in said), mark="!")
    if not explain:
        by = "; ".join(f"{c['name']}: {_sources(c['sources'])}" for c in data["calculations"])
        page.line(f"Sources: {by}. The work: --explain", "dim")
    if data["not_worked_out"]:
        page.gap()
        page.heading("Not worked out")
        page.pairs((item["name"], item["message"]) for item in data["not_worked_out"])
    for calculation in data["calculations"] if explain else []:
        page.gap()
        page.heading(calculation["name"])
        _work(calculation, page)


def _listed(names: Sequence[str]) -> str:
    """ "Bazett holds", "Bazett and Hodges hold"."""
    return f"{names[0]} holds" if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]} hold"


def _list(data: FormulaList, page: Page) -> None:
    for group in data["groups"]:
        page.heading(group["title"], f"mono calc {group['group']} …")
        page.pairs(((f["formula"], f"{f['name']}: {f['about']}") for f in group["formulas"]), indent=2)
    page.gap()
    page.line("The inputs of one: mono calc FORMULA", "dim")


def _asked(data: FormulaAsked, page: Page) -> None:
    page.heading(data["name"], data["about"])
    page.bullets(data["equations"])
    page.table(["input", "what", "written", "range"], [_input_row(i) for i in data["inputs"]])
    page.line(f"Holds for: {'; '.join(data['holds_for'])}.")
    page.bullets((_caution(caution, explain=True) for caution in data["cautions"]), mark="!")
    if data["also_called"]:
        page.line(f"Also called: {', '.join(data['also_called'])}.")
    page.bullets(data["references"])
    page.line(_by(data["sources"]), "dim")


def _input_row(asked: InputAsked) -> list[str]:
    name = asked["name"] + (" (optional)" if asked["optional"] else "")
    names = ", ".join(other for other in asked["names"] if other not in (asked["name"], asked["label"]))
    what = "; ".join(part for part in (asked["label"], names and f"also {names}", asked.get("why", "")) if part)
    units = " or ".join(asked["units"])
    written = ", ".join(asked["words"]) or (f"unit needed: {units}" if asked["unit_needed"] else units or "a number")
    return [name, what, written, "; ".join(part for part in (asked["holds"], asked["range"]) if part)]


def _input(given: GivenInput) -> str:
    return with_unit(given["value"], given["unit"] or "")


def _value(result: CalcResult) -> str:
    grade = f", {result['grade']}" if "grade" in result else ""
    return with_unit(result["value"], result["unit"]) + grade


def _remark(result: CalcResult) -> str:
    if "exact" in result:
        return f"exactly {result['exact']}"
    return _ENTERED if result.get("rounded") else ""


def _by(sources: Sequence[SourceRef]) -> str:
    return f"Source{'s' if len(sources) > 1 else ''}: {_sources(sources)}"


def _sources(sources: Sequence[SourceRef]) -> str:
    return ", ".join(item["source"] for item in sources)


def row_cells(row: dict[str, Any]) -> list[str]:
    """A line of a table of patients, as `COLUMNS`."""
    data: Calculation | None = row.get("calculation")
    warnings = " ".join(dict.fromkeys(warning["code"] for warning in row["warnings"]))
    error = "; ".join(f"{error['code']}: {error['message']}" for error in row["errors"])
    head = [str(row["line"]), row["id"] or ""]
    if data is None:
        return [*head, *[""] * 6, warnings, error]
    result = data["result"]
    about = [data["formula"], result["value"], result["unit"], result.get("exact", ""), result.get("grade", "")]
    return [*head, *about, " ".join(item["source"] for item in data["sources"]), warnings, error]


def row_line(cells: Sequence[str]) -> str:
    """The same as a line of text."""
    line, id, _, value, unit, exact, grade, _, warnings, error = cells
    who = f"line {line}{f' ({id})' if id else ''}"
    if error:
        return f"{who}: {error}"
    notes = "; ".join(note for note in (f"exactly {exact}" if exact else "", warnings) if note)
    return f"{who}: {value} {unit}{f', {grade}' if grade else ''}{f' [{notes}]' if notes else ''}"


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One row a result, an input of a formula, or a formula of the list."""
    data = result.data or {}
    if "groups" in data:
        listed = cast("FormulaList", data)
        return ["group", "formula", "name", "about"], [
            [g["group"], f["formula"], f["name"], f["about"]] for g in listed["groups"] for f in g["formulas"]
        ]
    if "equations" in data:
        asked = cast("FormulaAsked", data)
        columns = ["input", "label", "units", "unit_needed", "words", "range", "holds", "optional"]
        return columns, [_asked_cells(i) for i in asked["inputs"]]
    found = cast("list[Calculation]", data.get("calculations", [] if "rows" in data else [data]))
    cells = [row for item in found for row in _result_rows(item)]
    return ["formula", "name", "value", "unit", "exact", "grade", "sources"], cells


def _result_rows(item: Calculation) -> list[list[str]]:
    """The result, and below it what stands beside it."""
    result = item["result"]
    head = [item["formula"], item["name"], result["value"], result["unit"], result.get("exact", "")]
    return [
        [*head, result.get("grade", ""), " ".join(source["source"] for source in item["sources"])],
        *(
            [item["formula"], a["label"], a["value"], a["unit"], a.get("exact", ""), "", a.get("source", "")]
            for a in item["also"]
        ),
    ]


def _asked_cells(asked: InputAsked) -> list[str]:
    return [
        asked["name"],
        asked["label"],
        " ".join(asked["units"]),
        "yes" if asked["unit_needed"] else "no",
        " ".join(asked["words"]),
        asked["range"] or "",
        asked["holds"] or "",
        "yes" if asked["optional"] else "no",
    ]
