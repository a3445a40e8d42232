"""What a file of medicines holds, whichever way it is written: entries, each with what names its drug and whether that
is taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from monocli.engine.names import normalise
from monocli.library.kinds import ABSENCES, CODE_SYSTEMS, LIST_COLUMNS, LIST_STATUSES
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.library.store import Library
    from monocli.records.library import CodeSystem, ListColumn, ListStatus
    from monocli.records.output.interactions import Origin
    from monocli.records.words import Taken


_FURTHER = re.compile(r"\s-\s|[,;(/]")
"""After the word of a status comes a remark: "Repeat - Hospital"."""


class Code(Record):
    """A number of a registry, with what the library calls the registry and what people do."""

    system: str
    label: str
    value: str


class Standing(Record):
    """Whether a medicine is taken, and if not, or not for certain, why."""

    taken: Taken
    why: str | None = None


TAKEN = Standing("yes")


class Naming(Record):
    """What names one drug, in the order in which it is believed: numbers, then texts."""

    codes: tuple[Code, ...] = ()
    texts: tuple[str, ...] = ()


class Entry(Record):
    """One medicine of a list, as its file gives it."""

    origin: Origin
    naming: Naming
    standing: Standing = TAKEN
    parts: tuple[Naming, ...] = ()
    """The ingredients, where the file gives them."""
    routes: tuple[str, ...] = ()
    """Words for the route and the form that stand beside the name."""
    unread: str | None = None
    """Why nothing names the drug: a reference that leads out of the file."""
    absence: str | None = None
    """What it says instead of naming a drug."""
    owner: str | None = None
    """Whose list it stands in, where a file holds those of several."""


class MedicationList(Record):
    """One list of a file."""

    id: str | None
    line: int
    entries: tuple[Entry, ...]
    remarks: tuple[str, ...] = ()
    """What is to be known of how it was read."""


class ListFile(Record):
    """A file read whole, and what it was taken for."""

    read_as: str
    lists: tuple[MedicationList, ...]


class Words:
    """The closed lists of words by which files are read."""

    def __init__(self, library: Library) -> None:
        columns = library.document(LIST_COLUMNS, "list_columns") or []
        self.columns: dict[str, ListColumn] = {squeezed(word): c for c in columns for word in c["words"]}
        self.statuses = _standings(library.document(LIST_STATUSES, "list_statuses") or [])
        self.intents = _standings(library.document(LIST_STATUSES, "list_intents") or [])
        self.systems = library.document(CODE_SYSTEMS, "list_code_systems") or []
        self.by_uri: dict[str, CodeSystem] = {uri: s for s in self.systems for uri in s["uris"]}
        self._absences = library.document(ABSENCES, "list_absences") or []

    def status(self, word: str) -> Standing | None:
        """What a word of a status says; None for one that is in no list."""
        first = _FURTHER.split(word, maxsplit=1)[0]
        return self.statuses.get(normalise(word)) or self.statuses.get(normalise(first))

    def code(self, system: str, value: str) -> Code | None:
        """The number of one substance, by the id of its registry; None for the code of a class."""
        known = next((s for s in self.systems if s["system"] == system), None)
        label = known["label"] if known else system
        short = known is not None and len(value) < known.get("substance_length", 0)
        return None if short else Code(system, label, value)

    def absence(self, system: str | None, code: str) -> str | None:
        """What a code says that stands where a medicine would."""
        found = (a for a in self._absences if a["code"] == code and a.get("system", system) == system)
        return next((absence["says"] for absence in found), None)


def squeezed(word: str) -> str:
    """The heading of a column without case, accents and what stands between words."""
    return "".join(c for c in normalise(word) if c.isalnum())


def _standings(statuses: list[ListStatus]) -> dict[str, Standing]:
    return {normalise(word): Standing(s["taken"], s.get("why")) for s in statuses for word in s["words"]}


def by_owner(entries: Iterable[Entry], remarks: tuple[str, ...] = ()) -> Iterator[MedicationList]:
    """The entries of each list together, in the order in which the lists begin."""
    lists: dict[str | None, list[Entry]] = {}
    for entry in entries:
        lists.setdefault(entry.owner, []).append(entry)
    for owner, held in lists.items():
        yield MedicationList(owner, held[0].origin.get("line", 1), tuple(held), remarks)
