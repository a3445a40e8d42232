"""Interaction rules: what one source says of two parties. And what the engine reads when it looks for them."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records.agents import Doubled, DrugClass, Role
from monocli.records.library import ScaleLevel
from monocli.records.output.common import Citation, EditionRef
from monocli.records.scalars import Flag, Id, LineRange, WholeNumber
from monocli.records.words import Action, Basis, Direction, PartyKind, RoleKind, Route


class MemberExcepted(TypedDict):
    """A member that a class rule does not hold for."""

    drug: Id
    reason: str
    section: NotRequired[str]
    source: NotRequired[str]


# `class` is a word of Python, so this is written in the call form.
Party = TypedDict(
    "Party",
    {
        "drug": NotRequired[Id],
        "class": NotRequired[Id],
        "except": NotRequired[list[MemberExcepted]],
        "whole": NotRequired[Flag],
        "enzyme": NotRequired[str],
        "role": NotRequired[RoleKind],
        "when": NotRequired[str],
        "by": NotRequired[list[Route]],
    },
)
"""Whom a rule is about: exactly one of `drug` (a monograph, drug or food), `class` (with `except` if need be), or
`enzyme` with `role`. `whole: yes` at a class: said of the class as a whole, and not carried over to its members.
`when`: the dose, route, use or patients for which the party is meant, in words; a condition of every finding.
`by`: the routes for which it is meant; a drug that is known to be given otherwise gets a note.
"""


class ActsAs(TypedDict):
    """What a source says that a class does to an enzyme. Of a member that no source lists so, the answer says that."""

    role: Literal["inhibitor", "inducer"]
    enzyme: str


class LiteratureReference(TypedDict):
    """A reference as the section's literature numbers it, with enough of it to find the paper."""

    number: NotRequired[WholeNumber]
    section: NotRequired[str]
    citation: str
    source: NotRequired[str]


class RuleCase(TypedDict):
    """One of several levels of a rule: for some drugs of a side, or under a condition. A case that names the two, and
    asks for nothing else, is the case: those after it do not hold for them."""

    level: str
    """From the scale of the rule's source."""
    first: NotRequired[list[Id]]
    """The drugs of the first side for which it holds, or classes with all of their members; any, where this is not
    there."""
    second: NotRequired[list[Id]]
    others: NotRequired[Flag]
    """For the drugs that no other case of the rule names."""
    when: NotRequired[str]
    first_by: NotRequired[list[Route]]
    """The routes of the drug of the first side for which it holds; any, where this is not there."""
    second_by: NotRequired[list[Route]]
    do: NotRequired[str]
    """What the source says to do in this case; told where every case that can hold has it."""


class Rule(TypedDict):
    """What the source of its file says of two sides.

    Each side of `between` lists the parties of which the same is said. It holds for a drug of the one side with
    another drug of the other.
    """

    id: Id
    between: list[list[Party]]
    kind: NotRequired[Literal["treatment", "remark"]]
    """`treatment`: what is said of giving the two together that is no interaction. `remark`: what is to be known of the
    pair and asks for nothing. Neither is a finding.
    """
    affected: NotRequired[Literal["first", "second"]]
    """The side that is affected; not there where the two add up in the patient."""
    direction: NotRequired[Direction]
    effect: NotRequired[str]
    mechanism: NotRequired[str]
    level: NotRequired[str]
    """In the source's own scale (`levels` in sources.yaml), which gives the action."""
    cases: NotRequired[list[RuleCase]]
    """Where the source gives several levels. `level` is then the worst."""
    action: NotRequired[Action]
    """Where the source has no scale: what it says to do."""
    statement: str
    do: NotRequired[str]
    """What the source says to do, in one line."""
    acts_as: NotRequired[ActsAs]
    conditions: NotRequired[list[str]]
    evidence: NotRequired[str]
    references: NotRequired[list[LiteratureReference]]
    section: NotRequired[str]
    also_in: NotRequired[list[str]]
    lines: NotRequired[LineRange]
    note: NotRequired[str]
    source: NotRequired[str]


class FiledUnder(TypedDict):
    """A drug whose interactions the source files under another."""

    drug: Id
    under: Id
    by: NotRequired[list[Route]]
    """The routes by which it can be given at all, whatever a line says."""


