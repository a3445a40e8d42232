"""What holds of every conversion, whatever the number."""

from __future__ import annotations

import ast
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monocli.cli.wording import result_of
from monocli.engine.answers import BAD_INPUT, Answer, Refusal
from monocli.engine.quantities.numbers import decimal_text, fraction_text, is_finite_decimal
from monocli.engine.quantities.quantity import read_number
from monocli.engine.units import Converter
from monocli.engine.units.streaming import Scaler, Stream
from monocli.render.units import lines_of
from units_records import amounts, answer, convert, library_registry

ALDESLEUKIN = ["IU", "kIU", "MIU", "Nutley", "Cetus", "g", "mg", "microgram", "nanogram"]
IMATINIB = ["mg base", "g base", "mg mesilate", "microgram mesilate"]
FAMILIES = st.sampled_from([ALDESLEUKIN, IMATINIB, [f"{u}/mL" for u in ALDESLEUKIN], [f"{u}/kg" for u in ALDESLEUKIN]])
units = FAMILIES.flatmap(lambda names: st.tuples(*[st.sampled_from(names)] * 3))
plain = st.decimals(min_value=0, max_value=10**15, places=6, allow_nan=False, allow_infinity=False).map(
    lambda d: decimal_text(Fraction(d))
)
ENGINE = Path(__file__).parents[2] / "src" / "monocli" / "engine"


def factor(unit: str, to: str) -> Fraction:
    of = None if "base" in unit or "mesilate" in unit else library_registry().substances("aldesleukin")[0]
    plan = Converter(library_registry(), [to], of).plan(unit)
    assert not isinstance(plan, Refusal), plan
    return plan.targets[0].factor


@given(units)
def test_there_and_back_is_the_identity_exactly(names: tuple[str, str, str]) -> None:
    one, other, _ = names
    assert factor(one, other) * factor(other, one) == 1
    assert factor(one, one) == 1


@given(units)
def test_conversion_composes(names: tuple[str, str, str]) -> None:
    one, two, three = names
    assert factor(one, two) * factor(two, three) == factor(one, three)


@given(units, plain)
def test_the_result_read_back_gives_the_quantity(names: tuple[str, str, str], number: str) -> None:
    one, other, _ = names
    of = None if "base" in one or "mesilate" in one else "aldesleukin"
    (there,) = answer(f"{number} {one}", other, of=of).data["to"]
    if "exact" not in there:
        (back,) = answer(f"{there['value']} {other}", one, of=of).data["to"]
        assert Fraction(back["value"]) == Fraction(number)
    else:
        assert Fraction(there["exact"]) == Fraction(number) * factor(one, other)


@given(st.fractions(min_value=0, max_value=10**12))
def test_what_is_written_is_read_back(value: Fraction) -> None:
    if is_finite_decimal(value) and len(decimal_text(value)) <= 100:
        assert read_number(decimal_text(value)) == value


@given(st.integers(0, 10**15), st.sampled_from([" ", ",", "\u00a0", "\u2009", "\u202f"]))
def test_groups_of_thousands_do_not_change_a_number(value: int, separator: str) -> None:
    assert read_number(f"{value:,}".replace(",", separator)) == value


@given(st.integers(0, 10**15), st.integers(0, 15), st.fractions(min_value=Fraction(1, 10**12), max_value=10**12))
def test_the_fast_number_is_the_exact_number(digits: int, places: int, times: Fraction) -> None:
    value = Fraction(digits, 10**places) * times
    assert Scaler(times).texts(digits, places) == (decimal_text(value), fraction_text(value) or "")


with_trailing_zero = plain.map(lambda number: number + ("0" if "." in number else ".0"))
written = st.sampled_from(["18e6", "600,000", ".5", "-1", "1,5", "1.8x10^7"])
lines_of_text = st.tuples(
    st.one_of(plain, with_trailing_zero, written),
    st.sampled_from(["", " ", " million "]),
    st.sampled_from([*ALDESLEUKIN, "µg", "U", "units", "", "IU/mL", "parsecs", "ml"]),
).map("".join)


@given(st.lists(lines_of_text, max_size=12))
def test_a_stream_says_what_single_calls_say(lines: list[str]) -> None:
    converter = Converter(library_registry(), ["IU", "Nutley"])
    stream = Stream(converter, lambda query, answer: lines_of(result_of("units", answer), query))
    streamed = [row for block in stream.blocks(lines) for row in block]
    single = [
        row
        for line in lines
        if line.strip()
        for row in lines_of(result_of("units", convert(line, "IU", "Nutley")), line.strip())
    ]
    assert streamed == single


@given(st.text(max_size=30), st.text(max_size=8))
def test_anything_is_answered_or_refused(text: str, to: str) -> None:
    for result in (convert(text), convert(text, to), convert(f"5 {text}"), convert("5 mg", weight=text)):
        assert isinstance(result, Answer | Refusal)
        if isinstance(result, Refusal):
            assert result.kind == BAD_INPUT


@given(plain)
def test_more_is_never_less(number: str) -> None:
    assert amounts(answer(f"{number} MIU", "kIU")) == amounts(answer(f"{number} million IU", "kIU"))


@pytest.mark.parametrize(
    "path",
    [*sorted((ENGINE / "quantities").glob("*.py")), *sorted((ENGINE / "units").glob("*.py"))],
    ids=lambda p: p.name,
)
def test_there_is_no_float(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))
        assert not (isinstance(node, ast.Name) and node.id == "float")
