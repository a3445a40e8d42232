"""Warnings of doses above what is printed: the highest dose, a maximum, the start of another population."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monocli.engine.answers import Note
from monocli.engine.dosing.book import doses_for
from monocli.engine.dosing.when import Circumstances, holds
from monocli.engine.quantities.numbers import exact
from monocli.engine.quantities.values import Value
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.engine.dosing.regimens import Computed
    from monocli.records.dose_rules import HighestPrinted
    from monocli.records.doses import Doses

NOT_CAPPED = "The arithmetic is shown; nothing was capped. The source does not resolve this: a specialist decides."


class Limited(Record):
    """A warning, and the places (from 0) of the regimens that it concerns."""

    note: Note
    concerns: tuple[int, ...]


def limits_notes(book: DoseBook, regimens: Sequence[Computed], population: str | None) -> list[Limited]:
    """Warnings of doses above what is printed, and of maxima that are not printed."""
    found: list[Limited] = []
    unit = book.unit
    highest = book.highest_printed
    if highest is not None:
        above = [i for i, r in enumerate(regimens) if r.daily.number > exact(highest["daily"])]
        if above:
            note = _above_highest(book, highest, [regimens[i].daily for i in above], population)
            found.append(Limited(note, tuple(above)))
    beyond: dict[tuple[str, str], list[int]] = {}
    for place, regimen in enumerate(regimens):
        if regimen.maximum is not None and regimen.daily.number > regimen.maximum:
            maximum = Value(regimen.maximum).text(unit)
            beyond.setdefault((regimen.daily.text(unit), maximum), []).append(place)
    for (above_it, maximum), places in beyond.items():
        message = f"{above_it} a day is above the printed maximum of {maximum}. {NOT_CAPPED}"
        detail = {"doses": [above_it], "maximum": maximum, **regimens[places[0]].citation}
        found.append(Limited(Note("exceeds-maximum", message, detail), tuple(places)))
    for text in dict.fromkeys(r.regimen["maximum_note"] for r in regimens if "maximum_note" in r.regimen):
        places = [i for i, r in enumerate(regimens) if r.regimen.get("maximum_note") == text]
        found.append(Limited(Note("no-maximum-printed", text, regimens[places[0]].citation), tuple(places)))
    return found


def _above_highest(book: DoseBook, highest: HighestPrinted, doses: Sequence[Value], population: str | None) -> Note:
    above = list(dict.fromkeys(dose.text(book.unit) for dose in doses))
    more = highest.get("not_maximum")
    said = [highest["text"], *([more["text"]] if more and holds(more, Circumstances(population)) else []), NOT_CAPPED]
    message = f"above the highest printed dose: {', '.join(above)} a day. {' '.join(said)}"
    return Note("exceeds-highest-printed", message, {"doses": above, **book.cite(highest)})


def highest_note(book: DoseBook, dose: Value, population: str | None) -> Note | None:
    """The warning of one daily dose above the highest that is printed."""
    highest = book.highest_printed
    if highest is None or dose.number <= exact(highest["daily"]):
        return None
    return _above_highest(book, highest, [dose], population)


def above_others(book: DoseBook, doses: Doses, computed: Sequence[Computed]) -> list[Limited]:
    """A warning where a start comes out above the fixed one printed for the same phase in another population."""
    compare = doses.get("compare")
    if compare is None:
        return []
    other = book.indication(compare["indication"])
    starts = [
        exact(r["daily"])
        for d in doses_for(other, compare["population"], None)
        for r in d["regimens"]
        if r["stage"] == "start" and "daily" in r and "scale_by" not in r
    ]
    above = [
        i
        for i, c in enumerate(computed)
        if c.regimen["stage"] == "start" and any(c.daily.number > start for start in starts)
    ]
    if not above:
        return []
    daily = ", ".join(computed[i].daily.text(book.unit) for i in above)
    note = Note("exceeds-adult-dose", f"{daily} a day: {compare['text']}", book.cite(doses))
    return [Limited(note, tuple(above))]
