"""What holds for every dose, whatever the numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dosing_records import answer, ask, change, formulas, rules
from monocli.engine.answers import BAD_INPUT, NO_ANSWER, Answer, Refusal
from monocli.engine.dosing import area as areas
from monocli.engine.quantities.numbers import exact
from monocli.engine.quantities.values import Value

FEW = settings(max_examples=60)

AREAS = st.decimals(min_value="0.4", max_value="4", places=3).map(lambda area: format(area.normalize(), "f"))
MULTIPLES = st.decimals(min_value="0.01", max_value="100", places=2).map(str)
CHILD_USES = st.sampled_from(
    [
        ("cml-chronic", "uk"),
        ("cml-advanced", "uk"),
        ("cml-new", "us"),
        ("cml-post-transplant", "us"),
        ("cml-interferon-resistant", "us"),
    ]
)
INDICATIONS = st.sampled_from([i["id"] for i in rules()["indications"]])
ANYTHING = st.one_of(
    st.none(), st.text(max_size=12), st.sampled_from(["adult", "child", "uk", "us", "9", "1.2", "nan", "-1", "1e999"])
)
GRADES = [None, *(g["id"] for g in rules()["hepatic"]["grades"])]


def number(shown: dict[str, Any]) -> Fraction:
    return Fraction(shown.get("exact", shown["value"]))


def child(use: tuple[str, str], area: str) -> list[dict[str, Any]]:
    outcome = answer(indication=use[0], region=use[1], population="child", age="14", bsa=area)
    regimens: list[dict[str, Any]] = outcome.data["regimens"]
    return regimens


@FEW
@given(CHILD_USES, AREAS, AREAS)
def test_a_dose_never_falls_as_area_rises(use: tuple[str, str], first: str, second: str) -> None:
    small, large = sorted((first, second), key=Fraction)
    for less, more in zip(child(use, small), child(use, large), strict=True):
        assert number(less["daily"]) <= number(more["daily"])


@FEW
@given(CHILD_USES, AREAS)
def test_a_dose_never_passes_its_maximum_and_is_linear_below_it(use: tuple[str, str], area: str) -> None:
    for regimen in child(use, area):
        product = number(regimen["per_area"]) * Fraction(area)
        maximum = number(regimen["maximum"]) if regimen["maximum"] else None
        assert number(regimen["calculated"]) == product
        assert regimen["capped"] == (maximum is not None and product > maximum)
        assert number(regimen["daily"]) == (maximum if regimen["capped"] else product)
        for schedule in regimen["schedules"]:
            assert number(schedule["each"]) * schedule["times_daily"] == number(regimen["daily"])


@FEW
@given(CHILD_USES, AREAS)
def test_the_steps_carry_the_same_numbers(use: tuple[str, str], area: str) -> None:
    outcome = answer(indication=use[0], region=use[1], population="child", age="14", bsa=area)
    results = " ".join(step.get("result", "") for step in outcome.data["steps"])
    for regimen in outcome.data["regimens"]:
        assert f"{regimen['daily']['value']} mg" in results
        assert f"{regimen['calculated']['value']} mg" in results
        assert f"{regimen['as_salt']['value']} mg" in results


@FEW
@given(CHILD_USES, AREAS)
def test_base_to_salt_and_back_is_the_same_number(use: tuple[str, str], area: str) -> None:
    factor = exact(rules()["salt"]["factor"])
    for regimen in child(use, area):
        assert number(regimen["as_salt"]) / factor == number(regimen["daily"])


@FEW
@given(st.decimals(min_value="0.5", max_value="2000", places=1).map(str))
def test_an_amount_of_salt_is_read_back_as_its_base(base: str) -> None:
    salt = exact(base) * exact(rules()["salt"]["factor"])
    shown = Value(salt).text()
    plain = change(current=f"{base} mg", start="rifampicin")
    as_salt = change(current=f"{shown} mg mesilate", start="rifampicin")
    assert isinstance(plain, Answer)
    assert isinstance(as_salt, Answer)
    assert plain.data["from"] == as_salt.data["from"]


@FEW
@given(MULTIPLES, MULTIPLES, st.one_of(st.none(), MULTIPLES))
def test_grading_is_monotone_in_bilirubin(first: str, second: str, ast: str | None) -> None:
    low, high = (_rank(value, ast) for value in sorted((first, second), key=Fraction))
    if low is not None and high is not None:
        assert low <= high


def _rank(bilirubin: str, ast: str | None) -> int | None:
    """The place of the grade, above all of them where it is undefined; None where more is asked."""
    given = {"indication": "mds", "region": "us", "bilirubin": bilirubin} | ({"ast": ast} if ast else {})
    outcome = ask(**given)
    if isinstance(outcome, Refusal):
        return len(GRADES) if outcome.code == "hepatic-grade-undefined" else None
    return GRADES.index((outcome.data["hepatic"] or {"grade": None})["grade"])


@FEW
@given(
    st.one_of(st.none(), INDICATIONS, st.text(max_size=20)),
    ANYTHING,
    ANYTHING,
    ANYTHING,
    ANYTHING,
    ANYTHING,
    ANYTHING,
    ANYTHING,
)
def test_every_refusal_exits_non_zero_without_a_regimen(
    indication: str | None, population: str | None, age: str | None, region: str | None, area: str | None,
    height: str | None, weight: str | None, bilirubin: str | None,
) -> None:  # fmt: skip
    given = {"bilirubin": bilirubin} if bilirubin is not None else {}
    outcome = ask(
        indication=indication,
        population=population,
        age=age,
        region=region,
        bsa=area,
        height=height,
        weight=weight,
        **given,
    )
    if isinstance(outcome, Refusal):
        assert outcome.kind in (NO_ANSWER, BAD_INPUT)
        assert not (outcome.data or {}).get("regimens")
    else:
        assert outcome.data.get("regimens") or outcome.data.get("indications") is not None


@FEW
@given(
    st.decimals(min_value="50", max_value="200", places=1), st.decimals(min_value="15", max_value="120", places=1),
    st.sampled_from(["mosteller", "dubois", "haycock", "gehan-george", "boyd", "fujimoto", "schlich"]),
)  # fmt: skip
def test_every_formula_rises_with_weight_and_height(height: Any, weight: Any, name: str) -> None:
    formula = areas.find_formula(formulas(), name, "--bsa-formula")
    assert not isinstance(formula, Refusal)
    tall, heavy = Fraction(height), Fraction(weight)
    found = [
        areas.area(formulas(), formula, h, w, "female")
        for h, w in ((tall, heavy), (tall + 1, heavy), (tall, heavy + 1))
    ]
    numbers = [a.value.number for a in found if isinstance(a, areas.Area)]
    assert numbers[0] < numbers[1]
    assert numbers[0] < numbers[2]


@FEW
@given(CHILD_USES, AREAS, st.sampled_from([0, -1]))
def test_both_commands_give_one_dose_with_an_inducer(use: tuple[str, str], area: str, which: int) -> None:
    """What is started later leads where it would have led at once: the dose is held at its maximum first."""
    given = {"region": use[1], "population": "child", "bsa": area}
    at_once = answer(indication=use[0], age="14", partners="rifampicin", **given).data["regimens"][which]
    rate = f"{at_once['per_area']['value']} mg/m2"
    later = change(current=rate, start="rifampicin", **given)
    assert isinstance(later, Answer)
    assert later.data["to"] == at_once["daily"]
    assert later.data["from_daily"] == at_once["adjusted_from"]


@FEW
@given(
    st.sampled_from(["340 mg/m2", "260 mg/m2", "570 mg/m2", "200 mg/m2"]), AREAS, st.sampled_from(["uk", "us", None])
)
def test_a_reduced_dose_is_below_the_one_given(rate: str, area: str, region: str | None) -> None:
    """Whatever the region, and never by another maximum than the one that holds the dose."""
    outcome = change(current=rate, population="child", bsa=area, region=region, reduce=True)
    if isinstance(outcome, Answer):
        product = exact(rate.split()[0]) * Fraction(area)
        maxima = {"uk": Fraction(800), "us": Fraction(600)}
        known = [m for r, m in maxima.items() if region in (r, None)] if rate == "340 mg/m2" else []
        assert number(outcome.data["to"]) < min([product, *known])
    else:
        assert outcome.code in ("no-reduction-step", "region-needed")
        assert outcome.data is None


@FEW
@given(st.decimals(min_value="0.1", max_value="2400", places=1).map(str))
def test_an_inducer_raises_by_exactly_half(current: str) -> None:
    outcome = change(current=f"{current} mg", start="phenytoin")
    assert isinstance(outcome, Answer)
    assert number(outcome.data["to"]) == exact(current) * Fraction(3, 2)
    warned = {note.code for note in outcome.notes}
    assert ("exceeds-highest-printed" in warned) == (number(outcome.data["to"]) > 800)
