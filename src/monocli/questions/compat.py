"""May it be mixed, diluted, kept in this?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from monocli.engine.answers import BAD_INPUT, Answer, Note, Refusal
from monocli.engine.compatibility import compatibility, filed, other_way_round, partner_findings
from monocli.engine.interactions.check import unknown_name
from monocli.engine.mixing import Convert, read_conditions, subject_of
from monocli.engine.unrecorded import nothing_on_file
from monocli.library.resolving import resolve
from monocli.questions.writings import with_writings

if TYPE_CHECKING:
    from monocli.engine.units import Registry, Selection
    from monocli.library.store import Library


def compat(
    library: Library,
    name: str,
    others: Sequence[str] = (),
    *,
    diluent: str | None = None,
    concentration: str | None = None,
    amount: str | None = None,
    volume: str | None = None,
    container: str | None = None,
    hours: str | None = None,
    albumin: str | None = None,
    region: str | None = None,
) -> Answer[Any] | Refusal:
    """What is recorded of mixing a drug with others, in a diluent, under these conditions (as typed); nothing else: all
    that is recorded of it.

    Refusals: `unknown-name`, `same-drug`, those of a quantity, and `nothing-recorded`.
    """
    resolution = resolve(library, name, ("monograph", "agent"))
    drug: dict[str, Any] = dict(resolution)
    if resolution["id"] is None:
        return replace(unknown_name(resolution), hint="Give the exact name of one of the suggestions.")
    documents = _documents(library, drug["id"])
    document: Mapping[str, Any] = documents[0] if documents else {"id": drug["id"], "statements": []}
    mentions = [_mention(library, document, other) for other in others]
    if any(mention["id"] == drug["id"] for mention in mentions):
        message = f"{drug['title']} is the drug itself; name what it is mixed with"
        return Refusal("same-drug", message, kind=BAD_INPUT)
    asked = read_conditions(
        document,
        _converting(library, drug),
        region=region,
        container=container,
        hours=hours,
        albumin=albumin,
        concentration=concentration,
        amount_of_drug=amount,
        volume=volume,
        mixed_with=[*(others), *([diluent] if diluent is not None else [])],
    )
    if isinstance(asked, Refusal):
        return asked
    if not documents and not mentions and diluent is None:
        return nothing_on_file(drug, asked)

    def elsewhere(other: Mapping[str, Any]) -> list[dict[str, Any]]:
        found = [finding for held in documents[1:] for finding in partner_findings(held, other)]
        theirs = _documents(library, other["id"]) if other["id"] is not None else []
        return [*found, *(finding for held in theirs for finding in other_way_round(held, drug, other))]

    answer = compatibility(document, drug["title"], mentions, asked, diluent, elsewhere)
    answer = replace(answer, notes=(*answer.notes, *_filed_elsewhere(drug, documents)))
    return with_writings(library, answer, hours, albumin)


def _documents(library: Library, drug: str) -> list[Mapping[str, Any]]:
    """What is recorded on mixing a drug: its own document, then those under which its source files it too."""
    own = library.document("compatibility", drug)
    also = (library.document("parties", drug) or {}).get("filed_under", [])
    others = [held for other in also if (held := library.document("compatibility", other)) is not None]
    return [*([own] if own is not None else []), *(filed(held, drug) for held in others)]


def _converting(library: Library, drug: dict[str, Any]) -> Convert:
    """Conversion for a drug. The units are loaded only where a quantity is given."""

    @cache
    def units() -> tuple[Registry, Selection]:
        from monocli.questions.units import registry

        known = registry(library)
        return known, known.of_monograph(drug["id"], drug["title"])

    def convert(text: str, unit: str) -> Answer[Any] | Refusal:
        from monocli.engine.units import Converter

        known, selection = units()
        return Converter(known, (unit,), selection).convert(text)

    return convert


def _mention(library: Library, document: Mapping[str, Any], name: str) -> dict[str, Any]:
    """What another name is; a diluent or container of the document needs no looking up."""
    subject = subject_of(document, name)
    if subject is not None:
        return {"query": name, "status": "subject", "id": subject["id"], "title": subject["name"], "suggestions": []}
    return dict(resolve(library, name))


def _filed_elsewhere(drug: Mapping[str, Any], documents: Sequence[Mapping[str, Any]]) -> list[Note]:
    """For a substance whose handling its source files under another drug: where it stands."""
    statements = (statement for document in documents for statement in document["statements"])
    notes = []
    for other in dict.fromkeys(s["filed_under"] for s in statements if "filed_under" in s):
        message = f"the source files what is recorded on mixing under {other}, not {drug['id']}; it is shown from there"
        notes.append(Note("see-also", message, {"id": drug["id"], "see": other}))
    return notes
