"""How names are compared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monocli.engine.names import normalise, visible


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Imatinib", "IMATINIB"),
        ("Kerkelä", "kerkela"),
        ("cafe\u0301", "café"),
        ("ﬁbrin", "fibrin"),
        ("ＳＴＩ－５７１", "STI-571"),
        ("STI 571", "STI-571"),
        ("STI\u2011571", "STI-571"),
        ("STI\u2013571", "STI-571"),
        ("STI\u2212571", "STI-571"),
        ("STI\u05be571", "STI-571"),
        ("a \u00a0 \u2003 b", "a b"),
        ("  a\tb\n", "a b"),
        ("Mésilate d’imatinib", "mesilate d'imatinib"),
        ("St. John’s wort", "St John's wort"),
        ("St.-John", "St John"),
        ("α-interferon", "alpha-interferon"),
        ("β", "beta"),
        ("ς", "sigma"),
        ("µg", "mug"),
        ("straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("zero\u200bwidth", "zerowidth"),
        ("\u202eabc\u202c", "abc"),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_what_people_type_differently_is_one_name(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("STI-571", "STI571"),
        ("imatinib", "imatanib"),
        ("1.5", "15"),
        ("L01XE01", "L01XE0"),
        ("stop.", "stop"),
        ("a+b", "ab"),
        ("d'or", "dor"),
    ],
)
def test_other_names_stay_other(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize("text", ["", "   ", "-", "\u200b", "\u202e", " – — ", "\u0301"])
def test_nothing_that_can_be_seen_is_no_name(text: str) -> None:
    assert normalise(text) == ""


@given(st.text())
@example("St.-John")
@example("st.\u2003st. x")
@example("ŉ")
@example("ΐ")
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text())
def test_a_key_has_single_gaps_and_no_case(text: str) -> None:
    key = normalise(text)
    assert key == key.strip()
    assert "  " not in key
    assert key == key.casefold()


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "Zs"))))
def test_unicode_form_does_not_matter(text: str) -> None:
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(unicodedata.normalize("NFC", text))


@given(st.text())
def test_what_is_shown_has_no_control_characters(text: str) -> None:
    shown = visible(text, 10_000)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in shown)


def test_a_terminal_escape_is_shown_harmless() -> None:
    assert visible("\x1b[31mred\x07\x9b") == "\ufffd[31mred\ufffd\ufffd"


def test_long_text_says_how_much_is_left_out() -> None:
    assert visible("a" * 250) == "a" * 200 + "… (50 more characters)"
    assert visible("a" * 200) == "a" * 200
