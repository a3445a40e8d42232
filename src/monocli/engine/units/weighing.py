"""A body weight as it is put into a conversion: read as formulas and doses read it, in the same range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.answers import Refusal
from monocli.engine.inputs import WEIGHT
from monocli.engine.units.converting import Weight

if TYPE_CHECKING:
    from monocli.engine.quantities.units import UnitTable
    from monocli.records.measures import Measure


def read_weight(measure: Measure, table: UnitTable, text: str) -> Weight | Refusal:
    """The weight as typed ("70", "154 lb", "11 st 4"); `bad-quantity` where it is none of a patient, `unknown-unit`,
    `incompatible-units`."""
    from monocli.engine.quantities.measuring import read

    reading = read(measure, text, WEIGHT, table)
    if isinstance(reading, Refusal):
        return reading.replaced(code="bad-quantity") if reading.code == "bad-value" else reading
    parts = reading.typed() if reading.parts else ""
    return Weight(reading.value, reading.unit, text, parts, reading.defined_in(table), reading.notes)
