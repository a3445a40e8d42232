"""The doses that the changes of `adjust` lead to: one printed step down, or a printed change for another drug."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monocli.engine.answers import Note, Refusal, bad_value
from monocli.engine.dosing import holding
from monocli.engine.dosing.book import AREA_UNIT
from monocli.engine.dosing.current import DAY
from monocli.engine.dosing.holding import Case, Now
from monocli.engine.dosing.when import Circumstances, possible
from monocli.engine.dosing.work import needed, step
from monocli.engine.inputs import BSA, CURRENT, REDUCE
from monocli.engine.quantities.numbers import exact
from monocli.engine.quantities.values import Value
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.engine.dosing.partners import Change
    from monocli.records.dose_rules import Ladder
    from monocli.records.dose_shared import PrintedAdvice
    from monocli.records.output.dose_rules import DoseStep


class ChangedDose(Record):
    """A dose that a change leads to: per day, and per m2 or kg where the step is printed so."""

    to: Value
    unit: str
    per: Value | None
    per_unit: str
    steps: tuple[DoseStep, ...]
    notes: tuple[Note, ...]
    advice: Sequence[PrintedAdvice] = ()
    now: Now | None = None
    """What is given a day now, where that is known."""
    change: Change | None = None


def reduced(case: Case) -> ChangedDose | Refusal:
    """The next lower printed dose; `no-reduction-step` where none is printed for exactly this one."""
    ladder = next(iter(case.book.ladders(case.population)), None)
    label = case.book.who(case.population)
    if ladder is None:
        return Refusal(
            "no-reduction-step",
            f"no steps of reduction are printed for {label}",
            detail={"field": REDUCE, "source": case.book.source},
        )
    unit = case.book.unit if ladder["basis"] == DAY else f"{case.book.unit}/{ladder['basis']}"
    current = _on_ladder(case, ladder)
    if isinstance(current, Refusal):
        return current
    found = next((s for s in ladder["steps"] if exact(s["start"]) == current.number), None)
    if found is None:
        steps = ", ".join(f"{s['start']} to {s['to']}" for s in ladder["steps"])
        message = f"no step down from {current.text(unit)} a day is printed for {label}"
        hint = f"printed steps ({unit} a day): {steps}; nothing between or beyond them is derived"
        return Refusal("no-reduction-step", message, hint, detail={"field": CURRENT, **case.book.cite(ladder)})
    per = Value(exact(found["to"]))
    shown = step("reduction", ladder["text"], case.book.cite(ladder), inputs=current.text(unit), result=per.text(unit))
    notes = _ladder_notes(case, ladder, per)
    if ladder["basis"] == DAY:
        now = holding.given_now(case)[0]
        return ChangedDose(per, unit, None, "", (shown,), tuple(notes), now=now)
    found_dose = scaled(case, per, unit, (shown,), tuple(notes))
    return found_dose if found_dose.unit != case.book.unit else _lower(case, ladder, found_dose)


def _lower(case: Case, ladder: Ladder, found: ChangedDose) -> ChangedDose | Refusal:
    """The step down, if it leads below the dose that is really given (which may be held at a maximum)."""
    several = holding.given_now(case)
    lower = [now for now in several if found.to.number < now.daily.number]
    if lower and len(lower) < len(several):
        return holding.undecided(case, several)
    if len(lower) == len(several):
        return found.replaced(now=several[0] if len(several) == 1 else None)
    now, unit = several[0], case.book.unit
    message = (
        f"the printed step leads to {found.per.text(found.per_unit) if found.per else ''}, here {found.to.text(unit)} "
        f"a day, which is not below the {now.daily.text(unit)} a day given now"
        + (" (held at the printed maximum)" if now.capped else "")
    )
    hint = "the source does not say how such a dose is reduced, so none is derived; a specialist decides"
    return Refusal("no-reduction-step", message, hint, detail={"field": CURRENT, **case.book.cite(ladder)})


def started(
    case: Case, change: Change, notes: tuple[Note, ...], advice: Sequence[PrintedAdvice]
) -> ChangedDose | Refusal:
    """The dose after a printed change in per cent: of what is given now, held at its maximum, and not held again."""
    wrong = holding.elsewhere(case)
    if wrong is not None:
        return wrong
    several = holding.given_now(case)
    if len(several) > 1:
        return holding.undecided(case, several)
    if not several:
        unit = case.current.unit
        to = case.current.value.times(change.factor)
        shown = _changed(case.book, change, case.current.value, to, unit)
        return scaled(case, to, unit, (shown,), notes, advice).replaced(change=change)
    now, unit = several[0], case.book.unit
    to = now.daily.times(change.factor)
    steps = (*now.steps, _changed(case.book, change, now.daily, to, unit))
    by_body = case.current.basis != DAY and not now.capped
    per = case.current.value.times(change.factor) if by_body else None
    return ChangedDose(to, unit, per, case.current.unit if per else "", steps, notes, advice, now, change)


def _changed(book: DoseBook, change: Change, value: Value, to: Value, unit: str) -> DoseStep:
    sign = "+" if change.percent >= 0 else "−"
    return step(
        "change for another drug",
        change.rule["text"],
        book.cite(change.rule),
        formula=f"dose × (1 {sign} {Value(abs(change.percent)).text()} / 100)",
        inputs=f"{value.text(unit)} × {Value(change.factor).text()}",
        result=to.text(unit),
    )


def scaled(
    case: Case,
    per: Value,
    unit: str,
    steps: tuple[DoseStep, ...],
    notes: tuple[Note, ...],
    advice: Sequence[PrintedAdvice] = (),
) -> ChangedDose:
    """A dose per m2 for this patient's area; left as it is where the area is not known, or does not matter."""
    if case.area is None or not unit.endswith(AREA_UNIT):
        asked = f" (add {BSA})" if unit.endswith(AREA_UNIT) else ""
        text = f"The dose stays in {unit}{asked}; it was not compared with any printed maximum."
        return ChangedDose(per, unit, per, unit, steps, (*notes, Note("maximum-not-checked", text)), advice)
    to = per.times(case.area)
    inputs = f"{per.text(unit)} × {case.area.text(AREA_UNIT)}"
    shown = step(
        "area",
        "Dose for the area given.",
        case.book.cite(),
        formula=f"{unit} × area",
        inputs=inputs,
        result=to.text(case.book.unit),
    )
    return ChangedDose(to, case.book.unit, per, unit, (*steps, shown), notes, advice)


def _on_ladder(case: Case, ladder: Ladder) -> Value | Refusal:
    """The current dose in the measure of the ladder: where that is m2, a daily amount is divided by the area."""
    if case.current.basis == ladder["basis"]:
        return case.current.value
    if case.current.basis == DAY and ladder["basis"] == AREA_UNIT:
        if case.area is None:
            message = f"the printed steps are in {case.book.unit}/m2 and the current dose is an amount a day"
            return needed("bsa-needed", BSA, message, f"add {BSA}, or give {CURRENT} in {case.book.unit}/m2")
        return Value(case.current.value.number / case.area.number)
    return bad_value(
        CURRENT, f"the printed steps are not per {case.current.basis}", f"give the dose in {case.book.unit} a day"
    )


def _ladder_notes(case: Case, ladder: Ladder, to: Value) -> list[Note]:
    notes = [
        Note("source-conflict", conflict["text"], case.book.cite(conflict, ladder))
        for conflict in possible(ladder.get("conflicts", []), Circumstances(region=case.region))
        if to.number < exact(conflict["minimum"])
    ]
    if "maximum_note" in ladder:
        notes.append(Note("no-maximum-printed", ladder["maximum_note"], case.book.cite(ladder)))
    return notes
