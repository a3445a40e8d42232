"""From one scale of a substance to another: the shortest chain of stated equivalences, each an exact factor with its
sentence; and what stands below the line of a unit ("/mL", "/kg/day").
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, cast

from monocli.engine.cited import source_of
from monocli.engine.quantities.numbers import decimal_text, exact
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.units.plans import Numbers
    from monocli.engine.units.registry import Family, NamedUnit, Registry
    from monocli.records.output.common import Amount, SourceRef
    from monocli.records.output.units import ConversionStep
    from monocli.records.units import Equivalence, SaidBeside

ONE = Fraction(1)
MASS = "mass"


class Step(Record):
    """One step of a conversion: what is put in, the factor, and the sentence and source that allow it.

    The amount that goes in is the typed number times `before`; what comes out is that times `factor`.
    """

    lead: str
    operation: str
    before: Fraction
    factor: Fraction
    unit_in: str
    unit_out: str
    cite: SourceRef
    beside: tuple[ConversionStep, ...] = ()

    def shown(self, numbers: Numbers) -> list[ConversionStep]:
        """The step with its numbers, and what other sources say of it."""
        put_in, result = numbers.text(self.before), numbers.amount(self.before * self.factor, self.unit_out)
        sign = "≈" if "exact" in result else "="
        text = f"{self.lead}: {put_in} {self.unit_in}{self.operation} {sign} {result['value']} {self.unit_out}"
        return [told(text, self.cite, result), *self.beside]


def told(text: str, cite: SourceRef, result: Amount | None = None) -> ConversionStep:
    """A step as JSON shows it; one without a result is what another source says of the step before."""
    return cast("ConversionStep", {"text": text, **({"result": result} if result else {}), **cite})


class Trail:
    """The steps of one conversion as it is put together; `factor` is the product of all so far."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.factor = ONE

    def add(
        self,
        lead: str,
        operation: str,
        factor: Fraction,
        units: tuple[str, str],
        cite: SourceRef,
        beside: tuple[ConversionStep, ...] = (),
    ) -> None:
        self.steps.append(Step(lead, operation, self.factor, factor, *units, cite, beside))
        self.factor *= factor

    def rescale(self, unit: NamedUnit, other: NamedUnit, labels: tuple[str, str]) -> None:
        """From a unit to another of the same measure or scale, by definition."""
        if unit.size == other.size:
            return
        larger, smaller = (unit, other) if unit.size > other.size else (other, unit)
        lead = f"1 {larger.name} is {decimal_text(larger.size / smaller.size)} {smaller.name}"
        source = smaller.source if larger.name == larger.base else larger.source
        self.add(lead, "", unit.size / other.size, labels, {"source": source})


def below_line(per: tuple[NamedUnit, ...]) -> str:
    return "".join(f"/{unit.name}" for unit in per)


def first_mass(per: tuple[NamedUnit, ...]) -> NamedUnit | None:
    return next((unit for unit in per if unit.measure == MASS), None)


def without(per: tuple[NamedUnit, ...], unit: NamedUnit | None) -> tuple[NamedUnit, ...]:
    if unit is None:
        return per
    at = per.index(unit)
    return per[:at] + per[at + 1 :]


def rescale_below(trail: Trail, unit: NamedUnit, above: tuple[NamedUnit, ...], below: tuple[NamedUnit, ...]) -> None:
    """Change the units below the line ("/mL" to "/L"), each against the one of its measure on the other side."""
    now = list(above)
    for goal in below:
        at = next(i for i, u in enumerate(now) if u.measure == goal.measure and (u == goal or goal not in now))
        if now[at] != goal:
            before = unit.name + below_line(tuple(now))
            larger, smaller = (goal, now[at]) if goal.size > now[at].size else (now[at], goal)
            times = larger.size / smaller.size
            factor = goal.size / now[at].size
            now[at] = goal
            trail.add(
                f"1 {larger.name} is {decimal_text(times)} {smaller.name}",
                "",
                factor,
                (before, unit.name + below_line(tuple(now))),
                {"source": larger.source},
            )


def chain(family: Family, start: str, end: str) -> list[tuple[Equivalence, bool]] | None:
    """The shortest way between two scales as (equivalence, read from left to right); None where no stated equivalence
    leads there.
    """
    ways: dict[str, list[tuple[Equivalence, bool]]] = {start: []}
    queue = [start]
    for scale in queue:
        for equivalence in family.equivalences:
            for here, there, forward in (("left", "right", True), ("right", "left", False)):
                ends = {side: equivalence[side]["scale"] for side in ("left", "right")}
                if ends[here] == scale and ends[there] not in ways:
                    ways[ends[there]] = [*ways[scale], (equivalence, forward)]
                    queue.append(ends[there])
    return ways.get(end)


def cross(
    trail: Trail,
    way: list[tuple[Equivalence, bool]],
    unit: NamedUnit,
    goal: NamedUnit,
    registry: Registry,
    family: Family,
    per: str,
) -> None:
    """Walk a chain of equivalences, with the changes of unit that it needs before, between and after; `per` follows
    every unit.
    """
    for equivalence, forward in way:
        near, far = (
            (equivalence["left"], equivalence["right"]) if forward else (equivalence["right"], equivalence["left"])
        )
        near_unit, far_unit = (unit_on(registry, family, side["unit"], side["scale"]) for side in (near, far))
        trail.rescale(unit, near_unit, (unit.name + per, near_unit.name + per))
        trail.add(
            equivalence["statement"],
            f" × {far['value']} ÷ {near['value']}",
            exact(far["value"]) / exact(near["value"]),
            (near_unit.name + per, far_unit.name + per),
            source_of(equivalence),
            tuple(_beside(note) for note in equivalence.get("beside", ())),
        )
        unit = far_unit
    trail.rescale(unit, goal, (unit.name + per, goal.name + per))


def _beside(note: SaidBeside) -> ConversionStep:
    return told(note["text"], source_of(note))


def unit_on(registry: Registry, family: Family, name: str, scale: str) -> NamedUnit:
    """The unit of that name that a scale of the family is counted in."""
    measure = family.scales[scale].get("measure")
    return next(
        u
        for u in registry.units(name)
        if (u.measure == measure if measure else (u.family, u.scale) == (family.id, scale))
    )
