"""mono brands"""

from __future__ import annotations

import pytest

from conftest import Run


def names(run: Run, *argv: str) -> list[str]:
    return [brand["name"] for brand in run("brands", *argv, "--json").data["brands"]]


@pytest.mark.parametrize(
    ("country", "brands"),
    [
        ("India", ["Imatib", "Zoleta"]),
        ("in", ["Imatib", "Zoleta"]),
        ("USA", ["Gleevec"]),
        ("united states", ["Gleevec"]),
        ("UK", ["Glivec"]),
        ("Jpn", ["Glivec"]),
        ("Arg.", ["Glivec", "Ziatir"]),
        ("arg", ["Glivec", "Ziatir"]),
        ("Россия", ["Glivec"]),
    ],
)
def test_a_country_by_name_code_or_printed_abbreviation(run: Run, country: str, brands: list[str]) -> None:
    assert sorted(names(run, "imatinib", "--country", country)) == brands


@pytest.mark.parametrize("country", ["Austria", "AT", "Atlantis", "\x1b[31m", "Austr"])
def test_a_country_that_is_not_listed(run: Run, country: str) -> None:
    outcome = run("brands", "imatinib", "--country", country, "--json")
    assert (outcome.exit, outcome.codes) == (1, ["country-not-listed"])
    assert "\x1b" not in outcome.stdout


@pytest.mark.parametrize("country", ["", "  "])
def test_a_country_without_a_name_is_bad_input(run: Run, country: str) -> None:
    outcome = run("brands", "imatinib", "--country", country, "--json")
    assert (outcome.exit, outcome.codes) == (2, ["country-not-listed"])


def test_an_entry(run: Run) -> None:
    (entry,) = run("brands", "imatinib", "--country", "Russia", "--json").data["brands"]
    assert entry["country"] == {"code": "RU", "name": "Russia", "as_printed": "Rus."}
    assert (entry["name"], entry["also"], entry["monograph"]) == ("Glivec", ["Гливек"], "imatinib-mesilate")
    assert entry["source"]


def test_a_brand_in_any_country(run: Run) -> None:
    outcome = run("brands", "--brand", "glivec", "--json")
    assert outcome.data["total"] == len(outcome.data["brands"]) == 35
    assert run("brands", "--brand", "Гливек", "--json").data["total"] == 1
    missing = run("brands", "--brand", "Glive", "--json")
    assert (missing.exit, missing.codes) == (1, ["nothing-found"])


def test_a_brand_that_only_the_tables_know_is_not_called_unknown(run: Run) -> None:
    (error,) = run("brands", "--brand", "Concor", "--json").json["errors"]
    assert error["message"] == "no monograph lists the brand 'Concor'"
    assert '"mono lookup Concor"' in error["hint"]


def test_an_unknown_drug(run: Run) -> None:
    assert run("brands", "imatanib", "--json").codes == ["unknown-name"]


def test_csv(run: Run) -> None:
    lines = run("brands", "imatinib", "--country", "India", "-f", "csv").stdout.split("\r\n")
    assert lines[0] == "monograph,country,code,as_printed,name,source"
    assert lines[1].startswith("imatinib-mesilate,India,IN,India,Imatib,")


def test_a_source_is_never_broken_in_a_narrow_terminal(run: Run) -> None:
    for width in ("45", "60", "80"):
        listed = run("brands", "imatinib", "--json").data["brands"]
        shown = run("brands", "imatinib", "--details", env={"COLUMNS": width}).stdout
        assert shown.count("martindale-2009") == len(listed)
        by_name = run("brands", "imatinib", env={"COLUMNS": width}).stdout
        assert by_name.count("martindale-2009") == len({brand["name"] for brand in listed})


def test_a_name_stands_once_with_its_countries(run: Run) -> None:
    shown = run("brands", "imatinib").stdout
    assert shown.count("Glivec") == 1
    assert "Glivec           35" in shown
    for brand in run("brands", "imatinib", "--json").data["brands"]:
        assert brand["country"]["name"] in " ".join(run("brands", "imatinib", env={"COLUMNS": "2000"}).stdout.split())
