"""What a text is: many lists, one a line, or a file that is read whole (a table, FHIR). The text itself decides, by its
first lines, and the answer says what it was taken for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal

from monocli.engine.answers import BAD_INPUT, Refusal
from monocli.engine.inputs import asked
from monocli.engine.names import visible
from monocli.questions.lists.entries import Entry, ListFile, MedicationList, Naming, Words
from monocli.questions.lists.json_text import MAX_CHARACTERS, Json, NotJson, mapping, parsed
from monocli.questions.lists.rows import ListLine, declared_separator, read_lists
from monocli.questions.lists.tables import find_header, nameless, read_table
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.questions.lists.tables import FoundHeader

Rows = Literal["lists", "medicines"]
"""What a line or a row is; None where the text is to say."""
_LOOK_AHEAD = 30
"""Lines among which the header of a table is looked for."""
_OTHERS = {"<": "XML or HTML", "%PDF": "PDF", "PK\x03\x04": "a spreadsheet or an archive", "{\\rtf": "rich text"}
_ACCEPTED = (
    "Accepted are: text with one list a line, or with {rows} one medicine a line; a table (comma, semicolon, tab or |) "
    "under a header that names the column of the medicine (such as drug, medication, substance, Wirkstoff, DCI); JSON "
    "Lines; FHIR R4 as JSON. A spreadsheet is saved as CSV first."
)
_COMMENT = "#"


class ManyLists(Record):
    """A text that is read line by line, each line a list."""

    lists: Iterator[ListLine]


def open_lists(lines: Iterator[str], words: Words, rows: Rows | None = None) -> ManyLists | ListFile | Refusal:
    """What the lines hold. With `rows` "lists" nothing is read ahead, so that each line is answered as it comes."""
    if rows == "lists":
        return ManyLists(read_lists(lines, words))
    start = next(((number, line) for number, line in enumerate(lines, 1) if line.strip()), None)
    if start is None:
        return ManyLists(iter(()))
    before, first = start
    skipped = [""] * (before - 1)
    text = first.removeprefix("\ufeff").lstrip()
    kind = next((kind for mark, kind in _OTHERS.items() if text.startswith(mark)), None)
    if kind or "\0" in text:
        return _not_known(f"this is {kind or 'no text'}, which is not read")
    if text[:1] in ("{", "["):
        return _json(first, skipped, lines, words)
    head = [first, *islice(lines, _LOOK_AHEAD)]
    if any("\0" in line for line in head):
        return _not_known("this is no text, which is not read")
    return _text(skipped, head, lines, words, rows)


def _text(
    skipped: list[str], head: list[str], lines: Iterator[str], words: Words, rows: Rows | None
) -> ManyLists | ListFile | Refusal:
    declared = declared_separator(head[0])
    body = head[1:] if declared else head
    medicines = rows == "medicines"
    found = find_header(body, words, declared, narrow=medicines)
    if found is not None:
        above = len(skipped) + len(head) - len(body)
        return read_table(chain(body[found.line :], lines), found.replaced(line=found.line + above), words)
    nowhere: FoundHeader | None = nameless(body, words)
    if nowhere is not None:
        columns = ", ".join(visible(cell, 60) for cell in nowhere.header.cells if cell)
        return _not_known(f"the header in line {nowhere.line + len(skipped)} names no column of medicines: {columns}")
    every = chain(skipped, head, lines)
    return _medicines(every) if medicines else ManyLists(read_lists(every, words))


def _medicines(lines: Iterator[str]) -> ListFile:
    """A text in which each line is one medicine of one list."""
    texts = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()]
    kept = [(number, text) for number, text in texts if not text.startswith(_COMMENT)]
    entries = tuple(Entry({"line": number}, Naming(texts=(text,))) for number, text in kept)
    comments = len(texts) - len(kept)
    read_as = "text in which a line is a medicine of one list"
    if comments:
        read_as += f"; {comments} comment line{'s' if comments != 1 else ''} not read"
    return ListFile(read_as, (MedicationList(None, 1, entries),) if entries else ())


def _json(first: str, skipped: list[str], lines: Iterator[str], words: Words) -> ManyLists | ListFile | Refusal:
    """JSON Lines; or FHIR, as one document or a resource a line; or one document that holds a list."""
    try:
        value = parsed(first)
    except NotJson:
        return _document(first, skipped, lines, words)
    if _is_resource(value):
        return _resources(value, len(skipped) + 1, lines, words)
    return ManyLists(read_lists(chain(skipped, [first], lines), words))


def _is_resource(value: Json) -> bool:
    """An object that says which resource it is, or a list of such."""
    return "resourceType" in mapping(value[0] if isinstance(value, list) and value else value)


def _document(first: str, skipped: list[str], lines: Iterator[str], words: Words) -> ManyLists | ListFile | Refusal:
    """A document that goes on over several lines. Where the next line is JSON by itself it is none, and each line
    stands for itself."""
    second = next((line for line in lines if line.strip()), None)
    held = [first] if second is None else [first, second]
    if second is None or _stands_alone(second):
        return _broken(first) if "resourceType" in first else ManyLists(read_lists(chain(skipped, held, lines), words))
    size = 0
    for line in lines:
        held.append(line)
        size += len(line) + 1
        if size > MAX_CHARACTERS:
            message = f"a JSON document of more than {MAX_CHARACTERS:,} characters; part it by patient"
            return Refusal("too-long", message, kind=BAD_INPUT)
    text = "\n".join(held)
    try:
        value = parsed(text)
    except NotJson:
        if "resourceType" in text or first.strip() in ("{", "["):
            return _broken(text)
        return ManyLists(read_lists(iter([*skipped, *held]), words))
    if _is_resource(value):
        return _fhir(value if isinstance(value, list) else [value], words, by_subject=False)
    return ManyLists(read_lists(iter([*skipped, json.dumps(value)]), words))


def _stands_alone(line: str) -> bool:
    try:
        return isinstance(parsed(line), dict | list)
    except NotJson:
        return False


def _broken(text: str) -> Refusal:
    try:
        parsed(text)
    except NotJson as error:
        return Refusal("bad-json", f"not JSON that can be read: {error}", _accepted(), kind=BAD_INPUT)
    raise AssertionError


def _resources(first: Json, number: int, lines: Iterator[str], words: Words) -> ListFile | Refusal:
    """A resource a line. Bundles are read one by one, and the resources of a patient together."""
    values, size = [first], 0
    for at, line in enumerate(lines, number + 1):
        if not line.strip():
            continue
        size += len(line)
        if size > MAX_CHARACTERS:
            message = f"FHIR of more than {MAX_CHARACTERS:,} characters; part it by patient"
            return Refusal("too-long", message, kind=BAD_INPUT)
        try:
            values.append(parsed(line))
        except NotJson as error:
            return Refusal("bad-json", f"line {at}: not JSON that can be read: {error}", _accepted(), kind=BAD_INPUT)
    flat = [one for value in values for one in (value if isinstance(value, list) else [value])]
    bundles = [mapping(value).get("resourceType") == "Bundle" for value in flat]
    if len(flat) == 1 or not all(bundles):
        return _fhir(flat, words, by_subject=len(flat) > 1)
    return _bundles(flat, words)


def _bundles(values: list[Json], words: Words) -> ListFile | Refusal:
    """A bundle a line: each a list of its own."""
    files = [_fhir([value], words, by_subject=False) for value in values]
    refused = next((file for file in files if isinstance(file, Refusal)), None)
    if refused is not None:
        return refused
    read = [file for file in files if isinstance(file, ListFile)]
    lists = [MedicationList(None, at, one.entries, one.remarks) for at, f in enumerate(read, 1) for one in f.lists]
    return ListFile(f"{read[0].read_as}; a list for each bundle", tuple(lists))


def _fhir(values: list[Json], words: Words, *, by_subject: bool) -> ListFile | Refusal:
    from monocli.questions.lists.fhir import read_fhir  # late: a batch of lines needs none of it

    return read_fhir(values, words, by_subject=by_subject)


def _accepted() -> str:
    return _ACCEPTED.format(rows=f"{asked('rows')} medicines")


def _not_known(message: str) -> Refusal:
    return Refusal("unknown-format", message, _accepted(), kind=BAD_INPUT)
