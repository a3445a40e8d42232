"""What a schema cannot say of dose rules: that what they point to exists, and that their numbers make sense."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from monocli.library.documents import Document, Documents
from monocli.library.problems import Path

if TYPE_CHECKING:
    from monocli.records.doses import Comparison, DosesFile, PrintedRegimen

_BASES = ("daily", "daily_per_m2", "daily_per_kg")
_AMOUNTS = (*_BASES, "maximum", "factor", "minimum", "start", "to", "daily_at_most", "daily_at_least", "near_percent")
_OPERATORS = ("more_than", "at_least", "less_than", "at_most")


def check_doses(document: Document, documents: Documents) -> None:
    """Note every problem of one file of data/doses/ in its own source."""
    source, record = document.source, cast("DosesFile", document.value)
    assert source is not None
    for path, message in (
        *_pointers(record, documents),
        *_amounts(record),
        *_regimens(record),
        *_ladders(record),
        *_bands(record),
        *_rules(record),
        *_warnings(record),
        *_repeated(record),
    ):
        source.problem(path, message, "bad-dose-rule")


def _walk(value: object, path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every mapping at any depth, with its key path."""
    if isinstance(value, dict):
        yield path, value
        for key, item in value.items():
            yield from _walk(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, (*path, index))


def _pointers(record: DosesFile, documents: Documents) -> Iterator[tuple[Path, str]]:
    """Ids that nothing in the file (for agents: in the library) has."""
    hepatic = record.get("hepatic")
    ids = {
        "populations": {p["id"] for p in record["populations"]},
        "regions": {r["id"] for r in record["regions"]},
        "grades": {g["id"] for g in (hepatic["grades"] if hepatic else [])},
        "variables": {v["id"] for v in record.get("variables", [])},
        "choose": {i["id"] for i in record["indications"]},
        "agents": documents.ids("agents"),
    }
    ids |= {"default_population": ids["populations"], "grade": ids["grades"], "variable": ids["variables"]}
    ids |= {"counts_as": ids["variables"], "population": ids["populations"], "indication": ids["choose"]}
    for path, mapping in _walk(record):
        for key in ids.keys() & mapping.keys():
            named = mapping[key] if isinstance(mapping[key], list) else [mapping[key]]
            for index, item in enumerate(named):
                if isinstance(item, str) and item not in ids[key]:
                    where = (*path, key, index) if isinstance(mapping[key], list) else (*path, key)
                    yield where, f"no agent {item!r}" if key == "agents" else f"no {item!r} in this file"


def _amounts(record: DosesFile) -> Iterator[tuple[Path, str]]:
    for path, mapping in _walk(record):
        for key in _AMOUNTS:
            if isinstance(mapping.get(key), str) and Fraction(mapping[key]) <= 0:
                yield (*path, key), f"expected more than 0, not {mapping[key]}"
        if "variable" in mapping and not any(key in mapping for key in _OPERATORS):
            yield path, f"a limit needs one of {', '.join(_OPERATORS)}"


def _regimens(record: DosesFile) -> Iterator[tuple[Path, str]]:
    for i, indication in enumerate(record["indications"]):
        for d, doses in enumerate(indication["doses"]):
            here: Path = ("indications", i, "doses", d, "regimens")
            if not doses["regimens"] or doses["regimens"][0]["stage"] == "increase":
                yield here, "the first regimen is where treatment begins: stage start or option"
            for r, regimen in enumerate(doses["regimens"]):
                yield from _regimen(regimen, (*here, r))
            if "compare" in doses and not _fixed_start(record, doses["compare"]):
                yield (*here[:-1], "compare"), "compares with a start that is a fixed dose; there is none"


def _fixed_start(record: DosesFile, compare: Comparison) -> bool:
    return any(
        regimen["stage"] == "start" and "daily" in regimen
        for indication in record["indications"]
        if indication["id"] == compare["indication"]
        for doses in indication["doses"]
        if compare["population"] in doses["populations"]
        for regimen in doses["regimens"]
    )


def _regimen(regimen: PrintedRegimen, path: Path) -> Iterator[tuple[Path, str]]:
    given = [key for key in _BASES if key in regimen]
    if len(given) != 1:
        yield path, f"exactly one of {', '.join(_BASES)} is expected, not {' and '.join(given) or 'none'}"
    elif given != ["daily"] and ("maximum" in regimen) == ("maximum_note" in regimen):
        yield path, "a dose per m2 or per kg says either its printed maximum or, in maximum_note, that none is printed"
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


def _rules(record: DosesFile) -> Iterator[tuple[Path, str]]:
    for index, rule in enumerate(record["hepatic"]["rules"] if "hepatic" in record else []):
        if ("grade" in rule) == ("outcome" in rule):
            yield ("hepatic", "rules", index), "a rule has either a grade or an outcome"
        if "outcome" in rule and "text" not in rule:
            yield ("hepatic", "rules", index), "an outcome needs a text that says what it means"
    for index, partner in enumerate(record.get("partners", [])):
        if ("percent" in partner) != (partner["effect"] == "percent"):
            yield ("partners", index), "effect percent has a percent, the others have none"
        elif "percent" in partner and Fraction(partner["percent"]) <= -100:
            yield ("partners", index, "percent"), "a dose cannot fall by 100 % or more"


def _warnings(record: DosesFile) -> Iterator[tuple[Path, str]]:
    """Only advice of a partner can stand among the warnings."""
    for path, mapping in _walk(record):
        if mapping.get("warning") and path[:1] != ("partners",):
            yield (*path, "warning"), "only the advice of a partner can be a warning"


def _repeated(record: DosesFile) -> Iterator[tuple[Path, str]]:
    """Two records of one list with the same id."""
    for path, mapping in _walk(record):
        for key, items in mapping.items():
            members = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
            ids = [member.get("id") for member in members]
            for index, item in enumerate(ids):
                if item is not None and item in ids[:index]:
                    yield (*path, key, index, "id"), f"two have the id {item!r}"
    agents = [agent for rule in record.get("partners", []) for agent in rule["agents"]]
    for agent in sorted({a for a in agents if agents.count(a) > 1}):
        yield ("partners",), f"{agent!r} stands in two rules"
