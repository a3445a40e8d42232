"""From one dose to the syringe and the bag: a worked sheet, each line with its numbers and its source.

What a vial holds, how it is dissolved and the bag are rules of the drug; from its unit to mL and mass only the
library's own equivalences lead.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, cast

from monocli.engine.answers import Note
from monocli.engine.dosing.when import Circumstances, first
from monocli.engine.dosing.work import OWN
from monocli.engine.quantities.numbers import decimal_text, exact, in_practice
from monocli.engine.quantities.values import Value
from monocli.engine.units import steps_of
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.engine.units import Target
    from monocli.records.dose_products import Dilution, Preparation
    from monocli.records.doses import Doses, Duration, PrintedRegimen
    from monocli.records.output.common import Amount, SourceRef
    from monocli.records.output.regimens import Concentration, PreparationSheet, SheetLine, Vials

VOLUME, MASS, DENSITY = "mL", "microgram", "microgram/mL"
NEEDED = (VOLUME, MASS)
"""What a preparation is worked out in."""
_MINUTES = {"minutes": Fraction(1), "hours": Fraction(60)}
_HOUR = Fraction(60)


class Made(Record):
    """A sheet, and what is said where its numbers do not agree."""

    sheet: PreparationSheet
    notes: tuple[Note, ...]


class PreparedDose(Record):
    """One dose as its own unit, as a volume of what was dissolved, and as mass."""

    amount: Value
    draw: Value
    mass: Value


def in_other_units(book: DoseBook, each: Value, wanted: list[str]) -> list[Amount]:
    """One dose in other units."""
    return [each.times(t.factor).json(t.unit) for t in _targets(book) if t.unit in wanted]


def _targets(book: DoseBook) -> tuple[Target, ...]:
    """How the unit of the rules converts. A library that cannot convert it is not compiled."""
    assert book.units is not None
    plan = book.units.plan(book.unit)
    return getattr(plan, "targets", ())


SET_BY_HAND = ("draw", "infusion")
"""Lines whose result a syringe or a pump is set to."""


def prepared(book: DoseBook, doses: Doses, regimen: PrintedRegimen, each: Value, region: str | None) -> Made | None:
    """The sheet for one dose of a regimen; None where its way of giving has none."""
    rule = first(book.preparations, Circumstances(region=region, route=regimen.get("route")))
    by_unit = {target.unit: target for target in _targets(book)} if rule is not None else {}
    if rule is None or not all(unit in by_unit for unit in NEEDED):
        return None
    dose = PreparedDose(each, *(each.times(by_unit[unit].factor) for unit in NEEDED))
    lines: list[SheetLine] = []
    notes: list[Note] = []
    vials = _vials(book, rule, dose, lines, notes)
    _draw(book, dose, by_unit[VOLUME], lines)
    shown: PreparationSheet = {
        "dose": each.json(book.unit),
        "draw": dose.draw.json(VOLUME),
        "mass": dose.mass.json(MASS),
        "vials": vials,
        "bag": None,
        "concentration": None,
        "rate": None,
        "lines": lines,
    }
    if "dilution" in rule:
        _bag(book, rule, dose, shown, notes)
    if "over" in regimen:
        _infusion(book, regimen, regimen["over"], rule, doses, dose, shown)
    lines += [line("remark", "remark", said["text"], book.cite(said, rule)) for said in rule.get("remarks", [])]
    return Made(shown, tuple(notes))


def line(
    id: str, what: str, text: str, citation: SourceRef, work: str | None = None, result: Amount | None = None
) -> SheetLine:
    """One line of the sheet."""
    said = cast("SheetLine", {"id": id, "what": what, "text": text, "work": work, "result": result, **citation})
    if result is not None and "exact" in result and id in SET_BY_HAND:
        said["practical"] = {"value": in_practice(Fraction(result["exact"])), "unit": result["unit"]}
    return said


def _vials(
    book: DoseBook, rule: Preparation, dose: PreparedDose, lines: list[SheetLine], notes: list[Note]
) -> Vials | None:
    """The vial, how it is dissolved, and how many are needed by what it holds and by what can be drawn from it."""
    dissolved = rule["reconstitution"]
    volume = Value(exact(dissolved["volume"]))
    vial = rule.get("vial")
    if vial is not None:
        lines.append(line("vial", "vial", vial["text"], book.cite(vial, rule)))
    lines.append(line("reconstitution", "dissolve", dissolved["text"], book.cite(dissolved, rule)))
    if vial is None:
        return None
    by_content = ceil(dose.amount.number / exact(vial["amount"]))
    by_volume = ceil(dose.draw.number / volume.number)
    work = (
        f"{dose.amount.text(book.unit)} ÷ {vial['amount']} {book.unit}, and "
        f"{dose.draw.text(VOLUME)} ÷ {volume.text(VOLUME)}, each rounded up"
    )
    text = f"{by_volume} to draw {dose.draw.text(VOLUME)} from {volume.text(VOLUME)} each"
    if by_content != by_volume:
        text += f"; {by_content} by what a vial holds"
        message = (
            f"{dose.amount.text(book.unit)} is {by_content} vials by what a vial holds ({vial['amount']} {book.unit}), "
            f"and {by_volume} by the {volume.text(VOLUME)} that each is dissolved in; how much can be drawn is "
            "not stated."
        )
        notes.append(Note("vials-differ", message, OWN))
    lines.append(line("vials", "vials", text, OWN, work))
    return {"by_content": by_content, "by_volume": by_volume}


def _draw(book: DoseBook, dose: PreparedDose, to_volume: Target, lines: list[SheetLine]) -> None:
    """The volume to draw, by the equivalence that the library has of the dissolved vial."""
    cited = steps_of([to_volume])[-1].cite
    one = Value(1 / to_volume.factor).text(book.unit)
    work = f"{dose.amount.text(book.unit)} ÷ {one} in each mL"
    lines.append(line("draw", "draw", dose.draw.text(VOLUME), cited, work, dose.draw.json(VOLUME)))


def _bag(book: DoseBook, rule: Preparation, dose: PreparedDose, shown: PreparationSheet, notes: list[Note]) -> None:
    dilution, lines = rule["dilution"], shown["lines"]
    citation = book.cite(dilution, rule)
    lines.append(line("dilution", "dilute", dilution["text"], citation))
    bag = next(
        (b for b in dilution.get("bags", []) if "at_most" not in b or dose.amount.number <= exact(b["at_most"])), None
    )
    if "least" in dilution and "most" in dilution:
        _keeping(dilution, dose, lines)
    if bag is None:
        return
    volume = Value(exact(bag["volume"]))
    printed: SourceRef = {"source": dilution["bags_source"]} if "bags_source" in dilution else citation
    reach = f"for doses up to {bag['at_most']} {book.unit}" if "at_most" in bag else "for doses above the others"
    shown["bag"] = volume.json(VOLUME)
    lines.append(line("bag", "bag", f"{volume.text(VOLUME)}, {reach}", printed, None, volume.json(VOLUME)))
    shown["concentration"] = _concentration(dilution, dose, volume, lines, notes, citation)


def _keeping(dilution: Dilution, dose: PreparedDose, lines: list[SheetLine]) -> None:
    """The volumes, drug included, that keep the printed range."""
    least, most = exact(dilution["least"]), exact(dilution["most"])
    smallest, largest = dose.mass.times(1 / most), dose.mass.times(1 / least)
    reach = f"{dilution['least']} to {dilution['most']} {DENSITY}"
    text = f"{smallest.text()} to {largest.text(VOLUME)} in all, drug included, keep {reach}"
    work = f"{dose.mass.text(MASS)} ÷ {dilution['most']} and ÷ {dilution['least']} {DENSITY}"
    lines.append(line("volumes", "volumes", text, OWN, work))


def _concentration(
    dilution: Dilution, dose: PreparedDose, bag: Value, lines: list[SheetLine], notes: list[Note], citation: SourceRef
) -> Concentration:
    """By the volume of the bag and with the drug's own volume added: sources do not say which they count."""
    total = Value(bag.number + dose.draw.number, dose.draw.is_exact)
    by_bag, with_drug = (dose.mass.times(Value(1 / v.number, v.is_exact)) for v in (bag, total))
    least, most = exact(dilution.get("least", "0")), dilution.get("most")
    inside = [c.number >= least and (most is None or c.number <= exact(most)) for c in (by_bag, with_drug)]
    text = f"{with_drug.text(DENSITY)} in bag and drug; {by_bag.text(DENSITY)} by the bag alone"
    work = f"{dose.mass.text(MASS)} ÷ {total.text(VOLUME)}; ÷ {bag.text(VOLUME)}"
    lines.append(line("concentration", "strength", text, OWN, work, with_drug.json(DENSITY)))
    if not all(inside):
        reach = f"{dilution.get('least', '0')} to {most} {DENSITY}"
        one = "only one of the two lies" if any(inside) else "neither lies"
        code = "concentration-by-volume" if any(inside) else "concentration-out-of-range"
        message = f"{text}: {one} within {reach}. The sources do not say which volume they count."
        notes.append(Note(code, message, citation))
    return {
        "by_bag": by_bag.json(DENSITY),
        "with_drug": with_drug.json(DENSITY),
        "bag_in_range": inside[0],
        "with_drug_in_range": inside[1],
    }


def _infusion(
    book: DoseBook,
    regimen: PrintedRegimen,
    over: Duration,
    rule: Preparation,
    doses: Doses,
    dose: PreparedDose,
    shown: PreparationSheet,
) -> None:
    """The time of one dose, and the rate that it makes of the bag with the drug in it."""
    time, citation = f"over {over['value']} {over['unit']}", book.cite(regimen, doses)
    bag = shown["bag"]["value"] if shown["bag"] else rule.get("dilution", {}).get("largest")
    if bag is None:
        shown["lines"].append(line("infusion", "infuse", time, citation))
        return
    total = Value(exact(bag) + dose.draw.number, dose.draw.is_exact)
    hours = exact(over["value"]) * _MINUTES[over["unit"]] / _HOUR
    rate = total.times(1 / hours)
    shown["rate"] = rate.json("mL/h")
    where = "" if shown["bag"] else f", in the largest bag ({bag} mL)"
    text = f"{time}: {rate.text('mL/h')}{where}"
    work = f"{total.text(VOLUME)} (bag and drug) ÷ {decimal_text(hours)} h"
    shown["lines"].append(line("infusion", "infuse", text, citation, work, rate.json("mL/h")))
