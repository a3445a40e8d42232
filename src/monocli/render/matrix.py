"""The matrix of a list of drugs, readable without colour."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from monocli.render.actions import ACTIONS, names_of, place

if TYPE_CHECKING:
    from monocli.render.page import Page

_NOTHING = "·"


def matrix(data: dict[str, Any], page: Page) -> None:
    """Drug by drug, the worst action of each pair as a word, in brackets where another source alone asks for it; a
    lower-case word stands for a note alone.
    """
    ids = list(dict.fromkeys(drug["id"] for drug in data["drugs"] if drug["id"]))
    names = names_of(data)
    cells = _cells(data)
    page.gap()
    columns = ["", *(str(number) for number in range(1, len(ids)))]
    rows = []
    for number, drug_id in enumerate(ids, 1):
        row = [cells.get(tuple(sorted((drug_id, other))), _NOTHING) for other in ids[: number - 1]]
        rows.append([f"{number} {names[drug_id]}", *row, *[""] * (len(ids) - 1 - len(row))])
    page.table(columns, rows, title="Drug by drug")
    shown = {cell for row in rows for cell in row[1:]}
    if _NOTHING in shown:
        page.line(f'"{_NOTHING}": nothing recorded, which is not proof of safety.')
    if any("(" in cell for cell in shown):
        page.line("In brackets: what another source asks for.")
    if any(cell.islower() for cell in shown):
        page.line("A word in small letters: a note only, no finding.")


def _cells(data: dict[str, Any]) -> dict[tuple[str, ...], str]:
    """What stands in the matrix for each pair."""
    cells = {_pair(note): note["kind"] for note in data["notes"]}
    own = _worst_of((_pair(finding), finding) for finding in data["interactions"])
    beside = [(_pair(finding), also) for finding in data["interactions"] for also in finding.get("also", [])]
    others = _worst_of([*beside, *((_pair(note), note) for note in data["notes"] if "action" in note)])
    for pair in {**own, **others}:
        recorded, elsewhere = own.get(pair, {}), others.get(pair, {})
        words = [ACTIONS[recorded["action"]]] if recorded else []
        if place(elsewhere) < place(recorded):
            words.append(f"({ACTIONS[elsewhere['action']]})")
        cells[pair] = " ".join(words)
    return cells


def _pair(item: dict[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(item["between"]))


def _worst_of(stated: Iterable[tuple[tuple[str, ...], dict[str, Any]]]) -> dict[tuple[str, ...], dict[str, Any]]:
    """What asks for the worst action, pair by pair."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for pair, item in stated:
        if place(item) < place(found.get(pair, {})):
            found[pair] = item
    return found
