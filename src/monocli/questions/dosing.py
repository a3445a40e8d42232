"""How much is given, to whom, for what; and how it changes during treatment?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from monocli.engine.answers import BAD_INPUT, Answer, Refusal
from monocli.engine.cited import source_of
from monocli.engine.dosing.book import DoseBook
from monocli.engine.dosing.known import Bodies
from monocli.engine.dosing.requests import MatchedBy, OtherDrug, Recorded, Request
from monocli.engine.inputs import SOURCE
from monocli.engine.names import normalise, visible
from monocli.library.kinds import BODY, DOSES, MONOGRAPHS, SOURCES
from monocli.library.resolving import resolve
from monocli.questions.writings import abbreviations, with_writings

if TYPE_CHECKING:
    from monocli.engine.formulas.book import FormulaBook
    from monocli.engine.units import Converter
    from monocli.library.store import Library
    from monocli.records.body import BodyFile
    from monocli.records.doses import DosesFile
    from monocli.records.output.adjusting import Adjust
    from monocli.records.output.dosing import Dose, DoseListing
    from monocli.records.output.interactions import Finding
    from monocli.records.resolution import Resolution

T = TypeVar("T")
BODY_FILE = "body"


def dose(
    library: Library, name: str, request: Request, partners: Sequence[str] = (), source: str | None = None
) -> Answer[Dose | DoseListing] | Refusal:
    """The printed dose of the drug of exactly this name, for the indication and patient of the request, with other
    drugs named `partners`; without an indication the list of them. By the drug's first document of doses, with what
    others say beside it; by another source alone where one is named.

    Refusals: `unknown-name`, `no-dose-in-source`, and those of `engine.dosing`.
    """
    from monocli.engine.dosing.answering import dose as answer

    def with_others(book: DoseBook, bodies: Bodies, asked: Request) -> Answer[Dose | DoseListing] | Refusal:
        return answer(book, bodies, asked, _others(library, book) if source is None else ())

    return _answered(library, name, request, with_others, partners=partners, source=source)


def adjust(
    library: Library, name: str, request: Request, start: Sequence[str] = (), source: str | None = None
) -> Answer[Adjust] | Refusal:
    """A change during treatment with the drug of exactly this name; `start` are drugs that are started.

    Refusals: `unknown-name`, `no-dose-in-source`, and those of `engine.dosing`.
    """
    from monocli.engine.dosing.adjusting import adjust as answer

    def with_others(book: DoseBook, bodies: Bodies, asked: Request) -> Answer[Adjust] | Refusal:
        return answer(book, bodies, asked, _others(library, book) if source is None else ())

    return _answered(library, name, request, with_others, start=start, source=source)


def _answered(
    library: Library,
    name: str,
    request: Request,
    answer: Callable[[DoseBook, Bodies, Request], Answer[T] | Refusal],
    *,
    partners: Sequence[str] = (),
    start: Sequence[str] = (),
    source: str | None = None,
) -> Answer[T] | Refusal:
    """What the engine answers by the dose rules of a drug, once that drug and all others are resolved."""
    found = _find_doses(library, name, source)
    if isinstance(found, Refusal):
        return found
    book, drug = found
    others, started = _partners(library, book, partners), _partners(library, book, start)
    known = abbreviations(library) if request.current is not None else None
    asked = request.replaced(drug=drug, partners=others, start=started, abbreviations=known)
    return with_writings(library, answer(book, _bodies(library), asked), *_typed(asked))


def _typed(request: Request) -> list[str]:
    """Everything that was typed as a quantity."""
    given = [request.current, request.age, request.bsa, request.height, request.weight]
    given += [text for value in request.measurements for text in (value.text, value.uln)]
    given += [text.partition("=")[2] for text in request.given]
    return [text for text in given if text is not None]


def _find_doses(library: Library, name: str, source: str | None) -> tuple[DoseBook, OtherDrug] | Refusal:
    """The dose rules of the drug of exactly this name, and that name; `unknown-name`, or `no-dose-in-source` where it
    has none.
    """
    resolution = resolve(library, name)
    status, target, title = resolution["status"], resolution["id"], resolution["title"]
    if status == "unknown" or target is None:
        from monocli.questions.names import unknown_name

        return unknown_name(library, name)
    document = library.document(DOSES, target) if status == "monograph" else None
    if document is not None:
        book = _book(library, document)
        found = _by_source(library, book, source) if source is not None else book
        return found if isinstance(found, Refusal) else (found, _named(name, resolution))
    if status == "class":
        return Refusal(
            "no-dose-in-source",
            f"{visible(name)!r} is a class of drugs; doses belong to drugs",
            hint="Name the drug itself.",
        )
    if status == "agent":
        message = f"{title} is known here only as a partner in interactions; no dose of it is recorded"
        return Refusal("no-dose-in-source", message, hint=f'See "mono interactions {target}".')
    message = f"the supplied pages of the monograph hold no dose of {title}"
    return Refusal(
        "no-dose-in-source", message, hint=f'See "mono show {target}".', detail={"source": _source_of(library, target)}
    )


def _book(library: Library, document: DosesFile) -> DoseBook:
    """Dose rules, with the units that they need and what is known of sources."""
    return DoseBook(document, _units(library, document), cache(lambda source: library.document(SOURCES, source)))


def _units(library: Library, document: DosesFile) -> Converter | None:
    """What converts the unit of the rules, where they need it."""
    wanted = document.get("other_units")
    if wanted is None:
        return None
    from monocli.engine.dosing.preparing import NEEDED
    from monocli.questions.units import converter

    found = converter(library, tuple(dict.fromkeys([*wanted["to"], *NEEDED])), wanted["of"])
    return None if isinstance(found, Refusal) else found


def _others(library: Library, book: DoseBook) -> list[DoseBook]:
    """The dose rules of the same drug by other sources."""
    ids = [id for id in library.ids(DOSES) if id != book.id and id.rpartition("/")[2] == book.id]
    return [_book(library, document) for id in ids if (document := library.document(DOSES, id)) is not None]


def _by_source(library: Library, book: DoseBook, source: str) -> DoseBook | Refusal:
    """The rules of the drug by one source."""
    books = {other.source: other for other in (book, *_others(library, book))}
    key = normalise(source).replace(" ", "-")
    if key in books:
        return books[key]
    message = f"{SOURCE}: {visible(source)!r} is no source with doses of {book.drug} here"
    return Refusal("bad-value", message, f"one of {', '.join(books)}", tuple(books), BAD_INPUT, {"field": SOURCE})


def _source_of(library: Library, monograph: str) -> str:
    record = library.document(MONOGRAPHS, monograph)
    return str(record["source"]) if record else ""


def _bodies(library: Library) -> Bodies:
    """What can be of one person, and the formulas, measures and units, read once and only where they are needed."""

    @cache
    def file() -> BodyFile:
        found = library.document(BODY, BODY_FILE)
        assert found is not None
        return found

    @cache
    def formulas() -> FormulaBook:
        from monocli.questions.calc import book_of

        return book_of(library)

    return Bodies(file, formulas)


def _partners(library: Library, book: DoseBook, names: Sequence[str]) -> tuple[OtherDrug, ...]:
    """Other drugs, each by exactly this name, or what it is instead of one; with what the interaction data have of it
    and the drug of the book.
    """
    found = [_named(name, resolve(library, name)) for name in names]
    return tuple(
        other.replaced(recorded=_recorded(library, book, other.id))
        if other.status in ("agent", "monograph") and other.id is not None and other.id != book.id
        else other
        for other in found
    )


def _named(name: str, found: Resolution) -> OtherDrug:
    matched, title = found["matched"], found["title"]
    other = matched is not None and matched["kind"] != "title" and normalise(matched["name"]) != normalise(title or "")
    by = MatchedBy(matched["name"], matched["kind"], matched.get("source", "")) if matched and other else None
    status = "ambiguous" if "ambiguous" in found else found["status"]
    return OtherDrug(name, status, found["id"], title, tuple(found["suggestions"]), by)


def _recorded(library: Library, book: DoseBook, other: str) -> tuple[Recorded, ...]:
    """What the interaction data have of the drug of the rules and another, worst action first: what its own source
    says or what is derived, then what other sources say."""
    from monocli.engine.interactions.book import InteractionBook
    from monocli.engine.interactions.pairs import pair_answer
    from monocli.library.stored_rules import StoredRules

    interactions = InteractionBook(StoredRules(library))
    findings = [_said(f, book.source) for f in pair_answer(interactions, book.id, other).findings]
    return tuple(sorted((f for f in findings if f.level != "duplicate"), key=lambda said: said.beside))


def _said(finding: Finding, own: str) -> Recorded:
    stated = finding["level"] != "predicted" and finding["sources"][0]["source"] != own
    return Recorded(
        finding["level"],
        finding["action"],
        finding["statement"],
        tuple(source_of(source) for source in finding["sources"]),
        tuple(finding["conditions"]),
        management=finding["management"],
        beside=stated,
    )
