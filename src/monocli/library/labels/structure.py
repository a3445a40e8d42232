"""From the texts of a record to its sections, each once: a sub-section that stands in its parent as well is taken out
of it, a table that stands in the text as a run of cells too, and what a label numbers itself is cut at its numbers.

openFDA flattens a label: the text of a section holds that of its sub-sections, which may be fields of their own
besides; one field may hold several pieces, and a piece may belong under another section than its field says.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monocli.records.labels import LabelSection, LabelsFile

UNCLASSIFIED = "spl_unclassified_section"
NO_PARENTS = frozenset(("package_label_principal_display_panel", "spl_product_data_elements", "recent_major_changes"))
"""Fields without sub-sections: that another text stands in theirs is chance."""
_SHORTEST_CHILD = 30
"""A shorter text stands in another by chance."""
_PROBE, _BEGINNING = 30, 8
_SHORTEST_TWICE, _LONGEST_TWICE = 8, 300
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"(\d(?: ?\d)?(?:\.\d{1,2})*)\.?\s+(?=\S)")
_AFTER_POINT = r"\.\d{1,2}(?= [A-Z])"
"""What makes a chapter's number that of a heading in it: a reference stands in brackets, an amount before a unit."""
_WORD = re.compile(r"[A-Z][A-Za-z’'-]{2,}")
_CAPITALS = re.compile(r"[A-Z]{3}|[A-Z][a-z]{3}")


@dataclass(slots=True)
class SectionNode:
    """A section with what is its own; what belongs to its sub-sections stands there."""

    id: str
    loinc: str | None = None
    number: str | None = None
    title: str = ""
    text: str = ""
    highlights: str = ""
    tables: list[str] = field(default_factory=list)
    """In the markup of SPL, in their order."""
    children: list[SectionNode] = field(default_factory=list)


@dataclass(slots=True)
class _Piece:
    """One text of a field, and which part of which other text it is."""

    name: str
    """Of the field."""
    text: str
    tables: list[str] = field(default_factory=list)
    parts: list[tuple[int, int, _Piece]] = field(default_factory=list)


class Catalogue:
    """The kinds of section, by field and by LOINC code."""

    def __init__(self, words: LabelsFile) -> None:
        sections = words["sections"]
        self.headings = words["headings"]
        self.titles = [section["title"] for section in sections]
        self.order = {section["id"]: place for place, section in enumerate(sections)}
        self.by_id: Mapping[str, LabelSection] = {section["id"]: section for section in sections}
        self.by_loinc: Mapping[str, LabelSection] = {section["loinc"]: section for section in sections}
        self._headings = {s["id"]: _heading_pattern([s["title"], *s.get("headings", [])]) for s in sections}
        self._by_number = {section["number"]: section["id"] for section in sections if "number" in section}

    def loinc(self, id: str) -> str | None:
        section = self.by_id.get(id)
        return section["loinc"] if section else None

    def title(self, id: str) -> str:
        """What a section is called; an unknown field by its own name."""
        section = self.by_id.get(id)
        return section["title"] if section else id.replace("_", " ").strip().capitalize()

    def number(self, id: str) -> str | None:
        """The number that the format gives it."""
        section = self.by_id.get(id)
        return section.get("number") if section else None

    def headed(self, id: str, text: str) -> tuple[str | None, str, str]:
        """(number, title, text) of a text that may begin with its number and its heading."""
        number, start = None, 0
        if (
            id not in NO_PARENTS
            and (match := _NUMBER.match(text))
            and self._is_number(id, match[1], text[match.end() :])
        ):
            number, start = match[1].replace(" ", ""), match.end()
        heading = self._headings.get(id)
        title = heading.match(text, start) if heading else None
        if title is None:
            # The number of a section of its own kind goes with its title; any other with what stands after it.
            return number, self.title(id) if number == self.number(id) or number is None else "", text[start:]
        return number, title[1], text[title.end() :].lstrip(" :-–—.")

    def _is_number(self, id: str, number: str, rest: str) -> bool:
        """Whether a text begins with the number of a section: the one of its kind, or one with a point in it, and not
        with an amount."""
        if "." in number:
            return bool(_WORD.match(rest))
        return number.replace(" ", "") == self.number(id) and bool(_CAPITALS.match(rest))


def _heading_pattern(titles: Sequence[str]) -> re.Pattern[str]:
    words = sorted(("[ ]+".join(map(re.escape, title.split())) for title in titles), key=len, reverse=True)
    return re.compile(rf"((?:{'|'.join(words)})S?)(?![\w-])(?=\W|$)", re.IGNORECASE)


def squeezed(text: str) -> str:
    """The text with one blank for every run of space."""
    if text.isascii() and "  " not in text and text.isprintable() and text == text.strip():
        return text
    return " ".join(text.split())


