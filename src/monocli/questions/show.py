"""The monograph of a drug, its sections, or its adverse effects in groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from monocli.engine import monographs
from monocli.engine.answers import Answer, Refusal
from monocli.questions.names import find_monograph, section_folding

if TYPE_CHECKING:
    from monocli.library.store import Library


def show(library: Library, name: str, sections: Sequence[str] = (), by: str | None = None) -> Answer[Any] | Refusal:
    """The monograph that bears exactly this name, whole or in the sections named; `by` groups its adverse effects
    (system, frequency, fatality).

    Refusals: `unknown-name`, `no-monograph`, and those of a section.
    """
    monograph = find_monograph(library, name)
    if isinstance(monograph, Refusal):
        return monograph
    standard = library.vocabulary("standard_sections")
    return monographs.show(monograph, list(sections), standard, section_folding(library), by)
