"""The start of a treatment in impairment: in the place of the usual one, beside it, or a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.engine.answers import Note
from monocli.engine.dosing import impairment, regimens
from monocli.engine.dosing.work import step
from monocli.engine.quantities.numbers import exact

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.engine.dosing.known import Body
    from monocli.engine.quantities.values import Value
    from monocli.records.dose_rules import ImpairedStart
    from monocli.records.doses import Doses, PrintedRegimen

_WHOLE = 100


def in_impairment(
    book: DoseBook,
    doses: Doses,
    printed: list[regimens.Computed],
    body: Body,
    graded: impairment.Graded,
    start: ImpairedStart,
) -> tuple[list[regimens.Computed], list[Note]]:
    """The printed regimens with the start that a grade of impairment has of its own, and what is to be said of it."""
    if graded.grade is None:
        return printed, []
    if "percent" in start:
        return [_share(book, c, start, graded) for c in printed], impairment.baseline_notes(book, graded)
    scheme = graded.scheme
    begins = [c for c in printed if c.regimen["stage"] in ("start", "option")]
    lower = [c for c in begins if c.daily.number < exact(start["daily"])]
    conditions = [f"{graded.grade['label']} hepatic impairment"]
    conditions += [
        c.regimen["condition"] for c in begins if len(begins) == 1 and not lower and "condition" in c.regimen
    ]
    regimen = {
        "stage": "option" if lower else "start",
        "condition": "; ".join(conditions),
        "daily": start["daily"],
        "times_daily": start["times_daily"],
        **book.cite(start, scheme),
    }
    later = tuple(c.daily for c in printed if c.regimen["stage"] == "increase")
    replaced = regimens.compute(book, doses, cast("PrintedRegimen", regimen), body)
    replaced = replaced.replaced(instead_of=tuple(c.daily for c in begins if c not in lower), left_out=later)
    usual = ", ".join(c.daily.text(book.unit) for c in begins)
    beside = (
        f"That is more than the usual start ({usual} a day)."
        if lower
        else f"It stands in the place of the usual start ({usual} a day)."
    )
    shown = step(
        "start in impairment",
        f"{start['text']} {beside}",
        book.cite(start, scheme),
        inputs=graded.grade["id"],
        result=replaced.daily.text(book.unit),
    )
    replaced = replaced.replaced(steps=(shown, *replaced.steps))
    notes = impairment.baseline_notes(book, graded)
    if lower:
        notes.insert(0, Note("source-conflict", scheme["raises"], book.cite(start, scheme)))
    return [*(_as_option(c, later) for c in lower), replaced], notes


def _share(
    book: DoseBook, usual: regimens.Computed, start: ImpairedStart, graded: impairment.Graded
) -> regimens.Computed:
    """A start of which a grade of impairment leaves a part; increases stand as printed, and say so where it does."""
    stage = usual.regimen["stage"]
    if stage == "increase" and exact(start["percent"]) < _WHOLE:
        return usual.replaced(not_reduced=graded.scheme["escalation"])
    if stage not in ("start", "option"):
        return usual
    citation = book.cite(start, graded.scheme)
    return regimens.part_of_start(book, usual, start["percent"], "start in impairment", start["text"], citation)


def _as_option(usual: regimens.Computed, later: tuple[Value, ...]) -> regimens.Computed:
    """A usual start as one of the options beside a higher start in impairment."""
    regimen = {"stage": "option", "condition": "as printed for this indication", **usual.regimen}
    return usual.replaced(regimen=cast("PrintedRegimen", {**regimen, "stage": "option"}), left_out=later)
