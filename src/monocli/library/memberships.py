"""Who belongs to which class, and who says so: as lists of members and the agents' own records have it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, cast

from monocli.library.kinds import CLASSES
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.library.documents import Documents
    from monocli.records.agents import Agent, DrugClass
    from monocli.records.interactions import ClassMembership, ClassStep, InteractionsFile, MemberExcepted
    from monocli.records.words import Route


class _Said(Record):
    """That a drug belongs to a class: who says so, and whose list it is; on what we joined it to the list, where it is
    not the list's own."""

    class_id: str
    source: str
    list: str | None
    joined: Mapping[str, str] = {}
    routes: tuple[Route, ...] = ()
    """The routes for which the list has it; any, where there are none."""
    together_with: tuple[str, ...] = ()
    """Ids without one of which it does not count."""


class Memberships:
    """The classes of every drug, narrower and wider ones, each with the chain of steps that leads there."""

    def __init__(self, documents: Documents, agents: Iterable[Agent], files: Sequence[InteractionsFile]) -> None:
        self._classes: dict[str, DrugClass] = {r["id"]: r for _, _, r in documents.listed(CLASSES)}
        self._said = _listings(agents, files)
        self.listed_by = {
            (said.class_id, said.list) for listed in self._said.values() for said in listed if said.list is not None
        }
        """Classes, each with a source that lists members of it."""

    @property
    def drugs(self) -> Iterable[str]:
        """Ids of all that belong to a class."""
        return self._said.keys()

    @property
    def classes(self) -> Iterable[DrugClass]:
        """Every class."""
        return self._classes.values()

    def of_drug(self, drug: str) -> dict[str, list[ClassMembership]]:
        """How a drug belongs to each of its classes, and from which of them it is excepted."""
        found: dict[str, list[ClassMembership]] = {}
        for said in self._said.get(drug, ()):
            step = cast("ClassStep", {**self._step(said.class_id, said.source or None), **said.joined})
            self._climb(found, said.class_id, [step], said)
        for memberships in found.values():
            for membership in memberships:
                if excepted := self._exception(drug, membership):
                    membership["excepted"] = excepted
        return found

    def of_class(self, group: DrugClass) -> dict[str, list[ClassMembership]]:
        """How a class, asked for as a whole, belongs to itself and to wider ones."""
        found: dict[str, list[ClassMembership]] = {group["id"]: [{"by": [], "list": None}]}
        for parent in group.get("parents", []):
            source = _parents_source(group)
            self._climb(found, parent, [self._step(parent, source)], _Said(parent, source or "", None))
        return found

    @cached_property
    def members(self) -> dict[str, list[str]]:
        """By class the ids of its members, at any depth."""
        found: dict[str, list[str]] = {}
        for drug in sorted(self._said):
            for class_id in self.of_drug(drug):
                found.setdefault(class_id, []).append(drug)
        return found

    def _climb(
        self, found: dict[str, list[ClassMembership]], class_id: str, chain: list[ClassStep], said: _Said
    ) -> None:
        """Record a class and all wider ones; of chains for one list the first is kept."""
        known = found.setdefault(class_id, [])
        if any(other["list"] == said.list for other in known):
            return
        membership: ClassMembership = {"by": chain, "list": said.list}
        if said.routes:
            membership["routes"] = list(said.routes)
        if said.together_with:
            membership["together_with"] = list(said.together_with)
        known.append(membership)
        group = self._classes.get(class_id)
        for parent in group.get("parents", []) if group else ():
            assert group is not None
            source = _parents_source(group)
            passed_on = said.replaced(list=said.list if source == said.list else None)
            self._climb(found, parent, [*chain, self._step(parent, source)], passed_on)

    def _step(self, class_id: str, source: str | None) -> ClassStep:
        group = self._classes.get(class_id)
        step: ClassStep = {"class": class_id, "name": group["name"] if group else class_id, "source": source}
        if group and "route" in group:
            step["route"] = group["route"]
        return step

    def _exception(self, drug: str, membership: ClassMembership) -> MemberExcepted | None:
        """Whether one of the classes that were passed leaves this member out of what is said of the class."""
        for step in membership["by"]:
            group = self._classes.get(step["class"])
            for item in group.get("exceptions", []) if group else ():
                if item["agent"] == drug:
                    excepted: MemberExcepted = {"drug": drug, "reason": item.get("note", "excepted")}
                    return {**excepted, "source": item["source"]} if "source" in item else excepted
        return None


def _parents_source(group: DrugClass) -> str | None:
    return group.get("parents_source") or group.get("source")


def _listings(agents: Iterable[Agent], files: Sequence[InteractionsFile]) -> dict[str, list[_Said]]:
    """By drug every class that it is said to belong to. A drug that a source files under another is in its lists where
    the other is."""
    found: dict[str, list[_Said]] = {}
    of_monograph: dict[str, str] = {}
    for agent in agents:
        id = of_monograph[agent["id"]] = agent.get("monograph", agent["id"])
        for item in agent.get("classes", []):
            source = item.get("source", "")
            found.setdefault(id, []).append(_Said(item["class"], source, source))
    for file in files:
        for listing in file.get("members", []):
            joined = {key: str(value) for key, value in listing.items() if key in ("basis", "because")}
            source, routes = listing.get("source", file["source"]), tuple(listing.get("by", ()))
            partners = tuple(listing.get("together_with", ()))
            said = _Said(listing["class"], source, file["source"], joined, routes, partners)
            for drug in listing["drugs"]:
                found.setdefault(of_monograph.get(drug, drug), []).append(said)
    for file in files:
        for filed in file.get("filed_under", []):
            held = [said for said in found.get(filed["under"], []) if said.list == file["source"]]
            as_other = {"basis": "form", "because": f"listed as {filed['under']}"}
            if held:
                found.setdefault(filed["drug"], []).extend(said.replaced(joined=as_other) for said in held)
    return found
