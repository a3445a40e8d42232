"""Conversions. The figures are worked out by hand from what is printed: 100 IU, about 83.3 Nutley, about 16.7 Cetus;
18 million IU of aldesleukin, 1.1 mg of protein; 119.5 mg of imatinib mesilate, about 100 mg of imatinib."""

from __future__ import annotations

import pytest

from in_options import in_options
from monocli.engine.answers import BAD_INPUT
from monocli.engine.units import Registry
from monocli.engine.units.catalogue import catalogue
from monocli.engine.units.converting import Converter
from told import told
from units_records import amounts, answer, records, refusal, warned

WORKED = [
    ("18000000", ("Nutley", "Cetus"), None, ["14994000 Nutley", "3006000 Cetus"]),
    ("100 IU", ("Nutley", "Cetus"), None, ["83.3 Nutley", "16.7 Cetus"]),
    ("18e6 IU", ("mg",), None, ["1.1 mg"]),
    ("18e6", ("mg", "microgram", "g", "nanogram"), None, ["1.1 mg", "1100 microgram", "0.0011 g", "1100000 nanogram"]),
    ("9 million IU", ("mg",), "aldesleukin", ["0.55 mg"]),
    ("18 MIU", ("IU", "kIU", "MIU"), None, ["18000000 IU", "18000 kIU", "18 MIU"]),
    ("1.1 mg", ("IU",), None, ["18000000 IU"]),
    ("167 Cetus", ("IU",), None, ["1000 IU"]),
    ("167 Cetus", ("Nutley",), None, ["833 Nutley"]),
    ("833 Nutley", ("MIU",), None, ["0.001 MIU"]),
    ("0 IU", ("Cetus",), None, ["0 Cetus"]),
    ("44 microgram/mL", ("IU/mL",), None, ["720000 IU/mL"]),
    ("44 micrograms per mL", ("MIU/L",), None, ["720 MIU/L"]),
    ("1 mg/mL", ("microgram/L", "g/L"), None, ["1000000 microgram/L", "1 g/L"]),
    ("100 mg", ("mesilate",), "imatinib", ["119.5 mg mesilate"]),
    ("0.4 g", ("mesilate",), None, ["0.478 g mesilate"]),
    ("119.5 mg", ("base",), "imatinib", ["100 mg base"]),
    ("478 mg mesilate", ("base",), None, ["400 mg base"]),
    ("478 mg of imatinib mesylate", ("base",), None, ["400 mg base"]),
    ("400 mg base", ("g mesilate",), None, ["0.478 g mesilate"]),
    ("400 mg", ("g",), "imatinib", ["0.4 g base"]),
    ("5 mg", ("g",), "imexon", ["0.005 g"]),
    ("2.5 kg", ("g",), None, ["2500 g"]),
    ("18e6 IU", ("million IU",), None, ["18 MIU"]),
    ("5 mL", ("L",), "interleukin-2", ["0.005 L"]),
    ("33 800 units/mL", ("units/L",), None, ["33800000 units/L"]),
]


@pytest.mark.parametrize(("text", "to", "of", "expected"), WORKED)
def test_worked_by_hand(text: str, to: tuple[str, ...], of: str | None, expected: list[str]) -> None:
    assert amounts(answer(text, *to, of=of)) == expected


def test_a_value_without_finite_decimal_keeps_its_fraction() -> None:
    (result,) = answer("1 mg", "IU").data["to"]
    assert result == {
        "value": "16363600",
        "unit": "IU",
        "exact": "180000000/11",
        "approximate": False,
        "by": ["protein"],
    }


def test_about_stays_about() -> None:
    data = answer("18 MIU", "IU", "mg", "Nutley").data
    assert [item["approximate"] for item in data["to"]] == [False, False, True]
    assert "about" in next(step["text"] for step in data["steps"] if "Nutley" in step["text"])


def test_joining_two_printed_equivalences_is_said_with_both() -> None:
    for text, to in (("100 Nutley", "mg"), ("1000 Cetus", "Nutley")):
        result = answer(text, to)
        (note,) = [note for note in result.notes if note.code == "chained-equivalences"]
        assert len(told(note.detail)["joined"]) == 2
        assert all(item["source"] == "martindale-2009" for item in told(note.detail)["joined"])
        assert all(item["text"] in note.message for item in told(note.detail)["joined"])
        assert result.data["to"][0]["approximate"]
    assert "chained-equivalences" not in warned(answer("18 MIU", "mg", "Nutley"))


