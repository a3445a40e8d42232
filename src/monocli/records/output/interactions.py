"""`data` of interactions: a list, one name, or a batch of lists."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records.agents import Role
from monocli.records.interactions import ClassStep, RuleOrigin
from monocli.records.output.common import Citation, EditionRef, ErrorRecord, WarningRecord
from monocli.records.output.lookups import LabelNamed, Matched
from monocli.records.words import Action, Direction, Level, Taken


class Origin(TypedDict):
    """Where in a file a drug stands."""

    line: NotRequired[int]
    """Of a text or a table."""
    entry: NotRequired[int]
    """Of FHIR: which of the medication resources it is, in their order, from 1."""
    resource: NotRequired[str]
    """The type of that resource."""
    id: NotRequired[str]
    """Its id."""


class DrugAsked(TypedDict):
    """A name of the list and what it turned out to be."""

    query: str
    status: Literal["monograph", "agent", "class", "unknown"]
    id: str | None
    name: str | None
    matched: Matched | None
    part_of: NotRequired[str]
    """The combination that was named, of which this is a part."""
    read_as: NotRequired[str]
    """The name that a line was read as, where other words stand beside it."""
    left_aside: NotRequired[list[str]]
    """These words: strength, form, route, frequency."""
    route: NotRequired[str]
    """How it is given, where the line says so and it matters: systemic, or the place where it acts."""
    systemic_route: NotRequired[str]
    """By which way, where it is systemic and the line says one: oral, injected, rectal, transdermal, sublingual."""
    mentioned_in: NotRequired[str]
    """Id of the monograph that mentions the substance without being about it."""
    origin: NotRequired[Origin]
    """Where in the file it stands, for a list that was read from one."""
    taken: NotRequired[Taken]
    """Whether it is being taken, by such a file: `yes`; `given` or `unknown`, which are checked too; `no`, `ended` or
    `held`, which are not."""
    taken_why: NotRequired[str]
    """Why it is not taken, or not for certain."""
    read_by: NotRequired[str]
    """The code that it was read by."""


class ByClass(TypedDict):
    """The class by which a rule holds for one of the two, and how the drug belongs to it."""

    drug: str
    """Id of the drug; of a combination that of the part that belongs to the class."""
    id: str
    name: str
    by: list[ClassStep]
    """The chain that leads there; empty where the class itself was asked for."""


class ExceptedMember(TypedDict):
    """A member of the class that the statement does not hold for."""

    drug: str
    reason: str
    section: NotRequired[str]
    source: str


class RoleOfDrug(Role):
    """A role from which a prediction is derived, with the drug that has it."""

    drug: str
    source: str  # type: ignore[misc]  # may be left out in the YAML, is always there in JSON


class DrugNamed(TypedDict):
    id: str
    name: str


class SourceLevel(TypedDict):
    """The source's own word."""

    scheme: str
    """Id of the source whose scale it is."""
    value: str
    label: str


class LevelCase(TypedDict):
    """One of several levels that the source gives, with the condition under which it holds."""

    source_level: SourceLevel
    action: Action
    when: str | None
    """Null: in all other cases."""


class LaterSource(TypedDict):
    """Of a printed monograph and a label whose rules differ in their action the one of the later date. Neither replaces
    the other."""

    source: str
    date: str
    than: str
    """Id of the earlier one."""


# `except` is a word of Python, so this key is written in the call form.
_Excepting = TypedDict("_Excepting", {"except": NotRequired[list[ExceptedMember]]})


class LabelQuoted(LabelNamed):
    """The label that a sentence stands in, and where."""

    effective: str | None
    labeler: str | None
    of: str
    """Id of the drug whose label it is; the other is the one that it names."""
    section: str
    """The field of openFDA."""
    number: str | None
    heading: str
    """Under which it stands there."""
    named: str
    """The drug, or the class, as the sentence names it."""
    from_table: bool


class MemberPair(TypedDict):
    """Of a class that was asked for as a whole: two drugs of which something is recorded or predicted."""

    between: list[str]
    action: Action
    """The worst that is asked for of the two."""
    by: list[str]
    """Ids of the sources that ask for it."""
    conditional: bool
    """Whether each of them asks for it only under a condition."""


