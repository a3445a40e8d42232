"""From YAML folders to one indexed, read-only SQLite file, written whole or not at all."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, cast
from zlib import crc32

from monocli.engine.citations import citation
from monocli.engine.names import normalise
from monocli.library import checks, formulas, indexes, naming, parties
from monocli.library.documents import Documents
from monocli.library.folding import Folding
from monocli.library.held import Held, PassageRow
from monocli.library.kinds import (
    AGENTS,
    CARDS,
    CLASSES,
    COMBINATIONS,
    COUNTRIES,
    ENZYMES,
    MONOGRAPHS,
    SOURCES,
    SUBSTANCES,
    VOCABULARY,
    WORDS,
    Kind,
)
from monocli.library.pack import (
    APPLICATION_ID,
    CHECKSUM_OFFSET,
    PARTS_OF_NAMES,
    WORDS_OF_PASSAGES,
    DocumentRow,
    Pack,
    as_row,
    checksum,
    file_checksum,
    text_of,
)
from monocli.library.postings import Indexed
from monocli.library.suggesting import parts_of

if TYPE_CHECKING:
    from monocli.records.agents import Agent, CombinationCard
    from monocli.records.monograph import MonographFile, Name

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE document (
    kind TEXT, id TEXT, following TEXT, link INTEGER NOT NULL, body TEXT NOT NULL, checksum INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE TABLE name (
    key TEXT, following TEXT, link INTEGER NOT NULL, rank INTEGER, kind TEXT, target TEXT, title TEXT,
    matched TEXT NOT NULL, held INTEGER NOT NULL, checksum INTEGER NOT NULL
);
CREATE TABLE posting (
    kind TEXT, id TEXT, following TEXT, link INTEGER NOT NULL, body BLOB NOT NULL, checksum INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE TABLE spelt (number INTEGER PRIMARY KEY, key TEXT NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE passage (
    number INTEGER PRIMARY KEY, monograph TEXT, section TEXT, title TEXT, kind TEXT, body TEXT NOT NULL,
    checksum INTEGER NOT NULL
);
"""
unfinished: set[str] = set()
"""Files that this process is writing. A process that must end at once (`entry.py`) removes them first."""
_ABANDONED_SECONDS = 600
_CARD_KEYS = (
    "id",
    "title",
    "source",
    "names",
    "identifiers",
    "chemistry",
    "not_in_source",
    "pointers",
    "brands",
    "note",
)


def compile_to(path: Path, write: Callable[[sqlite3.Connection], None]) -> None:
    """Write a compiled pack beside `path` and move it into place, so that a reader sees the old one or the new one,
    whole. `write` fills an empty database that is in autocommit mode."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Named before it is there, so that an interrupt at any moment knows what to remove.
    temporary = f"{path}.{os.urandom(8).hex()}.part"
    try:
        unfinished.add(temporary)
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with contextlib.closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
            write(connection)
        _seal(temporary)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    finally:
        unfinished.discard(temporary)
    _sweep(path)


def _seal(path: str) -> None:
    """Write the checksum of the whole file into it, and wait until it is on the disk, so that not even a loss of power
    leaves its name on something else."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        found = file_checksum(handle)
        os.lseek(handle, CHECKSUM_OFFSET, os.SEEK_SET)
        os.write(handle, found.to_bytes(4, "big"))
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(path: Path) -> None:
    """Remove what runs that were killed while they compiled left behind; a run that still compiles is let be."""
    with contextlib.suppress(OSError):
        written = path.stat().st_mtime
        for left in path.parent.glob(f"{path.name}*.part"):
            with contextlib.suppress(OSError):
                if abs(written - left.stat().st_mtime) > _ABANDONED_SECONDS:
                    left.unlink()


def fill(
    connection: sqlite3.Connection,
    documents: Documents,
    fingerprint: str,
    *,
    base: Pack | None = None,
    beside: Pack | None = None,
) -> None:
    """Write a library into an empty database. The caller's connection must be in autocommit mode.

    Over a `base` only what it does not say already is written, so that the two are read as one. `beside` are the tables
    of substances that rules may name.
    """
    begin(connection)
    held = Held(base)
    write_documents(connection, held.new_documents(_document_rows(documents, beside)))
    fill_names(connection, held.new_names(_all_names(documents), beside))
    _fill_passages(connection, documents, held.new_passages(_passage_rows(documents)))
    meta = {"fingerprint": fingerprint, "edition": _edition(documents)}
    meta["sources"] = json.dumps(sorted(documents.ids("sources")))
    meta["beside"] = beside.fingerprint if beside else ""
    finish(connection, meta)


