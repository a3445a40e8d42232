"""What sentences of labels say of another drug: which are found, and what each asks for. The labels are made up."""

from __future__ import annotations

import pytest

from monocli.engine.labels.quoting import LabelPart, Mention, QuotedNames, SentenceReader
from monocli.engine.labels.sentences import quoted, sentences
from monocli.library.labels.catalogues import words_of
from monocli.library.store import Library

NAMES = QuotedNames(
    ["quillarate", "Quillara", "St. Bee's herb"], {"bird-killer": ["bird killers", "bird killer", "BKRs"]}
)


@pytest.fixture
def reader(library: Library) -> SentenceReader:
    return SentenceReader(words_of(library)["interactions"])


def found(reader: SentenceReader, text: str, kind: str = "drug_interactions") -> list[Mention]:
    return reader.mentions([LabelPart(kind, "7", "Interactions", text)], NAMES)


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("Quillarate is contraindicated with Zorvex.", "avoid"),
        ("Avoid use with QUILLARATE.", "avoid"),
        ("Zorvex is not recommended in patients who take quillarate.", "avoid"),
        ("Do not administer quillarate with Zorvex.", "avoid"),
        ("Zorvex should not be coadministered with quillarate (7.1).", "avoid"),
        ("Reduce the dose of Zorvex with quillarate.", "adjust"),
        ("With quillarate a dosage adjustment may be needed.", "adjust"),
        ("Do not exceed 20 mg of Zorvex daily with quillarate.", "adjust"),
        ("Monitor the levels of quillarate.", "monitor"),
        ("Quillarate should be used with caution.", "monitor"),
        ("Quillarate raised the levels of Zorvex by half.", "note"),
        ("The dose of quillarate should be reduced.", "adjust"),
        ("Advise readers to not use quillarate.", "avoid"),
        ("Monitor patients and avoid quillarate.", "avoid"),
        ("Avoid rain; quillarate raised the levels of Zorvex.", "avoid"),
        ("Avoid rain; monitor those who take quillarate.", "monitor"),
    ],
)
def test_what_a_sentence_asks_for(reader: SentenceReader, sentence: str, action: str) -> None:
    (mention,) = found(reader, f"Something before. {sentence} Something after.")
    assert (mention.quote, mention.action, mention.negation) == (sentence, action, None)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Quillarate did not affect the levels of Zorvex.", "did not affect"),
        ("There was no clinically relevant change with quillarate.", "no clinically relevant"),
        ("No dose adjustment is required with quillarate.", "no dose adjustment"),
        ("Quillarate is not contraindicated.", "not contraindicated"),
        ("Avoid rain, but quillarate had no effect on Zorvex.", "no effect on"),
    ],
)
def test_what_a_sentence_denies(reader: SentenceReader, sentence: str, words: str) -> None:
    (mention,) = found(reader, sentence)
    assert (mention.action, mention.negation) == ("note", words)


def test_what_is_asked_for_outweighs_what_is_denied_in_the_same_clause(reader: SentenceReader) -> None:
    (mention,) = found(reader, "Although levels were not significantly altered avoid quillarate.")
    assert (mention.action, mention.negation) == ("avoid", None)


def test_a_section_that_says_it_by_what_it_is(reader: SentenceReader) -> None:
    (mention,) = found(reader, "Patients who take quillarate.", "contraindications")
    assert mention.action == "avoid"
    (mention,) = found(reader, "Patients who take quillarate.", "warnings")
    assert mention.action == "note"


@pytest.mark.parametrize(
    "text", ["Quillaratemide is another.", "Anti-quillarate is a word.", "quillarat", "A bird kills.", "non-quillarate"]
)
def test_a_part_of_a_word_is_no_name(reader: SentenceReader, text: str) -> None:
    assert found(reader, text) == []


@pytest.mark.parametrize("text", ["QUILLARA", "St. Bee’s herb is one.", "Take (quillarate) so.", "quillarate-treated"])
def test_names_as_labels_write_them(reader: SentenceReader, text: str) -> None:
    (mention,) = found(reader, text)
    assert mention.class_id is None


