"""mono refs, and what reference managers make of its exports."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_string

from conftest import Run
from monocli.render.refs import authors_of


@pytest.fixture
def printed(run: Run) -> list[dict[str, Any]]:
    """All references as printed."""
    references: list[dict[str, Any]] = run("refs", "--json").data["references"]
    return references


def plain(tex: str) -> str:
    """BibTeX text as a reader sees it."""
    for escaped, character in (
        ("textbackslash{}", ""),
        (r"\&", "&"),
        (r"\%", "%"),
        (r"\$", "$"),
        (r"\#", "#"),
        (r"\_", "_"),
    ):
        tex = tex.replace(escaped, character)
    return tex.replace("{", "").replace("}", "").replace("--", "–")


def test_all_of_them(printed: list[dict[str, Any]], run: Run) -> None:
    assert len(printed) == run("refs", "--json").data["total"] == 98
    for reference in printed:
        assert {"monograph", "section", "number", "authors", "title", "cited", "source"} <= set(reference)
        assert isinstance(reference["number"], int)
        assert isinstance(reference["cited"], bool)
    assert len({(r["monograph"], r["section"], r["number"]) for r in printed}) == 98


def test_one_by_section_and_number(run: Run) -> None:
    (reference,) = run("refs", "imatinib", "heart", "--number", "1", "--json").data["references"]
    assert {key: reference[key] for key in ("authors", "journal", "year", "volume", "pages", "cited")} == {
        "authors": "Kerkelä R, et al.",
        "journal": "Nat Med",
        "year": "2006",
        "volume": "12",
        "pages": "908–16",
        "cited": True,
    }


@pytest.mark.parametrize(
    ("argv", "count"),
    [
        (["--author", "kerkela"], 1),
        (["--author", "Lissoni"], 0),
        (["--journal", "n engl j med", "--year", "2006", "imatinib", "hypophosphataemia"], 4),
        (["aldesleukin", "stability"], 6),
        (["--number", "99"], 0),
        (["imexon"], 0),
    ],
)
def test_filters(run: Run, argv: list[str], count: int) -> None:
    outcome = run("refs", *argv, "--json")
    if count:
        assert (outcome.exit, outcome.data["total"]) == (0, count)
    else:
        assert (outcome.exit, outcome.codes) == (1, ["nothing-found"])


def test_refusals(run: Run) -> None:
    assert run("refs", "imatanib", "--json").codes == ["unknown-name"]
    assert run("refs", "imatinib", "bones", "--json").codes == ["unknown-section"]
    assert run("refs", "imatinib", "--number", "one", "--json").exit == 2


def test_a_number_alone_finds_a_reference_in_each_section(run: Run) -> None:
    outcome = run("refs", "imatinib", "--number", "1", "--json")
    assert {reference["number"] for reference in outcome.data["references"]} == {1}
    assert outcome.data["total"] > 10


def test_the_table_and_csv_hold_every_field(run: Run, printed: list[dict[str, Any]]) -> None:
    table = "".join(run("refs", env={"COLUMNS": "9999"}).stdout.split())
    rows = list(csv.DictReader(io.StringIO(run("refs", "--format", "csv").stdout, newline="")))
    assert len(rows) == len(printed)
    for reference, row in zip(printed, rows, strict=True):
        for key in ("authors", "title", "journal", "year", "volume", "pages", "url"):
            value = str(reference.get(key, ""))
            assert row[key] == value
            assert "".join(value.rstrip(".").split()) in table
        assert row["cited"] == ("yes" if reference["cited"] else "no")


def test_bibtex_is_read_back(run: Run, printed: list[dict[str, Any]]) -> None:
    library = parse_string(run("refs", "--format", "bibtex").stdout)
    assert library.failed_blocks == []
    assert len(library.entries) == len({entry.key for entry in library.entries}) == len(printed)
    for entry, reference in zip(library.entries, printed, strict=True):
        fields = {name: plain(field.value) for name, field in entry.fields_dict.items()}
        assert entry.entry_type == ("article" if "journal" in reference else "misc")
        for key in ("title", "journal", "year", "volume", "pages"):
            assert fields.get(key) == reference.get(key)
        assert entry.fields_dict["url"].value == reference["url"] if "url" in reference else "url" not in fields
        people = fields["author"].split(" and ")
        assert (people[-1] == "others") == reference["authors"].endswith("et al.")
        assert reference["authors"].startswith(people[0].split(",")[0])
        for key in ("note", "accessed"):
            assert reference.get(key, "") in fields.get("note", "")


def test_ris_is_read_back(run: Run, printed: list[dict[str, Any]]) -> None:
    text = run("refs", "--format", "ris").stdout
    assert "\n" not in text.replace("\r\n", "")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in text.split("\r\n") if line)
    entries = rispy.loads(text)
    assert len(entries) == len(printed)
    for entry, reference in zip(entries, printed, strict=True):
        assert entry["type_of_reference"] == ("JOUR" if "journal" in reference else "ELEC")
        assert entry["title"] == reference["title"]
        for theirs, ours in (("journal_name", "journal"), ("year", "year"), ("volume", "volume")):
            assert entry.get(theirs) == reference.get(ours)
        pages = str(reference.get("pages", ""))
        start, _, end = pages.partition("–")
        assert entry.get("start_page", "") == start
        assert entry.get("end_page", "").endswith(end)
        if end.isdigit() and start.isdigit():
            assert int(entry["end_page"]) > int(start)
        assert reference["authors"].startswith(entry["authors"][0].split(",")[0])


def test_csl_json_is_read_back(run: Run, printed: list[dict[str, Any]]) -> None:
    items = json.loads(run("refs", "--format", "csl-json").stdout)
    assert len({item["id"] for item in items}) == len(items) == len(printed)
    for item, reference in zip(items, printed, strict=True):
        assert item["type"] == ("article-journal" if "journal" in reference else "webpage")
        for theirs, ours in (
            ("title", "title"),
            ("container-title", "journal"),
            ("volume", "volume"),
            ("page", "pages"),
            ("URL", "url"),
        ):
            assert item.get(theirs) == reference.get(ours)
        assert item["issued"]["date-parts"] == [[int(reference["year"])]]
        assert all(set(author) in ({"family", "given"}, {"literal"}) for author in item["author"])


@pytest.mark.parametrize("form", ["csl-json", "bibtex", "ris", "csv", "md", "json", "table"])
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_exports_survive_any_code_page(run: Run, form: str, encoding: str) -> None:
    outcome = run("refs", "imatinib", "heart", "--format", form, encoding=encoding)
    assert outcome.exit == 0
    if form.endswith("json"):
        assert "Kerkelä" in str(json.loads(outcome.stdout))


@pytest.mark.parametrize(
    ("authors", "people"),
    [
        ("Kerkelä R, et al.", [("Kerkelä", "R"), ("others", "")]),
        ("Brouard M, Saurat J-H", [("Brouard", "M"), ("Saurat", "J-H")]),
        ("van Liessum PA, et al.", [("van Liessum", "PA"), ("others", "")]),
        ("Hochhaus A, La Rosee P", [("Hochhaus", "A"), ("La Rosee", "P")]),
        ("Novartis, Canada", [("Novartis, Canada", "")]),
    ],
)
def test_authors(authors: str, people: list[tuple[str, str]]) -> None:
    assert authors_of(authors) == people


def test_every_author_is_a_person_but_the_one_body(printed: list[dict[str, Any]]) -> None:
    bodies = [r["authors"] for r in printed if not authors_of(r["authors"])[0][1]]
    assert bodies == ["Novartis, Canada"]
