"""The records of a library made ready for looking up pairs: who is of which class, who does what to which enzyme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from monocli.engine.names import normalise

LAYERS = ("interactions", "beside", "notes")
"""Lists of an interactions file: what the monograph says, what other sources say, treatment partners."""

SUBSTRATE = "substrate"
ACTING = ("inhibitor", "inducer")
"""Roles by which a drug changes others."""
STRENGTHS = ("strong", "moderate", "weak")
"""Grades of an acting role, in the order in which predictions stand; any other word or none comes after."""
SENSITIVITIES = ("sensitive", "moderate sensitive", "major")
"""Grades of a substrate, likewise."""

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain that puts a drug into a class: the class, and the source that says so."""

    class_id: str
    source: str | None


@dataclass(slots=True, eq=False)
class Drug:
    """A drug, food or class of medicines as a party of interactions.

    `memberships` gives for every class that it belongs to the chain of steps that leads there (none for a class
    itself). `roles` gives for "substrate", "inhibitor" and "inducer" the roles by enzyme. `parts` are the drug itself
    and what it consists of, each with the roles that it keeps as a part.
    """

    id: str
    name: str
    kind: str
    source: str | None = None
    memberships: dict[str, tuple[Step, ...]] = field(default_factory=dict)
    roles: dict[str, dict[str, list[Record]]] = field(default_factory=dict)
    parts: tuple[Drug, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One party of one record, with the drug in whose file it stands. `enzymes` is set where the party is a role."""

    owner: str
    layer: str
    record: Record
    party: Record
    order: int
    enzymes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that holds for a partner: because it names it, its class (`class_id`) or its enzyme role (`roles`)."""

    entry: Entry
    partner: Drug
    class_id: str | None = None
    excepted: Record | None = None
    roles: tuple[Record, ...] = ()


class Index:
    """Everything that pairs are looked up in. Built once from plain records; never changed afterwards.

    `drugs` are records with `id`, `name` and as far as known `kind_of_party` (monograph, agent, class), `source`,
    `classes`, `roles`, `components`; `classes` and `enzymes` are the records of those names; `documents` are
    interactions files, `mixtures` compatibility files.
    """

    def __init__(
        self,
        drugs: Iterable[Record],
        classes: Iterable[Record] = (),
        enzymes: Record | None = None,
        documents: Iterable[Record] = (),
        mixtures: Iterable[Record] = (),
    ) -> None:
        self.classes = {record["id"]: record for record in classes}
        self._families, self._enzyme_of, self.enzyme_names = _enzymes(enzymes or {})
        self._family_of: dict[str, frozenset[str]] = {}
        self.drugs: dict[str, Drug] = {}
        records = list(drugs)
        for record in records:
            self.drugs[record["id"]] = self._drug(record)
        for record in records:
            drug = self.drugs[record["id"]]
            parts = (self.drugs.get(component) for component in record.get("components", []))
            drug.parts = (drug, *(self._as_part(part, drug) for part in parts if part is not None and part is not drug))
        self._named: dict[tuple[str, str], list[Entry]] = {}
        self._by_class: dict[str, dict[str, list[Entry]]] = {}
        self._by_role: dict[str, list[Entry]] = {}
        self.owners: dict[str, Record] = {}
        for document in documents:
            self._add(document)
        for owner, document in self.owners.items():
            for other in document.get("see_also", []):
                self._file_under(owner, other)
        self.mixed = {_drug_of(document): _mixed_with(document) for document in mixtures}
        """For every drug with a compatibility file, the drugs with which something is recorded on mixing it."""

    def family(self, enzyme: str) -> frozenset[str]:
        """The enzyme by its id, with what it covers as a family; two that have one in common meet."""
        known = self._family_of.get(enzyme)
        if known is None:
            enzyme_id = self.enzyme(enzyme)
            known = self._family_of[enzyme] = self._families.get(enzyme_id, frozenset((enzyme_id,)))
        return known

    def names_roles(self, text: str) -> bool:
        """Whether a text names everything with an enzyme role ("CYP3A4 inhibitors", "strong inducers of CYP3A")."""
        words = [word for word in normalise(text).split() if word != "of" and word not in STRENGTHS]
        roles = [word for word in words if word.removesuffix("s") in (SUBSTRATE, *ACTING)]
        enzyme = " ".join(word for word in words if word not in roles)
        return len(roles) == 1 and enzyme in self._enzyme_of

    def enzyme(self, name: str) -> str:
        """The id of an enzyme or transporter by any of its names."""
        return self._enzyme_of.get(normalise(name), name)

    def entries(self, owner: str) -> Iterator[Entry]:
        """All entries of one drug's file in the order of the file."""
        found = [entry for (own, _), entries in self._named.items() if own == owner for entry in entries]
        found += [entry for entries in self._by_class.get(owner, {}).values() for entry in entries]
        found += self._by_role.get(owner, [])
        return iter(sorted(found, key=lambda entry: entry.order))

    def matches(self, owner: str, partner: Drug) -> list[Match]:
        """What the file of `owner` says of a partner or one of its parts: each record once, in the order of the
        file.
        """
        if owner not in self.owners:
            return []
        found: dict[tuple[str, str], Match] = {}
        for part in partner.parts:
            for match in self._matches(owner, part):
                key = (match.entry.layer, match.entry.record["id"])
                if key not in found or (found[key].excepted and not match.excepted):
                    found[key] = match
        return sorted(found.values(), key=lambda match: match.entry.order)

    def named_members(self, owner: str, class_id: str) -> dict[str, list[str]]:
        """Members of a class, at any depth, of which the owner's file says something by name, with the sources of
        it.
        """
        named = {partner: entries for (own, partner), entries in self._named.items() if own == owner}
        return {
            partner: [entry.record["source"] for entry in named[partner]]
            for partner in sorted(named)
            if partner in self.drugs and partner != class_id and class_id in self.drugs[partner].memberships
        }

    def _matches(self, owner: str, partner: Drug) -> Iterator[Match]:
        for entry in self._named.get((owner, partner.id), ()):
            yield Match(entry, partner)
        by_class = self._by_class.get(owner)
        if by_class:
            for class_id, chain in partner.memberships.items():
                for entry in by_class.get(class_id, ()):
                    if partner.id == class_id or not entry.party.get("whole"):
                        yield Match(entry, partner, class_id, self._exception(entry, class_id, chain, partner))
        for entry in self._by_role.get(owner, ()):
            roles = self.roles(partner, entry.party["role"], entry.enzymes)
            if roles:
                yield Match(entry, partner, roles=tuple(roles))

    def roles(self, drug: Drug, kind: str, enzymes: frozenset[str]) -> list[Record]:
        """The drug's roles of a kind at any of these enzymes; a minor route of clearance does not count."""
        held = drug.roles.get(kind)
        if not held:
            return []
        met = [roles for name, roles in held.items() if self.family(name) & enzymes]
        return [role for roles in met for role in roles if not is_minor(role)]

    def _exception(self, entry: Entry, class_id: str, chain: tuple[Step, ...], partner: Drug) -> Record | None:
        """Why the rule for a class does not hold for this member, or None where it does."""
        excepted = [*entry.party.get("except", [])]
        for passed in (class_id, *(step.class_id for step in chain)):
            excepted += self.classes.get(passed, {}).get("exceptions", [])
        return next((item for item in excepted if item["agent"] == partner.id), None)

    def _drug(self, record: Record) -> Drug:
        kind = record.get("kind_of_party") or ("class" if record["id"] in self.classes else "agent")
        drug = Drug(record["id"], record["name"], kind, record.get("source"))
        if kind == "class":
            self._climb(drug, drug.id, ())
        for item in record.get("classes", []):
            self._climb(drug, item["class"], (Step(item["class"], item.get("source")),))
        for role in record.get("roles", []):
            enzyme = self.enzyme(role.get("enzyme") or role["transporter"])
            drug.roles.setdefault(role["role"], {}).setdefault(enzyme, []).append(role)
        drug.parts = (drug,)
        return drug

    def _as_part(self, part: Drug, whole: Drug) -> Drug:
        """A part with the roles that hold inside the combination: at an enzyme on which the combination acts by a role
        of its own, that role takes the place of the part's, and a role graded for the part `alone` is not carried over.
        """
        own = frozenset[str]().union(*(self.family(name) for kind in ACTING for name in whole.roles.get(kind, ())))
        kept: dict[str, dict[str, list[Record]]] = {}
        for kind, by_enzyme in part.roles.items():
            for name, roles in by_enzyme.items():
                held = [role for role in roles if not role.get("alone")]
                if held and not (kind in ACTING and own & self.family(name)):
                    kept.setdefault(kind, {})[name] = held
        return part if kept == part.roles else replace(part, roles=kept)

    def _climb(self, drug: Drug, class_id: str, chain: tuple[Step, ...]) -> None:
        """Record a class and all wider ones; the first chain that leads to a class is kept."""
        if class_id in drug.memberships:
            return
        drug.memberships[class_id] = chain
        record = self.classes.get(class_id, {})
        for parent in record.get("parents", []):
            source = record.get("parents_source") or record.get("source")
            self._climb(drug, parent, (*chain, Step(parent, source)))

    def _add(self, document: Record) -> None:
        owner = _drug_of(document)
        self.owners[owner] = document
        order = 0
        for layer in LAYERS:
            for record in document.get(layer, []):
                for party in record["with"]:
                    order += 1
                    self._add_entry(Entry(owner, layer, record, party, order, self._enzymes_of(party)))

    def _file_under(self, owner: str, other: str) -> None:
        """What the source files under another drug, as the owner's: each record says where it stands."""
        for entry in list(self.entries(other)):
            record = {**entry.record, "filed_under": other}
            self._add_entry(replace(entry, owner=owner, record=record))

    def _enzymes_of(self, party: Record) -> frozenset[str]:
        return self.family(party["enzyme"]) if "enzyme" in party else frozenset()

    def _add_entry(self, entry: Entry) -> None:
        party = entry.party
        if "enzyme" in party:
            self._by_role.setdefault(entry.owner, []).append(entry)
        elif "class" in party:
            self._by_class.setdefault(entry.owner, {}).setdefault(party["class"], []).append(entry)
        else:
            partner = party.get("agent") or party["monograph"]
            self._named.setdefault((entry.owner, partner), []).append(entry)


def _drug_of(document: Record) -> str:
    return str(next(iter(document["drug"].values())))


def _mixed_with(document: Record) -> frozenset[str]:
    partners = (partner for statement in document["statements"] for partner in statement.get("partners", []))
    return frozenset(partner["agent"] for partner in partners)


def is_minor(role: Record) -> bool:
    """Whether the role is a minor route, from which nothing is predicted."""
    return role.get("strength") == "minor"


def _enzymes(record: Record) -> tuple[dict[str, frozenset[str]], dict[str, str], dict[str, str]]:
    """Families by id, ids by normalised name, and full names by id, of a file of enzymes and transporters."""
    items = [*record.get("enzymes", []), *record.get("transporters", [])]
    ids = {normalise(name): item["id"] for item in items for name in (item["id"], *item.get("aliases", []))}
    families = {item["id"]: frozenset((item["id"], *item.get("members", []))) for item in items}
    return families, ids, {item["id"]: item["name"] for item in items}
