"""FHIR resources as a medication list: MedicationRequest, MedicationStatement and MedicationAdministration, each with
the Medication that it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monocli.engine.answers import Refusal
from monocli.engine.names import normalise, visible
from monocli.questions.lists.entries import (
    TAKEN,
    Code,
    Entry,
    ListFile,
    MedicationList,
    Naming,
    Standing,
    Words,
    by_owner,
)
from monocli.questions.lists.json_text import Json, items, mapping, words

if TYPE_CHECKING:
    from monocli.records.output.interactions import Origin

COURSES = ("MedicationRequest", "MedicationStatement", "MedicationAdministration")
"""What the list is made of. A Medication is a drug, and no entry by itself; what was dispensed is no list."""
_GIVEN = "MedicationAdministration"
_DEEPEST = 8
"""How many bundles may stand in one another, and references lead to references."""


@dataclass(slots=True)
class _Resources:
    """The resources of a file, and by which references they are found."""

    courses: list[dict[str, Json]] = field(default_factory=list)
    by_reference: dict[str, dict[str, Json]] = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)
    """How many of every other kind there are."""

    def add(self, value: Json, url: str | None = None, depth: int = 0) -> None:
        """One resource, or all of a bundle."""
        resource = mapping(value)
        kind, id = words(resource.get("resourceType")), words(resource.get("id"))
        if kind == "Bundle" and depth < _DEEPEST:
            for entry in map(mapping, items(resource.get("entry"))):
                self.add(entry.get("resource"), words(entry.get("fullUrl")), depth + 1)
            return
        for reference in (url, f"{kind}/{id}" if kind and id else None):
            if reference:
                self.by_reference.setdefault(reference, resource)
        if kind in COURSES:
            self.courses.append(resource)
        elif kind not in ("Medication", "Substance"):
            name = kind or "unknown"
            self.others[name] = self.others.get(name, 0) + 1


def read_fhir(documents: Iterable[Json], known: Words, *, by_subject: bool) -> ListFile | Refusal:
    """The list of a bundle or a resource; with `by_subject` (a file of single resources) one for each patient."""
    resources = _Resources()
    for document in documents:
        resources.add(document)
    if not resources.courses:
        held = ", ".join(f"{count} {visible(kind, 40)}" for kind, count in list(resources.others.items())[:8])
        message = f"no {', '.join(COURSES[:-1])} or {COURSES[-1]} among what was read"
        return Refusal("no-names", message, hint=f"It holds: {held}." if held else None)
    reader = _CourseReader(resources, known)
    entries = [reader.entry(course, number) for number, course in enumerate(resources.courses, 1)]
    owners = {entry.owner for entry in entries if entry.owner}
    what = "FHIR resources" if by_subject else "FHIR"
    read_as = f"{what}: an entry is a {', '.join(dict.fromkeys(entry.origin['resource'] for entry in entries))}"
    if resources.others:
        read_as += f"; not read: {', '.join(visible(kind, 40) for kind in list(resources.others)[:8])}"
    if by_subject and len(owners) > 1:
        return ListFile(f"{read_as}; a list for each patient", tuple(by_owner(entries)))
    several = f"the entries name {len(owners)} patients, and are checked as one list: {_some(sorted(owners))}"
    return ListFile(read_as, (MedicationList(None, 1, tuple(entries), (several,) if len(owners) > 1 else ()),))


def _some(texts: list[str]) -> str:
    shown = ", ".join(visible(text, 60) for text in texts[:4])
    return f"{shown} …" if len(texts) > 4 else shown


class _CourseReader:
    """Reads courses, with the Medications that they refer to."""

    def __init__(self, resources: _Resources, known: Words) -> None:
        self._resources, self._known = resources, known

    def entry(self, course: dict[str, Json], number: int) -> Entry:
        """One course. Whatever is of the wrong type in it counts as not there."""
        kind = str(course["resourceType"])
        origin: Origin = {"entry": number, "resource": kind}
        if id := words(course.get("id")):
            origin["id"] = visible(id, 100)
        medication = mapping(course.get("medication"))  # where R5 has it
        concept = mapping(course.get("medicationCodeableConcept") or medication.get("concept"))
        reference = mapping(course.get("medicationReference") or medication.get("reference"))
        display, unread = words(reference.get("display")), None
        parts: tuple[Naming, ...] = ()
        routes = self._routes(course)
        naming = self._naming(concept)
        absence = self._absence(concept)
        if reference and not concept:
            found = self._referred(reference, course)
            if found is not None:
                naming, parts = self._naming(mapping(found.get("code"))), self._parts(found, course)
                routes += self._texts(mapping(found.get("form")))
                absence = self._absence(mapping(found.get("code")))
            else:
                naming = Naming(self._identifier(reference))
                unread = None if naming.codes else _outside(reference, display)
            if display and (found is None or not (naming.codes or naming.texts or parts)):
                naming = Naming(naming.codes, (*naming.texts, display))
        if unread is None and not (naming.codes or naming.texts or parts or absence):
            unread = "it names no medicine, neither by a code nor in words"
        owner = words(mapping(course.get("subject")).get("reference"))
        standing = self._standing(course, kind)
        return Entry(origin, naming, standing, parts, tuple(routes), unread, absence, owner)

    def _naming(self, concept: dict[str, Json]) -> Naming:
        """The codes of a concept that lead to a substance, its text, and what its codes are shown as."""
        codings = [mapping(coding) for coding in items(concept.get("coding"))]
        codes = [code for coding in codings if (code := self._code(coding)) is not None]
        texts = [words(concept.get("text")), *(words(coding.get("display")) for coding in codings)]
        return Naming(tuple(dict.fromkeys(codes)), tuple(dict.fromkeys(text for text in texts if text)))

    def _code(self, coding: dict[str, Json]) -> Code | None:
        system = self._known.by_uri.get(words(coding.get("system")) or "")
        value = words(coding.get("code") or coding.get("value"))
        return self._known.code(system["system"], value) if system and value else None

    def _absence(self, concept: dict[str, Json]) -> str | None:
        for coding in map(mapping, items(concept.get("coding"))):
            if says := self._known.absence(words(coding.get("system")), words(coding.get("code")) or ""):
                return says
        return None

    def _identifier(self, reference: dict[str, Json]) -> tuple[Code, ...]:
        """The number that a reference gives instead of a place."""
        code = self._code(mapping(reference.get("identifier")))
        return (code,) if code else ()

    def _referred(self, reference: dict[str, Json], course: dict[str, Json]) -> dict[str, Json] | None:
        """What a reference leads to, inside the resource or the file; None where it leads out of it."""
        target = (words(reference.get("reference")) or "").split("/_history/")[0]
        if target.startswith("#"):
            contained = [mapping(held) for held in items(course.get("contained"))]
            return next((held for held in contained if words(held.get("id")) == target[1:]), None)
        found = self._resources.by_reference.get(target) if target else None
        return found if found is not None and found.get("resourceType") in ("Medication", "Substance") else None

    def _parts(self, medication: dict[str, Json], course: dict[str, Json], depth: int = 0) -> tuple[Naming, ...]:
        """The active ingredients."""
        parts: list[Naming] = []
        for ingredient in map(mapping, items(medication.get("ingredient"))):
            if ingredient.get("isActive") is False:
                continue
            item = mapping(ingredient.get("item"))  # where R5 has it
            concept = mapping(ingredient.get("itemCodeableConcept") or item.get("concept"))
            reference = mapping(ingredient.get("itemReference") or item.get("reference"))
            if reference and not concept and depth < _DEEPEST:
                found = self._referred(reference, course)
                concept = mapping(found.get("code")) if found else {"text": reference.get("display")}
                if found and not concept:
                    parts += self._parts(found, course, depth + 1)
                    continue
            parts.append(self._naming(concept))
        return tuple(parts)

    def _routes(self, course: dict[str, Json]) -> list[str]:
        """What dosages say of the route."""
        dosages = [*items(course.get("dosageInstruction")), *items(course.get("dosage"))]
        return [text for dosage in map(mapping, dosages) for text in self._texts(mapping(dosage.get("route")))]

    def _texts(self, concept: dict[str, Json]) -> list[str]:
        return list(self._naming(concept).texts)

    def _standing(self, course: dict[str, Json], kind: str) -> Standing:
        """Whether it is taken: what says that it is not outweighs what says that it is."""
        forbidden = course.get("doNotPerform")
        if forbidden is not None and forbidden is not False:
            if forbidden is True:
                return Standing("no", "not to be given (doNotPerform)")
            return Standing("unknown", "doNotPerform is neither true nor false, so that it may be forbidden")
        intent = words(course.get("intent"))
        if intent and (said := self._known.intents.get(normalise(intent))):
            return said
        status = words(course.get("status"))
        if status is None:
            return Standing("unknown", "no status is given")
        standing = self._known.statuses.get(normalise(status))
        if standing is None:
            return Standing("unknown", f"the status {visible(status, 60)!r} is not known")
        if kind == _GIVEN and standing.taken == "ended":
            return Standing("given", "a dose was given; whether it goes on is not told")
        return TAKEN if standing.taken == "yes" else standing


def _outside(reference: dict[str, Json], display: str | None) -> str:
    target = words(reference.get("reference"))
    if not target:
        return f"the reference leads nowhere{', only its display names it' if display else ''}"
    return f"the reference {visible(target, 100)!r} leads to no Medication in the file"
