"""Mixing, diluting and storing: what is recorded of a drug with another drug, a diluent, a container, a
concentration.

A statement is never stretched: what its conditions do not cover is `unknown`, and unknown is to be treated as
incompatible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from monocli.engine.answers import Answer, Note, Refusal
from monocli.engine.mixing import Asked, Record, subject_of
from monocli.engine.names import normalise, visible
from monocli.engine.numbers import amount, decimal_text, exact

VERDICTS = (
    "incompatible",
    "loses-activity",
    "not-recommended",
    "out-of-range",
    "unknown",
    "within-range",
    "recommended",
)
"""In the order in which findings that apply alike are shown."""
APPLIES = ("yes", "unclear", "no")
UNTIL_SHOWN = "Treat it as incompatible until shown otherwise."


def compatibility(
    document: Record,
    name: str,
    others: Sequence[Record],
    asked: Asked,
    diluent: str | None = None,
) -> Answer | Refusal:
    """What is recorded of the document's drug (`name`) with each of the others and in the diluent.

    `others` are mentions (`query`, `status`, `id`, `title`, `suggestions`); one that names a subject of the document
    (a diluent, albumin) is taken as such. Nothing asked: every statement. `data.findings` stand in the order of what
    was asked; within one subject those whose conditions fit stand first. An unknown makes the answer partial (exit
    code 1).
    """
    findings: list[dict[str, Any]] = []
    refusals: list[Refusal] = []
    partners = [other for other in others if subject_of(document, other["query"]) is None]
    wanted = [subject for other in others if (subject := subject_of(document, other["query"])) is not None]
    for other in partners:
        found = partner_findings(document, other, asked)
        findings += found or [unknown(document, name, other["title"] or other["query"], known=other["id"] is not None)]
        if not found:
            refusals.append(_refusal(name, other))
    if diluent is not None:
        subject = subject_of(document, diluent)
        if subject is None:
            findings.append(unknown(document, name, diluent, known=False))
            refusals.append(_unknown_diluent(document, diluent))
        else:
            wanted.append(subject)
    if wanted or not (partners or diluent):
        _subject_findings(document, name, wanted, asked, findings, refusals)
    data = {
        "monograph": document["id"],
        "name": name,
        "asked": dict(asked.shown),
        "findings": findings,
        "steps": list(asked.steps),
        "not_checked": [other["query"] for other in partners if other["id"] is None],
    }
    return Answer(data, (*asked.notes, *_volume_notes(document, asked, findings)), tuple(refusals))


def partner_findings(document: Record, other: Record, asked: Asked) -> list[dict[str, Any]]:
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
    asked: Asked,
    findings: list[dict[str, Any]],
    refusals: list[Refusal],
) -> None:
    """Statements about the diluents and additions asked for (all, where none was), checked against the conditions."""
    subjects = {subject["id"]: subject for subject in document.get("subjects", [])}
    diluents = {subject["id"] for subject in wanted if subject["kind"] == "diluent"}
    ids = {subject["id"] for subject in wanted}
    if asked.container in subjects and not diluents:
        ids.add(str(asked.container))
    found = []
    for statement in document["statements"]:
        about = set(statement.get("subjects", []))
        region = statement.get("when", {}).get("region")
        chosen = ids & about if ids else about and _bears_on(statement, asked)
        if chosen and (asked.region is None or region in (None, asked.region)):
            found.append(_checked(document, statement, subjects, diluents, asked))
    if not wanted and not asked.shown:
        for statement in document["statements"]:
            for partner in statement.get("partners", []):
                text = statement["statement"].replace("{partner}", partner["as"])
                found.append(_finding(statement, partner["as"], text) | {"agent": partner["agent"]})
    found.sort(
        key=lambda item: (APPLIES.index(item["applies"]), "calculated" not in item, VERDICTS.index(item["verdict"]))
    )
    if not any(item["applies"] != "no" for item in found):
        label = ", ".join(subject["name"] for subject in wanted) or "these conditions"
        text = f"Nothing is recorded for {name} with {label} under the conditions asked for. {UNTIL_SHOWN}"
        found.insert(0, unknown(document, name, label, known=True) | {"statement": text})
        refusals.append(Refusal("nothing-recorded", text, hint="What is recorded under other conditions is shown."))
    findings += found


def _bears_on(statement: Record, asked: Asked) -> bool:
    """Whether a statement has to do with the conditions asked for; every one has where none was asked for."""
    keys = {*statement.get("when", {}), *(key for key in ("range", "most_volume") if key in statement)}
    numbers = {"range": asked.concentration, "most_volume": asked.volume}
    given = {
        "region": asked.region,
        "container": asked.container,
        "hours": asked.hours,
        "albumin": asked.albumin,
        **numbers,
    }
    wanted = {key for key, value in given.items() if value is not None}
    return not asked.shown or bool(keys & wanted)


def _checked(
    document: Record, statement: Record, subjects: Mapping[str, Record], diluents: set[str], asked: Asked
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
    limits = statement.get("range")
    if limits and asked.concentration is not None and limits["unit"] == asked.unit:
        _hold_against(finding, limits, asked)
    most = statement.get("most_volume")
    if most and asked.volume is not None and asked.volume > exact(most["value"]):
        finding["verdict"] = "out-of-range"
        finding["statement"] += f" {decimal_text(asked.volume)} mL is more than {most['value']} {most['unit']}."
    return finding


def _hold_against(finding: dict[str, Any], limits: Record, asked: Asked) -> None:
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


def _conditions(when: Record, subjects: Mapping[str, Record], diluents: set[str], asked: Asked) -> list[dict[str, Any]]:
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
        found.append(_condition("container", when["container"], asked.container))
    for key, unit in (("hours", "hours"), ("albumin", "%")):
        if key in when:
            given_value = getattr(asked, key)
            fits = None if given_value is None else given_value == exact(when[key])
            given_text = None if given_value is None else f"{decimal_text(given_value)} {unit}"
            found.append({"condition": key, "stated": f"{when[key]} {unit}", "asked": given_text, "fits": fits})
    if "setting" in when and asked.hours is not None:
        given_text = f"{decimal_text(asked.hours)} hours"
        found.append({"condition": "setting", "stated": when["setting"], "asked": given_text, "fits": None})
    return found


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
    return finding | {key: statement[key] for key in ("step", "note") if key in statement}


def unknown(document: Record, name: str, subject: str, *, known: bool) -> dict[str, Any]:
    """The finding for something of which nothing is recorded; it says how to treat it."""
    said = document.get("unknown", {})
    section = {"section": said["section"]} if "section" in said else {}
    shown = visible(subject)
    said_of = "Nothing is recorded for" if known else "The library does not know this name, so nothing is recorded for"
    text = f"{said_of} {name} with {shown}. {UNTIL_SHOWN}"
    return {
        "subject": shown,
        "verdict": "unknown",
        "statement": f"{text} {said['statement']}" if said else text,
        "tested": {},
        "applies": "yes",
        "conditions": [],
        "references": [],
        "sources": [{"source": said.get("source") or document["source"], **section}] if document.get("source") else [],
    }


def _refusal(name: str, other: Record) -> Refusal:
    if other["id"] is None:
        return Refusal(
            "unknown-name",
            f"not recognised: {visible(other['query'])!r}",
            hint=UNTIL_SHOWN,
            suggestions=tuple(other["suggestions"]),
            detail={"query": other["query"]},
        )
    return Refusal(
        "nothing-recorded",
        f"recognised, but nothing recorded for {name} with {other['title']}. {UNTIL_SHOWN}",
        detail={"query": other["query"]},
    )


def _unknown_diluent(document: Record, diluent: str) -> Refusal:
    names = tuple(subject["name"] for subject in document.get("subjects", []) if subject["kind"] == "diluent")
    return Refusal(
        "unknown-diluent",
        f"not a diluent of which anything is recorded: {visible(diluent)!r}. {UNTIL_SHOWN}",
        suggestions=names,
    )


def nothing_on_file(drug: Record, diluent: str | None) -> Refusal:
    """The answer for a drug of which no compatibility is recorded at all."""
    what = f"{drug['title']} with {visible(diluent)}" if diluent is not None else drug["title"]
    message = f"recognised, but nothing is recorded on mixing or diluting {what}. {UNTIL_SHOWN}"
    finding = unknown({}, str(drug["title"]), diluent if diluent is not None else "anything", known=True)
    data = {
        "monograph": drug["id"],
        "name": drug["title"],
        "asked": {},
        "findings": [finding],
        "steps": [],
        "not_checked": [],
    }
    return Refusal("nothing-recorded", message, data=data)


def _joined(first: str, second: str | None) -> str:
    return f"{first}; {second}" if second else first


def _volume_notes(document: Record, asked: Asked, findings: list[dict[str, Any]]) -> list[Note]:
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
