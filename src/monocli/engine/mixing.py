"""The conditions of a question on mixing: quantities read exactly, diluents and containers known by their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from monocli.engine.answers import Answer, Note, Refusal
from monocli.engine.cited import OWN
from monocli.engine.inputs import ALBUMIN, AMOUNT, CONCENTRATION, HOURS, VOLUME
from monocli.engine.names import normalise, visible
from monocli.engine.numbers import amount, decimal_text, exact
from monocli.engine.quantity import read_quantity
from monocli.records.words import BAD_INPUT

Record = Mapping[str, Any]
Convert = Callable[[str, str], Answer[Any] | Refusal]
"""Converts a quantity of the drug as typed into a unit: what `mono units` answers."""

_NONE = ("none", "no", "without", "0")
MAX_PERCENT = 100
RECONSTITUTION = "reconstitution"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The conditions of a question, read; None where one was not given."""

    region: str | None = None
    container: str | None = None
    hours: Fraction | None = None
    albumin: Fraction | None = None
    concentration: Fraction | None = None
    with_own_volume: Fraction | None = None
    """The concentration with the drug's own volume added to the volume given."""
    volume: Fraction | None = None
    unit: str | None = None
    steps: tuple[dict[str, Any], ...] = ()
    notes: tuple[Note, ...] = ()
    shown: Mapping[str, Any] = field(default_factory=dict)


def fold(name: str) -> str:
    """The key of a diluent or container: "Glucose 5 %" and "glucose 5%" agree."""
    return normalise(name).replace(" %", "%")


def names_of(subject: Record) -> list[str]:
    """The keys of every name of a diluent, container or addition."""
    return [fold(item) for item in (subject["name"], *(other["name"] for other in subject.get("names", [])))]


def subject_of(document: Record, name: str) -> Record | None:
    """The diluent, container or addition of that exact name, or None."""
    key = fold(name)
    for subject in document.get("subjects", []):
        if key in names_of(subject):
            found: Record = subject
            return found
    return None


def read_conditions(
    document: Record,
    convert: Convert,
    *,
    region: str | None = None,
    container: str | None = None,
    hours: str | None = None,
    albumin: str | None = None,
    concentration: str | None = None,
    amount_of_drug: str | None = None,
    volume: str | None = None,
    mixed_with: Sequence[str] = (),
) -> Circumstances | Refusal:
    """The conditions as typed, read exactly: numbers with their units, never below zero. Refusals are of exit code
    2.

    A concentration is brought to the unit of the document's range; an amount and a volume are divided, and the
    volume that the drug itself takes up is shown as a second figure where the document says how much it is. Not so for
    what it is reconstituted with (of the names in `mixed_with`): that volume is the whole volume.
    """
    reader = _Reader(document, convert)
    given = {"region": region, "container": container, "hours": hours, "albumin": albumin}
    given |= {"concentration": concentration, "amount": amount_of_drug, "volume": volume}
    shown = {key: value for key, value in given.items() if value is not None}
    if concentration is not None and amount_of_drug is not None:
        message = "give a concentration, or an amount and a volume, not both"
        return Refusal("conflicting-options", message, kind=BAD_INPUT)
    if amount_of_drug is not None and volume is None:
        return Refusal("value-needed", f"an amount needs {VOLUME} to make a concentration", kind=BAD_INPUT)
    read = {
        "hours": reader.hours(hours),
        "albumin": reader.percent(albumin),
        "concentration": reader.converted(concentration, reader.unit, CONCENTRATION),
        "volume": reader.converted(volume, "mL", VOLUME),
        "amount": reader.converted(amount_of_drug, reader.unit.partition("/")[0], AMOUNT),
    }
    wrong = next((value for value in read.values() if isinstance(value, Refusal)), None)
    if wrong is not None:
        return wrong
    numbers: dict[str, Any] = read
    own = None
    if numbers["amount"] is not None:
        numbers["concentration"] = reader.divided(numbers["amount"], numbers["volume"])
        if not _reconstitutes(document, mixed_with):
            own = reader.with_own_volume(numbers["amount"], numbers["volume"])
    place = None if container is None else subject_of(document, container)
    notes = list(reader.notes)
    if container is not None and place is None:
        message = (
            f"nothing is recorded of the container {visible(container)!r}; whether a statement covers it stays unclear"
        )
        notes.append(Note("unknown-container", message))
    return Circumstances(
        region=region,
        container=None if place is None else place["id"],
        hours=numbers["hours"],
        albumin=numbers["albumin"],
        concentration=numbers["concentration"],
        with_own_volume=own,
        volume=numbers["volume"],
        unit=reader.unit,
        steps=tuple(reader.steps),
        notes=tuple(notes),
        shown=shown,
    )


