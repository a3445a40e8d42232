"""Which labels are there, where do they lie, and which are taken out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from monocli.engine.answers import Answer, Note, Refusal
from monocli.engine.inputs import ask, asked
from monocli.engine.names import visible
from monocli.questions.labels.finding import bearing, no_label, none_imported
from monocli.questions.labels.joining import notices

if TYPE_CHECKING:
    from monocli.library.labels.pack import LabelPack
    from monocli.library.store import Library
    from monocli.records.labels import LabelCard
    from monocli.records.output.labels import LabelList, LabelRemoved, LabelWhere
    from monocli.records.output.lookups import LabelNamed


def list_labels(
    library: Library, pack: LabelPack | None, name: str | None, limit: int = 0
) -> Answer[LabelList] | Refusal:
    """The labels of a name or code in the order in which one is taken, or all by set id; at most `limit`, 0 for all.

    Refusals: `no-labels-imported`, `no-label`.
    """
    if pack is None:
        return none_imported()
    notes = list(notices(library, pack))
    if name is None:
        labels = pack.set_ids()
    else:
        found = bearing(library, pack, name)
        labels = [one.label for one in found.labels]
        if not labels:
            return no_label(name)
        if found.as_printed:
            message = "found by their names as printed; without a code they are joined to no drug of the library"
            notes.append(Note("label-as-printed", message))
    shown = labels[:limit] if limit else labels
    if len(shown) < len(labels):
        message = f"{len(shown)} of {len(labels)} labels are shown; {asked('limit')} 0 shows all"
        notes.append(Note("more-labels", message))
    return Answer({"labels": [pack.card(label) for label in shown], "total": len(labels)}, tuple(notes))


def where(path: Path, pack: LabelPack | None) -> Answer[LabelWhere]:
    """Where the pack lies, and what is in it."""
    if pack is None:
        nothing: LabelWhere = {
            "path": str(path),
            "exists": False,
            "bytes": 0,
            "labels": 0,
            "versions": 0,
            "exports": [],
            "notices": [],
        }
        return Answer(nothing)
    return Answer(
        {
            "path": str(path),
            "exists": True,
            "bytes": path.stat().st_size,
            "labels": pack.count(),
            "versions": int(pack.rows("SELECT count(*) FROM label")[0][0]),
            "exports": [{"published": day, "labels": count} for day, count in pack.exports()],
            "notices": pack.notices(),
        }
    )


def remove(
    path: Path, pack: LabelPack | None, names: Sequence[str], *, every: bool = False
) -> Answer[LabelRemoved] | Refusal:
    """Take labels out, each with all its versions, by set id; `every` takes the whole pack away.

    A name is not enough: it may be that of several labels. Refusals: `no-labels-imported`, `no-label`. Raises
    `PackFault`.
    """
    from monocli.library.labels.keeping import remove_file
    from monocli.library.labels.writing import Writer

    if every:
        count = pack.count() if pack is not None else 0
        remove_file(path)
        return Answer({"removed": [], "labels": 0, "all": count})
    if pack is None:
        return none_imported()
    removed: list[LabelCard] = []
    for name in names:
        versions = pack.versions(name.strip())
        if not versions:
            hint = f'A name may be that of several labels: "{ask("labels list")} {visible(name)}" shows their set ids.'
            return Refusal("no-label", f"no imported label has this set id: {visible(name)!r}", hint)
        card = pack.card(versions[0][0])
        removed.append(card)
    with Writer(path) as writer:
        for card in removed:
            writer.remove(card["set_id"])
        left = writer.count()
        writer.commit()
    told: list[LabelNamed] = [
        {"set_id": card["set_id"], "version": card["version"], "title": card["title"]} for card in removed
    ]
    return Answer({"removed": told, "labels": left})
