"""A hundred thousand names of our drugs with a slip in them, or cut: not one is taken for a drug where a patient could
be harmed.

All go through the resolver of those commands, and some through whole commands.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

import pytest

from conftest import Run
from monocli.engine.names import normalise
from monocli.library.kinds import UNITS
from monocli.library.resolving import find
from monocli.library.store import Library
from monocli.questions.units import registry

HOW_MANY = 100_000
KINDS = ("monograph", "agent", "class")
CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789 -éøαЖ.'’,"


def slips(name: str, chance: random.Random) -> Iterator[str]:
    """The name with one slip of each kind at a random place."""
    at, letter = chance.randrange(len(name)), chance.choice(CHARACTERS)
    yield name[:at] + name[at + 1 :]
    yield name[:at] + letter + name[at:]
    yield name[:at] + letter + name[at + 1 :]
    yield name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]
    yield name[:at]
    yield name[at:]
    yield name + name[at]
    yield name + chance.choice([" x", "1", "0", " 2", "-b", "e", "um", " tablets", " 400 mg"])
    yield chance.choice(["x", "1", "pro", "non-", "de", "α-"]) + name


@cache
def names_of(library: Library) -> tuple[list[str], frozenset[str]]:
    """The names of our drugs (monographs) as written, and every key that names anything at all."""
    rows = library.rows("SELECT key, kind, matched ->> 'name' FROM name")
    return sorted({name for _, kind, name in rows if kind == "monograph"}), frozenset(key for key, _, _ in rows)


@cache
def misspelt(library: Library, how_many: int = HOW_MANY) -> list[str]:
    """Distinct misspelt names that are not, by their letters and digits, a name of something."""
    names, keys = names_of(library)
    written = {_characters(key) for key in keys}
    chance = random.Random(20090101)
    found: dict[str, None] = {}
    while len(found) < how_many:
        name = chance.choice(names)
        for slip in slips(name, chance):
            key = normalise(slip)
            if key not in keys and _characters(slip) not in written:
                found[slip] = None
    return list(found)[:how_many]


def _characters(name: str) -> str:
    """Its letters and digits: a registry's number may stand behind its label in several ways ("HGNC 6001"), and "y" in
    the word for the salt is its US spelling."""
    return "".join(c for c in normalise(name) if c.isalnum()).replace("mesylate", "mesilate")


@pytest.mark.long
def test_no_misspelt_name_is_found(library: Library) -> None:
    given = misspelt(library)
    assert len(given) == HOW_MANY
    answered = [name for name in given if find(library, name, KINDS, mentioned=True) is not None]
    assert not answered


def test_no_misspelt_name_is_a_substance_of_units(library: Library) -> None:
    known = registry(library)
    own = {normalise(name) for record in registry_names(library) for name in record}
    answered = [name for name in misspelt(library) if known.substances(name) and normalise(name) not in own]
    assert not answered


def registry_names(library: Library) -> Iterator[list[str]]:
    """The names by which the files of units call their substances and forms."""
    for document in library.documents(UNITS):
        for substance in document.get("substances", []):
            yield [substance["id"], substance["title"], *substance.get("also", [])]
        for scale in document.get("scales", []):
            yield [scale["id"], *scale.get("also", []), *scale.get("names", [])]


@pytest.mark.parametrize("command", ["dose", "adjust", "units", "interactions", "compat"])
def test_no_misspelt_name_is_answered_by_a_command(run: Run, library: Library, command: str) -> None:
    sample = random.Random(command).sample(misspelt(library), 60)
    for name in sample:
        lines = {
            "dose": ["dose", "--indication=gist", "--json", "--", name],
            "adjust": ["adjust", "--current=400 mg", "--reduce", "--json", "--", name],
            "units": ["units", "--json", f"--of={name}", "--", "400mg"],
            "interactions": ["interactions", "--json", "--", name, "warfarin"],
            "compat": ["compat", "--json", "--", name, "lorazepam"],
        }
        outcome = run(*lines[command])
        assert outcome.exit in (1, 2), name
        document = outcome.json
        if command == "interactions":
            assert document["data"]["drugs"][0]["status"] == "unknown", name
            assert document["data"]["drugs"][0]["id"] is None
            assert document["data"]["interactions"] == []
            assert len(document["data"]["not_checked"]) == 1
        else:
            assert document["status"] in ("refused", "error"), name
            assert not (document["data"] or {}).get("regimens")
            assert not (document["data"] or {}).get("to")


def test_a_misspelt_partner_is_never_dropped(run: Run, library: Library) -> None:
    for name in random.Random(5).sample(misspelt(library), 40):
        if name.strip().startswith("-") or not name.strip():
            continue
        dosed = run("dose", "imatinib", "--indication=gist", f"--with={name}", "--json")
        assert dosed.exit in (1, 2), name
        started = run("adjust", "imatinib", "--current=400 mg", f"--start={name}", "--json")
        assert started.exit in (1, 2), name
        mixed = run("compat", "aldesleukin", "--json", "--", name)
        assert mixed.exit in (1, 2), name