def test_a_class_that_the_drug_is_listed_in(reader: SentenceReader) -> None:
    (mention,) = found(reader, "Avoid BKRs such as others.")
    assert (mention.class_id, mention.name, mention.action) == ("bird-killer", "BKRs", "avoid")
    (mention,) = found(reader, "Avoid bird killers such as quillarate.")
    assert (mention.class_id, mention.name) == (None, "quillarate")


def test_a_row_of_a_table_is_quoted_with_its_headings(reader: SentenceReader) -> None:
    rows = (
        ["Drug", "What to do", "What to do"],
        ["Quillarate, rain", "Avoid", "Monitor feathers"],
        ["Sun", "Nothing", ""],
    )
    part = LabelPart("drug_interactions", "7", "Interactions", "", tuple(rows), 1)
    (mention,) = reader.mentions([part], NAMES)
    assert mention.quote == "Drug: Quillarate, rain | What to do: Avoid | What to do: Monitor feathers"
    assert (mention.action, mention.from_table) == ("avoid", True)


def test_a_row_that_is_a_name_heads_the_rows_below_it(reader: SentenceReader) -> None:
    rows = (
        ["Quillarate", "Quillarate"],
        ["What happens", "Feathers fall."],
        ["What to do", "Monitor feathers."],
        ["Rain", "Rain"],
        ["What to do", "Avoid it."],
        ["Quillarate, of which a long sentence is written here that heads no rows.", ""],
        ["What to do", "Sing."],
    )
    part = LabelPart("drug_interactions", "7", "Interactions", "", tuple(rows), 0)
    assert [(mention.quote, mention.action) for mention in reader.mentions([part], NAMES)] == [
        ("Quillarate | What happens | Feathers fall.", "note"),
        ("Quillarate | What to do | Monitor feathers.", "monitor"),
        ("Quillarate, of which a long sentence is written here that heads no rows.", "note"),
    ]


def test_a_class_that_heads_rows_is_not_the_drug_in_each_of_them(reader: SentenceReader) -> None:
    rows = (["Bird killers", ""], ["Rain", "Avoid it."])
    part = LabelPart("drug_interactions", "7", "Interactions", "", rows, 0)
    assert [mention.quote for mention in reader.mentions([part], NAMES)] == ["Bird killers"]


def test_the_same_sentence_is_found_once(reader: SentenceReader) -> None:
    assert len(found(reader, "Avoid quillarate. Rain falls. Avoid quillarate.")) == 1


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Drugs, e.g. Quillara, differ. So.", ["Drugs, e.g. Quillara, differ.", "So."]),
        ("See above [see Warnings (5.1)]. Then.", ["See above [see Warnings (5.1)].", "Then."]),
        ("Give 2.5 mg. Then 3 mg.", ["Give 2.5 mg.", "Then 3 mg."]),
        ("Line\nLine two", ["Line", "Line two"]),
        ("With St. Bee's herb. End", ["With St. Bee's herb.", "End"]),
        ("Given: • one • two", ["Given:", "• one", "• two"]),
        (
            "Rain: avoid. ( 7.1 ) Sun: sit ( 7.2 , 12.3 ) Wind (7) Hail",
            ["Rain: avoid. ( 7.1 )", "Sun: sit ( 7.2 , 12.3 )", "Wind (7)", "Hail"],
        ),
        ("In one (Study 1) Zorvex fell.", ["In one (Study 1) Zorvex fell."]),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == parts


def test_a_very_long_sentence_is_quoted_around_the_name() -> None:
    text = "rain " * 400 + "quillarate " + "sun " * 400
    place = (2000, 2010)
    quote = quoted(text, 0, len(text), place)
    assert "quillarate" in quote
    assert quote.startswith("… rain")
    assert quote.endswith("sun …")
    assert len(quote) < 720
