"""The rules and parties of a library, each read when it is first needed: one list never pays for the others."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING

from monocli.engine.interactions.enzymes import ACTING, SUBSTRATE, Enzymes, is_minor, place_of

if TYPE_CHECKING:
    from monocli.engine.interactions.reading import Labels, Reader
    from monocli.records.agents import Role
    from monocli.records.interactions import ClassMembership, StoredDoubled, StoredParty, StoredRule
    from monocli.records.words import PartyKind

Roles = dict[str, dict[str, list["Role"]]]
"""By "substrate", "inhibitor" or "inducer", then by enzyme."""
FIRST, SECOND = 0, 1
"""The sides of a rule."""
MAX_REMEMBERED = 60_000
"""Drugs that are kept; beyond it they are read anew, so that memory stays flat however long the input."""


class Drug:
    """A drug, food or class of medicines as a party of interactions.

    `parts` are the drug itself and what it consists of, each with the roles that it keeps as a part. `sides` are the
    keys of the rules in which it, or a part of it, may be the first or the second party.
    """

    def __init__(self, record: StoredParty) -> None:
        self.record = record
        self.id, self.name = record["id"], record["name"]
        self.kind: PartyKind = record["kind"]
        self.source = record.get("source")
        self.memberships: dict[str, list[ClassMembership]] = record.get("classes", {})
        self.listed_as = frozenset((self.id, *record.get("filed_under", ())))
        """Its id, and those of the drugs under which sources file it."""
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


class InteractionBook:
    """Everything that pairs are looked up in."""

    def __init__(self, reader: Reader, labels: Labels | None = None) -> None:
        self._reader, self.labels = reader, labels
        self.edition = reader.edition
        """That of the library, which says of what nothing is recorded."""
        self._enzymes: Enzymes | None = None
        self._doubled: StoredDoubled | None = None
        self._drugs: dict[str, Drug] = {}
        self._rules: dict[str, StoredRule] = {}
        self._at: dict[str, Sequence[Sequence[str]]] = {}

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

    def name_of(self, id: str) -> str:
        """The name of a drug, food or class, for which no rules are looked up."""
        known = self._drugs.get(id)
        return known.name if known is not None else self._reader.party(id)["name"]

    def rule(self, key: str) -> StoredRule:
        if key not in self._rules:
            self._rules[key] = self._reader.rule(key)
        return self._rules[key]

    def rules_of(self, drug: Drug) -> list[tuple[StoredRule, int]]:
        """Every rule in which a drug may be a party, with the side."""
        found = {(key, side) for side in (FIRST, SECOND) for key in drug.sides[side]}
        return [(self.rule(key), side) for key, side in sorted(found)]

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

    def roles(self, drug: Drug, kind: str, enzymes: frozenset[str]) -> list[Role]:
        """The drug's roles of a kind at any of these enzymes; a minor route of clearance does not count."""
        held = drug.roles.get(kind)
        if not held:
            return []
        met = [roles for name, roles in held.items() if self.enzymes.family(name) & enzymes]
        return [role for roles in met for role in roles if not is_minor(role)]

    def _read(self, id: str) -> Drug:
        drug = Drug(self._reader.party(id))
        for role in drug.record.get("roles", ()):
            enzyme = self.enzymes.id(place_of(role))
            drug.roles.setdefault(role["role"], {}).setdefault(enzyme, []).append(role)
        parts = [self.drug(part) for part in drug.record.get("parts", ())]
        drug.parts = (drug, *(self._as_part(part, drug) for part in parts))
        standing = [self._rules_at(key) for part in drug.parts for key in part.record.get("keys", ())]
        first, second = (frozenset[str]().union(*(held[side] for held in standing)) for side in (FIRST, SECOND))
        drug.sides = first, second
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

    def _rules_at(self, key: str) -> Sequence[Sequence[str]]:
        if key not in self._at:
            self._at[key] = self._reader.rules_at(key)
        return self._at[key]

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
