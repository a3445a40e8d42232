"""What a user's own folder must not do to the library that it is laid over: take an id or a name that is taken there,
or speak for one of its sources.

Names of drugs and classes are not looked at here: one that two bear is asked back (`checks`). So is that of a formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from monocli.engine.names import normalise, with_article
from monocli.library import merging
from monocli.library.documents import Document, Documents
from monocli.library.kinds import AGENTS, INTERACTIONS, MONOGRAPHS, SOURCES
from monocli.library.problems import Path
from monocli.records.record import Record

CODE = "replaces-bundled"
_TOLD_BY = ("id", "code", "name", "label", "title", "uk", "us", "word")
"""Keys of a record of a word list that something is found by, and those that hold lists of such words."""
_ALSO_TOLD_BY = ("aliases", "words", "forms", "uris", "printed")
_FORMULA = "formula or group of formulas"
_LONG_WORD = 5
"""From so many letters on the spelling of a unit is a word that capitals do not change."""
_BY_WORDS_ALONE = ("line_words", "list_columns", "list_statuses", "list_intents", "list_code_systems", "list_absences")
"""Word lists whose ids are kinds that several records may be of."""


class Claim(Record):
    """Something that a record says is found by `said`, among all of its `space`."""

    space: str
    said: str
    written: str
    path: Path


def check_replacing(documents: Documents) -> None:
    """Note in the user's own files whatever takes the place of something bundled, or is said in its name."""
    if not any(document.over for document in documents):
        return
    owners: dict[tuple[str, str], Document] = {}
    own: list[tuple[Document, Claim]] = []
    for document in documents:
        for claim in _claims(document):
            if document.at_fault(claim.path):
                own.append((document, claim))
            else:
                owners.setdefault((claim.space, claim.said), document)
    for document, claim in own:
        if (owner := owners.get((claim.space, claim.said))) and document.source:
            if document.kind == merging.FORMULAS:
                document.source.warn(claim.path, _also_named(claim.written, owner), "name-claimed-twice")
            else:
                document.source.problem(claim.path, taken(claim.written, claim.space, owner), CODE)
    _check_sources(documents)
    _check_partners(documents)


def taken(written: str, space: str, owner: Document) -> str:
    """The message that a user's file takes what the file of `owner` has."""
    where = f"{written!r} is {with_article(space)} of the bundled {owner.name}"
    return f"{where}; a user's file may only add: use that one, or choose another id or name"


def _also_named(written: str, owner: Document) -> str:
    """The message that a user's formula and a bundled one, or a group of them, go by one name. A formula stands by
    itself and is asked for by name, so that nothing else need wait for it."""
    where = f"{written!r} is {with_article(_FORMULA)} of the bundled {owner.name} too"
    return f"{where}: who asks `mono calc` by it is asked back which is meant; choose another id or name"


def _claims(document: Document) -> Iterator[Claim]:
    value = document.value
    if document.kind in ("measures", "units"):
        yield from _units(document)
    elif document.kind == "formulas":
        names: list[tuple[Path, str]] = [((key,), value[key]) for key in ("id", "name") if key in value]
        names += [(("id",), merging.written_id(document.id))]
        names += [(("also_called", place), name) for place, name in enumerate(value.get("also_called", []))]
        yield from (Claim(_FORMULA, normalise(name), name, path) for path, name in names)
    elif document.kind == "countries":
        yield from _words("country", value.get("countries", []), ("countries",))
    elif document.kind == "vocabulary":
        for key, records in value.items():
            space = _FORMULA if key == "formula_groups" else f"word of {key}"
            yield from _words(space, records, (key,), without_ids=key in _BY_WORDS_ALONE)
    elif document.kind == "agents":
        yield from _partners(document)


def _partners(document: Document) -> Iterator[Claim]:
    for key in ("enzymes", "transporters"):
        yield from _words("name of an enzyme or transporter", document.value.get(key, []), (key,))
    for place, agent in enumerate(document.value.get("agents", [])):
        drug = agent.get("monograph", agent["id"])
        # Of the user's own one of the very id is told among the ids.
        if drug != agent["id"] or not document.at_fault(("agents", place, "id")):
            yield Claim("partner", drug, drug, ("agents", place, "monograph"))


def _words(
    space: str, records: list[Mapping[str, object]], path: Path, *, without_ids: bool = False
) -> Iterator[Claim]:
    for place, record in enumerate(records):
        for key in _TOLD_BY:
            if key in record and not (without_ids and key in ("id", "label")):
                yield Claim(space, normalise(str(record[key])), str(record[key]), (*path, place, key))
        for key in _ALSO_TOLD_BY:
            for number, word in enumerate(cast("list[str]", record.get(key, []))):
                yield Claim(space, normalise(word), word, (*path, place, key, number))


