"""What another drug does to the dose: only what is printed of that very drug, and only by the printed figure."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from monocli.engine.answers import BAD_INPUT, Note, Refusal
from monocli.engine.dosing.requests import Partner
from monocli.engine.dosing.work import cite, listed, needed
from monocli.engine.names import visible
from monocli.engine.numbers import decimal_text, exact

if TYPE_CHECKING:
    from monocli.records.doses import DosesFile, PartnerRule

_WHOLE = 100
"""Per cent of a whole."""


class Change(NamedTuple):
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
    def text(self) -> str:
        """The change and its reason, such as "+50 % for" a drug."""
        sign = "+" if self.percent >= 0 else "−"
        return f"{sign}{decimal_text(abs(self.percent))} % for {listed(list(self.names))}"


class Effects(NamedTuple):
    """What is printed of all partners together. `change` is None where no figure is printed for any of them."""

    change: Change | None
    notes: tuple[Note, ...]
    rules: tuple[PartnerRule, ...]


def check_partners(document: DosesFile, partners: Sequence[Partner], option: str) -> Refusal | None:
    """The first partner that is not one known drug: unrecognised, a class, or the drug itself."""
    for partner in partners:
        shown = visible(partner.query)
        detail = {"option": option, "query": shown}
        if partner.status == "unknown" or partner.id is None:
            message = f"{option}: {shown!r} is not recognised; its effect cannot be judged and no dose is given"
            hint = "names are taken exactly; check the spelling"
            return Refusal("unknown-name", message, hint, partner.suggestions, detail=detail)
        if partner.status == "class":
            return needed("drug-needed", option, f"{option}: {shown!r} is a class of drugs", "name the drug itself")
        if partner.id == document["id"]:
            message = f"{option}: {shown!r} is the drug that the dose is asked for"
            return Refusal(
                "same-drug", message, f"name the other drug after {option}", exit_code=BAD_INPUT, detail=detail
            )
    return None


def effects_of(document: DosesFile, partners: Sequence[Partner], population: str) -> Effects | Refusal:
    """The printed effects of all partners.

    One printed increase is never applied twice; two different ones are refused.
    """
    rules: list[PartnerRule] = []
    notes: list[Note] = []
    changes: dict[int, Change] = {}
    for partner in {p.id: p for p in partners}.values():
        name = partner.name or partner.query
        rule = next((r for r in document.get("partners", []) if partner.id in r["agents"]), None)
        if rule is None:
            notes.append(_nothing_printed(document, name))
            continue
        if rule not in rules:
            rules.append(rule)
        if rule["effect"] == "percent":
            held = changes.get(id(rule))
            changes[id(rule)] = Change(rule, (*held.names, name) if held else (name,))
        else:
            notes.append(_no_figure(document, rule, name))
    if len(changes) > 1:
        names = listed([name for change in changes.values() for name in change.names])
        message = f"each of {names} changes the dose; nothing is printed of them together"
        return Refusal("no-dose-in-source", message, "a specialist decides", notes=tuple(notes))
    change = next(iter(changes.values()), None)
    if change is not None:
        notes += _of_change(document, change, population)
    return Effects(change, tuple(notes), tuple(rules))


def _nothing_printed(document: DosesFile, name: str) -> Note:
    message = (
        f"{name}: the dose data of {document['drug']} say nothing of it, which does not make it safe. "
        f"The dose is not adjusted; `mono interactions` shows what is recorded."
    )
    return Note("no-dose-in-source", message, {"agent": name, "source": document["source"]})


def _no_figure(document: DosesFile, rule: PartnerRule, name: str) -> Note:
    return Note(
        rule["effect"], f"{name}: {rule['text']} The dose is not adjusted.", {"agent": name, **cite(rule, document)}
    )


def _of_change(document: DosesFile, change: Change, population: str) -> list[Note]:
    notes = [
        Note(gap["code"], gap["text"], cite(gap, change.rule, document))
        for gap in change.rule.get("not_stated", [])
        if population in gap["populations"]
    ]
    if len(change.names) > 1:
        message = (
            f"One change of {decimal_text(change.percent)} % is printed; what {listed(list(change.names))} need "
            f"together is not. It is applied once."
        )
        notes.append(Note("source-ambiguous", message, cite(change.rule, document)))
    return notes


def advice_of(effects: Effects) -> list[dict[str, Any]]:
    """The advice that comes with the rules that applied, each cited by its rule where it names no section."""
    return [{**advice, **cite(advice, rule)} for rule in effects.rules for advice in rule.get("advice", [])]
