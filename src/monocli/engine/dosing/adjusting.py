"""`adjust`: a change during treatment, for laboratory values, by one printed step, or for a drug that is started."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.answers import BAD_INPUT, Answer, Refusal, bad_value
from monocli.engine.cited import source_of
from monocli.engine.dosing import changes_beside, facts, reading
from monocli.engine.dosing.book import AREA_UNIT, limit_text, measure_of
from monocli.engine.dosing.changing import ChangedDose, reduced, started
from monocli.engine.dosing.current import DAY, read_current
from monocli.engine.dosing.holding import Case
from monocli.engine.dosing.known import Read, widened
from monocli.engine.dosing.reporting import Withheld, answer, data_of, going_on
from monocli.engine.dosing.requests import Request, naming_steps
from monocli.engine.dosing.when import Circumstances, holds
from monocli.engine.dosing.work import conflicting, listed, needed, step
from monocli.engine.inputs import CURRENT, POPULATION, REDUCE, START, WITHHELD, asked
from monocli.engine.names import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monocli.engine.dosing import partners
    from monocli.engine.dosing.book import DoseBook
    from monocli.engine.dosing.known import Bodies
    from monocli.records.dose_rules import Withholding
    from monocli.records.output.adjusting import Adjust, LimitCrossed, LimitToWaitFor
    from monocli.records.words import DoseAction


def adjust(
    book: DoseBook, bodies: Bodies, request: Request, others: Sequence[DoseBook] = ()
) -> Answer[Adjust] | Refusal:
    """What is printed for a change during treatment: an action, the dose it leads to, and the limits to wait for.

    `others` are the drug's rules by other sources. They stand beside the answer; where only one of them has rules for
    the values given, it answers, and the first stands beside.
    """
    return changes_beside.adjust(book, others, request, lambda own, asked: _of_one(own, bodies, asked))


def _of_one(book: DoseBook, bodies: Bodies, request: Request) -> Answer[Adjust] | Refusal:
    """What one source's rules answer."""
    read = reading.read(book, bodies, request)
    case = _case(read) if isinstance(read, Read) else read
    if isinstance(case, Refusal):
        return case
    clash = _clash(request, case)
    if clash is not None:
        return clash
    if request.start:
        return _started(case, request)
    if request.reduce:
        found = reduced(case)
        return found if isinstance(found, Refusal) else answer(case, "reduce", found)
    rules = facts.concerned(book, case.known)
    if rules:
        from monocli.engine.dosing.interrupting import interrupted

        return interrupted(case, rules, request.indication, withheld=request.withheld)
    if case.known or request.withheld:
        return _laboratory(case, request.withheld)
    variables = ", ".join(map(asked, book.withholding["variables"])) if book.withholding else ""
    values = f"values ({variables}), {WITHHELD} with values, " if variables else ""
    hint = f"add {values}{REDUCE}, or {START} DRUG"
    return needed("value-needed", REDUCE, "nothing was said of what has changed", hint)


def _case(read: Read) -> Case | Refusal:
    """The request with the current dose read, for a population: the one given, else the one that a dose a day is for
    where none is named."""
    book, request = read.book, read.request
    chosen = read.population["id"] if read.population else book.default_population
    by_body = any(ladder["basis"] != DAY for ladder in book.ladders(chosen))
    current = read_current(book, request.current, by_body=by_body, abbreviations=request.abbreviations)
    if isinstance(current, Refusal):
        return current
    ids = book.population_ids
    if chosen is None or (read.population is None and current.basis != DAY):
        message = f"a dose of {current.text} does not say whom it is for"
        return needed("population-needed", POPULATION, message, f"add {POPULATION} {' or '.join(ids)}", ids)
    if current.basis != DAY and not _doses_by(book, chosen, current.basis):
        message = f"no dose for {book.who(chosen)} is printed per {current.basis}"
        return bad_value(CURRENT, message, f"give the dose a day, or another {POPULATION}")
    names = tuple(naming_steps(request.drug, request.start))
    return Case(
        book, chosen, read.region, read.measured.body.area, current, read.known, values=request.values, names=names
    )


def _doses_by(book: DoseBook, population: str, basis: str) -> bool:
    """Whether any printed dose or step for a population goes by this measure."""
    ladders = [ladder["basis"] for ladder in book.ladders(population)]
    return basis in (*ladders, *(measure_of(p.regimen) for p in book.printed(population, None)))


