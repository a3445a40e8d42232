"""A number is not parted from its unit, nor from the rest of its digits, where text folds."""

from __future__ import annotations

import io
import re

import pytest

from conftest import Run
from monocli.render.page import Page
from monocli.render.terminal import Terminal

APART = re.compile(r"[0-9]\n\s*(?:mg|mL|microgram|MIU|million|units|%|[0-9]{3}\b)")
PHRASES = (
    "3 × 100 / mg",
    "33 800 units/mL",
    "18 million IU",
    "1.1 mg",
    "40 mL/min",
    "260 mg/m²",
    "12 months",
    "2.5 times",
)


def drawn(width: int, draw: str, text: str) -> str:
    """A text as a page of this width shows it."""
    stream = io.StringIO()
    page = Page()
    if draw == "table":
        page.table(["what", "how much"], [["x", text], ["y", text]])
    else:
        getattr(page, draw)([("label", text)] if draw == "pairs" else [text] if draw == "bullets" else text)
    Terminal(stream, {"COLUMNS": str(width)}, "never", may_page=False).show(page)
    return stream.getvalue()


@pytest.mark.parametrize("draw", ["line", "bullets", "pairs", "table"])
@pytest.mark.parametrize("phrase", PHRASES)
def test_a_number_stays_with_its_unit(draw: str, phrase: str) -> None:
    bound = phrase.rpartition(" / ")[0] or phrase
    for width in range(36, 76):
        shown = drawn(width, draw, "a dose of as many words as fit before it " + phrase + " and some words after it")
        assert bound.split(" × ")[-1] in shown
        assert " ".join(shown.split()).isprintable()
        assert "\ue000" not in shown


@pytest.mark.parametrize(
    "line",
    [
        "units 5 mg --of aldesleukin --explain",
        "units 33,800 units/mL",
        "dose imatinib -i gist --explain",
        "dose imatinib -i cml-chronic --population child --region uk --bsa 0.7 --explain",
        "show imatinib --all",
        "show aldesleukin --all",
        "compat aldesleukin --diluent glucose --concentration 45microgram/mL",
    ],
)
def test_at_sixty_columns(run: Run, line: str) -> None:
    assert not APART.findall(run(*line.split(), env={"COLUMNS": "60"}).stdout)


def test_what_was_typed_holds_no_joint(run: Run) -> None:
    assert "\ufffd" in run("lookup", "5\ue000mg", "--format", "table").stderr
