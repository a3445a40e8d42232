"""Pairs, lists and single drugs, on a made-up drug that exists as YAML only."""

from __future__ import annotations

from typing import Any

import pytest

from in_options import in_options_note
from interaction_records import made_up_index, mention
from monocli.engine.answers import Answer, Refusal
from monocli.engine.interactions.check import check, threshold_met
from monocli.engine.interactions.lists import ListLine, read_lists
from monocli.engine.interactions.pairs import PairAnswer, pair_answer
from monocli.engine.interactions.single import recorded
from monocli.records.words import BAD_INPUT, NO_ANSWER

INDEX = made_up_index()


def pair(first: str, second: str = "zedinib") -> PairAnswer:
    return pair_answer(INDEX, first, second)


def listed(*names: str) -> Answer[Any] | Refusal:
    return check(INDEX, [mention(INDEX, name) for name in names], "1")


def data_of(*names: str) -> dict[str, Any]:
    data: dict[str, Any] | None = listed(*names).data
    assert data is not None
    return data


def test_a_drug_that_the_monograph_names_is_documented() -> None:
    (finding,) = pair("named").findings
    assert finding["between"] == ["named", "zedinib"]
    assert (finding["level"], finding["action"], finding["affected"]) == ("documented", "adjust", "zedinib")
    assert finding["conditions"] == ["in a study"]
    assert finding["references"][0]["number"] == 3
    assert finding["sources"] == [{"source": "book", "section": "Studies"}]


def test_a_prediction_that_repeats_what_is_documented_is_left_out() -> None:
    assert [finding["level"] for finding in pair("named").findings] == ["documented"]


def test_what_another_source_says_stands_beside_and_does_not_lead() -> None:
    (finding,) = pair("named").findings
    assert finding["action"] == "adjust"
    assert "action_source" not in finding
    assert [item["action"] for item in finding["also"]] == ["avoid"]
    assert finding["also"][0]["sources"] == [{"source": "label"}]


def test_where_the_leading_source_asks_for_nothing_the_other_source_is_followed_and_named() -> None:
    (finding,) = pair("slower").findings
    assert (finding["level"], finding["action"], finding["action_source"]) == ("predicted", "avoid", "label")


def test_what_only_another_source_says_is_a_note_and_not_lost() -> None:
    answer = pair("elsewhere")
    assert not answer.findings
    (note,) = answer.notes
    assert (note["kind"], note["action"], note["affected"]) == ("other-source", "monitor", "elsewhere")


def test_a_member_of_a_named_class_says_which_class_and_who_puts_it_there() -> None:
    (finding,) = pair("member").findings
    assert (finding["level"], finding["affected"]) == ("class", "member")
    assert finding["class"] == {
        "id": "narrow",
        "name": "narrows",
        "by": [{"class": "narrow", "name": "narrows", "source": "list"}],
    }
    assert finding["statement"].endswith("Member belongs to narrows (list).")
    assert [item["source"] for item in finding["sources"]] == ["book", "list"]


def test_a_member_of_a_narrower_class_belongs_to_the_wider_one_and_its_route_is_said() -> None:
    (finding,) = pair("cream").findings
    assert [step["class"] for step in finding["class"]["by"]] == ["narrowest", "narrow"]
    assert "listed there in a form for topical use" in finding["conditions"]


def test_a_class_asked_for_as_a_whole() -> None:
    (finding,) = pair("narrow").findings
    assert (finding["level"], finding["between"], finding["affected"]) == ("class", ["narrow", "zedinib"], "narrow")


@pytest.mark.parametrize(("name", "reason"), [("excluded", "it was tried"), ("spared", "it is spared")])
def test_an_exception_is_no_finding_and_says_why(name: str, reason: str) -> None:
    answer = pair(name)
    assert not answer.findings
    (note,) = answer.notes
    assert note["kind"] == "exception"
    assert reason in note["statement"]
    assert [item["source"] for item in note["sources"]] == ["label", *(["book"] * (len(note["sources"]) - 1))]


