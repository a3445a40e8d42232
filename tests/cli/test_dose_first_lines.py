"""What stands above a dose: who says to avoid a combination, which dose is above which limit, what a value changes.

Source: the US label of 2023, 2.12 (strong inducers are avoided, else at least 50 % more; limits by clearance)."""

from __future__ import annotations

import re

import pytest

from dosing_records import envelope, mono

WIDE = 400


def lines(*arguments: str) -> tuple[list[str], list[str]]:
    """The notices above the dose that leads; then that dose and all the rest, a line and as one text."""
    _, out, _ = mono("dose", "imatinib", *arguments, columns=WIDE)
    shown = out.replace("\xa0", " ").splitlines()
    leads = next(place for place, line in enumerate(shown) if re.match(r"(at least )?[\d≈].* daily", line))
    # In an encoding that cannot carry the signs of an action these are letters.
    above = re.split(r" (?=[X!] )", " ".join(shown[:leads])) if leads else []
    assert all(line.startswith(("X ", "! ")) for line in above)
    return above, [*shown[leads:], " ".join(" ".join(shown[leads:]).split())]


@pytest.mark.parametrize("other", ["carbamazepine", "rifampicin", "phenytoin", "dexamethasone", "phenobarbital"])
def test_a_source_that_says_to_avoid_is_named_when_its_own_doses_answer(other: str) -> None:
    arguments = ("-i", "cml-blast", "--source", "gleevec-label", "--with", other)
    above, rest = lines(*arguments)
    assert "gleevec-label" in above[0]
    assert above[0].startswith("X AVOID")
    assert rest[0].startswith("at least 900 mg once daily")
    said = [
        w["message"] for w in envelope("dose", "imatinib", *arguments)["warnings"] if w["code"] == "avoid-combination"
    ]
    assert any("at least 50 %" in message for message in said)
    _, out, _ = mono("adjust", "imatinib", "--current", "400 mg", "--start", other, "--source", "gleevec-label")
    assert "gleevec-label" in out.splitlines()[0]
    assert "INCREASE to at least 600 mg a day" in out


def test_the_monographs_figure_is_no_least_and_the_labels_differs() -> None:
    _, rest = lines("-i", "cml-chronic", "--with", "rifampicin")
    assert rest[0].startswith("600 mg once daily")
    assert any("start at least 600 mg a day, not 600 mg" in line for line in rest)
    _, out, _ = mono("adjust", "imatinib", "--current", "400 mg", "--start", "rifampicin", columns=WIDE)
    assert "at least 600 mg a day, not 600 mg a day" in out.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("arguments", "figures"),
    [
        (
            ("-i", "cml-chronic", "--population", "child", "--age", "15", "--region", "uk", "--bsa", "1.7"),
            ["867 mg", "1200 mg"],
        ),
        (("-i", "gist", "--source", "gleevec-label", "--creatinine-clearance", "30"), ["600 mg"]),
        (("-i", "cml-blast", "--source", "gleevec-label"), ["900 mg", "1200 mg"]),
    ],
)
def test_a_line_of_doses_above_a_limit_has_their_figures_once(arguments: tuple[str, ...], figures: list[str]) -> None:
    above, _ = lines(*arguments, "--with", "rifampicin")
    limits = [line for line in above if ": above " in line]
    assert limits
    for line in limits:
        assert re.findall(r"\d+ mg", line.partition(": above ")[0]) == figures
    assert len(limits) == len(set(limits))


@pytest.mark.parametrize(
    ("clearance", "said"),
    [
        ("15", "two patients tolerated 100 mg a day"),
        ("25", "Half the usual start"),
        ("39.5", "Half the usual start"),
        ("50", "No more than 600 mg a day"),
    ],
)
def test_what_a_clearance_changes_stands_above_the_dose(clearance: str, said: str) -> None:
    for source in ((), ("--source", "gleevec-label")):
        if source and clearance == "15":
            continue
        above, rest = lines("-i", "gist", "--creatinine-clearance", clearance, *source)
        (line,) = [line for line in above if "Creatinine clearance" in line]
        assert said in line
        assert "gleevec-label" in line
        assert ("does not go by it" in line) is not bool(source)
        assert not any(line.startswith("Creatinine clearance") for line in rest[:-1])


