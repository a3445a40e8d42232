"""Values with named fields."""

from __future__ import annotations

from typing import Any

import pytest

from monocli.records.record import Record


class Point(Record):
    """A place."""

    x: int
    y: int
    label: str = ""

    @property
    def sum(self) -> int:
        return self.x + self.y


class Marked(Point):
    """A place with a mark."""

    mark: str = "*"


@pytest.mark.parametrize(
    "point", [Point(1, 2, "a"), Point(1, 2, label="a"), Point(1, y=2, label="a"), Point(x=1, y=2, label="a")]
)
def test_fields_are_given_in_their_order_or_by_name(point: Point) -> None:
    assert (point.x, point.y, point.label, point.sum) == (1, 2, "a", 3)


def test_a_field_with_a_default_may_be_left_out() -> None:
    assert Point(1, 2).label == ""
    assert Marked(1, 2, "a") == Marked(1, 2, "a", "*")


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((1,), {}),
        ((), {"x": 1}),
        ((1, 2, "a", 4), {}),
        ((1, 2), {"z": 3}),
        ((1, 2), {"x": 3}),
        ((1, 2, "a"), {"label": "b"}),
        ((1, 2, "a", 4), {"x": 1}),
        ((1,), {"label": "a"}),
    ],
    ids=str,
)
def test_a_field_that_is_missing_unknown_or_given_twice_is_an_error(values: Any, named: Any) -> None:
    with pytest.raises(TypeError, match="Point takes x, y, label"):
        Point(*values, **named)


def test_records_are_equal_where_class_and_fields_are() -> None:
    assert Point(1, 2) == Point(1, 2, "")
    assert Point(1, 2) != Point(1, 3)
    assert Point(1, 2) != Marked(1, 2)
    assert Point(1, 2) != (1, 2, "")
    assert len({Point(1, 2), Point(y=2, x=1), Point(2, 1)}) == 2


def test_replacing_gives_another_and_leaves_the_first() -> None:
    first = Point(1, 2, "a")
    assert first.replaced(y=5) == Point(1, 5, "a")
    assert Point(1, 2).replaced(label="b") == Point(1, 2, "b")
    assert first == Point(1, 2, "a")
    with pytest.raises(TypeError):
        first.replaced(z=1)


def test_a_record_is_not_changed() -> None:
    with pytest.raises(AttributeError, match="Point is a value: its x cannot be changed"):
        Point(1, 2).x = 3  # type: ignore[misc]


def test_a_record_shows_its_fields() -> None:
    assert repr(Marked(1, 2)) == "Marked(x=1, y=2, label='', mark='*')"
