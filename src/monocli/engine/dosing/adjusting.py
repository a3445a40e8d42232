"""`adjust`: a change of dose during treatment, for laboratory values, by one printed step, or for a drug that is started."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monocli.engine import bsa
from monocli.engine.answers import BAD_INPUT, Answer, Note, Refusal
from monocli.engine.bsa import Value
from monocli.engine.dosing import laboratory, partners, patient, regimens, tablets
from monocli.engine.dosing.answering import applicable_advice
from monocli.engine.dosing.current import DAY, Current, read_current
from monocli.engine.dosing.indications import doses_for
from monocli.engine.dosing.requests import AdjustRequest
from monocli.engine.dosing.work import cite, conflicting, listed, needed, step
from monocli.engine.numbers import exact

if TYPE_CHECKING:
    from monocli.records.bsa import BsaFile
    from monocli.records.doses import DosesFile, Ladder

START, REDUCE, WITHHELD = "--start", "--reduce", "--withheld"


@dataclass(frozen=True, slots=True)
class _Case:
    """The request with every value read."""

    population: str
    region: str | None
    area: Value | None
    current: Current
    known: dict[str, laboratory.Known]


def adjust(document: DosesFile, formulas: BsaFile, request: AdjustRequest) -> Answer | Refusal:
    """What is printed for a change during treatment: an action, the dose it leads to, and the limits to wait for."""
    case = _read(document, formulas, request)
    if isinstance(case, Refusal):
        return case
    clash = _clash(request, case)
    if clash is not None:
        return clash
    if request.start:
        return _started(document, case, request)
    if request.reduce:
        found = _reduced(document, case)
        return found if isinstance(found, Refusal) else _answer(document, case, "reduce", found)
    if case.known or request.withheld:
        return _laboratory(document, case, request.withheld)
    return needed("value-needed", REDUCE, "nothing was said of what has changed",
                  "add values (--bilirubin, --transaminases), --withheld with values, --reduce, or --start DRUG")  # fmt: skip


def _read(document: DosesFile, formulas: BsaFile, request: AdjustRequest) -> _Case | Refusal:
    population = patient.find_population(document, request.population) if request.population is not None else None
    if isinstance(population, Refusal):
        return population
    region = patient.find_region(document, request.region) if request.region is not None else None
    if isinstance(region, Refusal):
        return region
    area = bsa.read_measure(formulas, "area", request.bsa, "--bsa") if request.bsa is not None else None
    if isinstance(area, Refusal):
        return area
    known = laboratory.read_measurements(document, request.measurements)
    if isinstance(known, Refusal):
        return known
    stop = partners.check_partners(document, request.start, START)
    if stop:
        return stop
    chosen = population["id"] if population else document.get("default_population")
    by_body = any(chosen in ladder["populations"] and ladder["basis"] != DAY for ladder in document.get("reductions", []))
    current = read_current(document, request.current, by_body=by_body)
    if isinstance(current, Refusal):
        return current
    ids = tuple(p["id"] for p in document["populations"])
    if chosen is None or (population is None and current.basis != DAY):
        message = f"a dose of {current.text(document)} does not say whom it is for"
        return needed("population-needed", "--population", message, f"add --population {' or '.join(ids)}", ids)
    if current.basis != DAY and not _doses_by(document, chosen, current.basis):
        label = patient.label_of(document["populations"], chosen)
        return bsa.bad_value("--current", f"no dose for {label} is printed per {current.basis}", "give the dose a day, or another --population")
    return _Case(chosen, region["id"] if region else None, Value(area) if area is not None else None, current, known)


def _doses_by(document: DosesFile, population: str, basis: str) -> bool:
    """Whether any printed dose or step for a population goes by this measure."""
    ladders = [ladder["basis"] for ladder in document.get("reductions", []) if population in ladder["populations"]]
    printed = [regimens.body_unit(r) for i in document["indications"] for d in doses_for(i, population, None) for r in d["regimens"]]
    return basis in (*ladders, *printed)


def _clash(request: AdjustRequest, case: _Case) -> Refusal | None:
    """Two questions at once."""
    values = [k.option for k in case.known.values()][:1]
    asked = [START] * bool(request.start) + [REDUCE] * request.reduce + ([WITHHELD] if request.withheld else values)
    if len(asked) > 1:
        return conflicting(asked[0], asked[1], "each asks for another change", "ask for one change at a time")
    if len(request.start) > 1:
        names = listed([p.query for p in request.start])
        message = f"{START} was given for {names}; one drug is started at a time"
        return Refusal("bad-value", message, "ask for one drug at a time", exit_code=BAD_INPUT, detail={"option": START})
    return None


def _laboratory(document: DosesFile, case: _Case, withheld: bool) -> Answer | Refusal:
    """Continue or withhold; where treatment is withheld, resume at the reduced dose or go on waiting."""
    rule = document.get("withholding")
    if rule is None:
        message = f"the source prints no limits at which {document['drug']} is withheld"
        return Refusal("no-dose-in-source", message, detail={"source": document["source"]})
    values = laboratory.widened(document, case.known)
    inputs = ", ".join(k.text for k in case.known.values())
    limits = rule["resume_when"] if withheld else rule["stop_when"]
    answers = [(limit, laboratory.holds(limit, values)) for limit in limits]
    missing = [limit["variable"] for limit, answer in answers if answer is None]
    decided = [limit for limit, answer in answers if answer is (not withheld)]
    text, joint = (rule["resume_text"], " and ") if withheld else (rule["text"], " or ")
    formula = joint.join(laboratory.limit_text(document, limit) for limit in limits)
    if not decided and missing:
        labels = listed([laboratory.variable_label(document, v) for v in missing])
        known = f"{inputs} alone does not decide it: " if inputs else ""
        message = f"{known}{labels} must be known too"
        options = [f"--{variable}" for variable in missing]
        return needed("value-needed", options[0], message, f"add {' and '.join(options)}")
    action = "resume" if withheld and not decided else "withhold" if withheld or decided else "continue"
    shown = step("resume" if withheld else "withhold", text, cite(rule, document), formula=formula, inputs=inputs, result=action)
    if action != "resume":
        until = rule["resume_when"] if action == "withhold" else []
        return _answer(document, case, action, None, [shown], until=[laboratory.limit_json(document, limit) for limit in until])
    found = _reduced(document, case)
    if isinstance(found, Refusal):
        message = f"treatment may go on ({inputs}), but {found.message}"
        return Refusal(found.code, message, found.hint, found.suggestions, found.exit_code, found.detail, found.notes)
    return _answer(document, case, "resume", found, [shown])


@dataclass(frozen=True, slots=True)
class _Found:
    """A dose that a change leads to: per day, and per m2 or kg where the step is printed so."""

    to: Value
    unit: str
    per: Value | None
    per_unit: str
    steps: tuple[dict[str, Any], ...]
    notes: tuple[Note, ...]
    advice: Sequence[Any] = ()


def _reduced(document: DosesFile, case: _Case) -> _Found | Refusal:
    """The next lower printed dose; `no-reduction-step` where none is printed for exactly this one."""
    ladder = next((x for x in document.get("reductions", []) if case.population in x["populations"]), None)
    label = patient.label_of(document["populations"], case.population)
    if ladder is None:
        return Refusal("no-reduction-step", f"no steps of reduction are printed for {label}", detail={"option": REDUCE, "source": document["source"]})
    unit = document["unit"] if ladder["basis"] == DAY else f"{document['unit']}/{ladder['basis']}"
    current = _on_ladder(document, ladder, case)
    if isinstance(current, Refusal):
        return current
    found = next((s for s in ladder["steps"] if exact(s["start"]) == current.number), None)
    if found is None:
        steps = ", ".join(f"{s['start']} to {s['to']}" for s in ladder["steps"])
        message = f"no step down from {current.text(unit)} a day is printed for {label}"
        hint = f"printed steps ({unit} a day): {steps}; nothing between or beyond them is derived"
        return Refusal("no-reduction-step", message, hint, detail={"option": "--current", **cite(ladder, document)})
    per = Value(exact(found["to"]))
    shown = step("reduction", ladder["text"], cite(ladder, document), inputs=current.text(unit), result=per.text(unit))
    notes = _ladder_notes(document, ladder, case, per)
    if ladder["basis"] == DAY:
        return _Found(per, unit, None, "", (shown,), tuple(notes))
    return _scaled(document, case, per, unit, (shown,), tuple(notes))


def _scaled(document: DosesFile, case: _Case, per: Value, unit: str, steps: tuple[dict[str, Any], ...], notes: tuple[Note, ...],
            advice: Sequence[Any] = ()) -> _Found:  # fmt: skip
    """A dose per m2 for this patient's area; left per m2 where the area is not known."""
    if case.area is None or not unit.endswith(regimens.AREA_UNIT):
        text = f"Without an area (--bsa) the dose stays in {unit}; it was not compared with any printed maximum."
        return _Found(per, unit, per, unit, steps, (*notes, Note("maximum-not-checked", text, {"option": "--bsa"})), advice)
    to = per.times(case.area)
    inputs = f"{per.text(unit)} × {case.area.text(regimens.AREA_UNIT)}"
    shown = step("area", "Dose for the area given.", cite(document), formula=f"{unit} × area", inputs=inputs, result=to.text(document["unit"]))
    return _Found(to, document["unit"], per, unit, (*steps, shown), notes, advice)


