"""mono search: full text over statements, names, brands and literature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from monocli.cli.completing import monograph_names
from monocli.cli.finding import find_monograph
from monocli.cli.wording import result_of
from monocli.engine.answers import BAD_INPUT, Answer, Note, Refusal
from monocli.engine.inputs import ask
from monocli.engine.names import normalise, visible
from monocli.library.resolving import find as find_name
from monocli.library.searching import MOST_WORDS
from monocli.library.searching import search as find
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session

MANY = 50
MOST_HITS = 1_000_000
KINDS = ("statement", "reference", "section", "name", "identifier", "brand")


def search(
    session: Session,
    text: Annotated[list[str], typer.Argument(metavar="TEXT...", help="Words that must all stand in the passage.")],
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help=f"Only passages of this kind: {', '.join(KINDS)}.")
    ] = None,
    within: Annotated[
        str | None,
        typer.Option("--in", metavar="NAME", help="Only this drug's monograph.", autocompletion=monograph_names),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=0, max=MOST_HITS, help="Show so many hits at most; 0 for all.")
    ] = MANY,
) -> Result:
    """Passages that hold all the words: in statements, section titles, literature, names, numbers and brands.

    Accents, case, apostrophes, Greek letters, UK or US spelling and plurals make no difference: "edema" finds oedema,
    "Martinez" finds Martínez, "fatal" finds fatalities.

    \b
    Examples:
      mono search splenic rupture
      mono search edema --in imatinib
      mono search Novartis --kind reference
    """
    wrong = [k for k in kind or [] if k not in KINDS]
    if wrong:
        raise typer.BadParameter(f"{visible(wrong[0])!r} is not one of {', '.join(KINDS)}.", param_hint="'--kind'")
    if not any(character.isalnum() for part in text for character in part):
        message = f"there is no word in {visible(' '.join(text))!r} to search for"
        refusal = Refusal("empty-query", message, hint="Write one or more words.", kind=BAD_INPUT)
        return result_of("search", refusal)
    if len(set(" ".join(text).split())) > MOST_WORDS:
        message = f"more than {MOST_WORDS} different words"
        return result_of("search", Refusal("query-too-long", message, hint="Search for fewer words.", kind=BAD_INPUT))
    monograph = None
    if within is not None:
        found = find_monograph(session, within)
        if isinstance(found, Refusal):
            return result_of("search", found)
        monograph = found["id"]
    data = find(session.library, text, kinds=kind or [], monograph=monograph, limit=limit or None)
    if not data["total"]:
        message = f"nothing in the library holds all of these words: {visible(data['query'])!r}"
        return result_of("search", _nothing(session, text, message, data))
    shown = len(data["hits"])
    notes: tuple[Note, ...] = ()
    if shown < data["total"]:
        notes = (Note("more-hits", f"{shown} of {data['total']} hits are shown; --limit 0 shows all"),)
    return result_of("search", Answer(data, notes))


def _nothing(session: Session, text: list[str], message: str, data: dict[str, Any]) -> Refusal:
    """No hit; where a word is another name of a drug (rifampin), the name that the library writes is suggested."""
    words = [" ".join(text), *(word for part in text for word in part.split())]
    found = [row for word in dict.fromkeys(words[:MOST_WORDS]) if (row := find_name(session.library, word)) is not None]
    typed = set(map(normalise, words))
    titles = [row[2] for row in found if normalise(row[2]) not in typed]
    partners = list(dict.fromkeys(row[1] for row in found if row[0] != "monograph"))
    if partners:
        known = " and ".join(f'"{ask("interactions")} {id}"' for id in partners)
        hint = f"This searches monographs. What is recorded of interactions: {known}."
    else:
        hint = "The library writes these names differently." if titles else "Try fewer or other words."
    return Refusal("nothing-found", message, hint=hint, suggestions=tuple(dict.fromkeys(titles)), data=data)
