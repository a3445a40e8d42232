"""Which indication is meant, and which of its printed doses apply to a population and region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.answers import Note, Refusal
from monocli.engine.cited import later_notes
from monocli.engine.dosing.book import doses_for
from monocli.engine.dosing.when import Circumstances, possible
from monocli.engine.dosing.work import listed, needed
from monocli.engine.inputs import INDICATION, POPULATION, REGION
from monocli.engine.names import MAX_NAME_LENGTH, normalise, visible

if TYPE_CHECKING:
    from monocli.engine.dosing.book import DoseBook
    from monocli.records.doses import Doses, PrintedIndication
    from monocli.records.output.common import Choice

MAX_SUGGESTIONS = 5
_PUNCTUATION = str.maketrans(dict.fromkeys("()[],;/", " "))


class Names:
    """How the indication names of one drug are compared: normalised, with words that mean the same made one."""

    def __init__(self, same_words: list[list[str]]) -> None:
        self._same: list[tuple[str, list[str]]] = []
        for words in same_words:
            first, *others = (_plain(word) for word in words)
            self._same.append((first, sorted(others, key=len, reverse=True)))

    def key(self, name: str) -> str:
        """The form in which a name is compared."""
        text = f" {_plain(name)} "
        for first, others in self._same:
            for other in others:
                if other in text:
                    text = _replaced(text, other, first)
        return text.strip()

    def spelling(self, name: str) -> str:
        """The name with single words made one (spellings) and longer phrases left as they are: for suggestions only."""
        text = f" {_plain(name)} "
        for first, others in self._same:
            for other in others:
                text = text if " " in other else _replaced(text, other, first)
        return text.strip()


def _plain(name: str) -> str:
    return " ".join(normalise(name[:MAX_NAME_LENGTH]).translate(_PUNCTUATION).split())


def _replaced(text: str, old: str, new: str) -> str:
    """Every whole-word `old` in a text that begins and ends with a space; words that share a space are both met."""
    if f" {old} " not in text:
        return text
    apart = text.replace(" ", "  ").replace(f" {old.replace(' ', '  ')} ", f" {new} ")
    return f" {' '.join(apart.split())} "


def names_of(indication: PrintedIndication) -> list[str]:
    """Every name that means this indication and no other."""
    printed = [doses["printed"] for doses in indication["doses"]]
    return [indication["id"], indication["label"], *indication.get("names", []), *printed]


def find_indication(
    book: DoseBook, name: str, population: str | None, region: str | None
) -> PrintedIndication | Refusal:
    """The indication of exactly this name.

    A name for several asks which; one that only resembles is suggested, never taken.
    """
    # Ids and wordings are mostly typed as they stand here; only others need the keys of two hundred names.
    for indication in book.indications:
        if name in names_of(indication):
            return indication
    names = Names(book.same_words)
    key = names.key(name)
    for indication in book.indications:
        if key in map(names.key, names_of(indication)):
            return indication
    for group in book.ambiguous_names:
        if key in map(names.key, group["names"]):
            choices = _choices(book, group["choose"], population, region)
            message = f"{visible(name)!r} may be more than one indication. {group['question']}"
            hint = f"give one of these ids after {INDICATION}"
            others = len(group["choose"]) - len(choices)
            if others:
                where = f" in the {book.where(region)}" if region else ""
                who = book.who(population)
                hint += f"; {others} more of this name have no dose for {who}{where}"
            return needed("ambiguous-indication", INDICATION, message, hint, choices)
    for use in book.without_dose:
        if key in map(names.key, (use["id"], use["label"], *use.get("names", []))):
            detail = {"field": INDICATION, **book.cite(use)}
            return Refusal("no-dose-in-source", use["text"], notes=later_notes(use.get("later", [])), detail=detail)
    return _unknown(book, name, population, region)


def _choices(book: DoseBook, ids: list[str], population: str | None, region: str | None) -> tuple[Choice, ...]:
    """The indications among these that have a dose for the population and region; all of them where none has."""
    found = [i for i in book.indications if i["id"] in ids]
    fitting = [i for i in found if doses_for(i, population, region)]
    return tuple({"id": i["id"], "label": i["label"]} for i in fitting or found)


def _unknown(book: DoseBook, name: str, population: str | None, region: str | None) -> Refusal:
    """`unknown-indication`, with the names most like what was typed."""
    from difflib import get_close_matches

    names = Names(book.same_words)
    offers: dict[str, list[tuple[str, str]]] = {}
    for indication in book.indications:
        for known in names_of(indication):
            for form in _spelt_out(book, known):
                offers.setdefault(names.spelling(form), []).append((form, indication["id"]))
    for group in book.ambiguous_names:
        for known in group["names"]:
            for form in _spelt_out(book, known):
                ids = [c["id"] for c in _choices(book, group["choose"], population, region)]
                offers.setdefault(names.spelling(form), []).extend((form, i) for i in ids)
    typed = names.spelling(name)
    labels = {i["id"]: i["label"] for i in book.indications}
    suggestions: dict[str, Choice] = {}
    for close in get_close_matches(typed, list(offers), n=MAX_SUGGESTIONS):
        for form, indication_id in offers[close]:
            suggestions.setdefault(
                indication_id, {"id": indication_id, "label": labels[indication_id], "resembles": form}
            )
    shown = visible(name)
    message = f"{shown!r} is no indication that the source prints a dose of {book.drug} for"
    hint = f"without {INDICATION} the command lists the indications; names are taken exactly, resemblance only suggests"
    return Refusal("unknown-indication", message, hint, tuple(suggestions.values()), detail={"field": INDICATION})


def _spelt_out(book: DoseBook, name: str) -> list[str]:
    """A name, and the same with each abbreviation in it spelt out."""
    forms = [name]
    for words in book.same_words:
        if f" {words[0]} " in f" {name} ":
            forms += [f" {name} ".replace(f" {words[0]} ", f" {other} ").strip() for other in words[1:]]
    return forms


def select(book: DoseBook, indication: PrintedIndication, population: str, region: str | None) -> Doses | Refusal:
    """The doses that apply, or why there are none: for this population, or for this region."""
    of_population = doses_for(indication, population, None)
    if not of_population:
        return _no_population(book, indication, population, region)
    needs_region = all("regions" in doses for doses in of_population)
    if region is None and needs_region:
        regions = tuple(dict.fromkeys(r for doses in of_population for r in doses.get("regions", [])))
        every = tuple(r["id"] for r in book.regions)
        message = f"doses for {book.who(population)} differ by region"
        note = "" if len(regions) == len(every) else f"; this indication is printed for: {', '.join(regions)}"
        return needed("region-needed", REGION, message + note, f"add {REGION} {' or '.join(every)}", every)
    found = doses_for(indication, population, region)
    if not found:
        return _no_region(book, indication, population, region)
    return found[0]


def _no_population(book: DoseBook, indication: PrintedIndication, population: str, region: str | None) -> Refusal:
    printed_for = _printed_for(book, indication)
    message = f"no dose for {book.who(population)} is printed for {indication['label']}"
    hint = f"printed for: {printed_for}"
    others = _related(book, indication, population, region)
    if others:
        hint += f"; for {book.who(population)} there are: {', '.join(o['id'] for o in others)}"
    detail = {"field": POPULATION, **book.cite(indication["doses"][0])}
    notes = said_later(indication, population)
    return Refusal("no-dose-for-population", message, hint, others, notes=notes, detail=detail)


def _no_region(book: DoseBook, indication: PrintedIndication, population: str, region: str | None) -> Refusal:
    message = f"no dose for {book.who(population)} is printed for {indication['label']} in the {book.where(region)}"
    others = _related(book, indication, population, region)
    hint = f"printed for: {_printed_for(book, indication)}"
    if others:
        hint += f"; in this region there are: {', '.join(o['id'] for o in others)}"
    detail = {"field": REGION, **book.cite(indication["doses"][0])}
    notes = said_later(indication, population)
    return Refusal("no-dose-for-region", message, hint, others, notes=notes, detail=detail)


def said_later(indication: PrintedIndication, population: str) -> tuple[Note, ...]:
    """What a later source has for a population where nothing is printed."""
    return later_notes(possible(indication.get("later", []), Circumstances(population)))


def _related(book: DoseBook, indication: PrintedIndication, population: str, region: str | None) -> tuple[Choice, ...]:
    """Indications under the same ambiguous name as this one that do have a dose for the population and region."""
    ids = next((g["choose"] for g in book.ambiguous_names if indication["id"] in g["choose"]), [])
    found = [i for i in book.indications if i["id"] in ids and doses_for(i, population, region)]
    return tuple({"id": i["id"], "label": i["label"]} for i in found)


def _printed_for(book: DoseBook, indication: PrintedIndication) -> str:
    parts = []
    for doses in indication["doses"]:
        who = listed([book.who(p) for p in doses["populations"]])
        where = listed([book.where(r) for r in doses.get("regions", [])])
        parts.append(f"{who} ({where})" if where else who)
    return "; ".join(parts)
