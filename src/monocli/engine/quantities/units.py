"""Units as a factor and exponents: "mL/min/1.73 m2" is so many base units of volume over time over length squared.

    unit   = part {"/" part}        what follows a stroke (or " per ") is below the line; "/min" has nothing above it
    part   = factor {("·" | "*") factor}
    factor = [number] name          "1.73 m2", "24 h"

Names are exact spellings from the library's data; there are no prefixes that attach themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import BAD_INPUT, Note, Refusal
from monocli.engine.names import visible
from monocli.engine.quantities.numbers import exact
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.records.units import Abbreviation, UnitsOfMeasure

Dimensions = tuple[tuple[str, int], ...]
"""(base, exponent) in order, without those of exponent 0. Nothing at all is a pure number."""
PURE: Dimensions = ()
LONG_WORD = 5
"""From so many letters on, a unit's name is a word that capitals do not change; shorter ones are exact."""
MAX_LENGTH = 60
_NUMBERED = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)\s*(?P<name>\D.*)")
_PRODUCT = re.compile(r"[·*]")


class Unit(Record):
    """So many base units of these dimensions."""

    factor: Fraction
    dimensions: Dimensions = PURE

    def times(self, other: Unit) -> Unit:
        return Unit(self.factor * other.factor, product(self.dimensions, other.dimensions))

    def over(self, other: Unit) -> Unit:
        return Unit(self.factor / other.factor, product(self.dimensions, other.dimensions, -1))


class UnitRead(Record):
    """A unit as it was written, with warnings of error-prone spellings."""

    unit: Unit
    text: str
    notes: tuple[Note, ...] = ()


def product(one: Dimensions, other: Dimensions, power: int = 1) -> Dimensions:
    """The dimensions of a product, or of a quotient (`power` -1)."""
    total = dict(one)
    for base, exponent in other:
        total[base] = total.get(base, 0) + power * exponent
    return tuple(sorted((base, exponent) for base, exponent in total.items() if exponent))


