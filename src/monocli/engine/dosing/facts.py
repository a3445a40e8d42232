"""What the facts of a patient make of a dose: who does not get the drug, printed bands, values that stop treatment."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from monocli.engine.answers import Note, Refusal
from monocli.engine.dosing.book import limit_text, measure_of
from monocli.engine.dosing.when import Circumstances, holds, possible
from monocli.engine.dosing.work import listed
from monocli.engine.inputs import GIVEN
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.records.dose_rules import Band, Bands, Exclusion, Interruption
    from monocli.records.dose_shared import Limit
    from monocli.records.doses import Doses
    from monocli.records.output.common import BandShown
    from monocli.records.output.dose_rules import ComparedShown, ExclusionShown, InterruptionShown

_MET = {True: "yes", False: "no", None: "unknown"}


class Placed(Record):
    """The band that a value falls in."""

    bands: Bands
    band: Band


def exclusions(book: DoseBook, to: Circumstances) -> list[ExclusionShown]:
    """Every rule of who does not get the drug that holds for the region and indication, and whether it is met."""
    return [
        {
            "id": rule["id"],
            "text": rule["text"],
            "refuses": bool(rule["refuses"]),
            "retreatment": bool(rule.get("retreatment", False)),
            "met": _met(rule, to),
            "asks_for": [limit["variable"] for limit in rule.get("when", [])],
            "conditions": [limit_text(book, limit) for limit in rule.get("when", [])],
            **book.cite(rule),
        }
        for rule in _that_hold(book, to)
    ]


def _that_hold(book: DoseBook, to: Circumstances) -> list[Exclusion]:
    """The rules for a region and indication, whatever the values."""
    return possible(book.exclusions, to.replaced(values={}))


def _met(rule: Exclusion, to: Circumstances) -> str:
    return _MET[_all(rule["when"], to)] if "when" in rule else "unknown"


def _all(limits: list[Limit], to: Circumstances) -> bool | None:
    return holds({"when": limits}, to)


def excluded(book: DoseBook, to: Circumstances, given: tuple[Note, ...] = ()) -> Refusal | None:
    """The refusal where a contraindication is met."""
    met = [rule for rule in _that_hold(book, to) if rule["refuses"] and _met(rule, to) == "yes"]
    if not met:
        return None
    rule = met[0]
    because = " and ".join(limit_text(book, limit) for limit in rule["when"])
    others = f" So do: {'; '.join(r['text'] for r in met[1:])}" if len(met) > 1 else ""
    message = f"{rule['text']} It is met here ({because}).{others}"
    detail = {"field": GIVEN, **book.cite(rule)}
    hint = "the rule is its source's; no dose is worked out against it"
    return Refusal("excluded-by-source", message, hint, detail=detail, notes=given)


def exclusion_notes(book: DoseBook, to: Circumstances) -> list[Note]:
    """Advice to leave the drug that is met, and contraindications of which a part is met and the rest is not known."""
    notes = []
    for rule in _that_hold(book, to):
        met = _met(rule, to)
        if met == "yes" and not rule["refuses"]:
            notes.append(Note("advised-against", rule["text"], book.cite(rule)))
        each = [(limit, holds(limit, to)) for limit in rule.get("when", [])]
        if met == "unknown" and any(answer for _, answer in each):
            rest = [limit_text(book, limit) for limit, answer in each if answer is None]
            holding = [limit_text(book, limit) for limit, answer in each if answer]
            message = (
                f"{rule['text']} Of its conditions {listed(holding)} {'holds' if len(holding) == 1 else 'hold'}; not "
                f"known: {listed(rest)}."
            )
            notes.append(Note("exclusion-undecided", message, {"field": GIVEN, **book.cite(rule)}))
    return notes


def uses(book: DoseBook, to: Circumstances, doses: Doses) -> set[str]:
    """The variables that a rule for this dose asks for."""
    limits = [limit for rule in _that_hold(book, to) for limit in rule.get("when", [])]
    limits += [limit for bands in book.bands for band in bands["bands"] for limit in band["when"]]
    scales = {measure for regimen in doses["regimens"] if (measure := measure_of(regimen))}
    stopping = {name for rule in _stopping(book, to) for name in variables_of(rule)}
    return {limit["variable"] for limit in limits} | scales | stopping


def placed(book: DoseBook, to: Circumstances) -> list[Placed] | Refusal:
    """The band of each value that was given; refused where a source has no dose in it."""
    found = []
    for bands in book.bands:
        band = next((b for b in bands["bands"] if _all(b["when"], to)), None)
        if band is None:
            continue
        here = Placed(bands, band)
        if band.get("undosed"):
            detail = {"field": GIVEN, "band": _band_json(book, here), **book.cite(band, bands)}
            return Refusal("no-dose-in-source", band["text"], f"{bands['label']}: {band['label']}", detail=detail)
        found.append(here)
    return found


def band_notes(book: DoseBook, found: list[Placed]) -> list[Note]:
    return [
        Note("source-ambiguous", placed.band["ambiguous"], book.cite(placed.band, placed.bands))
        for placed in found
        if "ambiguous" in placed.band
    ]


def bands_json(book: DoseBook, found: list[Placed]) -> list[BandShown]:
    """`data.bands[]`."""
    return [_band_json(book, p) for p in found]


def _band_json(book: DoseBook, found: Placed) -> BandShown:
    return {
        "id": found.bands["id"],
        "label": found.bands["label"],
        "band": found.band["label"],
        "text": found.band["text"],
        "changes": bool(found.band.get("undosed")) or changes(found),
        **book.cite(found.band, found.bands),
    }


def changes(found: Placed) -> bool:
    """Whether a band changes doses."""
    return "maximum" in found.band or "start_percent" in found.band


def variables_of(rule: Interruption) -> set[str]:
    """The values and facts that a rule of interruption asks for."""
    limits = [*rule["stop_when"], *rule["resume_when"]]
    limits += [limit for course in rule.get("courses", []) for limit in course.get("when", [])]
    return {limit["variable"] for limit in limits}


def concerned(book: DoseBook, known: Collection[str]) -> list[Interruption]:
    """The rules of interruption by which a current dose changes, and that ask for a value given."""
    return [rule for rule in book.interruptions if rule.get("courses") and variables_of(rule) & set(known)]


def _stopping(book: DoseBook, to: Circumstances) -> list[Interruption]:
    """The rules by which values stop treatment, for a population and indication."""
    return possible(book.interruptions, to.replaced(values={}))


def interruptions(book: DoseBook, to: Circumstances) -> list[InterruptionShown]:
    """What stops treatment by the printed values, with whether those given do."""
    return [
        {
            "text": rule["text"],
            "stop_when": [limit_text(book, limit) for limit in rule["stop_when"]],
            "resume_when": [limit_text(book, limit) for limit in rule["resume_when"]],
            "steps": list(rule["steps"]),
            "met": _MET[_any(rule["stop_when"], to)],
            **book.cite(rule),
        }
        for rule in _stopping(book, to)
    ]


def _any(limits: list[Limit], to: Circumstances) -> bool | None:
    answers = [holds(limit, to) for limit in limits]
    return True if True in answers else None if None in answers else False


def interruption_notes(found: list[InterruptionShown]) -> list[Note]:
    """The warning that the values given stop treatment."""
    return [
        Note("values-stop-treatment", f"{rule['text']} {' '.join(rule['steps'])}", {"source": rule["source"]})
        for rule in found
        if rule["met"] == "yes"
    ]


def compared(book: DoseBook, region: str | None, given: Collection[str] = ()) -> list[ComparedShown]:
    """What sources say of one thing side by side, where it concerns the region and the values given (by their ids)."""
    return [
        {
            "about": item["about"],
            "said": [{"text": said["text"], **book.cite(said)} for said in item["said"]],
            "difference": item.get("difference"),
        }
        for item in possible(book.compared, Circumstances(region=region))
        if "variables" not in item or set(item["variables"]) & set(given)
    ]