def test_every_step_has_a_source_and_a_result_that_leads_to_the_next() -> None:
    steps = answer("100 Nutley", "microgram").data["steps"]
    assert all(step["source"] for step in steps)
    computed = [step["result"] for step in steps if "result" in step]
    assert [step["unit"] for step in computed] == ["IU", "mg", "microgram"]
    assert computed[-1]["value"] == answer("100 Nutley", "microgram").data["to"][0]["value"]


def test_the_public_cetus_factor_is_named_beside_and_not_used() -> None:
    data = answer("100 Cetus", "IU").data
    assert any(step["source"] == "abrams-1990" and "6 IU" in step["text"] for step in data["steps"])
    assert data["to"][0]["exact"] == "100000/167"


def test_the_standard_and_the_products_are_spoken_of_where_units_are_crossed() -> None:
    result = answer("18 MIU", "mg")
    assert "products-not-interchangeable" in warned(result)
    assert any("1987" in item["text"] for item in result.data["advice"])
    within = answer("18 MIU", "IU")
    assert not within.data["advice"]
    assert warned(within) == set()


def test_without_a_target_every_unit_of_the_substance() -> None:
    data = answer("18 MIU").data
    assert data["substance"] == "aldesleukin"
    assert [i["unit"] for i in data["to"]] == [
        "IU",
        "kIU",
        "MIU",
        "Nutley",
        "Cetus",
        "g",
        "mg",
        "microgram",
        "nanogram",
    ]
    result = answer("18 MIU", of="interleukin-2")
    assert [i["unit"] for i in result.data["to"]] == ["IU", "kIU", "MIU", "Nutley", "Cetus"]
    assert "not-given-for-substance" in warned(result)
    assert amounts(answer("100 mg", of="imatinib"))[1] == "100 mg base"
    assert "119.5 mg mesilate" in amounts(answer("100 mg", of="imatinib"))
    assert amounts(answer("5 mg")) == ["0.005 g", "5 mg", "5000 microgram", "5000000 nanogram"]


@pytest.mark.parametrize("weight", ["70", "70 kg", "70kg", "70,000 g"])
def test_amounts_per_body_weight(weight: str) -> None:
    data = answer("600,000 IU/kg", "IU", "mg", weight=weight).data
    assert data["to"][0]["value"] == "42000000"
    assert data["to"][1]["exact"] == "77/30"
    assert amounts(answer("42 MIU", "IU/kg", weight=weight)) == ["600000 IU/kg"]
    assert amounts(answer("600 microgram/kg/min", "mg/h", weight=weight)) == ["2520 mg/h"]
    assert amounts(answer("600,000 IU/kg", weight=weight))[2] == "42 MIU"


def test_a_weight_in_pounds_is_exact() -> None:
    (result,) = answer("600,000 IU/kg", "IU", weight="154 lb").data["to"]
    assert result["value"] == "41911934.988"  # 154 × 0.45359237 × 600000


@pytest.mark.parametrize("weight", ["0", "-70", "7000", "nan", "70 mL", "seventy", "70 kg/m2", ""])
def test_a_body_weight_that_is_none(weight: str) -> None:
    assert refusal("600,000 IU/kg", "IU", weight=weight).kind == BAD_INPUT


def test_a_weight_that_is_not_needed_is_said_to_be_unused() -> None:
    assert "weight-not-used" in warned(answer("18 MIU", "mg", weight="70"))


