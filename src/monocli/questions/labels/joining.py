"""Which labels a code joins to a drug of the library, and what is to be said beside what comes from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.answers import Note
from monocli.engine.names import normalise, visible
from monocli.library.kinds import AGENTS, CARDS
from monocli.library.labels.catalogues import words_of
from monocli.library.readings import words_for_salts
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.library.labels.pack import Found, LabelPack
    from monocli.library.store import Library
    from monocli.records.agents import Agent, AgentName
    from monocli.records.labels import LabelCard
    from monocli.records.monograph import Brand, MonographFile, Name

UNII = "UNII"
"""The registry whose numbers join a label to a drug of the library. RxCUI of labels number products, not substances."""


def labels_of_drug(library: Library, pack: LabelPack, id: str) -> list[Found]:
    """The labels that a code joins to a drug of the library: by its UNII, or by the name of a substance that stands
    beside the UNII of a salt which the library does not number and that names this drug exactly."""
    record = record_of(library, id)
    if record is None:
        return []
    codes = [("unii", number.upper()) for number in record.uniis]
    title = normalise(record.title)
    salted = pack.names_beginning("substance", f"{title} ")
    names = [("substance", key) for key in salted if _is_salt(library, key.removeprefix(title))]
    return pack.by_keys([*codes, ("substance", title), *names])


class DrugRecord(Record):
    """What the library holds of a drug that labels are found by."""

    title: str
    names: list[Name | AgentName]
    brands: list[Brand]
    uniis: list[str]


def record_of(library: Library, id: str) -> DrugRecord | None:
    """The monograph, else the record of the drug; None where the library holds neither."""
    card = library.document(CARDS, id)
    if card is not None:
        return DrugRecord(card["title"], [*card.get("names", [])], card.get("brands", []), _uniis(card))
    agent = library.document(AGENTS, id) or library.substance(id)
    return None if agent is None else DrugRecord(agent["name"], [*agent.get("names", [])], [], _uniis(agent))


def _uniis(record: MonographFile | Agent) -> list[str]:
    return [one["value"] for one in record.get("identifiers", []) if one["system"] == UNII]


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
