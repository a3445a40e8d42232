"""The keys under which rules are found: whom a side of a rule is about, and what a drug may be for it.

A rule stands under the keys of each of its sides; a drug has the keys of everything that it is. Two drugs meet in a
rule where each has a key of another side. Compiling writes both, so that finding the rules of a list is reading by key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from monocli.engine.interactions.enzymes import Enzymes, is_minor, place_of

if TYPE_CHECKING:
    from monocli.records.interactions import Party, StoredParty


def keys_of_party(party: Party, source: str, listed_by: Collection[tuple[str, str]], enzymes: Enzymes) -> Iterator[str]:
    """The keys of a party of a rule. `listed_by` are the classes with the sources that list members of them: where the
    rule's own source does, only these members are meant."""
    if "drug" in party:
        yield f"drug:{party['drug']}"
    elif "class" in party:
        own = (party["class"], source) in listed_by
        yield f"class:{party['class']}@{source}" if own else f"class:{party['class']}"
    else:
        yield from (f"role:{party['role']}:{member}" for member in sorted(enzymes.family(party["enzyme"])))


def keys_of_drug(drug: StoredParty, listed_by: Collection[tuple[str, str]], enzymes: Enzymes) -> list[str]:
    """Every key that a drug, food or class has."""
    keys = {f"drug:{other}" for other in (drug["id"], *drug.get("filed_under", []))}
    for class_id, memberships in drug.get("classes", {}).items():
        keys.add(f"class:{class_id}")
        keys.update(f"class:{class_id}@{item['list']}" for item in memberships if item["list"])
        if class_id == drug["id"]:
            keys.update(f"class:{class_id}@{source}" for listed, source in listed_by if listed == class_id)
    for role in drug.get("roles", []):
        if not is_minor(role):
            keys.update(f"role:{role['role']}:{member}" for member in enzymes.family(place_of(role)))
    return sorted(keys)
