"""All that is recorded of one drug, food or class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monocli.engine.answers import Answer, Refusal
from monocli.engine.interactions.book import Book, Drug, Fit
from monocli.engine.interactions.check import nothing_recorded, see_also, shown, unknown_name
from monocli.engine.interactions.shapes import Match, finding_of, finding_order, note_of, pairs_of

if TYPE_CHECKING:
    from monocli.records.interactions import Party, StoredParty, StoredRule
    from monocli.records.output.interactions import ExceptedMember, Finding, Interactions, PairNote, Partner
    from monocli.records.resolution import Resolution


def recorded(book: Book, mentions: Sequence[Resolution], edition: str) -> Answer[Interactions] | Refusal:
    """Every rule in which a drug is a party, with its enzyme roles; for a class its members as well. Of a combination
    `mentions` are its parts.

    A rule for a class of partners is one finding with the number of its members, one for an enzyme role one finding.
    """
    if mentions[0]["id"] is None:
        return unknown_name(mentions[0], book)
    drugs = [book.drug(mention["id"]) for mention in mentions if mention["id"] is not None]
    findings: list[Finding] = []
    notes: list[PairNote] = []
    partners: dict[str, Partner] = {}
    for drug, rule, side in ((one, *found) for one in drugs for found in book.rules_of(one)):
        own = book.fit(rule, side, drug)
        for party in rule["between"][1 - side] if own else ():
            assert own is not None
            partner = _partner(book, party)
            if partner["id"] not in [part.id for part in drugs]:
                partners.setdefault(partner["id"], partner)
                _enter(book, rule, side, own, party, partner, findings, notes)
    findings.sort(key=finding_order)
    roles = [role for drug in drugs for role in drug.record.get("roles", [])]
    data: Interactions = {
        "drugs": [shown(mention) for mention in mentions],
        "pairs": pairs_of(findings),
        "interactions": findings,
        "notes": notes,
        "partners": list(partners.values()),
        "roles": roles,
        "members": [member for drug in drugs for member in drug.record.get("members", [])],
        "not_recorded": [],
        "not_checked": [],
    }
    warnings = tuple(see_also(book, [drug.id for drug in drugs]))
    if findings or notes or roles:
        return Answer(data, warnings)
    return nothing_recorded(data, edition, warnings)


def _enter(
    book: Book,
    rule: StoredRule,
    side: int,
    own: Fit,
    party: Party,
    partner: Partner,
    findings: list[Finding],
    notes: list[PairNote],
) -> None:
    """What a rule says of the drug and one party of its other side, taken as a whole."""
    other = _whole(book, party, partner)
    match = Match(rule, own, other) if side == 0 else Match(rule, other, own)
    if match.excepted or "kind" in rule:
        notes.append(note_of(match))
        return
    finding = finding_of(book, match)
    if "except" in party:
        finding["except"] = [_excepted(item["drug"], item["reason"], item, rule) for item in party["except"]]
    if all(known["between"] != finding["between"] or not _same(known, finding) for known in findings):
        findings.append(finding)


def _same(one: Finding, other: Finding) -> bool:
    """Whether two findings of one pair are of one rule, which lists the partner twice or from both sides."""
    return one["statement"] == other["statement"] and one["affected"] == other["affected"]


def _excepted(drug: str, reason: str, item: object, rule: StoredRule) -> ExceptedMember:
    source = item.get("source") if isinstance(item, dict) else None
    return {"drug": drug, "reason": reason, "source": str(source or rule["source"])}


def _whole(book: Book, party: Party, partner: Partner) -> Fit:
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


def _partner(book: Book, party: Party) -> Partner:
    if "enzyme" in party:
        enzyme, role = book.enzymes.id(party["enzyme"]), party["role"]
        name = f"{role}s of {enzyme}"
        return {"id": f"{enzyme}-{role}s", "name": name, "kind": "enzyme-role", "enzyme": enzyme, "role": role}
    drug = book.drug(party["class"] if "class" in party else party["drug"])
    partner: Partner = {"id": drug.id, "name": drug.name, "kind": drug.record["kind"]}
    if "class" in party:
        partner["members"] = len(drug.record.get("members", []))
    return partner
