"""All that is recorded of one drug, food or class."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from monocli.engine.answers import Answer, Refusal
from monocli.engine.interactions.book import Drug, InteractionBook
from monocli.engine.interactions.check import nothing_recorded, see_also, shown, unknown_name
from monocli.engine.interactions.findings import finding_of, note_of
from monocli.engine.interactions.given import Given, given_in
from monocli.engine.interactions.matches import Fit, Match, fit_of
from monocli.engine.interactions.ordering import finding_order, pairs_of

if TYPE_CHECKING:
    from monocli.records.interactions import MemberExcepted, Party, StoredParty, StoredRule
    from monocli.records.output.interactions import ExceptedMember, Finding, Interactions, PairNote, Partner
    from monocli.records.resolution import Resolution


def recorded(book: InteractionBook, mentions: Sequence[Resolution]) -> Answer[Interactions] | Refusal:
    """Every rule in which a drug is a party, with its enzyme roles; for a class its members as well. Of a combination
    `mentions` are its parts.

    A rule for a class of partners is one finding with the number of its members, one for an enzyme role one finding.
    What a source does not mean of the form in which the drug is given is a note.
    """
    if mentions[0]["id"] is None:
        return unknown_name(mentions[0], book)
    drugs = [book.drug(mention["id"]) for mention in mentions if mention["id"] is not None]
    said = _OfOneName(book, given_in(book, mentions))
    own_ids = {drug.id for drug in drugs}
    for drug in drugs:
        for rule, side in book.rules_of(drug):
            if own := fit_of(book, rule, side, drug):
                for party in rule["between"][1 - side]:
                    said.enter(rule, side, own, party, own_ids)
    said.findings.sort(key=finding_order)
    roles = [role for drug in drugs for role in drug.record.get("roles", [])]
    data: Interactions = {
        "drugs": [shown(mention) for mention in mentions],
        "pairs": pairs_of(said.findings),
        "interactions": said.findings,
        "notes": said.notes,
        "partners": list(said.partners.values()),
        "roles": roles,
        "members": [member for drug in drugs for member in drug.record.get("members", [])],
        "not_recorded": [],
        "not_checked": [],
    }
    warnings = tuple(see_also(book, [drug.id for drug in drugs]))
    if said.findings or said.notes or roles:
        return Answer(data, warnings)
    return nothing_recorded(data, book.edition, warnings)


class _OfOneName:
    """What the rules of one name say: findings, notes, and with whom."""

    def __init__(self, book: InteractionBook, given: Given) -> None:
        self.book = book
        self.given = given
        """How the drug is given, where that is said."""
        self.findings: list[Finding] = []
        self.notes: list[PairNote] = []
        self.partners: dict[str, Partner] = {}

    def enter(self, rule: StoredRule, side: int, own: Fit, party: Party, own_ids: Collection[str]) -> None:
        """What a rule says of the drug and one party of its other side, taken as a whole."""
        partner = _partner(self.book, party)
        if partner["id"] in own_ids:
            return
        self.partners.setdefault(partner["id"], partner)
        other = _whole(self.book, party, partner)
        match = Match(rule, own, other, self.given) if side == 0 else Match(rule, other, own, self.given)
        if note := note_of(match):
            self.notes.append(note)
        else:
            self._find(match, party)

    def _find(self, match: Match, party: Party) -> None:
        finding = finding_of(self.book, match)
        if "except" in party:
            finding["except"] = [_excepted(item, match.rule) for item in party["except"]]
        known = (one for one in self.findings if one["between"] == finding["between"])
        if not any(_same(one, finding) for one in known):
            self.findings.append(finding)


def _same(one: Finding, other: Finding) -> bool:
    """Whether two findings of one pair are of one rule, which lists the partner twice or from both sides."""
    return one["statement"] == other["statement"] and one["affected"] == other["affected"]


def _excepted(item: MemberExcepted, rule: StoredRule) -> ExceptedMember:
    return {"drug": item["drug"], "reason": item["reason"], "source": item.get("source", rule["source"])}


def _whole(book: InteractionBook, party: Party, partner: Partner) -> Fit:
    """A party as if it were the drug that falls under it."""
    if "enzyme" in party:
        record: StoredParty = {"id": partner["id"], "name": partner["name"], "kind": "class"}
        drug = Drug(record)
        drug.parts = (drug,)
        return Fit(party, drug, drug)
    drug = book.drug(partner["id"])
    if "class" not in party:
        return Fit(party, drug, drug)
    return Fit(party, drug, drug, party["class"], {"by": [], "list": None})


def _partner(book: InteractionBook, party: Party) -> Partner:
    if "enzyme" in party:
        enzyme, role = book.enzymes.id(party["enzyme"]), party["role"]
        name = f"{role}s of {enzyme}"
        return {"id": f"{enzyme}-{role}s", "name": name, "kind": "enzyme-role", "enzyme": enzyme, "role": role}
    drug = book.drug(party["class"] if "class" in party else party["drug"])
    partner: Partner = {"id": drug.id, "name": drug.name, "kind": drug.record["kind"]}
    if "class" in party:
        partner["members"] = len(drug.record.get("members", []))
    return partner
