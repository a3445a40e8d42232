"""Reading a monograph: which section is meant, and what its literature is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from monocli.engine.answers import Answer, Note, Refusal
from monocli.engine.cited import later_notes
from monocli.engine.inputs import ask
from monocli.engine.names import normalise, visible


def show(
    monograph: dict[str, Any],
    wanted: Sequence[str],
    standard: Sequence[dict[str, Any]],
    fold: Callable[[str], str],
    by: str | None = None,
) -> Answer[Any] | Refusal:
    """`data` of `mono show`: the sections that are wanted, or all; with `by`, the adverse effects in them grouped.

    `standard` are the standard sections of the vocabulary; one of them that these pages do not hold for this drug is
    refused as `section-not-in-source`, any other unknown section as `unknown-section` with the ones there are. Where
    several sections are wanted and one is missing, nothing is left out in silence: the rest is shown and the answer is
    partial. Words that together name one section (`renal impairment`, typed without quotes) are taken together. `fold`
    makes of a text the words by which titles are compared.
    """
    if len(wanted) > 1:
        together = find_sections(monograph, " ".join(wanted), standard, fold)
        if not isinstance(together, Refusal) or together.code == "section-not-in-source":
            wanted = [" ".join(wanted)]
    chosen: list[dict[str, Any]] = []
    refusals: list[Refusal] = []
    for query in wanted:
        found = find_sections(monograph, query, standard, fold)
        if isinstance(found, Refusal):
            refusals.append(found)
        else:
            chosen += [section for section in found if section not in chosen]
    if refusals and not chosen:
        return refusals[0] if len(refusals) == 1 else _joined(refusals)
    sections = chosen if wanted else monograph.get("sections", [])
    data = {
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
    monograph: dict[str, Any], query: str, standard: Sequence[dict[str, Any]], fold: Callable[[str], str]
) -> list[dict[str, Any]] | Refusal:
    """The sections that an id, a title or plain words of a title name; of nested ones the outermost."""
    key = fold(query)
    words = set(key.split())
    if not words:
        return _unknown(monograph, query)
    everything = list(walk(monograph))
    found = [s for s in everything if key in (fold(s["id"]), fold(s["title"]))]
    found = found or _outermost([s for s in everything if words <= set(fold(s["title"]).split())])
    if found:
        return found
    meant = next((s for s in standard if key in _standard_names(s, fold)), None)
    if meant is not None:
        names = _standard_names(meant, fold)
        own = [s for s in everything if fold(s["id"]) in names or fold(s["title"]) in names]
        return own or _missing(monograph, meant, fold)
    pointer = next((p for p in monograph.get("pointers", []) if words <= set(fold(p["title"]).split())), None)
    return [_pointer_section(monograph, pointer)] if pointer else _unknown(monograph, query)


def walk(monograph: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every section at any depth, in print order."""
    for section in monograph.get("sections", []):
        yield section
        yield from walk(section)


