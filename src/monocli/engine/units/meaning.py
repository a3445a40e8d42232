"""Which substance, form and units are meant: settled before anything is converted, or refused with the choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.answers import BAD_INPUT, Note, Refusal
from monocli.engine.cited import source_of
from monocli.engine.inputs import OF, ask
from monocli.engine.units.expressions import Expression
from monocli.engine.units.paths import unit_on
from monocli.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monocli.engine.units.registry import Family, NamedUnit, Registry, Selection


class SettledUnit(Record):
    """A unit with everything about it settled: the scale of the substance it counts (None for a plain mass, volume,
    time) and what stands below its line.
    """

    unit: NamedUnit
    scale: str | None
    per: tuple[NamedUnit, ...] = ()


class Meaning(Record):
    """A conversion with nothing left open. `every_unit`: no target was named, so `targets` are all that the substance
    has.
    """

    family: Family | None
    substance: str | None
    title: str | None
    source: SettledUnit
    targets: tuple[SettledUnit, ...]
    every_unit: bool
    notes: tuple[Note, ...]

    def form_of(self, place: SettledUnit) -> tuple[str | None, str | None]:
        """(form, name) of a mass that could be of more than one form of the substance, else of its one form."""
        if self.family is None or place.scale is None or place.unit.measure is None:
            return None, None
        scale = self.family.scales[place.scale]
        if len(self.family.scales_in(place.unit.measure)) > 1:
            return place.scale, next(iter(scale.get("names", ())), scale["title"])
        return None, None


def settle(
    registry: Registry, source: Expression | None, wanted: tuple[Expression, ...], of: Selection | None
) -> Meaning | Refusal:
    """The one meaning of a conversion. `source` is None for a bare number; no `wanted` means every unit.

    Refusals: `substance-needed` (several substances share the unit), `unit-needed` (a bare number, and no substance
    whose unit it would be), `incompatible-units` (nothing has all these units, or the substance is not measured so).
    """
    family = _family(registry, source, wanted, of)
    if isinstance(family, Refusal):
        return family
    notes = [note for expression in (source, *wanted) if expression for note in expression.notes]
    if source is None:
        if family is None or family.default_unit is None:
            return _unit_needed(of)
        source = Expression(family.default_unit, tuple(registry.units(family.default_unit)))
    named = of or _named(source, family) or next((n for w in wanted if (n := _named(w, family))), None)
    start = _place(registry, family, source, _form_named(source, family) or (of.scale if of else None))
    targets = tuple(_target(registry, family, expression, start) for expression in wanted)
    if (
        family
        and of
        and of.scale
        and not _form_named(source, family)
        and of.scale in {place.scale for place in targets}
    ):
        return _form_needed(
            family, start.unit
        )  # "100 mg --of 'imatinib mesilate' --to mesilate": of which is it the mass?
    if family is not None and start.scale is None and family.scales_in(start.unit.measure or ""):
        start, targets, note = _default_form(family, start, targets)
        if isinstance(note, Refusal):
            return note
        notes += [note] if note else []
    targets = tuple(
        t if t.scale or not _massed(family, t) else t.replaced(scale=_form_of_target(family, t, start)) for t in targets
    )
    if family is None:
        every = targets or _listed_of_measure(registry, start)
        return Meaning(
            None,
            named.substance if named else None,
            named.title if named else None,
            start,
            every,
            not targets,
            tuple(notes),
        )
    return _with_substance(registry, family, named, start, targets, notes)


def _with_substance(
    registry: Registry,
    family: Family,
    named: Selection | None,
    start: SettledUnit,
    targets: tuple[SettledUnit, ...],
    notes: list[Note],
) -> Meaning | Refusal:
    """The meaning once the family is known: which of its substances, and whether its scales are given for that one."""
    ids = [record["id"] for record in family.substances]
    listed = [scale for scale, record in family.scales.items() if record.get("listed", True)]
    scales = [place.scale for place in (start, *targets) if place.scale]
    needed = scales if targets else [*scales, *listed]
    substance = (
        named.substance if named else next((i for i in ids if all(family.allowed(s, i) for s in needed)), ids[0])
    )
    for scale in scales:
        if not family.allowed(scale, substance):
            if set(scales) != {scale} or family.scales[scale].get("listed", True):
                return _not_given(family, scale, substance)
            # Of a substance that is not counted so, a volume is still a volume.
            start, targets = start.replaced(scale=None), tuple(t.replaced(scale=None) for t in targets)
    every = targets
    if not targets:
        every = _listed_of_family(registry, family, start, [s for s in listed if family.allowed(s, substance)])
        left_out = [s for s in listed if not family.allowed(s, substance)]
        notes += [
            Note("not-given-for-substance", _left_out(family, s, substance), source_of(family.scales[s]))
            for s in left_out
        ]
        notes += _why_unstated(family, start)
    if named is None and start.scale and "unstated" in family.scales[start.scale]:
        return Meaning(family, None, None, start, every, not targets, tuple(notes))  # units of what is not said either
    return Meaning(family, substance, family.title_of(substance), start, every, not targets, tuple(notes))


def _family(
    registry: Registry, source: Expression | None, wanted: tuple[Expression, ...], of: Selection | None
) -> Family | Refusal | None:
    """The one family that has every unit, form and substance that was named; None where only plain measures were."""
    sets = [found for expression in (source, *wanted) if expression for found in _claims(expression)]
    if of and of.family is None and sets:
        unit = next(e.text for e in (source, *wanted) if e and _claims(e))
        message = f"{unit} is no unit of {of.title}: no units of {of.title} are recorded, but mass, volume and the like"
        return Refusal("incompatible-units", message, kind=BAD_INPUT)
    if of and of.family:
        sets.append({of.family})
    if source is None and not (of and of.family is None):
        sets.append(
            {family.id for family in registry.families.values() if family.default_unit}
            if not (of and of.family)
            else {of.family}
        )
    if not sets:
        return None
    common = set.intersection(*sets)
    if len(common) == 1:
        return registry.families[common.pop()]
    if common:
        choices = tuple(record["title"] for f in sorted(common) for record in registry.families[f].substances)
        texts = " and ".join(dict.fromkeys(e.text for e in (source, *wanted) if e)) or "a bare number"
        message = f"{texts} may be of more than one substance"
        return Refusal("substance-needed", message, f"name it: {OF} {choices[0]}", choices, kind=BAD_INPUT)
    if source is None:
        return _unit_needed(of)
    return _nothing_in_common(registry, source, wanted, of)


def _claims(expression: Expression) -> list[set[str]]:
    """The families that each part of an expression can belong to; nothing for the units of a measure."""
    claims = []
    owners = {unit.family for unit in expression.units}
    if owners and None not in owners:
        claims.append({owner for owner in owners if owner})
    elif not expression.units and expression.scales:
        claims.append({family for family, _ in expression.scales})
    named = {s.family for s in expression.selection if s.family} | (
        {family for family, _ in expression.scales} if expression.units else set()
    )
    return [*claims, named] if named else claims


def _nothing_in_common(
    registry: Registry, source: Expression, wanted: tuple[Expression, ...], of: Selection | None
) -> Refusal:
    """Why units cannot be joined: they belong to different substances."""
    said = []
    for expression in (source, *wanted):
        for claim in _claims(expression):
            titles = " or ".join(registry.families[family].title for family in sorted(claim))
            said.append(f"{expression.text} belongs to {titles}")
    if of:
        said.append(f"{of.title} was named")
    message = f"these cannot be joined: {'; '.join(dict.fromkeys(said))}"
    return Refusal("incompatible-units", message, f"`{ask('units')}` lists the units of each substance", kind=BAD_INPUT)


def _unit_needed(of: Selection | None) -> Refusal:
    whom = f" of {of.title}" if of else ""
    return Refusal(
        "unit-needed", f"a number alone says no amount{whom}: give its unit", 'such as "100 mg"', kind=BAD_INPUT
    )


def _named(expression: Expression, family: Family | None) -> Selection | None:
    return next((s for s in expression.selection if family is None or s.family == family.id), None)


def _form_named(expression: Expression, family: Family | None) -> str | None:
    """The form that was named behind a unit ("mg mesilate"), or that a name of the substance says."""
    if family is None:
        return None
    forms = [scale for owner, scale in expression.scales if owner == family.id]
    forms += [s.scale for s in expression.selection if s.family == family.id and s.scale]
    return forms[0] if forms else None


def _place(registry: Registry, family: Family | None, expression: Expression, form: str | None) -> SettledUnit:
    """A unit on its scale, where the words decide it."""
    unit = next((u for u in expression.units if family is None or u.family in (None, family.id)), expression.units[0])
    if unit.family is not None:
        return SettledUnit(unit, unit.scale, expression.per)
    scales = family.scales_in(unit.measure or "") if family else []
    if form in scales:
        return SettledUnit(unit, form, expression.per)
    return SettledUnit(unit, scales[0] if len(scales) == 1 else None, expression.per)


def _target(registry: Registry, family: Family | None, expression: Expression, start: SettledUnit) -> SettledUnit:
    """A target; the name of a form alone is counted in the unit of the quantity, or in that of its equivalence."""
    if expression.units or family is None:
        return _place(registry, family, expression, _form_named(expression, family))
    scale = next(scale for owner, scale in expression.scales if owner == family.id)
    if family.scales[scale].get("measure") and start.unit.measure == family.scales[scale].get("measure"):
        return SettledUnit(start.unit, scale, start.per)
    sides = [side for e in family.equivalences for side in (e["left"], e["right"]) if side["scale"] == scale]
    return SettledUnit(unit_on(registry, family, sides[0]["unit"], scale), scale, start.per)


def _massed(family: Family | None, place: SettledUnit) -> bool:
    return bool(family and place.unit.measure and family.scales_in(place.unit.measure))


def _form_of_target(family: Family | None, place: SettledUnit, start: SettledUnit) -> str | None:
    """The form of a target mass that names none: that of the quantity, where it is a mass, else the default."""
    if start.unit.measure == place.unit.measure:
        return start.scale
    return family.default_form["scale"] if family and family.default_form else None


def _default_form(
    family: Family, start: SettledUnit, targets: tuple[SettledUnit, ...]
) -> tuple[SettledUnit, tuple[SettledUnit, ...], Note | Refusal | None]:
    """The form of a mass that names none: the default, unless the default itself is asked for; then it can only be
    the other.
    """
    scales = family.scales_in(start.unit.measure or "")
    asked = {place.scale for place in targets if place.scale}
    default = family.default_form
    if default is None or (default["scale"] in asked and (len(asked) > 1 or len(scales) != 2)):
        return start, targets, _form_needed(family, start.unit)
    form = default["scale"]
    why = default["text"]
    if form in asked:
        form = next(scale for scale in scales if scale != form)
        why = f"{default['scale']} was asked for"
    said = f"Write {start.unit.name} {form} to say so."
    message = f"The quantity does not say its form and was read as the {form}: {why}. {said}"
    cite: Mapping[str, object] = source_of(default) if form == default["scale"] else {}
    return start.replaced(scale=form), targets, Note("form-assumed", message, {"form": form, **cite})


def _form_needed(family: Family, unit: NamedUnit) -> Refusal:
    choices = tuple(f"{unit.name} {scale}" for scale in family.scales_in(unit.measure or ""))
    forms = " and as ".join(family.scales_in(unit.measure or ""))
    message = f"{unit.name} of which form? {family.title} is measured as {forms}."
    hint = f'say which, such as "100 {choices[0]}" or "100 {choices[-1]}"'
    return Refusal("form-needed", message, hint, choices, kind=BAD_INPUT)


def _listed_of_measure(registry: Registry, start: SettledUnit) -> tuple[SettledUnit, ...]:
    _, units = registry.measures[start.unit.measure or ""]
    return tuple(SettledUnit(unit, None, start.per) for unit in units if unit.listed)


def _listed_of_family(
    registry: Registry, family: Family, start: SettledUnit, scales: list[str]
) -> tuple[SettledUnit, ...]:
    """Every unit that a conversion from `start` can be shown in; a scale that does not say what it counts leads
    nowhere else.
    """
    if start.scale is None:
        return _listed_of_measure(registry, start)
    if "unstated" in family.scales[start.scale]:
        return tuple(SettledUnit(unit, unit.scale, start.per) for unit in family.units if unit.scale == start.scale)
    places = []
    for scale in scales:
        measure = family.scales[scale].get("measure")
        units = registry.measures[measure][1] if measure else [u for u in family.units if u.scale == scale]
        places += [SettledUnit(unit, scale, start.per) for unit in units if unit.listed]
    return tuple(places)


def _not_given(family: Family, scale: str, substance: str) -> Refusal:
    record = family.scales[scale]
    title = family.title_of(substance)
    message = f"{title} is not measured by {record['title']}: {record.get('why_only', 'no source gives it')}"
    only = tuple(family.title_of(s) for s in record.get("only", ()))
    hint = f"for {only[0]}: {OF} {only[0]}" if only else None
    detail = {"substance": substance, **source_of(record)}
    return Refusal("incompatible-units", message, hint, kind=BAD_INPUT, detail=detail)


def _left_out(family: Family, scale: str, substance: str) -> str:
    record = family.scales[scale]
    title, why = record["title"], record.get("why_only", "not given for this substance")
    return f"{title[:1].upper()}{title[1:]} is left out: {why}."


def _why_unstated(family: Family, start: SettledUnit) -> list[Note]:
    record = family.scales[start.scale] if start.scale else None
    if record is None or "unstated" not in record:
        return []
    hint = f"If they are {record['instead']}, write {record['instead']}."
    return [Note("unit-not-stated", f"{record['unstated']}. {hint}", source_of(record))]
