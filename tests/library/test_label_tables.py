"""Tables of labels as grids."""

from __future__ import annotations

import pytest

import label_records
from monocli.library.labels.faults import UnreadableLabel
from monocli.library.labels.tables import grid_of


def test_spans_fill_the_grid_and_notes_stand_apart() -> None:
    grid = grid_of(label_records.TABLE)
    assert grid["caption"] == "Table 1: Doses nobody takes"
    assert grid["header_rows"] == 1
    assert grid["rows"] == [
        ["Weight", "Dose a"],
        ["Children", "Children"],
        ["10 to 20 kg", "50 mg"],
        ["Over 20 kg", "100 mg"],
        ["Over 20 kg", "or 8 2 mg"],
    ]
    assert grid["notes"] == [{"mark": "a", "text": "a Whole tablets only."}]


def test_a_mark_is_no_digit_of_its_number() -> None:
    grid = grid_of("<table><tr><td>8<sup>2</sup></td><td>m<sup>2</sup></td></tr></table>")
    assert grid["rows"] == [["8 2", "m 2"]]


def test_a_note_in_a_cell_is_lifted_out_with_its_mark() -> None:
    cell = 'ritual<footnote ID="f1">With care</footnote>, habit<footnoteRef IDREF="f1"/>'
    grid = grid_of(f"<table><tbody><tr><td>{cell}</td></tr></tbody></table>")
    assert grid["rows"] == [["ritual [1] , habit [1]"]]
    assert grid["notes"] == [{"mark": "[1]", "text": "With care"}]


def test_spans_in_both_directions() -> None:
    grid = grid_of(
        "<table><thead><tr><th rowspan='2'>A</th><th colspan='2'>B</th></tr><tr><th>C</th><th>D</th></tr></thead>"
        "<tbody><tr><td colspan='2' rowspan='2'>x</td><td>1</td></tr><tr><td>2</td></tr>"
        "<tr><td>y</td><td>z</td><td>3</td></tr></tbody></table>"
    )
    assert grid["header_rows"] == 2
    assert grid["rows"] == [["A", "B", "B"], ["A", "C", "D"], ["x", "x", "1"], ["x", "x", "2"], ["y", "z", "3"]]


def test_headings_may_be_bold_in_several_pieces_and_a_group_heads_no_column() -> None:
    def row(*cells: str) -> str:
        return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"

    bold = '<content styleCode="bold">{}</content>'.format
    first = row(bold("Reaction"), bold("Zorvex") + " " + bold("(N = 9)") + "<sup>a</sup>", bold("Nothing"))
    second = row("", bold("%"), bold("%"))
    group = row(bold("Skin"), "", "")
    grid = grid_of(f"<table><tbody>{first}{second}{group}{row('Rash', '3', '1')}</tbody></table>")
    assert (grid["header_rows"], grid["rows"][2][0]) == (2, "Skin")
    partly = row(bold("Reaction") + " of anyone", bold("Zorvex"))
    assert grid_of(f"<table>{partly}{row('Rash', '3')}</table>")["header_rows"] == 0


def test_a_missing_picture_is_told() -> None:
    assert grid_of("<table><tr><td><renderMultiMedia/></td></tr></table>")["figures_missing"] == 1


def test_three_thousand_cells_that_span_are_laid_out() -> None:
    rows = "".join(
        f'<tr><td rowspan="2">{n}</td><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr>' for n in range(1500)
    )
    assert len(grid_of(f"<table>{rows}</table>")["rows"]) == 3000


@pytest.mark.parametrize("cell", ['<td colspan="3000">x</td>', '<td colspan="200" rowspan="999999">x</td>' * 2])
def test_a_span_beyond_any_page_is_refused(cell: str) -> None:
    with pytest.raises(UnreadableLabel, match="too large"):
        grid_of(f"<table><tr>{cell}</tr></table>")


@pytest.mark.parametrize("markup", ["<table><tr>", "no table", "<!DOCTYPE t [<!ENTITY a 'b'>]><table/>"])
def test_what_is_no_table_is_refused(markup: str) -> None:
    with pytest.raises(UnreadableLabel):
        grid_of(markup)
