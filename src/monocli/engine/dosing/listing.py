"""The indications of a drug with their usual doses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monocli.engine.answers import Answer
from monocli.engine.bsa import Value
from monocli.engine.dosing.regimens import BASES, part
from monocli.engine.dosing.work import cite, expressed_form
from monocli.engine.numbers import exact

if TYPE_CHECKING:
    from monocli.records.doses import Doses, DosesFile, Indication, Regimen


def listing(
    document: DosesFile, population: str | None, region: str | None, steps: list[dict[str, Any]]
) -> Answer[Any]:
    """Every indication with a dose for the population and region (None: any), a record a printed passage."""
    found = [
        _row(document, indication, doses, who, where)
        for indication in document["indications"]
        for doses in indication["doses"]
        for who in doses["populations"]
        for where in doses.get("regions", [None])
        if population in (None, who) and (region is None or where in (None, region))
    ]
    data: dict[str, Any] = {
        "monograph": document["id"],
        "expressed_as": document["drug"],
        "expressed_form": expressed_form(document),
        "route": document["route"],
        "population": population,
        "region": region,
        "indications": found,
        "without_dose": [
            {"id": use["id"], "label": use["label"], "text": use["text"], **cite(use, document)}
            for use in document.get("without_dose", [])
        ],
        "advice": [],
        "steps": steps,
    }
    return Answer(data)


def _row(
    document: DosesFile, indication: Indication, doses: Doses, population: str, region: str | None
) -> dict[str, Any]:
    return {
        "id": indication["id"],
        "label": indication["label"],
        "printed": doses["printed"],
        "population": population,
        "region": region,
        "doses": [usual(document, regimen) for regimen in doses["regimens"]],
        **cite(doses, document),
    }


def usual(document: DosesFile, regimen: Regimen) -> dict[str, Any]:
    """A printed regimen before any patient: amounts as printed and one sentence."""
    unit, times = document["unit"], int(regimen["times_daily"])
    shown: dict[str, Any] = {"stage": regimen["stage"], "condition": regimen.get("condition")}
    maximum = regimen.get("maximum")
    if "daily" in regimen:
        daily = Value(exact(regimen["daily"]))
        shown["daily"] = daily.json(unit)
        text = (
            f"{daily.text(unit)} a day"
            if times == 1
            else f"{part(daily, times).text(unit)} {times} times a day ({daily.text(unit)} a day)"
        )
        text = text.replace(" 2 times a day", " twice a day")
    else:
        key, measure = next((key, measure) for key, measure in BASES if key in regimen)
        per = Value(exact(regimen[key]))  # type: ignore[literal-required]  # one of BASES
        shown["per_area" if measure == "m2" else "per_weight"] = per.json(f"{unit}/{measure}")
        text = f"{per.text(f'{unit}/{measure}')} a day" + (
            f", at most {maximum} {unit}" if maximum else ", no maximum printed"
        )
    shown["times_daily"] = times
    shown["maximum"] = Value(exact(maximum)).json(unit) if maximum else None
    shown["text"] = text
    return shown
