"""What is recorded between drugs, or of one?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monocli.engine.answers import Answer, Refusal
from monocli.engine.interactions.book import InteractionBook
from monocli.engine.interactions.check import check
from monocli.library.stored_rules import StoredRules
from monocli.questions.written import LineReader

if TYPE_CHECKING:
    from monocli.library.labels.pack import LabelPack
    from monocli.library.store import Library
    from monocli.records.output.interactions import Interactions
    from monocli.records.resolution import Resolution


def interactions(
    library: Library, names: Sequence[str], pack: LabelPack | None = None
) -> Answer[Interactions] | Refusal:
    """Every pair of several names, or all that is recorded of one; names are exact, and one that is not recognised is
    a refusal beside the answer. With a `pack` of imported labels also what the labels of each say of the others."""
    reader = reader_of(library, pack)
    mentions = [drug for name in names for drug in reader.drugs(name)]
    if len(names) == 1:
        from monocli.engine.interactions.single import recorded

        outcome = recorded(book_of(library), mentions)
        return outcome if pack is None else _with_labels(library, pack, mentions, outcome)
    return check(book_of(library, pack), mentions)


def _with_labels(
    library: Library, pack: LabelPack, mentions: Sequence[Resolution], outcome: Answer[Interactions] | Refusal
) -> Answer[Interactions] | Refusal:
    """The outcome for one name, with where its imported label speaks of interactions."""
    from monocli.questions.labels.quotes import where_it_speaks

    drugs = [(mention["id"], mention["title"] or mention["id"]) for mention in mentions if mention["id"] is not None]
    return outcome.replaced(notes=(*outcome.notes, *where_it_speaks(library, pack, drugs)))


def reader_of(library: Library, pack: LabelPack | None = None) -> LineReader:
    """Reads names by the library, and those that it does not know by the labels of a pack."""
    if pack is None:
        return LineReader(library)
    from monocli.questions.labels.finding import by_label

    return LineReader(library, lambda name: by_label(library, pack, name))


def book_of(library: Library, pack: LabelPack | None = None) -> InteractionBook:
    """The rules and parties of a library, and the labels of a pack; nothing is read before it is asked for."""
    if pack is None:
        return InteractionBook(StoredRules(library))
    from monocli.questions.labels.quotes import LabelQuotes

    return InteractionBook(StoredRules(library), LabelQuotes(library, pack))
