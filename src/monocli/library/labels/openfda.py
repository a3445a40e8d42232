"""A record of openFDA's drug labels: whose label it is, and its sections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from monocli.library.labels.faults import UnreadableLabel
from monocli.library.labels.headings import Headings
from monocli.library.labels.highlights import set_apart
from monocli.library.labels.nodes import UNCLASSIFIED, SectionNode, named_after_parents, squeezed, walk
from monocli.library.labels.section_kinds import Catalogue
from monocli.library.labels.structure import sections_of

if TYPE_CHECKING:
    from monocli.records.labels import LabelCard, LabelSubstance

_SET_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{7,63}")
_VERSION = re.compile(r"\d{1,9}")
_PLAIN = ("set_id", "id", "effective_time", "version")
_PRINTED = "spl_product_data_elements"
_SPEAKS_OF_SECTIONS = frozenset(("boxed_warning", "spl_unclassified_section"))
_LONGEST_TITLE = 100
_MOST_FIELDS = 2000


@dataclass(slots=True)
class ReadLabel:
    """A label as it was read: its card and its sections."""

    card: LabelCard
    sections: list[SectionNode] = field(default_factory=list)


def label_of(record: Any, published: str | None, catalogue: Catalogue) -> ReadLabel:
    """The label of one record. Raises `UnreadableLabel` where it has no set id, or is no record of a label."""
    if not isinstance(record, dict) or len(record) > _MOST_FIELDS:
        raise UnreadableLabel("a record is no object of fields")
    set_id = _plain(record.get("set_id"))
    known = record.get("openfda")
    openfda: Mapping[str, Any] = known if isinstance(known, dict) else {}
    if not _SET_ID.fullmatch(set_id):
        set_id = _plain(next(iter(_texts(openfda.get("spl_set_id"))), ""))
    if not _SET_ID.fullmatch(set_id):
        raise UnreadableLabel("a record without a set id")
    version = _plain(record.get("version"))
    if not _VERSION.fullmatch(version):
        raise UnreadableLabel(f"its version is no number: {version[:40]!r}", set_id)
    fields = {name: texts for name, value in record.items() if (texts := _field(name, value)) is not None}
    sections = sections_of(fields, catalogue)
    card = _card(set_id, version, record, openfda, fields, published)
    _give_titles(sections, fields, catalogue, [*card["brands"], *card["generics"]])
    set_apart(sections)
    named_after_parents(sections)
    return ReadLabel(card, sections)


def _give_titles(
    sections: list[SectionNode], fields: Mapping[str, list[str]], catalogue: Catalogue, drugs: list[str]
) -> None:
    untitled = [node for node in walk(sections) if not node.title and node.id != UNCLASSIFIED]
    if untitled:
        # A leaflet says the same in other words, and is long.
        chapters = walk([node for node in sections if node.number or node.id in _SPEAKS_OF_SECTIONS])
        changes = fields.get("recent_major_changes", [])
        headings = Headings(catalogue.heading_words, [*(node.text for node in chapters), *changes], drugs)
        for node in untitled:
            headings.settle(node)


def _plain(value: Any) -> str:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [squeezed(item) for item in values if isinstance(item, str) and item.strip()]


def _field(name: str, value: Any) -> list[str] | None:
    """The texts of a section's field; None for what is no section."""
    if name.startswith("@") or name in _PLAIN or name == "openfda":
        return None
    if isinstance(value, str):
        return [value]
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return list(dict.fromkeys(value))
    return None


def _card(
    set_id: str,
    version: str,
    record: Mapping[str, Any],
    openfda: Mapping[str, Any],
    fields: Mapping[str, list[str]],
    published: str | None,
) -> LabelCard:
    def named(key: str) -> list[str]:
        return list(dict.fromkeys(_texts(openfda.get(key))))

    brands, generics, unii = named("brand_name"), named("generic_name"), named("unii")
    applications = named("application_number")
    printed = squeezed(" ".join(fields.get(_PRINTED, []))) or None
    labeler = next(iter(named("manufacturer_name")), None)
    original = named("original_packager_product_ndc")
    card: LabelCard = {
        "set_id": set_id,
        "version": str(int(version)),
        "effective": _plain(record.get("effective_time")) or None,
        "title": title_of(brands, generics, labeler, printed, set_id),
        "brand": next(iter(brands), None),
        "generic": next(iter(generics), None),
        "brands": brands,
        "generics": generics,
        "substances": _substances(named("substance_name"), unii),
        "unii": unii,
        "labeler": labeler,
        "application": next(iter(applications), None),
        "product_type": next(iter(named("product_type")), None),
        "route": named("route"),
        "ndc": named("product_ndc"),
        "package_ndc": named("package_ndc"),
        "rxcui": named("rxcui"),
        "repackaged": bool(original),
        "as_printed": printed,
        "document": _plain(record.get("id")) or None,
        "format": "openfda",
        "published": published,
    }
    if original:
        card["original_ndc"] = original
    if len(applications) > 1:
        card["applications"] = applications
    return card


def _substances(names: list[str], unii: list[str]) -> list[LabelSubstance]:
    """The active ingredients. Several names and codes stand in no common order, so that none is told by its place."""
    if len(names) == len(unii) == 1:
        return [{"name": names[0], "unii": unii[0]}]
    return [{"name": name, "unii": None} for name in names] or [{"name": None, "unii": code} for code in unii]


def title_of(brands: list[str], generics: list[str], labeler: str | None, printed: str | None, set_id: str) -> str:
    """What a label is called in a list: brand, generic name and firm; else the names as printed."""
    brand, generic = next(iter(brands), ""), next(iter(generics), "")
    name = f"{brand} ({generic})" if brand and generic and brand.casefold() != generic.casefold() else brand or generic
    if not name:
        name = printed or set_id
        name = name if len(name) <= _LONGEST_TITLE else f"{name[:_LONGEST_TITLE].rpartition(' ')[0]} …"
    return f"{name}, {labeler}" if labeler else name
