"""Interaction rules and their parties made ready for reading by key: what compiling stores, and how it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar, cast

from monocli.engine.interactions.enzymes import Enzymes
from monocli.engine.interactions.keys import keys_of_drug, keys_of_party
from monocli.library.kinds import (
    AGENTS,
    CLASSES,
    COMPATIBILITY,
    DOUBLED,
    ENZYME_FILES,
    INTERACTIONS,
    MONOGRAPHS,
    PARTIES,
    RULE_KEYS,
    RULES,
    SOURCES,
    SUBSTANCES,
    Kind,
)
from monocli.library.pack import as_row
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.library.documents import Documents
    from monocli.library.pack import DocumentRow, Pack
    from monocli.library.store import Library
    from monocli.records.agents import Agent, DoubledFile, DrugClass, EnzymesFile
    from monocli.records.interactions import (
        ClassMembership,
        ClassStep,
        InteractionsFile,
        LocalForms,
        MemberExcepted,
        Rule,
        RuleOrigin,
        StoredDoubled,
        StoredParty,
        StoredRule,
    )
    from monocli.records.library import ScaleLevel
    from monocli.records.monograph import MonographFile
    from monocli.records.words import Route

T = TypeVar("T")


class StoredRules:
    """Reads rules and parties from a compiled library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def party(self, id: str) -> StoredParty:
        record = self._library.document(PARTIES, id)
        if record is None and (substance := self._library.substance(id)):
            return of_substance(substance)
        assert record is not None, id
        return record

    def rules_at(self, key: str) -> Sequence[tuple[str, int]]:
        return self._read(RULE_KEYS, key)

    def rule(self, key: str) -> StoredRule:
        return self._read(RULES, key)

    def enzymes(self) -> EnzymesFile | None:
        return self._library.document(ENZYME_FILES, "enzymes")

    def doubled(self) -> StoredDoubled | None:
        return self._library.document(DOUBLED, DOUBLED.name)

    def _read(self, kind: Kind[T], id: str) -> T:
        record = self._library.document(kind, id)
        assert record is not None, (kind.name, id)
        return record


def stored(documents: Documents, beside: Pack | None = None) -> Iterator[DocumentRow]:
    """Everything that the question of interactions reads; `beside` holds drugs that rules may
    name."""
    compiler = _Compiler(documents, beside)
    yield from compiler.rules()
    yield from compiler.parties()
    yield from _doubled(documents)


def _doubled(documents: Documents) -> Iterator[DocumentRow]:
    for document in documents.of_kind("agents"):
        if "doubled" in document.value:
            file = cast("DoubledFile", document.value)
            record: StoredDoubled = {"source": file.get("source", ""), "drugs": {}, "classes": {}}
            for entry in file["doubled"]:
                if "class" in entry:
                    record["classes"][entry["class"]] = entry
                elif "drug" in entry:
                    record["drugs"][entry["drug"]] = entry["action"]
                else:
                    record["same_drug"] = entry["action"]
            yield as_row(DOUBLED, DOUBLED.name, record)


class _Membership(Record):
    """That a drug belongs to a class: who says so, and whose list it is; on what we joined it to the list, where it is
    not the list's own."""

    class_id: str
    source: str
    list: str | None
    joined: Mapping[str, str] = {}
    routes: tuple[Route, ...] = ()
    """The routes for which the list has it; any, where there are none."""
    together_with: tuple[str, ...] = ()
    """Ids without one of which it does not count."""


