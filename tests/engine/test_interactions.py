"""Pairs, lists and single drugs, on a made-up drug that exists as YAML only."""

from __future__ import annotations

import pytest

from in_options import in_options_note
from interaction_records import MadeUp, made_up_book, mention
from monocli.engine.answers import NO_ANSWER, Answer, Refusal
from monocli.engine.interactions.book import InteractionBook
from monocli.engine.interactions.check import check, threshold_met
from monocli.engine.interactions.pairs import PairAnswer, pair_answer
from monocli.engine.interactions.single import recorded
from monocli.records.output.common import Suggestion
from monocli.records.output.interactions import Interactions
from monocli.records.resolution import Resolution
from told import told

BOOK = made_up_book()


def pair(first: str, second: str = "zedinib") -> PairAnswer:
    return pair_answer(BOOK, first, second)


def listed(*names: str) -> Answer[Interactions] | Refusal:
    return check(BOOK, [mention(BOOK, name) for name in names])


def data_of(*names: str) -> Interactions:
    data: Interactions = told(listed(*names).data)
    assert data is not None
    return data


def test_what_each_source_says_of_two_named_drugs_is_a_finding_of_its_own_worst_first() -> None:
    label, book = pair("named").findings
    assert book["between"] == ["named", "zedinib"]
    assert (book["level"], book["action"], book["affected"]) == ("documented", "adjust", "zedinib")
    assert book["conditions"] == ["in a study"]
    assert book["references"][0]["number"] == 3
    assert book["sources"] == [{"source": "book", "section": "Studies"}]
    assert book["management"] == "Halve the dose."
    assert (label["level"], label["action"]) == ("documented", "avoid")
    assert label["sources"] == [{"source": "label", "edition": "7"}]


def test_a_prediction_that_repeats_what_is_documented_is_left_out() -> None:
    assert [finding["level"] for finding in pair("named").findings] == ["documented", "documented"]
    assert [finding["level"] for finding in pair("slower").findings] == ["documented"]


def test_a_member_of_a_named_class_says_which_class_and_who_puts_it_there() -> None:
    (finding,) = pair("member").findings
    assert (finding["level"], finding["affected"]) == ("class", "member")
    assert finding["classes"] == [
        {
            "drug": "member",
            "id": "narrow",
            "name": "narrows",
            "by": [{"class": "narrow", "name": "narrows", "source": "list"}],
        }
    ]
    assert finding["statement"] == "Narrows may do less."
    assert [item["source"] for item in finding["sources"]] == ["book", "list"]


def test_a_member_of_a_narrower_class_belongs_to_the_wider_one_and_its_route_is_said() -> None:
    (finding,) = pair("cream").findings
    assert [step["class"] for step in finding["classes"][0]["by"]] == ["narrowest", "narrow"]
    assert "listed there in a form for topical use" in finding["conditions"]


def test_a_rule_stands_between_two_classes_and_says_for_which_use_one_is_meant() -> None:
    (finding,) = pair("member", "wide").findings
    assert (finding["level"], finding["affected"], finding["management"]) == ("class", None, "Never together.")
    assert finding["source_level"] == {"scheme": "scaled", "value": "X", "label": "forbidden"}
    assert finding["conditions"] == ["wide: by mouth"]
    assert [group["id"] for group in finding["classes"]] == ["narrow", "widening"]


def test_where_a_source_lists_the_members_of_a_class_no_others_are_meant() -> None:
    assert pair("wide", "sideways").findings
    assert not pair("listed-elsewhere", "sideways")


def test_two_members_of_one_class_meet_once_in_a_rule_among_themselves() -> None:
    findings = pair("wide", "wider").findings
    assert [finding["statement"] for finding in findings] == ["The two add up.", "They add up."]


def test_a_level_that_depends_on_a_condition_says_every_case() -> None:
    (finding,) = pair("carried", "wide").findings
    assert finding["action"] == "avoid"
    assert [(case["action"], case["when"]) for case in finding["cases"]] == [
        ("avoid", "above 10 mg"),
        ("note", "up to 10 mg"),
    ]
    assert finding["conditions"] == ["forbidden: above 10 mg", "to be known: up to 10 mg"]


