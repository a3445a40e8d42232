"""Conversions: a table of amounts with the equivalences behind them, or the units that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.render.amounts import grouped

if TYPE_CHECKING:
    from monocli.records.output.common import Amount, SourceRef
    from monocli.records.output.units import Conversion, FormAmount, UnitsListing
    from monocli.render.page import Page
    from monocli.result import Result

COLUMNS = ("quantity", "value", "unit", "exact", "approximate", "form", "substance", "sources", "warnings", "error")
_SIGN = {True: "≈", False: "="}


def table(result: Result, page: Page) -> None:
    """One conversion with its sources, a block of a stream, or the list of units."""
    data = result.data or {}
    if "rows" in data:
        _lines(data["rows"], page)
    elif "conversions" in data:
        page.line(f"{len(data['conversions'])} quantities")
    elif "measures" in data:
        _catalogue(cast("UnitsListing", data), page)
    else:
        _conversion(cast("Conversion", data), page, explain=bool(result.shown.get("explain")))
    if result.warnings:
        page.gap()
        page.warnings(result)


def _conversion(data: Conversion, page: Page, *, explain: bool) -> None:
    start, numbers = data["from"], {e["id"]: n for n, e in enumerate(data["equivalences"], 1)}
    weight = f"for a body weight of {_amount(data['weight'])}" if "weight" in data else ""
    page.heading(f"{_amount(start)}{_form(start)}{_of(data)}", weight)
    rows = []
    for item in data["to"]:
        exact = f"exactly {item['exact']}" if "exact" in item else ""
        by = " ".join(f"[{numbers[name]}]" for name in item.get("by", ()))
        rows.append(
            [
                _SIGN[item["approximate"] or "exact" in item],
                grouped(item["value"]),
                item["unit"] + _form(item),
                "about" if item["approximate"] else "",
                exact,
                by,
            ]
        )
    page.table(["", "amount", "unit", "", "unrounded", "by"], rows, numbers=("amount",))
    if data["equivalences"]:
        page.pairs((f"[{n}]", f"{e['text']} ({_source(e)})") for n, e in enumerate(data["equivalences"], 1))
    if explain:
        page.gap()
        page.heading("Steps")
        page.pairs((f"{n}.", f"{step['text']} ({_source(step)})") for n, step in enumerate(data["steps"], 1))
        if data["advice"]:
            page.gap()
            page.bullets(f"{item['text']} ({_source(item)})" for item in data["advice"])
    elif data["steps"]:
        page.line("Every step with its source: --explain", "dim")


def _of(data: Conversion) -> str:
    return f" of {data['title']}" if data["title"] else ""


def _form(item: FormAmount) -> str:
    return f" {item['form']}" if "form" in item else ""


def _amount(item: Amount) -> str:
    return f"{grouped(item['value'])} {item['unit']}"


def _source(item: SourceRef) -> str:
    return f"{item['source']}, {item['section']}" if "section" in item else str(item["source"])


def _catalogue(data: UnitsListing, page: Page) -> None:
    for family in data["substances"]:
        page.heading(family["title"], f"--of {family['substances'][-1]}")
        rows = []
        for scale in family["scales"]:
            note = (
                f"only {', '.join(scale['only'])}"
                if "only" in scale
                else f"not converted to the others: {scale['unstated']}"
                if "unstated" in scale
                else ""
            )
            rows.append([scale["title"], ", ".join(scale["units"]), note])
        page.table(["measured as", "units", ""], rows)
        page.bullets(f"{e['text']} ({_source(e)})" for e in family["equivalences"])
        if family["default_unit"]:
            page.line(f"A number alone is {family['default_unit']}.")
        page.bullets((f"{r['text']} ({_source(r)})" for r in family["remarks"]), mark="!")
        page.gap()
    page.heading("For everything")
    page.pairs((measure["measure"], ", ".join(measure["units"])) for measure in data["measures"])
    page.gap()
    page.heading("Error-prone abbreviations")
    words = {"refuse": "not read", "warn": "read with a warning"}
    rows = [
        [", ".join(a["written"]), words[a["treatment"]], " or ".join(a["write"]), a["why"], a["source"]]
        for a in data["abbreviations"]
    ]
    page.table(["written", "", "write instead", "why", "source"], rows)


def _lines(rows: list[list[str]], page: Page) -> None:
    """A block of a stream, a line a result."""
    from monocli.render.tabular import shown

    page.unfolded("\n".join(shown(_line(row)) for row in rows))


def _line(row: list[str]) -> str:
    quantity, value, unit, exact, approximate, form, _, _, warnings, error = row
    if error:
        return f"{quantity}: {error}"
    about = "about " if approximate == "yes" else ""
    notes = "; ".join(note for note in (f"exactly {exact}" if exact else "", warnings) if note)
    return f"{quantity} = {about}{value} {unit}{' ' * bool(form)}{form}{f' [{notes}]' if notes else ''}"


def lines_of(result: Result, query: str = "") -> list[list[str]]:
    """One row a result, as `COLUMNS`; one row for a quantity that failed."""
    data = result.data
    warnings = " ".join(dict.fromkeys(warning["code"] for warning in result.warnings))
    if data is None:
        said = "; ".join(f"{error['code']}: {error['message']}" for error in result.errors)
        return [[query, *[""] * 7, warnings, said]]
    sources = {e["id"]: e["source"] for e in data["equivalences"]}
    definitions = " ".join(dict.fromkeys(step["source"] for step in data["steps"])) if not sources else ""
    return [
        [
            data["query"],
            item["value"],
            item["unit"],
            item.get("exact", ""),
            "yes" if item["approximate"] else "no",
            item.get("form", ""),
            data["substance"] or "",
            " ".join(dict.fromkeys(sources[name] for name in item.get("by", ()))) or definitions,
            warnings,
            "",
        ]
        for item in data["to"]
    ]


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One row a result; the list of units as one row a unit."""
    data = result.data or {}
    if "measures" in data:
        found = [[f["title"], s["title"], unit] for f in data["substances"] for s in f["scales"] for unit in s["units"]]
        found += [["", measure["measure"], unit] for measure in data["measures"] for unit in measure["units"]]
        return ["substance", "measured_as", "unit"], found
    return list(COLUMNS), data["rows"] if "rows" in data else lines_of(result)


def csv(result: Result) -> str:
    """CSV; the header stands only before the first block of a stream."""
    data = result.data or {}
    from monocli.render import tabular

    if "rows" not in data:
        return tabular.csv(*rows(result))
    return tabular.csv_lines([COLUMNS, *data["rows"]] if data["first"] else data["rows"])


def md(result: Result) -> str:
    """A conversion with its work; of a stream a Markdown table, whose header stands only before the first block."""
    data = result.data or {}
    if "rows" in data:
        from monocli.render import tabular

        text = tabular.markdown(*rows(result))
        return text if data["first"] else "".join(text.splitlines(keepends=True)[2:])
    from monocli.render.markdown import painted
    from monocli.render.page import Page

    page = Page()
    table(result.replaced(shown={"explain": True}), page)
    return painted(page)
