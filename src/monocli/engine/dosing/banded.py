"""Doses as the printed bands of a value leave them: a part of the usual start, a limit of the day, and what is left of
the increases. A limit is one of the day's total; how the day is then divided is taken from what is printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from monocli.engine.answers import Note
from monocli.engine.dosing import regimens
from monocli.engine.dosing.book import a_day, measure_of
from monocli.engine.dosing.work import step
from monocli.engine.quantities.numbers import exact
from monocli.engine.quantities.values import Value

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook, Printed
    from monocli.engine.dosing.facts import Placed
    from monocli.engine.dosing.regimens import Computed
    from monocli.records.doses import PrintedRegimen

_BEGINNING = ("start", "option")


def in_bands(
    book: DoseBook, printed: list[Computed], bands: Sequence[Placed], population: str, region: str | None
) -> tuple[list[Computed], list[Note]]:
    """The regimens as the bands change them, without the increases of which a limit leaves nothing; with a warning of
    each held dose whose division the source does not print."""
    notes: list[Note] = []
    for found in bands:
        parts = [_part(book, done, found) for done in printed]
        printed = _left(book, parts, found) if "maximum" in found.band else parts
    divided = [as_divided(book, done, population, region) for done in printed]
    for done in divided:
        if done.capped and _is_divided_anew(done) and not _printed_alike(book, done, population, region):
            times, held = int(done.regimen["times_daily"]), done.daily.text(book.unit)
            message = (
                f"{held} a day is the limit of the day's total; how it is divided is not printed. {times} equal parts, "
                f"as of the usual dose, are our arithmetic."
            )
            notes.append(Note("division-not-printed", message, done.citation))
    return divided, notes


def _part(book: DoseBook, done: Computed, found: Placed) -> Computed:
    """A start by the percentage of its band; anything else as it is."""
    percent = found.band.get("start_percent")
    if percent is None or done.regimen["stage"] not in _BEGINNING:
        return done
    text = f"{found.bands['label']}, {found.band['label']}: {percent} % of the usual start."
    citation = book.cite(found.band, found.bands)
    return regimens.part_of_start(book, done, percent, found.bands["id"], text, citation)


def _left(book: DoseBook, printed: list[Computed], found: Placed) -> list[Computed]:
    """Every regimen held at the maximum of the band. An increase that is held no higher than the start, or than an
    increase that stands already, is none, and the starts say which are gone."""
    maximum, citation = found.band["maximum"], book.cite(found.band, found.bands)
    held = [regimens.held_at(book, done, maximum, citation) for done in printed]
    starts = [done.daily.number for done in held if done.regimen["stage"] in _BEGINNING]
    kept: list[Computed] = []
    gone: list[Value] = []
    standing = set()
    for before, done in zip(printed, held, strict=True):
        increase = done.regimen["stage"] == "increase" and done.daily.number < before.daily.number
        same = (done.regimen.get("condition"), done.daily.number)
        if increase and (same in standing or (starts and done.daily.number <= min(starts))):
            gone.append(before.daily)
            continue
        standing.add(same)
        kept.append(done)
    if not gone:
        return kept
    cited = ", ".join(filter(None, (citation["source"], citation.get("section"))))
    more = "further " if any(done.regimen["stage"] == "increase" for done in kept) else ""
    because = (
        f"no {more}increase is left under the limit of {Value(exact(maximum)).text(book.unit)} a day "
        f"({found.bands['label'].lower()}, {found.band['label']}; {cited})"
    )
    return [
        done.replaced(left_out=(*done.left_out, *gone), left_out_because=because)
        if done.regimen["stage"] in _BEGINNING
        else done
        for done in kept
    ]


def as_divided(book: DoseBook, done: Computed, population: str, region: str | None) -> Computed:
    """A fixed dose that a rule has changed, in as many parts as the source prints for just this dose of the day, where
    it prints one way only; else in the parts of the usual dose."""
    same = _printed_alike(book, done, population, region) if _is_divided_anew(done) else []
    ways = {p.regimen["times_daily"] for p in same}
    if len(ways) != 1 or ways == {done.regimen["times_daily"]}:
        return done
    return _in_parts(book, done, same[0])


def _printed_alike(book: DoseBook, done: Computed, population: str, region: str | None) -> list[Printed]:
    """Every printed fixed dose of just this amount a day."""
    return [
        p
        for p in book.printed(population, region)
        if measure_of(p.regimen) is None and a_day(p.regimen).number == done.daily.number
    ]


def _is_divided_anew(done: Computed) -> bool:
    """Whether a fixed amount in several parts is no longer the one that its own line prints in these parts."""
    several = int(done.regimen["times_daily"]) > 1 and measure_of(done.regimen) is None
    return several and done.daily.number != a_day(done.regimen).number


def _in_parts(book: DoseBook, done: Computed, like: Printed) -> Computed:
    times, amount = int(like.regimen["times_daily"]), done.daily.text(book.unit)
    ways = "one dose" if times == 1 else f"{times} doses"
    text = f"{amount} a day is printed as {ways} a day, for {like.doses['printed']}."
    shown = step("division", text, book.cite(like.regimen, like.doses), result=f"{times} a day")
    regimen = {k: v for k, v in done.regimen.items() if k not in ("other_times_daily", "division", "every_hours")}
    regimen["times_daily"] = like.regimen["times_daily"]
    return done.replaced(regimen=cast("PrintedRegimen", regimen), steps=(*done.steps, shown))
