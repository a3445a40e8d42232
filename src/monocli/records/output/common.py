"""What the outputs of several commands share: the envelope, amounts, sources, warnings and errors."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired

from typing_extensions import TypedDict

from monocli.records.scalars import Pattern

DecimalNumber = Annotated[
    str,
    Pattern(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?", "an exact decimal as text, without exponent or trailing zeros"),
]
FractionText = Annotated[str, Pattern(r"-?[1-9][0-9]*/[1-9][0-9]*", 'an exact fraction as text, such as "22/15"')]


class Amount(TypedDict):
    """A number that a person could act on."""

    value: DecimalNumber
    """The exact decimal; where the number has no finite one, 6 significant digits of it, rounded half up."""
    unit: str
    exact: NotRequired[FractionText]
    """The exact number, where `value` had to be rounded."""
    rounded: NotRequired[Literal[True]]
    """There where `value` is rounded and no fraction is exact either (a square root); work goes on with 50 digits."""


class SourceRef(TypedDict):
    """Where a statement comes from."""

    source: str
    """Id of a source; `library.sources` lists those that the answer cites."""
    section: NotRequired[str]


class EditionRef(SourceRef):
    """A source, with the edition that was read where it has editions."""

    edition: NotRequired[str]


class Citation(TypedDict):
    """A reference of the literature on which a statement rests."""

    number: NotRequired[int]
    """Its number in the section's own list."""
    section: NotRequired[str]
    citation: str
    """The reference in short, enough to find the paper."""
    source: str


class LibraryInfo(TypedDict):
    """The library that answered."""

    edition: str | None
    """Null where no library could be opened."""
    sources: list[str]
    """Ids of the sources that this answer cites, warnings and errors included; empty where it cites none."""


class Suggestion(TypedDict):
    """A name that resembles what was typed. It is offered, never acted on."""

    name: str
    id: str
    title: str
    score: int
    """How alike the two are, of 100."""


class Choice(TypedDict):
    """One of the things that may have been meant: an indication has a label, a section a title."""

    id: str
    label: NotRequired[str]
    title: NotRequired[str]
    resembles: NotRequired[str]
    """The name of it that resembles what was typed."""


class ProblemRecord(TypedDict):
    """Something to mend in library data."""

    file: str
    line: int
    """Counts from 1, as the column does."""
    column: int
    path: str
    """Keys that lead to the place: "sections[2].statements[0].text"."""
    code: str
    message: str


class JoinedEquivalence(TypedDict):
    """One of the stated equivalences that a conversion joins."""

    text: str
    source: str
    section: NotRequired[str]


class WarningRecord(TypedDict):
    """Something to read before the answer is used. Which further keys there are depends on the code."""

    code: str
    """Fixed for programs; docs/messages.md lists them."""
    message: str
    source: NotRequired[str]
    section: NotRequired[str]
    query: NotRequired[str]
    """The name as typed."""
    option: NotRequired[str]
    """The option that the warning is about."""
    agent: NotRequired[str]
    """Name of the other drug that the warning is about."""
    indication: NotRequired[str]
    doses: NotRequired[list[str]]
    """The doses that pass a limit, with their unit."""
    id: NotRequired[str]
    see: NotRequired[str]
    """Where to look: the id of the drug under which the source files what is recorded of `id`, or a command."""
    between: NotRequired[list[str]]
    """Ids of the two drugs that the warning is about."""
    queries: NotRequired[list[str]]
    """Names as the list gives them."""
    line: NotRequired[int]
    """Line of the list that the warning is about."""
    entry: NotRequired[int]
    """Entry of the list that it is about, where that is FHIR."""
    resource: NotRequired[str]
    """The type of that entry."""
    action: NotRequired[str]
    """What the other source asks for."""
    sources: NotRequired[list[SourceRef]]
    pairs: NotRequired[int]
    """How many pairs have nothing recorded."""
    written: NotRequired[str]
    """The error-prone way in which a number or a unit was written."""
    read_as: NotRequired[str]
    write: NotRequired[list[str]]
    """What to write instead."""
    form: NotRequired[str]
    """The form (base or salt) that was taken to be meant."""
    joined: NotRequired[list[JoinedEquivalence]]
    with_own_volume: NotRequired[Amount]
    """The concentration if the drug's own volume is counted as well."""


# `from` is a word of Python, so this key is written in the call form.
_From = TypedDict("_From", {"from": NotRequired[str]})


class ErrorRecord(_From):
    """Why there is no answer, or none to a part. Which further keys there are depends on the code.

    `from` and `to` are the units that could not be converted.
    """

    code: str
    """Fixed for programs; docs/messages.md lists them."""
    message: str
    hint: NotRequired[str]
    """What to do next."""
    suggestions: NotRequired[list[str | Suggestion | Choice]]
    """Names that resemble an unknown one, or the choices where more than one thing was meant. Never acted on."""
    source: NotRequired[str]
    section: NotRequired[str]
    query: NotRequired[str]
    """The name or quantity as typed."""
    option: NotRequired[str]
    """The option whose value it is, or that is missing."""
    options: NotRequired[list[str]]
    """Options that contradict each other."""
    given: NotRequired[str]
    """The values that lie beyond what is printed."""
    minimum: NotRequired[Amount]
    input: NotRequired[str]
    """What was typed, where a part of it could not be read."""
    position: NotRequired[int]
    """Where that part begins in `input`, in characters from 0."""
    caret: NotRequired[str]
    """`input` with a second line that marks the part."""
    reason: NotRequired[str]
    correction: NotRequired[list[str]]
    """What to write instead of an error-prone abbreviation."""
    substance: NotRequired[str]
    to: NotRequired[str]
    line: NotRequired[int | None]
    """Line of the batch."""
    id: NotRequired[str]
    """Id that the line of the batch gives, or that of the resource."""
    entry: NotRequired[int]
    """Entry of a list in FHIR."""
    resource: NotRequired[str]
    """The type of that entry."""
    problems: NotRequired[list[ProblemRecord]]
    """Every problem of invalid library data."""


class Envelope(TypedDict):
    """What every command prints, failures included."""

    schema: str
    command: str
    status: Literal["ok", "partial", "refused", "error"]
    """`partial`: only a part could be answered. `refused`: the source gives no answer. `error`: the question is at
    fault, the library data, or the program.
    """
    exit_code: Literal[0, 1, 2, 3, 4, 5, 130]
    """What the process exits with; of several lines of JSON, the worst decides."""
    library: LibraryInfo
    data: Any
    """The answer, or null where there is none."""
    warnings: list[WarningRecord]
    errors: list[ErrorRecord]
