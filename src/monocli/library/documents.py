"""The library's records in memory while it is checked and compiled: read from folders, or taken from a compiled
library."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, TypeVar, cast

from monocli.library import naming
from monocli.library.kinds import AGENTS, CLASSES, COUNTRIES, MONOGRAPHS, Kind
from monocli.library.problems import Path, Problem
from monocli.library.strict_yaml import SourceFile, read

if TYPE_CHECKING:
    from monocli.records.agents import Enzyme

T = TypeVar("T")
_DEPTH = 4
"""One deeper than any file of a library lies."""
LISTS = {
    "sources": ("sources",),
    "countries": ("countries",),
    "classes": ("agents", "interactions"),
    "enzymes": ("agents",),
    "transporters": ("agents",),
    "agents": ("agents",),
}
"""Things that are kept as a list under a key of their name → the folders or files that may hold such a list."""


@dataclass(slots=True)
class Document:
    """One file of the library. `source` is None for a record that comes from a compiled library and is known to be
    good."""

    kind: str
    id: str
    value: dict[str, Any]
    """As the type of its kind says; see `Documents.of`."""
    source: SourceFile | None = None
    over: bool = False
    """Laid over another library: of two records that clash, its own is at fault."""
    held: frozenset[str] = frozenset()
    """Keys at its head that the file of this name in the library below has too."""

    @property
    def name(self) -> str:
        """The file's name below the folder of its library."""
        return f"{self.kind}.yaml" if self.kind == self.id else f"{self.kind}/{self.id}.yaml"

    @property
    def added(self) -> list[str]:
        """Keys at the head under which a file that is laid over another of its name adds something."""
        moved = self.source.moved if self.source else {}
        return [key for key in self.value if key not in self.held or moved.get(key)]

    def at_fault(self, path: tuple[str | int, ...]) -> bool:
        """Whether the record at this key path stands in a file that is laid over another library."""
        if not self.over or self.source is None or (path and path[0] in self.held and path[0] not in self.source.moved):
            return False
        return self.source.holds(path)


@dataclass(slots=True)
class Documents:
    """All files of a library. Iterating gives them in a fixed order."""

    items: list[Document] = field(default_factory=list)

    def __iter__(self) -> Iterator[Document]:
        return iter(self.items)

    def of_kind(self, kind: str) -> list[Document]:
        return [item for item in self.items if item.kind == kind]

    def of(self, kind: Kind[T]) -> Iterator[tuple[Document, T]]:
        """Every file of a kind, with what it holds."""
        return ((item, cast("T", item.value)) for item in self.of_kind(kind.name))

    def listed(self, kind: Kind[T]) -> Iterator[tuple[Document, Path, T]]:
        """Every record of a kind that is kept in lists, with its document and key path."""
        what = kind.name.removesuffix("-by-id")
        for document in (document for folder in LISTS[what] for document in self.of_kind(folder)):
            for index, record in enumerate(document.value.get(what, [])):
                yield document, (what, index), record

    def ids(self, what: str) -> set[str]:
        """The ids that a pointer of this kind may name."""
        if what == "countries":
            return {record["code"] for _, _, record in self.listed(COUNTRIES)}
        if what in ("enzymes", "transporters"):
            acted_on: Kind[Enzyme] = Kind(what)
            return {i for _, _, r in self.listed(acted_on) for i in (r["id"], *r.get("aliases", []))}
        if what in LISTS:
            kept: Kind[dict[str, str]] = Kind(what)
            return {record["id"] for _, _, record in self.listed(kept)}
        return {document.id for document in self.of_kind(what)}

    def words(self, name: str) -> set[str]:
        """The ids of a closed word list."""
        return {word["id"] for item in self.of_kind("vocabulary") for word in item.value.get(name, []) if "id" in word}

    def names(self) -> Iterator[tuple[Document, naming.ListedName]]:
        """Every exact name in the library, with the document that gives it."""
        for document, monograph in self.of(MONOGRAPHS):
            if not document.value:
                continue
            for named in naming.names_of_monograph(monograph):
                yield document, named
        titles = {document.id: document.value.get("title", "") for document in self.of_kind("monographs")}
        for document, path, record in self.listed(AGENTS):
            for named in naming.names_of_agent(record, path, titles):
                yield document, named
        for document, path, group in self.listed(CLASSES):
            for named in naming.names_of_class(group, path):
                yield document, named

    def join_agents(self) -> None:
        """An agent with the id of a monograph is that monograph's drug: a user may add the monograph of a bundled
        agent."""
        monographs = {document.id for document in self.of_kind("monographs")}
        for _, _, record in self.listed(AGENTS):
            if record["id"] in monographs:
                record.setdefault("monograph", record["id"])

    def problems(self) -> list[Problem]:
        return sorted(problem for item in self.items if item.source for problem in item.source.all_problems())

    def warnings(self) -> list[Problem]:
        """What a person should look at, though the library can be read."""
        return sorted(warning for item in self.items if item.source for warning in item.source.warnings)


def files(folder: FilePath) -> list[tuple[str, str]]:
    """Every YAML file of a library folder and, with the reason, every subfolder that cannot be read, in a fixed order.

    Paths are those below the folder. Files that lie too deep are there too, so that they can be refused and not
    overlooked. Hidden files and folders (of git, of editors) are none of the library's.
    """
    return sorted(_files_below(str(folder), "", _DEPTH))


def _files_below(folder: str, prefix: str, depth: int) -> Iterator[tuple[str, str]]:
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        yield prefix.rstrip("/"), f"cannot be read: {error.strerror}"
        return
    for entry in entries:
        ending = entry.name.casefold()
        if entry.name.startswith(".") or ending.endswith((".cases.yaml", ".cases.yml")):
            continue
        if ending.endswith((".yaml", ".yml")):
            yield prefix + entry.name, ""
        elif depth > 1 and os.path.isdir(entry.path):
            yield from _files_below(entry.path, f"{prefix}{entry.name}/", depth - 1)


def from_folder(folder: FilePath, shown_as: str | None = None) -> Documents:
    """Read, parse and validate every file of a folder. Problems stay with each document's source."""
    from monocli.library import formats

    documents = Documents()
    if not os.path.isdir(folder):
        source = SourceFile(shown_as or str(folder))
        source.problem((), "there is no such folder", "no-such-folder")
        return Documents([Document("", "", {}, source)])
    root = os.path.realpath(folder)
    for name, fault in files(folder):
        path = folder / name
        source = SourceFile(f"{shown_as}/{name}" if shown_as else str(path))
        record = formats.format_of(name)
        kind, slash, id = name.removesuffix(".yaml").partition("/")
        document = Document(kind, id if slash else kind, {}, source)
        documents.items.append(document)
        if fault:
            document.kind = kind
            source.problem((), fault, "unreadable")
        elif not FilePath(os.path.realpath(path)).is_relative_to(root):
            source.problem((), "is a link that leads out of the library folder", "outside")
        elif record is None:
            source.problem((), "no file of this name belongs in a library; see `mono data schema`", "unknown-file")
        else:
            document.source = source = read(path, source.file)
            if source.value is not None:
                document.value = formats.validate(source, record) or {}
            stem = document.id.rpartition("/")[2]
            if document.value.get("id", stem) != stem:
                source.problem(
                    ("id",), f"the id and the name of the file differ: expected {stem!r}", "id-not-file-name"
                )
    return documents
