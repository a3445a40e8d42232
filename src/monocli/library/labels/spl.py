"""An SPL document (DailyMed XML): whose label it is, its products, and its sections as they are nested.

No label needs a document type, an entity or more than a few levels; a document with any of these is refused unread.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.parsers import expat

from monocli.library.labels.faults import FHIR, UnreadableLabel
from monocli.library.labels.nodes import UNCLASSIFIED, SectionNode, squeezed
from monocli.library.labels.openfda import ReadLabel, title_of
from monocli.library.labels.section_kinds import Catalogue
from monocli.library.labels.spl_products import products_of

if TYPE_CHECKING:
    from monocli.records.labels import LabelCard

MOST_BYTES = 64 << 20
MOST_DEPTH = 100
MOST_ELEMENTS = 2_000_000
_SET_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{7,63}")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=\S)")
_KINDS = {
    "34391-3": "HUMAN PRESCRIPTION DRUG",
    "34390-5": "HUMAN OTC DRUG",
    "53409-9": "BULK INGREDIENT",
    "60684-8": "CELLULAR THERAPY",
    "53404-0": "VACCINE",
    "60683-0": "PLASMA DERIVATIVE",
    "60682-2": "STANDARDIZED ALLERGENIC",
}
"""What openFDA calls a document by its LOINC code; the code, because its name is written in several ways."""


def label_of(document: bytes, catalogue: Catalogue) -> ReadLabel:
    """The label of one document. Raises `UnreadableLabel`."""
    root = _parsed(document)
    if root.tag == "Bundle":
        raise UnreadableLabel(FHIR)
    if root.tag != "document":
        raise UnreadableLabel(f"XML, but no SPL document: its root is {root.tag[:40]!r}")
    set_id = _attribute(root, "setId", "root") or ""
    if not _SET_ID.fullmatch(set_id):
        raise UnreadableLabel("a document without a set id")
    version = _attribute(root, "versionNumber", "value") or ""
    if not version.isdecimal() or len(version) > 9:
        raise UnreadableLabel(f"its version is no number: {version[:40]!r}", set_id)
    body = root.find("component/structuredBody")
    found = [_section(part, catalogue) for part in body.findall("component/section")] if body is not None else []
    return ReadLabel(_card(root, set_id, version), [node for node in found if node is not None])


def _parsed(document: bytes) -> ElementTree.Element:
    """The tree without namespaces, once it is known to be harmless."""
    if len(document) > MOST_BYTES:
        raise UnreadableLabel(f"longer than {MOST_BYTES >> 20} MB")
    _check(document)
    root = ElementTree.fromstring(document)  # noqa: S314 - what could harm was refused by `_check`
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def _check(document: bytes) -> None:
    depth = count = 0

    def start(*_: object) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MOST_DEPTH:
            raise UnreadableLabel(f"nested deeper than {MOST_DEPTH} elements")
        if count > MOST_ELEMENTS:
            raise UnreadableLabel(f"more than {MOST_ELEMENTS} elements")

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    def declared(*_: object) -> None:
        raise UnreadableLabel("it declares a document type or entities, which no label needs")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declared
    try:
        parser.Parse(document, True)  # noqa: FBT003 - expat takes no keyword here
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableLabel(f"not well-formed XML: {error}") from error


def _attribute(element: ElementTree.Element, path: str, name: str) -> str | None:
    found = element.find(path)
    return squeezed(found.get(name) or "") or None if found is not None else None


def _card(root: ElementTree.Element, set_id: str, version: str) -> LabelCard:
    labeler = root.find("author/assignedEntity/representedOrganization/name")
    firm = squeezed("".join(labeler.itertext())) if labeler is not None else ""
    found = products_of(root)
    card: LabelCard = {
        "set_id": set_id,
        "version": str(int(version)),
        "effective": _attribute(root, "effectiveTime", "value"),
        "title": title_of(found.brands, found.generics, firm or None, None, set_id),
        "brand": next(iter(found.brands), None),
        "generic": next(iter(found.generics), None),
        "brands": found.brands,
        "generics": found.generics,
        "substances": found.substances,
        "unii": [one["unii"] for one in found.substances if one["unii"]],
        "labeler": firm or None,
        "application": next(iter(found.applications), None),
        "product_type": _KINDS.get(_attribute(root, "code", "code") or "", _attribute(root, "code", "displayName")),
        "route": found.routes,
        "ndc": found.ndc,
        "package_ndc": found.packages,
        "rxcui": [],
        "repackaged": bool(found.original),
        "as_printed": None,
        "products": found.products,
        "document": _attribute(root, "id", "root"),
        "format": "spl",
        "published": None,
    }
    if found.original:
        card["original_ndc"] = found.original
    if len(found.applications) > 1:
        card["applications"] = found.applications
    return card


def _section(section: ElementTree.Element, catalogue: Catalogue) -> SectionNode | None:
    """A section with its sub-sections; None for one that holds nothing, such as the list of products."""
    code = section.find("code")
    loinc = (code.get("code") or None) if code is not None else None
    known = catalogue.by_loinc.get(loinc or "")
    own_name = squeezed(code.get("displayName") or "") if code is not None else ""
    node = SectionNode(known["id"] if known else _own_id(own_name) or UNCLASSIFIED, loinc)
    node.number, node.title = _titled(section.find("title"))
    if not node.title and known and known["id"] != UNCLASSIFIED:
        node.title = known["title"]
    reading = _SplReading(node)
    text = section.find("text")
    node.text = reading.text(text) if text is not None else ""
    highlights = section.find("excerpt/highlight/text")
    node.highlights = _SplReading(node).text(highlights) if highlights is not None else ""
    found = (_section(part, catalogue) for part in section.findall("component/section"))
    node.children = [part for part in found if part is not None]
    empty = section.find("subject") is not None and not (node.text or node.children)
    return None if empty else node


def _own_id(name: str) -> str:
    """An unknown section under its own name, as openFDA would write it."""
    return re.sub(r"[^a-z0-9]+", "_", name.casefold().removesuffix(" section")).strip("_")


def _titled(title: ElementTree.Element | None) -> tuple[str | None, str]:
    text = squeezed(" ".join(title.itertext())) if title is not None else ""
    match = _NUMBERED.match(text)
    return (match[1], text[match.end() :]) if match else (None, text)


class _SplReading:
    """The text of a section in lines. Tables go to the section with a mark in their place, notes to the end."""

    def __init__(self, node: SectionNode) -> None:
        self._node = node
        self._lines: list[list[str]] = [[]]
        self._notes: list[str] = []
        self._marks: dict[str, str] = {}

    def text(self, element: ElementTree.Element) -> str:
        self._read(element, "")
        self._lines += [[f"{mark} {note}"] for mark, note in zip(self._marks.values(), self._notes, strict=False)]
        lines = (squeezed("".join(line)) for line in self._lines)
        return "\n".join(line for line in lines if line.strip(" •"))

    def _read(self, element: ElementTree.Element, bullet: str) -> None:
        self._put(element.text)
        ordinal = 0
        for part in element:
            kind = part.tag
            if kind == "table":
                self._table(part)
            elif kind == "footnote":
                self._note(part)
            elif kind == "footnoteRef":
                self._put(f" {self._marks.get(part.get('IDREF') or '', '[*]')} ")
            elif kind == "renderMultiMedia":
                self._put(" [figure] ")
            elif kind == "item":
                ordinal += 1
                self._line(self._bullet(element, ordinal))
                self._read(part, bullet)
                self._line()
            elif kind in ("paragraph", "list", "caption"):
                if not (kind == "paragraph" and self._at_bullet()):
                    self._line()
                self._read(part, bullet)
                self._line()
            elif kind == "br":
                self._line()
            else:
                apart = " " if kind in ("sup", "sub") else ""
                self._put(apart)
                self._read(part, bullet)
                self._put(apart)
            self._put(part.tail)

    def _bullet(self, parent: ElementTree.Element, ordinal: int) -> str:
        return f"{ordinal}. " if parent.get("listType") == "ordered" else "• "

    def _at_bullet(self) -> bool:
        return "".join(self._lines[-1]).strip() in ("•", *(f"{n}." for n in range(1, 100)))

    def _put(self, text: str | None) -> None:
        if text:
            self._lines[-1].append(text)

    def _line(self, start: str = "") -> None:
        if "".join(self._lines[-1]).strip() or start:
            self._lines.append([start])

    def _table(self, table: ElementTree.Element) -> None:
        tail, table.tail = table.tail, None
        self._node.tables.append(ElementTree.tostring(table, encoding="unicode"))
        table.tail = tail
        self._line()
        self._put(f"[table {len(self._node.tables)}]")
        self._line()

    def _note(self, note: ElementTree.Element) -> None:
        mark = f"[{len(self._notes) + 1}]"
        self._marks[note.get("ID") or mark] = mark
        self._notes.append(squeezed("".join(note.itertext())))
        self._put(f" {mark} ")
