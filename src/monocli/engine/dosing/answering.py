"""`dose`: from a request to an answer with regimens and their steps, or to the one reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from monocli.engine.answers import Answer, Note, Refusal
from monocli.engine.dosing import beside, facts, limits, patient, reading, regimens, tablets
from monocli.engine.dosing.book import AREA_UNIT, WEIGHT_UNIT, doses_for, measure_of
from monocli.engine.dosing.indications import find_indication, select
from monocli.engine.dosing.known import Read
from monocli.engine.dosing.requests import Request, naming_steps
from monocli.engine.dosing.when import Circumstances
from monocli.engine.inputs import BSA, GIVEN, REGION, WEIGHT
from monocli.records.record import Record

# What bears on the doses in impairment and with other drugs is loaded where either was named.
if TYPE_CHECKING:
    from monocli.engine.dosing import impairment, partners
    from monocli.engine.dosing.book import DoseBook
    from monocli.engine.dosing.known import Bodies
    from monocli.records.dose_rules import ImpairedStart
    from monocli.records.dose_shared import PrintedAdvice
    from monocli.records.doses import Doses, PrintedIndication
    from monocli.records.output.dose_rules import Advice, HepaticGrade
    from monocli.records.output.dosing import Dose, DoseListing
    from monocli.records.output.regimens import Regimen


_SEVERAL = 2


class _Chosen(Record):
    """The printed doses for one indication and patient, before they are worked out."""

    read: Read
    person: patient.Person
    indication: PrintedIndication
    doses: Doses
    graded: impairment.Graded | None
    start: ImpairedStart | None
    """The printed start in impairment; None where no grade of it applies."""
    bands: list[facts.Placed]
    """The printed bands that the values given fall in."""

    @property
    def region(self) -> str | None:
        """None where the dose does not depend on it."""
        return self.read.region if (self.start and "regions" in self.start) or "regions" in self.doses else None


def dose(
    book: DoseBook, bodies: Bodies, request: Request, others: Sequence[DoseBook] = ()
) -> Answer[Dose | DoseListing] | Refusal:
    """The printed dose for an indication and a patient, or the list of indications where none was named; `others` are
    the drug's dose rules by other sources, whose answer stands beside.

    Refusals come before questions: an age below the printed minimum before anything is asked, a population without a
    dose before its region, area or age is asked for.
    """
    shared = beside.shared_out(book, others, bodies, request)
    if isinstance(shared, Refusal):
        return shared
    own, elsewhere = shared
    outcome = _of_one(book, bodies, own, others)
    if request.indication is None:
        return outcome
    found = [beside.asked_too(other, request, lambda o, r: _of_one(o, bodies, r)) for other in others]
    return beside.with_others(outcome, found, elsewhere)


def _of_one(
    book: DoseBook, bodies: Bodies, request: Request, others: Sequence[DoseBook] = ()
) -> Answer[Dose | DoseListing] | Refusal:
    """What one source's rules answer."""
    read = reading.read(book, bodies, request)
    if isinstance(read, Refusal):
        return read
    if request.indication is None:
        from monocli.engine.dosing.listing import without_indication

        return without_indication(read, [other.about(other.source) for other in others])
    chosen = _chosen(read, request.indication)
    return chosen if isinstance(chosen, Refusal) else _answer(chosen)


def _chosen(read: Read, name: str) -> _Chosen | Refusal:
    """The doses that apply; else what stands against them, or what is needed, with the rest of it in the hint."""
    book = read.book
    person = patient.person(book, read.population, read.age)
    if isinstance(person, Refusal):
        return person
    indication = find_indication(book, name, person.population, read.region)
    if isinstance(indication, Refusal):
        return indication
    graded = _graded(read)
    if isinstance(graded, Refusal):
        return graded
    of_population = doses_for(indication, person.population, None)
    unclear = patient.unclear_population(read, person, of_population) if of_population else None
    if unclear is not None:
        return unclear
    start = _impaired_start(read, graded, person.population) if of_population and graded else None
    if isinstance(start, Refusal):
        return start.replaced(notes=graded.notes if graded else ())
    if of_population and read.age is None and patient.age_needed(book, person.population):
        return patient.age_question(read, person, of_population)
    doses = select(book, indication, person.population, read.region)
    if isinstance(doses, Refusal):
        return patient.with_rest(doses, read, of_population, REGION) if doses.code == "region-needed" else doses
    doses = patient.by_route(read, doses)
    if isinstance(doses, Refusal):
        return doses
    to = _circumstances(read, person, indication)
    if stopped := facts.excluded(book, to):
        return stopped
    missing = regimens.missing_measure(book, doses["regimens"], read.body)
    if missing is not None:
        return patient.or_another_route(read, doses, read.measured.missing or missing)
    bands = facts.placed(book, to)
    return bands if isinstance(bands, Refusal) else _Chosen(read, person, indication, doses, graded, start, bands)


