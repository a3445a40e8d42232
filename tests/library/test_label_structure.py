"""How the texts of an openFDA record become sections: each text once, in its place, under its number."""

from __future__ import annotations

from typing import Any

import pytest

import label_records
from monocli.library.labels.catalogues import catalogue_of
from monocli.library.labels.faults import UnreadableLabel
from monocli.library.labels.keys import keys_of
from monocli.library.labels.nodes import SectionNode, walk
from monocli.library.labels.openfda import ReadLabel, label_of
from monocli.library.labels.section_kinds import Catalogue
from monocli.library.store import Library


@pytest.fixture
def catalogue(library: Library) -> Catalogue:
    return catalogue_of(library)


def read(catalogue: Catalogue, **more: Any) -> ReadLabel:
    return label_of(label_records.record(**more), "2026-01-15", catalogue)


def one(label: ReadLabel, id: str) -> SectionNode:
    return next(node for node in walk(label.sections) if node.id == id)


def test_a_sub_section_that_is_a_field_too_stands_once_in_its_parent(catalogue: Catalogue) -> None:
    label = read(catalogue)
    chapter = one(label, "use_in_specific_populations")
    assert [(part.id, part.number) for part in chapter.children] == [
        ("pregnancy", "8.1"),
        ("use_in_specific_populations/8.2", "8.2"),
        ("pediatric_use", "8.4"),
        ("use_in_specific_populations/8.6", "8.6"),
    ]
    everything = " ".join(node.text for node in walk(label.sections))
    assert everything.count("because nobody makes it") == 1
    assert chapter.text == ""


def test_a_piece_with_the_number_of_another_section_stands_there(catalogue: Catalogue) -> None:
    label = read(catalogue)
    top = [node for node in label.sections if node.id == "drug_interactions"]
    assert [node.number for node in top] == ["7"]
    warnings = one(label, "warnings_and_cautions")
    assert [(part.id, part.number) for part in warnings.children] == [
        ("warnings_and_cautions/5.1", "5.1"),
        ("drug_interactions", "5.2"),
    ]


def test_a_piece_whose_words_differ_is_put_under_its_number_too(catalogue: Catalogue) -> None:
    pieces = [
        "5.2 Lysis Examples were seen to dissolve, in other words than above.",
        "7 DRUG INTERACTIONS None known to us.",
    ]
    label = read(catalogue, drug_interactions=pieces)
    assert [node.number for node in label.sections if node.id == "drug_interactions"] == ["7"]
    assert one(label, "warnings_and_cautions").children[-1].text.endswith("than above.")


def test_numbers_are_cut_only_where_they_run_on_from_one(catalogue: Catalogue) -> None:
    run_on = "2 DOSAGE AND ADMINISTRATION 2.1 Adults Take one. 2.2 Children Take none ( 2.1 )."
    gap = "2 DOSAGE AND ADMINISTRATION 2.1 Adults Take one. 2.3 Children Take none."
    amount = "2 DOSAGE AND ADMINISTRATION Take 2.5 Litres of it with 2.1 Grams."
    for text, numbers in ((run_on, ["2.1", "2.2"]), (gap, []), (amount, [])):
        node = one(
            read(catalogue, dosage_and_administration=[text], dosage_and_administration_table=None),
            "dosage_and_administration",
        )
        assert [part.number for part in node.children] == numbers
    assert one(read(catalogue, dosage_and_administration=[gap]), "dosage_and_administration").text.startswith(
        "2.1 Adults"
    )