def _on_ladder(document: DosesFile, ladder: Ladder, case: _Case) -> Value | Refusal:
    """The current dose in the measure of the ladder: a daily amount is divided by the area where the steps are per m2."""
    if case.current.basis == ladder["basis"]:
        return case.current.value
    if case.current.basis == DAY and ladder["basis"] == regimens.AREA_UNIT:
        if case.area is None:
            message = f"the printed steps are in {document['unit']}/m2 and the current dose is an amount a day"
            return needed("bsa-needed", "--bsa", message, f"add --bsa, or give --current in {document['unit']}/m2")
        return Value(case.current.value.number / case.area.number)
    return bsa.bad_value("--current", f"the printed steps are not per {case.current.basis}", f"give the dose in {document['unit']} a day")


def _ladder_notes(document: DosesFile, ladder: Ladder, case: _Case, to: Value) -> list[Note]:
    notes = []
    for conflict in ladder.get("conflicts", []):
        if to.number < exact(conflict["minimum"]) and (case.region is None or case.region in conflict["regions"]):
            notes.append(Note("source-conflict", conflict["text"], cite(conflict, ladder, document)))
    if "maximum_note" in ladder:
        notes.append(Note("no-maximum-printed", ladder["maximum_note"], cite(ladder, document)))
    return notes


