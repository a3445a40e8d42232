"""A label, or sections of it, in its own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from monocli.engine.answers import Answer, Note, Refusal
from monocli.engine.names import normalise, visible
from monocli.library.labels.catalogues import words_of
from monocli.library.labels.faults import UnreadableLabel
from monocli.library.labels.nodes import UNCLASSIFIED
from monocli.library.labels.pack import KeptSection, LabelPack, Layout
from monocli.library.labels.pieces import flattened
from monocli.library.labels.section_kinds import Catalogue
from monocli.library.labels.tables import grid_of
from monocli.questions.labels.finding import bearing, chosen, no_label, none_imported
from monocli.questions.labels.joining import notices

if TYPE_CHECKING:
    from monocli.library.store import Library
    from monocli.records.labels import LabelQuestion, LabelsFile
    from monocli.records.output.labels import LabelPlace, LabelShow, LabelTable, ShownLabelSection, TableNote

Place = tuple[KeptSection, tuple[KeptSection, ...]]
"""A section, and those that it stands in."""
_MOST_SUGGESTED = 40


def show_label(
    library: Library,
    pack: LabelPack | None,
    name: str,
    sections: Sequence[str] = (),
    *,
    version: str | None = None,
    as_asked: bool = False,
) -> Answer[LabelShow] | Refusal:
    """The label that a set id, an NDC, an application number or a name leads to, whole or in the sections named.

    `as_asked` puts the sections in the order of the questions that a monograph answers. Refusals: `no-labels-imported`,
    `no-label`, `no-such-version`, `unknown-section`, `section-not-in-label`.
    """
    if pack is None:
        return none_imported()
    found = bearing(library, pack, name)
    if not found.labels:
        return no_label(name)
    card, notes = chosen(pack, name, found)
    label = found.labels[0].label
    versions = pack.versions(card["set_id"])
    if version is not None:
        held = next((one for one, number in versions if number == version.strip()), None)
        if held is None:
            known = ", ".join(number for _, number in versions)
            message = f"version {visible(version)} of this label is not held; there is {known}"
            return Refusal("no-such-version", message, suggestions=tuple(number for _, number in versions))
        label, card = held, pack.card(held)
    layout, words = pack.layout(label), words_of(library)
    finder = Finder(pack, layout, words)
    if sections:
        picked, problems = finder.picked(sections)
    else:
        picked, problems = [(section, ()) for section in layout.sections], []
        if as_asked:
            picked = finder.in_order_of_questions(picked)
    shown = [finder.shown(section, above) for section, above in picked]
    blank = [
        Note("blank-section", f"the label has this section and nothing in it: {visible(section.title or section.id)}")
        for section, _ in picked
        if sections and _is_blank(section)
    ]
    data: LabelShow = {
        "label": card,
        "sections": shown,
        "others": len(found.labels) - 1,
        "versions": [number for _, number in versions],
    }
    every = (*notes, *blank, *notices(library, pack))
    return Answer(data, every, tuple(problems), empty=not shown)


class Finder:
    """Finds sections of a label by how people call them."""

    def __init__(self, pack: LabelPack, layout: Layout, words: LabelsFile) -> None:
        self._pack, self._layout, self._words = pack, layout, words
        self._catalogue = Catalogue(words)

    def picked(self, names: Sequence[str]) -> tuple[list[Place], list[Refusal]]:
        """The sections that are named, each once, and what there is to say of the others."""
        places: dict[int, Place] = {}
        problems = []
        for name in names:
            found = self.named(name)
            if isinstance(found, Refusal):
                problems.append(found)
            else:
                places.update({id(place[0]): place for place in found})
        return list(places.values()), problems

    def named(self, name: str) -> list[Place] | Refusal:
        """The sections that a word leads to: an id, a number, a question, a title, or a word of one."""
        key = normalise(name)
        field = re.sub(r"[\s-]+", "_", name.strip().casefold()).removesuffix("_table")
        if any(section.id == field for section, _ in self._layout.walk()) or field in self._catalogue.by_id:
            found = self._where(lambda section: section.id == field) or self._titled_as(field)
            return self._main_first(found) or self._absent(field)
        if re.fullmatch(r"\d{1,2}(?:\.\d{1,2})*", name.strip()):
            return self._where(lambda section: section.number == name.strip()) or self._unknown(name)
        question = next((one for one in self._words["questions"] if self._asks(one, key)), None)
        if question is not None:
            return self._answering(question) or self._absent(question["id"], question["title"])
        titled = self._where(lambda section: normalise(section.title) == key) if key else []
        if titled:
            return titled
        heading = next(
            (s["id"] for s in self._words["sections"] if key in map(normalise, (s["title"], *s.get("headings", ())))),
            None,
        )
        if heading is not None:
            return self._absent(heading)
        worded = self._where(lambda section: key in normalise(section.title).split(" ")) if key else []
        return worded or self._unknown(name)

    def in_order_of_questions(self, places: Sequence[Place]) -> list[Place]:
        """Sections in the order in which a monograph answers; what answers none of its questions stays behind."""
        order: dict[str, int] = {}
        for at, question in enumerate(self._words["questions"]):
            for section in question["sections"]:
                order.setdefault(section, at)
        return sorted(places, key=lambda place: min(order.get(s.id, len(order)) for s in _with_parts(place[0])))

    def _asks(self, question: LabelQuestion, key: str) -> bool:
        return key in map(normalise, (question["id"], question["title"], *question["words"]))

    def _answering(self, question: LabelQuestion) -> list[Place]:
        headings = tuple(f"{normalise(heading)} " for heading in question.get("headings", ()))

        def answers(section: KeptSection) -> bool:
            if section.id in question["sections"]:
                return True
            if not headings or not section.number:
                return False
            begins = section.title or self._pack.text(section.text)[:100]
            return f"{normalise(begins)} ".startswith(headings)

        found = self._where(answers)
        order = {id: place for place, id in enumerate(question["sections"])}
        return sorted(found, key=lambda place: (order.get(place[0].id, len(order)), self._misplaced(place)))

    def _titled_as(self, field: str) -> list[Place]:
        """Sub-sections without a code whose own title is that of a kind of section."""
        kind = self._catalogue.by_id.get(field)
        titles = {normalise(title) for title in (kind["title"], *kind.get("headings", ()))} if kind else ()
        return self._where(lambda section: normalise(section.title) in titles)

    def _where(self, fits: Callable[[KeptSection], bool]) -> list[Place]:
        """The sections that fit, without those inside another that does."""
        found: list[Place] = []
        for section, above in self._layout.walk():
            if fits(section) and not any(fits(parent) for parent in above):
                found.append((section, above))
        return found

    def _main_first(self, found: list[Place]) -> list[Place]:
        """A section that stands in its own place before pieces of its kind that stand in others."""
        return sorted(found, key=self._misplaced)

    def _misplaced(self, place: Place) -> bool:
        """Whether it stands in another section under a number that is not that of its kind."""
        section, above = place
        return bool(above) and section.number != self._catalogue.number(section.id)

    def _absent(self, field: str, title: str | None = None) -> Refusal:
        message = f"this label has no section of this kind: {visible(title or self._catalogue.title(field))}"
        hint = "What a label does not say is not known from it; see its other sections, or another label."
        return Refusal("section-not-in-label", message, hint, detail={"section": field})

    def shown(self, section: KeptSection, above: Sequence[KeptSection] = ()) -> ShownLabelSection:
        """A section with all that stands in it."""
        shown: ShownLabelSection = {
            "id": section.id,
            "loinc": section.loinc,
            "number": section.number,
            "title": section.title,
            "text": self._pack.text(section.text),
            "tables": [table_of(self._pack.text(span)) for span in section.tables],
            "sections": [self.shown(part) for part in section.sections],
        }
        if called := self._called(section):
            shown["called"] = called
        if section.highlights.length:
            shown["highlights"] = self._pack.text(section.highlights)
        if above:
            shown["within"] = [_place(one) for one in above]
        return shown

    def _called(self, section: KeptSection) -> str:
        """What sections of the kind are called, where this one has no heading; nothing where it is of no kind."""
        headed = section.number or section.title or section.id == UNCLASSIFIED
        return "" if headed else self._catalogue.title(section.id)

    def _unknown(self, name: str) -> Refusal:
        titles = [
            {"id": section.id, "title": heading}
            for section, above in self._layout.walk()
            if not above or section.id in self._catalogue.by_id
            if (heading := section.title or section.number or self._called(section))
        ]
        unique = {one["id"]: one for one in titles}
        message = f"this label has no such section: {visible(name)!r}"
        return Refusal("unknown-section", message, suggestions=tuple(unique.values())[:_MOST_SUGGESTED])


def _with_parts(section: KeptSection) -> list[KeptSection]:
    return [section, *(inner for part in section.sections for inner in _with_parts(part))]


def _is_blank(section: KeptSection) -> bool:
    return not any(part.text.length or part.highlights.length or part.tables for part in _with_parts(section))


def _place(section: KeptSection) -> LabelPlace:
    return {"id": section.id, "number": section.number, "title": section.title}


def table_of(markup: str) -> LabelTable:
    """A table laid out; one that cannot be, as its text runs, with the reason."""
    try:
        return grid_of(markup)
    except UnreadableLabel as fault:
        return {"caption": None, "header_rows": 0, "rows": [[flattened(markup)]], "notes": [], "problem": fault.problem}


def note_line(note: TableNote) -> str:
    """A note of a table with its mark, which it may begin with already."""
    return f"{note['mark']} {note['text']}" if note["mark"].startswith("[") else note["text"]
