"""Every exact name by which the library's drugs are found, with what each name is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from monocli.engine.names import normalise
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.records.agents import Agent, DrugClass
    from monocli.records.monograph import Brand, MonographFile
    from monocli.records.output.lookups import Matched
    from monocli.records.words import PartyKind

    Target = tuple[PartyKind, str, str]
    """What bears a name: kind, id, title."""

RANKS = {
    "title": 0,
    "BAN": 1,
    "BANM": 1,
    "rINN": 1,
    "rINNM": 1,
    "USAN": 1,
    "INN": 1,
    "code": 2,
    "brand": 4,
    "variant": 6,
}
"""Where one drug bears the same name in several kinds, the one with the lowest rank is said to have matched."""
OTHER_RANK = 3
_DERIVED_RANK = 8
_ID_RANK = 9
_SHORTEST_IDENTIFIER = 4
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’‘ʼ`´]")


class ListedName(Record):
    """A name of a monograph's drug, an agent or a class: `matched` is what JSON says of it."""

    key: str
    target_kind: PartyKind
    target: str
    title: str
    rank: int
    matched: Matched
    path: tuple[str | int, ...] = ()


def _named(target: Target, name: str, kind: str, path: tuple[str | int, ...], **more: object) -> ListedName:
    matched = {"name": name, "kind": kind, **{key: value for key, value in more.items() if value}}
    return ListedName(normalise(name), *target, RANKS.get(kind, OTHER_RANK), cast("Matched", matched), path)


def _id(target: Target, path: tuple[str | int, ...], source: str | None) -> Iterator[ListedName]:
    """The id, which answers name, where no name reads the same: what is printed can be typed."""
    _, id, title = target
    if normalise(id) != normalise(title):
        matched = {"name": id, "kind": "variant", "of": title, "note": "the id in this library", "source": source}
        matched = {key: value for key, value in matched.items() if value}
        yield ListedName(normalise(id), *target, _ID_RANK, cast("Matched", matched), (*path, "id"))


def names_of_monograph(record: MonographFile) -> Iterator[ListedName]:
    """Title, names, identifiers and brands of a monograph."""
    target: Target = ("monograph", record["id"], record["title"])
    yield _named(target, record["title"], "title", ("title",), source=record.get("source"))
    yield from _id(target, (), record.get("source"))
    for index, name in enumerate(record.get("names", [])):
        more = {key: name.get(key) for key in ("of", "lang", "note", "source")}
        yield _named(target, name["name"], name["kind"], ("names", index, "name"), **more)
    for index, identifier in enumerate(record.get("identifiers", [])):
        more = {key: identifier.get(key) for key in ("of", "note", "source")}
        yield _named(target, identifier["value"], identifier["system"], ("identifiers", index, "value"), **more)
    yield from _names_of_brands(target, record.get("brands", []))


def _names_of_brands(target: Target, brands: list[Brand]) -> Iterator[ListedName]:
    countries: dict[str, list[str]] = {}
    first: dict[str, tuple[str, Brand, tuple[str | int, ...]]] = {}
    for index, brand in enumerate(brands):
        for name in (brand["name"], *brand.get("also", [])):
            key = normalise(name)
            countries.setdefault(key, []).append(brand["country"])
            first.setdefault(key, (name, brand, ("brands", index, "name")))
    for key, (name, brand, path) in first.items():
        yield _named(target, name, "brand", path, countries=sorted(countries[key]), source=brand.get("source"))


