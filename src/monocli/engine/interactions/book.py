"""The rules and parties of a library, each read when it is first needed: one list never pays for the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from typing import TYPE_CHECKING, Protocol

from monocli.engine.interactions.enzymes import ACTING, SUBSTRATE, Enzymes, is_minor, place_of
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.answers import Note
    from monocli.records.agents import EnzymesFile, Role
    from monocli.records.interactions import (
        ClassMembership,
        MemberExcepted,
        Party,
        StoredDoubled,
        StoredParty,
        StoredRule,
    )
    from monocli.records.output.interactions import Finding, PairNote
    from monocli.records.words import PartyKind

Roles = dict[str, dict[str, list["Role"]]]
"""By "substrate", "inhibitor" or "inducer", then by enzyme."""
FIRST, SECOND = 0, 1
"""The sides of a rule."""
MAX_REMEMBERED = 60_000
"""Drugs that are kept; beyond it they are read anew, so that memory stays flat however long the input."""


class Labels(Protocol):
    """What imported labels say, where there are any."""

    @property
    def source(self) -> str:
        """Id of the source by which it is cited."""
        ...

    def may_answer(self, one: Drug, other: Drug) -> bool: ...

    def between(self, one: Drug, other: Drug) -> tuple[list[Finding], list[PairNote]]:
        """What the labels of two drugs say of each other."""
        ...

    def told(self, ids: Iterable[str], *, cited: bool) -> tuple[Note, ...]:
        """Which labels were read for these drugs, and where they are cited what is to be shown beside."""
        ...


class Reader(Protocol):
    """Where rules and parties come from."""

    def party(self, id: str) -> StoredParty: ...

    def rules_at(self, key: str) -> Sequence[tuple[str, int]]:
        """The keys of the rules that a key of a party leads to, each with the side."""
        ...

    def rule(self, key: str) -> StoredRule: ...

    def enzymes(self) -> EnzymesFile | None: ...

    def doubled(self) -> StoredDoubled | None: ...


class Drug:
    """A drug, food or class of medicines as a party of interactions.

    `parts` are the drug itself and what it consists of, each with the roles that it keeps as a part. `sides` are the
    keys of the rules in which it, or a part of it, may be the first or the second party.
    """

    def __init__(self, record: StoredParty) -> None:
        self.record = record
        self.id, self.name = record["id"], record["name"]
        self.kind: PartyKind = record["kind"]
        self.roles: Roles = {}
        self.parts: tuple[Drug, ...] = ()
        self.sides: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
        self.acts_on: frozenset[str] = frozenset()
        """Enzymes and transporters that it, or a part of it, inhibits or induces."""
        self.cleared_by: frozenset[str] = frozenset()
        self.needs_beside: frozenset[str] = frozenset()
        """Ids without one of which some membership of it, or of a part of it, does not count."""
        self.doubling: dict[str, tuple[Drug, ClassMembership]] = {}
        """By the id of a class of which two in one list are told: the drug, or the part of it, that belongs there."""

    def with_roles(self, roles: Roles) -> Drug:
        """The same drug with these roles alone."""
        drug = copy(self)
        drug.roles = roles
        return drug

    @property
    def listed_as(self) -> frozenset[str]:
        """Its id, and those of the drugs under which sources file it."""
        return frozenset((self.id, *self.record.get("filed_under", ())))

    @property
    def source(self) -> str | None:
        return self.record.get("source")

    @property
    def memberships(self) -> dict[str, list[ClassMembership]]:
        return self.record.get("classes", {})


class Fit(Record):
    """How a drug falls under one side of a rule: by name, by its class (`class_id`) or by its enzyme `roles`."""

    party: Party
    drug: Drug
    part: Drug
    """The drug itself, or the part of it that is meant."""
    class_id: str | None = None
    membership: ClassMembership | None = None
    excepted: MemberExcepted | None = None
    roles: tuple[Role, ...] = ()


class InteractionBook:
    """Everything that pairs are looked up in."""

    def __init__(self, reader: Reader, labels: Labels | None = None) -> None:
        self._reader, self.labels = reader, labels
        self._enzymes: Enzymes | None = None
        self._doubled: StoredDoubled | None = None
        self._drugs: dict[str, Drug] = {}
        self._rules: dict[str, StoredRule] = {}
        self._at: dict[str, Sequence[tuple[str, int]]] = {}

    @property
    def enzymes(self) -> Enzymes:
        if self._enzymes is None:
            self._enzymes = Enzymes(self._reader.enzymes())
        return self._enzymes

    @property
    def doubled(self) -> StoredDoubled:
        """What it is taken for that a list holds the same drug, or a class, twice."""
        if self._doubled is None:
            self._doubled = self._reader.doubled() or {"source": "", "drugs": {}, "classes": {}}
        return self._doubled

    def drug(self, id: str) -> Drug:
        """A drug, food or class by its id."""
        known = self._drugs.get(id)
        if known is None:
            if len(self._drugs) >= MAX_REMEMBERED:
                self._drugs.clear()
            known = self._drugs[id] = self._read(id)
        return known

    def rule(self, key: str) -> StoredRule:
        if key not in self._rules:
            self._rules[key] = self._reader.rule(key)
        return self._rules[key]

    def rules_of(self, drug: Drug) -> list[tuple[StoredRule, int]]:
        """Every rule in which a drug may be a party, with the side."""
        found = {(key, side) for side in (FIRST, SECOND) for key in drug.sides[side]}
        return [(self.rule(key), side) for key, side in sorted(found)]

    def rules_between(self, one: Drug, other: Drug) -> list[tuple[StoredRule, Fit, Fit]]:
        """The rules that hold for two drugs, or from which one is excepted, with how each falls under its side."""
        found: list[tuple[StoredRule, Fit, Fit]] = []
        for first, second in ((one, other), (other, one)):
            for key in sorted(first.sides[FIRST] & second.sides[SECOND]):
                rule = self.rule(key)
                here, there = self.fit(rule, FIRST, first), self.fit(rule, SECOND, second)
                told_already = "affected" not in rule and any(rule is known for known, _, _ in found)
                if here and there and here.part.id != there.part.id and not told_already:
                    found.append((rule, here, there))
        return found

    def may_answer(self, one: Drug, other: Drug) -> bool:
        """Whether anything may be recorded or derived of two drugs: never wrongly no, now and then wrongly yes."""
        return not (
            one.sides[FIRST].isdisjoint(other.sides[SECOND])
            and one.sides[SECOND].isdisjoint(other.sides[FIRST])
            and one.acts_on.isdisjoint(other.cleared_by)
            and one.cleared_by.isdisjoint(other.acts_on)
            and one.doubling.keys().isdisjoint(other.doubling)
            and len(one.parts) == len(other.parts) == 1
            and "class" not in (one.kind, other.kind)
            and not (self.labels is not None and self.labels.may_answer(one, other))
        )

    def fit(self, rule: StoredRule, side: int, drug: Drug) -> Fit | None:
        """How a drug falls under a side of a rule, or None: by name before by class, by class before by role, and not
        at all where every way is excepted."""
        fits = [
            fit for party in rule["between"][side] for part in drug.parts for fit in self._fits(rule, party, drug, part)
        ]
        if not fits:
            return None
        best = min(fits, key=_rank)
        if not best.roles:
            return best
        roles = (role for fit in fits if fit.party.get("role") == best.party.get("role") for role in fit.roles)
        every: list[Role] = []
        every.extend(role for role in roles if role not in every)
        return best.replaced(roles=tuple(every))

    def roles(self, drug: Drug, kind: str, enzymes: frozenset[str]) -> list[Role]:
        """The drug's roles of a kind at any of these enzymes; a minor route of clearance does not count."""
        held = drug.roles.get(kind)
        if not held:
            return []
        met = [roles for name, roles in held.items() if self.enzymes.family(name) & enzymes]
        return [role for roles in met for role in roles if not is_minor(role)]

    def _fits(self, rule: StoredRule, party: Party, drug: Drug, part: Drug) -> Iterable[Fit]:
        if "drug" in party:
            if party["drug"] == part.id or party["drug"] in part.record.get("filed_under", ()):
                yield Fit(party, drug, part)
        elif "class" in party:
            membership = _membership(rule, party["class"], part)
            if membership is not None and (part.id == party["class"] or not party.get("whole")):
                excepted = next((item for item in party.get("except", ()) if item["drug"] == part.id), None)
                excepted = excepted or membership.get("excepted")
                yield Fit(party, drug, part, party["class"], membership, excepted)
        else:
            roles = self.roles(part, party["role"], self.enzymes.family(party["enzyme"]))
            if roles:
                yield Fit(party, drug, part, roles=tuple(roles))

    def _read(self, id: str) -> Drug:
        drug = Drug(self._reader.party(id))
        for role in drug.record.get("roles", ()):
            enzyme = self.enzymes.id(place_of(role))
            drug.roles.setdefault(role["role"], {}).setdefault(enzyme, []).append(role)
        parts = [self.drug(part) for part in drug.record.get("parts", ())]
        drug.parts = (drug, *(self._as_part(part, drug) for part in parts))
        sides: tuple[set[str], set[str]] = (set(), set())
        for part in drug.parts:
            for key in part.record.get("keys", ()):
                if key not in self._at:
                    self._at[key] = self._reader.rules_at(key)
                for rule, side in self._at[key]:
                    sides[side].add(rule)
        drug.sides = (frozenset(sides[FIRST]), frozenset(sides[SECOND]))
        drug.acts_on = self._places(drug, ACTING)
        drug.cleared_by = self._places(drug, (SUBSTRATE,))
        drug.doubling = self._doubling(drug)
        drug.needs_beside = frozenset(
            id
            for part in drug.parts
            for memberships in part.memberships.values()
            for membership in memberships
            for id in membership.get("together_with", ())
        )
        return drug

    def _doubling(self, drug: Drug) -> dict[str, tuple[Drug, ClassMembership]]:
        if drug.kind == "class":
            return {}
        entries = self.doubled["classes"]
        found: dict[str, tuple[Drug, ClassMembership]] = {}
        for part in drug.parts:
            for class_id in part.memberships.keys() & entries.keys():
                wanted = entries[class_id].get("listed_by")
                listed = next((item for item in part.memberships[class_id] if item["list"] == wanted), None)
                if listed is not None and "together_with" not in listed:
                    found.setdefault(class_id, (part, listed))
        return found

    def _places(self, drug: Drug, kinds: Sequence[str]) -> frozenset[str]:
        names = (name for part in drug.parts for kind in kinds for name in part.roles.get(kind, ()))
        return frozenset[str]().union(*map(self.enzymes.family, names))

    def _as_part(self, part: Drug, whole: Drug) -> Drug:
        """A part with the roles that hold inside the combination: at an enzyme on which the combination acts by a role
        of its own, that role takes the place of the part's, and a role graded for the part `alone` is not carried over.
        """
        family = self.enzymes.family
        own = frozenset[str]().union(*(family(name) for kind in ACTING for name in whole.roles.get(kind, ())))
        kept: Roles = {}
        for kind, by_enzyme in part.roles.items():
            for name, roles in by_enzyme.items():
                held = [role for role in roles if not role.get("alone")]
                if held and not (kind in ACTING and own & family(name)):
                    kept.setdefault(kind, {})[name] = held
        return part if kept == part.roles else part.with_roles(kept)


def _rank(fit: Fit) -> tuple[int, bool]:
    """By name first, then by class, then by role, then what is excepted; of equals first what asks for no route and for
    no partner."""
    rank = 3 if fit.excepted else 2 if fit.roles else 1 if fit.class_id else 0
    return rank, "by" in fit.party or (fit.membership is not None and _asks(fit.membership))


def _asks(membership: ClassMembership) -> bool:
    """Whether a membership counts only by some routes, or beside a partner."""
    return "routes" in membership or "together_with" in membership


def _membership(rule: StoredRule, class_id: str, drug: Drug) -> ClassMembership | None:
    """How a drug belongs to a class of a rule: by the members that the rule's own source lists, where it lists any."""
    known = drug.memberships.get(class_id, [])
    if class_id == drug.id or class_id not in rule.get("lists_members_of", ()):
        return next((item for item in known if not _asks(item)), known[0] if known else None)
    return next((item for item in known if item["list"] == rule["source"]), None)
