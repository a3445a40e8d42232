"""Every colour can be read on white and on black, and none says anything that words do not."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from conftest import Run
from monocli.render.palette import LOOKS, Style, rgb

LEAST = 4.5
"""WCAG 2, level AA, for text of any size."""
SIGNS = {"■": "X", "▲": "!", "●": "o", "○": "i"}


def luminance(red: int, green: int, blue: int) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [part / 255 for part in (red, green, blue)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: float, other: float) -> float:
    lighter, darker = max(one, other), min(one, other)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colour", sorted({look.colour for look in LOOKS.values() if look.colour is not None}))
def test_a_colour_is_readable_on_white_and_on_black(colour: int) -> None:
    shade = luminance(*rgb(colour))
    assert contrast(shade, luminance(255, 255, 255)) >= LEAST
    assert contrast(shade, luminance(0, 0, 0)) >= LEAST


def test_colours_are_those_of_the_terminals() -> None:
    assert [rgb(colour) for colour in (16, 196, 231, 232, 255)] == [
        (0, 0, 0),
        (255, 0, 0),
        (255, 255, 255),
        (8, 8, 8),
        (238, 238, 238),
    ]


def test_every_style_has_a_look() -> None:
    assert set(LOOKS) == set(get_args(Style)) - {""}


def test_signs_have_a_form_in_ascii(run: Run) -> None:
    names = ("warfarin", "amiodarone", "sertraline", "tramadol", "ibuprofen")
    drawn = run("interactions", *names, "--notes").stdout
    plain = run("interactions", *names, "--notes", encoding="ascii").stdout
    for sign, form in SIGNS.items():
        assert drawn.count(f"{sign} ") == sum(line.startswith(f"{form} ") for line in plain.splitlines())
    assert plain.isascii()


def test_without_colour_the_words_are_the_same(run: Run) -> None:
    line = ("dose", "imatinib", "-i", "gist")
    coloured = run(*line, "--color", "always").stdout
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == run(*line, "--color", "never").stdout
