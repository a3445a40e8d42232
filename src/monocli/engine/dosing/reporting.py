"""The answer of `adjust` as JSON shows it, with the warnings that its new dose deserves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from monocli.engine.answers import Answer, Note
from monocli.engine.bsa import Value
from monocli.engine.dosing import laboratory, partners, regimens, tablets
from monocli.engine.dosing.answering import applicable_advice
from monocli.engine.dosing.changing import Case, Found
from monocli.engine.dosing.current import DAY
from monocli.engine.dosing.indications import doses_for
from monocli.engine.dosing.work import cite, expressed_form
from monocli.engine.numbers import exact

if TYPE_CHECKING:
    from monocli.records.doses import DosesFile


def answer(
    document: DosesFile,
    case: Case,
    action: str,
    found: Found | None,
    steps: Sequence[dict[str, Any]] = (),
    until: Sequence[dict[str, Any]] = (),
) -> Answer:
    notes = [k.note for k in case.known.values() if k.note]
    if found is not None:
        notes += [*found.notes, *_limits(document, case, found)]
    notes += _unused(document, case, found, action)
    return Answer(data_of(document, case, action, found, list(steps), list(until), None), tuple(notes))


def data_of(
    document: DosesFile,
    case: Case,
    action: str | None,
    found: Found | None,
    steps: list[dict[str, Any]],
    until: list[dict[str, Any]],
    effects: partners.Effects | None,
) -> dict[str, Any]:
    """`data` of the answer; `to` is None where the dose does not change, is withheld, or has no printed figure."""
    unit = document["unit"]
    per_day = found is not None and found.unit == unit
    work = [*case.current.steps, *(k.step for k in case.known.values()), *steps, *(found.steps if found else ())]
    if found is not None and per_day:
        work += regimens.salt_step(document, [found.to])
    context = {
        "population": case.population,
        "region": case.region,
        "daily": found.to.number if found else 0,
        "impaired": False,
    }
    advice = list(found.advice) if found else partners.advice_of(effects) if effects else []
    general = [a for a in document.get("advice", []) if found or a["kind"] != "administration"]
    return {
        "monograph": document["id"],
        "population": case.population,
        "region": case.region,
        "expressed_as": document["drug"],
        "expressed_form": expressed_form(document),
        "action": action,
        "from": case.current.value.json(case.current.unit(document)),
        "to": found.to.json(found.unit) if found else None,
        "to_per_area": found.per.json(found.per_unit) if found and found.per else None,
        "to_as_salt": regimens.salt_json(document, found.to) if found and per_day else None,
        "tablets": tablets.nearest(document, found.to) if found and per_day else [],
        "until": until,
        "values": [
            {"variable": k.variable, "label": k.label, **Value(k.multiple).json(laboratory.ULN)}
            for k in case.known.values()
        ],
        "advice": applicable_advice(document, [*advice, *general], context),
        "steps": work,
    }


def _limits(document: DosesFile, case: Case, found: Found) -> list[Note]:
    """Warnings of a dose above the highest printed, or above a maximum printed for this population (and region)."""
    unit = document["unit"]
    if found.unit != unit:
        return []
    notes = []
    highest = document.get("highest_printed")
    if highest is not None and found.to.number > exact(highest["daily"]):
        message = (
            f"above the highest printed dose: {found.to.text(unit)} a day. {highest['text']} {regimens.NOT_CAPPED}"
        )
        notes.append(
            Note("exceeds-highest-printed", message, {"doses": [found.to.text(unit)], **cite(highest, document)})
        )
    for indication in document["indications"]:
        for doses in doses_for(indication, case.population, case.region):
            above = [
                r["maximum"] for r in doses["regimens"] if "maximum" in r and found.to.number > exact(r["maximum"])
            ]
            if above:
                message = (
                    f"{found.to.text(unit)} a day is above the maximum of {above[0]} {unit} printed for "
                    f"{indication['id']}. {regimens.NOT_CAPPED}"
                )
                if case.current.basis != DAY:
                    message += f" If the current dose is held at that maximum, give --current in {unit} a day."
                notes.append(
                    Note("exceeds-maximum", message, {"indication": indication["id"], **cite(doses, document)})
                )
    return notes


def _unused(document: DosesFile, case: Case, found: Found | None, action: str) -> list[Note]:
    """A warning for each input that did not matter."""
    notes = []
    if case.area is not None and (found is None or found.per is None):
        notes.append(Note("not-used", "--bsa was not used: nothing here goes by area.", {"option": "--bsa"}))
    if case.region is not None and not (found is not None and _by_region(document, case, action)):
        notes.append(Note("not-used", "--region was not used: the rule names no region.", {"option": "--region"}))
    return notes


def _by_region(document: DosesFile, case: Case, action: str) -> bool:
    """Whether a region can matter to a changed dose: through printed maxima, or a minimum that steps down may pass."""
    ladders = [x for x in document.get("reductions", []) if case.population in x["populations"]]
    steps_down = action in ("reduce", "resume") and any("conflicts" in ladder for ladder in ladders)
    printed = [doses for i in document["indications"] for doses in doses_for(i, case.population, None)]
    return steps_down or any("regions" in doses for doses in printed)
