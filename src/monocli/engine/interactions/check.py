"""A list of medicines checked pair by pair: what is recorded, what was checked and is not, what was not recognised."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, cast

from monocli.engine.answers import Answer, Note, Refusal
from monocli.engine.cited import cited
from monocli.engine.inputs import ask
from monocli.engine.interactions.book import InteractionBook
from monocli.engine.interactions.doubling import of_one_product, products_of, same_drug_twice
from monocli.engine.interactions.given import Given, given_in
from monocli.engine.interactions.ordering import finding_order, pairs_of
from monocli.engine.interactions.pairs import PairAnswer, pair_answer
from monocli.engine.names import visible
from monocli.records.words import ACTIONS

if TYPE_CHECKING:
    from monocli.records.output.interactions import DrugAsked, Interactions, PairNote
    from monocli.records.resolution import Resolution
    from monocli.records.words import Action


Pairs = Callable[[str, str, Given], PairAnswer]
"""Where the answers for pairs come from, by their ids; a batch keeps those that it has met."""


def check(
    book: InteractionBook, mentions: Sequence[Resolution], pairs: Pairs | None = None
) -> Answer[Interactions] | Refusal:
    """Every pair of the list. `data` is what `mono interactions` shows.

    The parts of one product are not checked against each other. Findings stand worst action first, then documented,
    class, predicted, duplicate, then in the order of the list. An unknown name makes the answer partial and stands in
    `not_checked`. Refused as `nothing-recorded` where every name is recognised and no pair has anything recorded;
    `data` is there all the same.
    """
    look_up: Pairs = pairs or partial(pair_answer, book)
    given = given_in(book, mentions)
    ids = list(dict.fromkeys(mention["id"] for mention in mentions if mention["id"] is not None))
    findings = same_drug_twice(book, mentions)
    notes: list[PairNote] = []
    not_recorded: list[list[str]] = []
    products = products_of(mentions)
    for first, second in combinations(ids, 2):
        if of_one_product(products[first], products[second]):
            continue
        answer = look_up(first, second, given.of(book.drug(first), book.drug(second)))
        findings += answer.findings
        notes += answer.notes
        if not answer:
            not_recorded.append(sorted((first, second)))
    findings.sort(key=finding_order)
    unknown = [mention for mention in mentions if mention["id"] is None]
    data: Interactions = {
        "drugs": [shown(mention) for mention in mentions],
        "pairs": pairs_of(findings),
        "interactions": findings,
        "notes": notes,
        "not_recorded": sorted(not_recorded),
        "not_checked": [mention["query"] for mention in unknown],
    }
    warnings = [not_recorded_note(len(not_recorded), book.edition)] if not_recorded else []
    sources = cited((findings, notes)) if book.labels is not None else ()
    warnings += [*see_compat(book, ids), *see_also(book, ids), *labels_read(book, ids, sources)]
    if unknown or findings or notes:
        refusals = tuple(unknown_name(mention, book) for mention in unknown)
        return Answer(data, tuple(warnings), refusals, empty=not ids)
    return nothing_recorded(data, book.edition, tuple(warnings))


def shown(mention: Resolution) -> DrugAsked:
    """A name of the list and what it resolved to, as JSON shows it."""
    asked = {"query": mention["query"], "status": mention["status"], "id": mention["id"], "name": mention["title"]}
    shown = cast("DrugAsked", {**asked, "matched": mention["matched"]})
    if "mentioned_in" in mention:
        shown["mentioned_in"] = mention["mentioned_in"]
    if "part_of" in mention:
        shown["part_of"] = mention["part_of"]
    if "read_as" in mention:
        shown["read_as"], shown["left_aside"] = mention["read_as"], mention["left_aside"]
    if "route" in mention:
        shown["route"] = mention["route"]
    if "systemic_route" in mention:
        shown["systemic_route"] = mention["systemic_route"]
    return shown


_MEANT = "Give the exact name of one of the suggestions if it is meant."


def unknown_name(mention: Resolution, book: InteractionBook | None = None) -> Refusal:
    """The error for a name that was not recognised, or that a monograph only mentions."""
    from monocli.engine.ambiguous import NOTHING_NEAR, ambiguous_name

    query = mention["query"]
    if "ambiguous" in mention:
        return ambiguous_name(query, mention["suggestions"])
    if "mentioned_in" in mention:
        where = mention["mentioned_in"]
        message = f"{visible(query)} is only mentioned in the monograph of {where}; nothing is recorded for it"
        hint = f'Every pair with this name is unchecked. See "{ask("show")} {where}".'
        return Refusal("only-mentioned", f"{message}, and it was not checked", hint=hint, detail={"query": query})
    if book is not None and book.enzymes.names_roles(query):
        hint = "This names many drugs at once. Name the drugs that are meant: each is checked with its enzyme roles."
        return Refusal("unknown-name", f"no drug, so not checked: {visible(query)!r}", hint, detail={"query": query})
    return Refusal(
        "unknown-name",
        f"not recognised, so not checked: {visible(query)!r}" if query.strip() else "an empty name cannot be checked",
        hint=f"Every pair with this name is unchecked. {_MEANT if mention['suggestions'] else NOTHING_NEAR}",
        suggestions=tuple(mention["suggestions"]),
        detail={"query": query},
    )


def not_recorded_note(count: int, edition: str) -> Note:
    """The warning that stands beside pairs without a record. Absence is never called safe."""
    pairs = f"{count} pair{'s' if count != 1 else ''}"
    return Note(
        "nothing-recorded",
        f"for {pairs}, nothing is recorded in edition {edition}, which is not proof of safety",
        {"pairs": count},
    )


def nothing_recorded(data: Interactions | None, edition: str, warnings: tuple[Note, ...] = ()) -> Refusal:
    """Every name was recognised, and the library records nothing."""
    return Refusal(
        "nothing-recorded",
        f"recognised, but nothing recorded in edition {edition}, which is not proof of safety",
        hint="Look further: what no source of this library says of two drugs may be true of them all the same.",
        notes=warnings,
        data=data,
    )


def see_compat(book: InteractionBook, ids: Sequence[str]) -> list[Note]:
    """For two drugs of which something is recorded on mixing, which is another question: how to ask it."""
    notes = []
    for owner in ids:
        mixed = book.drug(owner).record.get("mixed_with", ())
        for partner in ids:
            if partner in mixed:
                names = f"{book.drug(owner).name} with {book.drug(partner).name}"
                command = f"{ask('compat')} {owner} {partner}"
                message = f"something is recorded on mixing {names}, which is another question: {command}"
                notes.append(Note("see-compat", message, {"between": sorted((owner, partner)), "see": command}))
    return notes


def see_also(book: InteractionBook, ids: Iterable[str]) -> list[Note]:
    """For a substance whose interactions its source files under another drug: where they stand."""
    notes = []
    for drug_id in ids:
        for other in book.drug(drug_id).record.get("filed_under", ()):
            message = f"the source files interactions under {other}, not {drug_id}; they are shown from there"
            notes.append(Note("see-also", message, {"id": drug_id, "see": other}))
    return notes


def labels_read(book: InteractionBook, ids: Iterable[str], sources: Collection[str]) -> tuple[Note, ...]:
    """Which imported labels were read for an answer that cites these sources."""
    return () if book.labels is None else book.labels.told(ids, cited=book.labels.source in sources)


def threshold_met(data: Interactions, threshold: Action) -> bool:
    """Whether any source asks for this action or a worse one."""
    limit = ACTIONS.index(threshold)
    return any(ACTIONS.index(finding["action"]) <= limit for finding in data["interactions"])
