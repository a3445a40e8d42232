"""All that is recorded of one pair, or follows from enzyme roles, as findings and notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from monocli.engine.interactions.index import Drug, Index, Match, Record
from monocli.engine.interactions.predicting import Prediction, predictions
from monocli.engine.interactions.shapes import (
    Finding,
    affected,
    blank_finding,
    finding_order,
    references_of,
    sources_of,
)
from monocli.records.words import ACTIONS

_OPPOSITES = {"increase": "decrease", "decrease": "increase"}
_ARTICLES = {"increase": "an", "decrease": "a"}


@dataclass(slots=True)
class PairAnswer:
    """Findings and notes of one pair, each as JSON shows it; both empty where nothing is recorded."""

    findings: list[Finding] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.findings or self.notes)


def pair_answer(index: Index, first: str, second: str) -> PairAnswer:
    """What is known of two different drugs, the same whichever is named first.

    Findings stand worst action first, then documented, class, predicted. A prediction that only repeats what is
    documented or said of the class, for the same affected drug in the same direction, is left out. What other
    sources say of the pair stands under `also` of the finding that it bears on, else among the notes.
    """
    one, other = sorted((index.drugs[first], index.drugs[second]), key=lambda drug: drug.id)
    pair = [one.id, other.id]
    answer = PairAnswer()
    rules: list[tuple[Match, str]] = []
    beside: list[tuple[Match, str]] = []
    for owner, partner in ((one, other), (other, one)):
        for match in index.matches(owner.id, partner):
            _sort_in(index, match, pair, owner, partner, answer, rules, beside)
    _predict(index, one, other, rules, answer)
    _whole_and_part(one, other, answer)
    for match, partner_id in beside:
        record, sources = _said_of_class(index, match, partner_id)
        stand_beside(record, affected(match.entry, partner_id), pair, answer, sources)
    _members(index, one, other, answer)
    answer.findings.sort(key=finding_order)
    return answer


def _sort_in(
    index: Index,
    match: Match,
    pair: list[str],
    owner: Drug,
    partner: Drug,
    answer: PairAnswer,
    rules: list[tuple[Match, str]],
    beside: list[tuple[Match, str]],
) -> None:
    layer = match.entry.layer
    if match.excepted is not None:
        if layer == "interactions":
            answer.notes.append(_exception_note(index, match, pair, partner))
    elif layer == "notes":
        answer.notes.append(_treatment_note(index, match, pair, partner))
    elif layer == "beside":
        beside.append((match, partner.id))
    elif match.roles:
        rules.append((match, partner.id))
    else:
        answer.findings.append(_recorded(index, match, pair, owner, partner))


def _recorded(index: Index, match: Match, pair: list[str], owner: Drug, partner: Drug) -> Finding:
    record = match.entry.record
    finding = blank_finding(record, pair, affected(match.entry, partner.id))
    finding["level"] = "class" if match.class_id else "documented"
    if match.class_id:
        _name_the_class(index, match, partner, finding)
    if match.partner is not partner:
        finding["conditions"].append(f"said of {match.partner.name}, which {partner.name} contains")
    return finding


def _name_the_class(index: Index, match: Match, partner: Drug, finding: Finding) -> None:
    """Say which class the monograph names, and by which sources the drug belongs to it."""
    assert match.class_id is not None
    chain = match.partner.memberships[match.class_id]
    name = class_name(index, match.class_id)
    steps: list[dict[str, Any]] = [
        {"class": step.class_id, "name": class_name(index, step.class_id), "source": step.source} for step in chain
    ]
    finding["class"] = {"id": match.class_id, "name": name, "by": steps}
    if chain:
        path = " and so to ".join(step["name"] or "" for step in steps)
        finding["statement"] += f" {_initial(match.partner.name)} belongs to {path} ({_listed(steps)})."
        route = index.classes.get(chain[0].class_id, {}).get("route")
        if route:
            finding["conditions"].append(f"listed there in a form for {route} use")
        finding["conditions"] += _role_of_its_own(index, match)
    elif partner.id != match.class_id:
        finding["statement"] += f" {_initial(partner.name)} is part of {name}."
    known = {item["source"] for item in finding["sources"]}
    by = dict.fromkeys(step["source"] for step in steps)
    finding["sources"] += [{"source": source} for source in by if source and source not in known]


def _role_of_its_own(index: Index, match: Match) -> list[str]:
    """Where a class is said to act on an enzyme, and no source lists this member so: that, and where it is listed."""
    acts = match.entry.record.get("acts_as")
    if acts is None or index.roles(match.partner, acts["role"], index.family(acts["enzyme"])):
        return []
    name = match.partner.name
    held = [role for roles in match.partner.roles.get(acts["role"], {}).values() for role in roles]
    listed = [f"{role.get('enzyme') or role.get('transporter')} ({role['source']})" for role in held]
    elsewhere = f"; as {acts['role']} it is listed for {', '.join(dict.fromkeys(listed))} only" if listed else ""
    what = f"{acts['role']} of {acts['enzyme']}"
    return [f"no source here lists {name} itself as {what}{elsewhere}; absence from a list is no evidence of absence"]


def class_name(index: Index, class_id: str) -> str:
    """The name of a class, or its id where the library has no record of it."""
    return str(index.classes.get(class_id, {}).get("name", class_id))


def _listed(steps: list[dict[str, Any]]) -> str:
    return ", ".join(dict.fromkeys(str(step["source"]) for step in steps if step["source"])) or "no source"


def _initial(name: str) -> str:
    return name[:1].upper() + name[1:]


def _exception_note(index: Index, match: Match, pair: list[str], partner: Drug) -> dict[str, Any]:
    assert match.class_id is not None
    assert match.excepted is not None
    reason = match.excepted.get("reason") or match.excepted.get("note") or "excepted"
    record = match.entry.record
    group = _initial(class_name(index, match.class_id))
    statement = (
        f"{group} are named as a class, but {partner.name} is excepted from it: {reason}. "
        f"What the monograph says of the class: {record['statement']}"
    )
    source = match.excepted.get("source") or record["source"]
    return _note("exception", pair, statement, record, [{"source": source}, *sources_of(record)])


def _treatment_note(index: Index, match: Match, pair: list[str], partner: Drug) -> dict[str, Any]:
    record, sources = _said_of_class(index, match, partner.id)
    return _note("treatment", pair, record["statement"], record, sources)


def _said_of_class(index: Index, match: Match, partner_id: str) -> tuple[Record, list[dict[str, Any]]]:
    """A record, and its sources; of a member of a class with that said, and by whom the drug belongs there."""
    record, sources = match.entry.record, sources_of(match.entry.record)
    if match.class_id is None or match.class_id == partner_id:
        return record, sources
    partner = index.drugs[partner_id].name
    statement = f"Said of {class_name(index, match.class_id)}, to which {partner} belongs: {record['statement']}"
    chain = match.partner.memberships[match.class_id]
    known = {source["source"] for source in sources}
    sources += [{"source": s} for s in dict.fromkeys(step.source for step in chain) if s and s not in known]
    return {**record, "statement": statement}, sources


def _note(kind: str, pair: list[str], statement: str, record: Record, sources: list[dict[str, Any]]) -> dict[str, Any]:
    filed = {"filed_under": record["filed_under"]} if "filed_under" in record else {}
    return filed | {
        "between": pair,
        "kind": kind,
        "statement": statement,
        "conditions": list(record.get("conditions", [])),
        "references": references_of(record),
        "sources": sources,
    }


def _predict(index: Index, one: Drug, other: Drug, rules: list[tuple[Match, str]], answer: PairAnswer) -> None:
    """Add what enzyme roles let expect and no finding says already."""
    said = {(finding["affected"], finding["direction"]) for finding in answer.findings}
    found: dict[tuple[str, str], Prediction] = {}
    for perpetrator, victim in ((one, other), (other, one)):
        for prediction in predictions(index, perpetrator, victim):
            found[prediction.affected, prediction.direction] = prediction
    for match, partner_id in rules:
        target = affected(match.entry, partner_id)
        direction = match.entry.record["direction"]
        prediction = found.setdefault((target, direction), Prediction(target, direction, index.drugs[target].name))
        prediction.add_rule(match)
    shown = {key: prediction for key, prediction in found.items() if key not in said}
    for (target, direction), prediction in shown.items():
        opposite = _OPPOSITES.get(direction, "")
        if (target, opposite) in shown:
            other_way = shown[target, opposite].mechanism()
            prediction.against = f"{other_way} may {opposite} exposure to {prediction.affected_name} as well"
        elif (target, opposite) in said:
            prediction.against = f"what is recorded of the pair points to {_ARTICLES[opposite]} {opposite}"
    pair = [one.id, other.id]
    answer.findings += [prediction.as_finding(pair) for prediction in shown.values()]


def _whole_and_part(one: Drug, other: Drug, answer: PairAnswer) -> None:
    """A combination and a drug that it contains, both in one list: the same drug twice."""
    for whole, part in ((one, other), (other, one)):
        if part.id in (component.id for component in whole.parts[1:]):
            statement = f"{_initial(whole.name)} contains {part.name}: the list holds it twice."
            sources = [{"source": whole.source}]
            answer.findings.append(duplicate_finding([one.id, other.id], part.id, statement, sources))


def duplicate_finding(pair: list[str], id: str, statement: str, sources: list[dict[str, Any]]) -> Finding:
    """The same drug twice in one list. No source says what to do about it, so the action is `note`."""
    record = {"direction": "other", "effect": "the same drug twice", "action": "note", "statement": statement}
    finding = blank_finding({**record, "source": None}, pair, id)
    return finding | {"level": "duplicate", "sources": sources}


def stand_beside(
    record: Record, target: str, pair: list[str], answer: PairAnswer, sources: list[dict[str, Any]]
) -> None:
    """Put what another source says next to the finding that it bears on, or among the notes where there is none.

    Where the finding's own source asks for nothing, the action that another source asks for is taken, and that source
    named. A remark (neither direction nor action) stands beside what is recorded of the same affected drug.
    """
    direction = record["direction"]
    finding = next((f for f in answer.findings if (f["affected"], f["direction"]) == (target, direction)), None)
    if finding is None and (direction, record["action"]) == ("other", "note"):
        recorded = (f for f in answer.findings if f["level"] in ("documented", "class"))
        finding = next((f for f in recorded if f["affected"] == target), None)
    if finding is None:
        note = _note("other-source", pair, record["statement"], record, sources)
        more = {"affected": target, "direction": direction, "effect": record["effect"], "action": record["action"]}
        answer.notes.append(note | more)
        return
    keys = ("direction", "effect", "mechanism", "action", "statement", "conditions")
    said = {key: record[key] for key in keys if key in record}
    finding.setdefault("also", []).append(said | {"sources": sources})
    asks_for_nothing = finding["action"] == "note" or "action_source" in finding
    if asks_for_nothing and ACTIONS.index(record["action"]) < ACTIONS.index(finding["action"]):
        finding["action"], finding["action_source"] = record["action"], record["source"]


def _members(index: Index, one: Drug, other: Drug, answer: PairAnswer) -> None:
    """Asked for a class as a whole: name its members of which something is recorded by name."""
    for group, drug in ((one, other), (other, one)):
        if group.kind != "class":
            continue
        named = index.named_members(drug.id, group.id)
        if named:
            names = ", ".join(index.drugs[member].name for member in named)
            recorded = f"Of {group.name}, these are recorded by name with {drug.name}: {names}."
            statement = f"{recorded} Ask for each by its name."
            sources = [{"source": source} for source in dict.fromkeys(s for found in named.values() for s in found)]
            note = _note("members", [one.id, other.id], statement, {}, sources)
            answer.notes.append(note | {"members": list(named)})
