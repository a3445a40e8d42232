"""All that is recorded of one drug, food or class."""

from __future__ import annotations

from typing import Any

from monocli.engine.answers import Answer, Refusal
from monocli.engine.interactions.check import Mention, nothing_recorded, see_also, shown, unknown_name
from monocli.engine.interactions.index import Drug, Entry, Index
from monocli.engine.interactions.pairs import PairAnswer, class_name, pair_answer, stand_beside
from monocli.engine.interactions.shapes import (
    Finding,
    affected,
    blank_finding,
    finding_order,
    references_of,
    sources_of,
)
from monocli.records.words import ACTIONS


def recorded(index: Index, mention: Mention, edition: str) -> Answer[Any] | Refusal:
    """Every record in which the drug takes part, with its enzyme roles; for a class its members as well.

    Its own file comes as it stands: a class is one finding with the number of its members, an enzyme role one
    finding. What other drugs' files say of it comes as for a pair. The index must hold every drug that a record
    names.
    """
    if mention["id"] is None:
        return unknown_name(mention, index)
    drug = index.drugs[mention["id"]]
    findings: list[Finding] = []
    notes: list[dict[str, Any]] = []
    partners: dict[str, dict[str, Any]] = {}
    if drug.id in index.owners:
        _own(index, drug, findings, notes, partners)
    for owner in index.owners:
        # What is filed under another drug comes with that drug.
        if owner != drug.id and any("filed_under" not in m.entry.record for m in index.matches(owner, drug)):
            answer = pair_answer(index, owner, drug.id)
            findings += answer.findings
            notes += answer.notes
            partners[owner] = {"id": owner, "name": index.drugs[owner].name, "kind": index.drugs[owner].kind}
    findings.sort(key=finding_order)
    notes.sort(key=lambda note: ACTIONS.index(note["action"]) if "action" in note else len(ACTIONS))
    data = {
        "drugs": [shown(mention)],
        "interactions": findings,
        "notes": notes,
        "partners": list(partners.values()),
        "roles": [role for kind in drug.roles.values() for roles in kind.values() for role in map(_role, roles)],
        "members": members(index, drug.id) if drug.kind == "class" else [],
        "not_recorded": [],
        "not_checked": [],
    }
    warnings = tuple(see_also(index, [drug.id]))
    if findings or notes or data["roles"]:
        return Answer(data, warnings)
    return nothing_recorded(data, edition, warnings)


def members(index: Index, class_id: str) -> list[str]:
    """Ids of all drugs of a class, at any depth."""
    return sorted(drug.id for drug in index.drugs.values() if class_id in drug.memberships and drug.kind != "class")


def _role(role: Any) -> dict[str, Any]:
    return dict(role)


def _own(
    index: Index, drug: Drug, findings: list[Finding], notes: list[dict[str, Any]], partners: dict[str, dict[str, Any]]
) -> None:
    """The drug's own file, record by record; what other sources say is put beside the finding with the same partner."""
    answers: dict[str, PairAnswer] = {}
    for layer in ("interactions", "notes", "beside"):
        for entry in index.entries(drug.id):
            if entry.layer == layer:
                partner = _partner(index, entry)
                partners.setdefault(partner["id"], partner)
                _enter(index, entry, partner, answers.setdefault(partner["id"], PairAnswer()))
    for answer in answers.values():
        findings += answer.findings
        notes += answer.notes


def _enter(index: Index, entry: Entry, partner: dict[str, Any], answer: PairAnswer) -> None:
    record, pair = entry.record, sorted((entry.owner, partner["id"]))
    if entry.layer == "interactions":
        level = {"class": "class", "enzyme-role": "predicted"}.get(partner["kind"], "documented")
        finding = blank_finding(record, pair, affected(entry, partner["id"])) | {"level": level}
        if partner["kind"] == "class":
            finding["class"] = {"id": partner["id"], "name": partner["name"], "members": partner["members"]}
            finding["except"] = [dict(item) for item in entry.party.get("except", [])]
        answer.findings.append(finding)
    elif entry.layer == "beside":
        before = len(answer.notes)
        stand_beside(record, affected(entry, partner["id"]), pair, answer, sources_of(record))
        within = _within(index, entry.owner, partner["id"])
        if within is not None and len(answer.notes) > before:
            answer.notes[-1]["within"] = within
    else:
        filed = {"filed_under": record["filed_under"]} if "filed_under" in record else {}
        note = {**filed, "between": pair, "kind": "treatment", "statement": record["statement"]}
        more = {"conditions": list(record.get("conditions", [])), "references": references_of(record)}
        answer.notes.append(note | more | {"sources": sources_of(record)})


def _within(index: Index, owner: str, partner: str) -> str | None:
    """The class or the role by which the owner's own source speaks of a partner, or None."""
    drug = index.drugs.get(partner)
    for match in index.matches(owner, drug) if drug else ():
        if match.entry.layer == "interactions" and match.excepted is None and (match.class_id or match.roles):
            return match.class_id or str(_partner(index, match.entry)["id"])
    return None


def _partner(index: Index, entry: Entry) -> dict[str, Any]:
    party = entry.party
    if "class" in party:
        count = len(members(index, party["class"]))
        return {"id": party["class"], "name": class_name(index, party["class"]), "kind": "class", "members": count}
    if "enzyme" in party:
        enzyme, role = index.enzyme(party["enzyme"]), party["role"]
        others = (other for other in index.drugs.values() if other.id != entry.owner)
        count = sum(bool(index.roles(other, role, entry.enzymes)) for other in others)
        shown_as = {"id": f"{enzyme}-{role}s", "name": f"{role}s of {enzyme}", "kind": "enzyme-role"}
        return {**shown_as, "enzyme": enzyme, "role": role, "members": count}
    partner = party.get("agent") or party["monograph"]
    known = index.drugs.get(partner)
    return {"id": partner, "name": known.name if known else partner, "kind": known.kind if known else "agent"}
