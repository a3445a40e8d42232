"""Agents: drugs and foods known only as partners, the classes that they belong to, and the enzymes and transporters
they act on.
"""

from __future__ import annotations

from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from monocli.records.marks import OneOf, Ref, With, keys
from monocli.records.scalars import Flag, Id
from monocli.records.words import Action, RoleKind


class AgentName(TypedDict):
    """One name of an agent, as its source writes it."""

    name: str
    kind: str
    """From `name_kinds` in vocabulary.yaml."""
    of: NotRequired[str]
    lang: NotRequired[str]
    note: NotRequired[str]
    source: NotRequired[str]


class AgentIdentifier(TypedDict):
    """A registry number of an agent."""

    system: str
    value: str
    of: NotRequired[str]
    note: NotRequired[str]
    source: NotRequired[str]


class AtcCode(TypedDict):
    """An ATC code of an agent; one agent may have several, one for each use."""

    value: str
    note: NotRequired[str]
    source: NotRequired[str]


# `class` is a word of Python, so these two are written in the call form.
Membership = TypedDict(
    "Membership",
    {"class": Id, "route": NotRequired[str], "note": NotRequired[str], "source": NotRequired[str]},
)
"""That an agent belongs to a class, and which source says so."""


class Role(TypedDict):
    """What a drug is to one enzyme or one transporter."""

    enzyme: NotRequired[str]
    """Name, alias or id from enzymes.yaml; either this or `transporter`."""
    transporter: NotRequired[str]
    """Name, alias or id from enzymes.yaml."""
    role: RoleKind
    strength: NotRequired[str]
    """Grade as the source words it, from `enzyme_strengths` in vocabulary.yaml. Nothing is predicted from a `minor`
    route.
    """
    evidence: NotRequired[str]
    """Kind of evidence where it is not clinical: in vitro."""
    note: NotRequired[str]
    """What qualifies the role (dose, preparation, narrow window); a condition of every prediction from it."""
    remark: NotRequired[str]
    """What is to be known of the entry and qualifies no prediction (how the source words it, a Ki)."""
    alone: NotRequired[Flag]
    """The role is graded for the drug by itself, and not carried over to a combination that contains it."""
    section: NotRequired[str]
    source: NotRequired[str]


class Agent(TypedDict):
    """A partner in interactions."""

    id: Id
    name: str
    """The international or British name, which the agent is shown under."""
    kind: NotRequired[str]
    """What it is where it is no drug: food, herb, combination."""
    names: NotRequired[list[AgentName]]
    atc: NotRequired[list[AtcCode]]
    identifiers: NotRequired[list[AgentIdentifier]]
    classes: NotRequired[list[Membership]]
    roles: NotRequired[list[Role]]
    components: NotRequired[list[Id]]
    """Ids of the agents that a combination consists of."""
    monograph: NotRequired[Id]
    """The monograph of this drug; its classes and roles then belong to that monograph's drug."""
    note: NotRequired[str]
    source: NotRequired[str]


class CombinationCard(TypedDict):
    """A combination, as it is found by its parts."""

    id: str
    name: str
    source: str


class AgentsFile(TypedDict):
    """data/agents/<letter>.yaml"""

    id: NotRequired[Id]
    source: NotRequired[str]
    agents: list[Agent]


class ClassException(TypedDict):
    """A member to which statements about the whole class are not carried over."""

    agent: Id
    note: NotRequired[str]
    source: NotRequired[str]


class DrugClass(TypedDict):
    """A class that interaction records may name."""

    id: Id
    name: str
    aliases: NotRequired[list[str]]
    parents: NotRequired[list[Id]]
    """Wider classes that every member of this one belongs to as well."""
    parents_source: NotRequired[str]
    """Where the link to the wider classes is said, if not in the source of the class."""
    route: NotRequired[str]
    """Set where the class lists a drug by a form for that route, so that an answer can say so."""
    exceptions: NotRequired[list[ClassException]]
    note: NotRequired[str]
    source: NotRequired[str]


class ClassesFile(TypedDict):
    """data/agents/classes.yaml"""

    id: NotRequired[Id]
    source: NotRequired[str]
    classes: list[DrugClass]


class Enzyme(TypedDict):
    """An enzyme or transporter. Names that sources use for the same one (CYP3A, CYP3A4) are aliases of one id."""

    id: str
    """As it is written in answers (CYP3A, P-gp)."""
    name: str
    aliases: NotRequired[list[str]]
    members: NotRequired[list[str]]
    """Ids that this one covers as a family: a role given for the family meets a role given for any member."""
    note: NotRequired[str]
    source: NotRequired[str]


class StrengthMeaning(TypedDict):
    """What a strength means, as its source defines it."""

    role: RoleKind
    strength: str
    meaning: str
    source: NotRequired[str]


class GradedAction(TypedDict):
    """What we take a prediction for, by the grade of the acting role and that of the substrate."""

    strength: str
    sensitivity: str
    action: Action
    source: NotRequired[str]


class EnzymesFile(TypedDict):
    """data/agents/enzymes.yaml"""

    id: NotRequired[Id]
    source: NotRequired[str]
    enzymes: list[Enzyme]
    transporters: NotRequired[list[Enzyme]]
    grades: NotRequired[list[StrengthMeaning]]
    actions: NotRequired[list[GradedAction]]
    """Of any other two grades, or where one is not graded, a prediction asks for nothing (`note`)."""


# `class` is a word of Python.
_OfClass = TypedDict("_OfClass", {"class": NotRequired[Id]})


@keys(OneOf("same_drug", "drug", "class"), With("class", "listed_by"))
class Doubled(_OfClass):
    """What we take it for that one list holds the same twice: a drug (`same_drug`, or this `drug`), or two drugs of a
    `class`."""

    same_drug: NotRequired[Flag]
    drug: NotRequired[Id]
    listed_by: NotRequired[Annotated[Id, Ref("sources", in_library=True)]]
    """The source whose list of members counts."""
    action: Action
    local_forms: NotRequired[Flag]
    """Of a class: a form that acts where it is applied counts as any other."""
    source: NotRequired[str]


class DoubledFile(TypedDict):
    """data/agents/doubled.yaml"""

    id: NotRequired[Id]
    source: NotRequired[str]
    doubled: list[Doubled]
    """For a drug its own entry counts, else that of `same_drug`; where there is neither, the action is `note`."""
