"""The matrix of a list of drugs, readable without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.render.actions import ACTIONS, is_taken, names_of

if TYPE_CHECKING:
    from monocli.records.output.interactions import Interactions
    from monocli.render.page import Page
    from monocli.render.palette import Style

_NOTHING = "·"


def matrix(data: Interactions, page: Page) -> None:
    """Drug by drug, the worst action of each pair as a word; a lower-case word stands for a note alone."""
    ids = list(dict.fromkeys(drug["id"] for drug in data["drugs"] if drug["id"] and is_taken(drug)))
    names = names_of(data)
    cells = {tuple(note["between"]): str(note["kind"]) for note in data["notes"]}
    cells |= {tuple(pair["between"]): ACTIONS[pair["action"]] for pair in data["pairs"]}
    page.gap()
    columns = ["", *(str(number) for number in range(1, len(ids)))]
    rows = []
    for number, drug_id in enumerate(ids, 1):
        row = [cells.get(tuple(sorted((drug_id, other))), _NOTHING) for other in ids[: number - 1]]
        rows.append([f"{number} {names[drug_id]}", *row, *[""] * (len(ids) - 1 - len(row))])
    styles: dict[str, Style] = {word: action for action, word in ACTIONS.items()}
    page.table(columns, [[page.text(cell, styles.get(cell, "")) for cell in row] for row in rows], title="Drug by drug")
    shown = {cell for row in rows for cell in row[1:]}
    if _NOTHING in shown:
        page.line(f'"{_NOTHING}": nothing recorded, which is not proof of safety.')
    if any(cell.islower() for cell in shown):
        page.line("A word in small letters: a note only, no finding.")
