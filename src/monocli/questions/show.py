"""The monograph of a drug, its sections, or its adverse effects in groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monocli.engine import monographs
from monocli.engine.answers import Answer, Refusal
from monocli.questions.names import find_monograph, section_folding, standard_sections

if TYPE_CHECKING:
    from monocli.library.store import Library
    from monocli.records.output.lookups import Show
    from monocli.records.words import Grouping


def show(
    library: Library, name: str, sections: Sequence[str] = (), by: Grouping | None = None
) -> Answer[Show] | Refusal:
    """The monograph that bears exactly this name, whole or in the sections named; `by` groups its adverse effects
    (system, frequency, fatality).

    Refusals: `unknown-name`, `no-monograph`, and those of a section.
    """
    monograph = find_monograph(library, name)
    if isinstance(monograph, Refusal):
        return monograph
    return monographs.show(monograph, sections, standard_sections(library), section_folding(library), by)
