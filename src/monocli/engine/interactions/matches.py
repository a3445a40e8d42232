"""The rules that hold for two drugs, and how each of them falls under its side: by name, by class or by enzyme role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from monocli.engine.interactions.book import FIRST, SECOND, Drug, InteractionBook
from monocli.engine.interactions.given import NOTHING_SAID, Given, by_routes
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.records.agents import Role
    from monocli.records.interactions import ClassMembership, MemberExcepted, Party, StoredRule
    from monocli.records.output.interactions import LeftOutFor
    from monocli.records.words import Route


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


class Match(Record):
    """A rule that two drugs meet in, with how each falls under its side."""

    rule: StoredRule
    first: Fit
    second: Fit
    given: Given = NOTHING_SAID

    @property
    def fits(self) -> tuple[Fit, Fit]:
        return self.first, self.second

    @property
    def pair(self) -> list[str]:
        """The ids of the two, in the order of the alphabet."""
        return sorted((self.first.drug.id, self.second.drug.id))

    @property
    def affected(self) -> Drug | None:
        """The drug that the rule says is affected; None where the two add up."""
        side = self.rule.get("affected")
        return None if side is None else self.first.drug if side == "first" else self.second.drug

    @property
    def excepted(self) -> Fit | None:
        """The side for whose drug the rule makes an exception."""
        return self.first if self.first.excepted else self.second if self.second.excepted else None

    def not_meant(self) -> Fit | None:
        """The side whose drug is given in a form that acts where it is applied, which the source does not mean."""
        forms = self.rule.get("local_forms")
        if forms is None or not self.given.local:
            return None
        meant, classes = forms.get("drugs", ()), forms.get("classes", ())
        given = (fit for fit in self.fits if fit.drug.id in self.given.local)
        return next((fit for fit in given if fit.part.id not in meant and fit.class_id not in classes), None)

    def left_out(self) -> tuple[Fit, LeftOutFor, str] | None:
        """The side whose drug the rule does not mean as the list gives it, why, and what it means in words."""
        for fit, side in zip(self.fits, ("first", "second"), strict=True):
            partners = fit.membership.get("together_with") if fit.membership else None
            if partners and self.given.beside.isdisjoint(partners):
                return fit, "alone", f"only together with {' or '.join(partners)}"
            for routes in self._meant_by(fit, side) if self.given.routes else ():
                if self.given.is_other(fit.drug.id, routes):
                    return fit, "route", by_routes(routes)
        return None

    def _meant_by(self, fit: Fit, side: str) -> Iterator[list[Route]]:
        """The routes for which the rule means the drug of a side: by its party, by its class, by all of its cases."""
        if "by" in fit.party:
            yield fit.party["by"]
        if fit.membership and "routes" in fit.membership:
            yield fit.membership["routes"]
        cases = self.rule.get("cases", [])
        of_cases = [case.get("first_by") if side == "first" else case.get("second_by") for case in cases]
        if of_cases and None not in of_cases:
            yield list(dict.fromkeys(route for routes in of_cases for route in routes or ()))

    @property
    def by_role(self) -> Fit | None:
        """The side that is everything with an enzyme role."""
        return self.first if "enzyme" in self.first.party else self.second if "enzyme" in self.second.party else None

    @property
    def filed_under(self) -> str | None:
        """The drug under which the source files what it says, where it is neither of the two."""
        for fit in self.fits:
            if "drug" in fit.party and fit.party["drug"] != fit.part.id:
                return fit.party["drug"]
        return None


def matches(book: InteractionBook, one: Drug, other: Drug, given: Given = NOTHING_SAID) -> Iterator[Match]:
    """The rules that hold for two drugs, or from which one is excepted."""
    told: set[str] = set()
    for first, second in ((one, other), (other, one)):
        for key in sorted(first.sides[FIRST] & second.sides[SECOND]):
            rule = book.rule(key)
            # Two that add up do so once, also where each falls under both sides.
            if "affected" not in rule and key in told:
                continue
            here, there = fit_of(book, rule, FIRST, first), fit_of(book, rule, SECOND, second)
            if here and there and here.part.id != there.part.id:
                told.add(key)
                yield Match(rule, here, there, given)


def fit_of(book: InteractionBook, rule: StoredRule, side: int, drug: Drug) -> Fit | None:
    """How a drug falls under a side of a rule, or None: by name before by class, by class before by role, and not at
    all where every way is excepted."""
    fits = [fit for party in rule["between"][side] for fit in _fits(book, rule, party, drug)]
    if not fits:
        return None
    best = min(fits, key=_rank) if len(fits) > 1 else fits[0]
    if not best.roles:
        return best
    roles = (role for fit in fits if fit.party.get("role") == best.party.get("role") for role in fit.roles)
    every: list[Role] = []
    every.extend(role for role in roles if role not in every)
    return best.replaced(roles=tuple(every))


def _fits(book: InteractionBook, rule: StoredRule, party: Party, drug: Drug) -> list[Fit]:
    """How the drug, and each of its parts, is the party that a rule names."""
    if "drug" in party:
        return [Fit(party, drug, part) for part in drug.parts if party["drug"] in part.listed_as]
    if "class" in party:
        return [fit for part in drug.parts if (fit := _by_class(rule, party, drug, part)) is not None]
    family = book.enzymes.family(party["enzyme"])
    held = [(part, book.roles(part, party["role"], family)) for part in drug.parts]
    return [Fit(party, drug, part, roles=tuple(roles)) for part, roles in held if roles]


def _by_class(rule: StoredRule, party: Party, drug: Drug, part: Drug) -> Fit | None:
    class_id = party["class"]
    membership = _membership(rule, class_id, part)
    if membership is None or (party.get("whole") and part.id != class_id):
        return None
    excepted = next((item for item in party.get("except", ()) if item["drug"] == part.id), None)
    return Fit(party, drug, part, class_id, membership, excepted or membership.get("excepted"))


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
    known = drug.memberships.get(class_id)
    if known is None:
        return None
    if class_id == drug.id or class_id not in rule.get("lists_members_of", ()):
        return next((item for item in known if not _asks(item)), known[0])
    return next((item for item in known if item["list"] == rule["source"]), None)