def _clash(request: Request, case: Case) -> Refusal | None:
    """Two questions at once."""
    values = [k.option for k in case.known.values()][:1]
    wishes = [START] * bool(request.start) + [REDUCE] * request.reduce + ([WITHHELD] if request.withheld else values)
    if len(wishes) > 1:
        return conflicting(wishes[0], wishes[1], "each asks for another change", "ask for one change at a time")
    if len(request.start) > 1:
        names = listed([p.query for p in request.start])
        message = f"{START} was given for {names}; one drug is started at a time"
        return Refusal("bad-value", message, "ask for one drug at a time", kind=BAD_INPUT, detail={"field": START})
    return None


def _laboratory(case: Case, withheld: bool) -> Answer[Adjust] | Refusal:
    """Continue or withhold; where treatment is withheld, resume at the reduced dose or go on waiting."""
    rule = case.book.withholding
    if rule is None:
        message = f"the source prints no limits at which {case.book.drug} is withheld"
        return Refusal("no-dose-in-source", message, detail={"source": case.book.source})
    from monocli.engine.dosing import laboratory

    measured = Circumstances(values=widened(case.book, case.known))
    inputs = ", ".join(k.text for k in case.known.values())
    limits = rule["resume_when"] if withheld else rule["stop_when"]
    answers = [(limit, holds(limit, measured)) for limit in limits]
    missing = [limit["variable"] for limit, answer in answers if answer is None]
    decided = [limit for limit, answer in answers if answer is (not withheld)]
    text, joint = (rule["resume_text"], " and ") if withheld else (rule["text"], " or ")
    formula = joint.join(limit_text(case.book, limit) for limit in limits)
    if not decided and missing:
        labels = listed([case.book.value(v) for v in missing])
        known = f"{inputs} alone does not decide it: " if inputs else ""
        message = f"{known}{labels} must be known too"
        options = [asked(variable) for variable in missing]
        return needed("value-needed", options[0], message, f"add {' and '.join(options)}")
    action: DoseAction = "resume" if withheld and not decided else "withhold" if withheld or decided else "continue"
    shown = step(
        "resume" if withheld else "withhold", text, case.book.cite(rule), formula=formula, inputs=inputs, result=action
    )
    if action != "resume":
        crossed = [] if withheld else [laboratory.crossed_json(case.book, limit, case.known) for limit in decided]
        until = [laboratory.limit_json(case.book, limit) for limit in rule["resume_when"]]
        held = _held(case, rule, until, crossed) if action == "withhold" else None
        return answer(case, action, None, [shown], held)
    found = reduced(case)
    if isinstance(found, Refusal):
        message = f"treatment may go on ({inputs}), but {found.message}"
        return Refusal(found.code, message, found.hint, found.suggestions, found.kind, found.detail, found.notes)
    return answer(case, "resume", found, [shown])


def _held(case: Case, rule: Withholding, until: list[LimitToWaitFor], crossed: list[LimitCrossed]) -> Withheld:
    """Treatment that is withheld, with the next lower dose for later."""
    after = reduced(case)
    later = going_on(case, "at the reduced dose", after, rule["resume_text"], case.book.cite(rule))
    by_area = any(ladder["basis"] == AREA_UNIT for ladder in case.book.ladders(case.population))
    return Withheld(until, crossed, (later,), after if isinstance(after, ChangedDose) else None, by_area)


def _started(case: Case, request: Request) -> Answer[Adjust] | Refusal:
    """The dose once another drug is started; no figure is printed for most, and then there is none."""
    from monocli.engine.dosing.partners import effects_of

    effects = effects_of(case.book, request.start, case.population)
    if isinstance(effects, Refusal):
        return effects
    if effects.change is None:
        return _no_figure(case, effects, request)
    found = started(case, effects.change, effects.notes, effects.advice)
    if isinstance(found, Refusal):
        return found
    return answer(case, "increase" if effects.change.percent >= 0 else "reduce", found)


def _no_figure(case: Case, effects: partners.Effects, request: Request) -> Refusal:
    """The refusal where no figure is printed: what is printed in words stands in the warnings."""
    note = effects.notes[0]
    partner = request.start[0]
    cited = source_of(note.detail)
    shown = step("another drug", note.message, cited, result="no figure")
    found = data_of(case, None, None, [shown], None, effects)
    message = f"no dose of {case.book.drug} with {partner.name or visible(partner.query)} is printed, so none is given"
    hint = "what is said of it stands in the warning; a specialist decides"
    return Refusal(note.code, message, hint, detail={"field": START, **cited}, notes=effects.notes, data=found)
