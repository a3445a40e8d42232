"""What a schema cannot say of interactions and of mixing: who is meant, and that what is pointed to stands in the
file.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from monocli.library.documents import Document
from monocli.library.problems import Path

_LAYERS = ("interactions", "beside", "notes")
_PARTIES = ("monograph", "agent", "class", "enzyme")
_VOLUME_UNIT = "mL"


def check_rules(document: Document, drugs: set[str]) -> None:
    """Note every problem of a file of data/interactions/ or data/compatibility/ in its own source.

    `drugs` are the ids of all monographs and agents.
    """
    assert document.source is not None
    found = _interactions if document.kind == "interactions" else _compatibility
    for path, message in (*_drug(document), *found(document.value, drugs)):
        document.source.problem(path, message, "bad-rule")


def _drug(document: Document) -> Iterator[tuple[Path, str]]:
    drug = document.value["drug"]
    if list(drug.values()) != [document.id]:
        yield ("drug",), f"expected the drug of this file, as a monograph or an agent: {document.id}"


def _repeated(records: list[dict[str, Any]], path: Path) -> Iterator[tuple[Path, str]]:
    seen: set[str] = set()
    for index, record in enumerate(records):
        if record["id"] in seen:
            yield (*path, index, "id"), f"two have the id {record['id']!r}"
        seen.add(record["id"])


def _interactions(value: dict[str, Any], drugs: set[str]) -> Iterator[tuple[Path, str]]:
    for layer in _LAYERS:
        yield from _repeated(value.get(layer, []), (layer,))
        for index, record in enumerate(value.get(layer, [])):
            if not record["with"]:
                yield (layer, index, "with"), "expected at least one partner"
            for place, party in enumerate(record["with"]):
                yield from _party(party, (layer, index, "with", place))
    for index, other in enumerate(value.get("see_also", [])):
        if other not in drugs:
            yield ("see_also", index), f"there is no drug {other!r} in the library"


def _party(party: dict[str, Any], path: Path) -> Iterator[tuple[Path, str]]:
    if sum(key in party for key in _PARTIES) != 1:
        yield path, f"a partner is exactly one of {', '.join(_PARTIES)}"
    if ("enzyme" in party) != ("role" in party):
        yield path, "`enzyme` and `role` go together"
    for key in ("except", "whole"):
        if key in party and "class" not in party:
            yield (*path, key), "belongs to a `class`, and only to it"


def _compatibility(value: dict[str, Any], _: set[str]) -> Iterator[tuple[Path, str]]:
    subjects = {subject["id"]: subject["kind"] for subject in value.get("subjects", [])}
    yield from _repeated(value.get("subjects", []), ("subjects",))
    yield from _repeated(value["statements"], ("statements",))
    yield from _positive(value.get("reconstituted", {}), ("reconstituted",), ("amount", "volume"))
    for index, statement in enumerate(value["statements"]):
        path: Path = ("statements", index)
        when = statement.get("when", {})
        if not statement.get("partners") and not statement.get("subjects"):
            yield path, "expected `partners` or `subjects`: what the statement is about"
        if "{partner}" in statement["statement"] and not statement.get("partners"):
            yield (*path, "statement"), "{partner} stands for one of `partners`, and there are none"
        yield from _subjects(statement, path, subjects)
        yield from _subjects(when, (*path, "when"), subjects)
        if "container" in when and subjects.get(when["container"]) != "container":
            yield (*path, "when", "container"), f"{when['container']!r} is no container of this file"
        yield from _positive(when, (*path, "when"), ("hours", "hours_below", "setting_hours"))
        yield from _limits(statement, path)


def _subjects(record: dict[str, Any], path: Path, subjects: dict[str, str]) -> Iterator[tuple[Path, str]]:
    for place, subject in enumerate(record.get("subjects", [])):
        if subject not in subjects:
            yield (*path, "subjects", place), f"there is no subject {subject!r} in this file"


def _limits(statement: dict[str, Any], path: Path) -> Iterator[tuple[Path, str]]:
    limits, most = statement.get("range"), statement.get("most_volume")
    if limits is not None:
        yield from _positive(limits, (*path, "range"), ("most",))
        if Decimal(limits["least"]) > Decimal(limits["most"]):
            yield (*path, "range"), "`least` is no more than `most`"
    if most is not None:
        yield from _positive(most, (*path, "most_volume"), ("value",))
        if most["unit"] != _VOLUME_UNIT:
            yield (*path, "most_volume", "unit"), f"volumes are compared in {_VOLUME_UNIT}: write the value in it"


def _positive(record: dict[str, Any], path: Path, keys: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    for key in keys:
        if key in record and Decimal(record[key]) <= 0:
            yield (*path, key), f"expected more than 0, not {record[key]}"
