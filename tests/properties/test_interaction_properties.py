"""What holds of every list of medicines, in the library and in a made-up one."""

from __future__ import annotations

import json
from functools import cache
from itertools import combinations, product
from typing import Any, Literal, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interaction_records import MADE_UP_IDS, made_up_book, mention, mentions_of
from monocli.cli.wording import as_json, result_of
from monocli.engine.interactions.book import InteractionBook
from monocli.engine.interactions.check import check
from monocli.engine.interactions.composing import Composer, plain
from monocli.engine.interactions.pairs import pair_answer
from monocli.library.kinds import PARTIES, RULES
from monocli.library.store import Library
from monocli.questions.interactions import book_of
from monocli.questions.written import LineReader
from monocli.records.interactions import StoredParty, StoredRule
from monocli.records.output.interactions import Interactions
from monocli.records.resolution import Resolution

MADE_UP = made_up_book()
NAMES = [*MADE_UP_IDS, "foozole", "barzole"]
lists = st.lists(st.sampled_from(NAMES), min_size=2, max_size=8)
REAL = [
    "imatinib", "Glivec", "aldesleukin", "imexon", "NSAIDs", "azole antifungals", "ketoconazole", "rifampin",
    "warfarin", "lumacaftor and ivacaftor", "ivacaftor", "spiramycin", "erythromycin", "clarithromycin", "simvastatin",
    "ibuprofen", "paracetamol", "levothyroxine", "St John’s wort", "grapefruit juice", "foozole", "interleukin-2",
    "asparaginase", "lorazepam", "dexamethasone", "teceleukin", "CYP3A4 inhibitors", "ciclosporin",
]  # fmt: skip
real_lists = st.lists(st.sampled_from(REAL), min_size=1, max_size=7)


def data_of(names: list[str]) -> Interactions:
    data = cast("Interactions | None", check(MADE_UP, [mention(MADE_UP, name) for name in names]).data)
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


WARD = [
    "ibuprofen", "naproxen", "diclofenac gel", "omeprazole", "lansoprazole", "co-amoxiclav", "Augmentin", "amoxicillin",
    "Zestoretic", "Prinzide", "lisinopril", "warfarin 3 mg", "warfarin 1 mg", "timolol eye drops", "bisoprolol",
    "lithium carbonate", "sertraline", "tramadol", "simvastatin", "clarithromycin", "foozole",
]  # fmt: skip


@given(st.lists(st.sampled_from(WARD), min_size=2, max_size=6, unique=True), st.randoms())
@settings(max_examples=40, deadline=None)
def test_the_order_of_a_list_changes_no_duplicate_and_no_pair(library: Library, names: list[str], random: Any) -> None:
    def told(names: list[str]) -> set[tuple[str, ...]]:
        reader = LineReader(library)
        outcome = check(real_book(library), [drug for name in names for drug in reader.drugs(name)])
        data = cast("Interactions | None", outcome.data)
        assert data is not None
        return {
            (*finding["between"], finding["level"], finding["action"], finding["effect"])
            for finding in data["interactions"]
        }

    shuffled = list(names)
    random.shuffle(shuffled)
    assert told(names) == told(shuffled)


@given(lists, st.sampled_from(NAMES))
def test_adding_a_drug_never_removes_a_finding(names: list[str], added: str) -> None:
    before = [f for f in data_of(names)["interactions"] if f["effect"] != "the same drug twice"]
    after = canonical(data_of([*names, added])["interactions"])
    assert all(finding in after for finding in canonical(before))


@given(lists)
def test_every_pair_is_answered_in_one_of_three_ways(names: list[str]) -> None:
    data = data_of(names)
    known = sorted({name for name in names if name in MADE_UP_IDS})
    said = {tuple(item["between"]) for item in (*data["interactions"], *data["notes"])}
    silent = {tuple(pair) for pair in data["not_recorded"]}
    assert set(combinations(known, 2)) == {pair for pair in said if len(set(pair)) == 2} | silent
    assert not said & silent
    assert data["not_checked"] == [name for name in names if name not in MADE_UP_IDS]


@cache
def real_book(library: Library) -> InteractionBook:
    return book_of(library)


def parties_of(library: Library) -> dict[str, StoredParty]:
    return {record["id"]: record for record in library.documents(PARTIES)}


def pairs_of(library: Library) -> list[tuple[str, str]]:
    """Every pair with the drugs that rules name most, and a slice of all others."""
    ids = sorted(parties_of(library))
    owners = ["imatinib-mesilate", "aldesleukin", "interleukin-2"]
    return [(owner, other) for owner in owners for other in ids if other != owner] + list(combinations(ids[::23], 2))


def test_every_finding_and_note_names_a_source_of_the_library(library: Library) -> None:
    known = set(library.source_ids)
    for first, second in pairs_of(library):
        answer = pair_answer(real_book(library), first, second)
        for item in (*answer.findings, *answer.notes):
            assert item["sources"], item
            assert {source["source"] for source in item["sources"]} <= known, item


def test_a_pair_is_the_same_from_both_sides(library: Library) -> None:
    for first, second in pairs_of(library)[::7]:
        one, other = (pair_answer(real_book(library), *pair) for pair in ((first, second), (second, first)))
        assert (one.findings, one.notes) == (other.findings, other.notes)


def test_a_class_finding_exists_for_every_member_not_excepted(library: Library) -> None:
    book, parties = real_book(library), parties_of(library)
    for rule in cast("list[StoredRule]", library.documents(RULES)):
        named = [party["drug"] for party in rule["between"][0] if "drug" in party]
        groups = [party["class"] for party in rule["between"][1] if "class" in party and not party.get("whole")]
        for owner, group in product(named, groups if "kind" not in rule else ()):
            for member in parties[group].get("members", []):
                if member != owner:
                    answer = pair_answer(book, owner, member)
                    by_class = [f for f in answer.findings if f["statement"] == rule["statement"]]
                    excepted = [note for note in answer.notes if note["kind"] == "exception"]
                    assert by_class or excepted or group in rule.get("lists_members_of", []), (owner, group, member)


def test_no_pair_with_an_answer_is_passed_over(library: Library) -> None:
    book = real_book(library)
    for first, second in pairs_of(library):
        if pair_answer(book, first, second):
            assert book.may_answer(book.drug(first), book.drug(second))
            assert book.may_answer(book.drug(second), book.drug(first))


@pytest.mark.parametrize("fail_on", [None, "avoid"])
@settings(max_examples=40)
@given(names=real_lists)
def test_a_batch_gives_what_the_one_call_form_gives(
    library: Library, fail_on: Literal["avoid"] | None, names: list[str]
) -> None:
    def resolved(name: str) -> list[Resolution]:
        return mentions_of(library, [name])

    composer = Composer(real_book(library), resolved, lambda value: json.dumps(value), as_json, fail_on)
    composed = composer.compose(names, {"line": 1, "id": None})
    mentions = mentions_of(library, names)
    result = result_of("interactions", plain(book_of(library), [[mention] for mention in mentions]))
    data = json.loads(composed.data)
    if data is not None:
        assert data.pop("list") == {"line": 1, "id": None}
    assert data == result.data
    assert json.loads(composed.errors) == list(result.errors)
    assert json.loads(composed.warnings) == list(result.warnings)
    if not composed.met:
        assert (composed.status == "ok") == (result.exit_code == 0)
