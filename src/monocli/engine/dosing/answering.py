"""`dose`: from a request to an answer with regimens and their steps, or to the one reason why there is none."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from monocli.engine.answers import Answer, Note, Refusal
from monocli.engine.dosing import impairment, limits, listing, partners, patient, reading, regimens
from monocli.engine.dosing.indications import doses_for, find_indication, select
from monocli.engine.dosing.reading import Read
from monocli.engine.dosing.requests import Request
from monocli.engine.dosing.when import Circumstances, applicable_advice
from monocli.engine.dosing.work import cite, expressed_form, needed, step
from monocli.engine.inputs import AGE, BSA, HEIGHT, HEPATIC, INDICATION, POPULATION, REGION, WEIGHT, WITH
from monocli.engine.numbers import exact

if TYPE_CHECKING:
    from monocli.records.bsa import BsaFile
    from monocli.records.doses import Doses, DosesFile, PrintedIndication, PrintedRegimen
    from monocli.records.output.dosing import Dose, DoseListing


def dose(document: DosesFile, formulas: BsaFile, request: Request) -> Answer[Dose | DoseListing] | Refusal:
    """The printed dose for an indication and a patient, or the list of indications where none was named.

    Refusals come before questions: an age below the printed minimum before anything is asked, a population without a
    dose before its region, area or age is asked for.
    """
    read = reading.read(document, formulas, request)
    if isinstance(read, Refusal):
        return read
    if request.indication is None:
        return _without_indication(document, request, read)
    person = patient.person(document, read.population, read.age)
    if isinstance(person, Refusal):
        return person
    indication = find_indication(document, request.indication, person.population, read.region)
    if isinstance(indication, Refusal):
        return indication
    outcome = _impaired(document, request, read)
    if isinstance(outcome, Refusal):
        return outcome
    doses = _doses(document, indication, person, read, outcome)
    if isinstance(doses, Refusal):
        return doses
    return _answer(document, request, read, person, indication, doses, outcome)


def _without_indication(document: DosesFile, request: Request, read: Read) -> Answer[DoseListing] | Refusal:
    """The list, unless something was given that only an indication can use."""
    given = [*read.measured.options, *(k.option for k in read.known.values())]
    given += [HEPATIC] * (request.grade is not None) + [WITH] * bool(request.partners)
    if given:
        message = f"{given[0]} bears on the dose for one indication, and none was named"
        return needed(
            "indication-needed",
            INDICATION,
            message,
            f"add {INDICATION}; without other options the command lists them",
        )
    if read.population is None and read.age is None:
        return listing.listing(document, None, read.region, [])
    person = patient.person(document, read.population, read.age)
    if isinstance(person, Refusal):
        return person
    return listing.listing(document, person.population, read.region, list(person.steps))


def _impaired(document: DosesFile, request: Request, read: Read) -> impairment.Graded | Refusal | None:
    if request.grade is None and not read.known:
        return None
    scheme = document.get("hepatic")
    if scheme is None:
        option = HEPATIC if request.grade is not None else next(iter(read.known.values())).option
        message = f"the source prints no dose of {document['drug']} by hepatic impairment"
        return Refusal("no-dose-in-source", message, detail={"field": option, "source": document["source"]})
    return impairment.graded(document, scheme, request.grade, read.known)


def _doses(
    document: DosesFile,
    indication: PrintedIndication,
    person: patient.Person,
    read: Read,
    outcome: impairment.Graded | None,
) -> Doses | Refusal:
    """The doses that apply; else what stands against them, or what is needed, with the rest of it in the hint."""
    of_population = doses_for(indication, person.population, None)
    rest = _still_needed(read, of_population)
    if person.assumed and of_population and read.measured.options and not any(_measures(d) for d in of_population):
        label = patient.label_of(document["populations"], person.population)
        message = f"{read.measured.options[0]} is not used for {label}, and neither a population nor an age was given"
        choices = tuple(p["id"] for p in document["populations"])
        return needed("population-needed", POPULATION, message, f"add {POPULATION} {' or '.join(choices)}", choices)
    if of_population and outcome is not None and outcome.grade is not None:
        start = impairment.impaired_start(document, document["hepatic"], outcome.grade, person.population, read.region)
        if isinstance(start, Refusal):
            return replace(start, notes=outcome.notes)
    if of_population and read.age is None and patient.age_needed(document, person.population):
        label = patient.label_of(document["populations"], person.population)
        minimum = document.get("minimum_age")
        message = (
            f"no dose is given below {minimum['years']} years, so the age must be known"
            if minimum
            else f"the age decides whether the doses for {label} apply"
        )
        return _with_rest(needed("age-needed", AGE, message, f"add {AGE}"), [r for r in rest if r != AGE])
    doses = select(document, indication, person.population, read.region)
    if isinstance(doses, Refusal):
        return _with_rest(doses, [r for r in rest if r != REGION]) if doses.code == "region-needed" else doses
    missing = regimens.missing_measure(doses["regimens"], read.measured.body)
    return read.measured.missing or missing if missing else doses


def _measures(doses: Doses) -> bool:
    return any(regimens.body_unit(r) for r in doses["regimens"])


def _still_needed(read: Read, of_population: list[Doses]) -> list[str]:
    """Options that the doses of a population will ask for, in the order of asking."""
    rest = [AGE] * (read.age is None)
    rest += [REGION] * (read.region is None and bool(of_population) and all("regions" in d for d in of_population))
    area = any("daily_per_m2" in r for d in of_population for r in d["regimens"])
    return rest + [f"{BSA} (or {HEIGHT} and {WEIGHT})"] * (area and read.measured.body.area is None)


def _with_rest(refusal: Refusal, rest: list[str]) -> Refusal:
    return replace(refusal, hint=f"{refusal.hint}; also needed: {', '.join(rest)}") if rest else refusal


def _answer(
    document: DosesFile,
    request: Request,
    read: Read,
    person: patient.Person,
    indication: PrintedIndication,
    doses: Doses,
    outcome: impairment.Graded | None,
) -> Answer[Dose] | Refusal:
    effects = partners.effects_of(document, request.partners, person.population, answered=True)
    if isinstance(effects, Refusal):
        return effects
    impaired = outcome is not None and outcome.grade is not None
    computed, extra = _computed(document, doses, read, person, outcome)
    printed = computed
    notes = [*(outcome.notes if outcome else ()), *extra, *effects.notes]
    if effects.change is not None:
        computed = [regimens.changed(document, c, effects.change) for c in computed]
        if impaired:
            message = (
                "Impairment sets the starting dose and another drug changes it; nothing is printed of the two together."
            )
            notes.append(Note("combination-not-stated", message, cite(document["hepatic"], document)))
    limited = limits.limits_notes(document, computed, person.population)
    limited += limits.above_others(document, doses, printed)
    notes += [limit.note for limit in limited]
    notes += _unused(document, read, person, doses, impaired)
    concerned = [[limit.note.code for limit in limited if i in limit.concerns] for i in range(len(computed))]
    region = read.region if impaired or "regions" in doses else None
    hepatic = document.get("hepatic")
    steps = [
        *partners.naming_steps(request.drug, request.partners),
        *person.steps,
        *(read.measured.steps if any(c.scaled_by is not None for c in printed) else ()),
        *(outcome.steps if outcome else ()),
        *(s for c in computed for s in c.steps),
        *regimens.salt_step(document, [c.daily for c in computed]),
    ]
    daily = max((c.daily.number for c in computed), default=Fraction(0))
    # What the patient's own options bring up comes first, then the indication, then what always holds.
    advice = partners.advice_of(effects)
    advice += [{**a, **cite(a, doses, document)} for a in doses.get("advice", [])]
    advice += document.get("advice", [])
    shown = applicable_advice(document, advice, Circumstances(person.population, region, daily, impaired))
    if impaired and hepatic is not None:
        shown.insert(0, {"text": hepatic["escalation"], "kind": "note", **cite(hepatic, document)})
    data: Dose = {
        "monograph": document["id"],
        "indication": {"id": indication["id"], "label": indication["label"], "printed": doses["printed"]},
        "population": person.population,
        "region": region,
        "expressed_as": document["drug"],
        "expressed_form": expressed_form(document),
        "route": document["route"],
        "regimens": [
            regimens.entry(document, c, effects.change, codes) for c, codes in zip(computed, concerned, strict=True)
        ],
        "hepatic": impairment.grade_json(document, hepatic, outcome) if outcome and hepatic else None,
        "formulas": list(read.measured.formulas) if any(c.unit.endswith(regimens.AREA_UNIT) for c in printed) else [],
        "advice": shown,
        "steps": steps,
    }
    return Answer(data, tuple(notes))


def _computed(
    document: DosesFile, doses: Doses, read: Read, person: patient.Person, outcome: impairment.Graded | None
) -> tuple[list[regimens.Computed], list[Note]]:
    """The printed regimens worked out, the start replaced where a grade of impairment has its own."""
    computed = [regimens.compute(document, doses, r, read.measured.body) for r in doses["regimens"]]
    if outcome is None or outcome.grade is None:
        return computed, []
    scheme = document["hepatic"]
    start = impairment.impaired_start(document, scheme, outcome.grade, person.population, read.region)
    assert not isinstance(start, Refusal)
    begins = [c for c in computed if c.regimen["stage"] in ("start", "option")]
    lower = [c for c in begins if c.daily.number < exact(start["daily"])]
    conditions = [f"{outcome.grade['label']} hepatic impairment"]
    conditions += [
        c.regimen["condition"] for c in begins if len(begins) == 1 and not lower and "condition" in c.regimen
    ]
    regimen = {
        "stage": "option" if lower else "start",
        "condition": "; ".join(conditions),
        "daily": start["daily"],
        "times_daily": start["times_daily"],
        **cite(start, scheme, document),
    }
    later = tuple(c.daily for c in computed if c.regimen["stage"] == "increase")
    replaced = regimens.compute(document, doses, cast("PrintedRegimen", regimen), read.measured.body)
    replaced = replaced._replace(instead_of=tuple(c.daily for c in begins if c not in lower), left_out=later)
    usual = ", ".join(c.daily.text(document["unit"]) for c in begins)
    text = f"{start['text']} It stands in the place of the usual start ({usual} a day)."
    shown = step(
        "start in impairment",
        text,
        cite(start, scheme, document),
        inputs=outcome.grade["id"],
        result=replaced.daily.text(document["unit"]),
    )
    notes = impairment.baseline_notes(document, outcome)
    if lower:
        shown = {**shown, "text": f"{start['text']} That is more than the usual start ({usual} a day)."}
        as_printed = {"stage": "option", "condition": "as printed for this indication"}
        options = [c._replace(regimen={**as_printed, **c.regimen, "stage": "option"}, left_out=later) for c in lower]  # type: ignore[typeddict-item]  # keys of Regimen
        notes.insert(0, Note("source-conflict", scheme["raises"], cite(start, scheme, document)))
        return [*options, replaced._replace(steps=(shown, *replaced.steps))], notes
    return [replaced._replace(steps=(shown, *replaced.steps))], notes


def _unused(document: DosesFile, read: Read, person: patient.Person, doses: Doses, impaired: bool) -> list[Note]:
    """A warning for each input that did not matter, so that nobody thinks that it did."""
    units = {regimens.body_unit(r) for r in doses["regimens"]} - {None}
    label = patient.label_of(document["populations"], person.population)
    idle = [] if regimens.AREA_UNIT in units else [o for o in read.measured.options if o != WEIGHT or not units]
    idle += [o for o in read.measured.unused if o not in idle]
    if regimens.AREA_UNIT in units and BSA in read.measured.options and WEIGHT in read.measured.options:
        idle += [WEIGHT] * (regimens.WEIGHT_UNIT not in units)
    notes = [
        Note("not-used", f"{o} was not used: the dose for {label} does not depend on it here.", {"field": o})
        for o in idle
    ]
    if read.region is not None and "regions" not in doses and not impaired:
        message = f"{REGION} was not used: the source names no region for this dose in {label}."
        notes.append(Note("not-used", message, {"field": REGION}))
    return notes
