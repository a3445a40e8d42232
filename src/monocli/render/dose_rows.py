"""A dose, or the list of doses, as rows of CSV."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from monocli.render.amounts import amount, cited, often
from monocli.render.dose_parts import origin

if TYPE_CHECKING:
    from monocli.records.output.common import Amount, WarningRecord
    from monocli.records.output.dose_rules import Advice, HepaticGrade
    from monocli.records.output.dosing import Dose, DoseListing
    from monocli.records.output.regimens import Regimen, Schedule
    from monocli.result import Result

_LONG = ("messages", "printed", "reasons", "how", "division", "tablets", "hepatic", "advice", "course")
"""Columns of sentences, which Markdown has below its table."""
_LISTED = ["indication", "label", "population", "region", "stage", "dose", "expressed_as", "condition", "source"]
_LISTED += ["section", "printed"]
_DOSES = ["indication", "population", "region", "stage", "condition", "daily", "unit", "times_daily", "each"]
_DOSES += ["per_area", "bsa", "calculated", "maximum", "capped", "adjusted_from", "expressed_as", "as_salt", "salt"]
_DOSES += ["warnings", "messages", "source", "section", "printed", "reasons", "how", "division", "tablets"]
_DOSES += ["hepatic", "advice", "route", "over", "every_hours", "course", "also"]
"""Columns of the list, and of a dose."""


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
            r["route"]["label"] if r["route"] else "",
            f"{r['over']['value']} {r['over']['unit']}" if r["over"] else "",
            str(r["every_hours"] or ""),
            r["course"] or "",
            "; ".join(map(amount, r["also"])),
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
