"""What changed between two versions of a label, or differs between two labels."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from monocli.engine.answers import Answer, Note, Refusal
from monocli.engine.labels.differences import SectionText, differences
from monocli.library.labels.catalogues import words_of
from monocli.library.labels.nodes import UNCLASSIFIED
from monocli.questions.labels.finding import bearing, chosen, no_label, none_imported
from monocli.questions.labels.joining import notices
from monocli.questions.labels.showing import note_line, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from monocli.library.labels.pack import KeptSection, LabelPack
    from monocli.library.store import Library
    from monocli.records.labels import LabelSection
    from monocli.records.output.labels import LabelDiff


def diff(library: Library, pack: LabelPack | None, one: str, other: str | None = None) -> Answer[LabelDiff] | Refusal:
    """Section by section, the words that came and went: from the version of a label before its newest to that, or from
    one label to another.

    Refusals: `no-labels-imported`, `no-label`, `no-older-version`.
    """
    if pack is None:
        return none_imported()
    labels: list[int] = []
    notes: list[Note] = []
    for name in (one, *([other] if other is not None else [])):
        found = bearing(library, pack, name)
        if not found.labels:
            return no_label(name)
        labels.append(found.labels[0].label)
        notes += chosen(pack, name, found)[1]
    if other is None:
        versions = pack.versions(pack.card(labels[0])["set_id"])
        if len(versions) < 2:
            message = (
                f"of this label only version {versions[0][1]} is held, so that there is nothing to compare it with"
            )
            hint = "An older version is kept when a newer one is imported. Two labels are compared when both are named."
            return Refusal("no-older-version", message, hint)
        labels.insert(0, versions[1][0])
    before, after = labels
    numbers = _numbers(words_of(library)["sections"])
    found_diffs, same = differences(list(_texts(pack, before, numbers)), list(_texts(pack, after, numbers)))
    data: LabelDiff = {
        "before": pack.card(before),
        "after": pack.card(after),
        "sections": found_diffs,
        "same": same,
    }
    return Answer(data, (*notes, *notices(library, pack)))


def _texts(pack: LabelPack, label: int, numbers: Mapping[str, str]) -> Iterator[SectionText]:
    """Every section with its own words, its highlights and the rows of its tables."""
    seen: Counter[str] = Counter()
    for section, _ in pack.layout(label).walk():
        name = _name(section, numbers)
        grids = [table_of(pack.text(span)) for span in section.tables]
        rows = [line for grid in grids for line in (grid["caption"] or "", *(" | ".join(row) for row in grid["rows"]))]
        notes = [note_line(note) for grid in grids for note in grid["notes"]]
        text = "\n".join(
            part for part in (pack.text(section.highlights), pack.text(section.text), *rows, *notes) if part
        )
        yield SectionText((name, seen[name]), section.id, section.number, section.title, text)
        seen[name] += 1


def _numbers(sections: Sequence[LabelSection]) -> dict[str, str]:
    """The number of each kind of section; of those that the format has given to two kinds in turn, none."""
    given = Counter(section.get("number", "") for section in sections)
    numbers = {section["id"]: section.get("number", "") for section in sections}
    return {id: number if given[number] == 1 else "" for id, number in numbers.items()}


def _name(section: KeptSection, numbers: Mapping[str, str]) -> str:
    """What the same section of another label is called too: its number, also where only the other label prints one;
    else its kind; of a section without a kind of its own its title."""
    known = numbers.get(section.id)
    if section.id == UNCLASSIFIED or known is None:
        return section.number or f"{section.id} {section.title}".casefold()
    return (section.number or known) if known else section.id
