"""What the imported labels of two drugs say of each other, as findings beside those of the library's own sources."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from monocli.engine.answers import Note
from monocli.engine.inputs import ask
from monocli.engine.interactions.quoted import Quoted, as_finding, as_note
from monocli.engine.labels.quoting import LabelPart, QuotedNames, SentenceReader
from monocli.engine.names import normalise, visible
from monocli.library.kinds import CLASSES
from monocli.library.labels.catalogues import words_of
from monocli.library.labels.faults import UnreadableLabel
from monocli.questions.labels.finding import ORDER
from monocli.questions.labels.joining import labels_of_drug, named, notices, record_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monocli.engine.interactions.book import Drug
    from monocli.library.labels.pack import Found, KeptSection, LabelPack
    from monocli.library.store import Library
    from monocli.records.labels import LabelCard
    from monocli.records.output.interactions import Finding, PairNote

_SEVERAL = 16
"""Ranks from here on are those of labels of several substances."""
_CODES = frozenset(("code", "CAS", "ATC", "chemical", "mentioned"))
"""Kinds of name that no label writes in a sentence."""
_MOST_KEPT = 500


def where_it_speaks(library: Library, pack: LabelPack, drugs: Sequence[tuple[str, str]]) -> list[Note]:
    """For each (id, name) of a drug that has labels: which label would be read first, with the headings under which it
    speaks of interactions. Its sentences are not read for a name that stands alone."""
    notes = []
    sections = next(one for one in words_of(library)["questions"] if one["id"] == "interactions")["sections"]
    for id, name in drugs:
        found = [one for one in labels_of_drug(library, pack, id) if one.rank < _SEVERAL]
        if not found:
            continue
        tops = [section for section, _ in pack.layout(found[0].label).walk() if section.id in sections]
        every = [part for top in tops for part in (top, *top.sections)]
        heads = [head for part in every if (head := f"{part.number or ''} {part.title}".strip())]
        command = f"{ask('show')} {id} interactions --label"
        which = f"the label {named(pack.card(found[0].label))}"
        more = f", the first of {len(found)}" if len(found) > 1 else ""
        speaks = f"speaks of interactions under {'; '.join(map(visible, heads))}" if heads else "has no such section"
        message = f"{which}{more}, {speaks}. It is read where {name} is checked with others; its words: {command}"
        notes.append(Note("see-label", message, {"id": id, "see": command}))
    return [*notes, *notices(library, pack)] if notes else []


class _Label:
    """The label of a drug that is read: the texts of its sections, its tables in the markup of the label, each with the
    section that it stands in, and how many other labels there are."""

    __slots__ = ("card", "others", "parts", "tables")

    def __init__(
        self, card: LabelCard, parts: list[LabelPart], tables: list[tuple[LabelPart, str]], others: int
    ) -> None:
        self.card, self.parts, self.tables, self.others = card, parts, tables, others


class LabelQuotes:
    """Reads the labels of drugs, each when it is first asked for; `Book.labels`."""

    def __init__(self, library: Library, pack: LabelPack) -> None:
        self._library, self._pack = library, pack
        self._words = words_of(library)
        self._reader = SentenceReader(self._words["interactions"])
        self._labels: dict[str, _Label | None] = {}
        self._names: dict[str, QuotedNames] = {}

    @property
    def source(self) -> str:
        """Id of the source that what labels say is cited by."""
        return self._words["source"]

    def may_answer(self, one: Drug, other: Drug) -> bool:
        """Whether there is a label of either."""
        return self._of(one.id) is not None or self._of(other.id) is not None

    def between(self, one: Drug, other: Drug) -> tuple[list[Finding], list[PairNote]]:
        """What the label of each says of the other."""
        findings: list[Finding] = []
        notes: list[PairNote] = []
        for owner, partner in ((one, other), (other, one)):
            label = self._of(owner.id)
            if label is None or owner.kind == "class":
                continue
            names = self._names_of(partner)
            for mention in self._reader.mentions([*label.parts, *self._tables(label, names)], names):
                quoted = Quoted(label.card, mention, owner, partner, self.source)
                if mention.negation is None:
                    findings.append(as_finding(quoted))
                else:
                    notes.append(as_note(quoted))
        return findings, notes

    def told(self, ids: Iterable[str], *, cited: bool) -> tuple[Note, ...]:
        """Which labels were read for these drugs; where something of them is shown (`cited`), also what the data ask to
        be shown with it."""
        read = [label for id in dict.fromkeys(ids) if (label := self._of(id)) is not None]
        if not read:
            return ()
        texts = [f"{named(one.card)}{f', and not {one.others} more of the drug' if one.others else ''}" for one in read]
        message = f"of imported labels, these were read for the names of the others: {'; '.join(texts)}"
        if any(one.others for one in read):
            message = f"{message}. {ORDER}"
        return (Note("labels-read", message), *(notices(self._library, self._pack) if cited else ()))

    def _of(self, id: str) -> _Label | None:
        if id not in self._labels:
            if len(self._labels) >= _MOST_KEPT:
                self._labels.clear()
            alone = [one for one in labels_of_drug(self._library, self._pack, id) if one.rank < _SEVERAL]
            self._labels[id] = self._read(alone) if alone else None
        return self._labels[id]

    def _read(self, found: Sequence[Found]) -> _Label:
        label = found[0].label
        parts: list[LabelPart] = []
        tables: list[tuple[LabelPart, str]] = []
        for section, above in self._pack.layout(label).walk():
            kind = next((one.id for one in (section, *reversed(above)) if one.id in self._reader.sections), None)
            if kind is not None:
                parts.append(self._part(kind, section, above))
                tables += [(parts[-1], self._pack.text(span)) for span in section.tables]
        return _Label(self._pack.card(label), parts, tables, len(found) - 1)

    def _part(self, kind: str, section: KeptSection, above: Sequence[KeptSection]) -> LabelPart:
        """A section as it is read. Its heading is that of the section around it where it has none of its own."""
        title = section.title or next((one.title for one in reversed(above) if one.title), section.id)
        text = self._pack.text(section.text)
        if section.title and "." in (section.number or ""):
            # A heading such as "7.1 Ketoconazole" says of whom the sentence behind it speaks.
            text = f"{section.title} {text}"
        if section.highlights.length:
            text = f"{text}\n{self._pack.text(section.highlights)}"
        return LabelPart(kind, section.number, title, text)

    def _tables(self, label: _Label, names: QuotedNames) -> Iterator[LabelPart]:
        """The tables that may name the drug, laid out. One that cannot be says nothing here: that it cannot is told
        where the label is shown."""
        for part, markup in label.tables:
            if names.may_stand_in(markup):
                from monocli.library.labels.tables import grid_of

                with contextlib.suppress(UnreadableLabel):
                    grid = grid_of(markup)
                    yield LabelPart(part.kind, part.number, part.title, "", grid["rows"], grid["header_rows"])

    def _names_of(self, drug: Drug) -> QuotedNames:
        """Every exact name of a drug, those of its brands as its own label has them, and of the classes that it is
        listed in."""
        if drug.id not in self._names:
            if len(self._names) >= _MOST_KEPT:
                self._names.clear()
            self._names[drug.id] = QuotedNames(list(self._own_names(drug)), self._class_names(drug))
        return self._names[drug.id]

    def _own_names(self, drug: Drug) -> Iterable[str]:
        if drug.kind == "class":
            return self._names_of_class(drug.id)
        record = record_of(self._library, drug.id)
        table = self._library.substance(drug.id)
        names, listed = [drug.name], [*table.get("names", [])] if table is not None else []
        if record is not None:
            listed = [*record.names, *listed]
            names += [record.title, *(one["name"] for one in record.brands)]
        names += [one["name"] for one in listed if one["kind"] not in _CODES]
        label = self._of(drug.id)
        names += label.card["brands"] if label is not None else []
        return dict.fromkeys(visible(name) for name in names if any(map(str.isalpha, normalise(name))))

    def _class_names(self, drug: Drug) -> dict[str, list[str]]:
        return {id: self._names_of_class(id) for id in drug.memberships}

    def _names_of_class(self, id: str) -> list[str]:
        record = self._library.document(CLASSES, id)
        return [] if record is None else [record["name"], *record.get("aliases", [])]
