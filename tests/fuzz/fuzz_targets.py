"""What the parsers must hold for any bytes at all: called by Hypothesis in every test run, and by atheris by hand (see
atheris_parsers.py).

Each target takes bytes and returns nothing; it raises where the program is wrong.
"""

from __future__ import annotations

import copy
import json
import sqlite3
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

import tiny
from conftest import ROOT
from harmless import harmless
from monocli.engine.answers import BAD_INPUT, Refusal
from monocli.engine.names import MAX_NAME_LENGTH, normalise, visible
from monocli.engine.quantities.numbers import decimal_text, is_finite_decimal
from monocli.engine.quantities.quantity import MAX_EXPONENT, MAX_LENGTH, Quantity, read_number, read_quantity
from monocli.library import checks, compiling, formats, merging, tables
from monocli.library.documents import Document, Documents
from monocli.library.pack import Pack
from monocli.library.resolving import find, resolve
from monocli.library.store import Library
from monocli.library.strict_yaml import SourceFile, parse
from told import told

_LARGEST = Fraction(10) ** (MAX_EXPONENT + MAX_LENGTH + 6)
_BASE_FILES = (
    "library.yaml",
    "sources.yaml",
    "vocabulary.yaml",
    "countries.yaml",
    "agents/classes.yaml",
    "agents/enzymes.yaml",
)


def as_text(data: bytes) -> str:
    """The text that a command line would make of these bytes: what is not UTF-8 becomes lone surrogates."""
    return data.decode("utf-8", "surrogateescape")


def quantity(data: bytes) -> None:
    """A quantity is read exactly or refused with a place, and reading what was read gives the same."""
    text = as_text(data)
    outcome = read_quantity(text)
    number = read_number(text)
    if isinstance(outcome, Refusal):
        _refusal(outcome)
        assert isinstance(number, Refusal)
        return
    assert isinstance(outcome, Quantity)
    assert isinstance(outcome.value, Fraction)
    assert is_finite_decimal(outcome.value)
    assert abs(outcome.value) < _LARGEST
    assert outcome.unit == outcome.unit.strip()
    assert isinstance(number, Refusal) == bool(outcome.unit)
    _same_digits(outcome)
    again = read_quantity(decimal_text(outcome.value) if len(decimal_text(outcome.value)) <= MAX_LENGTH else "")
    assert isinstance(again, Refusal) or again.value == outcome.value


def _refusal(refusal: Refusal) -> None:
    assert refusal.code == "bad-quantity"
    assert refusal.kind == BAD_INPUT
    assert harmless(json.dumps(refusal.as_json(), ensure_ascii=False))
    shown, carets = told(refusal.detail)["caret"].rsplit("\n", 1)
    assert carets.strip(" ") == "^" * carets.count("^") != ""
    assert len(carets) <= len(shown) + 1


def _same_digits(read: Quantity) -> None:
    """The digits of the value are those that were typed: none lost, none gained, whatever stood between them."""
    digits = "".join(c for c in read.number.lower().partition("e")[0] if c in "0123456789")
    value = decimal_text(abs(read.value))
    assert digits.strip("0") == value.replace(".", "").strip("0")


@cache
def name_library() -> tuple[Library, frozenset[str]]:
    """A library in memory, and every key by which something is found in it."""
    documents = base()
    for name in ("agents/k.yaml", "monographs/alphatinib-mesilate.yaml", "monographs/betakin.yaml"):
        add(documents, name, tiny.FILES[name])
    documents.join_agents()
    checks.check(documents, substances())
    assert documents.problems() == []
    library = compiled(documents)
    return library, frozenset(key for (key,) in library.rows("SELECT DISTINCT key FROM name"))


def name(data: bytes) -> None:
    """A name is found when its key is a key of the library, and never otherwise; its key is its own key; what is shown
    is harmless.
    """
    text = as_text(data)
    key = normalise(text)
    assert normalise(key) == key
    assert harmless(visible(text))
    assert normalise(visible(text)) == normalise(visible(visible(text))) or len(text) > 200
    library, keys = name_library()
    found = find(library, text, mentioned=True)
    known = key in keys
    assert (found is not None) == (known and len(text) <= MAX_NAME_LENGTH)
    resolution = resolve(library, text)
    assert (resolution["id"] is None) == (resolution["status"] == "unknown")
    assert harmless(resolution["query"])
    assert resolution["id"] is None or resolution["suggestions"] == []


@cache
def _parsed_base() -> Documents:
    documents = Documents()
    for file in _BASE_FILES:
        add(documents, file, tiny.FILES[file])
    return documents


def base() -> Documents:
    """The lists of the tiny library, known to be good."""
    return copy.deepcopy(_parsed_base())


def add(documents: Documents, file: str, text: str) -> SourceFile:
    """Parse and validate a file of this name as a folder's file would be."""
    source = SourceFile(file)
    parse(text, source)
    kind, _, id = file.removesuffix(".yaml").partition("/")
    document = Document(kind, id or kind, {}, source)
    if source.value is not None:
        document.value = formats.validate(source, told(formats.format_of(file))) or {}
    documents.items.append(document)
    return source


@cache
def substances() -> Pack:
    """The drugs of the tables, compiled in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    tables.fill(connection, ROOT / "data" / "substances", "test")
    return Pack(connection)


def compiled(documents: Documents) -> Library:
    """The library of these documents, in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    compiling.fill(connection, documents, "test", beside=substances())
    return Library(Pack(connection))


FILES = (
    "library.yaml",
    "sources.yaml",
    "vocabulary.yaml",
    "countries.yaml",
    "monographs/x.yaml",
    "agents/classes.yaml",
    "agents/enzymes.yaml",
    "agents/x.yaml",
    "measures/body.yaml",
    "doses/x.yaml",
    "interactions/x.yaml",
    "compatibility/x.yaml",
    "units/measures.yaml",
    "units/abbreviations.yaml",
    "units/x.yaml",
)
"""A file of each form; the first byte of the input chooses one."""


def strict_yaml(data: bytes) -> None:
    """Whatever a file holds, it is read, or its problems are told with a place in it; what passes every check
    compiles.
    """
    if not data:
        return
    text = data[1:].decode("utf-8", "ignore")
    file = FILES[data[0] % len(FILES)]
    over = Documents()
    source = add(over, file, text)
    lines = text.count("\n") + text.count("\r") + text.count("\x85") + text.count("\u2028") + text.count("\u2029") + 1
    if source.value is not None:
        assert _all_text(source.value)
    documents = merging.merge(base(), over)
    documents.join_agents()
    checks.check(documents, substances())
    for problem in documents.problems():
        assert problem.message
        assert 1 <= problem.line <= lines + 1
        assert problem.column >= 1
    if not documents.problems():
        library = compiled(documents)
        assert library.edition


def _all_text(value: Any) -> bool:
    """Whether every scalar is text: the loader guesses no types."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and _all_text(item) for key, item in value.items())
    return all(map(_all_text, value)) if isinstance(value, list) else isinstance(value, str)


TARGETS: dict[str, Callable[[bytes], None]] = {"quantity": quantity, "name": name, "yaml": strict_yaml}
