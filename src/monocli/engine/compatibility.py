"""Mixing, diluting and storing: what is recorded of a drug with another drug, a diluent, a container, a
concentration.

A statement is never stretched: what its conditions do not cover is `unknown`, and unknown is to be treated as
incompatible.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from monocli.engine.answers import Answer, Note, Refusal
from monocli.engine.cited import kept, source_of
from monocli.engine.mixing import MixingConditions
from monocli.engine.mixing_book import MixingBook
from monocli.engine.mixing_conditions import conditions_held
from monocli.engine.mixing_verdicts import (
    FAVOURABLE,
    SPECIFIC,
    VERDICTS,
    asks_for_another,
    bearing,
    only_unknown,
    verdicts,
)
from monocli.engine.names import normalise
from monocli.engine.quantities.numbers import amount, decimal_text, exact
from monocli.engine.unrecorded import UNTIL_SHOWN, nothing_with, unknown, unknown_diluent

if TYPE_CHECKING:
    from monocli.records.compatibility import MixedWith, MixingStatement, PrintedRange, Subject
    from monocli.records.output.compatibility import Compatibility, CompatibilityFinding
    from monocli.records.resolution import Resolution

APPLIES = ("yes", "unclear", "no")


def compatibility(
    book: MixingBook,
    partners: Sequence[Resolution],
    subjects: Sequence[Subject],
    asked: MixingConditions,
    diluent: str | None = None,
    elsewhere: Callable[[Resolution], Sequence[CompatibilityFinding]] = lambda _: (),
) -> Answer[Compatibility]:
    """What is recorded of the book's drug with each partner, with each subject (a diluent, albumin) and in the diluent.

    One that is named twice counts once. No partner, subject and diluent: every statement, with the conditions held
    against it. `elsewhere` gives what other books have of a partner. `data.findings` stand in the order of what was
    asked; within one subject those whose conditions fit stand first. An unknown makes the answer partial.
    """
    findings: list[CompatibilityFinding] = []
    refusals: list[Refusal] = []
    partners = _once(partners)
    for other in partners:
        recorded = [*partner_findings(book, other), *elsewhere(other)]
        findings += recorded or [unknown(book, other["title"] or other["query"], known=other["id"] is not None)]
        if not recorded:
            refusals.append(nothing_with(book.name, other))
    of_partners = len(findings)
    wanted = {subject["id"]: subject for subject in subjects}
    container = next((subject["id"] for subject in subjects if subject["kind"] == "container"), None)
    if container is not None and asked.container is None:
        asked = asked.replaced(container=container)
    if diluent is not None:
        subject = book.subject(diluent)
        if subject is None:
            findings.append(unknown(book, diluent, known=False))
            refusals.append(unknown_diluent(book, diluent))
        else:
            wanted.setdefault(subject["id"], subject)
    if wanted or not (partners or diluent):
        of_subjects = _subject_findings(book, list(wanted.values()), asked)
        if not any(finding["applies"] != "no" for finding in of_subjects):
            nothing = _nothing_for(book, list(wanted.values()))
            findings.append(nothing)
            hint = "What is recorded under other conditions is shown."
            refusals.append(Refusal("nothing-recorded", nothing["statement"], hint=hint))
        elif wanted and only_unknown(of_subjects):
            said = _nothing_for(book, list(wanted.values()))["statement"]
            hint = "What is recorded under other conditions, or under some that were not given, is shown."
            refusals.append(Refusal("nothing-recorded", said, hint=hint))
        findings += of_subjects
    for finding in findings:
        finding["bearing"] = bearing(finding)
    data: Compatibility = {
        "monograph": book.id,
        "name": book.name,
        "asked": asked.shown,
        "verdicts": verdicts(findings, hanging=findings[of_partners:] if wanted else ()),
        "instead": _instead(book, findings[of_partners:], asked) if wanted or diluent else [],
        "findings": findings,
        "steps": list(asked.steps),
        "not_checked": [other["query"] for other in partners if other["id"] is None],
    }
    empty = bool(findings) and all(finding["verdict"] == "unknown" for finding in findings)
    notes = (*asked.notes, *_volume_notes(book, asked, findings))
    return Answer(data, notes, tuple(refusals), empty=empty)


def other_way_round(book: MixingBook, drug: Resolution) -> list[CompatibilityFinding]:
    """What the book of another drug says of this one."""
    return [finding | {"subject": book.name, "agent": book.id} for finding in partner_findings(book, drug)]


def partner_findings(book: MixingBook, other: Resolution) -> list[CompatibilityFinding]:
    """Statements that name a drug, in the form in which the source names it."""
    findings = []
    for statement in book.statements:
        for partner in statement.get("partners", []):
            if partner["agent"] == other["id"]:
                finding = _with_partner(book, statement, partner)
                if normalise(partner["as"]) != normalise(other["query"]):
                    finding["note"] = _joined(f"recorded for {partner['as']}", finding.get("note"))
                findings.append(finding)
    return findings


def _with_partner(book: MixingBook, statement: MixingStatement, partner: MixedWith) -> CompatibilityFinding:
    finding = _finding(book, statement, partner["as"], statement["statement"].replace("{partner}", partner["as"]))
    finding["agent"] = partner["agent"]
    return finding


def _subject_findings(
    book: MixingBook, wanted: Sequence[Subject], asked: MixingConditions
) -> list[CompatibilityFinding]:
    """Statements about the diluents and additions asked for, checked against the conditions; where none was asked for
    every statement, those about other drugs too, save what only another region says.
    """
    subjects = {subject["id"]: subject for subject in book.subjects}
    diluents = {subject["id"] for subject in wanted if subject["kind"] == "diluent"}
    ids = {subject["id"] for subject in wanted}
    if asked.container in subjects and not diluents:
        ids.add(str(asked.container))
    findings = []
    for statement in book.statements:
        about = set(statement.get("subjects", []))
        region = statement.get("when", {}).get("region")
        if about and (ids & about if wanted else True) and (asked.region is None or region in (None, asked.region)):
            findings.append(_checked(book, statement, subjects, diluents, asked))
        if not wanted:
            findings += [_with_partner(book, statement, partner) for partner in statement.get("partners", [])]
    return sorted(findings, key=_finding_order)


def _instead(
    book: MixingBook, findings: Sequence[CompatibilityFinding], asked: MixingConditions
) -> list[CompatibilityFinding]:
    """What is recorded as recommended or allowed to dissolve or dilute the drug in, where what was asked for is not:
    under conditions that the question does not contradict, and for a step for which something else was asked.
    """
    refused = [finding for finding in findings if asks_for_another(finding)]
    steps = {step for finding in refused for step in _steps(finding.get("step"))}
    subjects = {subject["id"]: subject for subject in book.subjects}
    answered = [(finding["subject"], finding["statement"]) for finding in findings if finding["bearing"] == "answer"]
    found = []
    for statement in book.statements if refused else ():
        diluents = {id for id in statement.get("subjects", []) if subjects[id]["kind"] == "diluent"}
        if not diluents or (steps and not steps & _steps(statement.get("step"))):
            continue
        finding = _checked(book, statement, subjects, diluents, asked)
        fits = finding["applies"] != "no" and finding["verdict"] in FAVOURABLE
        if fits and (finding["subject"], finding["statement"]) not in answered:
            found.append(finding)
    return found


def _steps(said: str | None) -> set[str]:
    return set(said.split(" or ")) if said else set()


def _nothing_for(book: MixingBook, wanted: Sequence[Subject]) -> CompatibilityFinding:
    """The finding where nothing is recorded under the conditions asked for."""
    label = ", ".join(subject["name"] for subject in wanted) or "these conditions"
    text = f"Nothing is recorded for {book.name} with {label} under the conditions asked for. {UNTIL_SHOWN}"
    return unknown(book, label, known=True) | {"statement": text}


def _once(others: Sequence[Resolution]) -> list[Resolution]:
    """Each drug once, and each name that is not recognised."""
    first: dict[str, Resolution] = {}
    for other in others:
        first.setdefault(other["id"] or normalise(other["query"]), other)
    return list(first.values())


def _finding_order(finding: CompatibilityFinding) -> tuple[bool, bool, bool, int, int]:
    """First a loss or a warning of which a specific condition was asked for and fits; what does not apply comes last;
    what was computed before what is only told.
    """
    fits = {item["condition"]: item["fits"] for item in finding["conditions"]}
    applies = finding["applies"] != "no"
    pressing = applies and finding["verdict"] not in FAVOURABLE and any(fits.get(key) for key in SPECIFIC)
    place = APPLIES.index(finding["applies"]), VERDICTS.index(finding["verdict"])
    return not pressing, not applies, "calculated" not in finding, *place


def _checked(
    book: MixingBook,
    statement: MixingStatement,
    subjects: Mapping[str, Subject],
    diluents: set[str],
    asked: MixingConditions,
) -> CompatibilityFinding:
    """A statement with each of its conditions held against the question, and the numbers against its limits."""
    stated = [subjects[one] for one in statement["subjects"]]
    about = [subject for subject in stated if not diluents or subject["id"] in diluents] or stated
    shown = [subject for subject in about if subject["kind"] != "container" or len(about) == 1]
    named = ", ".join(subject["name"] for subject in shown)
    finding = _finding(book, statement, named, statement["statement"])
    when = statement.get("when", {})
    conditions = conditions_held(when, subjects, diluents, asked)
    fits = [condition["fits"] for condition in conditions]
    finding["applies"] = "no" if False in fits else "unclear" if None in fits else "yes"
    finding["conditions"] = conditions
    if "region" in when:
        finding["region"] = when["region"]
    if finding["applies"] == "no":
        return _under_other_conditions(finding)
    limits = statement.get("range")
    if limits and asked.concentration is not None and limits["unit"] == asked.unit:
        _hold_against(finding, limits, asked)
    most = statement.get("most_volume")
    if most and asked.volume is not None and asked.volume > exact(most["value"]):
        finding["verdict"] = "out-of-range"
        finding["statement"] += f" {decimal_text(asked.volume)} mL is more than {most['value']} {most['unit']}."
    return finding


def _under_other_conditions(finding: CompatibilityFinding) -> CompatibilityFinding:
    """A statement of which a condition does not fit. What it recommends it does not recommend here: that is unknown."""
    if finding["verdict"] in FAVOURABLE:
        wrong = [item for item in finding["conditions"] if item["fits"] is False]
        said = "; ".join(f"{item['condition']} {item['stated']}, not {item['asked']}" for item in wrong)
        only = f"This is {finding['verdict']} only under its own conditions ({said})"
        finding["statement"] = f"{only}; for those asked for nothing is recorded. {UNTIL_SHOWN} {finding['statement']}"
        finding["verdict"] = "unknown"
    return finding


def _hold_against(finding: CompatibilityFinding, limits: PrintedRange, asked: MixingConditions) -> None:
    assert asked.concentration is not None
    inside = exact(limits["least"]) <= asked.concentration <= exact(limits["most"])
    finding["verdict"] = "within-range" if inside else "out-of-range"
    finding["calculated"] = amount(asked.concentration, limits["unit"])
    finding["range"] = {
        "least": amount(exact(limits["least"]), limits["unit"]),
        "most": amount(exact(limits["most"]), limits["unit"]),
    }
    side = "inside" if inside else "below" if asked.concentration < exact(limits["least"]) else "above"
    shown = decimal_text(asked.concentration)
    finding["statement"] += f" {shown} {limits['unit']} lies {side} {limits['least']} to {limits['most']}."


def _finding(book: MixingBook, statement: MixingStatement, subject: str, text: str) -> CompatibilityFinding:
    finding: CompatibilityFinding = {
        "subject": subject,
        "verdict": statement["verdict"],
        "statement": text,
        "tested": dict(statement.get("tested", {})),
        "applies": "yes",
        "conditions": [],
        "references": [{**item, "source": item["source"]} for item in statement.get("references", [])],
        "sources": [source_of(statement)],
    }
    filed = {"filed_under": book.filed_under} if book.filed_under else {}
    return cast("CompatibilityFinding", {**finding, **kept(statement, "step", "note"), **filed})


def _joined(first: str, second: str | None) -> str:
    return f"{first}; {second}" if second else first


def _volume_notes(book: MixingBook, asked: MixingConditions, findings: Sequence[CompatibilityFinding]) -> list[Note]:
    """A warning where the drug's own volume would change the verdict on a computed concentration."""
    other = asked.with_own_volume
    for statement in book.statements:
        limits = statement.get("range")
        if limits is None or other is None or asked.concentration is None:
            continue
        least, most = exact(limits["least"]), exact(limits["most"])
        differs = (least <= other <= most) != (least <= asked.concentration <= most)
        if differs and any("calculated" in finding for finding in findings):
            given = f"{decimal_text(asked.concentration)} {asked.unit}"
            message = (
                f"the verdict depends on which volume is meant: {given} in the volume given, {decimal_text(other)} "
                f"{asked.unit} with the drug's own volume added. It is given for the former."
            )
            return [Note("volume-ambiguous", message, {"with_own_volume": amount(other, str(asked.unit))})]
    return []
