"""The indications of a drug with their usual doses."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.engine.answers import Answer
from monocli.engine.bsa import Value
from monocli.engine.dosing.regimens import AREA_UNIT, part, rate_of
from monocli.engine.numbers import exact

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.records.doses import Doses, PrintedIndication, PrintedRegimen
    from monocli.records.output.common import Amount
    from monocli.records.output.dosing import DoseListing, DoseStep, ListedIndication, UsualDose


def listing(book: DoseBook, population: str | None, region: str | None, steps: list[DoseStep]) -> Answer[DoseListing]:
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
        "advice": [],
        "steps": steps,
    }
    return Answer(data)


def _row(
    book: DoseBook, indication: PrintedIndication, doses: Doses, population: str, region: str | None
) -> ListedIndication:
    return {
        "id": indication["id"],
        "label": indication["label"],
        "printed": doses["printed"],
        "population": population,
        "region": region,
        "doses": [usual(book, regimen) for regimen in doses["regimens"]],
        **book.cite(doses),
    }


def usual(book: DoseBook, regimen: PrintedRegimen) -> UsualDose:
    """A printed regimen before any patient: amounts as printed and one sentence."""
    unit, times = book.unit, int(regimen["times_daily"])
    shown: dict[str, Amount] = {}
    maximum = regimen.get("maximum")
    rate = rate_of(regimen)
    if rate is None:
        daily = Value(exact(regimen["daily"]))
        shown["daily"] = daily.json(unit)
        text = (
            f"{daily.text(unit)} a day"
            if times == 1
            else f"{part(daily, times).text(unit)} {times} times a day ({daily.text(unit)} a day)"
        )
        text = text.replace(" 2 times a day", " twice a day")
    else:
        per, measure = rate
        shown["per_area" if measure == AREA_UNIT else "per_weight"] = per.json(f"{unit}/{measure}")
        text = f"{per.text(f'{unit}/{measure}')} a day" + (
            f", at most {maximum} {unit}" if maximum else ", no maximum printed"
        )
    return cast(
        "UsualDose",
        {
            "stage": regimen["stage"],
            "condition": regimen.get("condition"),
            **shown,
            "times_daily": times,
            "maximum": Value(exact(maximum)).json(unit) if maximum else None,
            "text": text,
        },
    )