def names_of_agent(record: Agent, path: tuple[str | int, ...], titles: Mapping[str, str]) -> Iterator[ListedName]:
    """Name, other names, identifiers and ATC codes of an agent. The names of one that is a monograph's drug lead to
    the monograph.

    `titles` are the titles of the monographs by id.
    """
    target: Target = ("agent", record["id"], record["name"])
    kind = "title"
    if record.get("monograph") in titles:
        target, kind = ("monograph", record["monograph"], titles[record["monograph"]]), "synonym"
    source = record.get("source")
    yield _named(target, record["name"], kind, (*path, "name"), source=source)
    yield from _id(target, path, source)
    for index, name in enumerate(record.get("names", [])):
        more = {key: name.get(key) for key in ("of", "note", "source")}
        yield _named(target, name["name"], name["kind"], (*path, "names", index, "name"), **more)
    for index, code in enumerate(record.get("atc", [])):
        yield _named(target, code["value"], "ATC", (*path, "atc", index, "value"), source=code.get("source"))
    for index, number in enumerate(record.get("identifiers", [])):
        where = (*path, "identifiers", index, "value")
        yield _named(target, number["value"], number["system"], where, source=number.get("source"))


def names_of_class(record: DrugClass, path: tuple[str | int, ...] = ()) -> Iterator[ListedName]:
    """Name and other wordings of a class of medicines."""
    target: Target = ("class", record["id"], record["name"])
    for index, name in enumerate((record["name"], *record.get("aliases", []))):
        where = (*path, "aliases", index - 1) if index else (*path, "name")
        yield _named(target, name, "class", where, source=record.get("source"))
    yield from _id(target, path, record.get("source"))


def derived(named: ListedName, salts: frozenset[str]) -> Iterator[ListedName]:
    """The same name with its salt, its gaps or its apostrophes left out: names that hold where they are no other's."""
    for other in (without_salt(named, salts), gaps_left_out(named), *without_apostrophes(named)):
        if other is not None and other.key:
            yield other


def without_salt(named: ListedName, salts: frozenset[str]) -> ListedName | None:
    """The same name with the salt left off its end, or None where it does not end in one."""
    base, _, last = named.key.rpartition(" ")
    if not base or last not in salts or named.matched["kind"] == "mentioned":
        return None
    name = named.matched["name"][: len(base)] if len(named.matched["name"]) == len(named.key) else base
    return _varied(named, base, name, "the salt left off")


def gaps_left_out(named: ListedName) -> ListedName | None:
    """A code written without its spaces and dashes ("STI571"), as literature often has it; None for any other name."""
    key, kind = named.key.replace(" ", ""), named.matched["kind"]
    if key == named.key or kind not in ("code", "mentioned") or not any(c.isdigit() for c in key):
        return None
    matched = named.matched
    if kind == "code":
        matched = {**matched, "kind": "variant", "of": matched["name"], "note": "without its spaces and dashes"}
    return ListedName(key, named.target_kind, named.target, named.title, _DERIVED_RANK, matched, named.path)


def without_apostrophes(named: ListedName) -> Iterator[ListedName]:
    """The same name with its apostrophes left out, and with gaps in their place ("St Johns wort", "mesilate d
    imatinib"); a prime after a figure belongs to a formula and stays."""
    for instead in ("", " "):
        name = " ".join(_APOSTROPHE.sub(instead, named.matched["name"]).split())
        if name != named.matched["name"] and named.matched["kind"] != "mentioned":
            yield _varied(named, normalise(name), name, "without its apostrophe")


def _varied(named: ListedName, key: str, name: str, note: str) -> ListedName:
    """The same drug under a variant of one of its names."""
    matched = {"name": name, "kind": "variant", "of": named.matched["name"], "note": note}
    if "source" in named.matched:
        matched["source"] = named.matched["source"]
    return ListedName(
        key, named.target_kind, named.target, named.title, _DERIVED_RANK, cast("Matched", matched), named.path
    )


def is_short_number(named: ListedName) -> bool:
    """Whether a registry's number says too little to be looked up without the name of the registry (PDB: "STI")."""
    return "identifiers" in named.path and len(named.key) < _SHORTEST_IDENTIFIER


def with_system(named: ListedName) -> ListedName | None:
    """A short or digits-only number under the name of its registry ("PubChem 5291"); None for any other name."""
    if not (named.key.isdigit() or is_short_number(named)):
        return None
    key = normalise(f"{named.matched['kind']} {named.key}")
    return ListedName(key, named.target_kind, named.target, named.title, named.rank, named.matched, named.path)
