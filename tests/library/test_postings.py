"""The index of words: which texts fit best is what SQLite's own full text says of the same texts."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence

import pytest

from monocli.library.postings import Indexed, Postings, alike, begun, fit, weights
from monocli.library.suggesting import parts_of

SEEDS = range(20)


def written(index: Indexed) -> dict[str, Postings]:
    """The words of an index as they are read back."""
    return {word: Postings.read(stored) for word, stored in index.rows()}


def full_text(texts: Sequence[str], tokenize: str, query: str) -> list[int]:
    """The numbers of the texts that match, as SQLite orders them."""
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE VIRTUAL TABLE text USING fts5(body, tokenize='{tokenize}')")
    connection.executemany("INSERT INTO text (rowid, body) VALUES (?, ?)", enumerate(texts))
    found = connection.execute("SELECT rowid FROM text WHERE text MATCH ? ORDER BY rank, rowid", (query,)).fetchall()
    connection.close()
    return [number for (number,) in found]


@pytest.mark.parametrize("seed", SEEDS)
def test_names_alike_are_ordered_as_full_text_orders_them(seed: int) -> None:
    chance = random.Random(seed)
    names = sorted({"".join(chance.choices("abcin ", k=chance.randint(1, 14))).strip() or "x" for _ in range(300)})
    index = Indexed()
    for name in names:
        index.add(parts_of(name), places=False)
    held = written(index)
    for name in chance.sample(names, 10):
        parts = sorted({*parts_of(name[::-1])})
        query = " OR ".join(f'"{part}"' for part in parts)
        right = full_text([f"  {other}  " for other in names], "trigram", query)
        asked = [held[part] for part in parts if part in held]
        for most in (5, len(names)):
            assert alike(asked, index.count, index.length / index.count, most) == right[:most]


@pytest.mark.parametrize("seed", SEEDS)
def test_passages_are_found_and_ordered_as_full_text_does(seed: int) -> None:
    chance = random.Random(seed)
    texts = [
        " ".join(chance.choices(["ab", "cd", "ef", "gh", "rare"], [9, 9, 5, 5, 1], k=chance.randint(1, 30)))
        for _ in range(200)
    ]
    index = Indexed()
    for text in texts:
        index.add(text.split(), places=True)
    held = written(index)
    for phrase in (["ab"], ["rare"], ["ab", "cd"], ["cd", "cd"], ["rare", "ef", "gh"]):
        found = begun(phrase, held)
        weight = weights(len(found), len(texts))
        average = index.length / index.count
        scores = {n: fit(weight, len(starts), length, average) for n, (length, starts) in found.items()}
        ordered = sorted(scores, key=lambda number: (-scores[number], number))
        assert ordered == full_text(texts, "unicode61", f'"{" ".join(phrase)}"')
        for number, (length, starts) in found.items():
            words = texts[number].split()
            assert length == len(words)
            assert starts == [at for at in range(len(words)) if words[at : at + len(phrase)] == phrase]
