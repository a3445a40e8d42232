"""The shape of a finding in JSON, and the order of findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from monocli.engine.interactions.index import SENSITIVITIES, STRENGTHS, Entry, Record
from monocli.records.words import ACTIONS, LEVELS

Finding = dict[str, Any]


Order = tuple[int, int, int, int]


def finding_order(finding: Finding) -> Order:
    """Worst action first, then by level; predictions by the strength of the role that acts, then by how sensitive the
    affected drug is.
    """
    action, level = ACTIONS.index(finding["action"]), LEVELS.index(finding["level"])
    strength, sensitivity = finding.get("strength"), finding.get("sensitivity")
    predicted = level == LEVELS.index("predicted")
    return action, level, predicted * rank(strength, STRENGTHS), predicted * rank(sensitivity, SENSITIVITIES)


def rank(grade: str | None, grades: Sequence[str]) -> int:
    """The place of a grade in its order; a word that is not there, or none, comes last."""
    return grades.index(grade) if grade in grades else len(grades)


def blank_finding(record: Record, pair: list[str], affected_id: str) -> Finding:
    """A finding with everything that its record states, in the order in which JSON shows the keys."""
    finding: Finding = {
        "between": pair,
        "affected": affected_id,
        "direction": record["direction"],
        "effect": record["effect"],
        "mechanism": record.get("mechanism"),
        "level": "documented",
        "action": record["action"],
        "statement": record["statement"],
        "conditions": list(record.get("conditions", [])),
        "references": references_of(record),
        "sources": sources_of(record),
    }
    return finding | {key: record[key] for key in ("evidence", "filed_under") if key in record}


def sources_of(record: Record) -> list[dict[str, Any]]:
    """The source of a record with each section that it draws on."""
    sections = [record["section"]] if "section" in record else []
    sections += record.get("also_in", [])
    if not sections:
        return [{"source": record["source"]}]
    return [{"source": record["source"], "section": section} for section in sections]


def affected(entry: Entry, partner_id: str) -> str:
    """The id of the drug that a record says is affected."""
    return partner_id if entry.record["affected"] == "partner" else entry.owner


def references_of(record: Record) -> list[dict[str, Any]]:
    """The literature of a record, each reference with its number and section."""
    keys = ("number", "section", "citation", "source")
    return [{key: item[key] for key in keys if key in item} for item in record.get("references", [])]
