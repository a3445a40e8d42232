"""What the library's data say of labels: data/labels.yaml, read when it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.library.kinds import LABELS

if TYPE_CHECKING:
    from monocli.library.labels.section_kinds import Catalogue
    from monocli.library.store import Library
    from monocli.records.labels import LabelsFile


def words_of(library: Library) -> LabelsFile:
    """How labels are read."""
    held = library.document(LABELS, LABELS.name)
    assert held is not None
    return held


def catalogue_of(library: Library) -> Catalogue:
    from monocli.library.labels.section_kinds import Catalogue

    return Catalogue(words_of(library))
