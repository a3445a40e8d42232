"""May it be mixed, diluted, kept in this?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from monocli.engine.answers import BAD_INPUT, Answer, Note, Refusal
from monocli.engine.compatibility import compatibility, other_way_round, partner_findings
from monocli.engine.interactions.check import unknown_name
from monocli.engine.mixing import Convert, read_conditions
from monocli.engine.mixing_book import MixingBook
from monocli.engine.unrecorded import nothing_on_file
from monocli.library.kinds import COMPATIBILITY, PARTIES
from monocli.library.resolving import resolve
from monocli.questions.writings import with_writings

if TYPE_CHECKING:
    from monocli.engine.units import Registry, Selection
    from monocli.library.store import Library
    from monocli.records.output.compatibility import Asked, Compatibility, CompatibilityFinding
    from monocli.records.output.units import Conversion
    from monocli.records.resolution import Resolution


def compat(
    library: Library, name: str, others: Sequence[str] = (), diluent: str | None = None, typed: Asked | None = None
) -> Answer[Compatibility] | Refusal:
    """What is recorded of mixing a drug with others, in a diluent, under these conditions (as typed); nothing else: all
    that is recorded of it.

    Refusals: `unknown-name`, `same-drug`, those of a quantity, and `nothing-recorded`.
    """
    drug, typed = resolve(library, name, ("monograph", "agent")), typed or {}
    books = _books(library, drug)
    if not books:
        return unknown_name(drug).replaced(hint="Give the exact name of one of the suggestions.")
    book = books[0]
    names, subjects = book.told_apart(others)
    partners = [resolve(library, other) for other in names]
    if any(partner["id"] == book.id for partner in partners):
        message = f"{book.name} is the drug itself; name what it is mixed with"
        return Refusal("same-drug", message, kind=BAD_INPUT)
    mixed_with = [*others, *([diluent] if diluent is not None else [])]
    asked = read_conditions(book, _converting(library, book), typed, mixed_with)
    if isinstance(asked, Refusal):
        return asked
    if book.document is None and not mixed_with:
        return nothing_on_file(book, asked)

    def elsewhere(other: Resolution) -> list[CompatibilityFinding]:
        ours = [finding for held in books[1:] for finding in partner_findings(held, other)]
        theirs = [finding for held in _books(library, other) for finding in other_way_round(held, drug)]
        return [*ours, *theirs]

    answer = compatibility(book, partners, subjects, asked, diluent, elsewhere)
    answer = answer.replaced(notes=(*answer.notes, *_filed_elsewhere(books)))
    return with_writings(library, answer, typed.get("hours"), typed.get("albumin"))


def _books(library: Library, drug: Resolution) -> list[MixingBook]:
    """What is recorded on mixing a drug: its own document, then those under which its source files it too; where there
    is none, one that holds nothing, and none at all for a name that is not known."""
    id, name = drug["id"], drug["title"]
    if id is None or name is None:
        return []
    party = library.document(PARTIES, id)
    places = [id, *(party.get("filed_under", []) if party else [])]
    documents = [library.document(COMPATIBILITY, place) for place in places]
    return [MixingBook(id, name, document) for document in documents if document] or [MixingBook(id, name)]


def _converting(library: Library, book: MixingBook) -> Convert:
    """Conversion for a drug. The units are loaded only where a quantity is given."""

    @cache
    def units() -> tuple[Registry, Selection]:
        from monocli.questions.units import registry

        known = registry(library)
        return known, known.of_monograph(book.id, book.name)

    def convert(text: str, unit: str) -> Answer[Conversion] | Refusal:
        from monocli.engine.units import Converter

        known, selection = units()
        return Converter(known, (unit,), selection).convert(text)

    return convert


def _filed_elsewhere(books: Iterable[MixingBook]) -> list[Note]:
    """For a substance whose handling its source files under another drug: where it stands."""
    notes = []
    for book in books:
        if book.filed_under:
            message = f"the source files what is recorded on mixing under {book.filed_under}, not {book.id}"
            detail = {"id": book.id, "see": book.filed_under}
            notes.append(Note("see-also", f"{message}; it is shown from there", detail))
    return notes