@pytest.mark.parametrize(
    ("text", "number", "title", "rest"),
    [
        ("7 DRUG INTERACTIONS Some.", "7", "DRUG INTERACTIONS", "Some."),
        ("7. DRUG INTERACTIONS Some.", "7", "DRUG INTERACTIONS", "Some."),
        ("DRUG INTERACTIONS Some.", None, "DRUG INTERACTIONS", "Some."),
        ("Drug Interactions: Some.", None, "Drug Interactions", "Some."),
        ("Some drugs meet it.", None, "Drug interactions", "Some drugs meet it."),
        ("7 drugs meet it.", None, "Drug interactions", "7 drugs meet it."),
        ("0.5 mg of it meets others.", None, "Drug interactions", "0.5 mg of it meets others."),
    ],
)
def test_headings(catalogue: Catalogue, text: str, number: str | None, title: str, rest: str) -> None:
    node = one(read(catalogue, drug_interactions=[text]), "drug_interactions")
    assert (node.number, node.title, node.text) == (number, title, rest)


def test_a_number_with_a_blank_in_it(catalogue: Catalogue) -> None:
    label = read(catalogue, clinical_pharmacology=["1 2 CLINICAL PHARMACOLOGY It works."])
    assert one(label, "clinical_pharmacology").number == "12"


def test_a_heading_that_stands_twice_is_shown_once(catalogue: Catalogue) -> None:
    assert one(read(catalogue), "boxed_warning").text == "WARNING: EXAMPLE HARM Zorvex may harm examples."


def test_the_cells_of_a_table_are_taken_out_of_the_text_of_its_sub_section(catalogue: Catalogue) -> None:
    label = read(catalogue)
    part = one(label, "dosage_and_administration/2.2")
    assert (part.title, part.text) == ("Children", "By weight. [table 1] Round down.")
    assert part.tables == [label_records.TABLE]
    assert one(label, "dosage_and_administration").tables == []


def test_a_table_that_is_in_no_text_stays_with_its_section(catalogue: Catalogue) -> None:
    label = read(catalogue, dosage_and_administration=["2 DOSAGE AND ADMINISTRATION See the table."])
    assert one(label, "dosage_and_administration").tables == [label_records.TABLE]
    alone = read(catalogue, dosage_and_administration=None)
    assert one(alone, "dosage_and_administration_table").text.startswith("<table>")


def test_an_unknown_field_is_kept_under_its_own_name(catalogue: Catalogue) -> None:
    node = one(read(catalogue), "colour_of_the_box")
    assert (node.title, node.text) == ("Colour of the box", "Blue, with an example of a stripe.")


def test_old_labels_have_no_numbers_and_keep_the_order_of_their_parts(catalogue: Catalogue) -> None:
    general = "General Care should be taken by all who read examples aloud."
    inner = "Drug Interactions Concomitant use of examples has been read about."
    text = f"PRECAUTIONS {general} Information for Readers Close the book. {inner}"
    label = read(catalogue, precautions=[text], general_precautions=[general], drug_interactions=[inner])
    node = one(label, "precautions")
    assert [(part.id, part.number) for part in node.children] == [
        ("general_precautions", None),
        ("spl_unclassified_section", None),
        ("drug_interactions", None),
    ]
    assert node.children[1].text == "Information for Readers Close the book."


def test_a_label_without_a_set_id_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(UnreadableLabel, match="set id"):
        read(catalogue, set_id=None, openfda={})
    assert read(catalogue, set_id=None).card["set_id"] == label_records.SET_ID


def test_without_openfda_names_are_as_printed(catalogue: Catalogue) -> None:
    card = read(catalogue, openfda={}).card
    assert (card["brand"], card["substances"], card["unii"]) == (None, [], [])
    assert card["as_printed"] == "Zorvex Zorvatinib ZORVATINIB STARCH"


def test_the_inner_packages_of_a_kit_lead_to_its_label(catalogue: Catalogue) -> None:
    block = label_records.openfda(product_ndc=["0099-0001"], package_ndc=["0099-0001-30", "0099-0077-01"])
    keys = keys_of(read(catalogue, openfda=block).card)
    assert {key for kind, key in keys if kind == "ndc"} == {"00099-0001", "00099-0077"}


