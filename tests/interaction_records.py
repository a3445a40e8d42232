"""Interaction records for tests: a made-up drug written as YAML, checked as the library checks it."""

from __future__ import annotations

from typing import Any

from monocli.engine.interactions.index import Index
from monocli.library import formats, strict_yaml
from monocli.library.resolving import resolve
from monocli.library.store import Library

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
  - {id: elsewhere, name: elsewhere, source: label}
"""
MADE_UP_RECORDS = """\
id: zedinib
source: book
drug: {agent: zedinib}
interactions:
  - id: by-name
    with: [{agent: named}]
    affected: drug
    direction: increase
    effect: exposure to zedinib
    action: adjust
    statement: Halve zedinib.
    conditions: [in a study]
    references: [{number: 3, section: Studies, citation: "A B. J 2000; 1: 1"}]
    section: Studies
  - id: by-class
    with: [{class: narrow, except: [{agent: excluded, reason: it was tried, source: label}]}]
    affected: partner
    direction: decrease
    effect: effect of the partner
    action: monitor
    statement: Narrows may do less.
    section: Mixing
  - id: guarded
    with: [{class: guarded}]
    affected: drug
    direction: other
    effect: sleep
    action: avoid
    statement: Not with guardeds.
  - id: rule
    with: [{enzyme: E1, role: inducer}]
    affected: drug
    direction: decrease
    effect: exposure to zedinib
    mechanism: induction of E1
    action: adjust
    statement: Inducers of E1 may lower zedinib.
    conditions: [adults]
beside:
  - id: label-on-named
    source: label
    with: [{agent: named}]
    affected: drug
    direction: increase
    effect: exposure
    action: avoid
    statement: The label says avoid.
  - id: label-on-slower
    source: label
    with: [{agent: slower}]
    affected: drug
    direction: increase
    effect: exposure
    action: avoid
    statement: The label says avoid this one too.
  - id: alone
    source: label
    with: [{agent: elsewhere}]
    affected: partner
    direction: increase
    effect: rash
    action: monitor
    statement: A rash.
  - id: remark
    source: label
    with: [{agent: member}]
    affected: partner
    direction: other
    effect: not stated
    action: note
    statement: The label has no member.
notes:
  - {id: group, with: [{class: narrow, whole: yes}], statement: A narrow may be needed.}
  - {id: given, with: [{agent: bystander}], statement: May be given for a headache.}
"""

MADE_UP_MIXTURES = {"drug": {"agent": "zedinib"}, "statements": [{"partners": [{"agent": "bystander"}]}]}


def record(text: str, name: str) -> Any:
    """One file of a library written as YAML."""
    source = strict_yaml.Source(name)
    strict_yaml.parse(text, source)
    value = formats.validate(source, formats.format_of(name))
    assert not source.problems, source.problems
    return value


def made_up_index() -> Index:
    """A drug with its own classes, exceptions, rules, carriers and a combination: nothing of it is in Python."""
    classes = record(MADE_UP_CLASSES, "agents/classes.yaml")["classes"]
    agents = record(MADE_UP_AGENTS, "agents/z.yaml")["agents"]
    groups = [{"id": item["id"], "name": item["name"], "kind_of_party": "class"} for item in classes]
    enzymes = record(MADE_UP_ENZYMES, "agents/enzymes.yaml")
    return Index(
        [*agents, *groups], classes, enzymes, [record(MADE_UP_RECORDS, "interactions/zedinib.yaml")], [MADE_UP_MIXTURES]
    )


def mention(index: Index, name: str, query: str | None = None) -> dict[str, Any]:
    """What resolving a name of the index would give; a name that is not there is unknown."""
    drug = index.drugs.get(name)
    if drug is None:
        return {"query": name, "status": "unknown", "id": None, "title": None, "matched": None, "suggestions": []}
    matched = {"name": drug.name, "kind": "title", "source": "list"}
    shown = {"query": query or name, "status": drug.kind, "id": drug.id, "title": drug.name, "matched": matched}
    return {**shown, "suggestions": []}


def mentions_of(library: Library, names: list[str]) -> list[dict[str, Any]]:
    """The mentions of a list of names in a library."""
    return [dict(resolve(library, name)) for name in names]
