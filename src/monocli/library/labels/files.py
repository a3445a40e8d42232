"""Files of labels, wherever they lie: JSON and XML, packed or not, in folders, zips and zips in zips. Each is read as a
stream; what is not fit to be read is told with its path, and the rest goes on."""

from __future__ import annotations

import gzip
import io
import os
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from monocli.library.labels import json_stream, openfda, spl
from monocli.library.labels.faults import UnreadableLabel
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.library.labels.section_kinds import Catalogue

ENDINGS = (".json", ".xml", ".zip", ".json.gz", ".xml.gz")
MOST_INNER = 256 << 20
"""Bytes of a zip inside a zip: one label with its pictures."""
_MOST_DEPTH = 3
_MOST_RATIO = 200
"""How much more than it takes a file in a zip may hold; real ones hold six to twenty times as much."""
_SMALL = 1 << 20
_PART = re.compile(r"drug-label-(\d{4})-of-(\d{4})\.json(?:\.zip|\.gz)?", re.IGNORECASE)


class Taken(Record):
    """One thing that was read: a label, or a fault, or a notice; the file that it stands in, and how far that is
    read."""

    path: str
    label: openfda.ReadLabel | None = None
    fault: UnreadableLabel | None = None
    notice: str | None = None
    done: int = 0


class ImportPlan(Record):
    """The files to read, in their order; how many of other kinds were passed over."""

    files: list[Path]
    passed_over: int
    left_out: list[tuple[Path, str]]
    """What is not read, each with the reason."""
    missing: list[str]
    """Exports of which not all parts are there, in words."""


class MixedExports(Exception):
    """Parts of several exports, and nothing says which is the newest."""


def plan(paths: Sequence[Path]) -> ImportPlan:
    """What there is to read. Raises `MixedExports`, and `FileNotFoundError` for a path that is not there."""
    found: dict[Path, None] = {}
    closed: list[tuple[Path, str]] = []
    passed_over = 0
    for path in paths:
        if path.is_dir():
            for folder, folders, names in os.walk(path, onerror=lambda error: closed.append(_closed(error))):
                folders.sort()
                for name in sorted(names):
                    if name.casefold().endswith(ENDINGS):
                        found[Path(folder) / name] = None
                    else:
                        passed_over += 1
        elif path.exists() or path.is_symlink():
            found[path] = None
        else:
            raise FileNotFoundError(str(path))
    files, left_out = _newest_export(list(found))
    return ImportPlan(files, passed_over, [*left_out, *closed], _missing_parts(files))


def _closed(error: OSError) -> tuple[Path, str]:
    """A folder that cannot be looked into, with the reason."""
    return Path(str(error.filename)), f"cannot be read: {error.strerror or error}"


def _parts(files: Sequence[Path]) -> dict[int, dict[int, Path]]:
    """The parts of each export by the number of parts that it has."""
    exports: dict[int, dict[int, Path]] = {}
    for file in files:
        if match := _PART.fullmatch(file.name):
            exports.setdefault(int(match[2]), {}).setdefault(int(match[1]), file)
    return exports


def _newest_export(files: list[Path]) -> tuple[list[Path], list[tuple[Path, str]]]:
    """The files without those of older exports. A new export is all of it, so that none is a supplement to another."""
    exports = _parts(files)
    if len(exports) < 2:
        return files, []
    days = {count: max(filter(None, map(_published, parts.values())), default="") for count, parts in exports.items()}
    newest = max(days, key=lambda count: days[count])
    if not days[newest] or list(days.values()).count(days[newest]) > 1:
        counts = " and ".join(f"of {count}" for count in sorted(exports))
        raise MixedExports(f"parts of several exports ({counts}), and their dates do not say which is the newest")
    older = {
        file: f"part of an older export ({days[count] or 'without a date'}); that of {days[newest]} was read instead"
        for count, parts in exports.items()
        if count != newest
        for file in parts.values()
    }
    return [file for file in files if file not in older], list(older.items())


def _missing_parts(files: Sequence[Path]) -> list[str]:
    missing = []
    for count, parts in sorted(_parts(files).items()):
        absent = [str(number) for number in range(1, count + 1) if number not in parts]
        if absent:
            missing.append(f"{len(absent)} of {count} parts are not there: {', '.join(absent)}")
    return missing


def _published(file: Path) -> str | None:
    """The day of the export that a part says it belongs to."""
    try:
        for stream in _streams(file):
            for kind, value in json_stream.records(stream):
                return _day(value) if kind == "meta" else None
    except (UnreadableLabel, OSError):
        return None
    return None


def _streams(file: Path) -> Iterator[IO[bytes]]:
    name = file.name.casefold()
    if name.endswith(".zip"):
        try:
            with zipfile.ZipFile(file) as packed:
                for member in packed.infolist()[:1]:
                    yield packed.open(member)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise UnreadableLabel(str(error)) from error
    elif name.endswith(".gz"):
        with gzip.open(file) as stream:
            yield cast("IO[bytes]", stream)
    else:
        with open(file, "rb") as plain:
            yield plain


