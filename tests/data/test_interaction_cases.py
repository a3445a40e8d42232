"""Every case beside a file of data/interactions/, and that what those files cite is what the monographs print."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from interaction_records import mentions_of
from monocli.engine.answers import Answer, Refusal
from monocli.engine.interactions.composing import plain
from monocli.library.kinds import INTERACTIONS, MONOGRAPHS
from monocli.library.store import Library
from monocli.questions.interactions import book_of
from monocli.records.monograph import MonographFile, Section
from monocli.records.output.interactions import Interactions

DATA = Path(__file__).parents[2] / "data"
FILES = sorted(DATA.glob("interactions/*.cases.yaml"))
KEYS = {"name", "drugs", "first", "by", "levels", "says", "first_omits", "refused", "unchecked", "notes", "warnings"}


def cases(files: list[Path]) -> list[Any]:
    return [
        pytest.param(case, id=f"{path.name.removesuffix('.cases.yaml')}: {case['name']}")
        for path in files
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["cases"]
    ]


def answer(library: Library, names: list[str]) -> Answer[Interactions] | Refusal:
    return plain(book_of(library), [[mention] for mention in mentions_of(library, names)])


@pytest.mark.parametrize("case", cases(FILES))
def test_case(case: dict[str, Any], library: Library) -> None:
    assert set(case) <= KEYS
    outcome = answer(library, case["drugs"])
    if "warnings" in case:
        assert [note.code for note in outcome.notes] == case["warnings"]
    if "refused" in case:
        assert isinstance(outcome, Refusal)
        assert outcome.code == case["refused"]
        return
    assert isinstance(outcome, Answer)
    data = outcome.data
    findings = data["interactions"]
    if "by" in case:
        findings = [finding for finding in findings if finding["sources"][0]["source"] == case["by"]]
    for key, value in case.get("first", {}).items():
        assert findings[0].get(key) == value, key
    if "levels" in case:
        assert [finding["level"] for finding in findings] == case["levels"]
    if "notes" in case:
        assert [note["kind"] for note in data["notes"]] == case["notes"]
    assert data["not_checked"] == case.get("unchecked", [])
    text = json.dumps(data, ensure_ascii=False).replace("’", "'")
    assert all(words in text for words in case.get("says", ()))
    assert not any(words in findings[0]["statement"] for words in case.get("first_omits", ()))


def citations(folder: str) -> list[tuple[str, dict[str, Any]]]:
    """Every reference of the files of a folder, with the monograph that it should stand in."""
    found = []
    for path in sorted(DATA.glob(f"{folder}/*.yaml")):
        if not path.name.endswith(".cases.yaml"):
            record = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
            for key in ("rules", "statements"):
                for item in record.get(key, []):
                    found += [(path.stem, reference) for reference in item.get("references", [])]
    return found


@pytest.mark.parametrize("folder", ["interactions/martindale-2009", "compatibility"])
def test_every_reference_is_the_one_that_the_monograph_prints(folder: str, library: Library) -> None:
    cited = citations(folder)
    assert cited
    for id, reference in cited:
        monograph = library.document(MONOGRAPHS, id)
        assert monograph is not None
        printed = {
            (section["title"], item["number"]): item
            for section in _sections(monograph)
            for item in section.get("references", [])
        }
        item = printed[reference["section"], int(reference["number"])]
        for part in (item["authors"].rstrip("."), item["journal"], str(item["year"]), item["volume"], item["pages"]):
            assert str(part) in reference["citation"], (reference, part)


def _sections(record: MonographFile | Section) -> list[Section]:
    return [found for section in record.get("sections", []) for found in (section, *_sections(section))]


def test_no_study_without_figures_is_given_any_in_the_printed_layer(library: Library) -> None:
    document = library.document(INTERACTIONS, "martindale-2009/imatinib-mesilate")
    assert document is not None
    for record in document["rules"]:
        if record["id"] in ("ketoconazole", "st-johns-wort"):
            assert "%" not in record["statement"]
            assert "fold" not in record["statement"]


def test_every_file_opens_with_how_to_read_and_write_it() -> None:
    for path in (*DATA.glob("interactions/**/*.yaml"), *DATA.glob("compatibility/*.yaml")):
        head = path.read_text(encoding="utf-8").partition("\nid:")[0].partition("\ncases:")[0]
        assert head.startswith("# ")
        assert "write" in head, path
