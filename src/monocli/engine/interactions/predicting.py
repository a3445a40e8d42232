"""Predictions: one drug inhibits or induces the enzyme that clears the other, or the transporter that carries it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from monocli.engine.interactions.index import Drug, Index, Match, Record, is_minor
from monocli.engine.interactions.shapes import ACTIONS, sources_of

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
            f"and {self.victim.name} is {_graded(self.cleared, 'substrate')} of it"
        )


@dataclass(slots=True)
class Prediction:
    """What follows for one affected drug in one direction, from all enzymes and all recorded rules together."""

    affected: str
    direction: str
    affected_name: str
    links: list[Link] = field(default_factory=list)
    rules: list[Match] = field(default_factory=list)

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
        conditions += [f"{role['name']}: {role['note']}" for role in roles if "note" in role]
        return {
            "between": pair,
            "affected": self.affected,
            "direction": self.direction,
            "effect": f"exposure to {self.affected_name}",
            "mechanism": self._mechanism(),
            "level": "predicted",
            "action": min(actions, key=ACTIONS.index),
            "statement": self._statement(),
            "conditions": list(dict.fromkeys(conditions)),
            "references": [],
            "sources": [dict(item) for item in dict.fromkeys(tuple(source.items()) for source in sources)],
            "evidence": "derived from enzyme roles",
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
        return text

    def _mechanism(self) -> str:
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
            if actor is not target and kind in actor.roles and "substrate" in target.roles:
                yield from _links_of_parts(index, kind, actor, target)


def _links_of_parts(index: Index, kind: str, actor: Drug, target: Drug) -> Iterator[Link]:
    for enzyme, acting in actor.roles[kind].items():
        family = index.family(enzyme)
        for name, roles in target.roles["substrate"].items():
            cleared = [role for role in roles if not is_minor(role)]
            if cleared and family & index.family(name):
                yield Link(name if enzyme != name else enzyme, kind, actor, target, acting, cleared)


def _graded(roles: list[Record], kind: str) -> str:
    """Such as "a strong inhibitor"; the grades of several sources stand side by side."""
    grades = list(dict.fromkeys(str(role["strength"]) for role in roles if role.get("strength")))
    words = f"{' or '.join(grades)} {kind}".strip()
    article = "an" if words.startswith(_ARTICLE_AN) else "a"
    evidence = f" ({roles[0]['evidence']})" if not grades and all(role.get("evidence") for role in roles) else ""
    return f"{article} {words}{evidence}"


def _shown(drug: Drug, role: Record) -> dict[str, Any]:
    keys = ("enzyme", "transporter", "role", "strength", "evidence", "note", "source", "section")
    return {"drug": drug.id, "name": drug.name, **{key: role[key] for key in keys if key in role}}


def _source(role: dict[str, Any]) -> dict[str, Any]:
    return {key: role[key] for key in ("source", "section") if key in role}
