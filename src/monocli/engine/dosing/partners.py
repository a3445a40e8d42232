"""What another drug does to the dose: only what is printed of that very drug, and only by the printed figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import BAD_INPUT, Note, Refusal
from monocli.engine.dosing.requests import OtherDrug, Recorded, Request
from monocli.engine.dosing.when import Circumstances, possible
from monocli.engine.dosing.work import cite, listed, needed
from monocli.engine.inputs import START, WITH, ask
from monocli.engine.names import normalise, visible
from monocli.engine.quantities.numbers import decimal_text, exact
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.records.dose_rules import PartnerRule
    from monocli.records.dose_shared import PrintedAdvice

_WHOLE = 100
"""Per cent of a whole."""
NOT_ADJUSTED = "dose-not-adjusted"
"""Warning beside a dose: nothing is printed of the dose with this drug, so it stands as it is."""


AVOIDED = "avoid-combination"
"""Warning that the source of the dose rules says to avoid the combination for which it has a figure."""


class Change(Record):
    """A printed change of the daily dose in per cent, with the drugs that ask for it."""

    rule: PartnerRule
    names: tuple[str, ...]

    @property
    def percent(self) -> Fraction:
        return exact(self.rule.get("percent", "0"))

    @property
    def factor(self) -> Fraction:
        return 1 + self.percent / _WHOLE

    @property
    def at_least(self) -> bool:
        """Whether the printed figure is the least: the dose worked out is then no upper end."""
        return bool(self.rule.get("at_least", False))

    @property
    def text(self) -> str:
        """The change and its reason, such as "at least +50 % for" a drug."""
        sign = "+" if self.percent >= 0 else "−"
        least = "at least " if self.at_least else ""
        return f"{least}{sign}{decimal_text(abs(self.percent))} % for {listed(list(self.names))}"


class Effects(Record):
    """What is printed of all partners together. `change` is None where no figure is printed for any of them."""

    change: Change | None
    notes: tuple[Note, ...]
    rules: tuple[PartnerRule, ...]

    @property
    def advice(self) -> list[PrintedAdvice]:
        """The advice that comes with the rules that applied, each cited by its rule where it names no section.

        What stands among the warnings is left out.
        """
        return [
            {**advice, **cite(advice, rule)}
            for rule in self.rules
            for advice in rule.get("advice", [])
            if not advice.get("warning")
        ]


def check_partners(book: DoseBook, request: Request) -> Refusal | None:
    """The first partner that is not one known drug: unrecognised, a class, or the drug itself."""
    others = [*((WITH, partner) for partner in request.partners), *((START, partner) for partner in request.start)]
    for option, partner in others:
        shown = visible(partner.query)
        detail = {"field": option, "query": shown}
        if partner.status == "ambiguous":
            from monocli.engine.ambiguous import ambiguous_name

            return ambiguous_name(partner.query, partner.suggestions).replaced(kind=BAD_INPUT, detail=detail)
        if partner.status == "unknown" or partner.id is None:
            message = f"{option}: {shown!r} is not recognised; its effect cannot be judged and no dose is given"
            hint = "names are taken exactly; check the spelling"
            return Refusal("unknown-name", message, hint, partner.suggestions, detail=detail)
        if partner.status == "class":
            return needed("drug-needed", option, f"{option}: {shown!r} is a class of drugs", "name the drug itself")
        if partner.id == book.id:
            message = f"{option}: {shown!r} is the drug that the dose is asked for"
            return Refusal("same-drug", message, f"name the other drug after {option}", kind=BAD_INPUT, detail=detail)
    return None


def effects_of(
    book: DoseBook, partners: Sequence[OtherDrug], population: str, *, answered: bool = False
) -> Effects | Refusal:
    """The printed effects of all partners.

    One printed increase is never applied twice; two different ones are refused. `answered`: a dose is given all the
    same, so that a drug without a rule is no reason to refuse (`dose-not-adjusted`).
    """
    rules: list[PartnerRule] = []
    notes: list[Note] = []
    code = NOT_ADJUSTED if answered else "no-dose-in-source"
    changes: dict[int, Change] = {}
    for partner in {p.id: p for p in partners}.values():
        name = partner.name or partner.query
        rule = book.partner(partner.id)
        if rule is None:
            notes.append(_nothing_printed(book, partner, name, code))
            continue
        if rule not in rules:
            rules.append(rule)
        if rule["effect"] == "percent":
            held = changes.get(id(rule))
            changes[id(rule)] = Change(rule, (*held.names, name) if held else (name,))
        else:
            notes.append(_no_figure(book, rule, name, code))
    if len(changes) > 1:
        names = listed([name for change in changes.values() for name in change.names])
        message = f"each of {names} changes the dose; nothing is printed of them together"
        return Refusal("no-dose-in-source", message, "a specialist decides", notes=tuple(notes))
    change = next(iter(changes.values()), None)
    if change is not None:
        notes += _of_change(book, change, population)
    warned = {a["text"]: cite(a, rule) for rule in rules for a in rule.get("advice", []) if a.get("warning")}
    notes += [Note("later-source", text, cited) for text, cited in warned.items()]
    notes += _said(AVOIDED, partners, lambda p, r: _own_avoidance(r) and book.partner(p.id) is not None)
    notes += _said("later-source", partners, lambda _, r: r.beside)
    return Effects(change, tuple(notes), tuple(rules))


def _own_avoidance(recorded: Recorded) -> bool:
    """Whether the source of the dose rules says itself that the combination is to be avoided. A drug without a rule has
    that in its own warning; a figure alone would not say it."""
    return not recorded.beside and recorded.level != "predicted" and recorded.action == "avoid"


def _said(code: str, partners: Sequence[OtherDrug], told: Callable[[OtherDrug, Recorded], bool]) -> list[Note]:
    """What is recorded of the partners and `told`: each statement once, with the drugs of which it is said and no
    others."""
    said: dict[str, tuple[Recorded, list[str]]] = {}
    for partner in {p.id: p for p in partners}.values():
        for recorded in partner.recorded:
            if told(partner, recorded):
                text = f"{recorded.action.upper()} by {_cited(recorded)}: {_in_full(recorded)}"
                said.setdefault(text, (recorded, []))[1].append(partner.name or partner.query)
    return [
        Note(
            code,
            f"{listed(names)}: {text}",
            {"agent": listed(names), "action": recorded.action, **(dict(recorded.sources[0]))},
        )
        for text, (recorded, names) in said.items()
    ]


def _in_full(recorded: Recorded) -> str:
    """What to do where the statement does not say it, the statement, and the conditions under which it was made."""
    said = recorded.management is None or recorded.management.rstrip(".") in recorded.statement
    do = "" if said else f"{recorded.management} "
    under = f" (Conditions: {'; '.join(recorded.conditions)}.)" if recorded.conditions else ""
    return f"{do}{recorded.statement}{under}"


def _nothing_printed(book: DoseBook, partner: OtherDrug, name: str, code: str) -> Note:
    """A drug without a dose rule: what the interaction data have of it, or that they have nothing."""
    agent = {"agent": name}
    drug = book.drug
    if not partner.recorded:
        message = (
            f"{name}: neither the dose data of {drug} nor its interactions say anything of it, which does not make it "
            f"safe. The dose is not adjusted for it."
        )
        return Note(code, message, {**agent, "source": book.source})
    own = [r for r in partner.recorded if not r.beside]
    from shlex import quote

    see = f"See: {ask('interactions')} {quote(drug)} {quote(name)}"
    unchanged = f"{name}: no dose of {drug} is printed with it, so the dose is not adjusted for it"
    if not own:
        message = f"{unchanged}, but another source speaks of the two: see the warning of that source. {see}"
        first = partner.recorded[0]
        return Note(code, message, {**agent, "action": first.action, "source": book.source})
    found = "; ".join(f"{r.action.upper()} ({r.level}): {_in_full(r)} ({_cited(r)})" for r in own)
    message = f"{unchanged}, but the interaction data say {found} {see}"
    return Note(code, message, {**agent, "action": own[0].action, **dict(own[0].sources[0])})


def _cited(recorded: Recorded) -> str:
    """The first source is the one that says it; the others say who belongs where."""
    return "; ".join(dict.fromkeys(str(source["source"]) for source in recorded.sources))


def _no_figure(book: DoseBook, rule: PartnerRule, name: str, code: str) -> Note:
    """A printed rule without a figure. Its name stands before it unless it begins with it."""
    own = normalise(rule["text"]).startswith(normalise(name))
    text = f"{'' if own else f'{name}: '}{rule['text']} The dose is not adjusted for it."
    shown = code if rule["effect"] == "no-dose-in-source" else rule["effect"]
    return Note(shown, text, {"agent": name, **book.cite(rule)})


def _of_change(book: DoseBook, change: Change, population: str) -> list[Note]:
    notes = [
        Note(gap["code"], gap["text"], book.cite(gap, change.rule))
        for gap in possible(change.rule.get("not_stated", []), Circumstances(population))
    ]
    if len(change.names) > 1:
        message = (
            f"One change of {decimal_text(change.percent)} % is printed; what {listed(list(change.names))} need "
            f"together is not. It is applied once."
        )
        notes.append(Note("source-ambiguous", message, book.cite(change.rule)))
    return notes