def test_several_substances_are_not_told_apart_by_their_order(catalogue: Catalogue) -> None:
    block = label_records.openfda(substance_name=["ALPHA", "BETA"], unii=["ZZ1", "ZZ2"])
    card = read(catalogue, openfda=block).card
    assert card["substances"] == [{"name": "ALPHA", "unii": None}, {"name": "BETA", "unii": None}]
    assert card["unii"] == ["ZZ1", "ZZ2"]


@pytest.mark.parametrize(
    ("beside", "text", "title", "rest"),
    [
        ("Rash: look for it ( 5.1 ).", "Rash Spots were seen.", "Rash", "Spots were seen."),
        ("In short • Red Spots [see Warnings and Precautions (5.1)]", "Red Spots Tell.", "Red Spots", "Tell."),
        ("", "Rash of Examples Rash of examples was seen.", "Rash of Examples", "Rash of examples was seen."),
        ("", "Embryo-Fetal Toxicity Zorvex may do harm.", "Embryo-Fetal Toxicity", "Zorvex may do harm."),
        ("", "Risk to Examples There is one.", "Risk to Examples", "There is one."),
        ("", "Risk in the Young Avoid use in them.", "Risk in the Young", "Avoid use in them."),
        ("Two red spots were seen.", "Red Spots The next day.", "Red Spots", "The next day."),
        ("", "Rash Spots were seen, red spots too.", "Rash", "Spots were seen, red spots too."),
        ("", "Rash Serious spots were seen.", "Rash", "Serious spots were seen."),
        ("It is a rash serious as ever.", "Rash Serious spots were seen.", "", "Rash Serious spots were seen."),
        ("", "Rash In READING 2, spots were seen.", "Rash", "In READING 2, spots were seen."),
        ("", "Examples Zorvex ®, taken whole, does harm.", "Examples", "Zorvex ®, taken whole, does harm."),
        ("", "Effect of Other Drugs on Zorvex Large Examples None.", "Effect of Other Drugs on Zorvex",
         "Large Examples None."),
        ("Rash: look ( 5.1 ).", "Rash of the Young (RY) Spots.", "", "Rash of the Young (RY) Spots."),
        # The words that a reference repeats are the beginning only.
        ("Rash ( 5.1 ).", "Rash With Spots The next day.", "Rash With Spots", "The next day."),
        # What cannot be told stays where it is.
        ("", "Rash Spots were seen.", "", "Rash Spots were seen."),
        ("", "Risk Blood Pressure should be taken.", "", "Risk Blood Pressure should be taken."),
        ("", "Rash Mild Rash The spots went.", "", "Rash Mild Rash The spots went."),
        ("Rash: look ( 5.1 ).", "Rash Agents Concomitant use.", "", "Rash Agents Concomitant use."),
        ("Seen [see Warnings and Precautions (5.1)]", "Precautions Examples.", "", "Precautions Examples."),
        # Two headings one after the other are none, nor is the beginning of one that is written in small letters.
        ("", "Red Spots Young Readers The next day.", "", "Red Spots Young Readers The next day."),
        ("", "Severe Bee-Sting reactions The next day.", "", "Severe Bee-Sting reactions The next day."),
        ("", "Rash After a Long Day Zorvex may.", "", "Rash After a Long Day Zorvex may."),
        ("Rash: look ( 5.2 ).", "Rash Spots were seen.", "", "Rash Spots were seen."),
        ("", "Rash which was seen The next day.", "", "Rash which was seen The next day."),
    ],
)  # fmt: skip
def test_the_title_of_a_numbered_sub_section_where_the_label_tells_it(
    catalogue: Catalogue, beside: str, text: str, title: str, rest: str
) -> None:
    label = read(
        catalogue,
        warnings_and_cautions=[f"5 WARNINGS AND PRECAUTIONS 5.1 {text}"],
        adverse_reactions=[f"6 ADVERSE REACTIONS {beside}"],
        drug_interactions=None,
    )
    (part,) = one(label, "warnings_and_cautions").children
    assert (part.number, part.title, part.text) == ("5.1", title, rest)


