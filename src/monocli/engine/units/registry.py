"""The units that there are, by exact spelling, as the library's records give them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, cast

from monocli.engine.names import normalise
from monocli.engine.quantities.numbers import exact
from monocli.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monocli.records.units import (
        Abbreviation,
        ConversionRemark,
        DefaultForm,
        Equivalence,
        MeasureUnit,
        ScaleUnit,
        UnitsDocument,
        UnitsFile,
        UnitsOfMeasure,
        UnitSubstance,
        Writing,
    )
    from monocli.records.units import Scale as ScaleRecord

LONG_WORD = 5
"""From so many letters on, a unit's name is a word that capitals do not change ("Nutley", "micrograms"); shorter ones
are exact.
"""


class NamedUnit(Record):
    """One unit: how many of its yardstick's first unit it is, and what it belongs to.

    A unit of a measure (`measure`) means the same for everything; a unit of a scale (`family`, `scale`) only for the
    substances of that family.
    """

    name: str
    size: Fraction
    base: str
    source: str
    listed: bool
    measure: str | None = None
    family: str | None = None
    scale: str | None = None


class Selection(Record):
    """A substance that was named: `family` is None where it is known and no units of its own are recorded.

    `scale` is set where the name says the form too ("imatinib mesilate" rather than "imatinib").
    """

    substance: str
    title: str
    family: str | None = None
    scale: str | None = None


class Family(Record):
    """Substances that are measured in the same units: scales, the equivalences between them, and what to say with
    them.
    """

    id: str
    title: str
    substances: tuple[UnitSubstance, ...]
    scales: dict[str, ScaleRecord]
    units: tuple[NamedUnit, ...]
    equivalences: tuple[Equivalence, ...]
    remarks: tuple[ConversionRemark, ...]
    default_unit: str | None
    default_form: DefaultForm | None

    def scales_in(self, measure: str) -> list[str]:
        """The scales that are counted in the units of a measure."""
        return [name for name, scale in self.scales.items() if scale.get("measure") == measure]

    def allowed(self, scale: str, substance: str) -> bool:
        """Whether the scale is given for the substance."""
        only = self.scales[scale].get("only")
        return only is None or substance in only

    def title_of(self, substance: str) -> str:
        return next(record["title"] for record in self.substances if record["id"] == substance)


class Registry:
    """Every unit, scale, substance and error-prone abbreviation of the library, found by what people write.

    Reads the records of data/units/ in any order. A unit that two families share is kept for both: who asks has to
    say which.
    """

    def __init__(self, documents: Iterable[UnitsDocument]) -> None:
        self.measures: dict[str, tuple[str, tuple[NamedUnit, ...]]] = {}
        self.families: dict[str, Family] = {}
        self.abbreviations: dict[str, Abbreviation] = {}
        self.writings: dict[str, Writing] = {}
        self._spellings: dict[str, list[NamedUnit]] = {}
        self._words: dict[str, list[NamedUnit]] = {}
        self._substances: dict[str, list[Selection]] = {}
        self._monographs: dict[str, Selection] = {}
        self._scale_names: dict[str, list[tuple[str, str]]] = {}
        for document in documents:
            for measure in document.get("measures", ()):
                self._add_measure(measure)
            for record in document.get("abbreviations", ()):
                self.abbreviations.update(dict.fromkeys(record["written"], record))
            self.writings.update({record["id"]: record for record in document.get("writings", ())})
            if "substances" in document:
                self._add_family(cast("UnitsFile", document))

    def units(self, spelling: str) -> list[NamedUnit]:
        """The units of that exact spelling; several only where families share it."""
        return self._spellings.get(spelling) or (
            self._words.get(spelling.casefold(), []) if len(spelling) >= LONG_WORD else []
        )

    def substances(self, name: str) -> list[Selection]:
        """The substances, or forms of one, that the records of units call by that name."""
        return self._substances.get(normalise(name), [])

    def of_monograph(self, monograph: str, title: str) -> Selection:
        """The substance that a monograph's names mean here; one without units of its own where no family has it."""
        return self._monographs.get(monograph) or Selection(monograph, title)

    def scales_named(self, name: str) -> list[tuple[str, str]]:
        """(family, scale) of each scale that may be asked for by that name."""
        return self._scale_names.get(normalise(name), [])

    def spellings(self) -> list[str]:
        """Every spelling that can be read, for suggestions."""
        return [*self._spellings, *(name for pairs in self._scale_names.values() for _, name in pairs)]

    def _add_measure(self, record: UnitsOfMeasure) -> None:
        base = record["units"][0]["unit"]
        units = []
        for item in record["units"]:
            unit = NamedUnit(
                item["unit"], exact(item["size"]), base, item["source"], item.get("listed", True), measure=record["id"]
            )
            units.append(unit)
            self._add_spellings(unit, item)
        self.measures[record["id"]] = (record["title"], tuple(units))

    def _add_family(self, record: UnitsFile) -> None:
        units = []
        for scale in record["scales"]:
            base = next((item["unit"] for item in scale.get("units", ())), "")
            for item in scale.get("units", ()):
                listed = scale.get("listed", True)
                unit = NamedUnit(
                    item["unit"],
                    exact(item["size"]),
                    base,
                    item["source"],
                    listed,
                    family=record["id"],
                    scale=scale["id"],
                )
                units.append(unit)
                self._add_spellings(unit, item)
            for name in (scale["id"], *scale.get("also", ())):
                self._scale_names.setdefault(normalise(name), []).append((record["id"], scale["id"]))
        self._add_names(record)
        self.families[record["id"]] = Family(
            id=record["id"],
            title=record["title"],
            substances=tuple(record["substances"]),
            scales={scale["id"]: scale for scale in record["scales"]},
            units=tuple(units),
            equivalences=tuple(record["equivalences"]),
            remarks=tuple(record.get("remarks", ())),
            default_unit=record.get("default_unit"),
            default_form=record.get("default_form"),
        )

    def _add_names(self, record: UnitsFile) -> None:
        for substance in record["substances"]:
            selection = Selection(substance["id"], substance["title"], record["id"])
            for name in {normalise(n) for n in (substance["id"], substance["title"], *substance.get("also", ()))}:
                self._substances.setdefault(name, []).append(selection)
            if "monograph" in substance:
                self._monographs[substance["monograph"]] = selection
        first = record["substances"][0]
        for scale in record["scales"]:
            selection = Selection(first["id"], first["title"], record["id"], scale["id"])
            for name in {normalise(n) for n in scale.get("names", ())}:
                self._substances.setdefault(name, []).append(selection)

    def _add_spellings(self, unit: NamedUnit, record: MeasureUnit | ScaleUnit) -> None:
        for spelling in {unit.name, *record.get("also", ())}:
            self._spellings.setdefault(spelling, []).append(unit)
            if len(spelling) >= LONG_WORD:
                self._words.setdefault(spelling.casefold(), []).append(unit)