def test_an_inducer_is_predicted_from_roles_and_the_recorded_rule_is_used() -> None:
    (finding,) = pair("faster").findings
    assert (finding["level"], finding["direction"], finding["affected"]) == ("predicted", "decrease", "zedinib")
    assert finding["action"] == "adjust"
    assert "faster is a moderate inducer of E1 and zedinib is a major substrate of it" in finding["statement"]
    assert "Inducers of E1 may lower zedinib." in finding["statement"]
    assert finding["conditions"] == ["adults", "faster: at high doses"]
    assert [role["drug"] for role in finding["roles"]] == ["faster", "zedinib"]
    assert {"source": "book", "section": "Fate"} in finding["sources"]


def test_any_two_agents_may_be_predicted() -> None:
    (finding,) = pair("blocker", "carried").findings
    assert finding["mechanism"] == "inhibition of T1"
    assert finding["action"] == "note"


def test_a_family_of_carriers_meets_its_members_and_they_do_not_meet_each_other() -> None:
    assert pair("blocker", "carried-too").findings
    assert pair("blocker-of-one", "carried").findings
    assert not pair("blocker-of-one", "carried-too")


def test_nothing_is_predicted_from_a_minor_route() -> None:
    assert not pair("sideways")


def test_a_treatment_partner_is_a_note_and_no_finding() -> None:
    answer = pair("bystander")
    assert not answer.findings
    assert [note["kind"] for note in answer.notes] == ["treatment"]


def test_a_combination_has_the_roles_of_its_parts_and_holds_a_part_twice() -> None:
    (finding,) = pair("pair").findings
    assert "slower is a weak inhibitor" in finding["statement"]
    assert finding["between"] == ["pair", "zedinib"]
    (twice,) = pair("pair", "slower").findings
    assert twice["level"] == "duplicate"


def test_a_role_of_the_combination_takes_the_place_of_those_of_its_parts() -> None:
    (finding,) = pair("own-way").findings
    assert (finding["direction"], finding["strength"]) == ("decrease", "strong")
    assert "slower" not in finding["statement"]


def test_a_role_graded_for_a_part_alone_is_not_carried_over() -> None:
    assert [finding["mechanism"] for finding in pair("booster", "cleared").findings] == ["induction of E2"]
    assert [finding["mechanism"] for finding in pair("own-way", "cleared").findings] == ["induction of E1"]


def test_of_two_opposite_predictions_the_stronger_stands_first_and_both_say_so() -> None:
    down, up = pair("two-faced", "cleared").findings
    assert (down["direction"], down["strength"], down["sensitivity"]) == ("decrease", "strong", "sensitive")
    assert (up["direction"], "strength" in up) == ("increase", False)
    assert "inhibition of T1 may increase exposure to cleared as well" in down["statement"]
    assert "induction of E1 may decrease exposure to cleared as well" in up["statement"]
    assert all("No source here says which prevails." in finding["statement"] for finding in (down, up))


def test_a_prediction_that_points_the_other_way_than_what_is_recorded_says_so() -> None:
    index = made_up_index()
    index.drugs["named"].roles["inducer"] = {"E1": [{"enzyme": "E1", "role": "inducer", "source": "list"}]}
    documented, predicted = pair_answer(index, "named", "zedinib").findings
    assert (documented["direction"], predicted["direction"]) == ("increase", "decrease")
    assert "what is recorded of the pair points to an increase" in predicted["statement"]


def test_grades_that_differ_stand_in_one_condition_and_remarks_in_none() -> None:
    down = pair("two-faced", "cleared").findings[0]
    assert down["conditions"] == ["grade of two faced as inducer of E1: strong (list); weak (label)"]
    assert "a strong or weak inducer of E1" in down["statement"]
    assert [role.get("remark") for role in down["roles"]] == ["so says the list", None, None]


def test_predictions_of_a_list_stand_by_strength_then_by_sensitivity() -> None:
    findings = data_of("two-faced", "named", "slower", "cleared")["interactions"]
    assert [finding.get("strength") for finding in findings] == ["strong", "strong", "weak", None]


def test_what_is_said_of_a_class_as_a_whole_is_not_said_of_its_members() -> None:
    assert "treatment" in [note["kind"] for note in pair("narrow").notes]
    assert not pair("member").notes


def test_a_remark_of_another_source_stands_beside_what_is_recorded() -> None:
    (finding,) = pair("member").findings
    assert [(item["direction"], item["statement"]) for item in finding["also"]] == [
        ("other", "The label has no member.")
    ]
    assert "action_source" not in finding


