"""Rules of interactions as they are stored: each ready to be shown, and found by the keys of its parties."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, cast

from monocli.engine.interactions.keys import keys_of_party
from monocli.library.kinds import INTERACTIONS, RULE_KEYS, RULES, SOURCES
from monocli.library.pack import as_row

if TYPE_CHECKING:
    from monocli.engine.interactions.enzymes import Enzymes
    from monocli.library.documents import Documents
    from monocli.library.memberships import Memberships
    from monocli.library.pack import DocumentRow
    from monocli.records.interactions import (
        InteractionsFile,
        LiteratureReference,
        LocalForms,
        Rule,
        RuleCase,
        RuleOrigin,
        StoredRule,
    )
    from monocli.records.library import ScaleLevel, Source
    from monocli.records.output.common import Citation, EditionRef

_READ_FROM = ("section", "also_in", "lines", "note", "references")
"""What a stored rule has in another form, or only the file is read for."""


class RulesByKey:
    """The rules of a library, and where they stand."""

    def __init__(self, documents: Documents, memberships: Memberships, enzymes: Enzymes) -> None:
        self._listed_by, self._enzymes = memberships.listed_by, enzymes
        self._members = memberships.members
        self._sources = {record["id"]: record for _, _, record in documents.listed(SOURCES)}
        files = [(document.id, file) for document, file in documents.of(INTERACTIONS)]
        self._local = {file["source"]: file["local_forms"] for _, file in files if "local_forms" in file}
        """Of sources that mean systemic use: for whom they mean local forms as well."""
        self.at: dict[str, tuple[list[str], list[str]]] = {}
        """By the key of a party the keys of the rules in which it stands first, and of those where it stands second."""
        self.by_route: set[str] = set()
        """Keys of the rules that ask how a drug is given."""
        self.drugs: set[str] = set()
        """Ids of the drugs that rules name."""
        self._rules: dict[str, StoredRule] = {}
        for id, file in files:
            for rule in file.get("rules", []):
                key = f"{id}#{rule['id']}"
                self._enter(key, rule, file["source"])
                self._rules[key] = self._stored(key, rule, file)

    def rows(self) -> Iterator[DocumentRow]:
        """Every rule, and for every key the rules under it."""
        for key, rule in self._rules.items():
            yield as_row(RULES, key, rule)
        for at, rules in self.at.items():
            yield as_row(RULE_KEYS, at, rules)

    def _enter(self, key: str, rule: Rule, source: str) -> None:
        if any("first_by" in case or "second_by" in case for case in rule.get("cases", [])):
            self.by_route.add(key)
        for side, parties in enumerate(rule["between"]):
            self.drugs.update(party["drug"] for party in parties if "drug" in party)
            if any("by" in party for party in parties):
                self.by_route.add(key)
            keys = {k for party in parties for k in keys_of_party(party, source, self._listed_by, self._enzymes)}
            for at in sorted(keys):
                self.at.setdefault(at, ([], []))[side].append(key)

    def _stored(self, key: str, rule: Rule, file: InteractionsFile) -> StoredRule:
        source = file["source"]
        said = {name: value for name, value in rule.items() if name not in _READ_FROM}
        record = cast("StoredRule", {"key": key, **said, "source": source, "sources": _sources(rule, file)})
        if "cases" in rule:
            record["cases"] = [self._with_members(case) for case in rule["cases"]]
        if "references" in rule:
            record["references"] = [_cited(item, source) for item in rule["references"]]
        classes = {party["class"] for parties in rule["between"] for party in parties if "class" in party}
        if own := sorted(group for group in classes if (group, source) in self._listed_by):
            record["lists_members_of"] = own
        if source in self._local:
            record["local_forms"] = _meant(self._local[source], classes)
        if (known := self._sources.get(source)) is not None:
            if scale := _scale(rule, known):
                record["scale"] = scale
            if "label_of" in known:
                record["label_of"] = known["label_of"]
            if (origin := _origin(known)) is not None:
                record["origin"] = origin
        return record

    def _with_members(self, case: RuleCase) -> RuleCase:
        """A case with the members of each class that it names."""
        whole = case.copy()
        for side in ("first", "second"):
            if side in case:
                named = case[side]
                whole[side] = [*named, *(id for group in named for id in self._members.get(group, ()))]
        return whole


def _sources(rule: Rule, file: InteractionsFile) -> list[EditionRef]:
    """The source of a rule with each section that it draws on."""
    origin: EditionRef = {"source": file["source"]}
    if "edition" in file:
        origin["edition"] = file["edition"]
    sections = [*([rule["section"]] if "section" in rule else []), *rule.get("also_in", [])]
    return [{**origin, "section": section} for section in sections] or [origin]


def _cited(item: LiteratureReference, source: str) -> Citation:
    """A reference of the literature with its number and section."""
    cited: Citation = {"citation": item["citation"], "source": item.get("source") or source}
    if "number" in item:
        cited = {"number": item["number"], **cited}
    if "section" in item:
        cited["section"] = item["section"]
    return cited


def _meant(forms: LocalForms, classes: Collection[str]) -> LocalForms:
    """What a source says of local forms, as far as a rule can come to it."""
    meant: LocalForms = {}
    if "drugs" in forms:
        meant["drugs"] = forms["drugs"]
    if named := [group for group in forms.get("classes", ()) if group in classes]:
        meant["classes"] = named
    return meant


def _scale(rule: Rule, source: Source) -> dict[str, ScaleLevel]:
    """The levels of its source that a rule gives, by id."""
    given = {*([rule["level"]] if "level" in rule else []), *(case["level"] for case in rule.get("cases", []))}
    levels = (level for level in source.get("levels", []) if level["id"] in given)
    return {level["id"]: {"id": level["id"], "label": level["label"], "action": level["action"]} for level in levels}


def _origin(source: Source) -> RuleOrigin | None:
    """The date of a printed monograph or of a label."""
    if "date" not in source or not (source["printed"] or source["kind"] == "label"):
        return None
    return {"kind": "monograph" if source["printed"] else "label", "date": source["date"]}
