"""What stands beside a printed dose of imatinib: both printed starts, the later label's limits, unequal parts.

Numbers of the label: source/public facts, section 3 (doses, renal impairment, neutropenia and thrombocytopenia).
"""

from __future__ import annotations

import pytest

from dosing_records import envelope, mono


def remarks(*arguments: str) -> str:
    return " ".join(advice["text"] for advice in envelope("dose", "imatinib", *arguments)["data"]["advice"])


def test_both_printed_starts_are_named_where_impairment_replaces_them() -> None:
    _, out, _ = mono("dose", "imatinib", "-i", "gist", "--hepatic", "mild", "--region", "us")
    assert "IN PLACE OF the usual start of 400 mg or 600 mg a day" in out


def test_the_label_limits_of_an_indication() -> None:
    assert "PDGFR" in remarks("-i", "mds")
    assert "340 mg/m2 once daily with chemotherapy, no more than 600 mg" in remarks("-i", "all-new")


@pytest.mark.parametrize(
    ("indication", "start", "then"),
    [
        ("cml-chronic", "400 mg", "then resume 400 mg. If it happens again, do the same and resume at 300 mg"),
        ("cml-blast", "600 mg", "at least 1 and 20, then resume at 300 mg"),
        ("all-relapsed", "600 mg", "after 2 weeks of it, 300 mg; after 4 weeks"),
        ("dfsp", "800 mg", "resume at 600 mg. If it happens again, do the same and resume at 400 mg"),
        ("mastocytosis-eosinophilia", "100 mg", "at least 1.5 and 75; then resume the dose given before"),
    ],
)
def test_the_label_on_myelosuppression_goes_by_the_start(indication: str, start: str, then: str) -> None:
    said = remarks("-i", indication)
    assert f"for a start of {start} a day" in said
    assert then in said


def test_the_label_on_renal_impairment() -> None:
    said = "from 40 to 59 mL/min no more than 600 mg a day; from 20 to 39 mL/min half the usual start"
    assert said in remarks("-i", "cml-chronic")
    document = envelope("show", "imatinib", "renal impairment")
    assert document["errors"][0]["code"] == "section-not-in-source"
    (warning,) = document["warnings"]
    assert (warning["code"], warning["source"]) == ("later-source", "gleevec-label")
    assert "40 to 59 mL/min no more than 600 mg" in warning["message"]


def test_a_child_is_not_told_of_adults() -> None:
    given = ("-i", "cml-chronic", "--age", "9", "--region", "uk", "--bsa", "1.7", "--with", "rifampicin")
    messages = " ".join(warning["message"] for warning in envelope("dose", "imatinib", *given)["warnings"])
    assert "800 mg a day is the highest dose printed for any use." in messages
    assert "adults" not in messages
    adult = envelope("dose", "imatinib", "-i", "dfsp", "--with", "rifampicin")["warnings"]
    assert any("not called a maximum for adults" in warning["message"] for warning in adult)


def test_the_way_back_from_an_inducer_is_said_not_to_be_printed() -> None:
    advice = envelope("adjust", "imatinib", "--current", "400 mg", "--start", "rifampicin")["data"]["advice"]
    assert any("once the inducer is stopped is not printed" in item["text"] for item in advice)


def test_treatment_that_is_still_withheld_says_the_value() -> None:
    given = ("--current", "600 mg", "--withheld", "--bilirubin", "1.5", "--transaminases", "2")
    _, out, _ = mono("adjust", "imatinib", *given)
    assert out.startswith("STILL WITHHOLD")
    assert "total bilirubin below 1.5 × ULN (now 1.5 × ULN)" in out


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("0.894", "unequal doses of 200 mg + 100 mg make 300 mg a day, about 1.3 % below the dose"),  # 303.96 mg
        ("1.5", ""),  # 510 mg: 255 mg comes near 300 mg
    ],
)
def test_a_day_may_be_parted_unequally_into_tablets(area: str, said: str) -> None:
    data = envelope("dose", "imatinib", "-i", "cml-chronic", "--age", "8", "--region", "uk", "--bsa", area)["data"]
    (twice,) = [s for s in data["regimens"][0]["schedules"] if s["times_daily"] == 2]
    text = " ".join(tablet["text"] for tablet in twice["tablets"])
    assert said in text
    assert ("unequal" in text) == bool(said)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("-i", "all-new", "--age", "8"), "no-dose-for-population", "340 mg/m2 once daily with chemotherapy"),
        (("-i", "cml-new", "--age", "1"), "under-minimum-age", "no experience below 1 year"),
        (("-i", "adjuvant GIST"), "no-dose-in-source", "adjuvant treatment of adults: 400 mg once daily"),
    ],
)
def test_what_the_label_has_where_nothing_is_printed_stands_beside_the_refusal(
    arguments: tuple[str, ...], code: str, said: str
) -> None:
    document = envelope("dose", "imatinib", *arguments)
    assert (document["exit_code"], document["data"], document["errors"][0]["code"]) == (1, None, code)
    said_later = [w for w in document["warnings"] if w["source"] == "gleevec-label"]
    (warning,) = [w for w in said_later if w["code"] == "later-source"]
    assert {w["code"] for w in said_later} <= {"later-source", "dose-in-other-source"}
    assert said in warning["message"]


def test_no_label_remark_stands_beside_the_refusal_of_others() -> None:
    assert envelope("dose", "imatinib", "-i", "mds", "--age", "8")["warnings"] == []


def test_the_counts_of_children_go_by_their_phase() -> None:
    child = ("--age", "8", "--region", "uk", "--bsa", "1")
    assert "for 340 mg/m2 in newly diagnosed chronic phase" in remarks("-i", "cml-chronic", *child)
    assert "after 2 weeks of it, 200 mg/m2" in remarks("-i", "cml-advanced", *child)


@pytest.mark.parametrize(
    ("area", "times", "half"),
    [
        ("0.894", 2, "150 mg (1 × 100 mg + half of one 100 mg tablet): about 1.3 % below the dose"),  # 151.98 mg
        ("0.894", 1, ""),  # 303.96 mg: three tablets of 100 mg are nearer than three and a half
        ("1", 1, "350 mg (3 × 100 mg + half of one 100 mg tablet): about 2.9 % above the dose"),  # 340 mg
        ("1.275", 1, "450 mg (1 × 400 mg + half of one 100 mg tablet): about 3.8 % above the dose"),  # 433.5 mg
        ("0.447", 2, ""),  # 75.99 mg: 50 mg and 100 mg both lie more than 25 % away
    ],
)
def test_half_of_a_scored_tablet_is_said_where_it_is_nearer(area: str, times: int, half: str) -> None:
    data = envelope("dose", "imatinib", "-i", "cml-chronic", "--age", "8", "--region", "uk", "--bsa", area)["data"]
    (schedule,) = [s for s in data["regimens"][0]["schedules"] if s["times_daily"] == times]
    (tablet,) = schedule["tablets"]
    assert ("with_half" in tablet) == bool(half)
    assert half in tablet["text"]
    assert "half" not in tablet["text"] or half
