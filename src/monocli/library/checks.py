"""What a schema cannot say: that words belong to their lists, references lead somewhere, numbers check, names are
claimed once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from monocli.library.documents import LISTS, Document, Documents
from monocli.library.dose_checks import check_doses
from monocli.library.formula_checks import check_formulas
from monocli.library.kinds import CLASSES, MONOGRAPHS, SOURCES, SUBSTANCES, Kind
from monocli.library.name_checks import check_names
from monocli.library.problems import Path, among, nearest
from monocli.library.replacing import CODE, check_replacing, taken
from monocli.library.rule_checks import check_rules
from monocli.library.unit_checks import check_units

if TYPE_CHECKING:
    from monocli.library.pack import Pack
    from monocli.records.monograph import CrossReference, MonographFile, Pointer, Section

_POINTERS = {
    "source": "sources",
    "parents_source": "sources",
    "monograph": "monographs",
    "agent": "agents",
    "components": "agents",
    "class": "classes",
    "parents": "classes",
    "enzyme": "enzymes",
    "transporter": "transporters",
    "members": "transporters",
}
"""Key (of a value, or of a list of values) → what its value must be the id of."""
_SINGULAR = {"classes": "class", "countries": "country"}
_WORDS = {
    ("monographs", "system", "identifiers"): "identifier_systems",
    ("monographs", "system", "statements"): "body_systems",
    ("monographs", "system", "effects"): "body_systems",
    ("monographs", "kind", "names"): "name_kinds",
    ("monographs", "kind", "statements"): "statement_kinds",
    ("monographs", "lang", "names"): "languages",
    ("monographs", "frequency", "statements"): "frequencies",
    ("monographs", "fatal", "statements"): "fatality",
    ("monographs", "section", "not_in_source"): "standard_sections",
    ("sources", "kind", "sources"): "source_kinds",
    ("agents", "system", "identifiers"): "identifier_systems",
    ("agents", "kind", "names"): "name_kinds",
    ("agents", "role", "roles"): "enzyme_roles",
    ("agents", "strength", "roles"): "enzyme_strengths",
    ("interactions", "action", ""): "interaction_actions",
    ("interactions", "direction", ""): "interaction_directions",
    ("compatibility", "verdict", ""): "compat_verdicts",
}
"""(folder, key, list it stands in) → the closed list that the word must belong to."""


def check(documents: Documents, beside: Pack | None = None) -> None:
    """Note every problem in the documents' own sources; nothing is raised, so that one run tells all.

    `beside` are the tables of substances, whose drugs rules may name. What could not be read is left out,
    and nothing is said that rests on a folder of which a file could not be read.
    """
    unread = {
        item.kind
        for item in documents
        if item.source and any(p.code != "replaces-bundled" for p in item.source.problems)
    }
    whole = [kind for kind in _POINTERS.values() if not unread & set(LISTS.get(kind, (kind,)))]
    known = {kind: documents.ids(kind) for kind in whole}
    drugs = documents.ids("monographs") | documents.ids("agents") | set(beside.ids(SUBSTANCES) if beside else ())
    classes = {record["id"] for _, _, record in documents.listed(CLASSES)}
    scales = _scales(documents)
    countries = documents.ids("countries")
    words = {name: documents.words(name) for name in set(_WORDS.values())}
    sections = {item.id: {s["id"] for _, s in sections_of(record)} for item, record in documents.of(MONOGRAPHS)}
    for document in documents:
        if document.source is None or not document.value:
            continue
        for path, key, value in _scalars(document.value):
            _check_pointer(document, path, key, value, known)
            if "vocabulary" not in unread:
                _check_word(document, path, key, value, words)
            if key == "value" and _sibling(document.value, path, "system") == "CAS" and not cas_is_valid(value):
                document.source.problem(path, f"CAS number {value}: its check digit does not fit", "bad-cas")
        if document.kind == "monographs":
            _check_monograph(document)
            if "countries" not in unread:
                _check_countries(document, countries)
            if "monographs" not in unread:
                _check_section_pointers(document, sections)
        if document.kind == "doses" and not {"agents", "sources"} & unread:
            check_doses(document, documents)
        if document.kind in ("interactions", "compatibility") and not {"agents", "monographs", "sources"} & unread:
            check_rules(document, drugs, classes, scales)
    _check_ids(documents)
    _check_measuring(documents, unread)
    check_replacing(documents)
    check_names(documents, beside)


def _check_measuring(documents: Documents, unread: set[str]) -> None:
    check_units(documents)
    if not {"measures", "units", "vocabulary"} & unread:
        check_formulas(documents)


def _scales(documents: Documents) -> dict[str, set[str]]:
    """The levels of every source that has a scale of its own."""
    sources = [record for _, _, record in documents.listed(SOURCES) if "levels" in record]
    return {record["id"]: {level["id"] for level in record["levels"]} for record in sources}


def cas_is_valid(number: str) -> bool:
    """Whether a CAS number has the printed form and its last digit is the weighted sum of the others modulo 10."""
    first, _, rest = number.partition("-")
    middle, _, last = rest.partition("-")
    if not (
        2 <= len(first) <= 7
        and len(middle) == 2
        and len(last) == 1
        and (first + middle + last).isdecimal()
        and number.isascii()
    ):
        return False
    digits = first + middle
    return sum(place * int(digit) for place, digit in enumerate(reversed(digits), 1)) % 10 == int(last)


def _scalars(value: object, path: Path = ()) -> Iterator[tuple[Path, str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str):
                yield (*path, key), key, item
            else:
                yield from _scalars(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, str):
                yield (*path, index), str(path[-1]), item
            else:
                yield from _scalars(item, (*path, index))


def _sibling(value: object, path: Path, key: str) -> object:
    for step in path[:-1]:
        # The path was walked in this very value.
        value = cast("dict[str | int, object]", value)[step]
    return value.get(key) if isinstance(value, dict) else None


def _check_pointer(document: Document, path: Path, key: str, value: str, known: dict[str, set[str]]) -> None:
    kind = _POINTERS.get(key)
    if kind in known and document.source and value not in known[kind]:
        singular = _SINGULAR.get(kind, kind.removesuffix("s"))
        document.source.problem(
            path, f"there is no {singular} {value!r} in the library{nearest(value, known[kind])}", "dead-reference"
        )


def _check_word(document: Document, path: Path, key: str, value: str, words: dict[str, set[str]]) -> None:
    parents = [step for step in path[:-1] if isinstance(step, str)]
    name = _WORDS.get((document.kind, key, parents[-1] if parents else "")) or _WORDS.get((document.kind, key, ""))
    if name and document.source and value not in words[name]:
        message = f"{value!r} is not one of {name} in vocabulary.yaml{among(value, words[name])}"
        document.source.problem(path, message, "unknown-word")


def _check_monograph(document: Document) -> None:
    source, record = document.source, cast("MonographFile", document.value)
    assert source is not None
    if "source" not in record and not source.problems:
        source.problem(("title",), "no source: give the file a `source`, which is that of the title", "no-source")
    seen: dict[str, Path] = {}
    for path, section in sections_of(record):
        if section["id"] in seen:
            source.problem((*path, "id"), f"two sections have the id {section['id']!r}", "duplicate-id")
        seen[section["id"]] = path
        numbers = [reference["number"] for reference in section.get("references", [])]
        for index, number in enumerate(numbers):
            if number in numbers[:index]:
                source.problem(
                    (*path, "references", index, "number"), f"reference {number} stands twice", "duplicate-id"
                )
        for index, statement in enumerate(section.get("statements", [])):
            for place, number in enumerate(statement.get("references", [])):
                if number not in numbers:
                    where = (*path, "statements", index, "references", place)
                    source.problem(where, f"this section has no reference {number}", "dead-reference")


def _check_countries(document: Document, countries: set[str]) -> None:
    for index, brand in enumerate(document.value.get("brands", [])):
        if document.source and brand["country"] not in countries:
            message = f"{brand['country']!r} is not a country in countries.yaml"
            document.source.problem(("brands", index, "country"), message, "unknown-country")


def _check_section_pointers(document: Document, held: dict[str, set[str]]) -> None:
    """A pointer to a section, of this monograph or another, leads to one that is there."""
    record = cast("MonographFile", document.value)
    pointers: list[tuple[Path, CrossReference | Pointer]] = [
        (("pointers", i), p) for i, p in enumerate(record.get("pointers", []))
    ]
    for path, section in sections_of(record):
        pointers += [((*path, "see", i), see) for i, see in enumerate(section.get("see", []))]
        for place, statement in enumerate(section.get("statements", [])):
            pointers += [
                ((*path, "statements", place, "see", i), see) for i, see in enumerate(statement.get("see", []))
            ]
    for path, pointer in pointers:
        monograph = pointer.get("monograph", document.id)
        if (
            document.source
            and "section" in pointer
            and pointer["section"] not in held.get(monograph, {pointer["section"]})
        ):
            message = f"{monograph} has no section {pointer['section']!r}"
            document.source.problem((*path, "section"), message, "dead-reference")


def sections_of(record: MonographFile | Section, path: Path = ()) -> Iterator[tuple[Path, Section]]:
    """Every section of a monograph, at any depth, with its key path."""
    for index, section in enumerate(record.get("sections", [])):
        here = (*path, "sections", index)
        yield here, section
        yield from sections_of(section, here)


def _check_ids(documents: Documents) -> None:
    """Things that are kept in lists bear ids of their own, across all files."""
    for what in LISTS:
        key = "code" if what == "countries" else "id"
        owners: dict[str, tuple[Document, Path]] = {}
        kept: Kind[dict[str, str]] = Kind(what)
        for document, path, record in documents.listed(kept):
            owner, first = owners.setdefault(record[key], (document, path))
            if owner is document and first == path:
                continue
            (blamed, where), (other, elsewhere) = (document, path), (owner, first)
            if document.source is None or (owner.at_fault(first) and not document.at_fault(path)):
                (blamed, where), (other, elsewhere) = (owner, first), (document, path)
            if blamed.at_fault(where) and not other.at_fault(elsewhere):
                message, code = taken(record[key], _SINGULAR.get(what, what.removesuffix("s")), other), CODE
            else:
                message, code = f"{record[key]!r} stands twice among the {what}", "duplicate-id"
            if blamed.source:
                blamed.source.problem((*where, key), message, code)
