"""Conversion: what was typed, into every unit that was asked for, with the steps and sources of each."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.answers import Answer, Note, Refusal, refuse_at
from monocli.engine.cited import source_of
from monocli.engine.names import visible
from monocli.engine.quantities.numbers import amount, decimal_text
from monocli.engine.quantities.quantity import Quantity, read_quantity
from monocli.engine.units.expressions import Expression, read_unit
from monocli.engine.units.meaning import Meaning, SettledUnit, settle
from monocli.engine.units.objections import chained, mismatch, no_way, unstated
from monocli.engine.units.paths import Trail, below_line, chain, cross, first_mass, rescale_below, without
from monocli.engine.units.plans import NumbersOf, Plan, Target, steps_of
from monocli.engine.writings import number_note
from monocli.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monocli.engine.units.paths import Numbers
    from monocli.engine.units.registry import NamedUnit, Registry, Selection
    from monocli.records.output.common import Amount
    from monocli.records.output.units import Conversion
    from monocli.records.units import ConversionRemark, Equivalence


class Weight(Record):
    """A body weight in the base unit of mass, the unit in which it is shown, what was typed, its parts where that was
    in several units ("11 st 4 lb"), and the source that defines its units where that is not the one of all units."""

    value: Fraction
    unit: str
    typed: str
    parts: str
    source: str
    notes: tuple[Note, ...] = ()


class Converter:
    """Converts quantities into the units asked for (`to`; every unit of the substance where there are none).

    `of` is the substance where one was named, `weight` a body weight, or why there is none. Every refusal is of exit
    code 2.
    """

    def __init__(
        self,
        registry: Registry,
        to: Sequence[str] = (),
        of: Selection | None = None,
        weight: Weight | Refusal | None = None,
    ) -> None:
        self._registry = registry
        self._to = tuple(to)
        self._of = of
        self._plans: dict[str, Plan] = {}
        self._weight_notes: tuple[Note, ...] = ()
        self._weight_given = weight if isinstance(weight, Weight) else None
        self._weight = self._weighed(weight) if isinstance(weight, Weight) else weight

    def convert(self, text: str) -> Answer[Conversion] | Refusal:
        """The answer to one quantity as typed ("18 million IU")."""
        if isinstance(self._weight, Refusal):
            return self._weight
        quantity = read_quantity(text)
        if isinstance(quantity, Refusal):
            return quantity
        if quantity.negative:
            end = quantity.unit_at or len(text)
            return refuse_at("bad-quantity", f"negative: {visible(text.strip())!r}", text, 0, len(text[:end].rstrip()))
        plan = self.plan(quantity.unit, text, quantity.unit_at)
        if isinstance(plan, Refusal):
            return plan
        return self.answered(plan, quantity, NumbersOf(quantity.value), visible(text.strip()))

    def answered(self, plan: Plan, quantity: Quantity, numbers: Numbers, query: str) -> Answer[Conversion]:
        """The answer of a plan, with its numbers and what is to be said of how the quantity was written."""
        return plan.answer(numbers, query, [*self.writing_notes(quantity), *self._weight_notes])

    def plan(self, unit: str, typed: str | None = None, offset: int = 0) -> Plan | Refusal:
        """The plan for quantities in that unit, as typed; a refusal where they cannot be converted. `typed` and
        `offset` place the caret.
        """
        known = self._plans.get(unit)
        if known is not None:
            return known
        made = self._make(unit, typed if typed is not None else unit, offset)
        if isinstance(made, Plan):  # a refusal points into this input; only plans are kept
            self._plans[unit] = made
        return made

    def writing_notes(self, quantity: Quantity) -> list[Note]:
        """A warning for every error-prone way in which the number was written."""
        known = self._registry.writings
        return [number_note(known[way], quantity.number) for way in quantity.writings if way in known]

    def _weighed(self, weight: Weight) -> tuple[Fraction, NamedUnit]:
        """A body weight in the first unit of mass, and the unit it was given in."""
        quantity = read_quantity(weight.typed)
        written = [] if isinstance(quantity, Refusal) else self.writing_notes(quantity)
        self._weight_notes = (*written, *weight.notes)
        return weight.value, self._registry.units(weight.unit)[0]

    def _make(self, text: str, typed: str, offset: int) -> Plan | Refusal:
        source = read_unit(text, self._registry, typed, offset) if text else None
        if isinstance(source, Refusal):
            return source
        wanted: list[Expression] = []
        for name in self._to:
            target = read_unit(name, self._registry, target=True)
            if isinstance(target, Refusal):
                return target
            wanted.append(target)
        meaning = settle(self._registry, source, tuple(wanted), self._of)
        if isinstance(meaning, Refusal):
            return meaning
        return self._assemble(meaning, typed[:offset].strip())

    def _assemble(self, meaning: Meaning, number: str) -> Plan | Refusal:
        """The plan of a conversion whose units, forms and substance are settled; `number` as typed, for a hint."""
        targets: list[Target] = []
        for place, below in zip(meaning.targets, self._per_of_targets(meaning), strict=True):
            target = self._target(meaning, place, below, number)
            if isinstance(target, Refusal):
                return target
            targets.append(target)
        weighed = any(target.weighed for target in targets)
        remarks = _remarks(meaning, targets)
        equivalences = {e["id"]: e for target in targets for e in target.way}
        notes = [*meaning.notes, *(chained(meaning, target) for target in targets if len(target.way) > 1)]
        if self._weight is not None and not weighed:
            text = "The body weight was not used: nothing here is an amount per body weight."
            notes.append(Note("weight-not-used", text))
        notes += [Note(r["code"], r["text"], source_of(r)) for r in remarks if r["kind"] == "warning"]
        return Plan(
            substance=meaning.substance,
            title=meaning.title,
            unit=meaning.source.unit.name + below_line(meaning.source.per),
            form=meaning.form_of(meaning.source)[0],
            targets=tuple(targets),
            steps=steps_of(targets),
            equivalences=tuple(
                {"id": e["id"], "text": e["statement"], "approximate": e["approximate"], **source_of(e)}
                for e in equivalences.values()
            ),
            advice=tuple({"text": r["text"], **source_of(r)} for r in remarks if r["kind"] == "advice"),
            notes=tuple({(note.code, note.message): note for note in notes}.values()),
            weight=self._weight_shown() if weighed else None,
        )

    def _target(
        self, meaning: Meaning, place: SettledUnit, below: tuple[NamedUnit, ...], number: str
    ) -> Target | Refusal:
        """One target with the steps to it: body weight, then the unit itself, then what stands below its line."""
        trail = Trail()
        weighed = self._weigh(trail, meaning, place, below)
        if isinstance(weighed, Refusal):
            return weighed
        way = self._way(meaning, place, number)
        if isinstance(way, Refusal):
            return way
        start, above = meaning.source.unit, self._above(meaning, below)
        per = below_line(above)
        if way and meaning.family:
            cross(trail, way, start, place.unit, self._registry, meaning.family, per)
        else:
            trail.rescale(start, place.unit, (start.name + per, place.unit.name + per))
        rescale_below(trail, place.unit, above, below)
        form, of = meaning.form_of(place)
        equivalences = tuple(equivalence for equivalence, _ in way)
        name = place.unit.name + below_line(below)
        return Target(name, trail.factor, tuple(trail.steps), equivalences, weighed, form, of)

    def _weight_shown(self) -> Amount | None:
        return (
            amount(self._weight[0] / self._weight[1].size, self._weight[1].name)
            if self._weight is not None and not isinstance(self._weight, Refusal)
            else None
        )

    def _per_of_targets(self, meaning: Meaning) -> list[tuple[NamedUnit, ...]]:
        """What stands below the line of each target; where none was asked for, what stands below the source's, less a
        weighed kg.
        """
        if not meaning.every_unit:
            return [place.per for place in meaning.targets]
        below = meaning.source.per
        if self._weight is not None:
            below = without(below, first_mass(below))
        return [below] * len(meaning.targets)

    def _above(self, meaning: Meaning, below: tuple[NamedUnit, ...]) -> tuple[NamedUnit, ...]:
        """What stands below the line of the source once the body weight is put in."""
        source = meaning.source.per
        if len(source) == len(below) + 1:
            return without(source, first_mass(source))
        if len(source) + 1 == len(below):
            added = first_mass(below)
            return (added, *source) if added else source
        return source

    def _weigh(
        self, trail: Trail, meaning: Meaning, place: SettledUnit, below: tuple[NamedUnit, ...]
    ) -> bool | Refusal:
        """Put the body weight in where the two sides differ by "per kg"; a refusal where they differ in any other
        way.
        """
        source = meaning.source.per
        above = self._above(meaning, below)
        label = meaning.source.unit.name
        if sorted(u.measure or "" for u in above) != sorted(u.measure or "" for u in below):
            return mismatch(meaning, place, below, weighed=self._weight is not None)
        if above == source:
            return False
        given = self._weight_given
        if given is None or self._weight is None or isinstance(self._weight, Refusal):
            return mismatch(meaning, place, below, weighed=False)
        grams, unit = self._weight
        weight = given.parts or f"{decimal_text(grams / unit.size)} {unit.name}"
        multiply = len(source) > len(above)
        kg = first_mass(source if multiply else above)
        if kg is None:
            return mismatch(meaning, place, below, weighed=True)
        factor = grams / kg.size if multiply else kg.size / grams
        put_in = f"{decimal_text(grams / kg.size)} {kg.name}"
        lead = f"for a body weight of {weight}" + (f" ({put_in})" if weight != put_in else "")
        trail.add(
            lead,
            f" {'×' if multiply else '÷'} {put_in}",
            factor,
            (label + below_line(source), label + below_line(above)),
            {"source": given.source or kg.source},
        )
        return True

    def _way(self, meaning: Meaning, place: SettledUnit, number: str) -> list[tuple[Equivalence, bool]] | Refusal:
        """The chain of equivalences between the two scales (empty within one); a refusal where there is none."""
        start, end = meaning.source, place
        if start.scale == end.scale:
            if start.scale is None and start.unit.measure != end.unit.measure:
                return no_way(meaning, place, self._registry)
            return []
        if meaning.family is None or start.scale is None or end.scale is None:
            return no_way(meaning, place, self._registry)
        for side in (start, end):
            scale = meaning.family.scales[side.scale or ""]
            if "unstated" in scale:
                return unstated(meaning, scale, side, place, number)
        way = chain(meaning.family, start.scale, end.scale)
        return way if way is not None else no_way(meaning, place, self._registry)


def _remarks(meaning: Meaning, targets: list[Target]) -> list[ConversionRemark]:
    """What is to be said with conversions that pass through these scales."""
    if meaning.family is None:
        return []
    touched = {equivalence[side]["scale"] for t in targets for equivalence in t.way for side in ("left", "right")}
    return [remark for remark in meaning.family.remarks if touched & set(remark["scales"])]
