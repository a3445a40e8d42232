"""What holds of every list of medicines, in the library and in a made-up one."""

from __future__ import annotations

import json
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interaction_records import made_up_index, mention, mentions_of
from monocli.cli.wording import as_json, result_of
from monocli.engine.interactions.candidates import Candidates
from monocli.engine.interactions.check import check
from monocli.engine.interactions.composing import Composer, plain
from monocli.engine.interactions.index import Index
from monocli.engine.interactions.pairs import pair_answer
from monocli.library.store import Library
from monocli.questions.interactions import index_for, whole_index

MADE_UP = made_up_index()
NAMES = [*MADE_UP.drugs, "foozole", "barzole"]
lists = st.lists(st.sampled_from(NAMES), min_size=2, max_size=8)
REAL = [
    "imatinib", "Glivec", "aldesleukin", "imexon", "NSAIDs", "azole antifungals", "ketoconazole", "rifampin",
    "warfarin", "lumacaftor and ivacaftor", "ivacaftor", "spiramycin", "erythromycin", "clarithromycin", "simvastatin",
    "ibuprofen", "paracetamol", "levothyroxine", "St John’s wort", "grapefruit juice", "foozole", "interleukin-2",
    "asparaginase", "lorazepam", "dexamethasone", "teceleukin", "CYP3A4 inhibitors", "ciclosporin",
]  # fmt: skip
real_lists = st.lists(st.sampled_from(REAL), min_size=1, max_size=7)


def data_of(names: list[str]) -> dict[str, Any]:
    data: dict[str, Any] | None = check(MADE_UP, [mention(MADE_UP, name) for name in names], "1").data
    assert data is not None
    return data


def canonical(items: list[Any]) -> list[str]:
    return sorted(json.dumps(item, sort_keys=True) for item in items)


@given(lists, st.randoms())
def test_the_order_of_names_changes_nothing_but_their_order(names: list[str], random: Any) -> None:
    shuffled = list(names)
    random.shuffle(shuffled)
    one, other = data_of(names), data_of(shuffled)
    unduplicated = [[f for f in data["interactions"] if f["effect"] != "the same drug twice"] for data in (one, other)]
    assert canonical(unduplicated[0]) == canonical(unduplicated[1])
    assert canonical(one["notes"]) == canonical(other["notes"])
    assert one["not_recorded"] == other["not_recorded"]
    assert sorted(one["not_checked"]) == sorted(other["not_checked"])


@given(lists, st.sampled_from(NAMES))
def test_adding_a_drug_never_removes_a_finding(names: list[str], added: str) -> None:
    before = [f for f in data_of(names)["interactions"] if f["effect"] != "the same drug twice"]
    after = canonical(data_of([*names, added])["interactions"])
    assert all(finding in after for finding in canonical(before))


@given(lists)
def test_every_pair_is_answered_in_one_of_three_ways(names: list[str]) -> None:
    data = data_of(names)
    known = sorted({name for name in names if name in MADE_UP.drugs})
    said = {tuple(item["between"]) for item in (*data["interactions"], *data["notes"])}
    silent = {tuple(pair) for pair in data["not_recorded"]}
    assert set(combinations(known, 2)) == {pair for pair in said if len(set(pair)) == 2} | silent
    assert not said & silent
    assert data["not_checked"] == [name for name in names if name not in MADE_UP.drugs]


@cache
def real_index(library: Library) -> Index:
    return whole_index(library)


def pairs_of(library: Library) -> list[tuple[str, str]]:
    """Every pair with the drugs that have files, and a slice of all others."""
    index = real_index(library)
    ids = sorted(index.drugs)
    return [(owner, other) for owner in index.owners for other in ids if other != owner] + list(
        combinations(ids[::23], 2)
    )


def test_every_finding_and_note_names_a_source_of_the_library(library: Library) -> None:
    known = set(library.source_ids)
    for first, second in pairs_of(library):
        answer = pair_answer(real_index(library), first, second)
        for item in (*answer.findings, *answer.notes):
            stated = [item["sources"], *(also["sources"] for also in item.get("also", []))]
            for sources in stated:
                assert sources, item
                assert {source["source"] for source in sources} <= known, item


def test_a_class_finding_exists_for_every_member_not_excepted(library: Library) -> None:
    index = real_index(library)
    for owner in index.owners:
        for entry in index.entries(owner):
            if entry.layer != "interactions" or "class" not in entry.party:
                continue
            group = entry.party["class"]
            for drug in index.drugs.values():
                if group in drug.memberships and drug.id != owner:
                    answer = pair_answer(index, owner, drug.id)
                    by_class = [f for f in answer.findings if f["level"] == "class" and f["class"]["id"] == group]
                    excepted = [note for note in answer.notes if note["kind"] == "exception"]
                    assert len(by_class) == 1 or excepted, (owner, group, drug.id)


def test_the_sieve_lets_no_pair_with_an_answer_through(library: Library) -> None:
    index = real_index(library)
    near = Candidates(index)
    for first, second in pairs_of(library):
        if pair_answer(index, first, second):
            assert second in near.of(first)
            assert first in near.of(second)


@pytest.mark.parametrize("fail_on", [None, "avoid"])
@settings(max_examples=40)
@given(names=real_lists)
def test_a_batch_gives_what_the_one_call_form_gives(library: Library, fail_on: str | None, names: list[str]) -> None:
    def resolved(name: str) -> dict[str, Any]:
        return mentions_of(library, [name])[0]

    composer = Composer(real_index(library), "1", resolved, lambda value: json.dumps(value), as_json, fail_on)
    composed = composer.compose(names, {"line": 1, "id": None})
    mentions = mentions_of(library, names)
    small = index_for(library, mentions) if len(names) > 1 else real_index(library)
    result = result_of("interactions", plain(small, mentions, "1"))
    data = json.loads(composed.data)
    if data is not None:
        assert data.pop("list") == {"line": 1, "id": None}
    assert data == result.data
    assert json.loads(composed.errors) == result.errors
    assert json.loads(composed.warnings) == result.warnings
    if not composed.met:
        assert (composed.status == "ok") == (result.exit_code == 0)
