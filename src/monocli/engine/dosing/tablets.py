"""The nearest dose in whole tablets: shown beside the exact dose with its difference, never instead of it."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING, Any

from monocli.engine.bsa import Value
from monocli.engine.dosing.work import cite
from monocli.engine.numbers import decimal_text, exact, round_half_up

if TYPE_CHECKING:
    from monocli.records.doses import DosesFile, Tablets

_WHOLE = 100
_PLACES = 2
"""Decimal places of the difference in per cent."""
MAX_TABLETS = 1000
"""More tablets than this for one dose are not counted out."""


def nearest(document: DosesFile, dose: Value, daily: Value) -> list[dict[str, Any]]:
    """The nearest dose that whole tablets make, or two where they are equally near; empty where none is sensible.

    `dose` is what is taken at once, `daily` what that adds up to: remarks on strengths go by the day.
    """
    tablets = document.get("tablets")
    if tablets is None:
        return []
    strengths = sorted((exact(s) for s in tablets["strengths"]), reverse=True)
    scale = lcm(*(s.denominator for s in strengths))
    sizes = [int(s * scale) for s in strengths]
    unit = gcd(*sizes)
    sizes = [size // unit for size in sizes]
    target = dose.number * scale / unit
    if target > MAX_TABLETS * min(sizes):
        return []
    top = int(target) + max(sizes)
    fewest = _fewest(sizes, top)
    reachable = [amount for amount in range(1, top + 1) if fewest[amount] is not None]
    closest = min(abs(amount - target) for amount in reachable)
    found = [amount for amount in reachable if abs(amount - target) == closest]
    return [_shown(document, dose, daily, amount, sizes, fewest, Fraction(unit, scale), tablets) for amount in found]


def parted(document: DosesFile, each: Value, daily: Value, times: int) -> list[dict[str, Any]]:
    """The nearest for each of equal parts of a day; where none comes near, the text says which unequal doses would make
    nearly the whole day."""
    found = nearest(document, each, daily)
    if any(tablet["near"] for tablet in found):
        return found
    whole = [tablet for tablet in nearest(document, daily, daily) if tablet["near"]]
    smallest = min((exact(s) for s in document["tablets"]["strengths"]), default=Fraction(1)) if found else Fraction(1)
    for tablet in whole:
        total = exact(tablet["nearest"]["value"])
        count = total / smallest
        if count.denominator != 1 or count <= times:
            continue
        more, doses = int(count) % times, int(count) // times
        parts = [doses + 1] * more + [doses] * (times - more)
        taken = " + ".join(Value(part * smallest).text(document["unit"]) for part in parts)
        difference = _difference_text((total - daily.number) / daily.number * _WHOLE)
        said = f"; unequal doses of {taken} make {decimal_text(total)} {document['unit']} a day, {difference}"
        return [{**one, "text": one["text"] + said} for one in found]
    return found


def _fewest(sizes: list[int], top: int) -> list[tuple[int, int] | None]:
    """For each amount up to `top`: the fewest tablets that make it and the size of the last one, or None."""
    fewest: list[tuple[int, int] | None] = [(0, 0)] + [None] * top
    for amount in range(1, top + 1):
        options = [(fewest[amount - size], size) for size in sizes if size <= amount]
        counts = [(held[0] + 1, size) for held, size in options if held is not None]
        fewest[amount] = min(counts, key=lambda c: (c[0], -c[1])) if counts else None
    return fewest


def _shown(
    document: DosesFile,
    dose: Value,
    daily: Value,
    amount: int,
    sizes: list[int],
    fewest: list[tuple[int, int] | None],
    scale: Fraction,
    tablets: Tablets,
) -> dict[str, Any]:
    counts: dict[int, int] = {}
    rest = amount
    while rest:
        held = fewest[rest]
        size = held[1] if held else rest
        counts[size] = counts.get(size, 0) + 1
        rest -= size
    unit, total = document["unit"], amount * scale
    made_of = [{"count": counts[s], "strength": Value(s * scale).json(unit)} for s in sizes if s in counts]
    difference = (total - dose.number) / dose.number * _WHOLE
    near = "near_percent" not in tablets or abs(difference) <= exact(tablets["near_percent"])
    parts = " + ".join(f"{counts[s]} × {Value(s * scale).text(unit)}" for s in sizes if s in counts)
    text = f"{decimal_text(total)} {unit} ({parts}): {_difference_text(difference)}"
    if not near:
        text = f"no whole-tablet dose comes near (all lie more than {tablets['near_percent']} % away)"
    return {
        "nearest": Value(total).json(unit),
        "made_of": made_of,
        "difference_percent": decimal_text(round_half_up(difference, _PLACES)),
        "near": near,
        "text": text + (_remarks(tablets, daily, {s * scale for s in counts}) if near else ""),
        **cite(tablets),
    }


def _remarks(tablets: Tablets, daily: Value, used: set[Fraction]) -> str:
    """What a source says of the strengths to use at this daily dose, where the tablets shown are others."""
    said = [
        remark["text"]
        for remark in tablets.get("remarks", [])
        if daily.number >= exact(remark["daily_at_least"]) and used - {exact(s) for s in remark["strengths"]}
    ]
    return "".join(f"; {text}" for text in said)


def _difference_text(difference: Fraction) -> str:
    """The difference in words, to one decimal place."""
    if difference == 0:
        return "exactly the dose"
    side = "above" if difference > 0 else "below"
    rounded = round_half_up(abs(difference), 1)
    if rounded == 0:
        return f"less than 0.1 % {side} the dose"
    return f"{'' if rounded == abs(difference) else 'about '}{decimal_text(rounded)} % {side} the dose"
