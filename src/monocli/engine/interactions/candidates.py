"""Which drugs can have anything recorded with which: a quick sieve, so that a batch looks only at pairs that may
answer.
"""

from __future__ import annotations

from monocli.engine.interactions.index import ACTING, SUBSTRATE, Drug, Index

Token = tuple[str, str]
"""Something that a drug offers (its id, a class, an enzyme role) and that a record or a role of another looks for."""


class Candidates:
    """For every drug of an index, the drugs with which a pair may have an answer. Never too few; now and then too
    many.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._offering: dict[Token, set[str]] = {}
        self._seeking: dict[Token, set[str]] = {}
        self._offers: dict[str, set[Token]] = {}
        self._seeks: dict[str, set[Token]] = {}
        self._found: dict[str, frozenset[str]] = {}
        for drug in index.drugs.values():
            self._offers[drug.id], self._seeks[drug.id] = self._tokens_offered(drug), self._tokens_sought(drug)
            for token in self._offers[drug.id]:
                self._offering.setdefault(token, set()).add(drug.id)
            for token in self._seeks[drug.id]:
                self._seeking.setdefault(token, set()).add(drug.id)

    def of(self, drug_id: str) -> frozenset[str]:
        """The drugs with which this one may have something recorded."""
        if drug_id not in self._found:
            found: set[str] = set()
            for token in self._seeks[drug_id]:
                found |= self._offering.get(token, set())
            for token in self._offers[drug_id]:
                found |= self._seeking.get(token, set())
            self._found[drug_id] = frozenset(found - {drug_id})
        return self._found[drug_id]

    def _tokens_offered(self, drug: Drug) -> set[Token]:
        tokens: set[Token] = set()
        for part in drug.parts:
            tokens.add(("drug", part.id))
            tokens.update(("class", class_id) for class_id in part.memberships)
            for kind, roles in part.roles.items():
                tokens.update((kind, member) for enzyme in roles for member in self._index.family(enzyme))
        return tokens

    def _tokens_sought(self, drug: Drug) -> set[Token]:
        tokens: set[Token] = {("drug", part.id) for part in drug.parts[1:]}
        for part in drug.parts:
            for kind in ACTING:
                for enzyme in part.roles.get(kind, ()):
                    tokens.update((SUBSTRATE, member) for member in self._index.family(enzyme))
        if drug.id in self._index.owners:
            tokens |= self._tokens_of_records(drug.id)
        return tokens

    def _tokens_of_records(self, owner: str) -> set[Token]:
        tokens: set[Token] = set()
        for entry in self._index.entries(owner):
            party = entry.party
            if "enzyme" in party:
                tokens.update((party["role"], member) for member in entry.enzymes)
            elif "class" in party:
                tokens.add(("class", party["class"]))
            else:
                tokens |= self._named(party.get("agent") or party["monograph"])
        return tokens

    def _named(self, partner: str) -> set[Token]:
        """A drug named in a record, and the classes that it belongs to, which may be asked for as a whole."""
        drug = self._index.drugs.get(partner)
        return {("drug", partner)} | {("drug", class_id) for class_id in (drug.memberships if drug else ())}