def _circumstances(read: Read, person: patient.Person, indication: PrintedIndication) -> Circumstances:
    """What rules on facts may ask for; a region that was not given is not known."""
    return Circumstances(person.population, read.region, values=read.values, indication=indication["id"])


def _answer(chosen: _Chosen) -> Answer[Dose] | Refusal:
    read, person, doses = chosen.read, chosen.person, chosen.doses
    book, graded = read.book, chosen.graded
    effects = _effects(read, person.population) if read.request.partners else None
    if isinstance(effects, Refusal):
        return effects
    change = effects.change if effects else None
    printed, extra = _computed(chosen)
    printed, of_bands = _in_bands(chosen, printed)
    to = _circumstances(read, person, chosen.indication).replaced(region=chosen.read.region)
    stopping = facts.interruptions(book, to)
    computed = [regimens.changed(book, c, change) for c in printed] if change else printed
    limited = limits.limits_notes(book, computed, person.population) + limits.above_others(book, doses, printed)
    notes = [*(graded.notes if graded else ()), *extra, *(effects.notes if effects else ())]
    notes += _combined(chosen, changed=change is not None)
    notes += [
        *(limit.note for limit in limited),
        *facts.exclusion_notes(book, to),
        *facts.band_notes(book, chosen.bands),
        *of_bands,
    ]
    notes += [*facts.interruption_notes(stopping), *_unused(chosen)]
    notes += [Note("dose-not-in-monograph", book.unprinted, book.cite())] if book.unprinted else []
    concerned = [[limit.note.code for limit in limited if i in limit.concerns] for i in range(len(computed))]
    entries = [regimens.entry(book, c, change, codes) for c, codes in zip(computed, concerned, strict=True)]
    notes += _prepare(chosen, computed, entries, notes) if book.preparations else []
    by_area = any(c.measure == AREA_UNIT for c in printed)
    data: Dose = {
        "monograph": book.id,
        "indication": {
            "id": chosen.indication["id"],
            "label": chosen.indication["label"],
            "printed": doses["printed"],
        },
        "population": person.population,
        "region": chosen.region,
        "expressed_as": book.drug,
        "expressed_form": book.expressed_form,
        "route": book.route,
        "regimens": entries,
        "hepatic": _grade_json(book, graded) if graded else None,
        "formulas": list(read.measured.formulas) if by_area else [],
        "values": [known.json() for known in read.known.values()],
        "bands": facts.bands_json(book, chosen.bands),
        "exclusions": facts.exclusions(book, to),
        "interruptions": stopping,
        "compared": facts.compared(book, chosen.region, read.request.values),
        "from_sources": [book.about(s) for s in dict.fromkeys(entry["source"] for entry in entries)],
        "beside": [],
        "advice": _advice(chosen, effects, computed),
        "steps": [
            *naming_steps(read.request.drug, read.request.partners),
            *person.steps,
            *(read.measured.steps if any(c.scaled_by is not None for c in printed) else ()),
            *(known.step for known in read.known.values() if known.variable not in read.graded_by),
            *(graded.steps if graded else ()),
            *(s for c in computed for s in c.steps),
            *tablets.salt_step(book, [c.daily for c in computed]),
        ],
    }
    return Answer(data, tuple(notes))


def _computed(chosen: _Chosen) -> tuple[list[regimens.Computed], list[Note]]:
    """The printed regimens worked out, the start replaced where a grade of impairment has its own."""
    book, doses, body = chosen.read.book, chosen.doses, chosen.read.body
    printed = [regimens.compute(book, doses, r, body) for r in doses["regimens"]]
    if chosen.graded is None or chosen.start is None:
        return printed, []
    from monocli.engine.dosing.starting import in_impairment

    found, notes = in_impairment(book, doses, printed, body, chosen.graded, chosen.start)
    if "percent" in chosen.start:
        from monocli.engine.dosing.banded import as_divided

        found = [as_divided(book, c, chosen.person.population, chosen.region) for c in found]
    return found, notes


def _in_bands(chosen: _Chosen, printed: list[regimens.Computed]) -> tuple[list[regimens.Computed], list[Note]]:
    """The regimens as the bands that the values fall in change them."""
    if not any(map(facts.changes, chosen.bands)):
        return printed, []
    from monocli.engine.dosing.banded import in_bands

    return in_bands(chosen.read.book, printed, chosen.bands, chosen.person.population, chosen.region)


