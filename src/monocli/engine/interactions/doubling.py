"""The same twice in one list: one drug under two names, a part of two products, two drugs of one class.

No source says what to do about it. The table of the library, which is ours and named so, tells what is worth a question
(`monitor`) from what is usual (`note`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from monocli.engine.interactions.findings import initial
from monocli.engine.names import visible

if TYPE_CHECKING:
    from monocli.engine.interactions.book import Drug, InteractionBook
    from monocli.records.interactions import ClassMembership
    from monocli.records.output.common import EditionRef
    from monocli.records.output.interactions import ByClass, Finding
    from monocli.records.resolution import Resolution
    from monocli.records.words import Action

_CHECK = "Check that both are meant."
_USUAL = "Two of them are often given together."
_LOCAL = "One of them is in a form that acts where it is applied."


def lines_of(mentions: Sequence[Resolution]) -> list[int]:
    """For each mention the line of the list that it stands in. The parts of one product stand in one line."""
    lines: list[int] = []
    held: set[str | None] = set()
    for place, mention in enumerate(mentions):
        before = mentions[place - 1] if place else None
        goes_on = (
            before is not None
            and "part_of" in mention
            and (mention["query"], mention["part_of"]) == (before["query"], before.get("part_of"))
            and mention["id"] not in held
        )
        held = {*held, mention["id"]} if goes_on else {mention["id"]}
        lines.append(lines[-1] if goes_on else len(lines))
    return lines


def products_of(mentions: Sequence[Resolution]) -> dict[str, set[int | None]]:
    """For each drug the lines of the products that the list names it as a part of, and None where it stands by
    itself."""
    by_id: dict[str, set[int | None]] = {}
    for mention, line in zip(mentions, lines_of(mentions), strict=True):
        if mention["id"] is not None:
            by_id.setdefault(mention["id"], set()).add(line if "part_of" in mention else None)
    return by_id


def of_one_product(one: set[int | None], other: set[int | None]) -> bool:
    """Whether two drugs are together in one product only, which is no pair; that one of them stands in the list once
    more is the same twice. Those of two products are a pair, also where both are the same combination."""
    return len(one - {None}) == 1 and one - {None} == other - {None} and None not in one & other


def same_drug_twice(book: InteractionBook, mentions: Sequence[Resolution]) -> list[Finding]:
    """A finding for every drug that the list names more than once."""
    by_id: dict[str, list[Resolution]] = {}
    for mention in mentions:
        if mention["id"] is not None:
            by_id.setdefault(mention["id"], []).append(mention)
    return [_named_twice(book, drug_id, same) for drug_id, same in by_id.items() if len(same) > 1]


def _named_twice(book: InteractionBook, id: str, same: list[Resolution]) -> Finding:
    names = ", ".join(f"“{visible(mention['query'])}”" for mention in same)
    matched = (mention["matched"] for mention in same if mention["matched"] is not None)
    sources: list[EditionRef] = [{"source": s} for s in dict.fromkeys(m["source"] for m in matched if m.get("source"))]
    statement = f"{names}: {len(same)} names in the list, one drug, {same[0]['title']}."
    routes = {mention.get("route") for mention in same}
    elsewhere = len(routes) > 1 and not routes <= {None, "systemic"}
    return _same_drug(book, [id, id], id, statement, sources, local=elsewhere)


def doubled_in_pair(book: InteractionBook, one: Drug, other: Drug, local: Collection[str]) -> Iterator[Finding]:
    """What two different drugs have in common: a part, or a class of which two in one list are told."""
    is_local = one.id in local or other.id in local
    names = {part.id: part.name for part in one.parts}
    for part_id in sorted({part.id for part in other.parts if part.id in names}):
        whole = [drug for drug in (one, other) if drug.id != part_id]
        containing = " and ".join(drug.name for drug in whole)
        said = f"{initial(containing)} {'both contain' if len(whole) > 1 else 'contains'} {names[part_id]}"
        sources: list[EditionRef] = [{"source": s} for s in dict.fromkeys(d.source for d in whole) if s]
        yield _same_drug(
            book, [one.id, other.id], part_id, f"{said}: the list holds it twice.", sources, local=is_local
        )
    for class_id in sorted(one.doubling.keys() & other.doubling.keys()):
        here, there = one.doubling[class_id], other.doubling[class_id]
        if here[0].id != there[0].id:
            counts = "local_forms" in book.doubled["classes"][class_id]
            yield _same_class(book, [one.id, other.id], class_id, (here, there), local=is_local and not counts)


def _same_drug(
    book: InteractionBook, pair: list[str], drug: str, statement: str, sources: list[EditionRef], *, local: bool
) -> Finding:
    table = book.doubled
    action: Action = table["drugs"].get(drug, table.get("same_drug", "note"))
    said = _LOCAL if local else _USUAL if drug in table["drugs"] and action == "note" else ""
    if drug in table["drugs"] or "same_drug" in table:
        sources = [{"source": table["source"]}, *sources]
    finding = _finding(pair, "the same drug twice", "note" if local else action, f"{statement} {said}".strip(), sources)
    return {**finding, "affected": drug}


def _same_class(
    book: InteractionBook,
    pair: list[str],
    class_id: str,
    members: Sequence[tuple[Drug, ClassMembership]],
    *,
    local: bool,
) -> Finding:
    entry = book.doubled["classes"][class_id]
    name = book.name_of(class_id)
    first, second = (part.name for part, _ in members)
    said = _LOCAL if local else _USUAL if entry["action"] == "note" else ""
    statement = f"{initial(first)} and {second} are of one class: {name}. {said}".strip()
    steps = (step["source"] for _, membership in members for step in membership["by"])
    own = entry.get("source", book.doubled["source"])
    sources: list[EditionRef] = [{"source": source} for source in dict.fromkeys((own, *steps)) if source]
    finding = _finding(pair, f"two of one class: {name}", "note" if local else entry["action"], statement, sources)
    classes: list[ByClass] = [
        {"drug": part.id, "id": class_id, "name": name, "by": membership["by"]} for part, membership in members
    ]
    return {**finding, "classes": classes}


def _finding(pair: list[str], effect: str, action: Action, statement: str, sources: list[EditionRef]) -> Finding:
    return {
        "between": pair,
        "affected": None,
        "direction": "other",
        "effect": effect,
        "mechanism": None,
        "level": "duplicate",
        "action": action,
        "source_level": None,
        "statement": statement,
        "management": None if action == "note" else _CHECK,
        "conditions": [],
        "references": [],
        "sources": sources,
    }