def test_a_clearance_without_a_limit_changes_nothing() -> None:
    assert lines("-i", "gist", "--creatinine-clearance", "60")[0] == []


def test_why_another_source_has_none_is_the_reason_that_it_gives() -> None:
    _, rest = lines("-i", "gist", "--creatinine-clearance", "15")
    assert "gleevec-label (2023-07-10) has none here: Below 20 mL/min" in rest[-1]
    assert ".." not in rest[-1]
    _, rest = lines("-i", "cml-chronic", "--age", "9", "--region", "uk", "--bsa", "1")
    assert any("has none by this indication" in line for line in rest)


def test_an_increase_that_a_limit_leaves_nothing_of_is_not_shown_as_one() -> None:
    _, rest = lines("-i", "cml-blast", "--source", "gleevec-label", "--creatinine-clearance", "50")
    assert rest[0].startswith("600 mg once daily")
    assert not any(line.startswith("increase") for line in rest)
    assert any("no increase is left under the limit of 600 mg a day" in line for line in rest)


def test_impairment_and_clearance_together_stand_in_place_of_the_printed_start() -> None:
    arguments = (
        "-i",
        "cml-chronic",
        "--hepatic",
        "severe",
        "--creatinine-clearance",
        "30",
        "--source",
        "gleevec-label",
    )
    _, rest = lines(*arguments)
    assert any("IN PLACE OF the usual start of 400 mg a day" in line for line in rest)
    warned = {w["code"] for w in envelope("dose", "imatinib", *arguments)["warnings"]}
    assert "combination-not-stated" in warned


def test_that_no_tablets_come_near_is_said_once() -> None:
    _, rest = lines("-i", "mastocytosis-eosinophilia", "--with", "rifampicin")
    assert rest[-1].count("no whole-tablet dose comes near") == 1
    assert "half of one 100 mg tablet" in rest[-1]


def test_tablets_below_a_least_dose_are_not_offered_as_it() -> None:
    """340 mg/m2 × 1.7 m2 × 1.5 is 867 mg at the least; 850 mg is below that."""
    arguments = ("-i", "cml-new", "--population", "child", "--age", "15", "--bsa", "1.7", "--source", "gleevec-label")
    _, rest = lines(*arguments, "--with", "rifampicin")
    assert rest[0].startswith("900 mg in whole tablets (at least 867 mg) once daily")


@pytest.mark.parametrize(
    ("question", "next_up"),
    [
        # GIST, severe impairment and 20 to 39 mL/min: 400 × 75 % × 50 % = 150 mg; half as much more is 225 mg.
        ("dose -i gist --creatinine-clearance 35 --hepatic severe --with rifampicin", {"225": ["300", "250"]}),
        ("adjust --current 150mg --start rifampicin", {"225": ["300", "250"]}),
        # 340 mg/m2 × 1.1 m2 = 374 mg; half as much more is 561 mg.
        ("adjust --population child --current 340mg/m2 --bsa 1.1 --start rifampicin", {"561": ["600"]}),
        # 340 mg/m2 × 1.7 m2 = 578 mg; half as much more is 867 mg, or 433.5 mg twice daily.
        (
            "dose -i cml-new --age 15 --population child --bsa 1.7 --with rifampicin",
            {"867": ["900"], "433.5": ["500", "450"]},
        ),
    ],
)
def test_of_a_least_dose_the_next_tablets_above_stand(question: str, next_up: dict[str, list[str]]) -> None:
    command, *rest = question.split()
    data = envelope(command, "imatinib", *rest, "--source", "gleevec-label")["data"]
    regimens = data.get("regimens", [])[:1]
    shown = {s["each"]["value"]: s["tablets"] for regimen in regimens for s in regimen["schedules"]}
    shown = shown or {data["to"]["value"]: data["tablets"]}
    made = {
        each: [one["value"] for t in tablets for one in (t["nearest"], t.get("with_half", t)["nearest"])]
        for each, tablets in shown.items()
    }
    assert {each: list(dict.fromkeys(amounts)) for each, amounts in made.items()} == next_up
    assert not any("below the dose" in t["text"] for tablets in shown.values() for t in tablets)


