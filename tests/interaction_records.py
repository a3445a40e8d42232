"""Interaction records for tests: a made-up drug written as YAML, checked as the library checks it."""

from __future__ import annotations

import json
from typing import Any

from monocli.engine.interactions.book import InteractionBook
from monocli.library import formats, strict_yaml
from monocli.library.documents import Document, Documents
from monocli.library.kinds import DOUBLED, PARTIES, RULE_KEYS, RULES
from monocli.library.parties import stored
from monocli.library.resolving import resolve
from monocli.library.store import Library
from monocli.records.output.lookups import Matched
from monocli.records.resolution import Resolution
from told import told

MADE_UP_CLASSES = """\
classes:
  - {id: widening, name: widenings, source: book}
  - {id: narrow, name: narrows, source: list}
  - {id: narrowest, name: narrowests, parents: [narrow], route: topical, source: list}
  - id: guarded
    name: guardeds
    source: list
    exceptions: [{agent: spared, note: it is spared, source: label}]
"""
MADE_UP_ENZYMES = """\
enzymes:
  - {id: E1, name: enzyme one, aliases: [E1A], source: list}
  - {id: E2, name: enzyme two, source: list}
transporters:
  - {id: T, name: carriers, members: [T1, T2], source: list}
  - {id: T1, name: carrier one, source: list}
  - {id: T2, name: carrier two, source: list}
"""
MADE_UP_AGENTS = """\
agents:
  - id: zedinib
    name: zedinib
    source: book
    roles:
      - {enzyme: E1A, role: substrate, strength: major, source: book, section: Fate}
      - {enzyme: E2, role: substrate, strength: minor, source: book}
  - {id: named, name: named, source: list, roles: [{enzyme: E1, role: inhibitor, strength: strong, source: list}]}
  - {id: member, name: member, source: list, classes: [{class: narrow, source: list}]}
  - {id: cream, name: cream, source: list, classes: [{class: narrowest, source: list}]}
  - {id: excluded, name: excluded, source: list, classes: [{class: narrow, source: list}]}
  - {id: spared, name: spared, source: list, classes: [{class: guarded, source: list}]}
  - {id: guard, name: guard, source: list, classes: [{class: guarded, source: list}]}
  - {id: slower, name: slower, source: list, roles: [{enzyme: E1, role: inhibitor, strength: weak, source: list}]}
  - id: faster
    name: faster
    source: list
    roles: [{enzyme: E1, role: inducer, strength: moderate, source: list, note: at high doses}]
  - {id: sideways, name: sideways, source: list, roles: [{enzyme: E2, role: inhibitor, strength: strong, source: list}]}
  - {id: carried, name: carried, source: list, roles: [{transporter: T1, role: substrate, source: list}]}
  - {id: carried-too, name: carried too, source: list, roles: [{transporter: T2, role: substrate, source: list}]}
  - {id: blocker, name: blocker, source: list, roles: [{transporter: T, role: inhibitor, source: list}]}
  - {id: blocker-of-one, name: blocker of one, source: list, roles: [{transporter: T1, role: inhibitor, source: list}]}
  - {id: pair, name: pair of two, source: list, components: [slower, carried]}
  - id: booster
    name: booster
    source: list
    roles: [{enzyme: E2, role: inducer, strength: weak, source: list, alone: yes}]
  - id: own-way
    name: own way
    source: list
    components: [slower, booster]
    roles: [{enzyme: E1, role: inducer, strength: strong, source: list}]
  - id: two-faced
    name: two faced
    source: list
    roles:
      - {transporter: T, role: inhibitor, source: list}
      - {enzyme: E1, role: inducer, strength: strong, source: list, remark: so says the list}
      - {enzyme: E1, role: inducer, strength: weak, source: label}
  - id: cleared
    name: cleared
    source: list
    roles:
      - {transporter: T1, role: substrate, source: list}
      - {enzyme: E1, role: substrate, strength: sensitive, source: list}
      - {enzyme: E2, role: substrate, source: list}
  - {id: bystander, name: bystander, source: list}
  - {id: lonely, name: lonely, source: list}
  - {id: elsewhere, name: elsewhere, source: label}
  - {id: wide, name: wide, source: list, classes: [{class: widening, source: scaled}]}
  - {id: wider, name: wider, source: list, classes: [{class: widening, source: scaled}, {class: narrow, source: list}]}
  - {id: half, name: half, source: list}
  - {id: other-half, name: other half, source: list}
  - {id: whole, name: whole, source: list, components: [half, other-half]}
  - {id: ampoule, name: ampoule, source: list}
  - {id: vial, name: vial, source: list}
  - {id: swallowed, name: swallowed, source: list}
  - {id: listed-elsewhere, name: listed elsewhere, source: list, classes: [{class: widening, source: list}]}
"""
MADE_UP_RULES = {
    "book": """\
id: zedinib
source: book
rules:
  - id: by-name
    between: [[{drug: zedinib}], [{drug: named}]]
    affected: first
    direction: increase
    effect: exposure to zedinib
    action: adjust
    statement: Halve zedinib.
    do: Halve the dose.
    conditions: [in a study]
    references: [{number: 3, section: Studies, citation: "A B. J 2000; 1: 1"}]
    section: Studies
  - id: by-class
    between: [[{drug: zedinib}], [{class: narrow, except: [{drug: excluded, reason: it was tried, source: label}]}]]
    affected: second
    direction: decrease
    effect: effect of the partner
    action: monitor
    statement: Narrows may do less.
    section: Mixing
  - id: guarded
    between: [[{drug: zedinib}], [{class: guarded}]]
    affected: first
    direction: other
    effect: sleep
    action: avoid
    statement: Not with guardeds.
  - id: rule
    between: [[{drug: zedinib}], [{enzyme: E1, role: inducer}]]
    affected: first
    direction: decrease
    effect: exposure to zedinib
    mechanism: induction of E1
    action: adjust
    statement: Inducers of E1 may lower zedinib.
    conditions: [adults]
  - id: group
    between: [[{drug: zedinib}], [{class: narrow, whole: yes}]]
    kind: treatment
    statement: A narrow may be needed.
  - id: given
    between: [[{drug: zedinib}], [{drug: bystander}]]
    kind: treatment
    statement: May be given for a headache.
""",
    "label": """\
id: zedinib
source: label
edition: "7"
rules:
  - id: on-named
    between: [[{drug: zedinib}], [{drug: named}]]
    affected: first
    direction: increase
    effect: exposure
    action: avoid
    statement: The label says avoid.
  - id: on-slower
    between: [[{drug: zedinib}], [{drug: slower}]]
    affected: first
    direction: increase
    effect: exposure
    action: avoid
    statement: The label says avoid this one too.
  - id: alone
    between: [[{drug: zedinib}], [{drug: elsewhere}]]
    affected: second
    direction: increase
    effect: rash
    action: monitor
    statement: A rash.
  - id: remark
    between: [[{drug: zedinib}], [{drug: member}]]
    kind: remark
    statement: The label has no member.
""",
    "scaled": """\
id: classes
source: scaled
rules:
  - id: narrow-widening
    between: [[{class: narrow}], [{class: widening, when: by mouth}]]
    direction: increase
    effect: bleeding
    level: X
    statement: The two add up.
    do: Never together.
  - id: by-dose
    between: [[{drug: carried}], [{class: widening}]]
    affected: first
    direction: increase
    effect: exposure to carried
    level: X
    cases:
      - {level: X, when: above 10 mg}
      - {level: Y, when: up to 10 mg}
    statement: By the dose.
  - id: by-member
    between: [[{class: widening}], [{drug: sideways}]]
    affected: first
    direction: increase
    effect: exposure
    level: X
    cases:
      - {level: X, first: [wide]}
      - {level: Y, others: yes}
    statement: By the member.
  - id: in-turn
    between: [[{class: widening}], [{drug: cleared}]]
    direction: increase
    effect: exposure
    level: X
    cases:
      - {level: Y, first: [narrow], do: Take it into account.}
      - {level: X, do: Never together.}
    statement: The narrow ones are told first.
  - id: among-themselves
    between: [[{class: widening}], [{class: widening}]]
    direction: increase
    effect: sleep
    level: Y
    statement: They add up.
  - id: by-route
    between: [[{drug: ampoule}], [{drug: swallowed}, {drug: other-half}]]
    direction: increase
    effect: bleeding
    level: X
    cases:
      - {level: X, first_by: [injected], when: injected}
      - {level: Y, first_by: [oral], when: by mouth, do: Take it into account.}
    statement: By the route.
    do: Never injected. Take it into account by mouth.
""",
    "routed": """\
id: routes
source: routed
classes: [{id: both-halves, name: both halves, source: routed}, {id: injectables, name: injectables, source: routed}]
members:
  - {class: both-halves, drugs: [half], together_with: [other-half]}
  - {class: both-halves, drugs: [other-half], together_with: [half]}
  - {class: injectables, drugs: [ampoule], by: [injected]}
filed_under: [{drug: swallowed, under: vial, by: [oral]}]
rules:
  - id: combination
    between: [[{class: both-halves}], [{drug: vial}]]
    direction: increase
    effect: sleep
    action: avoid
    statement: Not with the two halves.
  - id: by-party
    between: [[{drug: vial, by: [injected], when: into a vein}], [{drug: other-half}]]
    direction: increase
    effect: rash
    action: adjust
    statement: Less of it into a vein.
  - id: by-class
    between: [[{class: injectables}], [{drug: vial}]]
    direction: increase
    effect: bleeding
    action: monitor
    statement: Watch for bleeding.
""",
}
MADE_UP_SOURCES = """\
sources:
  - {id: book, title: A book, kind: label, printed: no}
  - {id: list, title: A list, kind: label, printed: no}
  - {id: label, title: A label, kind: label, printed: no}
  - {id: routed, title: A book of routes, kind: label, printed: no}
  - id: scaled
    title: A thesaurus
    kind: label
    printed: no
    levels:
      - {id: X, label: forbidden, action: avoid}
      - {id: Y, label: to be known, action: note}
"""

