"""Which labels a code joins to a drug of the library, and what is to be said beside what comes from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monocli.engine.answers import Note
from monocli.engine.names import normalise, visible
from monocli.library.labels.catalogues import words_of
from monocli.library.readings import words_for_salts

if TYPE_CHECKING:
    from monocli.library.labels.pack import Found, LabelPack
    from monocli.library.store import Library
    from monocli.records.labels import LabelCard

UNII = "UNII"
"""The registry whose numbers join a label to a drug of the library. RxCUI of labels number products, not substances."""


def labels_of_drug(library: Library, pack: LabelPack, id: str) -> list[Found]:
    """The labels that a code joins to a drug of the library: by its UNII, or by the name of a substance that stands
    beside the UNII of a salt which the library does not number and that names this drug exactly."""
    record = record_of(library, id)
    codes = [("unii", str(one["value"]).upper()) for one in record.get("identifiers", []) if one["system"] == UNII]
    titles = {normalise(str(record[key])) for key in ("name", "title") if key in record}
    names = [("substance", title) for title in titles]
    for title in titles:
        salted = pack.names_beginning("substance", f"{title} ")
        names += [("substance", key) for key in salted if _is_salt(library, key.removeprefix(title))]
    return pack.by_keys([*codes, *names])


def record_of(library: Library, id: str) -> dict[str, Any]:
    """What the library holds of a drug: its names and numbers."""
    found: dict[str, Any] | None = (
        library.document("cards", id) or library.document("agents-by-id", id) or library.substance(id)
    )
    return found or {}


def _is_salt(library: Library, rest: str) -> bool:
    """Whether what stands behind the name of a drug is the words of a salt and nothing else."""
    return set(rest.split()) <= words_for_salts(library)


def notices(library: Library, pack: LabelPack) -> tuple[Note, ...]:
    """What the data ask to be shown with every answer from them; where they ask nothing, what this library says."""
    asked = pack.notices()
    texts = [text for text in asked if not any(text != other and text in other for other in asked)]
    texts = texts or [words_of(library)["notice"]]
    return tuple(Note("label-notice", text) for text in texts)


def named(card: LabelCard) -> str:
    """A label with what tells it from all others."""
    return f"{visible(card['title'])} (set id {card['set_id']}, version {card['version']})"