@pytest.mark.parametrize(("member", "action", "level"), [("wide", "avoid", "X"), ("wider", "note", "Y")])
def test_a_level_that_depends_on_the_member_is_that_of_the_member(member: str, action: str, level: str) -> None:
    (finding,) = pair(member, "sideways").findings
    assert finding["action"] == action
    assert finding["source_level"] is not None
    assert finding["source_level"]["value"] == level
    assert "cases" not in finding
    assert finding["conditions"] == []


@pytest.mark.parametrize(("member", "action", "do"), [("wider", "note", "Take"), ("wide", "avoid", "Never")])
def test_a_case_that_names_the_drug_or_its_class_is_the_case(member: str, action: str, do: str) -> None:
    """What is said of all pairs does not hold where a case before it names the two, be it worse."""
    (finding,) = pair(member, "cleared").findings
    assert (finding["action"], "cases" in finding) == (action, False)
    assert told(finding["management"]).startswith(do)


def test_a_class_asked_for_as_a_whole() -> None:
    (finding,) = pair("narrow").findings
    assert (finding["level"], finding["between"], finding["affected"]) == ("class", ["narrow", "zedinib"], "narrow")


def test_of_a_class_what_is_known_of_its_members_is_told_with_the_worst_of_it() -> None:
    """Nothing is said of narrows and carried; of wider, one of them, "By the dose." is, as of every widening."""
    (finding,) = pair("narrow", "carried").findings
    assert (finding["level"], finding["action"]) == ("members", "avoid")
    assert finding["member_pairs"] == [
        {"between": ["carried", "wider"], "action": "avoid", "by": ["scaled"], "conditional": True}
    ]
    assert finding["statement"] == "Recorded or predicted of 1 of 4 pairs of members. Avoid under a condition: wider."
    assert finding["sources"] == [{"source": "scaled"}]


def test_of_two_classes_every_pair_of_members_is_looked_at() -> None:
    """The rule of the classes holds for their members, but that two widenings add up is said of these alone."""
    own, members = pair("narrow", "widening").findings
    assert (own["level"], members["level"]) == ("class", "members")
    assert [item["between"] for item in members["member_pairs"]] == [["wide", "wider"]]


def test_what_is_said_of_a_class_is_not_told_of_its_members_again() -> None:
    assert [finding["level"] for finding in pair("widening", "carried").findings] == ["class"]


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
    (finding,) = pair("pair", "cleared").findings
    assert "slower is a weak inhibitor" in finding["statement"]
    assert finding["between"] == ["cleared", "pair"]
    (of_part,) = pair("pair").findings
    assert of_part["conditions"] == ["said of slower, which pair of two contains"]
    (twice,) = pair("pair", "slower").findings
    assert twice["level"] == "duplicate"


def test_a_role_of_the_combination_takes_the_place_of_those_of_its_parts() -> None:
    (finding,) = [finding for finding in pair("own-way").findings if finding["level"] == "predicted"]
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
    reader = MadeUp()
    reader.party("named")["roles"].append({"enzyme": "E1", "role": "inducer", "source": "list"})
    *documented, predicted = pair_answer(InteractionBook(reader), "named", "zedinib").findings
    assert [finding["direction"] for finding in documented] == ["increase", "increase"]
    assert predicted["direction"] == "decrease"
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
    assert "treatment" not in [note["kind"] for note in pair("member").notes]


def test_a_remark_is_a_note_and_no_finding() -> None:
    answer = pair("member")
    assert len(answer.findings) == 1
    assert [(note["kind"], note["statement"]) for note in answer.notes] == [("remark", "The label has no member.")]


def test_the_line_of_a_pair_has_its_worst_action_and_who_asks_for_it() -> None:
    lines = data_of("zedinib", "named", "elsewhere", "carried", "wide")["pairs"]
    assert [(line["action"], line["between"]) for line in lines] == [
        ("avoid", ["named", "zedinib"]),
        ("avoid", ["carried", "wide"]),
        ("monitor", ["elsewhere", "zedinib"]),
    ]
    assert lines[0]["by"] == ["label"]
    assert lines[0]["levels"] == ["documented"]
    assert [line["conditional"] for line in lines] == [False, True, False]


