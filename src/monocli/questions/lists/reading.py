"""From an entry of a list to its drugs: numbers first, then words, each exactly. Where they name different drugs, that
is said and none of them is taken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from monocli.engine.answers import Note, Refusal
from monocli.engine.names import visible
from monocli.library.resolving import exact
from monocli.questions.lists.entries import Code, Entry, Naming
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.library.store import Library
    from monocli.questions.written import LineReader
    from monocli.records.output.interactions import Origin
    from monocli.records.resolution import Resolution

_SEVERAL = re.compile(r"\s[+/]\s")
"""Between the drugs of a text that names several."""
_NOT_CHECKED = "Every pair with it is unchecked."


class ReadEntry(Record):
    """What an entry turned out to be: its drugs, or one mention without an id and the error that says why."""

    entry: Entry
    mentions: tuple[Resolution, ...]
    by: str | None = None
    """The number that the drug was read by, where it was not its name."""
    error: Refusal | None = None
    notes: tuple[Note, ...] = ()


class _NamedBy(Record):
    """What one code or text names."""

    by: str
    """"ATC B01AA03", or the text."""
    mentions: tuple[Resolution, ...]
    kind: Literal["code", "text", "parts"] = "text"

    @property
    def ids(self) -> frozenset[str | None]:
        return frozenset(mention["id"] for mention in self.mentions)


class EntryReader:
    """Reads entries by the names and numbers of a library."""

    def __init__(self, library: Library, lines: LineReader) -> None:
        self._library, self._lines = library, lines
        self._known: dict[str | Code, tuple[Resolution, ...]] = {}

    def read(self, entry: Entry) -> ReadEntry:
        """The drugs of an entry that says which medicine it is."""
        query = _query(entry)
        if entry.unread is not None:
            return self._unread(entry, query, entry.unread)
        said = self._said(entry)
        if not said:
            return ReadEntry(entry, (self._unknown(query),))
        widest = max(said, key=lambda one: len(one.ids))
        text = entry.naming.texts[0] if entry.naming.texts else ""
        if len(widest.ids) == 1 and _SEVERAL.search(text) and not self._by_text(text):
            why = f"{_told(widest)} is {_drugs(widest)} alone, and its text seems to name several: {visible(text)!r}"
            return self._unread(entry, query, why)
        if not all(one.ids <= widest.ids for one in said):
            return self._disagreeing(entry, query, said)
        mentions = tuple(self._shown_as(query, mention, entry) for mention in widest.mentions)
        return ReadEntry(
            entry, mentions, widest.by if widest.kind == "code" else None, notes=self._notes(entry, said, widest)
        )

    def _said(self, entry: Entry) -> list[_NamedBy]:
        """All that names a drug, in the order in which it is believed."""
        said = [_NamedBy(f"{code.label} {code.value}", self._by_code(code), "code") for code in entry.naming.codes]
        said += [_NamedBy(text, self._by_text(text)) for text in entry.naming.texts]
        said = [one for one in said if one.mentions]
        parts = [self._by_naming(part) for part in entry.parts]
        if parts and all(parts):
            mentions = {mention["id"]: mention for part in parts for mention in part}
            named = _NamedBy("the ingredients", tuple(mentions.values()), "parts")
            if len(mentions) > 1:
                of = " + ".join(str(mention["title"]) for mention in mentions.values())
                named = named.replaced(mentions=tuple({**m, "part_of": m.get("part_of", of)} for m in named.mentions))
            said.append(named)
        return said

    def _by_naming(self, naming: Naming) -> tuple[Resolution, ...]:
        """The drugs of an ingredient: by the first of its codes and texts that names any."""
        found = (*map(self._by_code, naming.codes), *map(self._by_text, naming.texts))
        return next((mentions for mentions in found if mentions), ())

    def _by_code(self, code: Code) -> tuple[Resolution, ...]:
        if code not in self._known:
            found = exact(self._library, f"{code.system} {code.value}", ("monograph", "agent"))
            matched = found["matched"] if found else None
            right = found is not None and matched is not None and matched["kind"] == code.system
            self._known[code] = tuple(self._lines.parts_of(found)) if right and found is not None else ()
        return self._known[code]

    def _by_text(self, text: str) -> tuple[Resolution, ...]:
        if text not in self._known:
            found = self._lines.known(text)
            named = all(mention["id"] is not None and mention["status"] != "class" for mention in found)
            self._known[text] = tuple(found) if named else ()
        return self._known[text]

    def _shown_as(self, query: str, mention: Resolution, entry: Entry) -> Resolution:
        """The mention as the file words it, with the route that the file gives beside the name."""
        told: Resolution = {**mention, "query": visible(query)}
        aside = mention.get("left_aside", [])
        if entry.routes:
            self._lines.tell_route(told, [*aside, *entry.routes])
        return told

    def _unknown(self, query: str) -> Resolution:
        return self._lines.unknown(query)

    def _unread(self, entry: Entry, query: str, why: str) -> ReadEntry:
        message = f"{place(entry.origin)} cannot be read, so not checked: {why}"
        shown = visible(query or place(entry.origin))
        error = Refusal("unread-entry", message, _NOT_CHECKED, detail={"query": shown, **entry.origin})
        return ReadEntry(entry, (_nothing(shown),), error=error)

    def _disagreeing(self, entry: Entry, query: str, said: list[_NamedBy]) -> ReadEntry:
        names = "; ".join(f"{_told(one)} is {_drugs(one)}" for one in said)
        message = f"{place(entry.origin)} names different drugs, so that neither is checked: {names}"
        hint = f"{_NOT_CHECKED} Mend the entry, or give the name that is meant."
        error = Refusal("code-and-text-disagree", message, hint, detail={"query": visible(query), **entry.origin})
        return ReadEntry(entry, (_nothing(visible(query)),), error=error)

    def _notes(self, entry: Entry, said: list[_NamedBy], widest: _NamedBy) -> tuple[Note, ...]:
        """What is to be known where not all that stands in the entry says the same."""
        fewer = [one for one in said if one.ids < widest.ids]
        if fewer:
            less = "; ".join(f"{_told(one)} is {_drugs(one)} alone" for one in fewer)
            message = f"{place(entry.origin)} was read as {_drugs(widest)}, by {_told(widest)}; {less}"
            return (Note("names-a-part", message, {**entry.origin}),)
        text = entry.naming.texts[0] if entry.naming.texts else None
        if text and not self._by_text(text):
            read = f"{place(entry.origin)} was read by {_told(widest)}, as {_drugs(widest)}"
            message = f"{read}; its text is no known name: {visible(text)!r}"
            return (Note("text-not-read", message, {"query": visible(text), **entry.origin}),)
        return ()


def _query(entry: Entry) -> str:
    """What the entry is shown as: its text, else its number, else its ingredients."""
    if entry.naming.texts:
        return entry.naming.texts[0]
    codes = [*entry.naming.codes, *(code for part in entry.parts for code in part.codes)]
    texts = [part.texts[0] for part in entry.parts if part.texts]
    return " + ".join(texts) or " ".join((codes[0].label, codes[0].value) if codes else ())


def place(origin: Origin) -> str:
    """ "line 5", "entry 3 (MedicationRequest warf1)"."""
    if "entry" not in origin:
        return f"line {origin['line']}"
    called = " ".join(text for text in (origin.get("resource"), origin.get("id")) if text)
    return f"entry {origin['entry']} ({called})"


def _told(said: _NamedBy) -> str:
    return said.by if said.kind != "text" else f"“{visible(said.by, 80)}”"


def _drugs(said: _NamedBy) -> str:
    return " + ".join(str(mention["title"]) for mention in said.mentions)


def _nothing(query: str) -> Resolution:
    return {"query": query, "status": "unknown", "id": None, "title": None, "matched": None, "suggestions": []}
