"""What is recorded between drugs, or of one?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monocli.engine.answers import Answer, Refusal
from monocli.engine.interactions.book import InteractionBook
from monocli.engine.interactions.check import check
from monocli.library.parties import StoredRules
from monocli.questions.written import LineReader

if TYPE_CHECKING:
    from monocli.library.store import Library
    from monocli.records.output.interactions import Interactions


def interactions(library: Library, names: Sequence[str]) -> Answer[Interactions] | Refusal:
    """Every pair of several names, or all that is recorded of one; names are exact, and one that is not recognised is
    a refusal beside the answer."""
    reader = LineReader(library)
    mentions = [drug for name in names for drug in reader.drugs(name)]
    if len(names) == 1:
        from monocli.engine.interactions.single import recorded

        return recorded(book_of(library), mentions, library.edition)
    return check(book_of(library), mentions, library.edition)


def book_of(library: Library) -> InteractionBook:
    """The rules and parties of a library; nothing is read before it is asked for."""
    return InteractionBook(StoredRules(library))
