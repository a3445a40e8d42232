"""Markdown paints the page that the terminal gets, with everything opened."""

from __future__ import annotations

import pytest

from conftest import Run
from monocli.render.markdown import painted
from monocli.render.page import Page


def test_marks_of_death_notes_and_sources_are_not_lost(run: Run) -> None:
    """`show --format md` had lost the four marks of the table, the notes and the sources."""
    table, md = run("show", "imatinib", "--all").stdout, run("show", "imatinib", "--all", "--format", "md").stdout
    assert table.count("[FATAL]") >= 4
    assert md.count("**\\[FATAL]**") == table.count("[FATAL]")
    assert "Source: " in md
    section = run("show", "aldesleukin", "units", "--json").data["sections"][0]
    shown = run("show", "aldesleukin", "units", "-f", "md").stdout.replace("\\", "")
    assert all(note in shown for note in [section.get("note", ""), *(s.get("note", "") for s in section["statements"])])


def test_a_dose_shows_its_work_and_a_pair_its_conditions(run: Run) -> None:
    md = run("dose", "imatinib", "-i", "cml-chronic", "--hepatic", "severe", "--region", "us", "-f", "md").stdout
    assert "## The work" in md
    assert "Hepatic impairment: " in md
    pair = run("interactions", "imatinib", "warfarin", "-f", "md").stdout
    assert "- evidence: derived from enzyme roles" in pair
    assert "- mechanism: " in pair


def draw(page: Page) -> None:
    page.heading("A [title]", "note")
    page.line("- not a list", "bold")
    page.line("one", indent=2)
    page.line("two\nlines", indent=4)
    page.bullets([page.text("plain ").append_text(page.text("bold ", "avoid")).append_text(page.text("*plain*"))])
    page.gap()
    page.references([("1.", "first"), ("2.", "second")])
    page.pairs([("label", "value"), ("[1]", "cited")])
    page.table(["a", "b", "empty"], [["x|y", "line\nline", ""]], title="T")


def test_what_is_drawn_is_written_as_markdown() -> None:
    page = Page()
    draw(page)
    assert painted(page) == (
        "# A \\[title] (note)\n\n**- not a list**\n\n- one\n  - two\\\n    lines\n- plain **bold** \\*plain\\*\n\n"
        "1. first\n2. second\n- label: value\n- \\[1] cited\n\n**T**\n\n"
        "| a | b |\n| --- | --- |\n| x\\|y | line<br>line |\n"
    )
    assert painted(Page()) == ""


@pytest.mark.parametrize("text", ["# x", "> x", "+ x", "<b>", "`x`", "a_b"])
def test_markup_in_data_is_data(text: str) -> None:
    page = Page()
    page.line(text)
    assert painted(page).startswith(("\\", "a\\_"))
