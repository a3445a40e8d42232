"""What a person wrote for a unit: "IU", "microgram/mL", "IU per kg", "mg of imatinib mesilate", or a form alone
("mesilate").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monocli.engine.answers import Note, Refusal, refuse_at
from monocli.engine.inputs import ask
from monocli.engine.names import visible
from monocli.engine.writings import abbreviation_note
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.units.registry import NamedUnit, Registry, Selection

MAX_LENGTH = 200
"""Longer text is not a unit: it is reported as unknown without being looked for."""

_LINK = r"/|(?<=\s)per(?=\s)"
_NOTHING: tuple[NamedUnit, ...] = ()


class Expression(Record):
    """A unit as read. `units` are its possible meanings (several only where families share the spelling); none where
    only a form was named. `per` are the units below the line. `selection` and `scales` are what was named besides: a
    substance, or forms.
    """

    text: str
    units: tuple[NamedUnit, ...]
    per: tuple[NamedUnit, ...] = ()
    selection: tuple[Selection, ...] = ()
    scales: tuple[tuple[str, str], ...] = ()
    notes: tuple[Note, ...] = ()


def read_unit(
    text: str, registry: Registry, typed: str | None = None, offset: int = 0, *, target: bool = False
) -> Expression | Refusal:
    """The unit that `text` spells; `unknown-unit` with suggestions where it spells none.

    `typed` is the whole input and `offset` where `text` begins in it, for the caret. A `target` may also be the name
    of a form.
    """
    whole = typed if typed is not None else text
    tidy = " ".join(text.split())
    if len(text) > MAX_LENGTH:
        return refuse_at("unknown-unit", f"unknown unit: {visible(tidy)!r}", whole, offset, offset + len(text))
    if target and registry.scales_named(tidy) and not registry.units(tidy):
        return Expression(tidy, _NOTHING, scales=tuple(registry.scales_named(tidy)))
    parts = _split(text)
    if isinstance(parts, int):
        return refuse_at(
            "unknown-unit", f"no unit after the stroke in {visible(tidy)!r}", whole, offset + parts, offset + parts + 1
        )
    notes: list[Note] = []
    read: list[tuple[NamedUnit, ...]] = []
    named: tuple[Selection, ...] = ()
    scales: tuple[tuple[str, str], ...] = ()
    for number, (at, part) in enumerate(parts):
        found = _unit_and_name(part, registry, first=number == 0)
        if found is None:
            second = None if target else re.search(r"(?<![^\W_])[0-9]", part)
            if second:
                message, first = f"a second number in {visible(whole.strip())!r}", offset + at + second.start()
                hint = "give one number and its unit; an amount in a volume is one divided by the other"
                return refuse_at("bad-quantity", message, whole, first, offset + at + len(part), hint=hint)
            return _unknown(part, registry, whole, offset + at)
        units, note, selections, forms = found
        read.append(units)
        notes += [note] if note else []
        named, scales = named or selections, scales or forms
    per = tuple(units[0] for units in read[1:])
    stray = next((unit for unit in per if unit.measure is None), None)
    if stray:
        message = f"{stray.name} cannot stand below the line of {visible(tidy)!r}"
        return refuse_at(
            "unknown-unit",
            message,
            whole,
            offset,
            offset + len(text),
            hint="below it stands a volume, a body weight, an area or a time",
        )
    return Expression(tidy, read[0], per, named, scales, tuple(notes))


def _split(text: str) -> list[tuple[int, str]] | int:
    """The parts of "IU per kg/day" with their positions; the position of a stroke that nothing stands beside."""
    parts: list[tuple[int, str]] = []
    at = 0
    ends = [match.span() for match in re.finditer(_LINK, text)] if "/" in text or "per" in text else []
    for start, end in [*ends, (len(text), len(text))]:
        part = text[at:start]
        if not part.strip():
            return max(0, at - 1)
        parts.append((at + len(part) - len(part.lstrip()), part.strip()))
        at = end
    return parts


_Found = tuple["tuple[NamedUnit, ...]", "Note | None", "tuple[Selection, ...]", "tuple[tuple[str, str], ...]"]


def _unit_and_name(part: str, registry: Registry, *, first: bool) -> _Found | None:
    """A unit, and a substance or form named behind it; the longest spelling wins."""
    words = part.split()
    for count in range(len(words), 0, -1):
        spelling = " ".join(words[:count])
        units, note = _spelt(spelling, registry)
        if not units:
            continue
        behind = words[count:]
        if not behind:
            return units, note, (), ()
        rest = " ".join(behind[1:] if behind[0].casefold() in ("of", "as") else behind)
        selections, scales = tuple(registry.substances(rest)), tuple(registry.scales_named(rest)) if first else ()
        if selections or scales:
            return units, note, selections, scales
    return None


def _spelt(spelling: str, registry: Registry) -> tuple[tuple[NamedUnit, ...], Note | None]:
    """The units of a spelling, with the warning that goes with it; none where it is unknown or refused."""
    record = registry.abbreviations.get(spelling)
    if record is None:
        return tuple(registry.units(spelling)), None
    if record["treatment"] == "refuse":
        return (), None
    return tuple(registry.units(record["means"])), abbreviation_note(record, spelling)


def _unknown(part: str, registry: Registry, whole: str, at: int) -> Refusal:
    """Why a spelling is not read: error-prone, or not known (with what resembles it)."""
    record = next((registry.abbreviations[w] for w in (part, part.split()[0]) if w in registry.abbreviations), None)
    if record and record["treatment"] == "refuse":
        write = tuple(record["write"])
        written = part if part in record["written"] else part.split()[0]
        why = f"{record['why']}. Write {_choice(write)}."
        message = f"{written!r} is an error-prone abbreviation and is not read: {why}"
        refusal = refuse_at("unknown-unit", message, whole, at, at + len(written), suggestions=write)
        reason = {"reason": "error-prone-abbreviation", "correction": list(write), "source": record["source"]}
        return refusal.replaced(detail={**refusal.detail, **reason})
    message, hint = f"unknown unit: {visible(part)!r}", f"`{ask('units')}` lists the units there are"
    return refuse_at(
        "unknown-unit", message, whole, at, at + len(part), hint=hint, suggestions=_resembling(part, registry)
    )


def _resembling(part: str, registry: Registry) -> tuple[str, ...]:
    """Units that resemble what was written; offered, never acted on."""
    from difflib import get_close_matches

    if len(part) > 60:
        return ()
    known = {
        spelling.casefold(): units[0].name for spelling in registry.spellings() if (units := registry.units(spelling))
    }
    close = get_close_matches(part.casefold(), known, n=5)
    return tuple(dict.fromkeys(known[match] for match in close if match[0] == part[0].casefold()))[:3]


def _choice(words: tuple[str, ...] | list[str]) -> str:
    return " or ".join(words)
