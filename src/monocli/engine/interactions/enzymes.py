"""Enzymes and transporters: one id for the names that sources use, and what is covered as a family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.names import normalise

if TYPE_CHECKING:
    from monocli.records.agents import EnzymesFile, GradedAction, Role

SUBSTRATE = "substrate"
ACTING = ("inhibitor", "inducer")
"""Roles by which a drug changes others."""
STRENGTHS = ("strong", "moderate", "weak")
"""Grades of an acting role, in the order in which predictions stand; any other word or none comes after."""
SENSITIVITIES = ("sensitive", "moderate sensitive", "major")
"""Grades of a substrate, likewise."""


class Enzymes:
    """The enzymes and transporters of a library."""

    def __init__(self, file: EnzymesFile | None) -> None:
        items = [*file.get("enzymes", []), *file.get("transporters", [])] if file else []
        self._ids = {normalise(name): item["id"] for item in items for name in (item["id"], *item.get("aliases", []))}
        self._families = {item["id"]: frozenset((item["id"], *item.get("members", []))) for item in items}
        self._family_of: dict[str, frozenset[str]] = {}
        self._actions = (
            {(item["strength"], item["sensitivity"]): item for item in file.get("actions", [])} if file else {}
        )

    def id(self, name: str) -> str:
        """The id of an enzyme or transporter by any of its names."""
        return self._ids.get(normalise(name), name)

    def family(self, name: str) -> frozenset[str]:
        """The enzyme by its id, with what it covers as a family; two that have one in common meet."""
        known = self._family_of.get(name)
        if known is None:
            enzyme_id = self.id(name)
            known = self._family_of[name] = self._families.get(enzyme_id, frozenset((enzyme_id,)))
        return known

    def graded(self, strength: str | None, sensitivity: str | None) -> GradedAction | None:
        """What a prediction by these grades is taken for; None where the table says nothing of them."""
        return self._actions.get((strength or "", sensitivity or ""))

    def names_roles(self, text: str) -> bool:
        """Whether a text names everything with an enzyme role ("CYP3A4 inhibitors", "strong inducers of CYP3A")."""
        words = [word for word in normalise(text).split() if word != "of" and word not in STRENGTHS]
        roles = [word for word in words if word.removesuffix("s") in (SUBSTRATE, *ACTING)]
        enzyme = " ".join(word for word in words if word not in roles)
        return len(roles) == 1 and enzyme in self._ids


def place_of(role: Role) -> str:
    """The enzyme or transporter of a role, as its source names it."""
    return role.get("enzyme") or role["transporter"]


def is_minor(role: Role) -> bool:
    """Whether the role is a minor route, from which nothing is predicted."""
    return role.get("strength") == "minor"
