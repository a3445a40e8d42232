"""How text looks: each style by what it says, with a colour that is readable on white and on black paper alike.

Colours are of the 256 that terminals share and no theme changes. A test computes that each has a contrast of at least
4.5 to 1 on both grounds, which few have.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from monocli.records.record import Record

Style: TypeAlias = Literal[
    "", "bold", "italic", "dim", "title", "avoid", "adjust", "monitor", "note", "error", "warning", "match", "number"
]
_STEPS = (0, 95, 135, 175, 215, 255)
"""Red, green and blue of the cube of 6 × 6 × 6 colours, which stand at 16 to 231; greys follow."""
_CUBE, _GREYS = 16, 232
_PURPLE, _BROWN, _BLUE, _GREEN, _GREY = 163, 131, 63, 29, 243


class Look(Record):
    """A colour by its number among the 256, and what else tells the text from its neighbours."""

    colour: int | None = None
    bold: bool = False
    italic: bool = False
    underline: bool = False


LOOKS: dict[Style, Look] = {
    "bold": Look(bold=True),
    "italic": Look(italic=True),
    "dim": Look(_GREY),
    "title": Look(bold=True, underline=True),
    "avoid": Look(_PURPLE, bold=True),
    "adjust": Look(_BROWN, bold=True),
    "monitor": Look(_BLUE, bold=True),
    "note": Look(bold=True),
    "error": Look(_PURPLE, bold=True),
    "warning": Look(_BROWN, bold=True),
    "match": Look(_BROWN, bold=True),
    "number": Look(_GREEN),
}


def rgb(colour: int) -> tuple[int, int, int]:
    """Red, green and blue of one of the colours above 15, each from 0 to 255."""
    if colour >= _GREYS:
        return (8 + 10 * (colour - _GREYS),) * 3
    place = colour - _CUBE
    return _STEPS[place // 36], _STEPS[place // 6 % 6], _STEPS[place % 6]
