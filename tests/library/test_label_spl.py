"""SPL documents: their sections as they are nested, their products, and what is refused."""

from __future__ import annotations

import pytest

import label_records
from monocli.library.labels import spl
from monocli.library.labels.catalogues import catalogue_of
from monocli.library.labels.faults import UnreadableLabel
from monocli.library.labels.keys import keys_of
from monocli.library.labels.nodes import walk
from monocli.library.labels.openfda import ReadLabel
from monocli.library.store import Library


@pytest.fixture
def label(library: Library) -> ReadLabel:
    return spl.label_of(label_records.spl().encode(), catalogue_of(library))


def test_sections_are_nested_as_they_are_written(label: ReadLabel) -> None:
    assert [(node.id, node.loinc, node.number, node.title) for node in walk(label.sections)] == [
        ("dosage_and_administration", "34068-7", "2", "DOSAGE AND ADMINISTRATION"),
        ("spl_unclassified_section", "42229-5", "2.1", "Adults"),
        ("drug_interactions", "34073-7", "7", "DRUG INTERACTIONS"),
        ("odd_extra", "99999-9", None, ""),
    ]


def test_highlights_stand_apart_lists_are_lines_and_notes_are_lifted_out(label: ReadLabel) -> None:
    dose, adults, *_ = walk(label.sections)
    assert (dose.text, dose.highlights) == ("Inject it.", "40 mg (2.1)")
    assert adults.text.split("\n") == ["Give:", "• 40 mg [1] at noon", "• 80 mg", "[table 1]", "[1] Not with rain."]
    assert len(adults.tables) == 1


def test_whose_label_it_is(label: ReadLabel) -> None:
    card = label.card
    assert (card["set_id"], card["version"], card["effective"]) == (label_records.set_id(50), "3", "20250607")
    assert (card["labeler"], card["application"], card["product_type"]) == (
        "Example Works",
        "BLA900050",
        "HUMAN PRESCRIPTION DRUG",
    )
    assert (card["brand"], card["generic"]) == ("Quillara Kit", "quillarate")


def test_a_part_of_a_kit_that_does_not_bear_its_name_is_not_its_drug(label: ReadLabel) -> None:
    card = label.card
    assert card["substances"] == [{"name": "QUILLARATE SODIUM", "unii": "ZZ00000097"}]
    kit, drug, swab = card["products"]
    assert (kit["ndc"], drug["part_of"], swab["name"]) == ("0099-0050", "Quillara Kit", "Swab")
    assert drug["active"][0]["strength"] == {
        "amount": "40",
        "unit": "mg",
        "per": "0.8",
        "per_unit": "mL",
        "of": "QUILLARATE",
    }


def test_a_product_is_found_without_the_suffix_of_its_name_too(label: ReadLabel) -> None:
    assert {("brand", "quillara kit"), ("brand", "quillara")} <= keys_of(label.card)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (label_records.spl(before='<!DOCTYPE document [<!ENTITY x "y">]>'), "document type or entities"),
        (label_records.spl(sections="<component>" * 120 + "</component>" * 120), "nested deeper"),
        (label_records.spl()[:-40], "not well-formed"),
        ("<Bundle/>", "ePI"),
        ("<other/>", "no SPL document"),
        (label_records.spl(id=""), "without a set id"),
        (label_records.spl(version="one"), "version is no number"),
    ],
)
def test_what_is_refused(library: Library, document: str, said: str) -> None:
    with pytest.raises(UnreadableLabel, match=said):
        spl.label_of(document.encode(), catalogue_of(library))
