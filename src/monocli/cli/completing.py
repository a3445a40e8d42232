"""What the shell offers while a command is typed: names of drugs, sections and indications.

Every command loads this module, so it imports nothing that is not loaded anyway. A shell keeps only what begins with
the very characters that were typed, so an offer keeps them and goes on from there: "sti" is offered "sti-571". A name
with spaces is offered with dashes, which is the same name to us and needs no quotation marks; after an opening
quotation mark it keeps its spaces. Names with characters that mean something to a shell are not offered.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

import typer

from monocli.library.kinds import BODY, CALCULATIONS, CARDS, COUNTRIES, DOSES, FORMULA_INDEX, UNITS, Kind

if TYPE_CHECKING:
    from monocli.library.store import Library

T = TypeVar("T")
_MOST = 50
_LEAST_MEANT = 8
"""Names of this rank and beyond are meant so seldom that they are not offered."""
_SPECIAL = frozenset("\"'`$\\()[]{}<>;&|*?!#~=:\t\n")
_SHORTEST_WORD = 3


def drug_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names in the library that begin as typed; before anything is typed, the monographs."""
    library = _library(ctx)
    if library is None:
        return []
    if not incomplete:
        return library.ids(CARDS)
    from monocli.engine.names import normalise

    key = normalise(incomplete)
    found = [name for pack in library.packs for name in pack.beginning(key, _LEAST_MEANT, _MOST)] if key else []
    offers = ((name_key, _going_on(incomplete, matched["name"])) for name_key, matched in found)
    return _distinct(offer for name_key, offer in offers if offer and normalise(offer) == name_key)


def monograph_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of drugs that have a monograph."""
    library = _library(ctx)
    if library is None:
        return []
    typed = incomplete.casefold()
    return [name for name in library.ids(CARDS) if name.startswith(typed)] or drug_names(ctx, incomplete)


def substance_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Substances of which units can be converted."""
    library = _library(ctx)
    if library is None:
        return []
    held = (substance["title"] for units in library.documents(UNITS) for substance in units.get("substances", []))
    return _distinct(_going_on(incomplete, title) for title in held if title.startswith(incomplete.casefold()))


def source_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids of sources."""
    library = _library(ctx)
    typed = incomplete.casefold()
    return [id for id in library.source_ids if id.startswith(typed)] if library else []


def section_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Sections of the monograph on the line: their ids, or plain words of their titles where no id begins as typed."""
    card = _record(ctx, CARDS)
    if card is None:
        return []
    typed = incomplete.casefold()
    ids = [s["id"] for s in card["sections"] if s["id"].startswith(typed)]
    words = [word for s in card["sections"] for word in s["id"].split("-") if len(word) > _SHORTEST_WORD]
    return _distinct(_going_on(incomplete, offer) for offer in ids or words if offer.startswith(typed))


def indication_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Indications of the drug that is on the line."""
    doses = _record(ctx, DOSES)
    return _offered((indication["id"] for indication in doses["indications"]) if doses else (), incomplete)


def region_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Regions for which doses of the drug on the line are printed."""
    doses = _record(ctx, DOSES)
    return _offered((region["id"] for region in doses["regions"]) if doses else (), incomplete)


def population_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Populations for which doses of the drug on the line are printed."""
    doses = _record(ctx, DOSES)
    return _offered((population["id"] for population in doses["populations"]) if doses else (), incomplete)


def hepatic_grades(ctx: typer.Context, incomplete: str) -> list[str]:
    """Degrees of hepatic impairment for which doses of the drug on the line are printed."""
    doses = _record(ctx, DOSES)
    grades = doses["hepatic"]["grades"] if doses and "hepatic" in doses else []
    return _offered((grade["id"] for grade in grades), incomplete)


def words_of(*words: str) -> Callable[[str], list[str]]:
    """A closed list of words."""
    return lambda incomplete: [word for word in words if word.startswith(incomplete.casefold())]


def _offered(ids: Iterable[str], incomplete: str) -> list[str]:
    return _distinct(_going_on(incomplete, id) for id in ids if id.startswith(incomplete.casefold()))


def area_formulas(ctx: typer.Context, incomplete: str) -> list[str]:
    """Formulas for body surface area."""
    library = _library(ctx)
    record = library.document(BODY, "body") if library is not None else None
    offers = [formula["id"] for formula in record["area_formulas"]] if record else []
    return [offer for offer in offers if offer.startswith(incomplete.casefold())]


def formula_words(ctx: typer.Context, incomplete: str) -> list[str]:
    """Formulas and questions, then the inputs of the one that is on the line; after an input's `=` its words."""
    library = _library(ctx)
    index = library.document(FORMULA_INDEX, "all") if library is not None else None
    if library is None or index is None:
        return []
    from monocli.engine.names import normalise

    typed = [word for word in ctx.params.get("words") or ctx.args if "=" not in word and word != "-"]
    named = index["names"].get(normalise(" ".join(typed)))
    if named is None:
        ids = [entry["id"] for entry in index["formulas"]]
        return _distinct(name for name in [*index["groups"].values(), *ids] if name.startswith(incomplete.casefold()))
    formula = library.document(CALCULATIONS, named)
    given = [word.partition("=")[0] for word in ctx.params.get("words") or ctx.args if "=" in word]
    inputs = formula["inputs"] if formula else []
    return [f"{i['name']}=" for i in inputs if i["name"].startswith(incomplete) and i["name"] not in given]


def unit_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Units that can be asked for, by exact spelling."""
    library = _library(ctx)
    if library is None:
        return []
    from monocli.questions.units import registry

    return _distinct(_going_on(incomplete, u) for u in registry(library).spellings() if u.startswith(incomplete))


def country_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Countries in which brands are listed, by name: of the drug on the line, or of any."""
    library, card = _library(ctx), _record(ctx, CARDS)
    if library is None:
        return []
    cards = [card] if card else library.documents(CARDS)
    listed = {brand["country"] for one in cards for brand in one.get("brands", [])}
    names = [record["name"] for record in library.documents(COUNTRIES) if record["code"] in listed]
    typed = incomplete.casefold().replace("-", " ")
    return _distinct(_going_on(incomplete, n) for n in names if n.casefold().replace("-", " ").startswith(typed))


def _going_on(incomplete: str, name: str) -> str:
    """The name with its beginning as it was typed, and fit to stand on a command line; empty where it is not."""
    quoted = " " in incomplete
    rest = (name if quoted else "-".join(name.split()))[len(incomplete) :]
    if _SPECIAL & set(incomplete + rest) or (not rest and not incomplete[-1:].isalnum()):
        return ""
    return incomplete + rest


def _distinct(offers: Iterable[str]) -> list[str]:
    return [offer for offer in dict.fromkeys(offers) if offer]


def _library(ctx: typer.Context) -> "Library | None":
    """The session's library, or None: a shell must never be interrupted by what is wrong with it."""
    try:
        library: Library = ctx.find_root().obj.library
    except Exception:
        return None
    return library


def _record(ctx: typer.Context, kind: Kind[T]) -> T | None:
    # While the value of an option is being typed, what stands before the option is in no parameter yet.
    waiting = [word for word in ctx.args if not word.startswith("-")]
    library, name = _library(ctx), ctx.params.get("name")
    if library is None:
        return None
    from monocli.library.readings import FoundName
    from monocli.library.resolving import find

    for word in [name] if name else ctx.params.get("names") or waiting:
        drug = find(library, word, ("monograph",))
        if isinstance(drug, FoundName):
            return library.document(kind, drug.id)
    return None
