"""Cases beside a user's own rules (`<name>.cases.yaml`): they are run by the tests of a checkout alone, and are checked
here for their form, so that a key that is misspelt does not make a case of nothing."""

from __future__ import annotations

from pathlib import Path

from monocli.library.problems import Problem, nearest
from monocli.library.strict_yaml import SourceFile, read

_KEYS = {
    "formulas": "name inputs gives within unit also grade refused warns source",
    "doses": "name lines run gives salt grade warns quiet refused asks action to until then draw bag strength",
}
"""The keys of a case, by the folder of its file."""


def problems_of_cases(folder: Path) -> list[Problem]:
    """What is wrong with the form of every file of cases below a library folder."""
    found: list[Problem] = []
    for path in sorted(folder.rglob("*.cases.yaml")):
        source = read(path, str(path))
        if source.value is not None:
            _check(source, _KEYS.get(path.relative_to(folder).parts[0], ""))
        found += source.all_problems()
    return found


def _check(source: SourceFile, keys: str) -> None:
    value = source.value
    cases = value.get("cases") if isinstance(value, dict) else None
    if not isinstance(cases, list):
        source.problem((), "expected `cases`, a list of cases", "bad-case")
        return
    for place, case in enumerate(cases):
        if not isinstance(case, dict) or not isinstance(case.get("name"), str):
            source.problem(("cases", place), "a case has a `name` that says what it shows", "bad-case")
            continue
        for key in case if keys else ():
            if key not in keys.split():
                said = f"unknown key of a case{nearest(key, keys.split())}"
                source.problem(("cases", place, key), said, "bad-case")