MADE_UP_MIXTURES = {"drug": {"agent": "zedinib"}, "statements": [{"partners": [{"agent": "bystander"}]}]}


def record(text: str, name: str) -> Any:
    """One file of a library written as YAML."""
    source = strict_yaml.SourceFile(name)
    strict_yaml.parse(text, source)
    value = formats.validate(source, told(formats.format_of(name)))
    assert not source.problems, source.problems
    return value


class MadeUp:
    """Stored rules and parties by kind and id, read as a compiled library is."""

    edition = "1"

    def __init__(self) -> None:
        texts = {
            "agents/classes.yaml": MADE_UP_CLASSES,
            "agents/enzymes.yaml": MADE_UP_ENZYMES,
            "agents/z.yaml": MADE_UP_AGENTS,
            "sources.yaml": MADE_UP_SOURCES,
            **{f"interactions/{source}/{source}.yaml": text for source, text in MADE_UP_RULES.items()},
        }
        documents = [Document(*_kind_and_id(name), record(text, name)) for name, text in texts.items()]
        documents.append(Document("compatibility", "zedinib", MADE_UP_MIXTURES))
        self.held = {(kind, id): json.loads(text) for kind, id, text in stored(Documents(documents))}
        self._enzymes = record(MADE_UP_ENZYMES, "agents/enzymes.yaml")

    def party(self, id: str) -> Any:
        return self.held[PARTIES.name, id]

    def rules_at(self, key: str) -> Any:
        return self.held[RULE_KEYS.name, key]

    def rule(self, key: str) -> Any:
        return self.held[RULES.name, key]

    def enzymes(self) -> Any:
        return self._enzymes

    def doubled(self) -> Any:
        return self.held.get((DOUBLED.name, DOUBLED.name))

    def ids(self) -> list[str]:
        """Ids of all drugs and classes."""
        return [id for kind, id in self.held if kind == PARTIES.name]


def _kind_and_id(name: str) -> tuple[str, str]:
    kind, _, id = name.removesuffix(".yaml").partition("/")
    return kind, id or kind


def made_up_book() -> InteractionBook:
    """A drug with its own classes, exceptions, rules, carriers and a combination: nothing of it is in Python."""
    return InteractionBook(MadeUp())


MADE_UP_IDS = MadeUp().ids()


def mention(book: InteractionBook, name: str, query: str | None = None) -> Resolution:
    """What resolving a name of the book would give; a name that is not there is unknown."""
    if name not in MADE_UP_IDS:
        return {"query": name, "status": "unknown", "id": None, "title": None, "matched": None, "suggestions": []}
    drug = book.drug(name)
    matched: Matched = {"name": drug.name, "kind": "title", "source": "list"}
    return {
        "query": query or name,
        "status": drug.kind,
        "id": drug.id,
        "title": drug.name,
        "matched": matched,
        "suggestions": [],
    }


def mentions_of(library: Library, names: list[str]) -> list[Resolution]:
    """The mentions of a list of names in a library."""
    return [resolve(library, name) for name in names]
