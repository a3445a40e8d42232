"""Mixing and diluting, on a made-up drug that exists as YAML only."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, cast

import pytest

from interaction_records import record
from monocli.engine.answers import BAD_INPUT, Answer, Refusal
from monocli.engine.compatibility import compatibility
from monocli.engine.mixing import MixingConditions, read_conditions
from monocli.engine.mixing_book import MixingBook, fold
from monocli.engine.units import Converter, Selection
from monocli.records.compatibility import CompatibilityFile
from monocli.records.output.compatibility import Asked, Compatibility
from monocli.records.output.units import Conversion
from monocli.records.resolution import Resolution
from units_records import library_registry

DOCUMENT: CompatibilityFile = record(
    """\
id: zedinib
source: book
drug: {agent: zedinib}
subjects:
  - {id: brine, name: brine 3%, kind: diluent, names: [{name: 3% brine}, {name: sea water, source: list}]}
  - {id: milk, name: milk, kind: diluent}
  - {id: jug, name: jug, kind: container}
  - {id: albumin, name: albumin, kind: addition}
reconstituted: {amount: 10, unit: mg, volume: 2, volume_unit: mL, source: label}
statements:
  - id: spoils
    partners: [{agent: named, as: named sulfate}]
    verdict: incompatible
    statement: It spoils with {partner}.
    tested: {concentration: 1 mg/mL}
    references: [{number: 2, section: Mixing, citation: "A B. J 2000; 1: 1"}]
    section: Mixing
  - {id: curdles, subjects: [milk], verdict: not-recommended, statement: It curdles.}
  - id: jug
    subjects: [brine]
    verdict: loses-activity
    statement: It fades in a jug.
    when: {subjects: [brine], container: jug, hours: 6, albumin: 0}
  - id: range
    subjects: [brine]
    verdict: recommended
    statement: Between 2 and 5.
    when: {region: us, subjects: [brine], setting: quick, hours_below: 3}
    range: {least: 2, most: 5, unit: mg/mL}
  - id: bag
    subjects: [brine]
    verdict: recommended
    statement: Up to 100 mL.
    when: {region: uk, subjects: [brine]}
    most_volume: {value: 100, unit: mL}