def sections_of(fields: Mapping[str, Sequence[str]], catalogue: Catalogue) -> list[SectionNode]:
    """The sections of an openFDA record, in the order of the format. Fields named `X_table` hold the tables of X."""
    pieces = [
        _Piece(name, squeezed(text))
        for name, texts in fields.items()
        if not name.endswith("_table") or name.removesuffix("_table") not in fields
        for text in texts
    ]
    top = _nested(pieces)
    _place_tables(pieces, fields)
    for piece in pieces:
        piece.tables = list(dict.fromkeys(piece.tables))
    nodes = [_node(piece, catalogue) for piece in top]
    nodes = _under_their_numbers(nodes, catalogue)
    last = len(catalogue.order)
    return sorted(
        nodes, key=lambda node: (catalogue.order.get(node.id, last), node.number != catalogue.number(node.id))
    )


def _nested(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The pieces that are no part of another; each of the others is entered as a part of the smallest that holds it."""
    by_length = sorted(pieces, key=lambda piece: len(piece.text))
    top = set(map(id, pieces))
    for place, piece in enumerate(by_length):
        if len(piece.text) < _SHORTEST_CHILD:
            continue
        for other in by_length[place + 1 :]:
            start = -1 if other.name in NO_PARENTS else _find(other.text, piece.text)
            if start >= 0 and _on_words(other.text, start, start + len(piece.text)):
                other.parts.append((start, start + len(piece.text), piece))
                top.discard(id(piece))
                break
    return [piece for piece in pieces if id(piece) in top]


def _find(text: str, part: str) -> int:
    """Where a long part stands in a text; -1 where it does not. Its beginning alone is looked for first, because most
    parts do not stand there."""
    start = text.find(part[:_PROBE])
    return start if start < 0 or text.startswith(part, start) else text.find(part, start + 1)


def _on_words(text: str, start: int, end: int) -> bool:
    before = start == 0 or not text[start - 1].isalnum()
    return before and (end == len(text) or not text[end].isalnum() or not text[end - 1].isalnum())


@lru_cache(maxsize=200)
def flattened(markup: str) -> str:
    """The text of a table as it stands in the text of its section."""
    return squeezed(html.unescape(_TAG.sub(" ", markup)))


def _place_tables(pieces: Sequence[_Piece], fields: Mapping[str, Sequence[str]]) -> None:
    """Give each table to the smallest piece whose text holds it, and take it out of that text; one that is found in
    none to the first piece of its field."""
    for name, texts in fields.items():
        owner = name.removesuffix("_table")
        if owner == name or owner not in fields:
            continue
        own = [piece for piece in pieces if piece.name == owner]
        for markup in texts:
            if not markup.strip():
                continue
            flat = flattened(markup)
            holder = _holder(own, flat)
            if holder is not None:
                holder.tables.append(markup)
            elif own and not any(markup in piece.tables for piece in pieces):
                own[0].tables.append(markup)


def _holder(own: Sequence[_Piece], flat: str) -> _Piece | None:
    """Of the pieces of a field, and of their parts, the smallest that holds this text."""
    for piece in own:
        if (start := piece.text.find(flat)) >= 0 and flat:
            inner = [part for begin, end, part in piece.parts if begin <= start and start + len(flat) <= end]
            return _holder(inner, flat) or piece
    return None


def _node(piece: _Piece, catalogue: Catalogue) -> SectionNode:
    number, title, text = catalogue.headed(piece.name, once_at_start(piece.text))
    node = SectionNode(piece.name, catalogue.loinc(piece.name), number, title)
    # What was cut from the start is no part of any part: they are counted from the end.
    moved = len(piece.text) - len(text)
    parts = sorted(
        (max(start - moved, 0), end - moved, part) for start, end, part in _apart(piece.parts) if end > moved
    )
    node.text, node.children = _cut(text, number, [(s, e, _node(part, catalogue)) for s, e, part in parts], catalogue)
    _settle(node, piece.tables)
    return node


def _apart(parts: Sequence[tuple[int, int, _Piece]]) -> Iterator[tuple[int, int, _Piece]]:
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
    parts = list(walk([node]))
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


def named_after_parents(nodes: Sequence[SectionNode], parent: str = "") -> None:
    """Give sub-sections that are no field of openFDA the id of their section with their number."""
    for node in nodes:
        if not node.id:
            node.id = f"{parent}/{node.number}"
        named_after_parents(node.children, node.id)


def walk(nodes: Sequence[SectionNode]) -> Iterator[SectionNode]:
    """All sections in reading order, each before its sub-sections."""
    for node in nodes:
        yield node
        yield from walk(node.children)