# `class` is a word of Python.
Listing = TypedDict(
    "Listing",
    {
        "class": Id,
        "drugs": list[Id],
        "by": NotRequired[list[Route]],
        "together_with": NotRequired[list[Id]],
        "source": NotRequired[str],
        "basis": NotRequired[Basis],
        "because": NotRequired[str],
        "note": NotRequired[str],
    },
)
"""Drugs that the source of the file counts to a class. `source`: who says that they belong there, where it is another
that joins them to the list; then `basis` is on what we join them, and `because` the reason in words. `by`: the routes
for which the source lists them. `together_with`: they count only where one of these is taken too, as of a combination.
"""


class LocalForms(TypedDict):
    """A source that does not mean forms which act where they are applied (creams, eye drops, inhalers), but for these
    drugs and classes."""

    drugs: NotRequired[list[Id]]
    classes: NotRequired[list[Id]]


class InteractionsFile(TypedDict):
    """data/interactions/<source>/<name>.yaml: rules of one source, and whom it counts to which class."""

    id: Id
    source: str
    edition: NotRequired[str]
    classes: NotRequired[list[DrugClass]]
    """Classes that no other file defines."""
    members: NotRequired[list[Listing]]
    local_forms: NotRequired[LocalForms]
    """Where the source means systemic use: what it says of local forms all the same. Of all its rules, in any file."""
    rules: NotRequired[list[Rule]]
    filed_under: NotRequired[list[FiledUnder]]


# What compiling makes of these, for reading by key.


class RuleOrigin(TypedDict):
    """The source of a rule, to tell which of two is the later."""

    kind: Literal["monograph", "label"]
    date: str


class StoredRule(Rule):
    """A rule by its key, with what its file and the record of its source say. What only tells where the source has it
    (`section`, `also_in`, `lines`) stands in `sources` or nowhere."""

    key: str
    source: str  # type: ignore[misc]  # that of the file
    sources: list[EditionRef]
    """The source of the file, once for each section that the rule draws on."""
    references: NotRequired[list[Citation]]  # type: ignore[misc]  # as an answer shows them
    scale: NotRequired[dict[str, ScaleLevel]]
    """Levels of its source that the rule gives, by id."""
    local_forms: NotRequired[LocalForms]
    """Where its source means systemic use; of the classes those of its parties."""
    label_of: NotRequired[list[Id]]
    """Where its source is a product's label: the drugs that the product holds."""
    origin: NotRequired[RuleOrigin]
    """Where its source is a printed monograph or a product's label."""
    lists_members_of: NotRequired[list[str]]
    """Classes of its parties of which its own source lists the members: no others are meant."""


# `class` is a word of Python.
ClassStep = TypedDict(
    "ClassStep",
    {
        "class": str,
        "name": str,
        "source": str | None,
        "route": NotRequired[str],
        "basis": NotRequired[Basis],
        "because": NotRequired[str],
    },
)
"""One link of the chain that puts a drug into a class: the class, and the source that says so. `basis` is there where
the source of the rule does not list the drug and we joined it, `because` then says why."""


class ClassMembership(TypedDict):
    """A class that a drug belongs to. `by`: the chain that leads there (none for a class itself)."""

    by: list[ClassStep]
    list: str | None
    """The source whose list this is, where one source alone puts the drug there."""
    routes: NotRequired[list[Route]]
    """The routes for which it is listed; any, where this is not there."""
    together_with: NotRequired[list[str]]
    """Ids of which one must be taken too, or it does not count."""
    excepted: NotRequired[MemberExcepted]
    """Who says that statements about the class are not carried over to this drug, and why."""


class StoredParty(TypedDict):
    """A drug, food or class as a party of interactions, with everything that is needed to find its rules."""

    id: str
    name: str
    kind: PartyKind
    source: NotRequired[str]
    classes: NotRequired[dict[str, list[ClassMembership]]]
    """By the id of the class, narrower and wider ones: how the drug belongs to it, by each source that says so."""
    roles: NotRequired[list[Role]]
    parts: NotRequired[list[str]]
    """Ids of what a combination consists of."""
    keys: NotRequired[list[str]]
    """The keys of `parties` under which rules stand that may hold for it."""
    filed_under: NotRequired[list[str]]
    members: NotRequired[list[str]]
    """Of a class: ids of its members at any depth."""
    by_route: NotRequired[bool]
    """Whether a rule that it may fall under asks for a route."""
    only_by: NotRequired[list[Route]]
    """The routes by which it can be given at all."""
    mixed_with: NotRequired[list[str]]
    """Ids of drugs with which something is recorded on mixing it."""


class StoredDoubled(TypedDict):
    """What we take doubling for, as data/agents/doubled.yaml says it."""

    source: str
    same_drug: NotRequired[Action]
    drugs: dict[str, Action]
    classes: dict[str, Doubled]