def begin(connection: sqlite3.Connection) -> None:
    """Lay out an empty database, which `finish` makes a pack."""
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(SCHEMA)
    connection.execute("BEGIN")


def finish(connection: sqlite3.Connection, meta: dict[str, str]) -> None:
    """Write what a pack says of itself, and its indexes."""
    _write_meta(connection, meta)
    connection.execute("CREATE INDEX name_key ON name (key, rank)")
    connection.execute("COMMIT")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _write_meta(connection: sqlite3.Connection, meta: Mapping[str, str]) -> None:
    rows = ((key, value, checksum(key, value)) for key, value in sorted(meta.items()))
    connection.executemany("INSERT INTO meta VALUES (?, ?, ?)", rows)


def _edition(documents: Documents) -> str:
    return next((str(item.value["edition"]) for item in documents.of_kind("library")), "unnamed")


def _document_rows(documents: Documents, beside: Pack | None) -> list[tuple[str, str, str]]:
    rows = [(item.kind, item.id, text_of(item.value)) for item in documents]
    known = {record["id"] for _, _, record in documents.listed(AGENTS)}
    for item, monograph in documents.of(MONOGRAPHS):
        card = {key: item.value[key] for key in _CARD_KEYS if key in item.value}
        card["sections"] = [{"id": s["id"], "title": s["title"]} for _, s in checks.sections_of(monograph)]
        if item.over and not item.held and (item.id in known or (beside and beside.document(SUBSTANCES, item.id))):
            card["partner"] = True
        rows.append((CARDS.name, item.id, text_of(card)))
    for kind in (AGENTS, CLASSES, ENZYMES, SOURCES, COUNTRIES):
        listed: Kind[dict[str, str]] = Kind(kind.name)
        for _, _, record in documents.listed(listed):
            rows.append(as_row(listed, record.get("id") or record["code"], record))
    agents = {record["id"]: record for _, _, record in documents.listed(AGENTS)}
    rows += [as_row(COMBINATIONS, parts, cards) for parts, cards in combinations_of(agents).items()]
    rows += [*parties.stored(documents, beside), *indexes.monographs_by(documents), *formulas.stored(documents)]
    for item in documents.of_kind("vocabulary"):
        rows += [(WORDS.name, name, text_of(words)) for name, words in item.value.items()]
    return rows


def write_documents(connection: sqlite3.Connection, rows: Sequence[DocumentRow]) -> None:
    """Write records as (kind, id, JSON), and of each kind how many there are, the checksum of their ids and the first
    of them."""
    ids: dict[str, list[str]] = {}
    for kind, id, _ in sorted(rows):
        ids.setdefault(kind, []).append(id)
    links = {kind: linked(kind, held) for kind, held in ids.items()}
    written = ((kind, id, *links[kind][id], body, checksum(kind, id, body)) for kind, id, body in rows)
    connection.executemany("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?)", written)
    kinds = {kind: [len(held), checksum(*held), held[0]] for kind, held in ids.items()}
    _write_meta(connection, {"kinds": json.dumps(kinds)})


def linked(group: str, ids: Sequence[str]) -> dict[str, tuple[str | None, int]]:
    """Each of these, which stand in their order, with the one that follows and the checksum that binds the two: so a
    row proves that there is none between."""
    return {id: (after, checksum(group, id, after)) for id, after in zip_longest(ids, ids[1:])}


def combinations_of(agents: Mapping[str, Agent]) -> dict[str, list[CombinationCard]]:
    """Combinations by the ids of their parts, as a name that is put together of the parts is looked up."""
    found: dict[str, list[CombinationCard]] = {}
    of_monograph = {id: agent["monograph"] for id, agent in agents.items() if "monograph" in agent}
    for record in agents.values():
        parts = [of_monograph.get(id, id) for id in record.get("components", [])]
        if parts:
            card: CombinationCard = {"id": record["id"], "name": record["name"], "source": record.get("source", "")}
            found.setdefault("+".join(sorted(parts)), []).append(card)
    return found


