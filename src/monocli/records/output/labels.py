"""`data` of the labels commands, and what other answers say of imported labels."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records.labels import LabelCard
from monocli.records.output.lookups import LabelNamed


class TableNote(TypedDict):
    """A note of a table. `mark` is what stands at the cells that it belongs to; empty for a note of the whole table."""

    mark: str
    text: str


class LabelTable(TypedDict):
    """A table as a grid. A cell that spans several places stands in each of them."""

    caption: str | None
    header_rows: int
    """How many of the rows, from the first, are headings of the columns."""
    rows: list[list[str]]
    notes: list[TableNote]
    figures_missing: NotRequired[int]
    """Pictures that the label has here and the data do not hold."""
    problem: NotRequired[str]
    """Why it could not be laid out; `rows` is then one cell with its text as it runs."""


class LabelPlace(TypedDict):
    """A section that another stands in."""

    id: str
    number: str | None
    title: str


class ShownLabelSection(TypedDict):
    """A section of a label with what is its own; what belongs to its sub-sections stands there."""

    id: str
    """The field of openFDA; of a sub-section that is none, that of its section with its number."""
    loinc: str | None
    number: str | None
    """As the label numbers it."""
    title: str
    """As the label heads it, else what such sections are called; empty where it cannot be told from the text."""
    called: NotRequired[str]
    """What such sections are called, where it has no number and no title; not given where that says nothing."""
    text: str
    highlights: NotRequired[str]
    """What the label's highlights say, which stand apart from the full text."""
    tables: list[LabelTable]
    sections: list[ShownLabelSection]
    within: NotRequired[list[LabelPlace]]
    """The sections that it stands in, where it is shown apart from them."""


class LabelShow(TypedDict):
    """A label, or sections of it."""

    label: LabelCard
    sections: list[ShownLabelSection]
    others: int
    """How many further labels the same words name."""
    versions: list[str]
    """The versions of this label that are held, newest first."""


class LabelList(TypedDict):
    """Labels in the order in which one of them is chosen."""

    labels: list[LabelCard]
    total: int
    """How many there are in all."""


class RefusedRecord(TypedDict):
    """A file, or a record of one, that was not taken."""

    path: str
    set_id: NotRequired[str]
    problem: str


class LabelImport(TypedDict):
    """What an import did, in labels."""

    read: int
    new: int
    newer: int
    """Versions that took the place of older ones, which are kept for `diff`."""
    older: int
    """Versions older than what is held, kept for `diff`."""
    same: int
    """Held already."""
    refused: list[RefusedRecord]
    passed_over: int
    """Files in the folders that are of no kind that labels come in."""
    labels: int
    """How many labels the pack holds now."""
    path: str


class LabelExport(TypedDict):
    """An export that labels were read from."""

    published: str | None
    labels: int


class LabelWhere(TypedDict):
    """The pack of imported labels."""

    path: str
    exists: bool
    bytes: int
    labels: int
    versions: int
    """Versions of labels, the older ones counted."""
    exports: list[LabelExport]
    notices: list[str]
    """What the data ask to be shown with every answer from them."""


class LabelRemoved(TypedDict):
    removed: list[LabelNamed]
    labels: int
    """How many labels are left."""
    all: NotRequired[int]
    """How many there were, where all were taken out."""


class DiffPart(TypedDict):
    """Words of a section that both have, or only one."""

    kind: Literal["same", "added", "removed"]
    text: str


class SectionDiff(TypedDict):
    """A section that differs. `same` parts hold what stands around the change."""

    id: str
    number: str | None
    title: str
    change: Literal["added", "removed", "changed"]
    parts: list[DiffPart]


class LabelDiff(TypedDict):
    """What differs from one text to another, section by section. `from` and `to` are written in the call form."""

    before: LabelCard
    after: LabelCard
    sections: list[SectionDiff]
    same: int
    """How many sections have the same words in both."""
