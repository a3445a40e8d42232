"""What compiling stores for the question of interactions: rules, and their parties with the keys that lead to them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, cast

from monocli.engine.interactions.enzymes import Enzymes
from monocli.engine.interactions.keys import keys_of_drug
from monocli.library.kinds import (
    AGENTS,
    COMPATIBILITY,
    DOUBLED,
    ENZYME_FILES,
    INTERACTIONS,
    MONOGRAPHS,
    PARTIES,
    SUBSTANCES,
)
from monocli.library.memberships import Memberships
from monocli.library.pack import as_row
from monocli.library.rules import RulesByKey
from monocli.library.stored_rules import of_substance

if TYPE_CHECKING:
    from monocli.library.documents import Documents
    from monocli.library.pack import DocumentRow, Pack
    from monocli.records.agents import DoubledFile
    from monocli.records.interactions import FiledUnder, StoredDoubled, StoredParty
    from monocli.records.monograph import MonographFile


def stored(documents: Documents, beside: Pack | None = None) -> Iterator[DocumentRow]:
    """Everything that the question of interactions reads; `beside` holds drugs that rules may name."""
    parties = _Parties(documents, beside)
    yield from parties.rules.rows()
    yield from parties.rows()
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


class _Parties:
    """Every drug and class that may be a party."""

    def __init__(self, documents: Documents, beside: Pack | None) -> None:
        self._documents, self._beside = documents, beside
        enzymes = [file for item, file in documents.of(ENZYME_FILES) if item.id == "enzymes"]
        self._enzymes = Enzymes(enzymes[0] if enzymes else None)
        self._agents = [record for _, _, record in documents.listed(AGENTS)]
        files = [file for _, file in documents.of(INTERACTIONS)]
        self._filed: list[FiledUnder] = [filed for file in files for filed in file.get("filed_under", [])]
        self._memberships = Memberships(documents, self._agents, files)
        self.rules = RulesByKey(documents, self._memberships, self._enzymes)

    def rows(self) -> Iterator[DocumentRow]:
        """The parties, with the keys under which rules stand."""
        mixed = self._mixed_with()
        records = {record["id"]: record for record in chain(self._drugs(), self._classes())}
        for filed in self._filed:
            if filed["drug"] in records:
                records[filed["drug"]].setdefault("filed_under", []).append(filed["under"])
                if "by" in filed:
                    records[filed["drug"]]["only_by"] = filed["by"]
        for id, record in records.items():
            if id in mixed:
                record["mixed_with"] = mixed[id]
            all_keys = keys_of_drug(record, self._memberships.listed_by, self._enzymes)
            if keys := [key for key in all_keys if key in self.rules.at]:
                record["keys"] = keys
            rules = chain.from_iterable(side for at in keys for side in self.rules.at[at])
            if _asks_for_route(record) or not self.rules.by_route.isdisjoint(rules):
                record["by_route"] = True
            yield as_row(PARTIES, id, record)

    def _drugs(self) -> Iterator[StoredParty]:
        by_id = {document.id: _of_monograph(document.id, file) for document, file in self._documents.of(MONOGRAPHS)}
        for agent in self._agents:
            # A drug with a monograph goes by that one's id.
            id = agent.get("monograph", agent["id"])
            known = by_id.setdefault(id, {"id": id, "name": agent["name"], "kind": "agent"})
            known["name"] = agent["name"]
            if "source" in agent:
                known["source"] = agent["source"]
            if "roles" in agent:
                known["roles"] = agent["roles"]
            if "components" in agent:
                known["parts"] = [part for part in agent["components"] if part != id]
        named = {*self.rules.drugs, *self._memberships.drugs, *(filed["drug"] for filed in self._filed)}
        for id in sorted(named - by_id.keys()):
            if self._beside and (substance := self._beside.document(SUBSTANCES, id)):
                by_id[id] = of_substance(substance)
        for id, record in by_id.items():
            if classes := self._memberships.of_drug(id):
                record["classes"] = classes
            yield record

    def _classes(self) -> Iterator[StoredParty]:
        members = self._memberships.members
        for group in self._memberships.classes:
            record: StoredParty = {"id": group["id"], "name": group["name"], "kind": "class"}
            if "source" in group:
                record["source"] = group["source"]
            record["classes"] = self._memberships.of_class(group)
            record["members"] = members.get(group["id"], [])
            yield record

    def _mixed_with(self) -> dict[str, list[str]]:
        """By drug the partners of which something is recorded on mixing."""
        found: dict[str, list[str]] = {}
        for _, file in self._documents.of(COMPATIBILITY):
            partners = {partner["agent"] for said in file["statements"] for partner in said.get("partners", [])}
            found[next(iter(cast("dict[str, str]", file["drug"]).values()))] = sorted(partners)
        return found


def _asks_for_route(record: StoredParty) -> bool:
    """Whether a list has the drug for some routes only."""
    return any("routes" in held for memberships in record.get("classes", {}).values() for held in memberships)


def _of_monograph(id: str, monograph: MonographFile) -> StoredParty:
    record: StoredParty = {"id": id, "name": monograph["title"], "kind": "monograph"}
    if "source" in monograph:
        record["source"] = monograph["source"]
    return record
