"""The dose rules of one drug, by what they are asked by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from monocli.engine.cited import kept
from monocli.engine.dosing.when import Circumstances, bounds, holds, possible
from monocli.engine.dosing.work import cite
from monocli.engine.names import normalise, with_unit
from monocli.engine.quantities.numbers import exact
from monocli.engine.quantities.values import Value
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.units import Converter
    from monocli.records.dose_rules import Ladder, PartnerRule, Variable
    from monocli.records.dose_shared import Limit, PrintedAdvice
    from monocli.records.doses import Doses, DosesFile, PrintedIndication, PrintedRegimen
    from monocli.records.library import Source
    from monocli.records.output.common import SourceRef
    from monocli.records.output.dose_rules import Advice, SourceShown

AREA_UNIT = "m2"
WEIGHT_UNIT = "kg"
_OF_BODY = {"body-surface": AREA_UNIT, "body-weight": WEIGHT_UNIT}
"""What a regimen may scale by besides the variables of its file, and the measure that it then goes by."""
ULN = "× ULN"
YES_NO = "yes/no"


class Printed(Record):
    """A printed regimen with the passage and the indication that it stands under."""

    indication: PrintedIndication
    doses: Doses
    regimen: PrintedRegimen

    @property
    def maximum(self) -> Fraction | None:
        """Printed maximum for a day."""
        return exact(self.regimen["maximum"]) if "maximum" in self.regimen else None


class DoseBook:
    """A document of `data/doses/`: what stands in it once is an attribute, what it has several of is found by its key.

    Amounts are in `unit`, of the `drug` that doses are expressed as. `units` converts them by the library's own records
    of units, where the document asks for other units or has a preparation; `source_named` is the record of a source.
    """

    def __init__(
        self,
        document: DosesFile,
        units: Converter | None = None,
        source_named: Callable[[str], Source | None] = lambda _: None,
    ) -> None:
        self.id, self.source, self.route = document["id"], document["source"], document["route"]
        self.drug, self.unit = document["drug"], document["unit"]
        self.drug_names, self.unit_names = document.get("drug_names", []), document.get("unit_names", [])
        self.populations, self.default_population = document["populations"], document.get("default_population")
        self.regions = document["regions"]
        self.age_bands, self.minimum_age = document["age_bands"], document.get("minimum_age")
        self.indications, self.without_dose = document["indications"], document.get("without_dose", [])
        self.ambiguous_names, self.same_words = document.get("ambiguous_names", []), document.get("same_words", [])
        self._ladders, self._partners = document.get("reductions", []), document.get("partners", [])
        self.variables = {variable["id"]: variable for variable in document.get("variables", [])}
        self.interruptions = document.get("interruptions", [])
        self.hepatic, self.withholding = document.get("hepatic"), document.get("withholding")
        self.highest_printed, self.plausible = document.get("highest_printed"), document.get("plausible")
        self.salt, self.tablets = document.get("salt"), document.get("tablets")
        self.advice, self.unprinted = document.get("advice", []), document.get("unprinted")
        self.routes, self.bands = document.get("routes", []), document.get("bands", [])
        self.exclusions, self.preparations = document.get("exclusions", []), document.get("preparations", [])
        self.compared, self.other_units = document.get("compared", []), document.get("other_units")
        self.units, self._source_named = units, source_named
        self._document = document

    @property
    def expressed_form(self) -> str:
        """What doses are expressed as, in words: the base where a salt is given, else the drug."""
        return f"{self.drug} base" if self.salt else self.drug

    @property
    def population_ids(self) -> tuple[str, ...]:
        return tuple(population["id"] for population in self.populations)

    def cite(self, *records: Mapping[str, object]) -> SourceRef:
        """Where the first record is printed; what it leaves out, the next one or the document says."""
        return cite(*records, self._document)

    def about(self, source: str) -> SourceShown:
        """A source with its edition, for saying where doses come from."""
        record = self._source_named(source)
        title = record["title"] if record else source
        date = record.get("date") if record else None
        return {"source": source, "title": title, "date": date, "printed": bool(record and record.get("printed"))}

    def who(self, population: str | None) -> str:
        """The label of a population."""
        return next((p["label"] for p in self.populations if p["id"] == population), population or "")

    def where(self, region: str | None) -> str:
        """The label of a region."""
        return next((r["label"] for r in self.regions if r["id"] == region), region or "")

    def value(self, variable: str) -> str:
        """The label of a laboratory value."""
        return self.variables[variable]["label"] if variable in self.variables else variable

    def variable(self, name: str) -> Variable | None:
        """The variable of that id or other name, however it is written."""
        if name in self.variables:
            return self.variables[name]
        key = normalise(name).replace(" ", "-")
        named = (
            v for v in self.variables.values() if key in {normalise(n).replace(" ", "-") for n in v.get("names", [])}
        )
        return next(named, None)

    def unit_of(self, variable: str) -> str:
        """What the numbers of a variable count."""
        return unit_of(self.variables[variable])

    def indication(self, id: str) -> PrintedIndication:
        return next(indication for indication in self.indications if indication["id"] == id)

    def printed(self, population: str | None, region: str | None) -> Iterator[Printed]:
        """Every printed regimen for a population and region; None is any."""
        for indication in self.indications:
            for doses in doses_for(indication, population, region):
                for regimen in doses["regimens"]:
                    yield Printed(indication, doses, regimen)

    def ladders(self, population: str | None) -> list[Ladder]:
        """The printed steps of reduction for a population."""
        return possible(self._ladders, Circumstances(population)) if population else []

    def advised(self, advice: Iterable[PrintedAdvice], to: Circumstances) -> list[Advice]:
        """The advice that applies, as JSON shows it."""
        said = (a for a in advice if holds(a, to))
        return [cast("Advice", {**kept(a, "text", "kind", "in_short"), **self.cite(a)}) for a in said]

    def partner(self, agent: str | None) -> PartnerRule | None:
        """What is printed of the dose with another drug."""
        return next((rule for rule in self._partners if agent in rule["agents"]), None)


def doses_for(indication: PrintedIndication, population: str | None, region: str | None) -> list[Doses]:
    """The doses printed for a population and region; None is any."""
    return possible(indication["doses"], Circumstances(population, region))


class Rate(Record):
    """A printed dose a day for each unit of a measure."""

    per: Value
    measure: str
    """ "m2", "kg" or a variable."""


def printed_amount(regimen: PrintedRegimen) -> Value:
    """What is printed, for the day or for one dose."""
    return Value(exact(regimen["daily"] if "daily" in regimen else regimen["each"]))


def a_day(regimen: PrintedRegimen) -> Value:
    """The same for the day."""
    return printed_amount(regimen).times(Fraction(1 if "daily" in regimen else int(regimen["times_daily"])))


def rate_of(regimen: PrintedRegimen) -> Rate | None:
    """What a regimen scales by; None for a fixed dose."""
    measure = measure_of(regimen)
    return Rate(a_day(regimen), measure) if measure else None


def measure_of(regimen: PrintedRegimen) -> str | None:
    """Which measure a regimen scales by: "m2", "kg", a variable, or None for a fixed dose."""
    scale = regimen.get("scale_by")
    return _OF_BODY.get(scale, scale) if scale else None


def measured_in(book: DoseBook, measure: str) -> str:
    """The unit that a measure is in."""
    return measure if measure in _OF_BODY.values() else book.unit_of(measure)


def scale_of(measure: str) -> str:
    """What a regimen says of a measure that it scales by."""
    return next((scale for scale, unit in _OF_BODY.items() if unit == measure), measure)


def unit_of(variable: Variable) -> str:
    """What the numbers of a variable count: `yes/no`, its unit (nothing for a bare number), or multiples."""
    if variable.get("yes_no"):
        return YES_NO
    unit = variable.get("unit", ULN)
    return "" if unit == "1" else unit


def limit_text(book: DoseBook, limit: Limit) -> str:
    """A limit in words: "total bilirubin above 3 × ULN"."""
    if "is_so" in limit:
        return f"{book.value(limit['variable'])}: {'yes' if limit['is_so'] else 'no'}"
    unit = book.unit_of(limit["variable"])
    words = [f"{comparison} {with_unit(bound, unit)}" for comparison, bound in bounds(limit)]
    return f"{book.value(limit['variable'])} {' and '.join(words)}"
