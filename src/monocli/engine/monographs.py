"""Reading a monograph: which section is meant, and what its literature is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, cast

from monocli.engine.answers import Answer, Note, Refusal
from monocli.engine.cited import kept, later_notes
from monocli.engine.inputs import ask
from monocli.engine.names import normalise, visible

if TYPE_CHECKING:
    from monocli.records.library import Word
    from monocli.records.monograph import MonographFile, Pointer, Section, Statement
    from monocli.records.output.lookups import (
        EffectGroup,
        GroupedEffect,
        ListedReference,
        Show,
        ShownReference,
        ShownSection,
    )
    from monocli.records.words import Grouping

Fold = Callable[[str], str]
"""Makes of a text the words by which titles are compared."""


def show(
    monograph: MonographFile,
    wanted: Sequence[str],
    standard: Sequence[Word],
    fold: Fold,
    by: Grouping | None = None,
) -> Answer[Show] | Refusal:
    """`data` of `mono show`: the sections that are wanted, or all; with `by`, the adverse effects in them grouped.

    `standard` are the standard sections of the vocabulary; one of them that these pages do not hold for this drug is
    refused as `section-not-in-source`, any other unknown section as `unknown-section` with the ones there are. Where
    several sections are wanted and one is missing, nothing is left out in silence: the rest is shown and the answer is
    partial. Words that together name one section (`renal impairment`, typed without quotes) are taken together.
    """
    if len(wanted) > 1:
        together = find_sections(monograph, " ".join(wanted), standard, fold)
        if not isinstance(together, Refusal) or together.code == "section-not-in-source":
            wanted = [" ".join(wanted)]
    chosen: list[Section] = []
    refusals: list[Refusal] = []
    for query in wanted:
        named = find_sections(monograph, query, standard, fold)
        if isinstance(named, Refusal):
            refusals.append(named)
        else:
            chosen += [section for section in named if section not in chosen]
    if refusals and not chosen:
        return refusals[0] if len(refusals) == 1 else _joined(refusals)
    sections = chosen if wanted else monograph.get("sections", [])
    data: Show = {
        "monograph": monograph["id"],
        "title": monograph["title"],
        "sections": [_shown(section) for section in sections],
    }
    if not wanted:
        data["pointers"] = monograph.get("pointers", [])
        data["not_in_source"] = monograph.get("not_in_source", [])
    if by is not None:
        data["groups"] = effect_groups(sections, by)
        if not data["groups"]:
            return Refusal("nothing-found", f"these sections of {monograph['title']} name no adverse effects to group")
    return Answer(data, tuple(_notes(sections)), tuple(refusals))


def _joined(refusals: list[Refusal]) -> Refusal:
    first = refusals[0]
    return Refusal(first.code, "; ".join(r.message for r in refusals), first.hint, first.suggestions, first.kind)


def find_sections(
    monograph: MonographFile, query: str, standard: Sequence[Word], fold: Fold
) -> list[Section] | Refusal:
    """The sections that an id, a title or plain words of a title name; of nested ones the outermost. A section of one
    source hides none of another: what the query names is looked for in each, that of the monograph first."""
    key = fold(query)
    words = set(key.split())
    if not words:
        return _unknown(monograph, query)
    meant = next((s for s in standard if key in _standard_names(s, fold)), None)
    by_source: dict[str, list[Section]] = {monograph.get("source", ""): []}
    for section in walk(monograph):
        by_source.setdefault(section["source"], []).append(section)
    first, *others = (_named_in(sections, key, meant, fold) for sections in by_source.values())
    if not first and (pointer := _pointer_to(monograph, words, meant, fold)):
        first = [_pointer_section(monograph, pointer)]
    if named := _outermost([section for sections in (first, *others) for section in sections]):
        return named
    return _missing(monograph, meant) if meant is not None else _unknown(monograph, query)


def _pointer_to(monograph: MonographFile, words: set[str], meant: Word | None, fold: Fold) -> Pointer | None:
    """The pointer to a section of another monograph: of the standard section meant, else of these words."""
    names = _standard_names(meant, fold) if meant is not None else set()
    for pointer in monograph.get("pointers", []):
        title = fold(pointer["title"])
        if title in names or (meant is not None and pointer["section"] == meant["id"]):
            return pointer
        if meant is not None and _joins(pointer["title"], meant, fold):
            return pointer
        if meant is None and words <= set(title.split()):
            return pointer
    return None


def _named_in(sections: list[Section], key: str, meant: Word | None, fold: Fold) -> list[Section]:
    """Those of the sections that bear the key, else have its words in the title, else are the standard one meant, else
    have that one's words in the title."""
    if named := [s for s in sections if key in (fold(s["id"]), fold(s["title"]))]:
        return named
    if named := _outermost([s for s in sections if set(key.split()) <= set(fold(s["title"]).split())]):
        return named
    if meant is None:
        return []
    names = _standard_names(meant, fold)
    if named := [s for s in sections if fold(s["id"]) in names or fold(s["title"]) in names]:
        return named
    # Another word for a section ends where the section's own name ends, also in a title that joins it with another.
    return _outermost([s for s in sections if _joins(s["title"], meant, fold)])


def _joins(title: str, meant: Word, fold: Fold) -> bool:
    """Whether a title holds every word of a standard section's own name."""
    own = fold(meant.get("title") or meant.get("label") or meant["id"]).split()
    return set(own) <= set(fold(title).split())