def test_a_pair_of_which_only_another_source_speaks_has_a_warning() -> None:
    outcome = listed("zedinib", "elsewhere", "named")
    (note,) = [note for note in outcome.notes if note.code == "other-source-only"]
    assert note.detail["between"] == ["elsewhere", "zedinib"]
    assert (note.detail["action"], note.detail["sources"]) == ("monitor", [{"source": "label"}])
    assert not data_of("zedinib", "elsewhere")["interactions"]


def test_a_pair_of_which_something_is_recorded_on_mixing_points_there() -> None:
    outcome = listed("bystander", "zedinib")
    (note,) = [note for note in outcome.notes if note.code == "see-compat"]
    assert in_options_note(note).detail == {"between": ["bystander", "zedinib"], "see": "mono compat zedinib bystander"}
    assert not [note for note in listed("sideways", "zedinib").notes if note.code == "see-compat"]


@pytest.mark.parametrize("name", ["E1A inhibitors", "strong inducers of E1", "E2 substrate"])
def test_a_name_for_everything_with_a_role_has_a_hint_and_no_suggestions(name: str) -> None:
    outcome = check(INDEX, [{**mention(INDEX, name), "suggestions": [{"name": "named"}]}, mention(INDEX, "named")], "1")
    assert isinstance(outcome, Answer)
    (refusal,) = outcome.refusals
    assert (refusal.code, refusal.suggestions) == ("unknown-name", ())
    assert "Name the drugs" in str(refusal.hint)
    assert not INDEX.names_roles("E1")
    assert not INDEX.names_roles("foozole inhibitors")


def test_a_substance_that_a_monograph_only_mentions_is_said_to_be_one() -> None:
    mentioned = {**mention(INDEX, "foozole"), "mentioned_in": "zedinib"}
    outcome = check(INDEX, [mentioned, mention(INDEX, "named")], "1")
    assert isinstance(outcome, Answer)
    assert [refusal.code for refusal in outcome.refusals] == ["only-mentioned"]
    assert outcome.data["not_checked"] == ["foozole"]
    assert outcome.data["drugs"][0]["mentioned_in"] == "zedinib"


def test_a_list_keeps_three_answers_apart() -> None:
    outcome = listed("zedinib", "named", "sideways", "foozole")
    assert isinstance(outcome, Answer)
    assert [refusal.code for refusal in outcome.refusals] == ["unknown-name"]
    assert outcome.data["not_recorded"] == [["named", "sideways"], ["sideways", "zedinib"]]
    assert outcome.data["not_checked"] == ["foozole"]
    assert [note.code for note in outcome.notes] == ["nothing-recorded"]
    assert "not proof of safety" in outcome.notes[0].message


def test_findings_stand_worst_action_first() -> None:
    ranks = {"avoid": 0, "adjust": 1, "monitor": 2, "note": 3}
    names = ["member", "blocker", "carried", "faster", "named", "guard", "zedinib"]
    actions = [ranks[finding["action"]] for finding in data_of(*names)["interactions"]]
    assert actions == sorted(actions)
    assert len(set(actions)) == 4


def test_nothing_recorded_at_all_is_refused_with_its_data() -> None:
    outcome = listed("sideways", "bystander")
    assert isinstance(outcome, Refusal)
    assert (outcome.code, outcome.kind) == ("nothing-recorded", NO_ANSWER)
    assert outcome.data is not None
    assert outcome.data["not_recorded"] == [["bystander", "sideways"]]


def test_the_same_drug_by_two_names_is_a_duplicate() -> None:
    twice = [mention(INDEX, "named", "Named"), mention(INDEX, "named", "NAMED")]
    outcome = check(INDEX, twice, "1")
    assert isinstance(outcome, Answer)
    (finding,) = outcome.data["interactions"]
    assert (finding["level"], finding["between"]) == ("duplicate", ["named", "named"])
    assert "“Named”, “NAMED”" in finding["statement"]
    assert finding["sources"] == [{"source": "list"}]
    assert outcome.data["not_recorded"] == []


def test_a_threshold_heeds_every_source_but_no_treatment_note() -> None:
    assert threshold_met(data_of("zedinib", "named"), "avoid")
    assert not threshold_met(data_of("zedinib", "member"), "avoid")
    assert threshold_met(data_of("zedinib", "elsewhere"), "monitor")
    assert not threshold_met(data_of("zedinib", "bystander"), "note")