def _started(document: DosesFile, case: _Case, request: AdjustRequest) -> Answer | Refusal:
    """The dose once another drug is started; no figure is printed for most, and then there is none."""
    effects = partners.effects_of(document, request.start, case.population)
    if isinstance(effects, Refusal):
        return effects
    change = effects.change
    if change is None:
        return _no_figure(document, case, effects)
    unit = case.current.unit(document)
    to = case.current.value.times(change.factor)
    formula = f"dose × (1 {'+' if change.percent >= 0 else '−'} {Value(abs(change.percent)).text()} / 100)"
    inputs = f"{case.current.text(document)} × {Value(change.factor).text()}"
    citation = cite(change.rule, document)
    shown = step("change for another drug", change.rule["text"], citation, formula=formula, inputs=inputs, result=to.text(unit))
    advice = partners.advice_of(effects)
    if case.current.basis == DAY:
        found = _Found(to, unit, None, "", (shown,), effects.notes, advice)
    else:
        found = _scaled(document, case, to, unit, (shown,), effects.notes, advice)
    return _answer(document, case, "increase" if change.percent >= 0 else "reduce", found)


def _no_figure(document: DosesFile, case: _Case, effects: partners.Effects) -> Refusal:
    """The refusal where no figure is printed: what is printed in words stands in the warnings."""
    note = effects.notes[0]
    found = _data(document, case, None, None, [], [], effects)
    hint = "no figure is printed, so none is given; a specialist decides"
    detail = {"option": START, **{k: v for k, v in note.detail.items() if k in ("source", "section")}}
    return Refusal(note.code, note.message, hint, detail=detail, notes=effects.notes, data=found)


