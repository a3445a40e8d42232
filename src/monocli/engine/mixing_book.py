"""What is recorded on mixing one drug: a document, asked for what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from monocli.engine.names import normalise
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.records.compatibility import CompatibilityFile, MixingStatement, Subject


class MixingBook(Record):
    """What one document says of mixing a drug; without a document, nothing."""

    id: str
    name: str
    document: CompatibilityFile | None = None

    @property
    def statements(self) -> Sequence[MixingStatement]:
        return self.document["statements"] if self.document else ()

    @property
    def subjects(self) -> Sequence[Subject]:
        return self.document.get("subjects", ()) if self.document else ()

    @property
    def filed_under(self) -> str | None:
        """Id of the drug whose document this is, where its source files this drug under another."""
        return self.document["id"] if self.document and self.document["id"] != self.id else None

    def subject(self, name: str) -> Subject | None:
        """The diluent, container or addition of that exact name, or None."""
        key = fold(name)
        return next((subject for subject in self.subjects if key in names_of(subject)), None)

    def told_apart(self, names: Iterable[str]) -> tuple[list[str], list[Subject]]:
        """Those names that are none of a subject, and the subjects of the others."""
        known = [(name, self.subject(name)) for name in names]
        return [name for name, subject in known if subject is None], [subject for _, subject in known if subject]


def fold(name: str) -> str:
    """The key of a diluent or container: "Glucose 5 %" and "glucose 5%" agree."""
    return normalise(name).replace(" %", "%")


def names_of(subject: Subject) -> list[str]:
    """The keys of every name of a diluent, container or addition."""
    return [fold(item) for item in (subject["name"], *(other["name"] for other in subject.get("names", [])))]