@pytest.mark.parametrize(
    ("question", "least"),
    [
        # 340 mg/m2 × 1.1 m2 = 374 mg; 75 % of it in severe impairment is 280.5 mg. At least half as much more.
        ("-i cml-new --age 8 --bsa 1.1 --region us --with rifampicin --hepatic severe", "420.75"),
        ("-i all-new --age 8 --bsa 1.1 --with rifampicin", "561"),
    ],
)
def test_a_least_dose_of_another_source_alone_is_told_as_the_least(question: str, least: str) -> None:
    _, _, err = mono("dose", "imatinib", *question.split(), columns=WIDE)
    assert f"start at least {least} mg a day" in " ".join(err.split())


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # 800 × 75 % in severe impairment, 400 × 75 % × 50 % at 20 to 39 mL/min as well, 340 mg/m2 × 1.1 m2.
        ("-i dfsp --hepatic severe --source gleevec-label", "600 mg (the dose so far)"),
        ("-i gist --hepatic severe --creatinine-clearance 35 --source gleevec-label", "150 mg (the dose so far)"),
        ("-i cml-new --age 8 --bsa 1.1 --source gleevec-label", "374 mg (the dose so far)"),
        # 340 mg/m2 × 1.9 m2 in the UK, for which the monograph has no maximum.
        ("-i cml-chronic --age 14 --population child --region uk --bsa 1.9", "646 mg (the dose so far)"),
        ("-i dfsp --source gleevec-label", "800 mg (the printed dose)"),
        ("-i dfsp --hepatic mild --source gleevec-label", "800 mg (the printed dose)"),
        # Held at 600 mg, then 75 % of that.
        ("-i cml-new --age 11 --bsa 1.9 --hepatic severe --source gleevec-label", "450 mg (the dose so far)"),
        ("-i cml-new --age 11 --bsa 1.9 --source gleevec-label", "600 mg (held at the printed maximum)"),
    ],
)
def test_only_a_dose_that_is_printed_is_called_so(question: str, said: str) -> None:
    _, rest = lines(*question.split(), "--with", "rifampicin")
    assert f"CHANGED: {said} × 1.5" in rest[-1]


def test_an_increase_beside_a_reduced_start_says_that_it_is_not_reduced() -> None:
    severe = ("-i", "gist", "--hepatic", "severe", "--source", "gleevec-label")
    _, rest = lines(*severe)
    increase = rest[-1].partition("increase")[2].partition("Warning")[0]
    assert "800 mg a day" in increase
    assert "NOT REDUCED for the impairment. Whether a dose begun low for the liver may later be raised" in increase
    start, later = envelope("dose", "imatinib", *severe)["data"]["regimens"]
    assert start["not_reduced"] is None
    assert later["not_reduced"]
    assert "NOT REDUCED" not in lines("-i", "gist", "--hepatic", "mild", "--source", "gleevec-label")[1][-1]


def test_one_of_a_unit_is_not_its_plural() -> None:
    _, _, err = mono("dose", "imatinib", "-i", "all-new", "--source", "gleevec-label", "--age", "11mo", "--bsa", "0.4")
    assert "below 1 year." in err
    given = ("--given", "anc=0.4 G/L", "--given", "cytopenia-of-leukaemia=no", "--given", "cytopenia-weeks=1")
    _, out, _ = mono("adjust", "imatinib", "--current", "600 mg", "-i", "cml-blast", *given)
    assert "weeks of the low count: 1 week\n" in out.replace("\xa0", " ")