def test_one_name_gives_its_own_file_by_partner_class_and_role() -> None:
    outcome = recorded(INDEX, mention(INDEX, "zedinib"), "1")
    assert isinstance(outcome, Answer)
    levels = {(finding["level"], tuple(finding["between"])) for finding in outcome.data["interactions"]}
    assert levels == {
        ("documented", ("named", "zedinib")),
        ("class", ("narrow", "zedinib")),
        ("class", ("guarded", "zedinib")),
        ("predicted", ("E1-inducers", "zedinib")),
    }
    by_class = next(finding for finding in outcome.data["interactions"] if finding["between"][0] == "narrow")
    assert by_class["class"]["members"] == 3
    assert {note["kind"] for note in outcome.data["notes"]} == {"treatment", "other-source"}
    assert [role["role"] for role in outcome.data["roles"]] == ["substrate", "substrate"]


def test_one_partner_gives_what_the_files_of_others_say_of_it() -> None:
    outcome = recorded(INDEX, mention(INDEX, "member"), "1")
    assert isinstance(outcome, Answer)
    assert [finding["level"] for finding in outcome.data["interactions"]] == ["class"]
    assert outcome.data["partners"] == [{"id": "zedinib", "name": "zedinib", "kind": "agent"}]


def test_one_class_names_its_members() -> None:
    outcome = recorded(INDEX, mention(INDEX, "narrow"), "1")
    assert isinstance(outcome, Answer)
    assert outcome.data["members"] == ["cream", "excluded", "member"]


def test_one_name_of_which_nothing_is_recorded_and_one_not_recognised() -> None:
    lonely = made_up_index()
    lonely.drugs["named"].roles.clear()
    lonely.owners.clear()
    outcome = recorded(lonely, mention(lonely, "named"), "1")
    assert isinstance(outcome, Refusal)
    assert outcome.code == "nothing-recorded"
    unknown = recorded(INDEX, mention(INDEX, "foozole"), "1")
    assert isinstance(unknown, Refusal)
    assert unknown.code == "unknown-name"


def names_of(*lines: str) -> list[list[str] | str]:
    """Names, or the code of the refusal, of every line."""
    return [item.names.code if isinstance(item.names, Refusal) else item.names for item in read_lists(lines)]


def test_lists_one_a_line() -> None:
    assert names_of("a; b;c ", "a\tb", "a, b", "x, y; z", "only one") == [
        ["a", "b", "c"],
        ["a", "b"],
        ["a", "b"],
        ["x, y", "z"],
        ["only one"],
    ]


def test_csv_with_an_id() -> None:
    lines = list(read_lists(["id,drugs", 'p1,"a; b"', "p2,a,b,", '"p3","x, y",z', "p4,"]))
    assert [(item.number, item.id) for item in lines] == [(2, "p1"), (3, "p2"), (4, "p3"), (5, "p4")]
    assert [item.names for item in lines[:3]] == [["a", "b"], ["a", "b"], ["x, y", "z"]]
    assert isinstance(lines[3].names, Refusal)


def test_json_lines() -> None:
    lines = list(read_lists(['{"id": "p1", "drugs": ["a", "b"]}', '["a"]', '{"id": 7, "names": ["a"]}']))
    assert lines == [ListLine(1, "p1", ["a", "b"]), ListLine(2, None, ["a"]), ListLine(3, "7", ["a"])]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("", "empty-line"),
        (" ; ;", "empty-line"),
        ('a, "b', "bad-line"),
        ('{"drugs": ["a"', "bad-line"),
        ('{"drugs": "a"}', "bad-line"),
        ('{"drugs": [1]}', "bad-line"),
        ("[" * 100_000, "bad-line"),
        ("a; b\udce9", "bad-encoding"),
        (";".join(f"n{number}" for number in range(1001)), "too-many-names"),
    ],
)
def test_a_bad_line_is_an_error_of_its_own_and_the_rest_goes_on(line: str, code: str) -> None:
    assert names_of("a; b", line, "c; d") == [["a", "b"], code, ["c", "d"]]
    (bad,) = [item.names for item in read_lists([line]) if isinstance(item.names, Refusal)]
    assert bad.kind == BAD_INPUT
    assert bad.detail == {"line": 1}
