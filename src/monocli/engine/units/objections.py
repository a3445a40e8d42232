"""What is said of a conversion that joins stated equivalences, or that nothing states at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.answers import BAD_INPUT, Note, Refusal
from monocli.engine.cited import source_of
from monocli.engine.inputs import TO, WEIGHT, ask
from monocli.engine.names import with_article
from monocli.engine.units.paths import MASS, below_line

if TYPE_CHECKING:
    from monocli.engine.units.meaning import Meaning, SettledUnit
    from monocli.engine.units.plans import Target
    from monocli.engine.units.registry import NamedUnit, Registry
    from monocli.records.output.common import JoinedEquivalence
    from monocli.records.units import Scale


def chained(meaning: Meaning, target: Target) -> Note:
    """The warning that stated equivalences were joined, naming each."""
    joined: list[JoinedEquivalence] = [
        {"text": equivalence["statement"], **source_of(equivalence)} for equivalence in target.way
    ]
    sentences = "; and ".join(item["text"] for item in joined)
    start = meaning.source.unit.name + below_line(meaning.source.per)
    message = f"{start} to {target.unit} joins {len(joined)} separately stated equivalences: {sentences}."
    return Note("chained-equivalences", message, {"joined": joined})


def mismatch(meaning: Meaning, place: SettledUnit, below: tuple[NamedUnit, ...], *, weighed: bool) -> Refusal:
    source, target = meaning.source.unit.name + below_line(meaning.source.per), place.unit.name + below_line(below)
    message = f"{source} cannot be converted to {target}: {_kind(meaning.source.per)} is not {_kind(below)}"
    hint = None
    sides = [sorted(u.measure or "" for u in per) for per in (meaning.source.per, below)]
    if not weighed and sorted([*min(sides, key=len), MASS]) == max(sides, key=len):
        hint = f"an amount per body weight needs the weight: {WEIGHT} 70 (kg)"
    return Refusal("incompatible-units", message, hint, kind=BAD_INPUT, detail={"from": source, "to": target})


def _kind(per: tuple[NamedUnit, ...]) -> str:
    return f"an amount per {' per '.join(u.name for u in per)}" if per else "an amount"


def no_way(meaning: Meaning, place: SettledUnit, registry: Registry) -> Refusal:
    source, target = meaning.source.unit.name, place.unit.name
    sides = [_sort_of(meaning, side, registry) for side in (meaning.source, place)]
    sorts = f"one is {sides[0]}, the other {sides[1]}"
    message = f"{source} cannot be converted to {target}: {sorts}, and no source here joins the two"
    hint = None
    if meaning.family is None and meaning.title:
        hint = f"no units of {meaning.title} are recorded"
    elif meaning.family is not None:
        hint = f"`{ask('units')}` lists the units of {meaning.title}"
    return Refusal("incompatible-units", message, hint, kind=BAD_INPUT, detail={"from": source, "to": target})


def _sort_of(meaning: Meaning, place: SettledUnit, registry: Registry) -> str:
    if meaning.family is not None and place.scale is not None:
        return f"an amount in {meaning.family.scales[place.scale]['title']}"
    return with_article(registry.measures[place.unit.measure][0]) if place.unit.measure else "an amount"


def unstated(meaning: Meaning, scale: Scale, side: SettledUnit, place: SettledUnit, number: str) -> Refusal:
    """Units that do not say which units they are: refused, with the command for who knows."""
    instead = f"{scale['instead']}{below_line(side.per)}"
    if side is place:
        hint = f"if {scale['instead']} are wanted: {TO} {instead}"
    else:
        command = f'{ask("units")} "{number} {instead}" {TO} {place.unit.name}{below_line(place.per)}'
        hint = f"if they are {scale['instead']}: {command}"
    detail = {"reason": "unit-not-stated", "from": meaning.source.unit.name, "to": place.unit.name, **source_of(scale)}
    message = f"{scale['unstated']}. Nothing is converted on a guess."
    return Refusal("incompatible-units", message, hint, kind=BAD_INPUT, detail=detail)