def _day(meta: Any) -> str | None:
    day = meta.get("last_updated") if isinstance(meta, dict) else None
    return day if isinstance(day, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) else None


def read(file: Path, catalogue: Catalogue) -> Iterator[Taken]:
    """Everything in one file."""
    shown = str(file)
    try:
        with open(file, "rb") as stream:
            for taken in _read(stream, shown, catalogue, 0):
                yield taken.replaced(done=stream.tell())
    except OSError as error:
        yield Taken(shown, fault=UnreadableLabel(f"cannot be read: {error.strerror or error}"))


def _read(stream: IO[bytes], shown: str, catalogue: Catalogue, depth: int) -> Iterator[Taken]:
    """What a stream holds, by its first bytes."""
    start = _start_of(stream)
    try:
        if start.startswith(b"PK"):
            yield from _zip(stream, shown, catalogue, depth)
        elif start.startswith(b"\x1f\x8b"):
            with gzip.GzipFile(fileobj=stream) as inner:
                yield from _read(_bounded(inner, _size(stream)), shown, catalogue, depth + 1)
        elif start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or start.startswith((b"\xff\xfe", b"\xfe\xff")):
            yield Taken(shown, label=spl.label_of(stream.read(spl.MOST_BYTES + 1), catalogue))
        else:
            yield from _json(stream, shown, catalogue)
    except UnreadableLabel as fault:
        yield Taken(shown, fault=fault)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        yield Taken(shown, fault=UnreadableLabel(f"damaged, or only a part of a file: {error}"))


def _start_of(stream: IO[bytes]) -> bytes:
    start = stream.read(64)
    stream.seek(0)
    return start


def _size(stream: IO[bytes]) -> int:
    at = stream.tell()
    size = stream.seek(0, os.SEEK_END)
    stream.seek(at)
    return size


def _zip(stream: IO[bytes], shown: str, catalogue: Catalogue, depth: int) -> Iterator[Taken]:
    if depth >= _MOST_DEPTH:
        raise UnreadableLabel("zips in zips, deeper than any download of labels")
    try:
        packed = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError) as error:
        raise UnreadableLabel(f"not a whole zip: {error}") from error
    with packed:
        for member in packed.infolist():
            name, inside = member.filename, f"{shown}:{member.filename}"
            ending = os.path.splitext(name.casefold())[1]
            if member.is_dir() or ending not in (".json", ".xml", ".zip", ".gz"):
                continue
            try:
                with packed.open(member) as inner:
                    bounded = _bounded(inner, member.compress_size)
                    if ending == ".zip":
                        yield from _read(io.BytesIO(_whole(bounded)), inside, catalogue, depth + 1)
                    else:
                        yield from _read(bounded, inside, catalogue, depth + 1)
            except (
                zipfile.BadZipFile,
                zlib.error,
                EOFError,
                NotImplementedError,
                RuntimeError,
                UnreadableLabel,
            ) as error:
                problem = error.problem if isinstance(error, UnreadableLabel) else f"damaged in the zip: {error}"
                yield Taken(inside, fault=UnreadableLabel(problem))


def _whole(stream: IO[bytes]) -> bytes:
    held = stream.read(MOST_INNER + 1)
    if len(held) > MOST_INNER:
        raise UnreadableLabel(f"longer than {MOST_INNER >> 20} MB")
    return held


def _bounded(inner: Any, packed: int) -> IO[bytes]:
    """What is inflated, up to a multiple of what it was packed into."""
    return cast("IO[bytes]", _Bounded(inner, max(packed * _MOST_RATIO, _SMALL)))


class _Bounded:
    def __init__(self, inner: Any, most: int) -> None:
        self._inner, self._left = inner, most

    def read(self, size: int = -1) -> bytes:
        found: bytes = self._inner.read(size if size >= 0 else self._left + 1)
        self._left -= len(found)
        if self._left < 0:
            raise UnreadableLabel(f"it unpacks to more than {_MOST_RATIO} times its size: a zip bomb, not labels")
        return found

    def seek(self, to: int, whence: int = 0) -> int:
        return int(self._inner.seek(to, whence))

    def tell(self) -> int:
        return int(self._inner.tell())


def _json(stream: IO[bytes], shown: str, catalogue: Catalogue) -> Iterator[Taken]:
    published: str | None = None
    faults = 0
    for kind, value in json_stream.records(stream):
        if kind == "meta":
            published = _day(value)
            notice = value.get("disclaimer") if isinstance(value, dict) else None
            if isinstance(notice, str) and notice.strip():
                yield Taken(shown, notice=" ".join(notice.split()))
        elif kind == "fault":
            faults += 1
            yield Taken(shown, fault=value)
        else:
            try:
                yield Taken(shown, label=openfda.label_of(value, published, catalogue))
            except UnreadableLabel as fault:
                yield Taken(shown, fault=fault)
