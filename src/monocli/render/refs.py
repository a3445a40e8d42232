"""The literature as lists, and in the forms that reference managers read."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, cast

from monocli.render.page import Page
from monocli.render.references import line
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.records.output.lookups import ListedReference, Refs


def table(result: Result, page: Page) -> None:
    """The references of each section under its title."""
    data = cast("Refs", result.data)
    where = None
    for reference in data["references"]:
        here = (reference["monograph"], reference["section"])
        if here != where:
            if where:
                page.gap()
            page.heading(f"{reference['monograph']} · {reference['section_title']}")
            where = here
        page.references([line(page, reference)])
    page.gap()
    sources = ", ".join(dict.fromkeys(reference["source"] for reference in data["references"]))
    page.line(f"{data['total']} reference{'s' if data['total'] != 1 else ''}, as printed in {sources}.", "dim")


_COLUMNS = [
    "monograph",
    "section",
    "number",
    "authors",
    "title",
    "journal",
    "year",
    "volume",
    "pages",
    "url",
    "cited",
    "source",
    "section_title",
    "accessed",
    "note",
]


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One line a reference."""
    lines = []
    for reference in _references(result):
        cells: dict[str, object] = {**reference, "cited": "yes" if reference["cited"] else "no"}
        lines.append([str(cells.get(column, "")) for column in _COLUMNS])
    return _COLUMNS, lines


def _references(result: Result) -> list[ListedReference]:
    return cast("Refs", result.data)["references"]


def csl_json(result: Result) -> str:
    """CSL-JSON, as citeproc and Zotero read it."""
    items = [csl_item(reference) for reference in _references(result)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def csl_item(reference: ListedReference) -> dict[str, object]:
    """One reference as a CSL item. Pages and volume stay as printed; "et al.", which CSL lacks, stands in the note."""
    item: dict[str, object] = {
        "id": key_of(reference),
        "type": "article-journal" if reference.get("journal") else "webpage",
        "title": reference["title"],
        "author": [_csl_author(author) for author in _people(reference)],
    }
    printed = {
        "container-title": reference.get("journal"),
        "volume": reference.get("volume"),
        "page": reference.get("pages"),
        "URL": reference.get("url"),
    }
    item |= {name: text for name, text in printed.items() if text}
    if remark := _remark(reference, with_authors=True):
        item["note"] = remark
    if reference.get("accessed"):
        item["accessed"] = {"raw": reference["accessed"]}
    if reference.get("year", "").isdigit():
        item["issued"] = {"date-parts": [[int(reference["year"])]]}
    return item


def _csl_author(author: tuple[str, str]) -> dict[str, str]:
    family, given = author
    return {"family": family, "given": given} if given else {"literal": family}


_INITIALS = re.compile(r"^(?P<family>.+?) (?P<given>[A-Z](?:-?[A-Z])*)$")


def authors_of(printed: str) -> list[tuple[str, str]]:
    """(family, initials) of each author as printed; initials are empty for a body such as "Novartis, Canada" and for
    "others"."""
    text = printed.strip()
    more = text.endswith(("et al.", "et al"))
    names = [name.strip() for name in re.sub(r",?\s*et al\.?$", "", text).rstrip(".").split(", ")]
    matches = [_INITIALS.match(name) for name in names]
    if not all(matches):
        return [(text.rstrip("."), "")]
    people = [(match["family"], match["given"]) for match in matches if match]
    return [*people, ("others", "")] if more else people


def key_of(reference: ListedReference) -> str:
    """A key that is unique and says where the reference stands: "imatinib-mesilate-effects-on-the-heart-1"."""
    return f"{reference['monograph']}-{reference['section']}-{reference['number']}"


_BIBTEX_ESCAPES = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def bibtex(result: Result) -> str:
    """BibTeX (UTF-8). Titles are braced, so that their capitals stay as printed.

    Written here and not by a library: those there are escape addresses, which then lead nowhere, or escape nothing.
    """
    return "\n".join(_bibtex_entry(reference) for reference in _references(result))


def _bibtex_entry(reference: ListedReference) -> str:
    people = " and ".join(
        f"{_tex(family)}, {_initials(given)}" if given else "others" if family == "others" else "{" + _tex(family) + "}"
        for family, given in authors_of(reference["authors"])
    )
    fields = {"author": people, "title": "{" + _tex(reference["title"]) + "}"}
    printed = {"journal": reference.get("journal"), "year": reference.get("year"), "volume": reference.get("volume")}
    fields |= {name: _tex(text) for name, text in printed.items() if text}
    if remark := _remark(reference):
        fields["note"] = _tex(remark)
    if reference.get("pages"):
        fields["pages"] = _tex(reference["pages"]).replace("–", "--")
    if reference.get("url"):
        fields["url"] = reference["url"]
    kind = "article" if reference.get("journal") else "misc"
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{kind}{{{key_of(reference)},\n{body}}}\n"


def _remark(reference: ListedReference, *, with_authors: bool = False) -> str:
    """The note, when a page on the web was read, and the authors as printed where a form has no way to say "et al."."""
    more = with_authors and ("others", "") in authors_of(reference["authors"])
    authors = f"authors as printed: {reference['authors']}" if more else ""
    accessed = f"accessed {reference['accessed']}" if reference.get("accessed") else ""
    return "; ".join(part for part in (reference.get("note", ""), accessed, authors) if part)


def _initials(given: str) -> str:
    return " ".join(f"{letter}." if letter != "-" else "-" for letter in given).replace(" - ", "-")


def _tex(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return "".join(_BIBTEX_ESCAPES.get(character, character) for character in composed)


def ris(result: Result) -> str:
    """RIS, with CRLF line ends as its specification asks."""
    import rispy  # type: ignore[import-untyped]

    class Writer(rispy.RisWriter):  # type: ignore[misc]  # rispy has no types
        """rispy numbers the entries ("1."), which the specification does not know."""

        def set_header(self, count: int) -> str:
            return ""

    entries = [_ris_entry(reference) for reference in _references(result)]
    text: str = rispy.dumps(entries, implementation=Writer, enforce_list_tags=False)
    return text.lstrip().replace("\n", "\r\n")


def _ris_entry(reference: ListedReference) -> dict[str, object]:
    """One reference under the names that rispy gives to RIS tags."""
    start, _, end = reference.get("pages", "").partition("–")
    fields = {
        "type_of_reference": "JOUR" if reference.get("journal") else "ELEC",
        "authors": [_ris_author(author) for author in _people(reference)],
        "title": reference["title"],
        "journal_name": reference.get("journal"),
        "year": reference.get("year"),
        "volume": reference.get("volume"),
        "start_page": start,
        "end_page": _full_page(start, end),
        "urls": [reference["url"]] if reference.get("url") else None,
        "notes": [remark] if (remark := _remark(reference, with_authors=True)) else None,
        "id": key_of(reference),
    }
    return {name: value for name, value in fields.items() if value}


def _ris_author(author: tuple[str, str]) -> str:
    family, given = author
    return f"{family},{_initials(given).replace(' ', '')}" if given else family


def _people(reference: ListedReference) -> list[tuple[str, str]]:
    """The authors by name, without the "others" of "et al."; what was printed then stands in the note."""
    return [author for author in authors_of(reference["authors"]) if author != ("others", "")]


def _full_page(start: str, end: str) -> str:
    """ "908", "16" → "916": RIS has a field for the last page, which the monograph abbreviates."""
    if start.isdigit() and end.isdigit() and len(end) < len(start):
        return start[: len(start) - len(end)] + end
    return end
