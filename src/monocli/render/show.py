"""Sections with numbered citations, and the literature under them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, cast

from monocli.render import labels_show
from monocli.render.page import Page, Text
from monocli.render.references import line as reference_line
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.records.monograph import CrossReference
    from monocli.records.output.lookups import EffectGroup, GroupedEffect, Show, ShownSection, ShownStatement


def table(result: Result, page: Page) -> None:
    """An overview where no section was asked for; else the sections in full. A label is drawn as labels are."""
    if result.shown.get("label"):
        labels_show.table(result, page)
        return
    data = cast("Show", result.data)
    page.heading(data["title"])
    if result.shown.get("by"):
        _groups(data["groups"], page)
    if result.shown.get("all") or (result.shown.get("sections") and not result.shown.get("by")):
        for section in data["sections"]:
            _section(section, page, 0, data["sections"][0]["source"])
        page.gap()
        _elsewhere(data, page)
        _named(_sources(data["sections"]), page)
    elif not result.shown.get("by"):
        _overview(data, page)
    if result.warnings:
        page.gap()
        page.warnings(result)


def _groups(groups: list[EffectGroup], page: Page) -> None:
    """Each group with its effects: the words of the source on frequency and deaths, and where they stand."""
    for group in groups:
        page.gap()
        page.line(group["label"], "bold")
        page.bullets((_effect(page, effect) for effect in group["effects"]), indent=2)
    _named({effect["source"] for group in groups for effect in group["effects"]}, page)


def _named(sources: set[str], page: Page) -> None:
    if sources:
        page.gap()
        page.line(f"Source: {', '.join(sorted(sources))}. [n] is the literature of the same section.", "dim")


def _effect(page: Page, effect: GroupedEffect) -> Text:
    text = page.text(effect["effect"])
    words = [effect["frequency"]] if effect.get("frequency") else []
    if effect.get("fatal"):
        words.append(effect["fatal"] + (" (of the group named together)" if effect.get("fatal_scope") else ""))
    if words:
        text.append_text(page.text(f": {'; '.join(words)}", "bold"))
    cited = f" [{', '.join(map(str, effect['references']))}]" if effect["references"] else ""
    text.append_text(page.text(f"  ({effect['section']}{cited})", "dim"))
    return text


def _overview(data: Show, page: Page) -> None:
    lines: list[list[str | Text]] = []
    _overview_rows(data["sections"], 0, lines, data["sections"][0]["source"] if data["sections"] else "")
    page.table(["section", "statements", "references", "source"], lines, numbers=("statements", "references"))
    _elsewhere(data, page)
    page.line(f"mono show {data['monograph']} SECTION for one of them, --all for everything.", "dim")


def _elsewhere(data: Show, page: Page) -> None:
    """Sections that another monograph holds, and those that no page here has."""
    for pointer in data.get("pointers", []):
        page.line(f"{pointer['title']}: {pointer['note']} (mono show {pointer['monograph']} {pointer['section']})")
    if data.get("not_in_source"):
        page.line("Not in the supplied pages:", "bold")
        for missing in data["not_in_source"]:
            page.bullets([f"{missing['section']}: {missing['note']}"])
            page.bullets(f"{later['text']} ({later['source']})" for later in missing.get("later", []))


def _overview_rows(sections: Iterable[ShownSection], depth: int, lines: list[list[str | Text]], source: str) -> None:
    """A row a section, with its source where that is another than the first one's."""
    for section in sections:
        counts = [str(len(held)) if held else "" for held in (section["statements"], section["references"])]
        other = section["source"] if section["source"] != source else ""
        lines.append(["  " * depth + section["title"], *counts, other])
        _overview_rows(section["sections"], depth + 1, lines, source)


def _section(section: ShownSection, page: Page, depth: int, source: str) -> None:
    """A section in full; by its title its source, where that is not `source`, which has been named."""
    page.gap()
    about = [f"about {section['subject']}"] if section.get("subject") else []
    about += [section["source"]] if section["source"] != source else []
    page.subheading(section["title"], ", ".join(about), depth + 1)
    if section.get("note"):
        page.line(section["note"], "dim", indent=2 * depth)
    page.bullets((_statement(page, s, section["source"]) for s in section["statements"]), indent=2 * depth)
    for see in section.get("see", []):
        page.line(f"See {_cross_reference(see)}", "dim", indent=2 * depth)
    if section["references"]:
        page.gap()
        page.references((reference_line(page, r) for r in section["references"]), indent=2 * depth)
    for child in section["sections"]:
        _section(child, page, depth + 1, section["source"])


def _statement(page: Page, statement: ShownStatement, source: str) -> Text:
    """A statement with its marks; its own source where that is not the section's."""
    text = page.text(statement["text"])
    if statement["references"]:
        text.append_text(page.text(f" [{', '.join(map(str, statement['references']))}]", "number"))
    if statement.get("fatal"):
        text.append_text(page.text(" [FATAL]", "avoid"))
    if statement.get("note"):
        text.append_text(page.text(f" ({statement['note']})", "dim"))
    if pointers := _pointers(statement):
        text.append_text(page.text(f" (see {pointers})", "dim"))
    if statement["source"] != source:
        text.append_text(page.text(f" ({statement['source']})", "dim"))
    return text


def _cross_reference(see: CrossReference) -> str:
    if not see["supplied"]:
        return f"{see['text']} (not supplied)"
    command = f"mono show {see['monograph']} {see['section']}" if see.get("monograph") and see.get("section") else ""
    return f"{see['text']} ({command})" if command else see["text"]


def _sources(sections: Iterable[ShownSection]) -> set[str]:
    named: set[str] = set()
    for section in sections:
        named |= {section["source"], *(statement["source"] for statement in section["statements"])}
        named |= {reference["source"] for reference in section["references"]} | _sources(section["sections"])
    return named


COLUMNS = ["section", "title", "kind", "text", "references", "source"]
COLUMNS += ["subject", "frequency", "fatal", "fatal_scope", "effects", "note", "see"]


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One line a statement; one more of the kind "section" where a section itself has a remark or leads elsewhere."""
    if "label" in (result.data or {}):
        return labels_show.rows(result)
    return COLUMNS, [row for section in cast("Show", result.data)["sections"] for row in _section_rows(section)]


def _section_rows(section: ShownSection) -> Iterator[list[str]]:
    head = [section["id"], section["title"]]
    subject = section.get("subject", "")
    note, see = section.get("note", ""), _pointers(section)
    if note or see:
        yield [*head, "section", "", "", section["source"], subject, "", "", "", "", note, see]
    for statement in section["statements"]:
        references = " ".join(map(str, statement["references"]))
        stated = [statement.get("kind", ""), statement["text"], references, statement["source"], subject]
        marks = [statement.get("frequency", ""), statement.get("fatal", ""), statement.get("fatal_scope", "")]
        effects = "; ".join(f"{e['effect']} ({e['system']})" for e in statement.get("effects", []))
        yield [*head, *stated, *marks, effects, statement.get("note", ""), _pointers(statement)]
    for child in section["sections"]:
        yield from _section_rows(child)


def _pointers(record: ShownSection | ShownStatement) -> str:
    return "; ".join(_cross_reference(see) for see in record.get("see", []))
