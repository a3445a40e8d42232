"""A dose in what is given: as the salt, and the nearest in whole tablets, which is shown beside the exact dose with its
difference, never instead of it."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING, cast

from monocli.engine.dosing.when import Circumstances, possible
from monocli.engine.dosing.work import cite, step
from monocli.engine.quantities.numbers import decimal_text, exact, round_half_up
from monocli.engine.quantities.values import Value
from monocli.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monocli.engine.dosing.book import DoseBook
    from monocli.records.dose_products import TabletStrengths
    from monocli.records.output.dose_rules import DoseStep
    from monocli.records.output.regimens import SaltAmount, TabletCount, Tablets

_WHOLE = 100
_PLACES = 2
"""Decimal places of the difference in per cent."""
MAX_TABLETS = 1000
"""More tablets than this for one dose are not counted out."""


class _Made(Record):
    """An amount, the whole tablets of each strength that make it, and the strength of which one is halved (0: none)."""

    amount: Fraction
    counts: dict[Fraction, int]
    half_of: Fraction = Fraction(0)

    def difference(self, dose: Fraction) -> Fraction:
        """In per cent of the dose."""
        return (self.amount - dose) / dose * _WHOLE

    def text(self, unit: str) -> str:
        parts = [f"{count} × {Value(strength).text(unit)}" for strength, count in self.counts.items()]
        parts += [f"half of one {Value(self.half_of).text(unit)} tablet"] if self.half_of else []
        return f"{decimal_text(self.amount)} {unit} ({' + '.join(parts)})"

    def made_of(self, unit: str) -> list[TabletCount]:
        return [{"count": c, "strength": Value(strength).json(unit)} for strength, c in self.counts.items()]


def nearest(book: DoseBook, dose: Value, daily: Value, *, least: bool = False) -> list[Tablets]:
    """The nearest dose that whole tablets make, or two where they are equally near; empty where none is sensible.

    `dose` is what is taken at once, `daily` what that adds up to: remarks on strengths go by the day. Where tablets are
    scored and one in two halves comes nearer, the last of them says so. `least`: the dose is the least that the source
    asks for, so that nothing below it counts, and the next above stands however far it is.
    """
    tablets = book.tablets
    strengths = [exact(s) for s in tablets["strengths"]] if tablets else []
    if tablets is None or dose.number > MAX_TABLETS * min(strengths):
        return []
    whole = _nearest_whole(strengths, dose.number, least=least)
    shown = [_shown(book, dose, daily, made, tablets, least=least) for made in whole]
    if tablets.get("scored") and whole[0].amount != dose.number:
        half = _nearest_with_half(strengths, dose.number, least=least)
        nearer = abs(half.amount - dose.number) < abs(whole[0].amount - dose.number)
        if nearer and (least or _is_near(tablets, half, dose)):
            shown[-1] = _also_half(book, dose, half, shown[-1], _remarks(tablets, daily, {*half.counts, half.half_of}))
    return shown


def _also_half(book: DoseBook, dose: Value, half: _Made, whole: Tablets, remarks: str) -> Tablets:
    """What whole tablets make, with the dose that a half comes nearer with."""
    unit, difference = book.unit, half.difference(dose.number)
    return {
        **whole,
        "with_half": {
            "nearest": Value(half.amount).json(unit),
            "made_of": half.made_of(unit),
            "half_of": Value(half.half_of).json(unit),
            "difference_percent": decimal_text(round_half_up(difference, _PLACES)),
        },
        "text": f"{whole['text']}; the tablets are scored: {half.text(unit)}: {_difference_text(difference)}{remarks}",
    }


def _nearest_whole(strengths: list[Fraction], dose: Fraction, *, least: bool) -> list[_Made]:
    """What whole tablets make nearest to a dose, each of the fewest tablets; two where they are equally near. `least`:
    of what is not below the dose."""
    scale = lcm(*(s.denominator for s in strengths))
    sizes = sorted((int(s * scale) for s in strengths), reverse=True)
    unit = gcd(*sizes)
    sizes = [size // unit for size in sizes]
    target = dose * scale / unit
    top = int(target) + max(sizes)
    fewest = _fewest(sizes, top)
    over, under = target.as_integer_ratio()
    # Of whole numbers: with fractions this took as long as everything else of a dose.
    made = (amount for amount in range(1, top + 1) if fewest[amount] is not None)
    apart = {amount: abs(amount * under - over) for amount in made if not least or amount * under >= over}
    closest = min(apart.values())
    return [
        _Made(Fraction(amount * unit, scale), _counted(sizes, fewest, amount, Fraction(unit, scale)))
        for amount, distance in apart.items()
        if distance == closest
    ]


def _nearest_with_half(strengths: list[Fraction], dose: Fraction, *, least: bool) -> _Made:
    """What one half of a tablet and whole ones make nearest to a dose, of the fewest pieces. `least`: of what is not
    below the dose."""
    found = []
    for strength in strengths:
        rest = dose - strength / 2
        whole = [_Made(Fraction(0), {}), *(_nearest_whole(strengths, rest, least=least) if rest > 0 else ())]
        found += [
            _Made(made.amount + strength / 2, made.counts, strength)
            for made in whole
            if not least or made.amount >= rest
        ]
    return min(found, key=lambda made: (abs(made.amount - dose), sum(made.counts.values())))


def _is_near(tablets: TabletStrengths, made: _Made, dose: Value) -> bool:
    return "near_percent" not in tablets or abs(made.difference(dose.number)) <= exact(tablets["near_percent"])


def parted(book: DoseBook, each: Value, daily: Value, times: int, *, least: bool = False) -> list[Tablets]:
    """The nearest for each of equal parts of a day; where none comes near, the text says which unequal doses would make
    nearly the whole day. `least` as in `nearest`."""
    found, tablets = nearest(book, each, daily, least=least), book.tablets
    if tablets is None or any(tablet["near"] for tablet in found):
        return found
    whole = [tablet for tablet in nearest(book, daily, daily, least=least) if tablet["near"]]
    smallest = min(map(exact, tablets["strengths"]))
    for tablet in whole:
        total = exact(tablet["nearest"]["value"])
        count = total / smallest
        if count.denominator != 1 or count <= times:
            continue
        more, doses = int(count) % times, int(count) // times
        parts = [doses + 1] * more + [doses] * (times - more)
        taken = " + ".join(Value(part * smallest).text(book.unit) for part in parts)
        difference = _difference_text((total - daily.number) / daily.number * _WHOLE)
        said = f"; unequal doses of {taken} make {decimal_text(total)} {book.unit} a day, {difference}"
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


def _counted(
    sizes: list[int], fewest: list[tuple[int, int] | None], amount: int, unit: Fraction
) -> dict[Fraction, int]:
    """How many tablets of each strength make the amount, the largest strength first."""
    counts: dict[int, int] = {}
    while amount:
        held = fewest[amount]
        size = held[1] if held else amount
        counts[size] = counts.get(size, 0) + 1
        amount -= size
    return {size * unit: counts[size] for size in sizes if size in counts}


def _shown(book: DoseBook, dose: Value, daily: Value, made: _Made, tablets: TabletStrengths, *, least: bool) -> Tablets:
    unit, difference, near = book.unit, made.difference(dose.number), _is_near(tablets, made, dose)
    text = f"{made.text(unit)}: {_difference_text(difference)}"
    if not near and least:
        text = f"none above it comes near; the next is {text}"
    elif not near:
        text = f"no whole-tablet dose comes near (all lie more than {tablets['near_percent']} % away)"
    shown = {
        "nearest": Value(made.amount).json(unit),
        "made_of": made.made_of(unit),
        "difference_percent": decimal_text(round_half_up(difference, _PLACES)),
        "near": near,
        "text": text + (_remarks(tablets, daily, set(made.counts)) if near or least else ""),
        **cite(tablets),
    }
    return cast("Tablets", shown)


def _remarks(tablets: TabletStrengths, daily: Value, used: set[Fraction]) -> str:
    """What a source says of the strengths to use at this daily dose, where the tablets shown are others."""
    said = [
        remark["text"]
        for remark in possible(tablets.get("remarks", []), Circumstances(daily=daily.number))
        if used - {exact(s) for s in remark["strengths"]}
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


def salt_json(book: DoseBook, dose: Value) -> SaltAmount | None:
    """The same dose as the salt: dose × factor, exactly; None where doses are expressed as what is given."""
    salt = book.salt
    if salt is None:
        return None
    unit, amount = book.unit, dose.times(exact(salt["factor"]))
    shown = amount.json(unit)
    text = f"{'about ' if salt['about'] else ''}{amount.text(unit)} {salt['substance']}"
    rounded = round_half_up(amount.number, 1)
    if salt["about"] and rounded != amount.number:
        text = f"≈ {decimal_text(rounded)} {unit} (rounded) {salt['substance']}"
    return {**shown, "substance": salt["substance"], "about": salt["about"], "text": text, **book.cite(salt)}


def salt_step(book: DoseBook, doses: Sequence[Value]) -> list[DoseStep]:
    """The step that turns the daily doses into the salt."""
    salt = book.salt
    if salt is None or not doses:
        return []
    unit, factor = book.unit, exact(salt["factor"])
    inputs = "; ".join(f"{dose.text(unit)} × {salt['factor']}" for dose in doses)
    result = "; ".join(
        f"{'about ' if salt['about'] else ''}{dose.times(factor).text(unit)} {salt['substance']}" for dose in doses
    )
    formula = f"{salt['substance']} = {book.drug} × {salt['factor']}"
    return [step("salt", salt["text"], book.cite(salt), formula=formula, inputs=inputs, result=result)]
