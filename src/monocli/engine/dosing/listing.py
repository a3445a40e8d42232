"""The indications of a drug with their usual doses."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.engine.answers import Answer, Note, Refusal
from monocli.engine.cited import kept
from monocli.engine.dosing import facts, patient
from monocli.engine.dosing.book import AREA_UNIT, WEIGHT_UNIT, a_day, measure_of, printed_amount
from monocli.engine.dosing.regimens import part, per_unit, route_json
from monocli.engine.dosing.when import Circumstances
from monocli.engine.dosing.work import needed
from monocli.engine.inputs import HEPATIC, INDICATION, WITH
from monocli.engine.quantities.numbers import exact
from monocli.engine.quantities.values import Value

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.engine.dosing.known import Read
    from monocli.records.doses import Doses, PrintedIndication, PrintedRegimen
    from monocli.records.output.common import Amount
    from monocli.records.output.dose_rules import DoseStep, SourceShown
    from monocli.records.output.dosing import DoseListing, ListedIndication, UsualDose


_PER = {AREA_UNIT: "per_area", WEIGHT_UNIT: "per_weight"}


def without_indication(read: Read, others: list[SourceShown]) -> Answer[DoseListing] | Refusal:
    """The list, unless something was given that only an indication can use."""
    given = [*read.measured.options, *(k.option for k in read.known.values())]
    given += [HEPATIC] * (read.request.grade is not None) + [WITH] * bool(read.request.partners)
    if given:
        message = f"{given[0]} bears on the dose for one indication, and none was named"
        hint = f"add {INDICATION}; without other options the command lists them"
        return needed("indication-needed", INDICATION, message, hint)
    if read.population is None and read.age is None:
        return listing(read.book, None, read.region, [], others)
    person = patient.person(read.book, read.population, read.age)
    if isinstance(person, Refusal):
        return person
    return listing(read.book, person.population, read.region, list(person.steps), others)


def listing(
    book: DoseBook, population: str | None, region: str | None, steps: list[DoseStep], others: list[SourceShown]
) -> Answer[DoseListing]:
    """Every indication with a dose for the population and region (None: any), a record a printed passage."""
    found = [
        _row(book, indication, doses, who, where)
        for indication in book.indications
        for doses in indication["doses"]
        for who in doses["populations"]
        for where in doses.get("regions", [None])
        if population in (None, who) and (region is None or where in (None, region))
    ]
    data: DoseListing = {
        "monograph": book.id,
        "expressed_as": book.drug,
        "expressed_form": book.expressed_form,
        "route": book.route,
        "population": population,
        "region": region,
        "indications": found,
        "without_dose": [
            {"id": use["id"], "label": use["label"], "text": use["text"], **book.cite(use)} for use in book.without_dose
        ],
        "from_sources": [book.about(s) for s in dict.fromkeys(row["source"] for row in found)],
        "other_sources": others,
        "exclusions": facts.exclusions(book, Circumstances(population, region)),
        "compared": facts.compared(book, region),
        "advice": [],
        "steps": steps,
    }
    return Answer(data, (Note("dose-not-in-monograph", book.unprinted, book.cite()),) if book.unprinted else ())


def _row(
    book: DoseBook, indication: PrintedIndication, doses: Doses, population: str, region: str | None
) -> ListedIndication:
    row = {
        **kept(indication, "id", "label", "disease"),
        "printed": doses["printed"],
        "population": population,
        "region": region,
        "doses": [usual(book, regimen) for regimen in doses["regimens"]],
        **book.cite(doses),
    }
    return cast("ListedIndication", row)


def usual(book: DoseBook, regimen: PrintedRegimen) -> UsualDose:
    """A printed regimen before any patient: amounts as printed and one sentence."""
    unit, times = book.unit, int(regimen["times_daily"])
    shown: dict[str, Amount] = {}
    maximum = regimen.get("maximum")
    measure = measure_of(regimen)
    printed = printed_amount(regimen)
    often = (
        f" every {regimen['every_hours']} hours"
        if "every_hours" in regimen
        else " a day"
        if "daily" in regimen
        else f" {times} times a day"
    )
    if measure is None:
        daily = a_day(regimen)
        shown["daily"] = daily.json(unit)
        text = (
            f"{daily.text(unit)} a day"
            if times == 1
            else f"{part(daily, times).text(unit)} {times} times a day ({daily.text(unit)} a day)"
        )
        text = text.replace(" 2 times a day", " twice a day")
    else:
        per = per_unit(book, measure)
        shown[_PER.get(measure, "per_value")] = printed.json(per)
        text = f"{printed.text(per)}{often}" + (f", at most {maximum} {unit}" if maximum else ", no maximum printed")
    text += f"; {course}" if (course := regimen.get("course")) else ""
    return cast(
        "UsualDose",
        {
            "stage": regimen["stage"],
            "condition": regimen.get("condition"),
            "route": route_json(book, regimen.get("route")),
            **shown,
            "times_daily": times,
            "maximum": Value(exact(maximum)).json(unit) if maximum else None,
            "text": text,
        },
    )
