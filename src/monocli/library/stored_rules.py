"""Rules of interactions and their parties, read by key from a compiled library, each when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from monocli.library.kinds import DOUBLED, ENZYME_FILES, PARTIES, RULE_KEYS, RULES, Kind

if TYPE_CHECKING:
    from monocli.library.store import Library
    from monocli.records.agents import Agent, EnzymesFile
    from monocli.records.interactions import StoredDoubled, StoredParty, StoredRule

T = TypeVar("T")


class StoredRules:
    """What an `InteractionBook` reads; `library/parties.py` writes it."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @property
    def edition(self) -> str:
        return self._library.edition

    def party(self, id: str) -> StoredParty:
        record = self._library.document(PARTIES, id)
        if record is None and (substance := self._library.substance(id)):
            return of_substance(substance)
        assert record is not None, id
        return record

    def rules_at(self, key: str) -> Sequence[Sequence[str]]:
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


def of_substance(substance: Agent) -> StoredParty:
    """A substance of another pack as a party: rules may name it, and its parts."""
    record: StoredParty = {"id": substance["id"], "name": substance["name"], "kind": "agent"}
    if "source" in substance:
        record["source"] = substance["source"]
    if "components" in substance:
        record["parts"] = substance["components"]
    return record
