"""Of every mix of input units the same answer; the result's unit follows; more in, more out where the formula is so."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from formula_records import book, value, worked_out
from monocli.engine.answers import Answer
from monocli.engine.formulas.calculating import calculate
from monocli.engine.quantities.numbers import decimal_text


def tenths(least: int, most: int) -> st.SearchStrategy[Decimal]:
    return st.integers(least * 10, most * 10).map(lambda n: Decimal(n) / 10)


AGES, WEIGHTS, HEIGHTS = st.integers(18, 100), tenths(40, 150), st.integers(153, 210)
CREATININES = st.integers(4, 90).map(lambda n: Decimal(n) / 10)
SEXES = st.sampled_from(["female", "male"])


def weights(kilograms: Decimal) -> list[str]:
    return [f"{kilograms}", f"{kilograms} kg", f"{kilograms * 1000} g"]


def creatinines(mg: Decimal) -> list[str]:
    return [f"{mg} mg/dL", f"{mg * Decimal('88.4')} micromol/L", f"{mg * 10} mg/L", f"{mg * Decimal('0.0884')} mmol/L"]


@given(AGES, WEIGHTS, CREATININES, SEXES, st.data())
def test_any_mix_of_units_gives_the_same_clearance(
    age: int, weight: Decimal, creatinine: Decimal, sex: str, data: st.DataObject
) -> None:
    ages = [str(age), f"{age} years", f"{age * 12} months", f"{age}y0mo"]
    mixed = {
        "age": data.draw(st.sampled_from(ages)),
        "weight": data.draw(st.sampled_from(weights(weight))),
        "creatinine": data.draw(st.sampled_from(creatinines(creatinine))),
    }
    mixed = {name: text.replace(".0 ", " ") for name, text in mixed.items()}
    factor = Fraction("0.85") if sex == "female" else Fraction(1)
    expected = (140 - age) * Fraction(weight) * factor / (72 * Fraction(creatinine))
    assert value("cockcroft-gault", sex=sex, **mixed) == expected


@given(AGES, SEXES, CREATININES, st.integers(0, 3))
def test_ckd_epi_is_the_same_in_any_unit_and_falls_with_creatinine(
    age: int, sex: str, creatinine: Decimal, place: int
) -> None:
    first = value("ckd-epi-2021", age=str(age), sex=sex, creatinine=creatinines(creatinine)[place])
    assert first == value("ckd-epi-2021", age=str(age), sex=sex, creatinine=f"{creatinine} mg/dL")
    assert first >= value("ckd-epi-2021", age=str(age), sex=sex, creatinine=f"{creatinine + 1} mg/dL")
    assert first >= value("ckd-epi-2021", age=str(age + 1), sex=sex, creatinine=f"{creatinine} mg/dL")


@given(WEIGHTS, HEIGHTS, SEXES, st.sampled_from(["mosteller", "dubois", "haycock", "gehan-george", "boyd", "fujimoto"]))
def test_an_area_grows_with_weight_and_height_in_any_unit(weight: Decimal, height: int, sex: str, by: str) -> None:
    area = value(f"bsa-{by}", weight=str(weight), height=str(height))
    metres = decimal_text(Fraction(height, 100))
    assert area == value(f"bsa-{by}", weight=f"{weight * 1000} g".replace(".0 ", " "), height=f"{metres} m")
    assert area < value(f"bsa-{by}", weight=str(weight + 1), height=str(height))
    assert area < value(f"bsa-{by}", weight=str(weight), height=str(height + 1))


DOSES = st.integers(1, 500).map(lambda n: Decimal(n) / 10)


@given(DOSES, WEIGHTS, st.integers(1, 400))
def test_the_rate_of_a_dose_gives_that_dose_back(dose: Decimal, weight: Decimal, strength: int) -> None:
    given_ = {"weight": f"{weight} kg", "concentration": f"{strength} microgram/mL"}
    rate = value("infusion-rate", dose=f"{dose} microgram/kg/min", **given_)
    assert rate == Fraction(dose) * Fraction(weight) * 60 / strength
    if Fraction("0.001") <= rate <= 20000 and rate * 10**6 % 1 == 0:
        assert value("infusion-dose", rate=f"{decimal_text(rate)} mL/h", **given_) == Fraction(dose)


@given(DOSES, st.integers(1, 400))
def test_the_unit_of_the_result_follows(dose: Decimal, strength: int) -> None:
    inputs = [("dose", f"{dose} IU/h"), ("concentration", f"{strength} IU/mL")]
    formula = book().formula("infusion-rate")
    hourly, by_minute = calculate(book(), formula, inputs), calculate(book(), formula, inputs, "mL/min")
    assert isinstance(hourly, Answer)
    assert isinstance(by_minute, Answer)
    one, other = (a.data["result"] for a in (hourly, by_minute))
    assert (one["unit"], other["unit"]) == ("mL/h", "mL/min")
    exact = [Fraction(r.get("exact") or Decimal(r["value"])) for r in (one, other)]
    assert exact[0] == exact[1] * 60


@given(st.integers(1, 100), st.integers(0, 99), st.integers(1, 99), st.integers(1, 1000))
def test_what_alligation_mixes_has_the_strength_wanted(strong: int, weak: int, target: int, volume: int) -> None:
    found = worked_out(
        "alligation", strong=f"{strong} %", weak=f"{weak} %", target=f"{target} %", volume=f"{volume} mL"
    )
    if not (weak < strong and weak <= target <= strong):
        assert not isinstance(found, Answer)
        return
    stronger = value("alligation", strong=f"{strong} %", weak=f"{weak} %", target=f"{target} %", volume=f"{volume} mL")
    assert stronger * strong + (volume - stronger) * weak == volume * target
