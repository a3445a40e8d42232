"""The answer of `adjust` as JSON shows it, with the warnings that its new dose deserves."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import Answer, Note, Refusal
from monocli.engine.dosing import facts, holding, limits, tablets
from monocli.engine.dosing.changing import ChangedDose
from monocli.engine.dosing.current import DAY
from monocli.engine.dosing.holding import Case, Now
from monocli.engine.dosing.when import Circumstances
from monocli.engine.inputs import BSA, REGION
from monocli.engine.quantities.numbers import decimal_text
from monocli.engine.quantities.values import Value
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.dosing import partners
    from monocli.records.output.adjusting import Adjust, Afterwards, ChangedBy, LimitCrossed, LimitToWaitFor
    from monocli.records.output.common import SourceRef
    from monocli.records.output.dose_rules import DoseStep
    from monocli.records.words import DoseAction


class Withheld(Record):
    """Treatment that is withheld: what to wait for, which limits were crossed, and at which dose it goes on, by case.

    `after` is that dose where only one follows.
    """

    until: Sequence[LimitToWaitFor]
    crossed: Sequence[LimitCrossed]
    afterwards: Sequence[Afterwards]
    after: ChangedDose | None = None
    by_area: bool = False
    """Whether a dose for later, or the dose given now that it must lie below, is worked out by area."""


def answer(
    case: Case,
    action: DoseAction,
    found: ChangedDose | None,
    steps: Sequence[DoseStep] = (),
    held: Withheld | None = None,
    said: Sequence[Note] = (),
) -> Answer[Adjust]:
    notes = [*said, *case.current.notes, *(k.note for k in case.known.values() if k.note)]
    if found is not None:
        notes += [*found.notes, *_limits(case, found)]
    after = held.after if held else None
    if after is not None:
        notes += [*after.notes, *_limits(case, after)]
    notes += _unused(case, found or after, action, later_by_area=bool(held and held.by_area))
    return Answer(data_of(case, action, found, list(steps), held, None), tuple(notes))


def data_of(
    case: Case,
    action: DoseAction | None,
    found: ChangedDose | None,
    steps: list[DoseStep],
    held: Withheld | None,
    effects: partners.Effects | None,
) -> Adjust:
    """`data` of the answer; `to` is None where the dose does not change, is withheld, or has no printed figure."""
    unit, now = case.book.unit, _now(case, found)
    per_day = found is not None and found.unit == unit
    least = found is not None and found.change is not None and found.change.at_least
    work = [*case.names, *case.current.steps, *(k.step for k in case.known.values()), *steps]
    work += found.steps if found else ()
    if found is not None and per_day:
        work += tablets.salt_step(case.book, [found.to])
    if held is not None and held.after is not None:
        work += held.after.steps
    to = Circumstances(case.population, case.region, found.to.number if found else Fraction(0), impaired=False)
    advice = list(found.advice) if found else effects.advice if effects else []
    general = [a for a in case.book.advice if found or a["kind"] != "administration"]
    return {
        "monograph": case.book.id,
        "population": case.population,
        "region": case.region,
        "expressed_as": case.book.drug,
        "expressed_form": case.book.expressed_form,
        "action": action,
        "from": case.current.value.json(case.current.unit),
        "from_daily": now.daily.json(unit) if now else None,
        "from_maximum": Value(now.maximum).json(unit) if now and now.maximum is not None else None,
        "from_capped": bool(now and now.capped),
        "to": found.to.json(found.unit) if found else None,
        "to_per_area": found.per.json(found.per_unit) if found and found.per else None,
        "to_as_salt": tablets.salt_json(case.book, found.to) if found and per_day else None,
        "tablets": tablets.nearest(case.book, found.to, found.to, least=least) if found and per_day else [],
        "changed_by": _changed_by(case, found),
        "in_words": _in_words(effects),
        "until": list(held.until) if held else [],
        "crossed": list(held.crossed) if held else [],
        "afterwards": list(held.afterwards) if held else [],
        "indication": {"id": case.indication["id"], "label": case.indication["label"]} if case.indication else None,
        "from_sources": [case.book.about(case.book.source)],
        "beside": [],
        "compared": facts.compared(case.book, case.region, case.values),
        "values": [k.json() for k in case.known.values()],
        "advice": case.book.advised([*advice, *general], to),
        "steps": work,
    }


def going_on(case: Case, label: str, found: ChangedDose | Refusal, text: str, cited: SourceRef) -> Afterwards:
    """At which dose treatment goes on in a case, or why none follows for the dose given now."""
    if isinstance(found, Refusal):
        why = f"{text} Not from the dose given now: {found.message}."
        return {
            "case": label,
            "to": None,
            "to_per_area": None,
            "to_as_salt": None,
            "tablets": [],
            "text": why,
            **cited,
        }
    per_day = found.unit == case.book.unit
    return {
        "case": label,
        "to": found.to.json(found.unit) if per_day else None,
        "to_per_area": found.per.json(found.per_unit) if found.per else None,
        "to_as_salt": tablets.salt_json(case.book, found.to) if per_day else None,
        "tablets": tablets.nearest(case.book, found.to, found.to) if per_day else [],
        "text": text,
        **cited,
    }


def _now(case: Case, found: ChangedDose | None) -> Now | None:
    """What is given a day now, where that is known."""
    now = found.now if found else None
    return holding.given_now(case)[0] if now is None and case.current.basis == DAY else now


def _changed_by(case: Case, found: ChangedDose | None) -> ChangedBy | None:
    if found is None or found.change is None:
        return None
    cited = case.book.cite(found.change.rule)
    change = found.change
    return {"factor": decimal_text(change.factor), "text": change.text, "at_least": change.at_least, **cited}


def _in_words(effects: partners.Effects | None) -> str | None:
    """What is printed of another drug in a few words, where no figure is."""
    if effects is None:
        return None
    return next((rule["in_short"] for rule in effects.rules if "in_short" in rule), None)


def _limits(case: Case, found: ChangedDose) -> list[Note]:
    """Warnings of a dose above the highest printed, or above a maximum that bears on it."""
    if found.unit != case.book.unit:
        return []
    highest = limits.highest_note(case.book, found.to, case.population)
    # A step down per m2 says itself that no maximum is printed for it.
    bears = found.change is not None or case.current.basis == DAY
    return [*([highest] if highest else []), *(holding.maximum_notes(case, found.to) if bears else [])]


def _unused(case: Case, found: ChangedDose | None, action: str, *, later_by_area: bool) -> list[Note]:
    """A warning for each input that did not matter."""
    notes = []
    by_body = case.current.basis != DAY
    if case.area is not None and not later_by_area and (found is None or (found.per is None and not by_body)):
        notes.append(Note("not-used", f"{BSA} was not used: no dose here is worked out by area.", {"field": BSA}))
    if case.region is not None and not (found is not None and _by_region(case, action)):
        notes.append(Note("not-used", f"{REGION} was not used: the rule names no region.", {"field": REGION}))
    return notes


def _by_region(case: Case, action: str) -> bool:
    """Whether a region can matter to a changed dose: through printed maxima, or a minimum that steps down may pass."""
    conflicts = any("conflicts" in ladder for ladder in case.book.ladders(case.population))
    steps_down = action in ("reduce", "resume", "withhold") and conflicts
    return steps_down or any("regions" in p.doses for p in case.book.printed(case.population, None))