def _units(document: Document) -> Iterator[Claim]:
    """Measures, kinds of units, units themselves, and the substances that have units of their own."""
    value = document.value
    shared = "measures" if document.kind == "units" else "units"
    for place, kind in enumerate(value.get(shared, [])):
        yield Claim("kind of unit", kind["id"], kind["id"], (shared, place, "id"))
        for number, unit in enumerate(kind["units"]):
            yield from _spellings(unit, (shared, place, "units", number))
    for place, measure in enumerate(value.get("measures", []) if document.kind == "measures" else []):
        yield Claim("measure", normalise(measure["id"]), measure["id"], ("measures", place, "id"))
        for number, name in enumerate(measure.get("names", [])):
            yield Claim("measure", normalise(name), name, ("measures", place, "names", number))
    for place, scale in enumerate(value.get("scales", [])):
        for number, name in enumerate(scale.get("names", [])):
            yield Claim("substance with units", normalise(name), name, ("scales", place, "names", number))
        # Two families may share a unit, and then it is asked which is meant: only of the bundled ones it is a claim.
        for number, unit in enumerate(scale.get("units", []) if not document.over else []):
            yield from _spellings(unit, ("scales", place, "units", number))
    for place, substance in enumerate(value.get("substances", [])):
        path: Path = ("substances", place)
        for key in ("id", "title"):
            yield Claim("substance with units", normalise(substance[key]), substance[key], (*path, key))
        for number, name in enumerate(substance.get("also", [])):
            yield Claim("substance with units", normalise(name), name, (*path, "also", number))
        if "monograph" in substance:
            yield Claim("monograph with units", substance["monograph"], substance["monograph"], (*path, "monograph"))


def _spellings(unit: Mapping[str, object], path: Path) -> Iterator[Claim]:
    for name in (str(unit["unit"]), *cast("list[str]", unit.get("also", []))):
        yield Claim("unit", name.casefold() if len(name) >= _LONG_WORD else name, name, path)


def _check_partners(documents: Documents) -> None:
    """A partner of the user's own that is the drug of a bundled monograph bears its title, and nothing is filed under a
    bundled drug whose rules would then be said of another."""
    titles = {document.id: document.value["title"] for document in documents.of_kind(MONOGRAPHS.name) if document.value}
    own = {document.id for document in documents.of_kind(MONOGRAPHS.name) if document.over and not document.held}
    for document, path, agent in documents.listed(AGENTS):
        title = titles.get(agent.get("monograph", "")) if agent.get("monograph") not in own else None
        if title is not None and document.at_fault((*path, "id")) and normalise(agent["name"]) != normalise(title):
            message = f"the drug is bundled as {title!r}: give it that name; further names belong in monographs/"
            if document.source:
                document.source.problem((*path, "name"), message, CODE)
        elif document.at_fault((*path, "id")):
            own.add(agent["id"])
    for document, file in documents.of(INTERACTIONS):
        for place, filed in enumerate(file.get("filed_under", [])):
            where: Path = ("filed_under", place, "under")
            if document.source and document.at_fault(where) and filed["under"] not in own:
                message = f"what is bundled of {filed['under']} would be said of {filed['drug']} too"
                document.source.problem(where, message, CODE)


_SAID_BY_ONE = ("interactions", "doses", "compatibility", "units")
"""Folders whose files are what one source says, and are asked for by it."""
_RECORDS_OF = (
    ("interactions", "members", ()),
    ("compatibility", "statements", ()),
    ("agents", "agents", ("classes", "roles")),
)
"""(folder, list, lists in its records): further records that decide what is answered in the name of their source."""


def bundled_sources(documents: Documents) -> set[str]:
    """The ids of the sources of the library that is laid over."""
    return {record["id"] for document, path, record in documents.listed(SOURCES) if not document.at_fault(path)}


def _check_sources(documents: Documents) -> None:
    """Rules, members, doses, verdicts and equivalences are what their source says: none is added to a bundled one."""
    bundled = bundled_sources(documents)
    for document in documents:
        if not document.over or document.source is None:
            continue
        for path, source in _deciding(document):
            if source in bundled:
                message = f"the source {source} is bundled: what is said in its name is not yours to add"
                document.source.problem(path, f"{message}; give a source of your own (sources.yaml)", CODE)


def _deciding(document: Document) -> Iterator[tuple[Path, str]]:
    """Each source in whose name a user's file decides something, with where that is said."""
    value, told = document.value, None
    if document.kind in _SAID_BY_ONE and "source" in value:
        if not document.held:
            told = value["source"]
            yield ("source",), told
        elif document.kind == "interactions":
            yield from (((key,), value["source"]) for key in document.added)
    for kind, key, inner in _RECORDS_OF:
        for place, record in enumerate(value.get(key, []) if kind == document.kind else []):
            path: Path = (key, place)
            parts = [((*path, name, n), part) for name in inner for n, part in enumerate(record.get(name, []))]
            for where, said in parts if inner else [(path, record)]:
                if document.at_fault(where) and said.get("source") not in (None, told):
                    yield (*where, "source"), said["source"]


def mark_borrowed(documents: Documents) -> None:
    """Whatever else the user's own files say in the name of a bundled source says so: its source is shown as "id (own
    file)"."""
    bundled = bundled_sources(documents)
    borrowed: set[str] = set()
    for document in documents:
        if document.over and document.kind != "sources":
            _mark(document, document.value, (), bundled, borrowed)
    lists = [document.value["sources"] for document in documents.of_kind("sources") if document.value]
    records = [record for listed in lists for record in listed if record["id"] in borrowed]
    for record in records:
        note = f"cited by a file of your own; {record['id']} itself is bundled"
        lists[-1].append({**record, "id": _marked(record["id"]), "printed": False, "note": note})


def _marked(source: str) -> str:
    return f"{source} (own file)"


def _mark(document: Document, value: object, path: Path, bundled: set[str], borrowed: set[str]) -> None:
    if isinstance(value, dict):
        for key in ("source", "parents_source"):
            own = not document.held if path == () else document.at_fault(path)
            if own and isinstance(value.get(key), str) and value[key] in bundled:
                borrowed.add(value[key])
                value[key] = _marked(value[key])
    for step, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        _mark(document, item, (*path, step), bundled, borrowed)