REFUSED = [
    ("", (), None, "bad-quantity"),
    (" IU", ("Nutley",), None, "bad-quantity"),
    ("-5 IU", ("Nutley",), None, "bad-quantity"),
    ("-0 IU", ("Nutley",), None, "bad-quantity"),
    ("nan IU", ("Nutley",), None, "bad-quantity"),
    ("1e400 IU", ("Nutley",), None, "bad-quantity"),
    ("100 parsecs", ("Nutley",), None, "unknown-unit"),
    ("100 IU", ("Nutly",), None, "unknown-unit"),
    ("100 IU", ("",), None, "unknown-unit"),
    ("5 IU/", (), None, "unknown-unit"),
    ("5 IU//mL", (), None, "unknown-unit"),
    ("5 IU/Nutley", (), None, "unknown-unit"),
    ("5 /mL", (), None, "unknown-unit"),
    ("5 IU of heparin", (), None, "unknown-unit"),
    ("5 mIU", (), None, "unknown-unit"),
    ("5 MU", (), None, "unknown-unit"),
    ("5 MG", (), None, "unknown-unit"),
    ("5 Kg", (), None, "unknown-unit"),
    ("1 IU", ("mL",), "interleukin-2", "incompatible-units"),
    ("1 IU", ("cm",), None, "incompatible-units"),
    ("1 IU/mL", ("IU",), None, "incompatible-units"),
    ("1 IU/kg", ("IU",), None, "incompatible-units"),
    ("1 IU/mL", ("IU/m2",), None, "incompatible-units"),
    ("1 mL", ("mg",), None, "incompatible-units"),
    ("100 IU", ("mesilate",), None, "incompatible-units"),
    ("100 IU", ("mg",), "imatinib", "incompatible-units"),
    ("100 IU", ("mg",), "imexon", "incompatible-units"),
    ("1 mg", ("IU",), "interleukin-2", "incompatible-units"),
    ("1 IU", ("mg",), "interleukin-2", "incompatible-units"),
    ("1 mg of interleukin-2", ("IU",), None, "incompatible-units"),
    ("33 800 units/mL", ("microgram/mL",), None, "incompatible-units"),
    ("33 800 units/mL", ("IU/mL",), "aldesleukin", "incompatible-units"),
    ("100 IU", ("units",), None, "incompatible-units"),
    ("100", ("mesilate",), None, "unit-needed"),
    ("100", (), "imatinib", "unit-needed"),
    ("100 mg", ("base", "mesilate"), "imatinib", "form-needed"),
    ("100 mg", ("mesilate",), "imatinib mesilate", "form-needed"),
]


@pytest.mark.parametrize(("text", "to", "of", "code"), REFUSED)
def test_what_is_refused(text: str, to: tuple[str, ...], of: str | None, code: str) -> None:
    result = refusal(text, *to, of=of)
    assert (result.code, result.kind) == (code, BAD_INPUT)
    assert result.message


def test_u_alone_is_refused_with_the_reason_and_the_correction() -> None:
    for text in ("5 U", "5 u", "5U", "5 U/mL"):
        result = refusal(text, "IU")
        assert "error-prone abbreviation" in result.message
        assert "IU" in result.suggestions
        assert result.detail["reason"] == "error-prone-abbreviation"
        assert result.detail["source"] == "ismp"
        assert told(result.detail)["caret"].split("\n")[1].strip() == "^"


@pytest.mark.parametrize(
    ("text", "unit"),
    [("5 iU", "IU"), ("5 µg", "microgram"), ("5 μg", "microgram"), ("5 ug", "microgram"), ("5 ng", "nanogram")],
)
def test_other_error_prone_abbreviations_are_read_with_a_warning(text: str, unit: str) -> None:
    result = answer(text, unit)
    assert amounts(result) == [f"5 {unit}"]
    assert "error-prone-abbreviation" in warned(result)


def test_error_prone_numbers_are_read_with_a_warning() -> None:
    assert "error-prone-number" in warned(answer("1.0 mg", "IU"))
    assert "error-prone-number" in warned(answer(".5 mg", "IU"))


def test_capitals_do_not_matter_in_words_and_do_in_symbols() -> None:
    assert amounts(answer("5 NUTLEY UNITS", "Nutley")) == ["5 Nutley"]
    assert amounts(answer("5 Micrograms", "nanogram")) == ["5000 nanogram"]
    assert refusal("5 nutleys", "IU").suggestions[0] == "Nutley"
    assert refusal("5 Nutley/ML units").code == "unknown-unit"


def test_units_that_do_not_say_which_they_are() -> None:
    result = answer("33 800 units/mL")
    assert amounts(result) == ["33800 units/mL"]
    assert "unit-not-stated" in warned(result)
    assert result.data["substance"] is None
    assert answer("33 800 units/mL", of="aldesleukin").data["substance"] == "aldesleukin"
    refused = refusal("33 800 units/mL", "microgram/mL")
    assert refused.detail["reason"] == "unit-not-stated"
    assert 'mono units "33 800 IU/mL" --to microgram/mL' in str(in_options(refused).hint)