def _reconstitutes(document: Record, names: Sequence[str]) -> bool:
    """Whether all that is stated of the diluents among these names is reconstitution, no dilution."""
    found = [subject for name in names if (subject := subject_of(document, name)) is not None]
    ids = {subject["id"] for subject in found if subject["kind"] == "diluent"}
    steps = [s.get("step") for s in document["statements"] if ids & set(s.get("subjects", []))]
    return bool(steps) and all(step == RECONSTITUTION for step in steps)


class _Reader:
    """Reads the numbers of one question and keeps the steps."""

    def __init__(self, document: Record, convert: Convert) -> None:
        self._document, self._convert = document, convert
        limits = (statement["range"] for statement in document["statements"] if "range" in statement)
        self.unit = next((str(item["unit"]) for item in limits), "microgram/mL")
        self.steps: list[dict[str, Any]] = []
        self.notes: list[Note] = []

    def converted(self, text: str | None, unit: str, option: str) -> Fraction | Refusal | None:
        """A quantity in the unit wanted, with the steps of the conversion."""
        if text is None:
            return None
        quantity = read_quantity(text)
        if isinstance(quantity, Refusal):
            return quantity
        if not quantity.unit:
            message = f"{option} needs its unit, such as {unit}: {visible(text)!r}"
            return Refusal("unit-needed", message, kind=BAD_INPUT, detail={"field": option})
        answer = self._convert(text, unit)
        if isinstance(answer, Refusal):
            return answer
        target = answer.data["to"][0]
        value = Fraction(target["exact"]) if "exact" in target else exact(target["value"])
        if value <= 0:
            return Refusal("bad-value", f"{option} must be above zero: {visible(text)!r}", kind=BAD_INPUT)
        self.steps += answer.data["steps"]
        self.notes += answer.notes
        return value

    def hours(self, text: str | None) -> Fraction | Refusal | None:
        """Hours; a number alone is hours."""
        if text is None:
            return None
        quantity = read_quantity(text)
        if isinstance(quantity, Refusal):
            return quantity
        if not quantity.unit and quantity.value > 0:
            return quantity.value
        return self.converted(text if quantity.unit else f"{text} h", "h", HOURS)

    def percent(self, text: str | None) -> Fraction | Refusal | None:
        """Percent of albumin; "none" is 0."""
        if text is None:
            return None
        if normalise(text) in _NONE:
            return Fraction(0)
        quantity = read_quantity(text)
        if isinstance(quantity, Refusal):
            return quantity
        if quantity.unit not in ("", "%") or not 0 <= quantity.value <= MAX_PERCENT:
            message = f'{ALBUMIN} takes a percentage such as 0.1% or "none": {visible(text)!r}'
            return Refusal("bad-value", message, kind=BAD_INPUT)
        return quantity.value

    def divided(self, drug: Fraction, volume: Fraction) -> Fraction:
        """Amount by volume, as a step."""
        mass, _, per = self.unit.partition("/")
        text = f"{decimal_text(drug)} {mass} in {decimal_text(volume)} {per} (the volume as given)"
        return self._step(text, drug / volume, self._document.get("source", OWN))

    def with_own_volume(self, drug: Fraction, volume: Fraction) -> Fraction | None:
        """The concentration with the volume of the reconstituted drug added, as a step; None where that volume is
        not known.
        """
        held = self._document.get("reconstituted")
        if held is None:
            return None
        mass, _, per = self.unit.partition("/")
        holds = self._plain(f"{held['amount']} {held['unit']}", mass)
        takes = self._plain(f"{held['volume']} {held['volume_unit']}", per)
        if holds is None or takes is None:
            return None
        added = drug / holds * takes
        made_up = f"{held['amount']} {held['unit']} is {held['volume']} {held['volume_unit']} once reconstituted"
        total = f"{decimal_text(added)} {per} more, {decimal_text(volume + added)} {per} in all"
        text = f"with the drug's own volume: {made_up}, so {total}"
        return self._step(text, drug / (volume + added), held["source"])

    def _plain(self, text: str, unit: str) -> Fraction | None:
        answer = self._convert(text, unit)
        if isinstance(answer, Refusal):
            return None
        target = answer.data["to"][0]
        return Fraction(target["exact"]) if "exact" in target else exact(target["value"])

    def _step(self, text: str, value: Fraction, source: str) -> Fraction:
        self.steps.append({"text": text, "result": amount(value, self.unit), "source": source})
        return value
