"""The grade of impairment, and the starting dose that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.answers import Note, Refusal, bad_value
from monocli.engine.dosing.book import limit_text
from monocli.engine.dosing.known import Known, widened
from monocli.engine.dosing.when import Circumstances, first, holds, possible
from monocli.engine.dosing.work import needed, step
from monocli.engine.inputs import HEPATIC, POPULATION, REGION, asked
from monocli.engine.names import normalise, visible
from monocli.engine.quantities.numbers import exact
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.records.dose_rules import Hepatic, ImpairedStart, ImpairmentGrade
    from monocli.records.dose_shared import Limit
    from monocli.records.output.dose_rules import DoseStep, HepaticGrade


class Graded(Record):
    """The outcome of grading by the printed scheme; `grade` is None where no printed grade applies."""

    scheme: Hepatic
    grade: ImpairmentGrade | None
    steps: tuple[DoseStep, ...]
    notes: tuple[Note, ...]
    measured: dict[str, Known]


def graded(book: DoseBook, grade: str | None, known: dict[str, Known]) -> Graded | Refusal | None:
    """The grade given, or that the values amount to; None where neither was given, `hepatic-grade-undefined` beyond the
    printed grades."""
    if grade is None and not known:
        return None
    scheme = book.hepatic
    if scheme is None:
        option = HEPATIC if grade is not None else next(iter(known.values())).option
        message = f"the source prints no dose of {book.drug} by hepatic impairment"
        return Refusal("no-dose-in-source", message, detail={"field": option, "source": book.source})
    if grade is not None:
        return _by_name(book, scheme, grade)
    rule = first(scheme["rules"], Circumstances(values={k.variable: k.number for k in known.values()}))
    missing = [limit["variable"] for limit in rule["when"] if limit["variable"] not in known] if rule else []
    if missing:
        given = " and ".join(k.text for k in known.values())
        return needed("value-needed", asked(missing[0]), f"{given} alone does not decide the degree")
    inputs = ", ".join(k.text for k in known.values())
    steps = [k.step for k in known.values()]
    notes = [k.note for k in known.values() if k.note]
    if rule is None or rule.get("outcome") == "undefined":
        text = rule.get("text", "") if rule else "The printed degrees do not cover these values."
        detail = {"field": next(iter(known.values())).option, "given": inputs, **book.cite(scheme)}
        hint = "values are multiples of the upper limit of normal; an absolute value needs its unit and its limit"
        return Refusal("hepatic-grade-undefined", f"{inputs}: {text}", hint, detail=detail, notes=tuple(notes))
    formula = " and ".join(limit_text(book, limit) for limit in rule["when"])
    if "grade" not in rule:
        text = rule.get("text", "")
        notes.append(Note("no-hepatic-grade", text, book.cite(scheme)))
        steps.append(step("hepatic grade", text, book.cite(scheme), formula=formula, inputs=inputs, result="none"))
        return Graded(scheme, None, tuple(steps), tuple(notes), known)
    found = _grade(scheme, rule["grade"])
    if "ambiguous" in rule:
        notes.append(Note("source-ambiguous", f"{inputs}: {rule['ambiguous']}", book.cite(scheme)))
    text = f"Degree of hepatic impairment: {found['text']}."
    steps.append(step("hepatic grade", text, book.cite(scheme), formula=formula, inputs=inputs, result=found["id"]))
    return Graded(scheme, found, tuple(steps), tuple(notes), known)


def _by_name(book: DoseBook, scheme: Hepatic, grade: str) -> Graded | Refusal:
    key = normalise(grade)
    found = next((g for g in scheme["grades"] if key in (normalise(g["id"]), normalise(g["label"]))), None)
    if found is None:
        ids = tuple(g["id"] for g in scheme["grades"])
        return bad_value(
            HEPATIC,
            f"{visible(grade)!r} is not one of {', '.join(ids)}",
            "the source defines these degrees only",
            ids,
        )
    text = f"Degree given: {found['label']} ({found['text']})."
    return Graded(scheme, found, (step("hepatic grade", text, book.cite(scheme), result=found["id"]),), (), {})


def _grade(scheme: Hepatic, grade: str) -> ImpairmentGrade:
    return next(g for g in scheme["grades"] if g["id"] == grade)


def impaired_start(
    book: DoseBook, outcome: Graded | None, population: str, region: str | None
) -> ImpairedStart | Refusal | None:
    """The printed starting dose for a grade; None where there is no grade. It is refused, and not worked out, for a
    population or region without one."""
    if outcome is None or outcome.grade is None:
        return None
    scheme, grade = outcome.scheme, outcome.grade
    detail = {"field": POPULATION, **book.cite(scheme)}
    starts = possible(scheme["starts"], Circumstances(population))
    if not starts:
        label = book.who(population)
        message = f"no dose in hepatic impairment is printed for {label}"
        return Refusal(
            "no-dose-for-population", message, "the source prints it for others only; none is derived", detail=detail
        )
    choices = tuple(dict.fromkeys(r for s in starts for r in s.get("regions", [])))
    if region is None and choices:
        message = "doses in hepatic impairment are printed by region"
        return needed("region-needed", REGION, message, f"add {REGION} {' or '.join(choices)}", choices)
    found = first(starts, Circumstances(population, region, grade=grade["id"]))
    if found is None:
        where = book.where(region)
        message = f"no dose in {grade['label']} hepatic impairment is printed for {where}"
        return Refusal("no-dose-for-region", message, detail={"field": REGION, **book.cite(scheme)})
    return found


def baseline_notes(book: DoseBook, outcome: Graded) -> list[Note]:
    """A warning for each value that is, before treatment, already beyond the limit at which treatment is withheld."""
    rule = book.withholding
    if rule is None or outcome.grade is None:
        return []
    measured = Circumstances(values=widened(book, outcome.measured))
    notes = []
    for limit in rule["stop_when"]:
        by_name = not outcome.measured and _implied(outcome.scheme, outcome.grade, limit)
        if holds(limit, measured) or by_name:
            limits = f"limit at which treatment is withheld ({limit_text(book, limit)})"
            given = (
                f"{outcome.grade['label']} impairment begins beyond the {limits}"
                if by_name
                else f"{_given(outcome, book, limit)} is beyond the {limits}"
            )
            message = f"{given}. {rule['baseline']}"
            notes.append(Note("baseline-above-withhold-threshold", message, book.cite(rule)))
    return notes


def _given(outcome: Graded, book: DoseBook, limit: Limit) -> str:
    wanted = limit["variable"]
    inside = {v["id"] for v in book.variables.values() if wanted in (v["id"], v.get("counts_as"))}
    return " and ".join(k.text for k in outcome.measured.values() if k.variable in inside)


def _implied(scheme: Hepatic, grade: ImpairmentGrade, limit: Limit) -> bool:
    """Whether every rule of a grade already demands what the limit says."""
    if "more_than" not in limit:
        return False
    rules = [r for r in scheme["rules"] if r.get("grade") == grade["id"]]
    return bool(rules) and all(
        any(
            w["variable"] == limit["variable"]
            and "more_than" in w
            and exact(w["more_than"]) >= exact(limit["more_than"])
            for w in rule["when"]
        )
        for rule in rules
    )


def grade_json(book: DoseBook, outcome: Graded) -> HepaticGrade | None:
    """`data.hepatic`: the grade, its printed definition and the values behind it; None where no grade applies."""
    if outcome.grade is None:
        return None
    grade = outcome.grade
    return {
        "grade": grade["id"],
        "label": grade["label"],
        "definition": grade["text"],
        "values": [k.json() for k in outcome.measured.values()],
        **book.cite(outcome.scheme),
    }