def _outermost(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    inner = [id(child) for section in sections for child in walk(section)]
    return [section for section in sections if id(section) not in inner]


def _standard_names(standard: dict[str, Any], fold: Callable[[str], str]) -> set[str]:
    names = [standard["id"], standard.get("title", ""), standard.get("label", ""), *standard.get("aliases", [])]
    return {fold(name) for name in names if name}


def _missing(
    monograph: dict[str, Any], standard: dict[str, Any], fold: Callable[[str], str]
) -> list[dict[str, Any]] | Refusal:
    """A standard section that is not there: held by another monograph, or not in the supplied pages."""
    for pointer in monograph.get("pointers", []):
        if pointer["section"] == standard["id"] or fold(pointer["title"]) in _standard_names(standard, fold):
            return [_pointer_section(monograph, pointer)]
    title = standard.get("title") or standard.get("label") or standard["id"]
    missing: dict[str, Any] = next(
        (m for m in monograph.get("not_in_source", []) if m["section"] == standard["id"]), {}
    )
    note = missing.get("note")
    message = f"the supplied pages hold no section {title!r} for {monograph['title']}"
    message = f"{message}: {note}" if note else message
    later = later_notes(missing.get("later", []))
    return Refusal("section-not-in-source", message, hint=_sections_hint(monograph), notes=later)


def _unknown(monograph: dict[str, Any], query: str) -> Refusal:
    """The refusal of a section that there is not, with those there are, the most alike first."""
    from difflib import SequenceMatcher

    typed = normalise(query[:100])

    def likeness(section: dict[str, Any]) -> float:
        title = normalise(section["title"])
        return max(SequenceMatcher(None, typed, part).ratio() for part in (title, *title.split()))

    everything = sorted(walk(monograph), key=likeness, reverse=True)
    suggestions = tuple({"id": s["id"], "title": s["title"]} for s in everything)
    message = f"{monograph['title']} has no section {visible(query)!r}"
    return Refusal("unknown-section", message, hint=_sections_hint(monograph), suggestions=suggestions)


def _sections_hint(monograph: dict[str, Any]) -> str:
    return f'"{ask("show")} {monograph["id"]}" lists the sections there are.'


def _pointer_section(monograph: dict[str, Any], pointer: dict[str, Any]) -> dict[str, Any]:
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


def _shown(section: dict[str, Any]) -> dict[str, Any]:
    """A section with every key that JSON promises."""
    return {
        **section,
        "statements": [{**s, "references": s.get("references", [])} for s in section.get("statements", [])],
        "references": [_reference(section, reference) for reference in section.get("references", [])],
        "sections": [_shown(child) for child in section.get("sections", [])],
    }


def cited_numbers(section: dict[str, Any]) -> set[int]:
    """Numbers of the section's literature that one of its statements cites."""
    return {number for statement in section.get("statements", []) for number in statement.get("references", [])}


def _reference(section: dict[str, Any], reference: dict[str, Any]) -> dict[str, Any]:
    return {**reference, "cited": reference["number"] in cited_numbers(section)}


def _notes(sections: Sequence[dict[str, Any]]) -> Iterator[Note]:
    for section in sections:
        if section.get("subject"):
            yield Note("other-subject", f"{section['title']}: the printed text speaks of {section['subject']} here")


def references(monographs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every reference of these monographs in print order, with where it stands and whether a statement cites it."""
    found = []
    for monograph in monographs:
        for section in walk(monograph):
            where = {"monograph": monograph["id"], "section": section["id"], "section_title": section["title"]}
            found += [{**where, **_reference(section, reference)} for reference in section.get("references", [])]
    return found


GROUPINGS = ("system", "frequency", "fatality")
_NOT_STATED = "not stated"


def effect_groups(sections: Sequence[dict[str, Any]], by: str) -> list[dict[str, Any]]:
    """The adverse effects that the statements of these sections name, grouped by body system, frequency word or deaths.

    Frequency words and words on deaths are the source's own; an effect without one stands under "not stated".
    `fatal_scope` is "group" where the source attaches deaths to several effects together.
    """
    groups: dict[str, list[dict[str, Any]]] = {}
    for section in (inner for outer in sections for inner in (outer, *walk(outer))):
        for statement in section.get("statements", []):
            for effect in _effects_of(section, statement):
                label = effect.get({"fatality": "fatal"}.get(by, by)) or _NOT_STATED
                groups.setdefault(label, []).append(effect)
    return [{"by": by, "label": label, "effects": groups[label]} for label in sorted(groups, key=_NOT_STATED.__eq__)]


def _effects_of(section: dict[str, Any], statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    shared = {key: statement[key] for key in ("frequency", "fatal", "fatal_scope", "source") if statement.get(key)}
    shared |= {"section": section["id"], "references": statement.get("references", [])}
    if statement.get("effect"):
        yield {"effect": statement["effect"], "system": statement.get("system", _NOT_STATED), **shared}
    for effect in statement.get("effects", []):
        yield {**effect, **shared}
