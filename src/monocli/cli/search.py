"""mono search: full text over statements, names, brands and literature."""

from typing import TYPE_CHECKING, Annotated

import typer

from monocli.cli.completing import monograph_names, words_of
from monocli.cli.guarding import guarded
from monocli.cli.wording import result_of
from monocli.engine.names import visible
from monocli.questions import search as question
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session

MANY = 50
MOST_HITS = 1_000_000
LABELS = "labels"
"""What --in names instead of a drug."""
KINDS = ("statement", "reference", "section", "name", "identifier", "brand")


def search(
    session: "Session",
    text: Annotated[list[str], typer.Argument(metavar="TEXT...", help="Words that must all stand in the passage.")],
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind", help=f"Only passages of this kind: {', '.join(KINDS)}.", autocompletion=words_of(*KINDS)
        ),
    ] = None,
    within: Annotated[
        str | None,
        typer.Option(
            "--in",
            metavar="NAME",
            help='Only this drug\'s monograph; "labels": the imported labels.',
            autocompletion=monograph_names,
        ),
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
      mono search --in labels orange precipitate
    """
    if within == LABELS:
        from monocli.questions.labels.searching import search_labels

        if kind:
            raise typer.BadParameter(
                "parts the passages of monographs; labels have none of these.", param_hint="'--kind'"
            )
        return guarded(
            "search", lambda: result_of("search", search_labels(session.library, session.labels, text, limit))
        )
    wrong = [k for k in kind or [] if k not in KINDS]
    if wrong:
        raise typer.BadParameter(f"{visible(wrong[0])!r} is not one of {', '.join(KINDS)}.", param_hint="'--kind'")
    return result_of("search", question.search(session.library, text, kind or [], within, limit))
