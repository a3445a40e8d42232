"""The tables of substances: who is who among drugs without a record of their own, compiled into a pack of its own.

`data/substances/` holds what comes as tables: substances with their registry numbers, synonyms, combinations, brands.
They are compiled apart from the YAML, so that a user's folder never makes them be read again.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from monocli.engine.names import normalise
from monocli.library import naming
from monocli.library.compiling import begin, combinations_of, fill_names, finish, write_documents, write_index
from monocli.library.kinds import COMBINATIONS, SUBSTANCES
from monocli.library.naming import ListedName
from monocli.library.pack import WORDS_OF_PASSAGES, as_row
from monocli.library.postings import Indexed
from monocli.library.problems import Problem

if TYPE_CHECKING:
    from monocli.records.agents import Agent, AgentIdentifier, AgentName
    from monocli.records.output.lookups import Matched

_NUMBERS = {"cas": "CAS", "unii": "UNII", "inchikey": "InChIKey", "rxcui": "RxCUI", "drugbank": "DrugBank"}
_COLUMNS = {
    "substances": ("id", "name", "kind", *_NUMBERS, "source"),
    "combinations": ("id", "name", "components", "source"),
    "synonyms": ("id", "name", "kind", "source"),
    "brands": ("name", "of", "country", "source"),
}
"""Tables and their columns, in the order in which they refer to those before."""
TableRow = dict[str, str]


def fill(connection: sqlite3.Connection, folder: Path, fingerprint: str) -> None:
    """Write all tables of the folder into an empty database in autocommit mode."""
    begin(connection)
    records = _records(folder)
    rows = [as_row(SUBSTANCES, id, record) for id, record in records.items()]
    rows += [as_row(COMBINATIONS, parts, cards) for parts, cards in combinations_of(records).items()]
    write_documents(connection, rows)
    fill_names(connection, _unambiguous(_names(records, read(folder, "brands"))), unlike=set(_NUMBERS.values()))
    write_index(connection, WORDS_OF_PASSAGES, Indexed())
    meta = {"fingerprint": fingerprint, "edition": "tables", "sources": "[]", "beside": ""}
    finish(connection, meta)


def read(folder: Path, name: str) -> Iterator[TableRow]:
    """The rows of one table; none where it is not there."""
    path = folder / f"{name}.csv"
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def problems(folder: Path, shown_as: str) -> list[Problem]:
    """Every row that cannot be meant: columns missing, an id twice, a synonym of nothing, an empty name."""
    ids: set[str] = set()
    return [
        Problem(f"{shown_as}/{name}.csv", line, 1, "", fault, "bad-table")
        for name, columns in _COLUMNS.items()
        for line, row in enumerate(read(folder, name), 2)
        for fault in _faults(name, columns, row, ids)
    ]


def _faults(name: str, columns: tuple[str, ...], row: TableRow, ids: set[str]) -> Iterator[str]:
    missing = [column for column in columns if row.get(column) is None]
    if missing or None in row:
        yield f"expected the columns {', '.join(columns)}"
        return
    if not normalise(row["name"]):
        yield "a name needs a letter or a digit that can be seen"
    if name in ("substances", "combinations"):
        if row["id"] in ids:
            yield f"two rows have the id {row['id']!r}"
        ids.add(row["id"])
    if name == "synonyms" and row["id"] not in ids:
        yield f"there is no substance {row['id']!r} in these tables"


def _records(folder: Path) -> dict[str, Agent]:
    """Every substance and combination by its id, in the form of an agent."""
    records: dict[str, Agent] = {}
    for row in read(folder, "substances"):
        numbers: list[AgentIdentifier] = [
            {"system": system, "value": row[column], "source": row["source"]}
            for column, system in _NUMBERS.items()
            if row[column]
        ]
        records[row["id"]] = {"id": row["id"], "name": row["name"], "source": row["source"], "identifiers": numbers}
    for row in read(folder, "combinations"):
        parts = row["components"].split()
        records[row["id"]] = {"id": row["id"], "name": row["name"], "source": row["source"], "components": parts}
    for row in read(folder, "synonyms"):
        name: AgentName = {"name": row["name"], "kind": row["kind"], "source": row["source"]}
        records[row["id"]].setdefault("names", []).append(name)
    return records


def _names(records: dict[str, Agent], brands: Iterable[TableRow]) -> Iterator[ListedName]:
    for record in records.values():
        yield from naming.names_of_agent(record, (), {})
    sold: dict[tuple[str, str], list[TableRow]] = {}
    for row in brands:
        sold.setdefault((normalise(row["name"]), row["of"]), []).append(row)
    for (key, target), rows in sold.items():
        title = records[target]["name"] if target in records else target
        countries = sorted({row["country"] for row in rows})
        first = rows[0]
        matched: Matched = {
            "name": first["name"],
            "kind": "brand",
            "countries": countries,
            "source": first["source"],
        }
        yield ListedName(key, "agent", target, title, naming.RANKS["brand"], matched)


def _unambiguous(names: Iterable[ListedName]) -> Iterator[ListedName]:
    """The names as they are looked up: an official name leads to its substance, whatever else claims it; another name
    of several substances to each of them."""
    by_key: dict[str, list[ListedName]] = {}
    for named in names:
        if naming.is_short_number(named):
            named = naming.with_system(named) or named
        by_key.setdefault(named.key, []).append(named)
        if (numbered := naming.with_system(named)) is not None and numbered.key != named.key:
            by_key.setdefault(numbered.key, []).append(numbered)
    for claims in by_key.values():
        official = [named for named in claims if named.matched["kind"] == "title"]
        held = official if len({named.target for named in official}) == 1 else claims
        yield from (named for named in held if named.key)
