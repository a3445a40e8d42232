"""The formulas of the library, for tests: worked out without a command line."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from conftest import ROOT
from monocli.engine.answers import Answer, Refusal
from monocli.engine.formulas.book import FormulaBook
from monocli.engine.formulas.calculating import calculate
from monocli.engine.quantities.units import table_of
from monocli.library.documents import Document, Documents, from_folder
from monocli.library.formulas import stored

FORMULAS = ROOT / "data" / "formulas"


@cache
def documents() -> Documents:
    found = [
        document
        for document in from_folder(ROOT / "data").items
        if document.kind in ("formulas", "measures", "units", "vocabulary")
    ]
    return Documents(found)


def book_of(files: Documents) -> FormulaBook:
    kept: dict[tuple[str, str], Any] = {(kind, id): json.loads(text) for kind, id, text in stored(files)}
    measures = {r["id"]: r for d in files.of_kind("measures") for r in d.value.get("measures", [])}
    table = table_of(d.value for kind in ("units", "measures") for d in files.of_kind(kind))
    groups = next(d.value["formula_groups"] for d in files.of_kind("vocabulary"))
    limits: Any = next(d.value for d in files.of_kind("measures") if d.id == "body")
    index = kept["formula-index", "all"]
    return FormulaBook(lambda name: kept["calculations", name], index, measures, table, groups, lambda: limits)


@cache
def book() -> FormulaBook:
    return book_of(documents())


def with_formula(record: dict[str, Any]) -> Documents:
    """The library's measures with one formula of a test's own."""
    others = [d for d in documents().items if d.kind != "formulas"]
    return Documents([*others, Document("formulas", record["id"], record)])


def worked_out(formula: str, **inputs: str) -> Answer[Any] | Refusal:
    given = [(name.replace("_", "-"), value) for name, value in inputs.items()]
    return calculate(book(), book().formula(formula), given)


def value(formula: str, **inputs: str) -> Fraction:
    """The result, exact where it is; a refusal fails the test."""
    found = worked_out(formula, **inputs)
    assert isinstance(found, Answer), found
    result = found.data["result"]
    return Fraction(result.get("exact") or Decimal(result["value"]))
