"""What stands below the line of a unit: "/mL", "/kg/day"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.quantities.numbers import decimal_text

if TYPE_CHECKING:
    from monocli.engine.units.paths import Trail
    from monocli.engine.units.registry import NamedUnit

MASS = "mass"


def below_line(per: tuple[NamedUnit, ...]) -> str:
    return "".join(f"/{unit.name}" for unit in per)


def first_mass(per: tuple[NamedUnit, ...]) -> NamedUnit | None:
    return next((unit for unit in per if unit.measure == MASS), None)


def without(per: tuple[NamedUnit, ...], unit: NamedUnit | None) -> tuple[NamedUnit, ...]:
    if unit is None:
        return per
    at = per.index(unit)
    return per[:at] + per[at + 1 :]


def rescale_below(trail: Trail, unit: NamedUnit, above: tuple[NamedUnit, ...], below: tuple[NamedUnit, ...]) -> None:
    """Change the units below the line ("/mL" to "/L"), each against the one of its measure on the other side."""
    now = list(above)
    for goal in below:
        at = next(i for i, u in enumerate(now) if u.measure == goal.measure and (u == goal or goal not in now))
        if now[at] != goal:
            before = unit.name + below_line(tuple(now))
            larger, smaller = (goal, now[at]) if goal.size > now[at].size else (now[at], goal)
            times = larger.size / smaller.size
            factor = goal.size / now[at].size
            now[at] = goal
            trail.add(
                f"1 {larger.name} is {decimal_text(times)} {smaller.name}",
                "",
                factor,
                (before, unit.name + below_line(tuple(now))),
                {"source": larger.source},
            )