class _Compiler:
    def __init__(self, documents: Documents, beside: Pack | None) -> None:
        self._documents, self._beside = documents, beside
        self._classes: dict[str, DrugClass] = {r["id"]: r for _, _, r in documents.listed(CLASSES)}
        files = [file for item, file in documents.of(ENZYME_FILES) if item.id == "enzymes"]
        self._enzymes = Enzymes(files[0] if files else None)
        self._agents = [record for _, _, record in documents.listed(AGENTS)]
        self._said = self._listings()
        self._listed_by = {
            (said.class_id, said.list) for listed in self._said.values() for said in listed if said.list is not None
        }
        self._at: dict[str, list[tuple[str, int]]] = {}
        self._by_route: set[str] = set()
        """Keys of rules that ask how a drug is given."""
        self._named: set[str] = set()
        """Ids of drugs that rules and lists of members name."""

    def rules(self) -> Iterator[DocumentRow]:
        """Every rule, and for every key the rules under it."""
        scales, local = self._scales(), self._local_forms()
        labels, origins = self._labels(), self._origins()
        for document, file in self._documents.of(INTERACTIONS):
            for rule in file.get("rules", []):
                key = f"{document.id}#{rule['id']}"
                self._enter(key, rule, file["source"])
                record = self._stored_rule(key, rule, file, scales.get(file["source"], {}))
                if file["source"] in local:
                    record["local_forms"] = local[file["source"]]
                if file["source"] in labels:
                    record["label_of"] = labels[file["source"]]
                if file["source"] in origins:
                    record["origin"] = origins[file["source"]]
                yield as_row(RULES, key, record)
        for at, rules in self._at.items():
            yield as_row(RULE_KEYS, at, rules)

    def parties(self) -> Iterator[DocumentRow]:
        """Every drug and class that may be a party, with the keys under which rules stand."""
        filed, mixed, only_by = self._filed_under(), self._mixed_with(), self._only_by()
        records = {record["id"]: record for record in (*self._drugs(), *self._groups())}
        for id, record in records.items():
            if id in filed:
                record["filed_under"] = filed[id]
            if id in mixed:
                record["mixed_with"] = mixed[id]
            if id in only_by:
                record["only_by"] = only_by[id]
            if keys := [key for key in keys_of_drug(record, self._listed_by, self._enzymes) if key in self._at]:
                record["keys"] = keys
            if self._by_route.intersection(key for at in keys for key, _ in self._at[at]) or _by_route(record):
                record["by_route"] = True
            yield as_row(PARTIES, id, record)

    def _listings(self) -> dict[str, list[_Membership]]:
        """What is said of every drug that belongs to a class."""
        found: dict[str, list[_Membership]] = {}
        of_monograph = {agent["id"]: agent["monograph"] for agent in self._agents if "monograph" in agent}
        for agent in self._agents:
            for item in agent.get("classes", []):
                source = item.get("source", "")
                found.setdefault(_id(agent), []).append(_Membership(item["class"], source, source))
        for file in self._files():
            for listing in file.get("members", []):
                joined = {key: str(value) for key, value in listing.items() if key in ("basis", "because")}
                source, routes = listing.get("source", file["source"]), tuple(listing.get("by", ()))
                partners = tuple(listing.get("together_with", ()))
                said = _Membership(listing["class"], source, file["source"], joined, routes, partners)
                for drug in listing["drugs"]:
                    found.setdefault(of_monograph.get(drug, drug), []).append(said)
        self._count_as(found)
        return found

    def _count_as(self, found: dict[str, list[_Membership]]) -> None:
        """A drug that a source files under another is in its lists where the other is."""
        for file in self._files():
            for item in file.get("filed_under", []):
                held = [said for said in found.get(item["under"], []) if said.list == file["source"]]
                as_other = {"basis": "form", "because": f"listed as {item['under']}"}
                if held:
                    found.setdefault(item["drug"], []).extend(said.replaced(joined=as_other) for said in held)

    def _files(self) -> list[InteractionsFile]:
        return [file for _, file in self._documents.of(INTERACTIONS)]

    def _local_forms(self) -> dict[str, LocalForms]:
        """Of sources that mean systemic use: for whom they mean local forms as well."""
        return {file["source"]: file["local_forms"] for file in self._files() if "local_forms" in file}

    def _labels(self) -> dict[str, list[str]]:
        """Of sources that are a product's label: the drugs that the product holds."""
        return {
            record["id"]: record["label_of"] for _, _, record in self._documents.listed(SOURCES) if "label_of" in record
        }

    def _origins(self) -> dict[str, RuleOrigin]:
        """The dates of printed monographs and of labels."""
        found: dict[str, RuleOrigin] = {}
        for _, _, record in self._documents.listed(SOURCES):
            if "date" in record and (record["printed"] or record["kind"] == "label"):
                found[record["id"]] = {"kind": "monograph" if record["printed"] else "label", "date": record["date"]}
        return found

    def _scales(self) -> dict[str, dict[str, ScaleLevel]]:
        sources = [record for _, _, record in self._documents.listed(SOURCES)]
        return {record["id"]: {level["id"]: level for level in record.get("levels", [])} for record in sources}

    def _enter(self, key: str, rule: Rule, source: str) -> None:
        if any("first_by" in case or "second_by" in case for case in rule.get("cases", [])):
            self._by_route.add(key)
        for side, parties in enumerate(rule["between"]):
            self._named.update(party["drug"] for party in parties if "drug" in party)
            if any("by" in party for party in parties):
                self._by_route.add(key)
            keys = {k for party in parties for k in keys_of_party(party, source, self._listed_by, self._enzymes)}
            for at in sorted(keys):
                self._at.setdefault(at, []).append((key, side))

    def _stored_rule(self, key: str, rule: Rule, file: InteractionsFile, scale: Mapping[str, ScaleLevel]) -> StoredRule:
        record = cast("StoredRule", {"key": key, **rule, "source": file["source"]})
        if "edition" in file:
            record["edition"] = file["edition"]
        used = dict.fromkeys(
            (*((rule["level"],) if "level" in rule else ()), *(case["level"] for case in rule.get("cases", [])))
        )
        if used:
            record["scale"] = {level: scale[level] for level in used}
        classes = {party["class"] for parties in rule["between"] for party in parties if "class" in party}
        if own := sorted(group for group in classes if (group, file["source"]) in self._listed_by):
            record["lists_members_of"] = own
        return record

    def _drugs(self) -> Iterator[StoredParty]:
        by_id: dict[str, StoredParty] = {}
        for document, monograph in self._documents.of(MONOGRAPHS):
            by_id[document.id] = _of_monograph(document.id, monograph)
        for agent in self._agents:
            id = _id(agent)
            known = by_id.setdefault(id, {"id": id, "name": agent["name"], "kind": "agent"})
            known["name"] = agent["name"]
            if "source" in agent:
                known["source"] = agent["source"]
            if "roles" in agent:
                known["roles"] = agent["roles"]
            if "components" in agent:
                known["parts"] = [part for part in agent["components"] if part != id]
        for id in sorted((self._named | self._said.keys() | self._filed_under().keys()) - by_id.keys()):
            if self._beside and (substance := self._beside.document(SUBSTANCES, id)):
                by_id[id] = of_substance(substance)
        for id, record in by_id.items():
            if classes := self._memberships(id):
                record["classes"] = classes
            yield record

    def _groups(self) -> Iterator[StoredParty]:
        members: dict[str, set[str]] = {}
        for drug in self._said:
            for class_id in self._memberships(drug):
                members.setdefault(class_id, set()).add(drug)
        for id, group in self._classes.items():
            record: StoredParty = {"id": id, "name": group["name"], "kind": "class"}
            if "source" in group:
                record["source"] = group["source"]
            classes: dict[str, list[ClassMembership]] = {id: [{"by": [], "list": None}]}
            for parent in group.get("parents", []):
                source = self._parents_source(group)
                self._climb(classes, parent, [self._step(parent, source)], _Membership(parent, source or "", None))
            record["classes"] = classes
            record["members"] = sorted(members.get(id, ()))
            yield record

    def _memberships(self, drug: str) -> dict[str, list[ClassMembership]]:
        found: dict[str, list[ClassMembership]] = {}
        for said in self._said.get(drug, ()):
            step = cast("ClassStep", {**self._step(said.class_id, said.source or None), **said.joined})
            self._climb(found, said.class_id, [step], said)
        for memberships in found.values():
            for membership in memberships:
                if excepted := self._exception(drug, membership):
                    membership["excepted"] = excepted
        return found

    def _climb(
        self, found: dict[str, list[ClassMembership]], class_id: str, chain: list[ClassStep], said: _Membership
    ) -> None:
        """Record a class and all wider ones; of chains for one list the first is kept."""
        known = found.setdefault(class_id, [])
        if any(other["list"] == said.list for other in known):
            return
        membership: ClassMembership = {"by": chain, "list": said.list}
        if said.routes:
            membership["routes"] = list(said.routes)
        if said.together_with:
            membership["together_with"] = list(said.together_with)
        known.append(membership)
        group = self._classes.get(class_id)
        for parent in group.get("parents", []) if group else ():
            assert group is not None
            source = self._parents_source(group)
            passed_on = said.replaced(list=said.list if source == said.list else None)
            self._climb(found, parent, [*chain, self._step(parent, source)], passed_on)

    def _step(self, class_id: str, source: str | None) -> ClassStep:
        group = self._classes.get(class_id)
        step: ClassStep = {"class": class_id, "name": group["name"] if group else class_id, "source": source}
        if group and "route" in group:
            step["route"] = group["route"]
        return step

    @staticmethod
    def _parents_source(group: DrugClass) -> str | None:
        return group.get("parents_source") or group.get("source")

    def _exception(self, drug: str, membership: ClassMembership) -> MemberExcepted | None:
        """Whether one of the classes that were passed leaves this member out of what is said of the class."""
        for step in membership["by"]:
            group = self._classes.get(step["class"])
            for item in group.get("exceptions", []) if group else ():
                if item["agent"] == drug:
                    excepted: MemberExcepted = {"drug": drug, "reason": item.get("note", "excepted")}
                    return {**excepted, "source": item["source"]} if "source" in item else excepted
        return None

    def _filed_under(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for file in self._files():
            for item in file.get("filed_under", []):
                found.setdefault(item["drug"], []).append(item["under"])
        return found

    def _only_by(self) -> dict[str, list[Route]]:
        filed = (item for file in self._files() for item in file.get("filed_under", []))
        return {item["drug"]: item["by"] for item in filed if "by" in item}

    def _mixed_with(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for _, file in self._documents.of(COMPATIBILITY):
            partners = {partner["agent"] for said in file["statements"] for partner in said.get("partners", [])}
            found[next(iter(cast("dict[str, str]", file["drug"]).values()))] = sorted(partners)
        return found


def _by_route(record: StoredParty) -> bool:
    """Whether a list has the drug for some routes only."""
    return any("routes" in held for memberships in record.get("classes", {}).values() for held in memberships)


def _id(agent: Agent) -> str:
    """The id of the drug: that of its monograph where it has one."""
    return agent.get("monograph", agent["id"])


def of_substance(substance: Agent) -> StoredParty:
    """A substance of another pack as a party: rules may name it, and its parts."""
    record: StoredParty = {"id": substance["id"], "name": substance["name"], "kind": "agent"}
    if "source" in substance:
        record["source"] = substance["source"]
    if "components" in substance:
        record["parts"] = substance["components"]
    return record


def _of_monograph(id: str, monograph: MonographFile) -> StoredParty:
    record: StoredParty = {"id": id, "name": monograph["title"], "kind": "monograph"}
    if "source" in monograph:
        record["source"] = monograph["source"]
    return record
