"""From the texts of a record to its sections, each once: a sub-section that stands in its parent as well is taken out
of it, a table that stands in the text as a run of cells too, and what a label numbers itself is cut at its numbers.

openFDA flattens a label: the text of a section holds that of its sub-sections, which may be fields of their own
besides; one field may hold several pieces, and a piece may belong under another section than its field says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from monocli.library.labels.nodes import UNCLASSIFIED, SectionNode, squeezed, walk
from monocli.library.labels.pieces import FieldPiece, flattened, nested, place_tables

if TYPE_CHECKING:
    from monocli.library.labels.section_kinds import Catalogue

_BEGINNING = 8
_SHORTEST_TWICE, _LONGEST_TWICE = 8, 300
_AFTER_POINT = r"\.\d{1,2}(?= [A-Z])"
"""What makes a chapter's number that of a heading in it: a reference stands in brackets, an amount before a unit."""


def sections_of(fields: Mapping[str, Sequence[str]], catalogue: Catalogue) -> list[SectionNode]:
    """The sections of an openFDA record, in the order of the format. Fields named `X_table` hold the tables of X."""
    pieces = [
        FieldPiece(name, squeezed(text))
        for name, texts in fields.items()
        if not name.endswith("_table") or name.removesuffix("_table") not in fields
        for text in texts
    ]
    top = nested(pieces)
    place_tables(pieces, fields)
    for piece in pieces:
        piece.tables = list(dict.fromkeys(piece.tables))
    nodes = [_node(piece, catalogue) for piece in top]
    nodes = _under_their_numbers(nodes, catalogue)
    last = len(catalogue.order)
    return sorted(
        nodes, key=lambda node: (catalogue.order.get(node.id, last), node.number != catalogue.number(node.id))
    )


def _node(piece: FieldPiece, catalogue: Catalogue, around: str = "") -> SectionNode:
    """The section of a piece; `around` is the field of the one that it stands in."""
    number, title, text = catalogue.headed(piece.name, once_at_start(piece.text))
    # What was cut from the start is no part of any part: they are counted from the end.
    moved = len(piece.text) - len(text)
    if piece.name == around and not moved:
        # A piece of a section that bears no heading of its own: that of its kind is that of the section.
        title = ""
    node = SectionNode(piece.name, catalogue.loinc(piece.name), number, title)
    parts = sorted(
        (max(start - moved, 0), end - moved, part) for start, end, part in _apart(piece.parts) if end > moved
    )
    inner = [(start, end, _node(part, catalogue, piece.name)) for start, end, part in parts]
    node.text, node.children = _cut(text, number, inner, catalogue)
    _settle(node, piece.tables)
    return node


def _apart(parts: Sequence[tuple[int, int, FieldPiece]]) -> Iterator[tuple[int, int, FieldPiece]]:
    """The parts in their order; one that overlaps with one before it is left in the text."""
    last = 0
    for start, end, part in sorted(parts, key=lambda item: (item[0], -item[1])):
        if start >= last:
            yield start, end, part
            last = end


def once_at_start(text: str) -> str:
    """The text without a heading that stands twice at its start."""
    first = text[:_SHORTEST_TWICE]
    again = text.find(f" {first}", _SHORTEST_TWICE, _LONGEST_TWICE)
    if again > 0 and len(first) == _SHORTEST_TWICE:
        said = text[: again + 1]
        if text.startswith(said, again + 1) or text[again + 1 :] == said.strip():
            return text[again + 1 :]
    return text


def _settle(node: SectionNode, tables: Sequence[str]) -> None:
    """Give each table to the section whose own text holds its cells, one after the other, and take them out of it; a
    mark says where it stood. One that is found in none stays with the whole."""
    parts = list(walk([node])) if tables else []
    for markup in tables:
        flat = flattened(markup)
        found = next(((part, start) for part in parts if flat and (start := part.text.find(flat)) >= 0), None)
        holder, (start, end) = (found[0], (found[1], found[1] + len(flat))) if found else _found_in(parts, flat)
        holder.tables.append(markup)
        if end > start:
            mark = f"[table {len(holder.tables)}]"
            holder.text = f"{holder.text[:start].rstrip()} {mark} {holder.text[end:].lstrip()}".strip()