def test_a_form_that_is_not_said_is_assumed_aloud() -> None:
    assert "form-assumed" in warned(answer("100 mg", "mesilate", of="imatinib"))
    assert "form-assumed" in warned(answer("119.5 mg", "base", of="imatinib"))
    assert "form-assumed" not in warned(answer("119.5 mg mesilate", "base"))
    assert amounts(answer("119.5 mg", "base", of="imatinib mesylate")) == ["100 mg base"]


MADE_UP = """
id: madeupin
title: Madeupin
source: a-source
substances: [{id: madeupin, title: madeupin}]
scales:
  - {id: zonk, title: zonks, units: [{unit: Zonk, size: 1}, {unit: kZonk, size: 1000}]}
  - {id: glop, title: glops, units: [{unit: Glop, size: 1}]}
  - {id: mass, title: mass, measure: mass}
equivalences:
  - id: zonk
    left: {value: 3, unit: Zonk, scale: zonk}
    right: {value: 7, unit: microgram, scale: mass}
    approximate: no
    statement: 3 Zonk is 7 microgram
  - id: glop
    left: {value: 2, unit: Glop, scale: glop}
    right: {value: 5, unit: Zonk, scale: zonk}
    approximate: yes
    statement: 2 Glop is about 5 Zonk
"""
SHARED = """
id: otherin
title: Otherin
source: a-source
substances: [{id: otherin, title: otherin}]
scales:
  - {id: zonk, title: zonks, units: [{unit: Zonk, size: 1}]}
  - {id: mass, title: mass, measure: mass}
equivalences:
  - id: zonk
    left: {value: 1, unit: Zonk, scale: zonk}
    right: {value: 1, unit: mg, scale: mass}
    approximate: no
    statement: 1 Zonk is 1 mg
"""
MEASURES = """
id: measures
title: Measures
source: si
measures:
  - id: mass
    title: mass
    units: [{unit: g, size: 1}, {unit: mg, size: 0.001}, {unit: microgram, size: 0.000001}]
"""


def test_a_new_substance_with_its_own_unit_is_yaml_alone() -> None:
    registry = Registry([records(MADE_UP), records(MEASURES, "measures.yaml")])
    assert amounts(answer("3 Zonk", "microgram", "mg", registry=registry)) == ["7 microgram", "0.007 mg"]
    result = answer("2 Glop", "microgram", registry=registry)
    assert result.data["to"][0]["exact"] == "35/3"
    assert "chained-equivalences" in warned(result)
    assert amounts(answer("3 kZonk", registry=registry))[:2] == ["3000 Zonk", "3 kZonk"]


def test_a_unit_that_two_substances_share_asks_which() -> None:
    registry = Registry([records(MADE_UP), records(SHARED), records(MEASURES, "measures.yaml")])
    refused = refusal("3 Zonk", "mg", registry=registry)
    assert (refused.code, refused.kind) == ("substance-needed", BAD_INPUT)
    assert set(refused.suggestions) == {"madeupin", "otherin"}
    assert amounts(answer("3 Zonk", "mg", of="otherin", registry=registry)) == ["3 mg"]
    assert amounts(answer("3 Zonk of madeupin", "microgram", registry=registry)) == ["7 microgram"]
    assert amounts(answer("3 kZonk", "mg", registry=registry)) == ["7 mg"]


def test_the_catalogue_lists_substances_units_and_abbreviations() -> None:
    registry = Registry([records(MADE_UP), records(MEASURES, "measures.yaml")])
    data = catalogue(registry).data
    (family,) = data["substances"]
    assert [scale["units"] for scale in family["scales"]] == [["Zonk", "kZonk"], ["Glop"], ["g", "mg", "microgram"]]
    assert family["equivalences"][1] == {"text": "2 Glop is about 5 Zonk", "approximate": True, "source": "a-source"}


def test_a_plan_is_made_once_for_a_unit() -> None:
    registry = Registry([records(MADE_UP), records(MEASURES, "measures.yaml")])
    converter = Converter(registry, ["mg"])
    assert converter.plan("Zonk") is converter.plan("Zonk")
