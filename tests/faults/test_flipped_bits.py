"""A bit flipped anywhere in a compiled library: every answer stays right, or says that the library is damaged."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

import tiny
from monocli.engine.answers import Answer, Refusal
from monocli.library import opening
from monocli.library.errors import MissingLibrary
from monocli.library.kinds import AGENTS, CARDS
from monocli.library.places import Places
from monocli.library.store import Library
from monocli.questions import interactions, lookup, search, show

FLIPS = 400
NAMES = ("alphatinib", "betakine", "ketonasole", "nobody at all", "azole")


def answers(library: Library) -> list[Any]:
    """What several questions say: names that are found, that are not, documents, rules, and full text."""
    said: list[Any] = [lookup.lookup(library, name) for name in NAMES]
    said += [_plain(show.show(library, "alphatinib")), _plain(search.search(library, ["oedema"]))]
    said.append(_plain(interactions.interactions(library, ["alphatinib", "betakine"])))
    return [*said, library.ids(CARDS), library.documents(AGENTS)]


def _plain(outcome: Answer[Any] | Refusal) -> Any:
    return outcome.data, [note.as_json() for note in outcome.notes]


@pytest.fixture
def sound(tmp_path: Path) -> tuple[Places, bytes, list[Any]]:
    """Places of a tiny checkout, its compiled library, and what is right."""
    places = tiny.places_of(tmp_path)
    right = answers(opening.open_library(places))
    return places, tiny.compiled(places).read_bytes(), right


def flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    at = chance.randrange(len(changed) * 8)
    changed[at // 8] ^= 1 << at % 8
    return bytes(changed)


def test_in_the_cache_it_is_mended(sound: tuple[Places, bytes, list[Any]]) -> None:
    places, content, right = sound
    chance = random.Random(20261126)
    path = tiny.compiled(places)
    for _ in range(FLIPS // 4):
        path.write_bytes(flipped(content, chance))
        path.chmod(0o600)
        assert answers(opening.open_library(places)) == right


def test_in_an_installation_it_is_said(sound: tuple[Places, bytes, list[Any]], tmp_path: Path) -> None:
    _, content, right = sound
    chance = random.Random(20261127)
    bundled = tmp_path / "bundled.sqlite"
    installed = Places(bundled, None, None, "nothing", tmp_path / "none")
    said = 0
    for _ in range(FLIPS):
        bundled.write_bytes(flipped(content, chance))
        # What an answer does not read it does not vouch for; who looks at all of the file sees every flip.
        assert not opening.is_fresh(installed)
        try:
            assert answers(opening.open_library(installed)) == right
        except MissingLibrary:
            said += 1
    assert said > 0


def test_it_ends_as_an_error_on_the_command_line(tmp_path: Path) -> None:
    places = tiny.places_of(tmp_path)
    opening.open_library(places)
    bundled = tmp_path / "bundled.sqlite"
    shutil.copyfile(tiny.compiled(places), bundled)
    content = bytearray(bundled.read_bytes())
    at = content.index(b"Alphatinib")
    content[at] ^= 0xFF
    bundled.write_bytes(bytes(content))
    library = opening.open_library(Places(bundled, None, None, "nothing", tmp_path / "none"))
    with pytest.raises(MissingLibrary, match="damaged"):
        answers(library)
