"""The dose that a patient is on, as people write it: "400 mg", "400 mg twice daily", "260 mg/m2"."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import Note, Refusal, bad_value, not_readable, too_long
from monocli.engine.dosing.work import OWN, needed, step
from monocli.engine.inputs import CURRENT
from monocli.engine.names import normalise, visible
from monocli.engine.quantities.numbers import exact
from monocli.engine.quantities.quantity import read_quantity
from monocli.engine.quantities.values import Value
from monocli.engine.writings import refused_word
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.records.output.dose_rules import DoseStep
    from monocli.records.units import AbbreviationsFile

DAY = "day"
_A_DAY = r"(?:daily|(?:a|per|each|every|in)\s+day|/\s*d(?:ay)?|(?:/|per|in)\s*24\s*h(?:(?:ou)?rs?)?)"
_TIMES = (
    rf"[,;]?\s*\b(?P<times>once|twice|(?:1|2|one|two)\s*(?:times|x|×))\s*{_A_DAY}$"
    r"|[,;]?\s*\b(?P<abbreviated>od|o\.d\.?|bd|b\.d\.?|bid|b\.i\.d\.?)$"
    r"|[,;]?\s*\b(?:(?:every|each|q)\s*(?P<every>12|24)[\s-]*h(?:(?:ou)?rs?)?|(?P<hourly>12|24)[\s-]*hourly)$"
    rf"|[,;]?\s*(?:\b|(?=/)){_A_DAY}$"
)
_COUNTED = r"\s*(?P<count>[1-9])\s*[xX×]\s*(?!10\s*(?:\^|[⁰¹²³⁴⁵⁶⁷⁸⁹]))(?P<each>\d.*)"
"""Tablets: "2 x 400 mg"; but "2 x 10^2 mg" is a power of ten."""
_PER = {"m2": "m2", "m²": "m2", "m^2": "m2", "kg": "kg"}


class Current(Record):
    """A dose a day, as the drug that doses are expressed as.

    `basis`: "day", or per "m2" or "kg", which `unit` says too.
    """

    value: Value
    basis: str
    unit: str
    steps: tuple[DoseStep, ...]
    notes: tuple[Note, ...] = ()

    @property
    def text(self) -> str:
        return self.value.text(self.unit)


def read_current(
    book: DoseBook, text: str | None, *, by_body: bool, abbreviations: AbbreviationsFile | None = None
) -> Current | Refusal:
    """The current dose.

    A bare number is in the unit of the rules, except where doses go by area or weight (`by_body`): then it is asked.
    """
    unit = book.unit
    if text is None:
        return needed(
            "value-needed", CURRENT, "the current dose is needed", f"add {CURRENT}, such as {CURRENT} '400 {unit}'"
        )
    if refused := too_long(text, CURRENT):
        return refused
    hint = f"a dose a day, such as '400 {unit}', '400 {unit} twice daily' or '340 {unit}/m2'"
    counted = re.fullmatch(_COUNTED, text) if any(sign in text for sign in "xX×") else None
    quantity = read_quantity(counted["each"] if counted else text)
    if isinstance(quantity, Refusal):
        return not_readable(CURRENT, quantity, hint)
    if quantity.value <= 0:
        return bad_value(CURRENT, f"a dose must be more than 0: {visible(text)!r}", hint)
    rest = quantity.unit.casefold()
    schedule = re.search(_TIMES, rest) if rest not in _units(book) else None
    if unread := refused_word(abbreviations, text):
        written, record = unread
        message = f"{written!r} is an error-prone abbreviation and is not read: {record['why']}"
        return bad_value(CURRENT, message, f"write {' or '.join(map(repr, record['write']))}; {hint}")
    if counted and schedule and any(schedule.groupdict().values()):
        return bad_value(CURRENT, f"{visible(text)!r} may be one or several doses of {counted['count']}", hint)
    times = int(counted["count"]) if counted else _times_daily(schedule)
    rest = (rest[: schedule.start()] if schedule else rest).strip()
    if not rest and by_body:
        return bad_value(CURRENT, f"{visible(text)!r} may be {unit} or {unit}/m2", f"write the unit; {hint}")
    found = _unit(book, rest)
    if found is None:
        return bad_value(CURRENT, f"{visible(rest)!r} is not a unit of {book.drug} doses", hint)
    factor, basis, words = found
    is_salt = _is_salt(book, words)
    if isinstance(is_salt, Refusal):
        return is_salt
    current = _current(book, quantity.value, factor, basis, times, is_salt, typed=visible(text.strip()))
    if not rest:
        read = f"{current.text} of {book.expressed_form} a day"
        message = f"{visible(text.strip())!r} has no unit and was read as {read}."
        current = current.replaced(notes=(Note("unit-assumed", message, {"field": CURRENT}),))
    return _plausible(book, current, hint)


def _times_daily(schedule: re.Match[str] | None) -> int:
    """How often a day the words after an amount say that it is taken."""
    if schedule is None:
        return 1
    if hours := schedule["every"] or schedule["hourly"]:
        return 24 // int(hours)
    said = schedule["times"] or schedule["abbreviated"] or ""
    return 2 if said.startswith(("tw", "2", "b")) else 1


def _unit(book: DoseBook, text: str) -> tuple[Fraction, str, str] | None:
    """(factor to the unit of the rules, basis, words after the unit); the unit of the rules where there is no text."""
    units = _units(book)
    if not text or text in units:
        return units.get(text, Fraction(1)), DAY, ""
    names = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
    match = re.fullmatch(rf"(?P<unit>{names})s?(?:\s*(?:/|per)\s*(?P<per>m2|m²|m\^2|kg))?(?:\s+(?P<words>.+))?", text)
    if match is None:
        return None
    return units[match["unit"]], _PER[match["per"]] if match["per"] else DAY, match["words"] or ""


def _units(book: DoseBook) -> dict[str, Fraction]:
    """What a dose may be counted in, by what is written, with its factor to the unit of the rules."""
    return {book.unit.casefold(): Fraction(1)} | {u["name"].casefold(): exact(u["factor"]) for u in book.unit_names}


def _is_salt(book: DoseBook, words: str) -> bool | Refusal:
    """Whether the amount is of the salt; refused where the words after it mean neither the drug nor its salt."""
    key = normalise(words.removeprefix("of "))
    salt = book.salt
    if not key or key in map(normalise, (book.drug, *book.drug_names)):
        return False
    if salt and key in map(normalise, (salt["substance"], *salt.get("names", []))):
        return True
    known = book.drug + (f" or {salt['substance']}" if salt else "")
    return bad_value(
        CURRENT,
        f"{visible(words)!r} after the amount is not understood",
        f"an amount of {known}, 'daily' or 'twice daily'",
    )


def _current(
    book: DoseBook, number: Fraction, factor: Fraction, basis: str, times: int, is_salt: bool, typed: str
) -> Current:
    unit = book.unit if basis == DAY else f"{book.unit}/{basis}"
    salt = book.salt
    amount = number * factor * times
    inputs = " × ".join(
        [
            Value(number).text(),
            *([Value(factor).text()] if factor != 1 else []),
            *([f"{times} a day"] if times > 1 else []),
        ]
    )
    if not is_salt or salt is None:
        text = f"Current dose {typed!r}: {Value(amount).text(unit)} a day, as {book.drug}."
        shown = step("current dose", text, OWN, inputs=inputs, result=Value(amount).text(unit))
        return Current(Value(amount), basis, unit, (shown,))
    base = Value(amount / exact(salt["factor"]))
    about = "about " if salt["about"] else ""
    text = f"Current dose {typed!r} is an amount of {salt['substance']}. {salt['text']}"
    shown = step(
        "salt",
        text,
        book.cite(salt),
        formula=f"{book.drug} = {salt['substance']} / {salt['factor']}",
        inputs=f"{inputs} / {salt['factor']}",
        result=f"{about}{base.text(unit)} {book.drug}",
    )
    return Current(base, basis, unit, (shown,))


def _plausible(book: DoseBook, current: Current, hint: str) -> Current | Refusal:
    limit = book.plausible
    if limit is None or current.value.number <= exact(limit["daily_at_most"]):
        return current
    ceiling = f"{limit['daily_at_most']} {book.unit}, this library's own limit"
    message = f"{current.text} a day is beyond belief (above {ceiling})"
    return bad_value(CURRENT, message, hint)
