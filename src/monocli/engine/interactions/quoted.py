"""What a sentence of a label says of a drug, as a finding of level "label"; what it denies, as a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.interactions.ordering import NOT_STATED

if TYPE_CHECKING:
    from monocli.engine.interactions.book import Drug
    from monocli.engine.labels.quoting import Mention
    from monocli.records.labels import LabelCard
    from monocli.records.output.common import EditionRef
    from monocli.records.output.interactions import ByClass, Finding, LabelQuoted, PairNote


class Quoted:
    """A sentence of the label of one drug, the owner, that names another, the partner."""

    __slots__ = ("card", "mention", "owner", "partner", "source")

    def __init__(self, card: LabelCard, mention: Mention, owner: Drug, partner: Drug, source: str) -> None:
        self.card, self.mention, self.owner, self.partner, self.source = card, mention, owner, partner, source


def as_finding(quoted: Quoted) -> Finding:
    """A finding whose words are those of the label."""
    classes = _classes(quoted)
    finding: Finding = {
        "between": _pair(quoted),
        "affected": None,
        "direction": "other",
        "effect": NOT_STATED,
        "mechanism": None,
        "level": "label",
        "action": quoted.mention.action,
        "source_level": None,
        "statement": f"{_whose(quoted)} names {_named(quoted)}.",
        "management": None,
        "conditions": [],
        "references": [],
        "sources": _sources(quoted, classes),
        "quote": quoted.mention.quote,
        "label": _label(quoted),
    }
    if classes:
        finding["classes"] = classes
    return finding


def as_note(quoted: Quoted) -> PairNote:
    """What the label says in order to deny it."""
    denial = quoted.mention.negation or ""
    return {
        "between": _pair(quoted),
        "kind": "denied",
        "statement": f"{_whose(quoted)} names {_named(quoted)} with the words {denial!r}.",
        "conditions": [],
        "references": [],
        "sources": _sources(quoted, _classes(quoted)),
        "quote": quoted.mention.quote,
        "denial": denial,
        "label": _label(quoted),
    }


def _pair(quoted: Quoted) -> list[str]:
    return sorted((quoted.owner.id, quoted.partner.id))


def _whose(quoted: Quoted) -> str:
    return f"The label of {quoted.card['title']}"


def _named(quoted: Quoted) -> str:
    mention = quoted.mention
    classed = f" as one of {mention.name}" if mention.class_id else ""
    return f"{quoted.partner.name}{classed} under {_heading(quoted)}"


def _heading(quoted: Quoted) -> str:
    part = quoted.mention.part
    return " ".join(text for text in (part.number, part.title) if text)


def _classes(quoted: Quoted) -> list[ByClass]:
    """The class by which the partner is named, and who lists it there."""
    id = quoted.mention.class_id
    if id is None:
        return []
    held = quoted.partner.memberships.get(id, [])
    steps = held[0]["by"] if held else []
    name = next((step["name"] for step in steps if step["class"] == id), quoted.mention.name)
    return [{"drug": quoted.partner.id, "id": id, "name": name, "by": steps}]


def _sources(quoted: Quoted, classes: list[ByClass]) -> list[EditionRef]:
    card = quoted.card
    own: EditionRef = {
        "source": quoted.source,
        "edition": f"{card['title']}, set id {card['set_id']}, version {card['version']} of {card['effective']}",
        "section": _heading(quoted),
    }
    listing = dict.fromkeys(step["source"] for group in classes for step in group["by"])
    return [own, *({"source": source} for source in listing if source)]  # type: ignore[list-item]


def _label(quoted: Quoted) -> LabelQuoted:
    card, part = quoted.card, quoted.mention.part
    return {
        "set_id": card["set_id"],
        "version": card["version"],
        "title": card["title"],
        "effective": card["effective"],
        "labeler": card["labeler"],
        "of": quoted.owner.id,
        "section": part.kind,
        "number": part.number,
        "named": quoted.mention.name,
        "heading": part.title,
        "from_table": quoted.mention.from_table,
    }
