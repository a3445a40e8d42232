"""The grade of impairment, and the starting dose that follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from monocli.engine.answers import Note, Refusal
from monocli.engine.bsa import bad_value
from monocli.engine.dosing.laboratory import Known, holds, limit_text, widened
from monocli.engine.dosing.patient import label_of
from monocli.engine.dosing.work import cite, needed, step
from monocli.engine.inputs import HEPATIC, POPULATION, REGION
from monocli.engine.names import normalise, visible
from monocli.engine.numbers import exact

if TYPE_CHECKING:
    from monocli.records.doses import DosesFile, Grade, GradeRule, Hepatic, ImpairedStart, Limit
    from monocli.records.output.dosing import DoseStep, HepaticGrade


class Graded(NamedTuple):
    """The outcome of grading; `grade` is None where no printed grade applies."""

    grade: Grade | None
    steps: tuple[DoseStep, ...]
    notes: tuple[Note, ...]
    measured: dict[str, Known]


def graded(document: DosesFile, scheme: Hepatic, grade: str | None, known: dict[str, Known]) -> Graded | Refusal:
    """The grade given, or that the values amount to; `hepatic-grade-undefined` beyond the printed grades."""
    if grade is not None:
        return _by_name(document, scheme, grade)
    values = {variable: value.multiple for variable, value in known.items()}
    rule, missing = _deciding(scheme, values)
    if missing:
        given = " and ".join(k.text for k in known.values())
        message = f"{given} alone does not decide the degree"
        return needed("value-needed", f"--{missing[0]}", message)
    inputs = ", ".join(k.text for k in known.values())
    steps = [k.step for k in known.values()]
    notes = [k.note for k in known.values() if k.note]
    if rule is None or rule.get("outcome") == "undefined":
        text = rule.get("text", "") if rule else "The printed degrees do not cover these values."
        detail = {"field": next(iter(known.values())).option, "given": inputs, **cite(scheme, document)}
        hint = "values are multiples of the upper limit of normal; an absolute value needs its unit and its limit"
        return Refusal("hepatic-grade-undefined", f"{inputs}: {text}", hint, detail=detail, notes=tuple(notes))
    formula = " and ".join(limit_text(document, limit) for limit in rule["when"])
    if "grade" not in rule:
        text = rule.get("text", "")
        notes.append(Note("no-hepatic-grade", text, cite(scheme, document)))
        steps.append(step("hepatic grade", text, cite(scheme, document), formula=formula, inputs=inputs, result="none"))
        return Graded(None, tuple(steps), tuple(notes), known)
    found = _grade(scheme, rule["grade"])
    if "ambiguous" in rule:
        notes.append(Note("source-ambiguous", f"{inputs}: {rule['ambiguous']}", cite(scheme, document)))
    text = f"Degree of hepatic impairment: {found['text']}."
    steps.append(
        step("hepatic grade", text, cite(scheme, document), formula=formula, inputs=inputs, result=found["id"])
    )
    return Graded(found, tuple(steps), tuple(notes), known)


def _by_name(document: DosesFile, scheme: Hepatic, grade: str) -> Graded | Refusal:
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
    return Graded(found, (step("hepatic grade", text, cite(scheme, document), result=found["id"]),), (), {})


def _deciding(scheme: Hepatic, values: Mapping[str, Fraction]) -> tuple[GradeRule | None, list[str]]:
    """The first rule whose limits all hold; or the variables without which the first that may hold is undecided."""
    for rule in scheme["rules"]:
        answers = [(limit, holds(limit, values)) for limit in rule["when"]]
        if any(answer is False for _, answer in answers):
            continue
        missing = [limit["variable"] for limit, answer in answers if answer is None]
        return rule, missing
    return None, []


def _grade(scheme: Hepatic, grade: str) -> Grade:
    return next(g for g in scheme["grades"] if g["id"] == grade)


def impaired_start(
    document: DosesFile, scheme: Hepatic, grade: Grade, population: str, region: str | None
) -> ImpairedStart | Refusal:
    """The printed starting dose for a grade. None is worked out for a population or region without one."""
    detail = {"field": POPULATION, **cite(scheme, document)}
    starts = [s for s in scheme["starts"] if population in s["populations"]]
    if not starts:
        label = label_of(document["populations"], population)
        message = f"no dose in hepatic impairment is printed for {label}"
        return Refusal(
            "no-dose-for-population", message, "the source prints it for others only; none is derived", detail=detail
        )
    choices = tuple(dict.fromkeys(r for s in starts for r in s["regions"]))
    if region is None:
        message = "doses in hepatic impairment are printed by region"
        return needed("region-needed", REGION, message, f"add {REGION} {' or '.join(choices)}", choices)
    found = next((s for s in starts if region in s["regions"] and grade["id"] in s["grades"]), None)
    if found is None:
        where = label_of(document["regions"], region)
        message = f"no dose in {grade['label']} hepatic impairment is printed for {where}"
        return Refusal("no-dose-for-region", message, detail={"field": REGION, **cite(scheme, document)})
    return found


def baseline_notes(document: DosesFile, outcome: Graded) -> list[Note]:
    """A warning for each value that is, before treatment, already beyond the limit at which treatment is withheld."""
    rule = document.get("withholding")
    scheme = document.get("hepatic")
    if rule is None or scheme is None or outcome.grade is None:
        return []
    values = widened(document, outcome.measured)
    notes = []
    for limit in rule["stop_when"]:
        by_name = not outcome.measured and _implied(scheme, outcome.grade, limit)
        if holds(limit, values) or by_name:
            limits = f"limit at which treatment is withheld ({limit_text(document, limit)})"
            given = (
                f"{outcome.grade['label']} impairment begins beyond the {limits}"
                if by_name
                else f"{_given(outcome, document, limit)} is beyond the {limits}"
            )
            message = f"{given}. {rule['baseline']}"
            notes.append(Note("baseline-above-withhold-threshold", message, cite(rule, document)))
    return notes


def _given(outcome: Graded, document: DosesFile, limit: Limit) -> str:
    wanted = limit["variable"]
    inside = {v["id"] for v in document.get("variables", []) if wanted in (v["id"], v.get("counts_as"))}
    return " and ".join(k.text for k in outcome.measured.values() if k.variable in inside)


def _implied(scheme: Hepatic, grade: Grade, limit: Limit) -> bool:
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


def grade_json(document: DosesFile, scheme: Hepatic, outcome: Graded) -> HepaticGrade | None:
    """`data.hepatic`: the grade, its printed definition and the values behind it; None where no grade applies."""
    if outcome.grade is None:
        return None
    grade = outcome.grade
    return {
        "grade": grade["id"],
        "label": grade["label"],
        "definition": grade["text"],
        "values": [k.json() for k in outcome.measured.values()],
        **cite(scheme, document),
    }
