"""A section of a label as it is read: a tree of texts, before it is laid out for the pack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

UNCLASSIFIED = "spl_unclassified_section"


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


def squeezed(text: str) -> str:
    """The text with one blank for every run of space."""
    if text.isascii() and "  " not in text and text.isprintable() and text == text.strip():
        return text
    return " ".join(text.split())


def walk(nodes: Sequence[SectionNode]) -> Iterator[SectionNode]:
    """All sections in reading order, each before its sub-sections."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def named_after_parents(nodes: Sequence[SectionNode], parent: str = "") -> None:
    """Give sub-sections that are no field of openFDA the id of their section with their number."""
    for node in nodes:
        if not node.id:
            node.id = f"{parent}/{node.number}"
        named_after_parents(node.children, node.id)
