"""The conditions of a statement on mixing, each held against the question."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from monocli.engine.mixing import MixingConditions
from monocli.engine.quantities.numbers import decimal_text, exact

if TYPE_CHECKING:
    from monocli.records.compatibility import Conditions, Subject
    from monocli.records.output.compatibility import Condition


def conditions_held(
    when: Conditions, subjects: Mapping[str, Subject], diluents: set[str], asked: MixingConditions
) -> list[Condition]:
    """Each condition of a statement: what it says, what was asked, and whether that fits (None where nothing was
    asked).
    """
    held = []
    if "region" in when:
        held.append(_condition("region", when["region"], asked.region))
    stated = [one for one in when.get("subjects", []) if subjects[one]["kind"] == "diluent"]
    if stated:
        names = " or ".join(subjects[one]["name"] for one in stated)
        given = ", ".join(sorted(subjects[one]["name"] for one in diluents)) or None
        held.append(_condition("diluent", names, given, bool(diluents & set(stated))))
    if "container" in when:
        given = None if asked.container is None else subjects[asked.container]["name"]
        held.append(_condition("container", subjects[when["container"]]["name"], given))
    if "hours" in when:
        given = None if asked.hours is None else _time(asked.hours)
        held.append(_condition("hours", f"{when['hours']} hours", given, asked.hours == exact(when["hours"])))
    if "albumin" in when:
        given = None if asked.albumin is None else f"{decimal_text(asked.albumin)} %"
        held.append(_condition("albumin", f"{when['albumin']} %", given, asked.albumin == exact(when["albumin"])))
    if "setting" in when and asked.hours is not None:
        held.append(_setting(when, when["setting"], asked.hours))
    return held


def _setting(when: Conditions, stated: str, hours: Fraction) -> Condition:
    """A setting in words against a time: it fits where a source gives it that very time."""
    given = exact(when["setting_hours"]) if "setting_hours" in when else None
    too_long = "hours_below" in when and hours >= exact(when["hours_below"])
    fits = False if too_long else True if hours == given else None
    if given is not None:
        stated = f"{stated} ({_time(given)})"
    return {"condition": "setting", "stated": stated, "asked": _time(hours), "fits": fits}


def _time(hours: Fraction) -> str:
    return f"{decimal_text(hours * 60)} minutes" if hours < 1 else f"{decimal_text(hours)} hours"


def _condition(name: str, stated: str, given: str | None, fits: bool | None = None) -> Condition:
    """A condition held against what was given; without `fits`, by its words."""
    fits = given == stated if fits is None else fits
    return {"condition": name, "stated": stated, "asked": given, "fits": None if given is None else fits}
