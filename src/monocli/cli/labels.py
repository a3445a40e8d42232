"""mono labels: import real labels, list, show, compare and remove them."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monocli.cli import exits
from monocli.cli.guarding import guarded
from monocli.cli.wording import result_of
from monocli.library.labels.faults import PackFault
from monocli.library.places import expanded
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session

MANY = 50
MOST = 1_000_000


def import_(
    session: Session,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files, zips, or folders of them.", show_default=False)
    ],
    format: str = "table",
) -> Result:
    """Import labels: openFDA drug labels (JSON, or the zips of the bulk download) and SPL documents (XML, or the zips
    of DailyMed), and folders of these.

    They go into a file of your own ("mono labels where"), and are read from there, offline. Done again it changes
    nothing; a newer version of a label takes the place of the older, which is kept for "mono labels diff". What
    cannot be read is named, and the rest goes on. Until the import has ended, and whatever stops it, the labels are
    as they were.

    \b
    Examples:
      mono labels import drug-label-*.json.zip
      mono labels import ~/Downloads/labels dm_spl_daily_update.zip
    """
    from monocli.questions.labels import importing

    def ask() -> Result:
        with _progress(session, quiet=format == "json") as told:
            outcome = importing.import_labels(
                session.library, session.labels_path, [expanded(path) for path in paths], told or (lambda _: None)
            )
        return result_of("labels-import", outcome)

    return guarded("labels-import", ask)


def _progress(session: Session, *, quiet: bool) -> Any:
    """A bar with the time that is left, on a terminal only."""
    if quiet or not session.stderr.isatty():
        return nullcontext()
    from monocli.render.progress import of_bytes

    return of_bytes(session)


def list_(
    session: Session,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="A name, set id, NDC or application number; without it, all."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, max=MOST, help="Show so many at most; 0 for all.")] = MANY,
) -> Result:
    """The labels of a name or code, in the order in which one of them is taken, or all of them.

    Labels that bear the very name come first, then those of one substance, then the maker's own before one that another
    firm has packed anew, then NDA or BLA before ANDA before others.

    \b
    Examples:
      mono labels list imatinib
      mono labels list 0078-0649
      mono labels list --json
    """
    from monocli.questions.labels import listing

    return guarded(
        "labels-list",
        lambda: result_of("labels-list", listing.list_labels(session.library, session.labels, name, limit)),
    )


def show(
    session: Session,
    label: Annotated[str, typer.Argument(metavar="LABEL", help="A set id, NDC, application number or name.")],
    sections: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SECTION]...", help="Field, number, title, a word of it, or a question: dose, renal."),
    ] = None,
    version: Annotated[
        str | None, typer.Option("--version-held", metavar="N", help="An older version of it that is held.")
    ] = None,
) -> Result:
    """A label, or sections of it, in its own words, with its tables.

    Of several labels of a name one is taken by the order of "mono labels list", and that is said.

    \b
    Examples:
      mono labels show Gleevec dose
      mono labels show NDA021588 drug_interactions 5.1
      mono labels show 211ef2da-2868-4a77-8055-1cb2cd78e24b --json
    """
    from monocli.questions.labels import showing

    return guarded(
        "labels-show",
        lambda: result_of(
            "labels-show",
            showing.show_label(session.library, session.labels, label, sections or [], version=version),
        ),
    )


def diff(
    session: Session,
    label: Annotated[str, typer.Argument(metavar="LABEL", help="A set id, NDC, application number or name.")],
    other: Annotated[str | None, typer.Argument(metavar="[LABEL]", help="Another, to compare it with.")] = None,
) -> Result:
    """What changed in a label from the version before to the newest that is held, or from one label to another: by
    section, the words that came and went.

    \b
    Examples:
      mono labels diff Gleevec
      mono labels diff NDA021588 ANDA204285
    """
    from monocli.questions.labels import comparing

    return guarded(
        "labels-diff",
        lambda: result_of("labels-diff", comparing.diff(session.library, session.labels, label, other)),
    )


def remove(
    session: Session,
    labels: Annotated[list[str] | None, typer.Argument(metavar="[SET_ID]...", help="Set ids of labels.")] = None,
    all: Annotated[bool, typer.Option("--all", help="Remove every label, and the file.")] = False,
) -> Result:
    """Remove labels by their set ids, each with all versions of it, or all that were imported.

    \b
    Examples:
      mono labels remove 211ef2da-2868-4a77-8055-1cb2cd78e24b
      mono labels remove --all
    """
    from monocli.questions.labels import listing

    if bool(labels) == all:
        error = {"code": "usage", "message": "give set ids of labels, or --all", "hint": 'See "mono labels list".'}
        return Result("labels-remove", "error", exits.BAD_INPUT, errors=[error])

    def ask() -> Result:
        pack = None
        # All can be removed also where the file is damaged, or of a newer program.
        with suppress(PackFault) if all else nullcontext():
            pack = session.labels
        return result_of("labels-remove", listing.remove(session.labels_path, pack, labels or [], every=all))

    return guarded("labels-remove", ask)


def where(session: Session) -> Result:
    """Where the imported labels lie, how many there are, of which exports, and what the data ask to be shown with them.

    \b
    Examples:
      mono labels where
      MONO_LABELS=/srv/labels mono labels where
    """
    from monocli.questions.labels import listing

    return guarded(
        "labels-where", lambda: result_of("labels-where", listing.where(session.labels_path, session.labels))
    )


GROUP = (import_, list_, show, diff, remove, where)
"""The commands under "mono labels"."""
