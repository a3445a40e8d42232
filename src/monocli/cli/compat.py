"""mono compat: may it be mixed, diluted, kept in this?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from monocli.cli.completing import drug_names, monograph_names
from monocli.cli.wording import result_of
from monocli.cli.writings import with_writings
from monocli.engine.answers import BAD_INPUT, Answer, Note, Refusal
from monocli.engine.compatibility import compatibility, filed, other_way_round, partner_findings
from monocli.engine.interactions.check import unknown_name
from monocli.engine.mixing import Convert, read_conditions, subject_of
from monocli.engine.unrecorded import nothing_on_file
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session
    from monocli.engine.units import Registry, Selection


def compat(
    session: Session,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The drug to be mixed or diluted.", autocompletion=monograph_names)
    ],
    others: Annotated[
        list[str] | None,
        typer.Argument(metavar="[OTHER...]", help="Drugs or diluents that it meets.", autocompletion=drug_names),
    ] = None,
    diluent: Annotated[str | None, typer.Option("--diluent", help='Such as "glucose 5%".')] = None,
    concentration: Annotated[str | None, typer.Option("--concentration", help='Such as "50 microgram/mL".')] = None,
    amount: Annotated[str | None, typer.Option("--amount", help='Of the drug: 1.1mg, "18 MIU"; with --volume.')] = None,
    volume: Annotated[str | None, typer.Option("--volume", help='Of the solution: "25 mL".')] = None,
    container: Annotated[str | None, typer.Option("--container", help='Such as "plastic syringe".')] = None,
    hours: Annotated[
        str | None, typer.Option("--hours", help='How long it is infused or kept: 24, "15 minutes".')
    ] = None,
    albumin: Annotated[str | None, typer.Option("--albumin", help='Human albumin in it: 0.1%, or "none".')] = None,
    region: Annotated[
        Literal["uk", "us"] | None, typer.Option("--region", help="Whose product information; without it all is shown.")
    ] = None,
) -> Result:
    """May it be mixed with this, diluted in this, kept in this: verdict, tested conditions, statement, source.

    A statement holds only under the conditions that it was made under; each is shown with whether yours fit. What is
    not recorded is "unknown" (exit 1): treat it as incompatible until shown otherwise. A concentration may be given,
    or an amount and a volume from which it is computed.

    \b
    Examples:
      mono compat aldesleukin lorazepam
      mono compat aldesleukin "ganciclovir sodium" ondansetron
      mono compat aldesleukin --diluent "glucose 5%" --amount 1.1mg --volume 25mL --region us
      mono compat aldesleukin --diluent "glucose 5%" --container "plastic syringe" --hours 24
      mono compat aldesleukin --diluent "sodium chloride 0.9%"
    """
    drug: dict[str, Any] = dict(session.resolve(name, ("monograph", "agent")))
    if drug["id"] is None:
        return result_of("compat", replace(unknown_name(drug), hint="Give the exact name of one of the suggestions."))
    documents = _documents(session, drug["id"])
    document: Mapping[str, Any] = documents[0] if documents else {"id": drug["id"], "statements": []}
    mentions = [_mention(session, document, other) for other in others or []]
    if any(mention["id"] == drug["id"] for mention in mentions):
        message = f"{drug['title']} is the drug itself; name what it is mixed with"
        return result_of("compat", Refusal("same-drug", message, kind=BAD_INPUT))
    asked = read_conditions(
        document,
        _converting(session, drug),
        region=region,
        container=container,
        hours=hours,
        albumin=albumin,
        concentration=concentration,
        amount_of_drug=amount,
        volume=volume,
        mixed_with=[*(others or []), *([diluent] if diluent is not None else [])],
    )
    if isinstance(asked, Refusal):
        return result_of("compat", asked)
    if not documents and not mentions and diluent is None:
        return result_of("compat", nothing_on_file(drug, asked))

    def elsewhere(other: Mapping[str, Any]) -> list[dict[str, Any]]:
        found = [finding for held in documents[1:] for finding in partner_findings(held, other)]
        theirs = _documents(session, other["id"]) if other["id"] is not None else []
        return [*found, *(finding for held in theirs for finding in other_way_round(held, drug, other))]

    answer = compatibility(document, drug["title"], mentions, asked, diluent, elsewhere)
    answer = replace(answer, notes=(*answer.notes, *_filed_elsewhere(drug, documents)))
    return _result(with_writings(session, answer, hours, albumin))


def _documents(session: Session, drug: str) -> list[Mapping[str, Any]]:
    """What is recorded on mixing a drug: its own document, then those under which its source files it too."""
    library = session.library
    own = library.document("compatibility", drug)
    also = (library.document("interactions", drug) or {}).get("see_also", [])
    others = [held for other in also if (held := library.document("compatibility", other)) is not None]
    return [*([own] if own is not None else []), *(filed(held, drug) for held in others)]


def _converting(session: Session, drug: dict[str, Any]) -> Convert:
    """Conversion for a drug. The units are loaded only where a quantity is given."""

    @cache
    def units() -> tuple[Registry, Selection]:
        from monocli.questions.units import registry

        known = registry(session.library)
        return known, known.of_monograph(drug["id"], drug["title"])

    def convert(text: str, unit: str) -> Answer[Any] | Refusal:
        from monocli.engine.units import Converter

        known, selection = units()
        return Converter(known, (unit,), selection).convert(text)

    return convert


def _mention(session: Session, document: Mapping[str, Any], name: str) -> dict[str, Any]:
    """What another name is; a diluent or container of the document needs no looking up."""
    subject = subject_of(document, name)
    if subject is not None:
        return {"query": name, "status": "subject", "id": subject["id"], "title": subject["name"], "suggestions": []}
    return dict(session.resolve(name))


def _filed_elsewhere(drug: Mapping[str, Any], documents: Sequence[Mapping[str, Any]]) -> list[Note]:
    """For a substance whose handling its source files under another drug: where it stands."""
    statements = (statement for document in documents for statement in document["statements"])
    notes = []
    for other in dict.fromkeys(s["filed_under"] for s in statements if "filed_under" in s):
        message = f"the source files what is recorded on mixing under {other}, not {drug['id']}; it is shown from there"
        notes.append(Note("see-also", message, {"id": drug["id"], "see": other}))
    return notes


def _result(outcome: Answer[Any] | Refusal) -> Result:
    """Refused, not partial, where every finding is unknown."""
    result = result_of("compat", outcome)
    data = result.data
    if data and data["findings"] and all(finding["verdict"] == "unknown" for finding in data["findings"]):
        return replace(result, status="refused")
    return result
