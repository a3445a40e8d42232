"""Whether what is printed applies: the one place where a condition is met or not.

A rule holds (True), does not (False), or cannot be told (None), because something that it asks for is not known. Its
conditions are the keys of `_CONDITIONS` that it has, its own or below `when`; without any it always holds.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

from monocli.engine.quantities.numbers import exact
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.records.dose_shared import Limit
    from monocli.records.words import Bound

_NONE_KNOWN: Mapping[str, Fraction] = {}
_COMPARES: dict[Bound, Callable[[Fraction, Fraction], bool]] = {
    "above": operator.gt,
    "at least": operator.ge,
    "below": operator.lt,
    "at most": operator.le,
}
Rule = TypeVar("Rule", bound=Mapping[str, object])


class Circumstances(Record):
    """What conditions may be about; None where it is not known."""

    population: str | None = None
    region: str | None = None
    daily: Fraction | None = None
    """The day's dose, in the unit of the rules."""
    impaired: bool | None = None
    """Whether a grade of impairment applies."""
    grade: str | None = None
    age: Fraction | None = None
    """In years."""
    values: Mapping[str, Fraction] = _NONE_KNOWN
    """Values by variable, in what the variable is measured in; 1 is yes and 0 is no."""
    route: str | None = None
    indication: str | None = None


def holds(rule: Mapping[str, object], of: Circumstances) -> bool | None:
    """Whether every condition of a rule is met."""
    return _every([condition(rule, of) for key, condition in _CONDITIONS.items() if key in rule])


def possible(rules: Iterable[Rule], of: Circumstances) -> list[Rule]:
    """The rules that nothing known speaks against."""
    return [rule for rule in rules if holds(rule, of) is not False]


def first(rules: Iterable[Rule], of: Circumstances) -> Rule | None:
    """The first rule that nothing known speaks against: it decides, once all that it asks for is known."""
    return next((rule for rule in rules if holds(rule, of) is not False), None)


def bounds(limit: Limit) -> list[tuple[Bound, str]]:
    """What a limit asks of its variable: each comparison with its multiple."""
    found: list[tuple[Bound, str | None]] = [
        ("above", limit.get("more_than")),
        ("at least", limit.get("at_least")),
        ("below", limit.get("less_than")),
        ("at most", limit.get("at_most")),
    ]
    return [(comparison, bound) for comparison, bound in found if bound is not None]


def _every(answers: list[bool | None]) -> bool | None:
    return False if False in answers else None if None in answers else True


def _among(known: str | None, named: list[str]) -> bool | None:
    return None if known is None else known in named


def _within(limit: Limit, values: Mapping[str, Fraction]) -> bool | None:
    value = values.get(limit["variable"])
    if value is None:
        return None
    if "is_so" in limit:
        return bool(value) == limit["is_so"]
    return all(_COMPARES[comparison](value, exact(bound)) for comparison, bound in bounds(limit))


def _below(when: Any, of: Circumstances) -> bool | None:
    """Conditions that stand together below `when`: a mapping of them, or a list of limits."""
    return _every([holds(each, of) for each in (when if isinstance(when, list) else [when])])


_CONDITIONS: dict[str, Callable[[Any, Circumstances], bool | None]] = {
    "populations": lambda rule, of: _among(of.population, rule["populations"]),
    "regions": lambda rule, of: _among(of.region, rule["regions"]),
    "routes": lambda rule, of: _among(of.route, rule["routes"]),
    "indications": lambda rule, of: _among(of.indication, rule["indications"]),
    "grades": lambda rule, of: _among(of.grade, rule["grades"]),
    "impairment": lambda rule, of: None if of.impaired is None else of.impaired == rule["impairment"],
    "daily_at_least": lambda rule, of: None if of.daily is None else of.daily >= exact(rule["daily_at_least"]),
    "from_years": lambda rule, of: None if of.age is None else of.age >= exact(rule["from_years"]),
    "below_years": lambda rule, of: None if of.age is None else of.age < exact(rule["below_years"]),
    "variable": lambda rule, of: _within(rule, of.values),
    "when": lambda rule, of: _below(rule["when"], of),
}
