"""What a schema cannot say of dose rules: that what they point to exists, and that their numbers make sense."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from monocli.library.declared import broken
from monocli.library.documents import Document, Documents
from monocli.library.problems import Path
from monocli.records.doses import DosesFile
from monocli.records.words import SCALES

if TYPE_CHECKING:
    from monocli.records.dose_shared import PrintedAdvice
    from monocli.records.doses import Comparison, PrintedRegimen


def check_doses(document: Document, documents: Documents) -> None:
    """Note every problem of one file of data/doses/ in its own source."""
    source, record = document.source, cast(DosesFile, document.value)
    assert source is not None
    for path, message in (
        *broken(record, DosesFile, documents.ids),
        *_regimens(record),
        *_ladders(record),
        *_bands(record),
        *_partners(record),
        *_warnings(record),
    ):
        source.problem(path, message, "bad-dose-rule")


def _regimens(record: DosesFile) -> Iterator[tuple[Path, str]]:
    for i, indication in enumerate(record["indications"]):
        for d, doses in enumerate(indication["doses"]):
            here: Path = ("indications", i, "doses", d, "regimens")
            if not doses["regimens"] or doses["regimens"][0]["stage"] not in ("start", "option"):
                yield here, "the first regimen is where treatment begins: stage start or option"
            for r, regimen in enumerate(doses["regimens"]):
                yield from _regimen(record, regimen, (*here, r))
            if "compare" in doses and not _fixed_start(record, doses["compare"]):
                yield (*here[:-1], "compare"), "compares with a start that is a fixed dose; there is none"


def _fixed_start(record: DosesFile, compare: Comparison) -> bool:
    return any(
        regimen["stage"] == "start" and "daily" in regimen and "scale_by" not in regimen
        for indication in record["indications"]
        if indication["id"] == compare["indication"]
        for doses in indication["doses"]
        if compare["population"] in doses["populations"]
        for regimen in doses["regimens"]
    )


def _regimen(record: DosesFile, regimen: PrintedRegimen, path: Path) -> Iterator[tuple[Path, str]]:
    if "scale_by" in regimen and ("maximum" in regimen) == ("maximum_note" in regimen):
        yield path, "a dose that is scaled says either its printed maximum or, in maximum_note, that none is printed"
    scale = regimen.get("scale_by")
    if scale and scale not in SCALES and not any(v["id"] == scale and "unit" in v for v in record.get("variables", [])):
        yield (*path, "scale_by"), f"expected {', '.join(SCALES)} or a variable of this file with a unit, not {scale!r}"
    if any(times < 1 for times in (regimen["times_daily"], *regimen.get("other_times_daily", []))):
        yield path, "a day's dose is taken at least once"


def _ladders(record: DosesFile) -> Iterator[tuple[Path, str]]:
    for index, ladder in enumerate(record.get("reductions", [])):
        for place, step in enumerate(ladder["steps"]):
            if Fraction(step["to"]) >= Fraction(step["start"]):
                yield ("reductions", index, "steps", place), "a reduction leads to a lower dose"
        starts = [step["start"] for step in ladder["steps"]]
        if len(set(starts)) < len(starts):
            yield ("reductions", index, "steps"), "two steps begin at the same dose"


def _bands(record: DosesFile) -> Iterator[tuple[Path, str]]:
    for index, (first, second) in enumerate(pairwise(record["age_bands"])):
        if first.get("below_years") != second["from_years"]:
            yield ("age_bands", index + 1, "from_years"), "each band begins where the one before it ends"


def _partners(record: DosesFile) -> Iterator[tuple[Path, str]]:
    for index, partner in enumerate(record.get("partners", [])):
        if ("percent" in partner) != (partner["effect"] == "percent"):
            yield ("partners", index), "effect percent has a percent, the others have none"
        elif "percent" in partner and Fraction(partner["percent"]) <= -100:
            yield ("partners", index, "percent"), "a dose cannot fall by 100 % or more"
    agents = [agent for rule in record.get("partners", []) for agent in rule["agents"]]
    for agent in sorted({a for a in agents if agents.count(a) > 1}):
        yield ("partners",), f"{agent!r} stands in two rules"


def _warnings(record: DosesFile) -> Iterator[tuple[Path, str]]:
    """Only advice of a partner can stand among the warnings."""
    said: list[tuple[Path, PrintedAdvice]] = [
        (("indications", i, "doses", d, "advice", place), advice)
        for i, indication in enumerate(record["indications"])
        for d, doses in enumerate(indication["doses"])
        for place, advice in enumerate(doses.get("advice", []))
    ]
    said += [(("advice", place), advice) for place, advice in enumerate(record.get("advice", []))]
    for path, advice in said:
        if advice.get("warning"):
            yield (*path, "warning"), "only the advice of a partner can be a warning"