def fill_names(
    connection: sqlite3.Connection, names: Iterable[naming.ListedName], unlike: Collection[str] = frozenset()
) -> None:
    """Write names, and the keys in which resemblance is looked for: all but those of the kinds `unlike`."""
    entries = list(names)
    held = Counter(n.key for n in entries)
    keys = sorted(held)
    links = linked("name", keys)
    rows = [(n.key, n.rank, n.target_kind, n.target, n.title, text_of(n.matched), held[n.key]) for n in entries]
    written = ((row[0], *links[row[0]], *row[1:], checksum(*row)) for row in rows)
    connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", written)
    _write_meta(connection, {"first-name": keys[0] if keys else ""})
    spelt, index = sorted({n.key for n in entries if n.matched["kind"] not in unlike}), Indexed()
    for key in spelt:
        index.add(parts_of(key), places=False)
    connection.executemany("INSERT INTO spelt VALUES (?, ?, ?)", ((*row, checksum(*row)) for row in enumerate(spelt)))
    write_index(connection, PARTS_OF_NAMES, index)


def _fill_passages(connection: sqlite3.Connection, documents: Documents, rows: Iterable[PassageRow]) -> None:
    """Write passages, and the index of their words."""
    words = [file for _, file in documents.of(VOCABULARY)]
    pairs = [pair for file in words for pair in file["spelling_pairs"]]
    folding = Folding(pairs, [forms for file in words for forms in file.get("search_forms", [])])
    index = Indexed()
    for row in rows:
        number = index.count
        index.add(folding.text(json.loads(row[-1])["text"]).split(), places=True)
        connection.execute("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)", (number, *row, checksum(number, *row)))
    write_index(connection, WORDS_OF_PASSAGES, index)


def write_index(connection: sqlite3.Connection, name: str, index: Indexed) -> None:
    """Write an index, of which a pack has both, be it an empty one."""
    rows = list(index.rows())
    words = [word for word, _ in rows]
    links = linked(name, words)
    written = ((name, word, *links[word], body, checksum(name, word, crc32(body))) for word, body in rows)
    connection.executemany("INSERT INTO posting VALUES (?, ?, ?, ?, ?, ?)", written)
    _write_meta(connection, {name: json.dumps([index.count, index.length, words[0] if words else None])})


def _all_names(documents: Documents) -> Iterator[naming.ListedName]:
    """All names, and those with the salt or the gaps of a code left out that are no name of their own.

    A name of several drugs, or what is left of names of several, leads to each of them: which is meant is asked back.
    """
    salts = frozenset(normalise(word) for word in documents.words("salts"))
    entries: list[tuple[bool, naming.ListedName]] = []
    for document, named in documents.names():
        own = document.at_fault(named.path)
        numbered = naming.with_system(named)
        if not naming.is_short_number(named):
            entries.append((own, named))
        if numbered is not None:
            entries.append((own, numbered))
    yield from (named for _, named in entries)
    # A name in a user's own file does not hide what a bundled name is without its salt: it is asked which is meant.
    bundled = {named.key for own, named in entries if not own}
    owned = bundled | {named.key for _, named in entries}
    derived: dict[tuple[str, str, str], naming.ListedName] = {}
    for own, named in entries:
        for other in naming.derived(named, salts):
            if other.key not in (owned if own else bundled):
                derived.setdefault((other.key, other.target_kind, other.target), other)
    yield from derived.values()


def _passage_rows(documents: Documents) -> Iterator[PassageRow]:
    for item, monograph in documents.of(MONOGRAPHS):
        for section, title, kind, body in _passages(monograph):
            yield item.id, section, title, kind, text_of(body)


def _passages(record: MonographFile) -> Iterator[tuple[str | None, str, str, dict[str, object]]]:
    """Everything of a monograph that search finds: (section id, title, kind, body for JSON), its text in the body."""
    title = record["title"]
    own = {"name": title, "kind": "title", "source": record.get("source")}
    for name in [cast("Name", own), *record.get("names", [])]:
        yield None, title, "name", {"text": name["name"], **_origin(name)}
    for number in record.get("identifiers", []):
        text = f"{number['system']} {number['value']}"
        yield None, title, "identifier", {"text": text, **_origin(number)}
    for brand in record.get("brands", []):
        text = " ".join([brand["name"], *brand.get("also", [])])
        yield None, title, "brand", {"text": text, "country": brand["country"], **_origin(brand)}
    for _, section in checks.sections_of(record):
        where = (section["id"], section["title"])
        yield *where, "section", {"text": section["title"], **_origin(section)}
        for statement in section.get("statements", []):
            more = {"references": statement.get("references", []), **_origin(statement)}
            yield *where, "statement", {"text": statement["text"], **more}
        for reference in section.get("references", []):
            text = citation(reference)
            yield *where, "reference", {"text": text, "reference": reference["number"], **_origin(reference)}


def _origin(record: Mapping[str, object]) -> dict[str, object]:
    return {"source": record["source"]} if record.get("source") else {}
