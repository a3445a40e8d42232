"""Whether what is printed applies in a patient's circumstances."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from monocli.engine.numbers import exact

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.records.doses import PrintedAdvice, When
    from monocli.records.output.dosing import Advice


class Circumstances(NamedTuple):
    """What conditions may be about: whom the dose is for, where, the day's dose, and whether there is a grade of
    impairment."""

    population: str
    region: str | None
    daily: Fraction
    impaired: bool


def _applies(when: When, to: Circumstances) -> bool:
    """Whether every condition holds."""
    return (
        to.population in when.get("populations", [to.population])
        and to.region in when.get("regions", [to.region])
        and to.daily >= exact(when.get("daily_at_least", "0"))
        and when.get("impairment", to.impaired) == to.impaired
    )


def applicable_advice(book: DoseBook, advice: Iterable[PrintedAdvice], to: Circumstances) -> list[Advice]:
    """The advice that applies, as JSON shows it."""
    return [{"text": a["text"], "kind": a["kind"], **book.cite(a)} for a in advice if _applies(a.get("when", {}), to)]
