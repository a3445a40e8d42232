"""Every fact of the printed monographs is reachable through the commands.

`facts.jsonl` holds, for each of the 588 facts, where it stands in print (`monograph`, `section`, `lines` of the
extract) and the `tokens` that a faithful rendering contains: names, numbers, qualifiers; not the sentences of the
print. A number in a token may be met by its `alt` forms. `cites` are the references that must stand beside it,
`citation` is a reference as printed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import Run

FACTS = [json.loads(line) for line in (Path(__file__).parent / "facts.jsonl").read_text(encoding="utf-8").splitlines()]
OF_THE_CARD = {"Imatinib Mesilate", "Imexon", "Interleukin-2", "Aldesleukin"}
"""The heading of a monograph: what stands under it is on the identity card."""
LONG_TOKENS = {
    "IMA-RULE-013": "loss achieved haematological or cytogenetic response",
    "ALD-STAB-012": "albumin should be added glucose mixed before addition",
    "ALD-AE-047": "others have not found",
    "ALD-PREC-012": "Eastern Cooperative Oncology Group status 1 greater",
}
"""Facts with a token of nine printed words, which our own wording may not copy: these words of it stand in one
statement."""
_cache: dict[tuple[str, ...], Any] = {}


def folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    text = text.translate(str.maketrans("’‘‐‑‒–—−", "''------"))
    return re.sub(r"\s+", " ", text)


def asked(run: Run, *argv: str) -> Any:
    """`data` of a command, asked once."""
    if argv not in _cache:
        outcome = run(*argv, "--json")
        assert outcome.exit == 0, outcome.stdout
        _cache[argv] = outcome.data
    return _cache[argv]


def sections(data: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for section in data:
        yield section
        yield from sections(section["sections"])


def section_of(run: Run, fact: dict[str, Any]) -> dict[str, Any]:
    """The section that the fact names, found among all sections of its monograph by its title."""
    data = asked(run, "show", fact["monograph"])
    title = "Proprietary Preparations" if fact.get("page_level") else fact["section"]
    (section,) = [section for section in sections(data["sections"]) if folded(section["title"]) == folded(title)]
    return section


def lines_of(section: dict[str, Any]) -> Iterator[tuple[str, list[int]]]:
    """(text, references) of each statement with its pointers, then of the section's own pointers and literature."""
    yield section["title"], []
    for statement in section["statements"]:
        see = " ".join(f"see {pointer['text']}" for pointer in statement.get("see", []))
        yield f"{statement['text']} {see}", statement["references"]
    for pointer in section.get("see", []):
        yield f"see {pointer['text']}", []
    for reference in section["references"]:
        yield (
            " ".join(
                str(reference.get(key, ""))
                for key in ("authors", "title", "journal", "year", "volume", "pages", "note")
            ),
            [],
        )


def rendered(run: Run, fact: dict[str, Any]) -> str:
    if fact["section"] in OF_THE_CARD:
        (result,) = asked(run, "lookup", fact["monograph"])["results"]
        return json.dumps(result["monograph"], ensure_ascii=False)
    if fact["section"] == "Proprietary Preparations" and fact["kind"] == "preparation":
        return json.dumps(asked(run, "brands", fact["monograph"]), ensure_ascii=False)
    return " ".join(text for text, _ in lines_of(section_of(run, fact)))


def forms(fact: dict[str, Any], token: str) -> list[str]:
    """The token, and with each number in it in its other forms."""
    found = [token]
    for number, others in fact.get("alt", {}).items():
        found += [token.replace(number, other) for other in others]
    return [folded(form) for form in found]


def holds(text: str, fact: dict[str, Any], token: str) -> bool:
    return any(form in folded(text) for form in forms(fact, token))


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", folded(text)))


def test_all_of_them_are_here() -> None:
    assert len(FACTS) == len({fact["id"] for fact in FACTS}) == 588
    assert sum("citation" in fact for fact in FACTS) == 98
    assert sum("brand" in fact for fact in FACTS) == 41
    assert len({fact["country"] for fact in FACTS if "country" in fact}) == 39
    assert all(fact["tokens"] for fact in FACTS)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["id"])
def test_a_fact_is_reachable(run: Run, fact: dict[str, Any]) -> None:
    text = rendered(run, fact)
    missing = [token for token in fact["tokens"] if not holds(text, fact, token)]
    if fact["id"] in LONG_TOKENS:
        wanted = words(LONG_TOKENS[fact["id"]])
        stated = any(wanted <= words(line) for line, _ in lines_of(section_of(run, fact)))
        missing = [token for token in missing if not (stated and wanted <= words(token))]
    assert not missing, f"{fact['id']} (lines {fact['lines']}, {fact['section']}): not found: {missing}"


@pytest.mark.parametrize("fact", [f for f in FACTS if "cites" in f], ids=lambda fact: fact["id"])
def test_a_fact_stands_with_its_references(run: Run, fact: dict[str, Any]) -> None:
    """Some statement that holds words of the fact cites every reference that the print cites for it."""
    stated = [(text, set(numbers)) for text, numbers in lines_of(section_of(run, fact)) if numbers]
    citing = [text for text, numbers in stated if set(fact["cites"]) <= numbers]
    long = LONG_TOKENS.get(fact["id"])
    near = [
        text
        for text in citing
        if any(holds(text, fact, token) for token in fact["tokens"]) or (long and words(long) <= words(text))
    ]
    assert near, f"{fact['id']}: no statement with one of {fact['tokens']} cites {fact['cites']}"


@pytest.mark.parametrize("fact", [f for f in FACTS if "citation" in f], ids=lambda fact: fact["id"])
def test_a_reference_is_as_printed(run: Run, fact: dict[str, Any]) -> None:
    section = section_of(run, fact)["id"]
    rows = asked(run, "refs", fact["monograph"], section)["references"]
    (row,) = [row for row in rows if row["number"] == fact["number"] and row["section"] == section]
    for key, value in fact["citation"].items():
        shown = row.get("note", "") if key in ("issued", "note") else row.get(key)
        assert (value in str(shown)) if key in ("issued", "note") else shown == value, key
    assert {"journal", "volume", "pages", "url"} & set(fact["citation"]) == {"journal", "volume", "pages", "url"} & set(
        row
    )
    assert row["cited"] is not fact["uncited"]


@pytest.mark.parametrize("fact", [f for f in FACTS if "brand" in f], ids=lambda fact: fact["id"])
def test_a_brand_is_as_printed(run: Run, fact: dict[str, Any]) -> None:
    rows = asked(run, "brands", fact["monograph"])["brands"]
    (row,) = [row for row in rows if row["country"]["as_printed"] == fact["country"] and row["name"] == fact["brand"]]
    assert re.fullmatch("[A-Z]{2}", row["country"]["code"])
    assert row["also"] == fact["also"]
    assert row["source"] == "martindale-2009"
    same = asked(run, "brands", fact["monograph"], "--country", fact["country_name"])["brands"]
    assert row in same


def test_nothing_but_the_printed_brands_is_said_to_be_printed(run: Run) -> None:
    rows = [row for row in asked(run, "brands", "imatinib")["brands"] if row["source"] == "martindale-2009"]
    assert len(rows) == 41
    assert len({row["country"]["code"] for row in rows}) == 39