def _found_in(parts: Sequence[SectionNode], flat: str) -> tuple[SectionNode, tuple[int, int]]:
    """The section that holds a table in words that are parted otherwise, and where; else the first, and nowhere."""
    for part in parts:
        if flat[:_BEGINNING] in part.text and (place := _found_apart(part.text, flat))[1]:
            return part, place
    return parts[0], (0, 0)


def _found_apart(text: str, flat: str) -> tuple[int, int]:
    """Where a table stands in a text that parts its words otherwise; (0, 0) where it does not."""
    dense = flat.replace(" ", "")
    start = text.replace(" ", "").find(dense) if dense else -1
    if start < 0:
        return 0, 0
    letters = [place for place, character in enumerate(text) if character != " "]
    return letters[start], letters[start + len(dense) - 1] + 1


def _cut(
    text: str, number: str | None, parts: Sequence[tuple[int, int, SectionNode]], catalogue: Catalogue
) -> tuple[str, list[SectionNode]]:
    """The text before the first sub-section, and the sub-sections in their order: the parts, and what stands between
    them, cut where the label numbers it."""
    heads = _numbered_heads(text, number, parts)
    nodes: list[SectionNode] = []
    own: list[str] = []
    at = 0
    places = [*parts, *((start, start + len(head), SectionNode("", number=head)) for start, head in heads)]
    for start, end, node in sorted(places, key=lambda item: item[:2]):
        _append(text[at:start], own, nodes, catalogue)
        nodes.append(node)
        at = end
    _append(text[at:], own, nodes, catalogue)
    return " ".join(own), nodes


def _append(text: str, own: list[str], nodes: list[SectionNode], catalogue: Catalogue) -> None:
    """Text before any sub-section is the section's own; the numbered sub-section that was begun last takes what stands
    after its number; what stands after a part is a sub-section without a code."""
    text = text.strip()
    if not text:
        return
    if not nodes:
        own.append(text)
    elif nodes[-1].id:
        nodes.append(SectionNode(UNCLASSIFIED, catalogue.loinc(UNCLASSIFIED), text=text))
    else:
        nodes[-1].text = f"{nodes[-1].text} {text}".lstrip()


def _numbered_heads(
    text: str, number: str | None, parts: Sequence[tuple[int, int, SectionNode]]
) -> list[tuple[int, str]]:
    """Where sub-sections begin, with their numbers, that are numbered and no fields of their own.

    Only where the numbers that stand in the text run on from 1 without a gap, those of parts counted; a number right
    behind a part may leave one out, as the format once did.
    """
    if number is None or "." in number:
        return []
    inside = [(start, end) for start, end, _ in parts]
    ends = {end for _, end in inside}
    found = [
        (match.start(), match[0][1:])
        for match in re.finditer(f" {number}{_AFTER_POINT}", f" {text}")
        if not any(start <= match.start() < end for start, end in inside)
    ]
    begun = [(start, part.number) for start, _, part in parts if part.number and part.number.startswith(f"{number}.")]
    last = 0
    for start, numbered in sorted([*found, *begun]):
        this = int(numbered.partition(".")[2])
        after_part = any(0 <= start - end <= 1 for end in ends)
        if this != last + 1 and not (this > last and (after_part or (start, numbered) in begun)):
            return []
        last = this
    return found


def _under_their_numbers(nodes: Sequence[SectionNode], catalogue: Catalogue) -> list[SectionNode]:
    """A piece that bears the number of a sub-section of another section is put there; without such a section it
    stays."""
    chapters = {node.number: node for node in nodes if node.number and "." not in node.number}
    kept = []
    for node in nodes:
        number = node.number or ""
        chapter = chapters.get(number.partition(".")[0]) if "." in number else None
        own = (catalogue.number(node.id) or "").partition(".")[0]
        if chapter is not None and chapter is not node and chapter.number != own:
            chapter.children.append(node)
        else:
            kept.append(node)
    return kept
