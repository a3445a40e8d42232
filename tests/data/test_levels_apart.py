"""Rules of the thesaurus that tell drugs apart: of two drugs only what is meant for these is said."""

from __future__ import annotations

import pytest

from conftest import Run


@pytest.mark.parametrize(
    ("names", "level", "do"),
    [
        # A gliptin with an ACE inhibitor is taken into account; only other pairs of its list are avoided.
        (("sitagliptin", "ramipril"), "APEC", "Take into account."),
        (("alogliptin", "imidapril"), "APEC", "Take into account."),
        (("sacubitril", "imidapril"), "CI", "This combination is contraindicated."),
        (("sitagliptin", "losartan"), "ASDEC", "Avoid this combination."),
        # Of the antibodies 19 are named to be avoided with a live vaccine, the others are taken into account.
        (("rituximab", "yellow fever vaccine"), "ASDEC", "Avoid this combination."),
        (("pembrolizumab", "yellow fever vaccine"), "APEC", "Take into account."),
        (("denosumab", "yellow fever vaccine"), "APEC", "Take into account."),
        (("gemfibrozil", "simvastatin"), "CI", "This combination is contraindicated."),
        (("bezafibrate", "simvastatin"), "ASDEC", "Avoid; do not exceed 10 mg of simvastatin a day."),
        (("fenofibrate", "simvastatin"), "ASDEC", "Avoid this combination."),
        (("darifenacin", "ketoconazole"), "CI", "This combination is contraindicated."),
        (("tolterodine", "ketoconazole"), "ASDEC", "Avoid this combination."),
        (("citalopram", "amiodarone"), "CI", "This combination is contraindicated."),
        (
            ("haloperidol", "amiodarone"),
            "ASDEC",
            "Avoid; if unavoidable, check clinically and by ECG at regular intervals.",
        ),
        (
            ("ziprasidone", "sotalol"),
            "ASDEC",
            "Avoid; if unavoidable, check clinically and by ECG at regular intervals.",
        ),
        (("morphine", "zopiclone"), "APEC", "Take into account."),
        (("letermovir", "simvastatin"), "ASDEC", "Avoid this combination."),
    ],
)
def test_only_what_is_meant_for_the_two_is_said(run: Run, names: tuple[str, str], level: str, do: str) -> None:
    for order in (names, names[::-1]):
        found = run("interactions", *order, "--json").data["interactions"]
        said = [
            (item["source_level"]["value"], item["management"])
            for item in found
            if item["sources"][0]["source"] == "ansm" and item["source_level"]
        ]
        assert (level, do) in said


@pytest.mark.parametrize(
    ("names", "told", "left_out"),
    [
        (("solifenacin", "ketoconazole"), ("solifenacin to 5 mg", "kidney or liver"), ("fesoterodine", "darifenacin")),
        (("apixaban", "enoxaparin"), ("keep the interval",), ("vitamin K antagonist",)),
        (("phenprocoumon", "enoxaparin"), ("vitamin K antagonist",), ("Do not give",)),
        (("amiloride", "ramipril"), ("control potassium",), ("spironolactone", "eplerenone")),
        (("spironolactone", "ramipril"), ("control potassium", "heart failure"), ()),
        (("rosuvastatin", "fenofibrate"), ("rosuvastatin 40 mg",), ("gemfibrozil", "simvastatin")),
    ],
)
def test_where_several_cases_can_hold_each_of_them_is_told_and_no_other(
    run: Run, names: tuple[str, str], told: tuple[str, ...], left_out: tuple[str, ...]
) -> None:
    found = run("interactions", *names, "--json").data["interactions"]
    first = next(item for item in found if item["sources"][0]["source"] == "ansm")
    assert all(words in first["management"] for words in told)
    assert not any(words in first["management"] for words in left_out)


@pytest.mark.parametrize(
    ("line", "action", "told"),
    [
        ("verapamil 80 mg tablets", "adjust", "With oral verapamil, monitor clinically and by ECG."),
        (
            "verapamil iv",
            "avoid",
            "Avoid with intravenous verapamil; if it cannot be avoided, monitor clinically with continuous ECG.",
        ),
    ],
)
def test_of_a_route_that_the_line_says_only_its_case_is_told(run: Run, line: str, action: str, told: str) -> None:
    found = run("interactions", line, "amiodarone", "--json").data["interactions"]
    assert (action, told) in [(item["action"], item["management"]) for item in found]
