"""Recorded interactions of one drug: what its monograph says, what other sources say beside it, and its treatment
partners.
"""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records.scalars import Flag, Id, LineRange, WholeNumber
from monocli.records.words import Action, Direction, RoleKind


class MemberExcepted(TypedDict):
    """A member that a class rule does not hold for."""

    agent: Id
    reason: str
    section: NotRequired[str]
    source: NotRequired[str]


# `class` is a word of Python, so this is written in the call form.
Party = TypedDict(
    "Party",
    {
        "monograph": NotRequired[Id],
        "agent": NotRequired[Id],
        "class": NotRequired[Id],
        "except": NotRequired[list[MemberExcepted]],
        "whole": NotRequired[Flag],
        "enzyme": NotRequired[str],
        "role": NotRequired[RoleKind],
    },
)
"""Whom a record is about: exactly one of `monograph`, `agent`, `class` (with `except` if need be), or `enzyme` with
`role`. `whole: yes` at a class: said of the class as a whole, and not carried over to its members.
"""


class ActsAs(TypedDict):
    """What a source says that a class does to an enzyme. Of a member that no source lists so, the answer says that."""

    role: Literal["inhibitor", "inducer"]
    enzyme: str


class Citation(TypedDict):
    """A reference as the section's literature numbers it, with enough of it to find the paper."""

    number: NotRequired[WholeNumber]
    section: NotRequired[str]
    citation: str
    source: NotRequired[str]


# `with` is a word of Python.
InteractionRecord = TypedDict(
    "InteractionRecord",
    {
        "id": Id,
        "with": list[Party],
        "acts_as": NotRequired[ActsAs],
        "affected": Literal["drug", "partner"],
        "direction": Direction,
        "effect": str,
        "mechanism": NotRequired[str],
        "action": Action,
        "statement": str,
        "conditions": NotRequired[list[str]],
        "evidence": NotRequired[str],
        "references": NotRequired[list[Citation]],
        "section": NotRequired[str],
        "also_in": NotRequired[list[str]],
        "lines": NotRequired[LineRange],
        "note": NotRequired[str],
        "source": NotRequired[str],
    },
)
"""One recorded interaction: the drug of the file with one partner, or with each of several of which the same is
said.
"""

PartnerNote = TypedDict(
    "PartnerNote",
    {
        "id": Id,
        "with": list[Party],
        "statement": str,
        "conditions": NotRequired[list[str]],
        "references": NotRequired[list[Citation]],
        "section": NotRequired[str],
        "lines": NotRequired[LineRange],
        "source": NotRequired[str],
    },
)
"""A treatment partner: what a source says of giving the two together that is no interaction."""


class DrugOfFile(TypedDict):
    """The drug whose file this is: a monograph or an agent."""

    monograph: NotRequired[Id]
    agent: NotRequired[Id]


class InteractionsFile(TypedDict):
    """data/interactions/<drug>.yaml"""

    id: Id
    source: str
    drug: DrugOfFile
    interactions: NotRequired[list[InteractionRecord]]
    """What the monograph says. A partner named here is `documented`, a class `class`, an enzyme role `predicted`."""
    beside: NotRequired[list[InteractionRecord]]
    """What other sources say of a pair. Shown beside the findings with its source, never as if the monograph said
    it.
    """
    notes: NotRequired[list[PartnerNote]]
    """Treatment partners that are no interactions."""
    see_also: NotRequired[list[Id]]
    """Ids of drugs under which the source files the interactions of this one; an answer points there."""
