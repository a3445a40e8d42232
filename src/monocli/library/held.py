"""What a pack says already. A pack that is laid over it holds the rest, so that the two are read as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from monocli.library.naming import OTHER_RANK, ListedName
from monocli.library.pack import DocumentRow, Pack, text_of

PassageRow = tuple[str, str | None, str, str, str]
"""Monograph, section, title, kind, and the JSON of what is shown."""


class Held:
    """The rows of a pack; of none, where `base` is None, and then everything is new."""

    def __init__(self, base: Pack | None) -> None:
        self._base = base

    def new_documents(self, rows: Iterable[DocumentRow]) -> list[DocumentRow]:
        """Records that the base does not hold, or holds otherwise."""
        held = set(self._base.rows("SELECT kind, id, body FROM document")) if self._base else set()
        return [row for row in rows if row not in held]

    def new_names(self, names: Iterable[ListedName], beside: Pack | None) -> Iterator[ListedName]:
        """All claims on every key that the base does not hold, or that others bear there: what a pack says of a key
        takes the place of what lies below. Over a base, drugs of the tables `beside` that bear it are among them."""
        held: dict[str, set[tuple[str, ...]]] = {}
        if self._base:
            for key, *claim in self._base.rows("SELECT key, kind, target, title, matched FROM name"):
                held.setdefault(key, set()).add(tuple(claim))
        claims: dict[str, list[ListedName]] = {}
        for named in names:
            claims.setdefault(named.key, []).append(named)
        for key, bearers in claims.items():
            said = {(n.target_kind, n.target, n.title, text_of(n.matched)) for n in bearers}
            if said != held.get(key):
                yield from bearers
                if self._base and beside:
                    yield from _others(beside, key, {named.target for named in bearers})

    def new_passages(self, rows: Iterable[PassageRow]) -> Iterator[PassageRow]:
        """Passages that the base does not hold."""
        columns = "monograph, section, title, kind, body"
        held = set(self._base.rows(f"SELECT {columns} FROM passage")) if self._base else set()
        return (row for row in rows if row not in held)


def _others(beside: Pack, key: str, known: set[str]) -> Iterator[ListedName]:
    for kind, id, title, matched in beside.named(key):
        if id not in known:
            yield ListedName(key, kind, id, title, OTHER_RANK, matched)