def test_a_pair_of_which_something_is_recorded_on_mixing_points_there() -> None:
    outcome = listed("bystander", "zedinib")
    (note,) = [note for note in outcome.notes if note.code == "see-compat"]
    assert in_options_note(note).detail == {"between": ["bystander", "zedinib"], "see": "mono compat zedinib bystander"}
    assert not [note for note in listed("sideways", "zedinib").notes if note.code == "see-compat"]


@pytest.mark.parametrize("name", ["E1A inhibitors", "strong inducers of E1", "E2 substrate"])
def test_a_name_for_everything_with_a_role_has_a_hint_and_no_suggestions(name: str) -> None:
    near: Suggestion = {"name": "named", "id": "named", "title": "named", "score": 90}
    outcome = check(BOOK, [{**mention(BOOK, name), "suggestions": [near]}, mention(BOOK, "named")])
    assert isinstance(outcome, Answer)
    (refusal,) = outcome.refusals
    assert (refusal.code, refusal.suggestions) == ("unknown-name", ())
    assert "Name the drugs" in str(refusal.hint)
    assert not BOOK.enzymes.names_roles("E1")
    assert not BOOK.enzymes.names_roles("foozole inhibitors")


def test_a_substance_that_a_monograph_only_mentions_is_said_to_be_one() -> None:
    mentioned: Resolution = {**mention(BOOK, "foozole"), "mentioned_in": "zedinib"}
    outcome = check(BOOK, [mentioned, mention(BOOK, "named")])
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
    twice = [mention(BOOK, "named", "Named"), mention(BOOK, "named", "NAMED")]
    outcome = check(BOOK, twice)
    assert isinstance(outcome, Answer)
    (finding,) = outcome.data["interactions"]
    assert (finding["level"], finding["between"]) == ("duplicate", ["named", "named"])
    assert "“Named”, “NAMED”" in finding["statement"]
    assert finding["sources"] == [{"source": "list"}]
    assert outcome.data["not_recorded"] == []


def as_given(*lines: str) -> Interactions:
    """A list whose lines say a route behind a colon, where they say one."""
    mentions = []
    for line in lines:
        name, _, route = line.partition(": ")
        said = mention(BOOK, name)
        if route:
            said["route"] = "systemic" if route in ("oral", "injected") else route
            said |= {"systemic_route": route} if said["route"] == "systemic" else {}
        mentions.append(said)
    data: Interactions = told(check(BOOK, mentions).data)
    return data


def test_a_member_that_is_meant_in_a_combination_counts_only_beside_its_partner() -> None:
    alone = as_given("half", "vial")
    assert alone["interactions"] == []
    (note,) = alone["notes"]
    assert (note["kind"], note["left_out"], note["left_out_for"]) == ("exception", "half", "alone")
    assert note["action_otherwise"] == "avoid"
    assert "only together with other-half" in note["statement"]
    both = as_given("half", "other-half", "vial")
    by_pair = {tuple(finding["between"]): finding["action"] for finding in both["interactions"]}
    assert by_pair["half", "vial"] == "avoid"
    assert as_given("whole", "vial")["pairs"][0]["action"] == "avoid"
    assert as_given("whole", "half", "vial")["pairs"][0]["action"] == "avoid"


@pytest.mark.parametrize(
    ("line", "acts"),
    [("vial", True), ("vial: injected", True), ("vial: oral", False), ("vial: inhaled", False)],
)
def test_a_rule_for_one_route_leaves_a_drug_out_that_is_given_by_another(line: str, acts: bool) -> None:
    data = as_given(line, "other-half")
    found = [finding for finding in data["interactions"] if finding["effect"] == "rash"]
    assert bool(found) is acts
    if acts:
        assert found[0]["conditions"] == ["vial: into a vein"]
    else:
        note = next(note for note in data["notes"] if note.get("left_out_for") == "route")
        assert note["action_otherwise"] == "adjust"
        assert "means vial by injection or infusion" in note["statement"]