class Finding(_Excepting):
    """What one source says of two drugs, or what is derived of them.

    `except` names, for one name alone, the members of the partner's class that are excepted.
    """

    between: list[str]
    """Ids of the two, in the order of the alphabet."""
    affected: str | None
    """Id of the one that is affected; null where the two add up in the patient."""
    direction: Direction
    effect: str
    """What changes."""
    mechanism: str | None
    level: Level
    """`documented`: the source names both drugs. `class`: it names a class that one belongs to. `members`: a class was
    asked for as a whole, and more is known of its members than of the class. `predicted`:
    derived from enzyme roles. `label`: a sentence of an imported label names the other drug, or a class that it is
    listed in. `duplicate`: the same drug twice, or two drugs of one class.
    """
    action: Action
    """By a table from the source's own level, else what the source says to do."""
    source_level: SourceLevel | None
    cases: NotRequired[list[LevelCase]]
    """Where the source gives several levels that may hold for these two; `action` is the worst of them."""
    statement: str
    management: str | None
    """What the source says to do, in one line."""
    conditions: list[str]
    references: list[Citation]
    sources: list[EditionRef]
    """First the one that says it, then those by which a drug belongs to a class."""
    evidence: NotRequired[str]
    classes: NotRequired[list[ByClass]]
    """There at the level "class", and where a duplicate is one of a class."""
    joined: NotRequired[list[str]]
    """Ids of those of the two that the rule's own source does not list in its class and that we joined to it; `by` of
    `classes` has the `basis` and, in words, `because`."""
    strength: NotRequired[str]
    """Of a prediction: the highest grade that a source gives the acting role (strong, moderate, weak)."""
    sensitivity: NotRequired[str]
    """Of a prediction: the grade of the affected drug as a substrate of the same enzyme."""
    roles: NotRequired[list[RoleOfDrug]]
    """The roles that a prediction is derived from."""
    folded: NotRequired[Finding]
    """The prediction from enzyme roles for the same drug in the same direction, which this says already. Its action
    does not count."""
    filed_under: NotRequired[str]
    """Id of the drug under which the source files this, where it is neither of the two."""
    origin: NotRequired[RuleOrigin]
    """Of what a printed monograph or a product's label says."""
    label_of: NotRequired[list[DrugNamed]]
    """Of a rule about a class: the drug in whose label it is printed, where that is neither of the two."""
    member_pairs: NotRequired[list[MemberPair]]
    """At the level "members": every pair of them, worst first."""
    quote: NotRequired[str]
    """Of an imported label: its sentence, or the row of its table with the headings."""
    label: NotRequired[LabelQuoted]


class Pair(TypedDict):
    """The one line to read first of two drugs of which something is recorded."""

    between: list[str]
    action: Action
    """The worst of its findings."""
    affected: str | None
    direction: Direction
    effect: str
    """These three of the finding that is to be read first: what a source says of the two before what is derived."""
    do: str | None
    """What the source of that finding says to do."""
    by: list[str]
    """Ids of the sources that ask for the action."""
    levels: list[Level]
    """The levels of all its findings."""
    conditional: bool
    """The action holds only under conditions that the findings name."""
    later: NotRequired[LaterSource]


NoteKind = Literal["exception", "treatment", "remark", "denied"]


LeftOutFor = Literal["route", "alone"]
"""Why a rule leaves a drug out: it is given by another route, or without the partner that the rule means it with."""


class PairNote(TypedDict):
    """What is said of a pair without being an interaction.

    `exception`: excepted from what is said of its class. `treatment`: what is said of giving the two together.
    `remark`: what is to be known of the pair.
    `denied`: a sentence of an imported label says that there is no effect, or nothing to do.
    """

    between: list[str]
    kind: NoteKind
    statement: str
    conditions: list[str]
    references: list[Citation]
    sources: list[EditionRef]
    local_form: NotRequired[str]
    """Id of the drug that is given in a form which acts where it is applied, and which the source does not mean so."""
    action_if_systemic: NotRequired[Action]
    """What the source asks for where that drug is given systemically."""
    left_out: NotRequired[str]
    """Id of the drug that the source means by another route, or with a partner that the list does not hold."""
    left_out_for: NotRequired[LeftOutFor]
    action_otherwise: NotRequired[Action]
    """What the source asks for where that drug is given as it means."""
    filed_under: NotRequired[str]
    quote: NotRequired[str]
    denial: NotRequired[str]
    """The words that say that there is nothing to do."""
    label: NotRequired[LabelQuoted]


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
    pairs: list[Pair]
    """Every pair with a finding, the worst first."""
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
    not_taken: NotRequired[list[str]]
    """Of a list read from a file: what it says is not being taken. Nothing was checked for it."""
    read_as: NotRequired[str]
    """What the file was taken for."""


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
