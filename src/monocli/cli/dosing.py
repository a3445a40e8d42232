"""What `dose` and `adjust` share before the engine: the drug's rules, and the drugs named beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from monocli.cli.finding import unknown_name
from monocli.engine.answers import Refusal
from monocli.engine.dosing.requests import Matched, Measurement, Partner, Recorded
from monocli.engine.inputs import asked
from monocli.engine.names import normalise, visible

if TYPE_CHECKING:
    from monocli.cli.session import Session
    from monocli.records.resolution import Resolution

FORMULAS = "formulas"
"""Id of the document that holds the formulas for body surface area."""


def find_doses(session: Session, name: str) -> tuple[dict[str, Any], Partner] | Refusal:
    """The dose rules of the drug of exactly this name, and that name; `unknown-name`, or `no-dose-in-source` where it
    has none.
    """
    resolution = session.resolve(name)
    status, target, title = resolution["status"], resolution["id"], resolution["title"]
    if status == "unknown" or target is None:
        return unknown_name(session, name)
    record = session.library.document("doses", target) if status == "monograph" else None
    if record is not None:
        return record, _named(name, resolution)
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
        "no-dose-in-source", message, hint=f'See "mono show {target}".', detail={"source": _source_of(session, target)}
    )


def _source_of(session: Session, monograph: str) -> str:
    record = session.library.document("monographs", monograph)
    return str(record["source"]) if record else ""


def formulas(session: Session) -> dict[str, Any]:
    """The formulas for body surface area, and the units and ranges of a person's measures."""
    record = session.library.document("bsa", FORMULAS)
    assert record is not None
    return record


def partners(session: Session, document: dict[str, Any], names: list[str] | None) -> tuple[Partner, ...]:
    """Other drugs, each by exactly this name, or what it is instead of one; with what the interaction data have of it
    and the drug of the document.
    """
    found = [_named(name, session.resolve(name)) for name in names or ()]
    return tuple(
        other._replace(recorded=_recorded(session, document["id"], other.query))
        if other.status in ("agent", "monograph") and other.id != document["id"]
        else other
        for other in found
    )


def _named(name: str, found: Resolution) -> Partner:
    matched, title = found["matched"], found["title"]
    other = matched is not None and matched["kind"] != "title" and normalise(matched["name"]) != normalise(title or "")
    by = Matched(matched["name"], matched["kind"], matched.get("source", "")) if matched and other else None
    return Partner(name, found["status"], found["id"], title, tuple(found["suggestions"]), by)


def _recorded(session: Session, drug: str, other: str) -> tuple[Recorded, ...]:
    """What the interaction data have of the two, worst action first; then what other sources say of them."""
    from monocli.engine.interactions.check import check
    from monocli.engine.interactions.shapes import ACTIONS
    from monocli.questions.interactions import index_for

    library = session.library
    mentions = [dict(session.resolve(name)) for name in (drug, other)]
    data = check(index_for(library, mentions), mentions, library.edition).data or {}
    findings = [f for f in data.get("interactions", []) if f["level"] != "duplicate"]
    beside = [said for f in findings for said in f.get("also", [])]
    beside += [note for note in data.get("notes", []) if note["kind"] == "other-source"]
    beside.sort(key=lambda said: ACTIONS.index(said["action"]))
    return (
        *(_said(f, f["level"], beside=False) for f in findings),
        *(_said(said, "other-source", beside=True) for said in beside),
    )


def _said(found: Mapping[str, Any], level: str, *, beside: bool) -> Recorded:
    conditions = tuple(found.get("conditions", []))
    return Recorded(level, found["action"], found["statement"], tuple(found["sources"]), conditions, beside)


def measurements(*given: tuple[str, str | None, str | None]) -> tuple[Measurement, ...]:
    """Laboratory values from (variable, value, upper limit of normal) as typed; those of which nothing was typed are
    left out.
    """
    return tuple(
        Measurement(variable, text, asked(variable), uln, asked(f"{variable}_uln"))
        for variable, text, uln in given
        if text is not None or uln is not None
    )