def _graded(read: Read) -> impairment.Graded | Refusal | None:
    """The grade of impairment; None where neither it nor values were given."""
    if read.request.grade is None and not read.graded_by:
        return None
    from monocli.engine.dosing.impairment import graded

    return graded(read.book, read.request.grade, read.graded_by)


def _impaired_start(read: Read, graded: impairment.Graded, population: str) -> ImpairedStart | Refusal | None:
    from monocli.engine.dosing.impairment import impaired_start

    return impaired_start(read.book, graded, population, read.region)


def _grade_json(book: DoseBook, graded: impairment.Graded) -> HepaticGrade | None:
    from monocli.engine.dosing.impairment import grade_json

    return grade_json(book, graded)


def _effects(read: Read, population: str) -> partners.Effects | Refusal:
    """What is printed of the other drugs."""
    from monocli.engine.dosing.partners import effects_of

    return effects_of(read.book, read.request.partners, population, answered=True)


def _combined(chosen: _Chosen, *, changed: bool) -> list[Note]:
    """The warning where more than one rule changes the dose: impairment, a printed band, another drug."""
    book = chosen.read.book
    said = ["impairment sets the starting dose"] * (chosen.start is not None)
    said += [f"{p.bands['label'].lower()} limits it" for p in chosen.bands if facts.changes(p)]
    said += ["another drug changes it"] * changed
    if len(said) < _SEVERAL:
        return []
    joint = " and ".join(said)
    together = "the two" if len(said) == _SEVERAL else "these"
    message = (
        f"{joint[:1].upper()}{joint[1:]}; nothing is printed of {together} together. What stands here is the "
        f"arithmetic of each, one after the other."
    )
    return [Note("combination-not-stated", message, book.cite(chosen.graded.scheme if chosen.graded else {}))]


def _prepare(
    chosen: _Chosen, computed: list[regimens.Computed], entries: list[Regimen], notes: list[Note]
) -> list[Note]:
    """Put the sheet of its preparation into each entry that has one; what is said besides, each once."""
    from monocli.engine.dosing.preparing import prepared

    said: list[Note] = []
    for entry, c in zip(entries, computed, strict=True):
        each = regimens.part(c.daily, entry["times_daily"])
        if made := prepared(chosen.read.book, chosen.doses, c.regimen, each, chosen.region):
            entry["preparation"] = made.sheet
            said += [note for note in made.notes if note not in [*notes, *said]]
    return said


def _advice(chosen: _Chosen, effects: partners.Effects | None, computed: list[regimens.Computed]) -> list[Advice]:
    """What the patient's own options bring up comes first, then the indication, then what always holds."""
    book, doses, start = chosen.read.book, chosen.doses, chosen.start
    daily = max((c.daily.number for c in computed), default=Fraction(0))
    advice = effects.advice if effects else []
    advice += [cast("PrintedAdvice", {**a, **book.cite(a, doses)}) for a in doses.get("advice", [])]
    to = Circumstances(chosen.person.population, chosen.region, daily, impaired=start is not None)
    shown = book.advised([*advice, *book.advice], to)
    if chosen.graded is not None and start is not None:
        scheme = chosen.graded.scheme
        shown.insert(0, cast("Advice", {"text": scheme["escalation"], "kind": "note", **book.cite(scheme)}))
    return shown


def _unused(chosen: _Chosen) -> list[Note]:
    """A warning for each input that did not matter, so that nobody thinks that it did."""
    read, doses = chosen.read, chosen.doses
    units = {measure_of(r) for r in doses["regimens"]} - {None}
    label = read.book.who(chosen.person.population)
    idle = [] if AREA_UNIT in units else [o for o in read.measured.options if o != WEIGHT or not units]
    idle += [o for o in read.measured.unused if o not in idle]
    if AREA_UNIT in units and BSA in read.measured.options and WEIGHT in read.measured.options:
        idle += [WEIGHT] * (WEIGHT_UNIT not in units)
    notes = [
        Note("not-used", f"{o} was not used: the dose for {label} does not depend on it here.", {"field": o})
        for o in idle
    ]
    used = facts.uses(read.book, _circumstances(read, chosen.person, chosen.indication), doses)
    notes += [
        Note(
            "not-used",
            f"{k.label} was not used: no rule of {read.book.drug} for this dose asks for it.",
            {"field": GIVEN},
        )
        for id, k in read.known.items()
        if id not in read.graded_by and id not in used
    ]
    if read.region is not None and chosen.region is None:
        message = f"{REGION} was not used: the source names no region for this dose in {label}."
        notes.append(Note("not-used", message, {"field": REGION}))
    return notes
