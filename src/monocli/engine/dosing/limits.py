"""Warnings of doses above what is printed: the highest dose, a maximum, the start of another population."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from monocli.engine.answers import Note
from monocli.engine.bsa import Value
from monocli.engine.dosing.indications import doses_for
from monocli.engine.dosing.regimens import Computed
from monocli.engine.dosing.work import cite
from monocli.engine.numbers import exact

if TYPE_CHECKING:
    from monocli.records.doses import Doses, DosesFile

NOT_CAPPED = "The arithmetic is shown; nothing was capped. The source does not resolve this: a specialist decides."


class Limited(NamedTuple):
    """A warning, and the places (from 0) of the regimens that it concerns."""

    note: Note
    concerns: tuple[int, ...]


def limits_notes(document: DosesFile, regimens: Sequence[Computed], population: str | None) -> list[Limited]:
    """Warnings of doses above what is printed, and of maxima that are not printed."""
    found: list[Limited] = []
    unit = document["unit"]
    highest = document.get("highest_printed")
    if highest is not None:
        above = [i for i, r in enumerate(regimens) if r.daily.number > exact(highest["daily"])]
        if above:
            found.append(
                Limited(_above_highest(document, [regimens[i].daily for i in above], population), tuple(above))
            )
    beyond: dict[str, list[int]] = {}
    for place, regimen in enumerate(regimens):
        if regimen.maximum is not None and regimen.daily.number > regimen.maximum:
            maximum = Value(regimen.maximum).text(unit)
            message = f"{regimen.daily.text(unit)} a day is above the printed maximum of {maximum}. {NOT_CAPPED}"
            beyond.setdefault(message, []).append(place)
    for message, places in beyond.items():
        found.append(Limited(Note("exceeds-maximum", message, regimens[places[0]].citation), tuple(places)))
    for text in dict.fromkeys(r.regimen["maximum_note"] for r in regimens if "maximum_note" in r.regimen):
        places = [i for i, r in enumerate(regimens) if r.regimen.get("maximum_note") == text]
        found.append(Limited(Note("no-maximum-printed", text, regimens[places[0]].citation), tuple(places)))
    return found


def _above_highest(document: DosesFile, doses: Sequence[Value], population: str | None) -> Note:
    above = list(dict.fromkeys(dose.text(document["unit"]) for dose in doses))
    highest = document["highest_printed"]
    more = highest.get("not_maximum")
    said = [highest["text"], *([more["text"]] if more and population in more["populations"] else []), NOT_CAPPED]
    message = f"above the highest printed dose: {', '.join(above)} a day. {' '.join(said)}"
    return Note("exceeds-highest-printed", message, {"doses": above, **cite(highest, document)})


def highest_note(document: DosesFile, dose: Value, population: str | None) -> Note | None:
    """The warning of one daily dose above the highest that is printed."""
    highest = document.get("highest_printed")
    above = highest is not None and dose.number > exact(highest["daily"])
    return _above_highest(document, [dose], population) if above else None


def above_others(document: DosesFile, doses: Doses, computed: Sequence[Computed]) -> list[Limited]:
    """A warning where a start comes out above the fixed one printed for the same phase in another population."""
    compare = doses.get("compare")
    if compare is None:
        return []
    other = next(i for i in document["indications"] if i["id"] == compare["indication"])
    starts = [
        exact(r["daily"])
        for d in doses_for(other, compare["population"], None)
        for r in d["regimens"]
        if r["stage"] == "start" and "daily" in r
    ]
    above = [
        i
        for i, c in enumerate(computed)
        if c.regimen["stage"] == "start" and any(c.daily.number > start for start in starts)
    ]
    if not above:
        return []
    daily = ", ".join(computed[i].daily.text(document["unit"]) for i in above)
    note = Note("exceeds-adult-dose", f"{daily} a day: {compare['text']}", cite(doses, document))
    return [Limited(note, tuple(above))]