def _answer(document: DosesFile, case: _Case, action: str, found: _Found | None, steps: Sequence[dict[str, Any]] = (),
            until: Sequence[dict[str, Any]] = ()) -> Answer:  # fmt: skip
    notes = [k.note for k in case.known.values() if k.note]
    if found is not None:
        notes += [*found.notes, *_limits(document, case, found)]
    notes += _unused(case, found)
    return Answer(_data(document, case, action, found, list(steps), list(until), None), tuple(notes))


def _data(document: DosesFile, case: _Case, action: str | None, found: _Found | None, steps: list[dict[str, Any]],
          until: list[dict[str, Any]], effects: partners.Effects | None) -> dict[str, Any]:  # fmt: skip
    """`data` of the answer; `to` is None where the dose does not change, is withheld, or has no printed figure."""
    unit = document["unit"]
    per_day = found is not None and found.unit == unit
    work = [*case.current.steps, *(k.step for k in case.known.values()), *steps, *(found.steps if found else ())]
    if found is not None and per_day:
        work += regimens.salt_step(document, [found.to])
    context = {"population": case.population, "region": case.region, "daily": found.to.number if found else 0, "impaired": False}
    advice = list(found.advice) if found else partners.advice_of(effects) if effects else []
    return {
        "monograph": document["id"],
        "population": case.population,
        "region": case.region,
        "expressed_as": document["drug"],
        "action": action,
        "from": case.current.value.json(case.current.unit(document)),
        "to": found.to.json(found.unit) if found else None,
        "to_per_area": found.per.json(found.per_unit) if found and found.per else None,
        "to_as_salt": regimens.salt_json(document, found.to) if found and per_day else None,
        "tablets": tablets.nearest(document, found.to) if found and per_day else [],
        "until": until,
        "values": [{"variable": k.variable, "label": k.label, **Value(k.multiple).json(laboratory.ULN)} for k in case.known.values()],
        "advice": applicable_advice(document, [*advice, *document.get("advice", [])], context),
        "steps": work,
    }


def _limits(document: DosesFile, case: _Case, found: _Found) -> list[Note]:
    """Warnings of a dose above the highest printed, or above a maximum printed for this population (and region)."""
    unit = document["unit"]
    if found.unit != unit:
        return []
    notes = []
    highest = document.get("highest_printed")
    if highest is not None and found.to.number > exact(highest["daily"]):
        message = f"{found.to.text(unit)} a day: {highest['text']} {regimens.NOT_CAPPED}"
        notes.append(Note("exceeds-highest-printed", message, {"doses": [found.to.text(unit)], **cite(highest, document)}))
    for indication in document["indications"]:
        for doses in doses_for(indication, case.population, case.region):
            above = [r["maximum"] for r in doses["regimens"] if "maximum" in r and found.to.number > exact(r["maximum"])]
            if above:
                message = (
                    f"{found.to.text(unit)} a day is above the maximum of {above[0]} {unit} printed for {indication['id']}. "
                    f"{regimens.NOT_CAPPED} If the current dose is held at that maximum, give --current in {unit}."
                )
                notes.append(Note("exceeds-maximum", message, {"indication": indication["id"], **cite(doses, document)}))
    return notes


def _unused(case: _Case, found: _Found | None) -> list[Note]:
    """A warning for each input that did not matter."""
    notes = []
    if case.area is not None and (found is None or (found.per is None)):
        notes.append(Note("not-used", "--bsa was not used: nothing here goes by area.", {"option": "--bsa"}))
    if case.region is not None and found is None:
        notes.append(Note("not-used", "--region was not used: the rule names no region.", {"option": "--region"}))
    return notes
