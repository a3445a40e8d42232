"""How the drugs of a list are given, and what is given beside them: what a rule may ask for besides a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from monocli.engine.interactions.book import Drug, InteractionBook
    from monocli.records.resolution import Resolution

ROUTE_WORDS = {
    "oral": "by mouth",
    "injected": "by injection or infusion",
    "rectal": "rectally",
    "transdermal": "through the skin",
    "sublingual": "under the tongue",
    "cutaneous": "on the skin",
    "ophthalmic": "in the eye",
    "otic": "in the ear",
    "nasal": "in the nose",
    "inhaled": "by inhalation",
    "vaginal": "vaginally",
}
"""How a sentence says a route."""


class Given(NamedTuple):
    """Of a list, or of two drugs of it. A tuple, because it is hashed for every pair of a list."""

    local: frozenset[str] = frozenset()
    """Ids of the drugs that every line which names them gives in a form that acts where it is applied."""
    routes: frozenset[tuple[str, frozenset[str]]] = frozenset()
    """By id the routes of a drug of which rules ask for one, where every line which names it says one."""
    beside: frozenset[str] = frozenset()
    """Ids of what the list holds of the partners without which a membership does not count."""

    def of(self, one: Drug, other: Drug) -> Given:
        """What matters of it for two drugs."""
        if self == NOTHING_SAID:
            return self
        pair = {one.id, other.id}
        routes = frozenset(item for item in self.routes if item[0] in pair)
        return Given(self.local & pair, routes, self.beside & (one.needs_beside | other.needs_beside))

    def is_other(self, id: str, meant: Sequence[str]) -> bool:
        """Whether a drug is known to be given by other routes than those that are meant."""
        return any(drug == id and routes.isdisjoint(meant) for drug, routes in self.routes)


NOTHING_SAID = Given()


def given_in(book: InteractionBook, mentions: Iterable[Resolution]) -> Given:
    """What a list says of how its drugs are given."""
    by_id: dict[str, list[Resolution]] = {}
    for mention in mentions:
        if mention["id"] is not None:
            by_id.setdefault(mention["id"], []).append(mention)
    local = frozenset(id for id, same in by_id.items() if not {m.get("route") for m in same} & {None, "systemic"})
    drugs = [book.drug(id) for id in by_id]
    routes = {drug.id: _routes(drug, by_id[drug.id]) for drug in drugs if drug.record.get("by_route")}
    needed = frozenset[str]().union(*(drug.needs_beside for drug in drugs))
    held = {id for drug in drugs for part in drug.parts for id in part.listed_as} if needed else set[str]()
    return Given(local, frozenset((id, found) for id, found in routes.items() if found), needed & held)


def _routes(drug: Drug, mentions: Iterable[Resolution]) -> frozenset[str]:
    """The routes of a drug; none where a line leaves open which it is."""
    found: set[str] = set()
    for mention in mentions:
        route = mention.get("systemic_route") if mention.get("route") == "systemic" else mention.get("route")
        said = [route] if route else drug.record.get("only_by", [])
        if not said:
            return frozenset()
        found.update(said)
    return frozenset(found)


def by_routes(routes: Sequence[str]) -> str:
    """Routes as a sentence says them."""
    return " or ".join(ROUTE_WORDS[route] for route in routes)
