"""Predictions: one drug inhibits or induces the enzyme that clears the other, or the transporter that carries it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, cast

from monocli.engine.cited import OWN
from monocli.engine.interactions.book import Drug, InteractionBook
from monocli.engine.interactions.enzymes import SENSITIVITIES, STRENGTHS, SUBSTRATE, Enzymes, is_minor, place_of
from monocli.engine.interactions.findings import level_of
from monocli.engine.interactions.ordering import rank
from monocli.records.record import Record
from monocli.records.words import ACTIONS

if TYPE_CHECKING:
    from monocli.engine.interactions.matches import Fit, Match
    from monocli.records.agents import Role
    from monocli.records.output.common import EditionRef
    from monocli.records.output.interactions import Finding, RoleOfDrug, SourceLevel
    from monocli.records.words import Action, Direction

_DIRECTIONS: dict[str, Direction] = {"inhibitor": "increase", "inducer": "decrease"}
_MECHANISMS = {"inhibitor": "inhibition", "inducer": "induction"}
_VERBS = {"increase": "may increase", "decrease": "may decrease", "other": "may change"}
_ARTICLE_AN = ("a", "e", "i", "o", "u")


class Link(Record):
    """One enzyme that joins two drugs: what the one does to it, and that the other is cleared by it."""

    enzyme: str
    kind: str
    perpetrator: Drug
    victim: Drug
    acting: list[Role]
    cleared: list[Role]

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


class Prediction:
    """What follows for one affected drug in one direction, from all enzymes and all recorded rules together."""

    def __init__(self, affected: str, direction: Direction, affected_name: str, links: Iterable[Link] = ()) -> None:
        self.affected, self.direction, self.affected_name = affected, direction, affected_name
        self.links = list(links)
        self.rules: list[Match] = []
        """Rules for everything with an enzyme role, under which this pair falls."""
        self.against = ""
        """What points the other way for the same drug, in words."""

    def as_finding(self, pair: list[str], enzymes: Enzymes) -> Finding:
        """The prediction as JSON shows it; it always says that it is derived, from which roles and sources."""
        roles = self._roles()
        action, level = self._action(enzymes)
        sources = [source for match in self.rules for source in match.rule["sources"]]
        sources += [_source(role) for _, role in roles]
        conditions = [condition for match in self.rules for condition in match.rule.get("conditions", [])]
        conditions += [text for link in self.links for text in link.disagreements()]
        conditions += [f"{drug.name}: {role['note']}" for drug, role in roles if "note" in role]
        worst = min(self.rules, key=lambda match: ACTIONS.index(level_of(match)[0]), default=None)
        finding: Finding = {
            "between": pair,
            "affected": self.affected,
            "direction": self.direction,
            "effect": f"exposure to {self.affected_name}",
            "mechanism": self.mechanism(),
            "level": "predicted",
            "action": action,
            "source_level": level,
            "statement": self._statement(),
            "management": worst.rule.get("do") if worst else None,
            "conditions": list(dict.fromkeys(conditions)),
            "references": [],
            "sources": [source for place, source in enumerate(sources) if source not in sources[:place]],
            "evidence": "derived from enzyme roles",
        }
        if level is not None and level["scheme"] not in [source["source"] for source in sources]:
            finding["sources"].append({"source": level["scheme"]})
        if self.rules and "origin" in self.rules[0].rule:
            finding["origin"] = self.rules[0].rule["origin"]
        strength, sensitivity = self._grades()
        if strength is not None:
            finding["strength"] = strength
        if sensitivity is not None:
            finding["sensitivity"] = sensitivity
        finding["roles"] = [_shown(drug, role) for drug, role in roles]
        return finding

    def _action(self, enzymes: Enzymes) -> tuple[Action, SourceLevel | None]:
        """The worst that a rule of a source asks for, or that our table takes the grades of a link for."""
        asked = [level_of(match)[:2] for match in self.rules]
        for link in self.links:
            graded = enzymes.graded(*link.grades())
            if graded is not None:
                grades = f"{graded['strength']} × {graded['sensitivity']}"
                level: SourceLevel = {"scheme": graded.get("source", OWN), "value": grades, "label": "by our own table"}
                asked.append((graded["action"], level))
        return min(asked, key=lambda said: ACTIONS.index(said[0]), default=("note", None))

    def _statement(self) -> str:
        text = ""
        if self.links:
            reasons = "; ".join(link.sentence() for link in self.links)
            change = f"Exposure to {self.affected_name} {_VERBS[self.direction]}"
            text = f"Derived from enzyme roles: {reasons}. {change}."
        for fit, match in self._by_role():
            if not text:
                by_place: dict[str, list[Role]] = {}
                for role in fit.roles:
                    by_place.setdefault(place_of(role), []).append(role)
                graded = (f"{_graded(roles, fit.party['role'])} of {place}" for place, roles in by_place.items())
                text = f"Derived from enzyme roles: {fit.part.name} is {' and '.join(graded)}."
            text += f" The rule that covers it: {match.rule['statement']}"
        if self.against:
            text += f" Two opposite effects: {self.against}. No source here says which prevails."
        return text

    def _grades(self) -> tuple[str | None, str | None]:
        """`strength` and `sensitivity` of the strongest link, by which predictions stand in order."""
        pairs = [link.grades() for link in self.links]
        pairs += [(_highest(f.roles, STRENGTHS), _highest(f.roles, SENSITIVITIES)) for f, _ in self._by_role()]
        return min(pairs, key=lambda pair: (rank(pair[0], STRENGTHS), rank(pair[1], SENSITIVITIES)))

    def mechanism(self) -> str:
        """By which enzymes or carriers."""
        if not self.links:
            return self.rules[0].rule.get("mechanism", "enzyme role")
        kind = _MECHANISMS[self.links[0].kind]
        return f"{kind} of {' and '.join(dict.fromkeys(link.enzyme for link in self.links))}"

    def _by_role(self) -> list[tuple[Fit, Match]]:
        return [(fit, match) for match in self.rules if (fit := match.by_role)]

    def _roles(self) -> list[tuple[Drug, Role]]:
        roles: list[tuple[Drug, Role]] = []
        for link in self.links:
            roles += [(link.perpetrator, role) for role in link.acting]
            roles += [(link.victim, role) for role in link.cleared]
        for fit, _ in self._by_role():
            roles += [(fit.part, role) for role in fit.roles]
        return [role for place, role in enumerate(roles) if role not in roles[:place]]


def predictions(book: InteractionBook, perpetrator: Drug, victim: Drug) -> Iterator[Prediction]:
    """What the one drug may do to the other by enzymes and transporters: at most one prediction in each direction."""
    if perpetrator.acts_on.isdisjoint(victim.cleared_by):
        return
    for kind, direction in _DIRECTIONS.items():
        links = list(_links(book, kind, perpetrator, victim))
        if links:
            yield Prediction(victim.id, direction, victim.name, links)


def _links(book: InteractionBook, kind: str, perpetrator: Drug, victim: Drug) -> Iterator[Link]:
    for actor in perpetrator.parts:
        for target in victim.parts:
            if actor.id != target.id and kind in actor.roles and SUBSTRATE in target.roles:
                yield from _links_of_parts(book, kind, actor, target)


def _links_of_parts(book: InteractionBook, kind: str, actor: Drug, target: Drug) -> Iterator[Link]:
    for enzyme, acting in actor.roles[kind].items():
        family = book.enzymes.family(enzyme)
        for name, roles in target.roles[SUBSTRATE].items():
            cleared = [role for role in roles if not is_minor(role)]
            if cleared and family & book.enzymes.family(name):
                yield Link(name if enzyme != name else enzyme, kind, actor, target, acting, cleared)


def _graded(roles: Sequence[Role], kind: str) -> str:
    """Such as "a strong inhibitor"; the grades of several sources stand side by side."""
    grades = sorted({str(role["strength"]) for role in roles if role.get("strength")}, key=_grade_order)
    words = f"{' or '.join(grades)} {kind}".strip()
    article = "an" if words.startswith(_ARTICLE_AN) else "a"
    evidence = f" ({roles[0]['evidence']})" if not grades and all(role.get("evidence") for role in roles) else ""
    return f"{article} {words}{evidence}"


def _grade_order(grade: str) -> tuple[int, int, str]:
    return rank(grade, STRENGTHS), rank(grade, SENSITIVITIES), grade


def _highest(roles: Iterable[Role], grades: Sequence[str]) -> str | None:
    """The highest grade of these that a role has."""
    given = {role.get("strength") for role in roles}
    return next((grade for grade in grades if grade in given), None)


def _disagreement(drug: Drug, roles: list[Role], kind: str, enzyme: str) -> str:
    """ "grade of erythromycin as inhibitor of CYP3A: strong (ansm); moderate (fda-cyp)", or nothing."""
    by_grade: dict[str, list[str]] = {}
    for role in roles:
        if role.get("strength"):
            by_grade.setdefault(str(role["strength"]), []).append(str(role.get("source")))
    if len(by_grade) < 2:
        return ""
    said = (f"{grade} ({', '.join(dict.fromkeys(by_grade[grade]))})" for grade in sorted(by_grade, key=_grade_order))
    return f"grade of {drug.name} as {kind} of {enzyme}: {'; '.join(said)}"


def _shown(drug: Drug, role: Role) -> RoleOfDrug:
    shown = {"drug": drug.id, **{key: value for key, value in role.items() if key != "alone"}}
    return cast("RoleOfDrug", shown)


def _source(role: Role) -> EditionRef:
    return cast("EditionRef", {key: value for key, value in role.items() if key in ("source", "section")})
