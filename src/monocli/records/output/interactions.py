"""`data` of interactions: a list, one name, or a batch of lists."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records.agents import Role
from monocli.records.output.common import Citation, ErrorRecord, SourceRef, WarningRecord
from monocli.records.output.lookups import Matched
from monocli.records.words import Action, Direction, Level


class DrugAsked(TypedDict):
    """A name of the list and what it turned out to be."""

    query: str
    status: Literal["monograph", "agent", "class", "unknown"]
    id: str | None
    name: str | None
    matched: Matched | None
    mentioned_in: NotRequired[str]
    """Id of the monograph that mentions the substance without being about it."""


# `class` is a word of Python, so this key is written in the call form.
ClassStep = TypedDict("ClassStep", {"class": str, "name": str, "source": str | None})


class NamedClass(TypedDict):
    """The class that the monograph names."""

    id: str
    name: str
    by: NotRequired[list[ClassStep]]
    """For a pair: how the drug belongs to the class, and by which sources."""
    members: NotRequired[int]
    """For one name alone: how many members the class has."""


class ExceptedMember(TypedDict):
    """A member of the class that the statement does not hold for."""

    agent: str
    reason: str
    section: NotRequired[str]
    source: str


class RoleOfDrug(Role):
    """A role from which a prediction is derived, with the drug that has it."""

    drug: str
    source: str  # type: ignore[misc]  # may be left out in the YAML, is always there in JSON


class OtherStatement(TypedDict):
    """What another source says of the same pair."""

    direction: Direction
    effect: str
    mechanism: NotRequired[str]
    action: Action
    statement: str
    conditions: NotRequired[list[str]]
    sources: list[SourceRef]


# `class` and `except` are words of Python, so these keys are written in the call form.
_OfClass = TypedDict("_OfClass", {"class": NotRequired[NamedClass], "except": NotRequired[list[ExceptedMember]]})


class Finding(_OfClass):
    """Something recorded, or derived, of two drugs.

    `class` is there at the level "class"; `except` names the members that are excepted from it.
    """

    between: list[str]
    """Ids of the two, in the order of the alphabet."""
    affected: str
    """Id of the one that is affected."""
    direction: Direction
    effect: str
    """What changes."""
    mechanism: str | None
    level: Level
    """`documented`: the monograph names the drug. `class`: it names a class that the drug belongs to. `predicted`:
    derived from enzyme roles. `duplicate`: two names of one drug.
    """
    action: Action
    statement: str
    conditions: list[str]
    references: list[Citation]
    sources: list[SourceRef]
    evidence: NotRequired[str]
    strength: NotRequired[str]
    """Of a prediction: the highest grade that a source gives the acting role (strong, moderate, weak)."""
    sensitivity: NotRequired[str]
    """Of a prediction: the grade of the affected drug as a substrate of the same enzyme."""
    roles: NotRequired[list[RoleOfDrug]]
    """The roles that a prediction is derived from."""
    also: NotRequired[list[OtherStatement]]
    """What other sources say of the same."""
    action_source: NotRequired[str]
    """The source that asks for `action`, where the finding's own asks for nothing."""
    filed_under: NotRequired[str]
    """Id of the drug under which the source files this, where it is neither of the two."""


class PairNote(TypedDict):
    """What is said of a pair without being an interaction of its own.

    `exception`: excepted from what is said of its class. `treatment`: a treatment partner. `other-source`: only
    another source speaks of it. `members`: members of a class of which something is recorded by name.
    """

    between: list[str]
    kind: Literal["exception", "treatment", "other-source", "members"]
    statement: str
    conditions: list[str]
    references: list[Citation]
    sources: list[SourceRef]
    affected: NotRequired[str]
    direction: NotRequired[Direction]
    effect: NotRequired[str]
    action: NotRequired[Action]
    members: NotRequired[list[str]]
    filed_under: NotRequired[str]
    within: NotRequired[str]
    """Asked for one drug: the class or role of the other by which the drug's own source speaks of it."""


class Partner(TypedDict):
    """Whom something is recorded with: a drug, a class, or everything with an enzyme role."""

    id: str
    name: str
    kind: Literal["monograph", "agent", "class", "enzyme-role"]
    enzyme: NotRequired[str]
    role: NotRequired[Literal["substrate", "inhibitor", "inducer"]]
    members: NotRequired[int]
    """How many drugs of the library belong to the class or have the role."""


class Place(TypedDict):
    """Where a list of a batch stands."""

    line: int
    id: str | None
    """As the line gives it."""


# `list` is a word of Python, so this key is written in the call form.
class _InBatch(TypedDict):
    list: NotRequired[Place]


class Interactions(_InBatch):
    """What is recorded for a list of drugs, pair by pair, or for one name.

    `partners`, `roles` and `members` are there for one name alone, `list` in a batch.
    """

    drugs: list[DrugAsked]
    interactions: list[Finding]
    """Worst action first; within an action documented, class, predicted, duplicate."""
    notes: list[PairNote]
    partners: NotRequired[list[Partner]]
    roles: NotRequired[list[Role]]
    """What the drug is to enzymes and transporters."""
    members: NotRequired[list[str]]
    """Ids of the members of the class that was asked for."""
    not_recorded: list[list[str]]
    """Pairs of ids that were looked up and have nothing recorded. That is no proof of safety."""
    not_checked: list[str]
    """Names that were not recognised, so that nothing was checked for them."""


class AnsweredList(TypedDict):
    """One list of a batch: what its own envelope would hold."""

    status: Literal["ok", "partial", "refused", "error"]
    exit_code: Literal[0, 1, 2, 5]
    data: Interactions | None
    warnings: list[WarningRecord]
    errors: list[ErrorRecord]


class Batch(TypedDict):
    """Several lists in one document."""

    lists: list[AnsweredList]
