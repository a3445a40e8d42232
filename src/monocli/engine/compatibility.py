"""Mixing, diluting and storing: what is recorded of a drug with another drug, a diluent, a container, a
concentration.

A statement is never stretched: what its conditions do not cover is `unknown`, and unknown is to be treated as
incompatible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from monocli.engine.answers import Answer, Note, Refusal
from monocli.engine.mixing import Circumstances, Record, subject_of
from monocli.engine.names import normalise
from monocli.engine.numbers import amount, decimal_text, exact
from monocli.engine.unrecorded import UNTIL_SHOWN, nothing_with, unknown, unknown_diluent

FAVOURABLE = ("within-range", "recommended", "allowed")
"""Verdicts that hold only under their conditions: where a given condition contradicts, the verdict is `unknown`."""
VERDICTS = (
    "incompatible",
    "loses-activity",
    "not-recommended",
    "out-of-range",
    "unknown",
    "within-range",
    "recommended",
    "allowed",
)
"""In the order in which findings that apply alike are shown."""
SPECIFIC = ("container", "hours", "albumin", "setting")
"""Conditions that tell one way of giving a drug from another; a diluent and a region alone do not."""
APPLIES = ("yes", "unclear", "no")


def compatibility(
    document: Record,
    name: str,
    others: Sequence[Record],
    asked: Circumstances,
    diluent: str | None = None,
    elsewhere: Callable[[Record], list[dict[str, Any]]] = lambda _: [],
) -> Answer[Any]:
    """What is recorded of the document's drug (`name`) with each of the others and in the diluent.

    `others` are mentions (`query`, `status`, `id`, `title`, `suggestions`); one that names a subject of the document
    (a diluent, albumin) is taken as such, and one named twice counts once. No partner and no diluent: every statement,
    with the conditions held against it. `elsewhere` gives what other documents have of a partner. `data.findings` stand
    in the order of what was asked; within one subject those whose conditions fit stand first. An unknown makes the
    answer partial (exit code 1).
    """
    findings: list[dict[str, Any]] = []
    refusals: list[Refusal] = []
    partners = _once(other for other in others if subject_of(document, other["query"]) is None)
    wanted = [subject for other in others if (subject := subject_of(document, other["query"])) is not None]
    for other in partners:
        found = [*partner_findings(document, other), *elsewhere(other)]
        findings += found or [unknown(document, name, other["title"] or other["query"], known=other["id"] is not None)]
        if not found:
            refusals.append(nothing_with(name, other))
    if diluent is not None:
        subject = subject_of(document, diluent)
        if subject is None:
            findings.append(unknown(document, name, diluent, known=False))
            refusals.append(unknown_diluent(document, diluent))
        else:
            wanted.append(subject)
    if wanted or not (partners or diluent):
        _subject_findings(document, name, list({one["id"]: one for one in wanted}.values()), asked, findings, refusals)
    data = {
        "monograph": document["id"],
        "name": name,
        "asked": dict(asked.shown),
        "findings": findings,
        "steps": list(asked.steps),
        "not_checked": [other["query"] for other in partners if other["id"] is None],
    }
    nothing = bool(findings) and all(finding["verdict"] == "unknown" for finding in findings)
    notes = (*asked.notes, *_volume_notes(document, asked, findings))
    return Answer(data, notes, tuple(refusals), empty=nothing)


def filed(document: Record, drug: str) -> Record:
    """A document as that of another drug, whose statements say where they are filed."""
    statements = [{**statement, "filed_under": document["id"]} for statement in document["statements"]]
    return {**document, "id": drug, "statements": statements}


def other_way_round(document: Record, drug: Record, other: Record) -> list[dict[str, Any]]:
    """What the document of another drug says of this one."""
    return [finding | {"subject": other["title"], "agent": other["id"]} for finding in partner_findings(document, drug)]


def partner_findings(document: Record, other: Record) -> list[dict[str, Any]]:
    """Statements that name a drug, in the form in which the source names it."""
    found = []
    for statement in document["statements"]:
        for partner in statement.get("partners", []):
            if partner["agent"] == other["id"]:
                finding = _finding(statement, partner["as"], statement["statement"].replace("{partner}", partner["as"]))
                finding["agent"] = partner["agent"]
                if normalise(partner["as"]) != normalise(other["query"]):
                    finding["note"] = _joined(f"recorded for {partner['as']}", finding.get("note"))
                found.append(finding)
    return found


def _subject_findings(
    document: Record,
    name: str,
    wanted: list[Record],
    asked: Circumstances,
    findings: list[dict[str, Any]],
    refusals: list[Refusal],
) -> None:
    """Statements about the diluents and additions asked for, checked against the conditions; where none was asked for
    every statement, those about other drugs too, save what only another region says.
    """
    subjects = {subject["id"]: subject for subject in document.get("subjects", [])}
    diluents = {subject["id"] for subject in wanted if subject["kind"] == "diluent"}
    ids = {subject["id"] for subject in wanted}
    if asked.container in subjects and not diluents:
        ids.add(str(asked.container))
    found = []
    for statement in document["statements"]:
        about = set(statement.get("subjects", []))
        region = statement.get("when", {}).get("region")
        if about and (ids & about if wanted else True) and (asked.region is None or region in (None, asked.region)):
            found.append(_checked(document, statement, subjects, diluents, asked))
        if not wanted:
            for partner in statement.get("partners", []):
                text = statement["statement"].replace("{partner}", partner["as"])
                found.append(_finding(statement, partner["as"], text) | {"agent": partner["agent"]})
    found.sort(key=_finding_order)
    if not any(item["applies"] != "no" for item in found):
        label = ", ".join(subject["name"] for subject in wanted) or "these conditions"
        text = f"Nothing is recorded for {name} with {label} under the conditions asked for. {UNTIL_SHOWN}"
        found.insert(0, unknown(document, name, label, known=True) | {"statement": text})
        refusals.append(Refusal("nothing-recorded", text, hint="What is recorded under other conditions is shown."))
    findings += found


def _once(others: Iterable[Record]) -> list[Record]:
    """Each drug once, and each name that is not recognised."""
    found: dict[str, Record] = {}
    for other in others:
        found.setdefault(other["id"] or normalise(other["query"]), other)
    return list(found.values())


def _finding_order(finding: Record) -> tuple[bool, bool, bool, int, int]:
    """First a loss or a warning of which a specific condition was asked for and fits; what does not apply comes last;
    what was computed before what is only told.
    """
    fits = {item["condition"]: item["fits"] for item in finding["conditions"]}
    applies = finding["applies"] != "no"
    pressing = applies and finding["verdict"] not in FAVOURABLE and any(fits.get(key) for key in SPECIFIC)
    place = APPLIES.index(finding["applies"]), VERDICTS.index(finding["verdict"])
    return not pressing, not applies, "calculated" not in finding, *place


def _checked(
    document: Record, statement: Record, subjects: Mapping[str, Record], diluents: set[str], asked: Circumstances
) -> dict[str, Any]:
    """A statement with each of its conditions held against the question, and the numbers against its limits."""
    stated = [subjects[one] for one in statement["subjects"]]
    about = [subject for subject in stated if not diluents or subject["id"] in diluents] or stated
    shown = [subject for subject in about if subject["kind"] != "container" or len(about) == 1]
    named = ", ".join(subject["name"] for subject in shown)
    finding = _finding(statement, named, statement["statement"])
    when = statement.get("when", {})
    conditions = _conditions(when, subjects, diluents, asked)
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


def _under_other_conditions(finding: dict[str, Any]) -> dict[str, Any]:
    """A statement of which a condition does not fit. What it recommends it does not recommend here: that is unknown."""
    if finding["verdict"] in FAVOURABLE:
        wrong = [item for item in finding["conditions"] if item["fits"] is False]
        said = "; ".join(f"{item['condition']} {item['stated']}, not {item['asked']}" for item in wrong)
        only = f"This is {finding['verdict']} only under its own conditions ({said})"
        finding["statement"] = f"{only}; for those asked for nothing is recorded. {UNTIL_SHOWN} {finding['statement']}"
        finding["verdict"] = "unknown"
    return finding


def _hold_against(finding: dict[str, Any], limits: Record, asked: Circumstances) -> None:
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


def _conditions(
    when: Record, subjects: Mapping[str, Record], diluents: set[str], asked: Circumstances
) -> list[dict[str, Any]]:
    """Each condition of a statement: what it says, what was asked, and whether that fits (None where nothing was
    asked).
    """
    found = []
    if "region" in when:
        found.append(_condition("region", when["region"], asked.region))
    stated = [one for one in when.get("subjects", []) if subjects[one]["kind"] == "diluent"]
    if stated:
        names = " or ".join(subjects[one]["name"] for one in stated)
        fits = bool(diluents & set(stated)) if diluents else None
        given = ", ".join(sorted(subjects[one]["name"] for one in diluents)) or None
        found.append({"condition": "diluent", "stated": names, "asked": given, "fits": fits})
    if "container" in when:
        given = None if asked.container is None else subjects[asked.container]["name"]
        found.append(_condition("container", subjects[when["container"]]["name"], given))
    for key, unit in (("hours", "hours"), ("albumin", "%")):
        if key in when:
            given_value = getattr(asked, key)
            fits = None if given_value is None else given_value == exact(when[key])
            given_text = None if given_value is None else f"{decimal_text(given_value)} {unit}"
            if key == "hours" and given_value is not None:
                given_text = _time(given_value)
            found.append({"condition": key, "stated": f"{when[key]} {unit}", "asked": given_text, "fits": fits})
    if "setting" in when and asked.hours is not None:
        found.append(_setting(when, asked.hours))
    return found


def _setting(when: Record, hours: Fraction) -> dict[str, Any]:
    """A setting in words against a time: it fits where a source gives it that very time."""
    stated, given = when["setting"], exact(when["setting_hours"]) if "setting_hours" in when else None
    too_long = "hours_below" in when and hours >= exact(when["hours_below"])
    fits = False if too_long else True if hours == given else None
    if given is not None:
        stated = f"{stated} ({_time(given)})"
    return {"condition": "setting", "stated": stated, "asked": _time(hours), "fits": fits}


def _time(hours: Fraction) -> str:
    return f"{decimal_text(hours * 60)} minutes" if hours < 1 else f"{decimal_text(hours)} hours"


def _condition(name: str, stated: str, given: str | None) -> dict[str, Any]:
    return {"condition": name, "stated": stated, "asked": given, "fits": None if given is None else given == stated}


def _finding(statement: Record, subject: str, text: str) -> dict[str, Any]:
    section = {"section": statement["section"]} if "section" in statement else {}
    finding: dict[str, Any] = {
        "subject": subject,
        "verdict": statement["verdict"],
        "statement": text,
        "tested": dict(statement.get("tested", {})),
        "applies": "yes",
        "conditions": [],
        "references": [dict(reference) for reference in statement.get("references", [])],
        "sources": [{"source": statement["source"], **section}],
    }
    return finding | {key: statement[key] for key in ("step", "note", "filed_under") if key in statement}


def _joined(first: str, second: str | None) -> str:
    return f"{first}; {second}" if second else first


def _volume_notes(document: Record, asked: Circumstances, findings: list[dict[str, Any]]) -> list[Note]:
    """A warning where the drug's own volume would change the verdict on a computed concentration."""
    other = asked.with_own_volume
    for statement in document["statements"]:
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