class UnitTable:
    """Every unit by its spellings."""

    def __init__(self, measures: Iterable[UnitsOfMeasure], abbreviations: Iterable[Abbreviation] = ()) -> None:
        self._units: dict[str, Unit] = {}
        self._sources: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._folded: dict[str, list[str]] = {}
        self._over: dict[str, str] = {}
        self.followed_by: dict[str, str] = {}
        """Spelling of a unit → the one that a bare number right after it is in ("4ft3")."""
        self._abbreviations = {written: record for record in abbreviations for written in record["written"]}
        for measure in measures:
            self._add(measure)

    def _add(self, measure: UnitsOfMeasure) -> None:
        root = measure.get("square_of")
        dimensions: Dimensions = ((root, 2),) if root else ((measure["id"], 1),)
        for item in measure["units"]:
            unit = Unit(exact(item["size"]), PURE if measure.get("pure") else dimensions)
            for spelling in (item["unit"], *item.get("also", ())):
                self._units[spelling], self._shown[spelling] = unit, item["unit"]
                self._sources[spelling] = item.get("source", "")
                self._folded.setdefault(spelling.casefold(), []).append(spelling)
                if len(spelling) >= LONG_WORD:
                    self._words[spelling.casefold()] = spelling
                if "then" in item:
                    self.followed_by[spelling] = item["then"]
            for written in item.get("over", ()):
                self._over[written] = f"{item['unit']}/{written.partition('/')[2]}"

    def known(self, text: str) -> Unit:
        """A unit that the library's data names, which has been checked."""
        read = self.read(text)
        if isinstance(read, Refusal):
            raise KeyError(text)
        return read.unit

    def shown(self, spelling: str) -> str:
        """The unit's own name ("ft") for any of its spellings."""
        return self._shown.get(spelling, spelling)

    def source_of(self, text: str) -> str:
        """Where the units of a text are defined: of several the last that stands in a source of its own."""
        names = [name for part in text.split("/") for name in _PRODUCT.split(part)]
        return next((source for name in reversed(names) if (source := self._sources.get(name.strip()))), "")

    def read(self, text: str, within: Iterable[Dimensions] = ()) -> UnitRead | Refusal:
        """The unit that was written; `unknown-unit` with what resembles it. `within` are the dimensions among which
        capitals do not matter (a weight in "KG")."""
        tidy = " ".join(re.sub(r"\sper\s", "/", f" {text} ").split())
        if len(tidy) > MAX_LENGTH:
            return _unknown(tidy)
        tidy = self._over.get(tidy, tidy)
        total = Unit(Fraction(1))
        notes: list[Note] = []
        shown: list[str] = []
        for place, part in enumerate(tidy.split("/")):
            names: list[str] = []
            for factor in [part] if part.strip() in self._units else _PRODUCT.split(part):
                if not factor.strip():
                    if place == 0 and part == "" and "/" in tidy:
                        continue
                    return _unknown(tidy)
                found = self._factor(factor.strip(), tuple(within), below=place > 0)
                if isinstance(found, Refusal):
                    return found
                total = total.over(found.unit) if place else total.times(found.unit)
                names.append(found.text)
                notes += found.notes
            shown.append("·".join(names))
        return UnitRead(total, "/".join(shown), tuple(notes))

    def _factor(self, text: str, within: tuple[Dimensions, ...], *, below: bool) -> UnitRead | Refusal:
        """One name, with the number before it where there is one."""
        found = self._named(text, within, below=below)
        match = _NUMBERED.fullmatch(text) if isinstance(found, Refusal) else None
        if match is None or exact(match["number"].lstrip("0") or "0") == 0:
            return found
        found = self._named(match["name"], within, below=below)
        if isinstance(found, Refusal):
            return found
        number = exact(match["number"])
        return UnitRead(
            Unit(number * found.unit.factor, found.unit.dimensions), f"{match['number']} {found.text}", found.notes
        )

    def _named(self, name: str, within: tuple[Dimensions, ...], *, below: bool = False) -> UnitRead | Refusal:
        record = self._abbreviations.get(name)
        if record is not None and name not in self._units:
            return self._abbreviated(record, name, record.get("below") if below else None)
        spelling = name if name in self._units else self._words.get(name.casefold(), "")
        if not spelling:
            folded = {s for s in self._folded.get(name.casefold(), ()) if self._units[s].dimensions in within}
            spelling = folded.pop() if len({self._shown[s] for s in folded}) == 1 else ""
        if not spelling:
            return _unknown(name, self._resembling(name))
        return UnitRead(self._units[spelling], spelling)

    def _abbreviated(self, record: Abbreviation, name: str, below: str | None) -> UnitRead | Refusal:
        """An error-prone spelling: read with a warning (as `below` where that is given), or not read."""
        if record["treatment"] == "refuse" and below is None:
            message = f"{visible(name)!r} is an error-prone abbreviation and is not read: {record['why']}"
            return Refusal(
                "unknown-unit",
                message,
                f"write {' or '.join(record['write'])}",
                kind=BAD_INPUT,
                detail={"source": record["source"]} if "source" in record else {},
            )
        means = below or record["means"]
        found = self._named(means, ())
        if isinstance(found, Refusal):
            return found
        from monocli.engine.writings import abbreviation_note

        return found.replaced(notes=(*found.notes, abbreviation_note({**record, "means": means}, name)))

    def _resembling(self, name: str) -> tuple[str, ...]:
        from difflib import get_close_matches

        close = get_close_matches(name.casefold(), self._folded, n=3)
        return tuple(dict.fromkeys(self._shown[self._folded[match][0]] for match in close))


def _unknown(name: str, near: tuple[str, ...] = ()) -> Refusal:
    return Refusal("unknown-unit", f"unknown unit: {visible(name)!r}", suggestions=near, kind=BAD_INPUT)


def table_of(documents: Iterable[Mapping[str, object]]) -> UnitTable:
    """The units of all documents of `data/units/` and `data/measures/`."""
    from typing import cast

    measures: list[UnitsOfMeasure] = []
    abbreviations: list[Abbreviation] = []
    for document in documents:
        for key in ("measures", "units"):
            found = cast("list[UnitsOfMeasure]", document.get(key, []))
            measures += [record for record in found if "units" in record]
        abbreviations += cast("list[Abbreviation]", document.get("abbreviations", []))
    return UnitTable(measures, abbreviations)
