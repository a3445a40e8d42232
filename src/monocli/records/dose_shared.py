"""What all records of `data/doses/` share: where they are printed, when they hold, what they advise."""

from __future__ import annotations

from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from monocli.records.marks import AnyOf, Positive, Ref, keys
from monocli.records.scalars import DecimalText, Flag, Id, LineRange
from monocli.records.words import AdviceKind

MoreThanZero = Annotated[DecimalText, Positive()]
PopulationId = Annotated[Id, Ref("populations")]
RegionId = Annotated[Id, Ref("regions")]
IndicationId = Annotated[Id, Ref("indications")]
VariableId = Annotated[Id, Ref("variables")]
GradeId = Annotated[Id, Ref("hepatic.grades")]
RouteId = Annotated[Id, Ref("routes")]
AgentId = Annotated[Id, Ref("agents", in_library=True)]


class Cited(TypedDict):
    """Where a record is printed: inherited by every record below."""

    source: NotRequired[str]
    section: NotRequired[str]
    """Heading inside the source."""
    lines: NotRequired[LineRange]
    """Lines of the supplied extract, for editors."""


class Labelled(TypedDict):
    """What a request may name: a population or a region."""

    id: Id
    label: str
    """As a reader would call them: adults, children, UK."""
    aliases: NotRequired[list[str]]


class UnitName(TypedDict):
    """Another unit in which people write a dose, and how many of the document's unit it holds."""

    name: str
    factor: MoreThanZero


@keys(AnyOf("more_than", "at_least", "less_than", "at_most", "is_so"))
class Limit(TypedDict):
    """A condition on one variable, in what it is measured in; all limits given must hold."""

    variable: VariableId
    more_than: NotRequired[DecimalText]
    at_least: NotRequired[DecimalText]
    less_than: NotRequired[DecimalText]
    at_most: NotRequired[DecimalText]
    is_so: NotRequired[Flag]
    """Of a variable that is answered with yes or no."""


class When(TypedDict):
    """Where a statement applies; every condition given must hold."""

    populations: NotRequired[list[PopulationId]]
    regions: NotRequired[list[RegionId]]
    daily_at_least: NotRequired[MoreThanZero]
    impairment: NotRequired[Flag]
    """Only with (yes) or without (no) a grade of impairment."""


class PrintedAdvice(Cited):
    text: str
    kind: AdviceKind
    """`administration` is left out where nothing is given."""
    in_short: NotRequired[str]
    """The same in two or three words, for the line that one would write on a chart ("with food")."""
    warning: NotRequired[Flag]
    """Advice of a partner that must not be missed: it stands among the warnings, as `later-source`."""
    when: NotRequired[When]


class SourcedText(Cited):
    text: str
