"""Ways of writing numbers, units and frequencies that have led to errors, found in whatever a person typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from monocli.engine.answers import Note
from monocli.engine.names import visible

if TYPE_CHECKING:
    from monocli.records.units import Abbreviation, AbbreviationsFile, Writing

TRAILING_ZERO = "trailing-zero"
"""Zeros end the decimals ("1.0"), read as ten where the point is not seen."""
NAKED_DECIMAL = "naked-decimal"
"""No zero stands before the decimal point (".5"), read as five where the point is not seen."""

_NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+"


def writings_of(number: str) -> tuple[str, ...]:
    """The error-prone ways in which one number was written."""
    digits = number.lower().partition("e")[0]
    found = []
    if "." in digits and digits.endswith("0"):
        found.append(TRAILING_ZERO)
    if digits.lstrip("+-").startswith("."):
        found.append(NAKED_DECIMAL)
    return tuple(found)


def number_note(record: Writing, number: str) -> Note:
    """The warning of a way of writing a number."""
    written = visible(number)
    message = f"{written!r} is an error-prone way to write a number: {record['why']}. Write {record['write']}."
    return Note("error-prone-number", message, {"written": written, "source": record["source"]})


def abbreviation_note(record: Abbreviation, written: str) -> Note:
    """The warning of an abbreviation that was read all the same."""
    correction = f"It was read as {record['means']}; write {' or '.join(record['write'])}."
    message = f"{written!r} is an error-prone abbreviation: {record['why']}. {correction}"
    detail = {"written": written, "read_as": record["means"], "write": record["write"], "source": record["source"]}
    return Note("error-prone-abbreviation", message, detail)


def writing_notes(document: AbbreviationsFile, texts: Iterable[str]) -> tuple[Note, ...]:
    """The warnings of all that was typed, by the records of `data/units/abbreviations.yaml`; each once."""
    numbers = {record["id"]: record for record in document["writings"]}
    words = [*document["abbreviations"], *document.get("frequencies", [])]
    read = [(written, record) for record in words if record["treatment"] == "warn" for written in record["written"]]
    notes = []
    for text in texts:
        for number in re.findall(_NUMBER, text):
            notes += [number_note(numbers[way], number) for way in writings_of(number) if way in numbers]
        notes += [abbreviation_note(record, written) for written, record in read if _stands_in(written, text)]
    return tuple({note.message: note for note in notes}.values())


def refused_word(document: AbbreviationsFile | None, text: str) -> tuple[str, Abbreviation] | None:
    """An abbreviation of how often something is given that ends a text and is not read, with its record."""
    for record in document.get("frequencies", []) if document else ():
        if record["treatment"] == "refuse":
            for written in record["written"]:
                if text.rstrip().endswith(written) and re.search(rf"(?<![^\W\d_]){re.escape(written)}\s*$", text):
                    return written, record
    return None


def _stands_in(written: str, text: str) -> bool:
    # A pattern for each of fifty abbreviations would take longer to compile than everything else of a command.
    return written in text and re.search(rf"(?<![^\W\d_]){re.escape(written)}(?![^\W_])", text) is not None