unknown: {statement: The list is not whole., section: Mixing}
""",
    "compatibility/zedinib.yaml",
)
BOOK = MixingBook("zedinib", "Zedinib", DOCUMENT)


def convert(text: str, unit: str) -> Answer[Conversion] | Refusal:
    return Converter(library_registry(), (unit,), Selection("zedinib", "zedinib")).convert(text)


def other(name: str, id: str | None = None) -> Resolution:
    title = name if id else None
    status: Literal["agent", "unknown"] = "agent" if id else "unknown"
    return {"query": name, "status": status, "id": id, "title": title, "matched": None, "suggestions": []}


def asked(**given: str) -> MixingConditions:
    conditions = read_conditions(BOOK, convert, cast("Asked", given))
    assert isinstance(conditions, MixingConditions), conditions
    return conditions


def refused(**given: str) -> Refusal:
    conditions = read_conditions(BOOK, convert, cast("Asked", given))
    assert isinstance(conditions, Refusal)
    return conditions


def answer(*others: Resolution, diluent: str | None = None, **given: str) -> Answer[Compatibility]:
    return answer_of(BOOK, *others, diluent=diluent, **given)


def answer_of(book: MixingBook, *others: Resolution, diluent: str | None = None, **given: str) -> Answer[Compatibility]:
    names, subjects = book.told_apart(mention["query"] for mention in others)
    partners = [mention for mention in others if mention["query"] in names]
    return compatibility(book, partners, subjects, asked(**given), diluent)


def verdicts(outcome: Answer[Compatibility]) -> list[tuple[str, str]]:
    return [(finding["verdict"], finding["applies"]) for finding in outcome.data["findings"]]


def test_names_of_diluents_are_exact_after_folding() -> None:
    assert fold("Brine 3 %") == "brine 3%"
    assert BOOK.subject("Sea Water") is DOCUMENT["subjects"][0]
    assert BOOK.subject("brine") is None


def test_a_partner_is_shown_in_the_form_that_the_source_names() -> None:
    (finding,) = answer(other("named", "named")).data["findings"]
    assert (finding["subject"], finding["statement"]) == ("named sulfate", "It spoils with named sulfate.")
    assert finding["note"] == "recorded for named sulfate"
    assert finding["tested"] == {"concentration": "1 mg/mL"}
    assert finding["references"][0]["number"] == 2
    assert finding["sources"] == [{"source": "book", "section": "Mixing"}]


@pytest.mark.parametrize(("id", "code"), [("quiet", "nothing-recorded"), (None, "unknown-name")])
def test_what_is_not_recorded_is_unknown_and_to_be_treated_as_incompatible(id: str | None, code: str) -> None:
    outcome = answer(other("quiet", id), other("named", "named"))
    assert [finding["verdict"] for finding in outcome.data["findings"]] == ["unknown", "incompatible"]
    assert (
        "Treat it as incompatible until shown otherwise. The list is not whole."
        in outcome.data["findings"][0]["statement"]
    )
    assert [refusal.code for refusal in outcome.refusals] == [code]
    assert outcome.data["not_checked"] == ([] if id else ["quiet"])


def test_a_diluent_may_stand_among_the_others() -> None:
    assert verdicts(answer(other("milk"))) == verdicts(answer(diluent="milk")) == [("not-recommended", "yes")]


def test_a_diluent_that_is_not_listed_is_unknown() -> None:
    outcome = answer(diluent="beer")
    assert verdicts(outcome) == [("unknown", "yes")]
    (refusal,) = outcome.refusals
    assert (refusal.code, refusal.suggestions) == ("unknown-diluent", ("brine 3%", "milk"))


def test_conditions_that_were_not_given_stay_unclear() -> None:
    outcome = answer(diluent="sea water")
    assert verdicts(outcome) == [("loses-activity", "unclear"), ("recommended", "unclear"), ("recommended", "unclear")]
    assert not outcome.refusals


def test_conditions_that_fit_come_first_and_those_that_do_not_come_last() -> None:
    outcome = answer(diluent="brine 3%", region="uk", container="jug", hours="6", albumin="0.1%")
    assert verdicts(outcome) == [("recommended", "yes"), ("loses-activity", "no")]
    fits = {item["condition"]: item["fits"] for item in outcome.data["findings"][1]["conditions"]}
    assert fits == {"diluent": True, "container": True, "hours": True, "albumin": False}


def test_where_no_conditions_fit_it_is_unknown() -> None:
    book = BOOK.replaced(document={**DOCUMENT, "statements": [DOCUMENT["statements"][2]]})
    outcome = answer_of(book, diluent="brine 3%", hours="5")
    assert verdicts(outcome) == [("unknown", "yes"), ("loses-activity", "no")]
    assert [refusal.code for refusal in outcome.refusals] == ["nothing-recorded"]


@pytest.mark.parametrize(
    ("concentration", "verdict"),
    [
        ("2 mg/mL", "within-range"),
        ("5 mg/mL", "within-range"),
        ("1.999 mg/mL", "out-of-range"),
        ("5001 microgram/mL", "out-of-range"),
        ("5 g/L", "within-range"),
    ],
)
def test_the_ends_of_a_range_are_inside(concentration: str, verdict: str) -> None:
    outcome = answer(diluent="brine 3%", region="us", concentration=concentration)
    assert outcome.data["findings"][0]["verdict"] == verdict


def test_an_amount_and_a_volume_are_divided_exactly_and_both_volumes_shown() -> None:
    conditions = asked(amount="10 mg", volume="3 mL")
    assert conditions.concentration == Fraction(10, 3)
    assert conditions.with_own_volume == Fraction(2)
    results = [step["result"] for step in conditions.steps]
    assert results == [{"value": "3.33333", "unit": "mg/mL", "exact": "10/3"}, {"value": "2", "unit": "mg/mL"}]
    assert [step["source"] for step in conditions.steps] == ["book", "label"]


def test_it_is_said_where_the_verdict_depends_on_the_volume_meant() -> None:
    outcome = answer(diluent="brine 3%", region="us", amount="10 mg", volume="4 mL")
    assert outcome.data["findings"][0]["verdict"] == "within-range"
    assert [note.code for note in outcome.notes] == ["volume-ambiguous"]
    calm = answer(diluent="brine 3%", region="us", amount="10 mg", volume="2.5 mL")
    assert not calm.notes


def test_too_large_a_volume_is_out_of_range() -> None:
    outcome = answer(diluent="brine 3%", region="uk", volume="100.5 mL")
    assert outcome.data["findings"][0]["verdict"] == "out-of-range"
    assert answer(diluent="brine 3%", region="uk", volume="100 mL").data["findings"][0]["verdict"] == "recommended"


def test_a_condition_in_words_stays_unclear_once_a_time_is_given() -> None:
    given = {"region": "us", "concentration": "3 mg/mL"}
    assert answer(diluent="brine 3%", **given).data["findings"][0]["applies"] == "yes"
    assert answer(diluent="brine 3%", hours="1", **given).data["findings"][0]["applies"] == "unclear"


def test_a_time_beyond_the_setting_contradicts_it_and_no_range_is_held_against() -> None:
    outcome = answer(diluent="brine 3%", region="us", concentration="3 mg/mL", hours="3")
    assert verdicts(outcome) == [("unknown", "yes"), ("loses-activity", "no"), ("unknown", "no")]
    assert not any("calculated" in finding for finding in outcome.data["findings"])
    assert [refusal.code for refusal in outcome.refusals] == ["nothing-recorded"]


def test_a_loss_whose_own_conditions_were_asked_for_stands_before_a_range() -> None:
    outcome = answer(diluent="brine 3%", region="us", concentration="3 mg/mL", container="jug")
    assert verdicts(outcome) == [("loses-activity", "unclear"), ("within-range", "yes")]
    without = answer(diluent="brine 3%", region="us", concentration="3 mg/mL")
    assert verdicts(without) == [("within-range", "yes"), ("loses-activity", "unclear")]


def test_what_is_recommended_under_other_conditions_is_not_recommended() -> None:
    document: CompatibilityFile = {
        **DOCUMENT,
        "statements": [{**DOCUMENT["statements"][4], "when": {"subjects": ["brine"], "hours": "6", "albumin": "1"}}],
    }
    outcome = answer_of(BOOK.replaced(document=document), diluent="brine 3%", hours="6", albumin="none")
    assert verdicts(outcome) == [("unknown", "yes"), ("unknown", "no")]
    said = outcome.data["findings"][1]["statement"]
    assert "recommended only under its own conditions (albumin 1 %, not 0 %)" in said
    assert "Treat it as incompatible until shown otherwise." in said
    assert said.endswith("Up to 100 mL.")
    assert [refusal.code for refusal in outcome.refusals] == ["nothing-recorded"]


@pytest.mark.parametrize("given", [{}, {"hours": "6"}, {"container": "jug"}, {"concentration": "3 mg/mL"}])
def test_without_a_diluent_every_statement_is_listed(given: dict[str, str]) -> None:
    assert len(answer(**given).data["findings"]) == len(DOCUMENT["statements"])


def test_a_region_leaves_out_what_only_another_region_says() -> None:
    findings = answer(region="us").data["findings"]
    assert len(findings) == len(DOCUMENT["statements"]) - 1
    assert findings[0]["verdict"] == "incompatible"


def test_a_drug_or_diluent_named_twice_is_answered_once() -> None:
    outcome = answer(other("named", "named"), other("Named Sulfate", "named"), other("milk"), diluent="milk")
    assert [finding["subject"] for finding in outcome.data["findings"]] == ["named sulfate", "milk"]


def test_a_diluent_without_its_strength_is_refused_and_the_one_it_resembles_comes_first() -> None:
    (refusal,) = answer(diluent="brine").refusals
    assert refusal.suggestions[0] == "brine 3%"
    assert "with its strength" in str(refusal.hint)
    (refusal,) = answer(diluent="beer").refusals
    assert refusal.hint is None


def test_a_substance_that_is_only_mentioned_is_unknown() -> None:
    (refusal,) = answer({**other("elsewhere"), "mentioned_in": "zedinib"}).refusals
    assert refusal.code == "only-mentioned"


def test_an_unknown_container_is_said_and_compared_with_nothing() -> None:
    outcome = answer(diluent="brine 3%", container="bucket")
    assert [note.code for note in outcome.notes] == ["unknown-container"]
    assert "no" not in [applies for _, applies in verdicts(outcome)]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"concentration": "abc"}, "bad-quantity"),
        ({"concentration": "-1 mg/mL"}, "bad-quantity"),
        ({"concentration": "0 mg/mL"}, "bad-value"),
        ({"concentration": "50"}, "unit-needed"),
        ({"amount": "1 mg", "volume": "50"}, "unit-needed"),
        ({"concentration": "1 mg"}, "incompatible-units"),
        ({"concentration": "1 mg/mL", "amount": "1 mg"}, "conflicting-options"),
        ({"amount": "1 mg"}, "value-needed"),
        ({"volume": "1 mg"}, "incompatible-units"),
        ({"hours": "0"}, "bad-value"),
        ({"hours": "soon"}, "bad-quantity"),
        ({"albumin": "101%"}, "bad-value"),
        ({"albumin": "-1"}, "bad-value"),
        ({"albumin": "5 mL"}, "bad-value"),
    ],
)
def test_bad_input_is_refused(given: dict[str, str], code: str) -> None:
    refusal = refused(**given)
    assert (refusal.code, refusal.kind) == (code, BAD_INPUT)


@pytest.mark.parametrize(("text", "hours"), [("24", 24), ("24 h", 24), ("90 minutes", Fraction(3, 2)), ("1 day", 24)])
def test_hours_in_any_unit_of_time(text: str, hours: Fraction) -> None:
    assert asked(hours=text).hours == hours


@pytest.mark.parametrize(
    ("text", "percent"), [("none", 0), ("0", 0), ("0.1%", Fraction(1, 10)), ("0.1", Fraction(1, 10))]
)
def test_albumin_in_percent(text: str, percent: Fraction) -> None:
    assert asked(albumin=text).albumin == percent


def test_the_verdicts_are_the_worst_first_and_say_what_is_only_recorded_otherwise() -> None:
    held = answer(other("quiet", "quiet"), other("named", "named")).data
    assert [(said["verdict"], said["subject"]) for said in held["verdicts"]] == [
        ("incompatible", "named sulfate"),
        ("unknown", "quiet"),
    ]
    (judged,) = answer(diluent="brine 3%", concentration="3 mg/mL").data["verdicts"]
    assert (judged["verdict"], judged["conditional"], judged["calculated"]["value"]) == ("within-range", True, "3")
    (judged,) = answer(diluent="brine 3%", region="us", hours="4").data["verdicts"][-1:]
    assert (judged["verdict"], judged["recorded_otherwise"]) == ("unknown", True)


def test_a_finding_says_what_it_is_to_the_question() -> None:
    found = answer(diluent="brine 3%", region="uk").data["findings"]
    assert {finding["statement"]: finding["bearing"] for finding in found} == {
        "Up to 100 mL.": "answer",
        "It fades in a jug.": "elsewhere",
    }
    given = answer(diluent="brine 3%", region="uk", container="jug", hours="6").data["findings"]
    assert {finding["statement"]: finding["bearing"] for finding in given}["It fades in a jug."] == "possible"


def test_where_all_hangs_on_what_was_not_given_the_verdicts_say_on_what() -> None:
    outcome = answer(diluent="brine 3%")
    judged = [(said["verdict"], said["conditional"], said.get("hangs_on")) for said in outcome.data["verdicts"]]
    assert judged == [
        ("loses-activity", True, ["jug", "6 hours", "albumin 0 %"]),
        ("recommended", True, ["US"]),
        ("recommended", True, ["UK"]),
    ]
    assert not outcome.refusals


def test_a_container_named_among_the_others_is_the_one_asked_for() -> None:
    of_jugs: CompatibilityFile = {
        **DOCUMENT,
        "statements": [{**DOCUMENT["statements"][2], "subjects": ["brine", "jug"]}],
    }
    (said,) = answer_of(BOOK.replaced(document=of_jugs), other("jug")).data["verdicts"]
    assert (said["verdict"], said["hangs_on"]) == ("loses-activity", ["brine 3%", "6 hours", "albumin 0 %"])


def test_a_question_of_which_all_that_is_known_is_unknown_is_not_answered() -> None:
    """Also where a loss may follow under conditions that were not given: unknown is to be treated as incompatible."""
    given = {"region": "us", "concentration": "3 mg/mL", "hours": "6"}
    outcome = answer(diluent="brine 3%", **given)
    assert [said["verdict"] for said in outcome.data["verdicts"]] == ["unknown"]
    assert [refusal.code for refusal in outcome.refusals] == ["nothing-recorded"]
    # Of the loss only the albumin is open, then: it leads, and the question is answered.
    loss = answer(diluent="brine 3%", container="jug", **given)
    leading = loss.data["verdicts"][0]
    assert (leading["verdict"], leading["conditional"], leading["hangs_on"]) == (
        "loses-activity",
        True,
        ["albumin 0 %"],
    )
    assert not loss.refusals


@pytest.mark.parametrize(
    ("given", "statements"),
    [
        ({}, ["Between 2 and 5.", "Up to 100 mL."]),
        ({"region": "us"}, ["Between 2 and 5."]),
        ({"region": "us", "hours": "3"}, []),
        ({"concentration": "1 mg/mL"}, ["Up to 100 mL."]),
    ],
)
def test_instead_stands_what_is_recorded_and_not_contradicted(given: dict[str, str], statements: list[str]) -> None:
    for diluent in ("milk", "lemonade"):
        held = answer(diluent=diluent, **given).data
        assert [finding["statement"] for finding in held["instead"]] == statements
    assert answer(other("named", "named"), **given).data["instead"] == []
    assert answer(diluent="brine 3%", region="uk").data["instead"] == []
