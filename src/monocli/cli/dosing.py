"""What `dose` and `adjust` share before the engine: the drug's rules, and the drugs named beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monocli.cli.finding import unknown_name
from monocli.engine.answers import Refusal
from monocli.engine.dosing.requests import Measurement, Partner
from monocli.engine.names import visible

if TYPE_CHECKING:
    from monocli.cli.session import Session

FORMULAS = "formulas"
"""Id of the document that holds the formulas for body surface area."""


def find_doses(session: Session, name: str) -> dict[str, Any] | Refusal:
    """The dose rules of the drug of exactly this name; `unknown-name`, or `no-dose-in-source` where it has none."""
    resolution = session.resolve(name)
    status, target, title = resolution["status"], resolution["id"], resolution["title"]
    if status == "unknown" or target is None:
        return unknown_name(session, name)
    record = session.library.document("doses", target) if status == "monograph" else None
    if record is not None:
        return record
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


def partner(session: Session, name: str) -> Partner:
    """Another drug by exactly this name, or what it is instead of one."""
    found = session.resolve(name)
    return Partner(name, found["status"], found["id"], found["title"], tuple(found["suggestions"]))


def measurements(*given: tuple[str, str | None, str | None]) -> tuple[Measurement, ...]:
    """Laboratory values from (variable, value, upper limit of normal) as typed; those of which nothing was typed are
    left out.
    """
    return tuple(
        Measurement(variable, text, f"--{variable}", uln, f"--{variable}-uln")
        for variable, text, uln in given
        if text is not None or uln is not None
    )
