"""Values that stop treatment by the indication, such as blood counts: what is done, what to wait for, and at which dose
it goes on, in each of the cases that a source tells apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monocli.engine.answers import Answer, Note, Refusal, bad_value
from monocli.engine.dosing import holding, laboratory
from monocli.engine.dosing.book import AREA_UNIT, YES_NO, limit_text
from monocli.engine.dosing.changing import ChangedDose, scaled
from monocli.engine.dosing.current import DAY
from monocli.engine.dosing.facts import variables_of
from monocli.engine.dosing.holding import Case, Now
from monocli.engine.dosing.indications import find_indication, said_later, select
from monocli.engine.dosing.known import widened
from monocli.engine.dosing.reporting import Withheld, answer, going_on
from monocli.engine.dosing.when import Circumstances, holds, possible
from monocli.engine.dosing.work import conflicting, listed, needed, step
from monocli.engine.inputs import CURRENT, GIVEN, INDICATION
from monocli.engine.names import with_unit
from monocli.engine.quantities.numbers import exact
from monocli.engine.quantities.values import Value

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.records.dose_rules import InterruptedCourse, Interruption
    from monocli.records.dose_shared import Limit
    from monocli.records.output.adjusting import Adjust
    from monocli.records.output.common import Choice
    from monocli.records.output.dose_rules import DoseStep
    from monocli.records.words import DoseAction


def interrupted(
    case: Case, rules: Sequence[Interruption], indication: str | None, *, withheld: bool
) -> Answer[Adjust] | Refusal:
    """Continue, reduce or withhold by the values given, for an indication; where treatment is withheld already, resume
    or go on waiting. What decides and is not known is asked for. `rules` are those that ask for a value given.
    """
    unclear = _clash(case, rules)
    found = unclear or _rule(case, rules, indication)
    if isinstance(found, Refusal):
        return found
    case, rule = found
    of = Circumstances(values=widened(case.book, case.known))
    limits = rule["resume_when"] if withheld else rule["stop_when"]
    answers = [(limit, holds(limit, of)) for limit in limits]
    decided = any(met is (not withheld) for _, met in answers)
    missing = [limit["variable"] for limit, met in answers if met is None]
    if not decided and missing:
        return _asked(case.book, missing)
    courses = possible(rule.get("courses", []), of)
    if withheld and decided:
        return _waiting(case, rule, courses, ())
    if not withheld and not decided:
        return answer(case, "continue", None, [_step(case, rule, limits, "continue")])
    if withheld:
        return _resumed(case, rule, courses, of)
    return _stopped(case, rule, courses, of, [limit for limit, met in answers if met])


def _rule(case: Case, rules: Sequence[Interruption], name: str | None) -> tuple[Case, Interruption] | Refusal:
    """The rule for the indication, with the indication in the case."""
    book = case.book
    ids = {id for rule in rules for id in rule.get("indications", [])}
    choices: tuple[Choice, ...] = tuple(
        {"id": i["id"], "label": i["label"]} for i in book.indications if i["id"] in ids
    )
    if name is None:
        message = "what follows depends on what is treated"
        return needed("indication-needed", INDICATION, message, f"add {INDICATION}", choices)
    indication = find_indication(book, name, case.population, case.region)
    if isinstance(indication, Refusal):
        return indication
    doses = select(book, indication, case.population, case.region)
    if isinstance(doses, Refusal):
        return doses
    case = case.replaced(indication=indication)
    rule = next(iter(possible(rules, Circumstances(case.population, indication=indication["id"]))), None)
    if rule is None:
        given = listed([known.label for known in case.known.values()])
        message = f"no step for {given} is printed for {doses['printed']}"
        notes = said_later(indication, case.population)
        return Refusal("no-dose-in-source", message, notes=notes, detail={"field": INDICATION, **book.cite(doses)})
    if case.current.basis != DAY and case.current.basis != rule.get("basis", DAY):
        return bad_value(CURRENT, f"the printed doses are not per {case.current.basis}", f"give {book.unit} a day")
    return case, rule


def _asked(book: DoseBook, variables: Sequence[str]) -> Refusal:
    """The question for values and facts that decide."""
    names = list(dict.fromkeys(variables))
    labels = listed([book.value(name) for name in names])
    examples = " ".join(f"{GIVEN} {name}={_example(book, name)}" for name in names)
    return needed("value-needed", GIVEN, f"what follows depends on this: {labels}", f"add {examples}", tuple(names))


def _example(book: DoseBook, name: str) -> str:
    unit = book.unit_of(name)
    return "yes|no" if unit == YES_NO else f'"{with_unit("…", unit)}"'


def _unknown(courses: Sequence[InterruptedCourse], of: Circumstances) -> list[str]:
    """What is not known of the facts that tell the cases apart."""
    limits = [limit for course in courses for limit in course.get("when", [])]
    return [limit["variable"] for limit in limits if holds(limit, of) is None]


def _stopped(
    case: Case, rule: Interruption, courses: Sequence[InterruptedCourse], of: Circumstances, crossed: Sequence[Limit]
) -> Answer[Adjust] | Refusal:
    """A limit is passed. Where every case that may hold stops treatment, it stops, whichever it is."""
    actions = {course.get("action") for course in courses}
    if len(actions) > 1 or (actions != {"withhold"} and len(courses) > 1):
        return _asked(case.book, _unknown(courses, of))
    course = courses[0]
    if "action" not in course:
        return _no_step(case, rule, course)
    if course["action"] == "withhold":
        return _waiting(case, rule, courses, crossed)
    found = _dose(case, rule, course)
    if isinstance(found, Refusal):
        return found
    now = next(iter(holding.given_now(case)), None)
    if now is not None and found.unit == case.book.unit and found.to.number >= now.daily.number:
        return _not_below(case, rule, found, now)
    steps = [_step(case, rule, rule["stop_when"], "reduce")]
    return answer(case, "reduce", found, steps, said=_other_start(case, rule))


def _waiting(
    case: Case, rule: Interruption, courses: Sequence[InterruptedCourse], crossed: Sequence[Limit]
) -> Answer[Adjust]:
    """Treatment is withheld: until when, and what follows in each case that may hold."""
    held = Withheld(
        [laboratory.limit_json(case.book, limit) for limit in rule["resume_when"]],
        [laboratory.crossed_json(case.book, limit, case.known) for limit in crossed],
        [
            going_on(case, course["label"], _dose(case, rule, course), course["text"], case.book.cite(course, rule))
            for course in courses
            if course.get("action") == "withhold"
        ],
        by_area=AREA_UNIT in (case.current.basis, rule.get("basis", DAY)),
    )
    steps = [_step(case, rule, rule["stop_when"], "withhold")]
    return answer(case, "withhold", None, steps, held, _other_start(case, rule))


def _resumed(
    case: Case, rule: Interruption, courses: Sequence[InterruptedCourse], of: Circumstances
) -> Answer[Adjust] | Refusal:
    """The values allow treatment again: at the dose of the one case that holds."""
    stopping = [course for course in courses if course.get("action") == "withhold"]
    if not stopping:
        return _no_step(case, rule, courses[0])
    if len({course.get("to") for course in stopping}) > 1:
        return _asked(case.book, _unknown(stopping, of))
    found = _dose(case, rule, stopping[0])
    if isinstance(found, Refusal):
        return found
    steps = [_step(case, rule, rule["resume_when"], "resume")]
    return answer(case, "resume", found, steps, said=_other_start(case, rule))


def _dose(case: Case, rule: Interruption, course: InterruptedCourse) -> ChangedDose | Refusal:
    """The dose that a case leads to; refused where it is above the one given now."""
    book, basis = case.book, rule.get("basis", DAY)
    several = holding.given_now(case)
    if "to" not in course:
        return _dose_before(case, rule, course, several)
    to = Value(exact(course["to"]))
    unit = book.unit if basis == DAY else f"{book.unit}/{basis}"
    shown = step("interruption", course["text"], book.cite(course, rule), inputs=course["label"], result=to.text(unit))
    found = (
        ChangedDose(to, unit, None, "", (shown,), (), now=several[0] if several else None)
        if basis == DAY
        else scaled(case, to, unit, (shown,), ())
    )
    if found.unit != book.unit:
        above = case.current.basis == basis and to.number > case.current.value.number
        return _above(case, rule, to.text(unit), case.current.text) if above else found
    lower = [now for now in several if found.to.number <= now.daily.number]
    if lower and len(lower) < len(several):
        return holding.undecided(case, several)
    if several and not lower:
        return _above(case, rule, found.to.text(book.unit), several[0].daily.text(book.unit))
    return found


def _dose_before(
    case: Case, rule: Interruption, course: InterruptedCourse, several: Sequence[Now]
) -> ChangedDose | Refusal:
    """The dose given before, as it is really given."""
    book, current = case.book, case.current
    if len(several) > 1:
        return holding.undecided(case, several)
    shown = step("interruption", course["text"], book.cite(course, rule), inputs=course["label"], result=current.text)
    if not several:
        return scaled(case, current.value, current.unit, (shown,), ())
    now = several[0]
    per = current.value if current.basis != DAY else None
    return ChangedDose(now.daily, book.unit, per, current.unit if per else "", (*now.steps, shown), (), now=now)


def _above(case: Case, rule: Interruption, to: str, given: str) -> Refusal:
    message = f"the printed step leads to {to} a day, which is above the {given} a day given now"
    hint = "no dose is raised by it and none is derived; a specialist decides"
    return Refusal("no-reduction-step", message, hint, detail={"field": CURRENT, **case.book.cite(rule)})


def _not_below(case: Case, rule: Interruption, found: ChangedDose, now: Now) -> Refusal:
    unit = case.book.unit
    given = now.daily.text(unit)
    message = f"the printed step leads to {found.to.text(unit)} a day, which is not below the {given} a day given now"
    hint = f"the printed steps: {' '.join(rule['steps'])}"
    return Refusal("no-reduction-step", message, hint, detail={"field": CURRENT, **case.book.cite(rule)})


def _no_step(case: Case, rule: Interruption, course: InterruptedCourse) -> Refusal:
    cited = case.book.cite(course, rule)
    return Refusal("no-dose-in-source", course["text"], "a specialist decides", detail={"field": GIVEN, **cited})


def _other_start(case: Case, rule: Interruption) -> tuple[Note, ...]:
    """What to know where the dose given now is neither the start of the rule nor one that its steps lead to."""
    if "start" not in rule or case.current.basis != rule.get("basis", DAY):
        return ()
    known = {rule["start"], *(course["to"] for course in rule.get("courses", []) if "to" in course)}
    if case.current.value.number in map(exact, known):
        return ()
    start = f"{rule['start']} {case.current.unit}"
    text = f"The steps are printed for a start of {start}; {case.current.text} is given now."
    return (Note("source-ambiguous", text, case.book.cite(rule)),)


def _step(case: Case, rule: Interruption, limits: Sequence[Limit], action: DoseAction) -> DoseStep:
    joint = " and " if limits is rule["resume_when"] else " or "
    formula = joint.join(limit_text(case.book, limit) for limit in limits)
    inputs = ", ".join(known.text for known in case.known.values())
    said = f"{rule['text']} {' '.join(rule['steps'])}"
    return step("interruption", said, case.book.cite(rule), formula=formula, inputs=inputs, result=action)


def _clash(case: Case, rules: Sequence[Interruption]) -> Refusal | None:
    """Values of two rules at once, whose steps are not the same."""
    own = set().union(*(variables_of(rule) for rule in rules))
    others = [known for id, known in case.known.items() if id not in own]
    if not others:
        return None
    mine = next(known for id, known in case.known.items() if id in own)
    message = f"{mine.label} and {others[0].label} belong to different steps"
    return conflicting(mine.option, others[0].option, message, "ask for one of them at a time")