def test_of_two_lines_of_one_drug_each_route_counts_and_one_that_is_not_said_may_be_any() -> None:
    for lines in (("vial: oral", "vial: injected"), ("vial: oral", "vial")):
        assert "rash" in {finding["effect"] for finding in as_given(*lines, "other-half")["interactions"]}


def test_a_member_listed_for_one_route_says_so_and_is_left_out_by_another() -> None:
    listed_so = as_given("ampoule", "vial")["interactions"]
    assert listed_so[0]["conditions"] == ["ampoule: listed there by injection or infusion"]
    assert as_given("ampoule: oral", "vial")["interactions"] == []


def test_a_case_of_another_route_is_not_the_level() -> None:
    by_route = {
        route: as_given(f"ampoule{route}", "swallowed")["interactions"][0] for route in ("", ": oral", ": injected")
    }
    levels = {route: told(finding["source_level"])["value"] for route, finding in by_route.items()}
    assert levels == {"": "X", ": oral": "Y", ": injected": "X"}
    assert by_route[": oral"]["management"] == "Take it into account."
    assert by_route[""]["management"] == "Never injected. Take it into account by mouth."
    assert len(by_route[""]["conditions"]) == 2
    assert as_given("ampoule: rectal", "swallowed")["interactions"] == []


def test_a_kind_that_is_only_swallowed_needs_no_word_for_it() -> None:
    assert as_given("swallowed", "other-half")["interactions"] == []
    assert "route" in {note["left_out_for"] for note in as_given("swallowed", "other-half")["notes"]}


def test_a_threshold_heeds_every_source_but_no_treatment_note() -> None:
    assert threshold_met(data_of("zedinib", "named"), "avoid")
    assert not threshold_met(data_of("zedinib", "member"), "avoid")
    assert threshold_met(data_of("zedinib", "member"), "monitor")
    assert threshold_met(data_of("zedinib", "elsewhere"), "monitor")
    assert not threshold_met(data_of("zedinib", "bystander"), "note")


def test_one_name_gives_its_own_file_by_partner_class_and_role() -> None:
    outcome = recorded(BOOK, [mention(BOOK, "zedinib")])
    assert isinstance(outcome, Answer)
    levels = {(finding["level"], tuple(finding["between"])) for finding in outcome.data["interactions"]}
    assert levels == {
        ("documented", ("named", "zedinib")),
        ("class", ("narrow", "zedinib")),
        ("class", ("guarded", "zedinib")),
        ("documented", ("slower", "zedinib")),
        ("documented", ("elsewhere", "zedinib")),
        ("predicted", ("E1-inducers", "zedinib")),
    }
    by_class = next(finding for finding in outcome.data["interactions"] if finding["between"][0] == "narrow")
    assert [item["drug"] for item in by_class["except"]] == ["excluded"]
    assert {partner["id"]: partner.get("members") for partner in outcome.data["partners"]}["narrow"] == 4
    assert {note["kind"] for note in outcome.data["notes"]} == {"treatment", "remark"}
    assert [role["role"] for role in outcome.data["roles"]] == ["substrate", "substrate"]


def test_one_partner_gives_what_the_files_of_others_say_of_it() -> None:
    outcome = recorded(BOOK, [mention(BOOK, "member")])
    assert isinstance(outcome, Answer)
    assert [finding["level"] for finding in outcome.data["interactions"]] == ["class", "class"]
    assert outcome.data["partners"] == [
        {"id": "zedinib", "name": "zedinib", "kind": "agent"},
        {"id": "widening", "name": "widenings", "kind": "class", "members": 3},
    ]


def test_one_class_names_its_members() -> None:
    outcome = recorded(BOOK, [mention(BOOK, "narrow")])
    assert isinstance(outcome, Answer)
    assert outcome.data["members"] == ["cream", "excluded", "member", "wider"]


def test_one_name_of_which_nothing_is_recorded_and_one_not_recognised() -> None:
    outcome = recorded(BOOK, [mention(BOOK, "lonely")])
    assert isinstance(outcome, Refusal)
    assert outcome.code == "nothing-recorded"
    unknown = recorded(BOOK, [mention(BOOK, "foozole")])
    assert isinstance(unknown, Refusal)
    assert unknown.code == "unknown-name"