def walk(monograph: MonographFile | Section) -> Iterator[Section]:
    """Every section at any depth, in print order."""
    for section in monograph.get("sections", []):
        yield section
        yield from walk(section)


def _outermost(sections: list[Section]) -> list[Section]:
    inner = [id(child) for section in sections for child in walk(section)]
    return [section for section in sections if id(section) not in inner]


def _standard_names(standard: Word, fold: Fold) -> set[str]:
    names = [standard["id"], standard.get("title", ""), standard.get("label", ""), *standard.get("aliases", [])]
    return {fold(name) for name in names if name}


def _missing(monograph: MonographFile, standard: Word) -> Refusal:
    """A standard section that is in none of the supplied pages."""
    title = standard.get("title") or standard.get("label") or standard["id"]
    missing = next((m for m in monograph.get("not_in_source", []) if m["section"] == standard["id"]), None)
    message = f"the supplied pages hold no section {title!r} for {monograph['title']}"
    message = f"{message}: {missing['note']}" if missing else message
    later = later_notes(missing.get("later", [])) if missing else ()
    return Refusal("section-not-in-source", message, hint=_sections_hint(monograph), notes=later)


def _unknown(monograph: MonographFile, query: str) -> Refusal:
    """The refusal of a section that there is not, with those there are, the most alike first."""
    from difflib import SequenceMatcher

    typed = normalise(query[:100])

    def likeness(section: Section) -> float:
        title = normalise(section["title"])
        return max(SequenceMatcher(None, typed, part).ratio() for part in (title, *title.split()))

    everything = sorted(walk(monograph), key=likeness, reverse=True)
    suggestions = tuple({"id": s["id"], "title": s["title"]} for s in everything)
    message = f"{monograph['title']} has no section {visible(query)!r}"
    return Refusal("unknown-section", message, hint=_sections_hint(monograph), suggestions=suggestions)


def _sections_hint(monograph: MonographFile) -> str:
    return f'"{ask("show")} {monograph["id"]}" lists the sections there are.'


def _pointer_section(monograph: MonographFile, pointer: Pointer) -> Section:
    return {
        "id": pointer["section"],
        "title": pointer["title"],
        "statements": [],
        "see": [
            {
                "text": f"the monograph of {pointer['monograph']}. {pointer['note']}",
                "supplied": True,
                "monograph": pointer["monograph"],
                "section": pointer["section"],
            }
        ],
        "source": monograph["source"],
    }


def _shown(section: Section) -> ShownSection:
    """A section with every key that JSON promises."""
    return {
        **section,
        "statements": [
            {**stated, "references": stated.get("references", []), "source": stated["source"]}
            for stated in section.get("statements", [])
        ],
        "references": _literature(section),
        "sections": [_shown(child) for child in section.get("sections", [])],
        "source": section["source"],
    }


def cited_numbers(section: Section) -> set[int]:
    """Numbers of the section's literature that one of its statements cites."""
    return {number for statement in section.get("statements", []) for number in statement.get("references", [])}


def _literature(section: Section) -> list[ShownReference]:
    """The references of a section, each with whether one of its statements cites it."""
    cited = cited_numbers(section)
    return [
        {**reference, "cited": reference["number"] in cited, "source": reference["source"]}
        for reference in section.get("references", [])
    ]


def _notes(sections: Iterable[Section]) -> Iterator[Note]:
    for section in sections:
        if section.get("subject"):
            yield Note("other-subject", f"{section['title']}: the printed text speaks of {section['subject']} here")


def references(monographs: Iterable[MonographFile]) -> list[ListedReference]:
    """Every reference of these monographs in print order, with where it stands and whether a statement cites it."""
    return [
        {"monograph": monograph["id"], "section": section["id"], "section_title": section["title"], **reference}
        for monograph in monographs
        for section in walk(monograph)
        for reference in _literature(section)
    ]


_NOT_STATED = "not stated"


def effect_groups(sections: Iterable[Section], by: Grouping) -> list[EffectGroup]:
    """The adverse effects that the statements of these sections name, grouped by body system, frequency word or deaths.

    Frequency words and words on deaths are the source's own; an effect without one stands under "not stated".
    `fatal_scope` is "group" where the source attaches deaths to several effects together.
    """
    groups: dict[str, list[GroupedEffect]] = {}
    for section in (inner for outer in sections for inner in (outer, *walk(outer))):
        for statement in section.get("statements", []):
            for effect in _effects_of(section, statement):
                label = _said(effect, by) or _NOT_STATED
                groups.setdefault(label, []).append(effect)
    return [{"by": by, "label": label, "effects": groups[label]} for label in sorted(groups, key=_NOT_STATED.__eq__)]


def _said(effect: GroupedEffect, by: Grouping) -> str | None:
    """What is said of an effect, of the kind that it is grouped by."""
    if by == "system":
        return effect["system"]
    return effect.get("frequency") if by == "frequency" else effect.get("fatal")


def _effects_of(section: Section, statement: Statement) -> Iterator[GroupedEffect]:
    """The effects that a statement names, each with what it says of them all."""
    shared = kept(statement, "frequency", "fatal", "fatal_scope", "source")
    shared |= {"section": section["id"], "references": statement.get("references", [])}
    effects = statement.get("effects", [])
    if "effect" in statement:
        effects = [{"effect": statement["effect"], "system": statement.get("system", _NOT_STATED)}, *effects]
    for effect in effects:
        yield cast("GroupedEffect", {**effect, **shared})
