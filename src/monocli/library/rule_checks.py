"""What a schema cannot say of interactions and of mixing: who is meant, and that what is pointed to stands in the
file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, cast

from monocli.library.documents import Document
from monocli.library.problems import Path, among, nearest

if TYPE_CHECKING:
    from monocli.records.compatibility import CompatibilityFile, MixingStatement
    from monocli.records.interactions import InteractionsFile, Party, Rule

_SIDES = ("first", "second")
_PARTIES = ("drug", "class", "enzyme")
_VOLUME_UNIT = "mL"
_ALL_OTHERS = r"(?i)(?:in |for |with )?(?:all|any|the) others?\b|others?\b|otherwise\b"
"""What a condition says that is none."""
_OF_A_FINDING = ("direction", "effect")


def check_rules(document: Document, drugs: set[str], classes: set[str], scales: Mapping[str, set[str]]) -> None:
    """Note every problem of a file of data/interactions/ or data/compatibility/ in its own source.

    `drugs` are the ids of all monographs and agents, `classes` those of all classes, `scales` the levels of the
    sources that have a scale of their own.
    """
    assert document.source is not None
    if document.kind == "interactions":
        found = _interactions(document, drugs, classes, scales)
    else:
        found = chain(_drug(document), _compatibility(cast("CompatibilityFile", document.value)))
    for path, message in found:
        document.source.problem(path, message, "bad-rule")


def _drug(document: Document) -> Iterator[tuple[Path, str]]:
    drug = document.value["drug"]
    if list(drug.values()) != [document.id]:
        yield ("drug",), f"expected the drug of this file, as a monograph or an agent: {document.id}"


def _repeated(records: Sequence[Mapping[str, object]], path: Path) -> Iterator[tuple[Path, str]]:
    seen: set[object] = set()
    for index, record in enumerate(records):
        if record["id"] in seen:
            yield (*path, index, "id"), f"two have the id {record['id']!r}"
        seen.add(record["id"])


def _interactions(
    document: Document, drugs: set[str], classes: set[str], scales: Mapping[str, set[str]]
) -> Iterator[tuple[Path, str]]:
    value, folder = cast("InteractionsFile", document.value), document.id.partition("/")[0]
    if value["source"] != folder:
        yield ("source",), f"the folder holds rules of one source: expected {folder!r}"
    yield from _repeated(value.get("rules", []), ("rules",))
    for index, rule in enumerate(value.get("rules", [])):
        path: Path = ("rules", index)
        if len(rule["between"]) != len(_SIDES) or not all(rule["between"]):
            yield (*path, "between"), "expected two sides, each with at least one party"
        for side, parties in enumerate(rule["between"]):
            for place, party in enumerate(parties):
                yield from _party(party, drugs, (*path, "between", side, place))
        yield from _level(rule, scales.get(value["source"]), path)
        yield from _cases(rule, drugs | classes, path)
        if "kind" not in rule:
            for key in _OF_A_FINDING:
                if key not in rule:
                    yield path, f"`{key}` is needed, unless the rule has a `kind`"
    yield from _drugs_named(value, drugs, classes)


def _drugs_named(value: InteractionsFile, drugs: set[str], classes: set[str]) -> Iterator[tuple[Path, str]]:
    """The drugs that a file lists are drugs of the library."""
    listed: list[tuple[Path, str]] = [
        (("members", index, "drugs", place), drug)
        for index, listing in enumerate(value.get("members", []))
        for place, drug in enumerate(listing["drugs"])
    ]
    for index, filed in enumerate(value.get("filed_under", [])):
        listed += [(("filed_under", index, "drug"), filed["drug"]), (("filed_under", index, "under"), filed["under"])]
    for path, drug in listed:
        if drug in classes:
            yield path, f"{drug!r} is the id of a class too, which would stand for the drug: give the class another"
        elif drug not in drugs:
            yield path, f"there is no drug {drug!r} in the library{nearest(drug, drugs)}"


def _level(rule: Rule, scale: set[str] | None, path: Path) -> Iterator[tuple[Path, str]]:
    """A source with a scale gives a level of it, and any other an action."""
    if "kind" in rule:
        return
    expected, other = ("level", "action") if scale is not None else ("action", "level")
    if expected not in rule:
        yield path, f"`{expected}` is needed: the source has {'a' if scale is not None else 'no'} scale of its own"
    if other in rule:
        yield (*path, other), f"the source has {'a' if scale is not None else 'no'} scale of its own: give `{expected}`"
    levels: list[tuple[Path, str | None]] = [(("level",), rule.get("level"))]
    levels += [(("cases", index, "level"), case["level"]) for index, case in enumerate(rule.get("cases", []))]
    for where, level in levels:
        if level is not None and scale is not None and level not in scale:
            yield (
                (*path, *where),
                f"{level!r} is no level of this source{among(level, scale)}; see its `levels` in sources.yaml",
            )


def _cases(rule: Rule, known: set[str], path: Path) -> Iterator[tuple[Path, str]]:
    if "cases" in rule and "level" not in rule:
        yield (*path, "cases"), "`cases` are levels: give the worst of them as `level`"
    for index, case in enumerate(rule.get("cases", [])):
        if "others" not in case and re.match(_ALL_OTHERS, case.get("when", "")):
            yield (*path, "cases", index, "when"), "of the drugs that no other case names: write `others: yes`"
        for side, named in zip(_SIDES, (case.get("first", []), case.get("second", [])), strict=True):
            for place, drug in enumerate(named):
                if drug not in known:
                    yield (
                        (*path, "cases", index, side, place),
                        f"there is no drug or class {drug!r} in the library{nearest(drug, known)}",
                    )


def _party(party: Party, drugs: set[str], path: Path) -> Iterator[tuple[Path, str]]:
    if sum(key in party for key in _PARTIES) != 1:
        yield path, f"a party is exactly one of {', '.join(_PARTIES)}"
    if "drug" in party and party["drug"] not in drugs:
        yield (*path, "drug"), f"there is no drug {party['drug']!r} in the library{nearest(party['drug'], drugs)}"
    if ("enzyme" in party) != ("role" in party):
        yield path, "`enzyme` and `role` go together"
    for key in ("except", "whole"):
        if key in party and "class" not in party:
            yield (*path, key), "belongs to a `class`, and only to it"
    for place, item in enumerate(party.get("except", [])):
        if item["drug"] not in drugs:
            yield (
                (*path, "except", place, "drug"),
                f"there is no drug {item['drug']!r} in the library{nearest(item['drug'], drugs)}",
            )


def _compatibility(value: CompatibilityFile) -> Iterator[tuple[Path, str]]:
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
        yield from _subjects(statement.get("subjects", []), path, subjects)
        yield from _subjects(when.get("subjects", []), (*path, "when"), subjects)
        if "container" in when and subjects.get(when["container"]) != "container":
            yield (*path, "when", "container"), f"{when['container']!r} is no container of this file"
        yield from _positive(when, (*path, "when"), ("hours", "hours_below", "setting_hours"))
        yield from _limits(statement, path)


def _subjects(named: list[str], path: Path, subjects: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    for place, subject in enumerate(named):
        if subject not in subjects:
            yield (*path, "subjects", place), f"there is no subject {subject!r} in this file"


def _limits(statement: MixingStatement, path: Path) -> Iterator[tuple[Path, str]]:
    limits, most = statement.get("range"), statement.get("most_volume")
    if limits is not None:
        yield from _positive(limits, (*path, "range"), ("most",))
        if Decimal(limits["least"]) > Decimal(limits["most"]):
            yield (*path, "range"), "`least` is no more than `most`"
    if most is not None:
        yield from _positive(most, (*path, "most_volume"), ("value",))
        if most["unit"] != _VOLUME_UNIT:
            yield (*path, "most_volume", "unit"), f"volumes are compared in {_VOLUME_UNIT}: write the value in it"


def _positive(record: Mapping[str, object], path: Path, keys: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    for key in keys:
        if key in record and Decimal(str(record[key])) <= 0:
            yield (*path, key), f"expected more than 0, not {record[key]}"
