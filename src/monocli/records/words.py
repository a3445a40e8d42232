"""Closed words that the data, the engine and the answers share, each list once and in its order. Imports nothing that
costs start-up time."""

from __future__ import annotations

from typing import Final, Literal, get_args

Action = Literal["avoid", "adjust", "monitor", "note"]
"""What a source says to do; `note` where it says nothing. Worst first."""
ACTIONS: Final[tuple[Action, ...]] = get_args(Action)

Direction = Literal["increase", "decrease", "other"]
"""What happens to the affected drug: more of it or of its effect, less, or something else."""

Level = Literal["documented", "class", "members", "predicted", "label", "duplicate"]
"""How a finding comes about, in the order in which findings of one action stand."""
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
STATED: Final[frozenset[Level]] = frozenset({"documented", "class"})
"""The levels of what a source itself says of the two."""

Route = Literal[
    "oral",
    "injected",
    "rectal",
    "transdermal",
    "sublingual",
    "cutaneous",
    "ophthalmic",
    "otic",
    "nasal",
    "inhaled",
    "vaginal",
]
"""How a drug is given, as far as rules ask for it."""

RoleKind = Literal["substrate", "inhibitor", "inducer"]
"""What a drug is to an enzyme or transporter; the engine derives predictions from these words."""

PartyKind = Literal["monograph", "agent", "class"]
"""What bears a name: a drug with a monograph, a drug without one, a class of drugs."""

Basis = Literal["ndfrt", "atc", "inferred, reviewed", "form"]
"""On what we count a drug to a class of a source that does not list it: a class of NDF-RT, a group of the ATC index, an
inference of our own, or that it is a salt, a prodrug or a kind of what the source lists."""

Taken = Literal["yes", "no", "held", "ended", "given", "unknown"]
"""Whether a medicine of a list is being taken. What is `given` (a dose of it was) or `unknown` is checked with those
that are; `held`, `ended` and `no` are not checked."""

Verdict = Literal[
    "incompatible",
    "loses-activity",
    "not-recommended",
    "recommended",
    "allowed",
    "within-range",
    "out-of-range",
    "unknown",
]
"""What a source says of mixing."""

Grouping = Literal["system", "frequency", "fatality"]
"""By what adverse effects are grouped: body system, frequency word, what is said of deaths."""

Stage = Literal["start", "option", "increase", "later"]
"""Where a regimen stands in a treatment; `later` is a part of a course that follows its start in any case."""

Scale = Literal["body-surface", "body-weight"]
"""What a dose may be scaled by besides the variables of its file."""
SCALES: Final[tuple[Scale, ...]] = get_args(Scale)

Bound = Literal["above", "at least", "below", "at most"]
"""How a value stands to a limit."""

AdviceKind = Literal["administration", "monitoring", "note", "later-source"]
"""What advice beside a dose is about; `later-source` words it otherwise than the first source."""

DoseAction = Literal["continue", "withhold", "resume", "reduce", "increase"]
"""What becomes of a dose during treatment."""

RefusalKind = Literal["no-answer", "bad-input"]
"""Why there is no answer: the library holds none, or the question is wrong or incomplete."""

Status = Literal["ok", "partial", "refused", "error"]
"""How a question ended, as every envelope says it."""
