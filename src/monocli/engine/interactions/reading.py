"""What an `InteractionBook` is read from: for type checkers alone, since making a protocol takes time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from monocli.engine.answers import Note
    from monocli.engine.interactions.book import Drug
    from monocli.records.agents import EnzymesFile
    from monocli.records.interactions import StoredDoubled, StoredParty, StoredRule
    from monocli.records.output.interactions import Finding, PairNote


class Reader(Protocol):
    """Where rules and parties come from."""

    @property
    def edition(self) -> str: ...

    def party(self, id: str) -> StoredParty: ...

    def rules_at(self, key: str) -> Sequence[Sequence[str]]:
        """The keys of the rules that a key of a party leads to: where it stands first, and where it stands second."""
        ...

    def rule(self, key: str) -> StoredRule: ...

    def enzymes(self) -> EnzymesFile | None: ...

    def doubled(self) -> StoredDoubled | None: ...


class Labels(Protocol):
    """What imported labels say, where there are any."""

    @property
    def source(self) -> str:
        """Id of the source by which it is cited."""
        ...

    def may_answer(self, one: Drug, other: Drug) -> bool: ...

    def between(self, one: Drug, other: Drug) -> tuple[list[Finding], list[PairNote]]:
        """What the labels of two drugs say of each other."""
        ...

    def told(self, ids: Iterable[str], *, cited: bool) -> tuple[Note, ...]:
        """Which labels were read for these drugs, and where they are cited what is to be shown beside."""
        ...
