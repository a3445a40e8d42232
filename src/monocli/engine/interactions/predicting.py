"""Predictions: one drug inhibits or induces the enzyme that clears the other, or the transporter that carries it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from monocli.engine.interactions.index import (
    SENSITIVITIES,
    STRENGTHS,
    SUBSTRATE,
    Drug,
    Index,
    Match,
    Record,
    is_minor,
)
from monocli.engine.interactions.shapes import rank, sources_of
from monocli.records.words import ACTIONS

_DIRECTIONS = {"inhibitor": "increase", "inducer": "decrease"}
_MECHANISMS = {"inhibitor": "inhibition", "inducer": "induction"}
_VERBS = {"increase": "may increase", "decrease": "may decrease", "other": "may change"}
_ARTICLE_AN = ("a", "e", "i", "o", "u")


@dataclass(slots=True)
class Link:
    """One enzyme that joins two drugs: what the one does to it, and that the other is cleared by it."""

    enzyme: str
    kind: str
    perpetrator: Drug
    victim: Drug
    acting: list[Record]
    cleared: list[Record]

    def sentence(self) -> str:
        """The link in words, with the grades that the sources give."""
        return (
            f"{self.perpetrator.name} is {_graded(self.acting, self.kind)} of {self.enzyme} "
            f"and {self.victim.name} is {_graded(self.cleared, SUBSTRATE)} of it"
        )

    def grades(self) -> tuple[str | None, str | None]:
        """The highest grade that a source gives the acting role, and the substrate."""
        return _highest(self.acting, STRENGTHS), _highest(self.cleared, SENSITIVITIES)

    def disagreements(self) -> list[str]:
        """Where sources grade one of the two roles differently: who says what."""
        sides = ((self.perpetrator, self.acting, self.kind), (self.victim, self.cleared, SUBSTRATE))
        return [text for drug, roles, kind in sides if (text := _disagreement(drug, roles, kind, self.enzyme))]


@dataclass(slots=True)
class Prediction:
    """What follows for one affected drug in one direction, from all enzymes and all recorded rules together."""

    affected: str
    direction: str
    affected_name: str
    links: list[Link] = field(default_factory=list)
    rules: list[Match] = field(default_factory=list)
    against: str = ""
    """What points the other way for the same drug, in words."""

    def add_rule(self, match: Match) -> None:
        """A recorded rule for everything with an enzyme role, under which this pair falls."""
        if match.entry.record["id"] not in (rule.entry.record["id"] for rule in self.rules):
            self.rules.append(match)

    def as_finding(self, pair: list[str]) -> dict[str, Any]:
        """The prediction as JSON shows it; it always says that it is derived, from which roles and sources."""
        roles = self._roles()
        sources = [source for rule in self.rules for source in sources_of(rule.entry.record)]
        sources += [_source(role) for role in roles]
        actions = [rule.entry.record["action"] for rule in self.rules] or ["note"]
        conditions = [condition for rule in self.rules for condition in rule.entry.record.get("conditions", [])]
        conditions += [text for link in self.links for text in link.disagreements()]
        conditions += [f"{role['name']}: {role['note']}" for role in roles if "note" in role]
        return {
            "between": pair,
            "affected": self.affected,
            "direction": self.direction,
            "effect": f"exposure to {self.affected_name}",
            "mechanism": self.mechanism(),
            "level": "predicted",
            "action": min(actions, key=ACTIONS.index),
            "statement": self._statement(),
            "conditions": list(dict.fromkeys(conditions)),
            "references": [],
            "sources": [dict(item) for item in dict.fromkeys(tuple(source.items()) for source in sources)],
            "evidence": "derived from enzyme roles",
            **self._grades(),
            "roles": [{key: value for key, value in role.items() if key != "name"} for role in roles],
        }

    def _statement(self) -> str:
        text = ""
        if self.links:
            reasons = "; ".join(link.sentence() for link in self.links)
            change = f"Exposure to {self.affected_name} {_VERBS[self.direction]}"
            text = f"Derived from enzyme roles: {reasons}. {change}."
        for rule in self.rules:
            if not text:
                names = (str(role.get("enzyme") or role.get("transporter")) for role in rule.roles)
                roles = _graded(list(rule.roles), rule.entry.party["role"])
                where = ", ".join(dict.fromkeys(names))
                text = f"Derived from enzyme roles: {rule.partner.name} is {roles} of {where}."
            text += f" The rule that covers it: {rule.entry.record['statement']}"
        if self.against:
            text += f" Two opposite effects: {self.against}. No source here says which prevails."
        return text

    def _grades(self) -> dict[str, str]:
        """`strength` and `sensitivity` of the strongest link, by which predictions stand in order."""
        pairs = [link.grades() for link in self.links]
        pairs += [(_highest(rule.roles, STRENGTHS), _highest(rule.roles, SENSITIVITIES)) for rule in self.rules]
        strength, sensitivity = min(pairs, key=lambda pair: (rank(pair[0], STRENGTHS), rank(pair[1], SENSITIVITIES)))
        found = {"strength": strength, "sensitivity": sensitivity}
        return {key: grade for key, grade in found.items() if grade is not None}

    def mechanism(self) -> str:
        """By which enzymes or carriers."""
        if not self.links:
            return str(self.rules[0].entry.record.get("mechanism", "enzyme role"))
        kind = _MECHANISMS[self.links[0].kind]
        return f"{kind} of {' and '.join(dict.fromkeys(link.enzyme for link in self.links))}"

    def _roles(self) -> list[dict[str, Any]]:
        roles: list[dict[str, Any]] = []
        for link in self.links:
            roles += [_shown(link.perpetrator, role) for role in link.acting]
            roles += [_shown(link.victim, role) for role in link.cleared]
        for rule in self.rules:
            roles += [_shown(rule.partner, role) for role in rule.roles]
        return [role for place, role in enumerate(roles) if role not in roles[:place]]


def predictions(index: Index, perpetrator: Drug, victim: Drug) -> Iterator[Prediction]:
    """What the one drug may do to the other by enzymes and transporters: at most one prediction in each direction."""
    for kind, direction in _DIRECTIONS.items():
        links = list(_links(index, kind, perpetrator, victim))
        if links:
            yield Prediction(victim.id, direction, victim.name, links)


def _links(index: Index, kind: str, perpetrator: Drug, victim: Drug) -> Iterator[Link]:
    for actor in perpetrator.parts:
        for target in victim.parts:
            if actor.id != target.id and kind in actor.roles and SUBSTRATE in target.roles:
                yield from _links_of_parts(index, kind, actor, target)


def _links_of_parts(index: Index, kind: str, actor: Drug, target: Drug) -> Iterator[Link]:
    for enzyme, acting in actor.roles[kind].items():
        family = index.family(enzyme)
        for name, roles in target.roles[SUBSTRATE].items():
            cleared = [role for role in roles if not is_minor(role)]
            if cleared and family & index.family(name):
                yield Link(name if enzyme != name else enzyme, kind, actor, target, acting, cleared)


def _graded(roles: list[Record], kind: str) -> str:
    """Such as "a strong inhibitor"; the grades of several sources stand side by side."""
    grades = sorted({str(role["strength"]) for role in roles if role.get("strength")}, key=_grade_order)
    words = f"{' or '.join(grades)} {kind}".strip()
    article = "an" if words.startswith(_ARTICLE_AN) else "a"
    evidence = f" ({roles[0]['evidence']})" if not grades and all(role.get("evidence") for role in roles) else ""
    return f"{article} {words}{evidence}"


def _grade_order(grade: str) -> tuple[int, int, str]:
    return rank(grade, STRENGTHS), rank(grade, SENSITIVITIES), grade


def _highest(roles: Iterable[Record], grades: Sequence[str]) -> str | None:
    """The highest grade of these that a role has."""
    given = {role.get("strength") for role in roles}
    return next((grade for grade in grades if grade in given), None)


def _disagreement(drug: Drug, roles: list[Record], kind: str, enzyme: str) -> str:
    """ "grade of erythromycin as inhibitor of CYP3A: strong (ansm); moderate (fda-cyp)", or nothing."""
    by_grade: dict[str, list[str]] = {}
    for role in roles:
        if role.get("strength"):
            by_grade.setdefault(str(role["strength"]), []).append(str(role.get("source")))
    if len(by_grade) < 2:
        return ""
    said = (f"{grade} ({', '.join(dict.fromkeys(by_grade[grade]))})" for grade in sorted(by_grade, key=_grade_order))
    return f"grade of {drug.name} as {kind} of {enzyme}: {'; '.join(said)}"


def _shown(drug: Drug, role: Record) -> dict[str, Any]:
    keys = ("enzyme", "transporter", "role", "strength", "evidence", "note", "remark", "source", "section")
    return {"drug": drug.id, "name": drug.name, **{key: role[key] for key in keys if key in role}}


def _source(role: dict[str, Any]) -> dict[str, Any]:
    return {key: role[key] for key in ("source", "section") if key in role}