@pytest.mark.parametrize(
    ("text", "own", "highlights"),
    [
        ("Adults: take one ( 4.1 ). 4.1 Adults Take one.", "", "Adults: take one ( 4.1 )."),
        ("• Take one ( 4.1 , 8 ) • Rest 4.1 Adults Take one.", "", "• Take one ( 4.1 , 8 ) • Rest"),
        ("None. None. ( 4 )", "None.", "None. ( 4 )"),
        ("It is odd. Take one ( 4.1 ). 4.1 Adults Take one.", "It is odd. Take one ( 4.1 ).", ""),
        ("Rest [see Adults (4.1)] 4.1 Adults Take one.", "Rest [see Adults (4.1)]", ""),
        ("None. Nothing. ( 4 )", "None. Nothing. ( 4 )", ""),
    ],
)  # fmt: skip
def test_highlights_stand_apart_where_nothing_else_can_be_meant(
    catalogue: Catalogue, text: str, own: str, highlights: str
) -> None:
    node = one(read(catalogue, contraindications=[f"4 CONTRAINDICATIONS {text}"]), "contraindications")
    assert (node.text, node.highlights) == (own, highlights)


def test_the_highlights_of_a_boxed_warning_begin_with_its_title_and_a_sentence_of_the_format(
    catalogue: Catalogue,
) -> None:
    full = "WARNING: HARM TO EXAMPLES Zorvex may harm examples. Look at them."
    short = (
        "WARNING: HARM TO EXAMPLES See full prescribing information for complete boxed warning. It may harm. ( 5.1 )"
    )
    node = one(read(catalogue, boxed_warning=[f"{full} {short}"]), "boxed_warning")
    assert (node.text, node.highlights) == (full, short)
    other = short.replace("EXAMPLES", "OTHERS")
    node = one(read(catalogue, boxed_warning=[f"{full} {other}"]), "boxed_warning")
    assert (node.text, node.highlights) == (f"{full} {other}", "")


def test_a_heading_that_is_all_of_a_section_before_its_sub_sections_is_the_title(catalogue: Catalogue) -> None:
    piece = "A piece of its own: examples are read aloud in the evening."
    chapter = "2 DOSAGE AND ADMINISTRATION 2.1 Adults Take one. 2.2 Reading Aloud " + piece
    pieces = [chapter, f"2.2 Reading Aloud {piece}", piece]
    label = read(catalogue, dosage_and_administration=pieces, description=["11 DESCRIPTION Much reading aloud."])
    part = one(label, "dosage_and_administration").children[-1]
    assert (part.number, part.title, part.text) == ("2.2", "Reading Aloud", "")
    # The piece in it bears no heading, and not that of the chapter.
    assert [(inner.title, inner.text) for inner in part.children] == [("", piece)]


def test_a_number_that_the_format_has_given_twice_goes_with_no_title_but_the_printed_one(catalogue: Catalogue) -> None:
    text = "8.2 Lactation Risk Summary It is not known whether zorvatinib is read by nursing mothers."
    label = read(catalogue, use_in_specific_populations=[f"8 USE IN SPECIFIC POPULATIONS {text}"],
                 labor_and_delivery=[text])  # fmt: skip
    node = one(label, "labor_and_delivery")
    assert (node.number, node.title) == ("8.2", "Lactation")


def test_a_heading_that_begins_with_two_capitals_has_its_number(catalogue: Catalogue) -> None:
    text = "5.2 QT Prolongation Zorvex may prolong examples, and QT prolongation was seen in one."
    label = read(catalogue, drug_interactions=[text, "7 DRUG INTERACTIONS None known to us."])
    node = one(label, "warnings_and_cautions").children[-1]
    assert (node.number, node.title) == ("5.2", "QT Prolongation")
