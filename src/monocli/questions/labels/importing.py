"""Import labels from files, and remove them again."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from monocli.engine.answers import BAD_INPUT, Answer, Note, Refusal
from monocli.engine.names import visible
from monocli.library.labels import files
from monocli.library.labels.ahead import Ahead
from monocli.library.labels.catalogues import catalogue_of
from monocli.library.labels.faults import Interrupted, UnreadableLabel
from monocli.library.labels.packing import Packed, packed
from monocli.library.labels.writing import Writer
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.library.store import Library
    from monocli.records.output.labels import LabelImport, RefusedRecord

_MOST_OF_A_KIND = 20
"""So many records of one file with one problem are told one by one."""


class Progress(Record):
    """How far an import is: bytes of the files, and labels."""

    done: int
    total: int
    labels: int


def import_labels(
    library: Library, path: Path, paths: Sequence[Path], told: Callable[[Progress], None] = lambda _: None
) -> Answer[LabelImport] | Refusal:
    """Read the files into the pack at `path`. What cannot be read is refused by itself, and the rest goes on.

    Refusals: `no-such-file`, `mixed-exports`, `no-labels-read` where nothing could be read. Raises `PackFault`.
    """
    try:
        plan = files.plan(paths)
    except FileNotFoundError as error:
        return Refusal("no-such-file", f"there is no such file or folder: {visible(str(error))}", kind=BAD_INPUT)
    except files.MixedExports as error:
        hint = "Import the parts of one export; a new one is the whole of it."
        return Refusal("mixed-exports", str(error), hint, kind=BAD_INPUT)
    total = sum(map(_size, plan.files))
    # The reader is split off before the file is locked, so that it does not hold the lock.
    with Ahead(_read(library, plan.files)) as ahead, Writer(path) as writer, _stopped_by_the_user(writer):
        run = _Run(writer)
        for file, problem in plan.left_out:
            run.refuse(str(file), None, problem)
        for taken in ahead:
            run.take(taken)
            told(Progress(taken.done, total, run.read_count))
        left = writer.count()
        writer.commit()
    data: LabelImport = {
        "read": run.read_count,
        "new": run.counts["new"],
        "newer": run.counts["newer"],
        "older": run.counts["older"],
        "same": run.counts["same"],
        "refused": run.refused(),
        "passed_over": plan.passed_over,
        "labels": left,
        "path": str(path),
    }
    notes = tuple(Note("parts-missing", f"{said}; the export is not whole") for said in plan.missing)
    return _answer(data, notes)


@contextlib.contextmanager
def _stopped_by_the_user(writer: Writer) -> Iterator[None]:
    """Ctrl-C as `Interrupted`; what was asked for is done once the labels are in their place."""
    try:
        yield
    except KeyboardInterrupt:
        if not writer.committed:
            raise Interrupted("interrupted before the import had ended; the labels are as they were") from None


def _answer(data: LabelImport, notes: tuple[Note, ...]) -> Answer[LabelImport] | Refusal:
    refused = len(data["refused"])
    if not data["read"]:
        first = data["refused"][0] if refused == 1 else None
        message = "no labels were read" + (f": {first['path']}: {first['problem']}" if first else "")
        hint = "Give openFDA drug labels (JSON, or its zips) or SPL documents (XML, or the zips of DailyMed)."
        return Refusal("no-labels-read", message, hint, kind=BAD_INPUT, notes=notes, data=data)
    if refused:
        what = "files or records were" if refused != 1 else "file or record was"
        message = f"{refused} {what} not read; the rest was imported"
        return Answer(data, notes, (Refusal("labels-refused", message, "They are named with what is wrong."),))
    return Answer(data, notes)


class _Taken(Record):
    """A label ready to be written, a notice, or a fault with its path; and how many bytes of the files are read."""

    path: str
    item: Packed | str | UnreadableLabel
    done: int


def _read(library: Library, paths: Sequence[Path]) -> Iterator[_Taken]:
    """Everything in the files, in their order."""
    catalogue = catalogue_of(library)
    before = 0
    for path in paths:
        for taken in files.read(path, catalogue):
            item = taken.fault or taken.notice or (taken.label and packed(taken.label))
            if item:
                yield _Taken(taken.path, item, before + taken.done)
        before += _size(path)


class _Run:
    """What becomes of everything that is read."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self.counts = {"new": 0, "newer": 0, "older": 0, "same": 0}
        self.read_count = 0
        self._refused: dict[tuple[str, str], list[RefusedRecord]] = {}

    def take(self, taken: _Taken) -> None:
        if isinstance(taken.item, UnreadableLabel):
            self.refuse(taken.path, taken.item.set_id, taken.item.problem)
        elif isinstance(taken.item, str):
            self._writer.notice(taken.item)
        else:
            self.read_count += 1
            self.counts[self._writer.put(taken.item)] += 1

    def refuse(self, path: str, set_id: str | None, problem: str) -> None:
        record: RefusedRecord = {"path": visible(path, 1000), "problem": visible(problem, 500)}
        if set_id:
            record["set_id"] = visible(set_id)
        self._refused.setdefault((path, problem), []).append(record)

    def refused(self) -> list[RefusedRecord]:
        """What was refused; of many records of one file with one problem the first, and how many more."""
        found: list[RefusedRecord] = []
        for (path, problem), records in self._refused.items():
            found += records[:_MOST_OF_A_KIND]
            if len(records) > _MOST_OF_A_KIND:
                more = len(records) - _MOST_OF_A_KIND
                found.append({"path": visible(path, 1000), "problem": f"{visible(problem, 500)} ({more} more records)"})
        return found


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
