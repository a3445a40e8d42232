"""mono data: check the library's YAML, say where it lies, print its schemas."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monocli.cli.wording import result_of
from monocli.engine.answers import BAD_INPUT, Answer, Refusal
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session
    from monocli.library.places import Places

INVALID = 4


def check(
    session: Session,
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]...", help="Library folders; else those in force.")
    ] = None,
) -> Result:
    """Check every file of the library and report every problem in one run, as file:line:column, key path, what was
    expected.

    A folder that is named is checked as it would be laid over the bundled library.

    \b
    Examples:
      mono data check
      mono data check ~/my-drugs
    """
    from monocli.library import building, places
    from monocli.library.cases import problems_of_cases
    from monocli.library.errors import InvalidLibrary

    folders = [places.expanded(path) for path in paths or []]
    for folder in folders:
        if not os.path.isdir(folder):
            return result_of("data-check", Refusal("no-such-folder", f"not a folder: {folder}", kind=BAD_INPUT))
    found = session.places
    candidates = [places.Places(found.bundled, found.checkout, folder, "PATH", found.cache) for folder in folders] or [
        found
    ]
    problems, warnings, files, own = [], [], 0, 0
    for candidate in candidates:
        try:
            documents = building.load(candidate)
            warnings += documents.warnings()
            files += len(documents.items)
            own += sum(document.over for document in documents)
        except InvalidLibrary as error:
            problems += error.problems
        if candidate.user is not None:
            problems += problems_of_cases(candidate.user)
    data: dict[str, object] = {
        "problems": [p.as_json() for p in problems],
        "warnings": [w.as_json() for w in warnings],
        "files": files,
        "paths": [str(f) for f in folders] or _in_force(found),
    }
    if any(candidate.user for candidate in candidates):
        data["own_files"] = own
    if problems:
        count = len(problems)
        message = f"{count} problem{'s' if count != 1 else ''} in the library data"
        return Result("data-check", "error", INVALID, data, [], [{"code": "invalid-library", "message": message}])
    return result_of("data-check", Answer(data))


def _in_force(found: Places) -> list[str]:
    return [str(place) for place in (found.bundled, found.checkout, found.user) if place is not None]


def where(session: Session) -> Result:
    """Every path in force: the bundled library or the checkout, the user's own folder, the compiled library and
    whether it is fresh.

    \b
    Examples:
      mono data where
      MONO_LIBRARY=~/my-drugs mono data where
    """
    from monocli.library import opening, places
    from monocli.library.fingerprints import cache_path

    found = session.places
    entries = [
        {
            "what": "bundled",
            "path": str(found.bundled or ""),
            "exists": bool(found.bundled and found.bundled.is_file()),
        },
        {"what": "checkout", "path": str(found.checkout or ""), "exists": bool(found.checkout)},
        {
            "what": "user",
            "path": str(found.user or places.user_data_folder(session.environ)),
            "exists": bool(found.user and os.path.isdir(found.user)),
            "from": found.user_from,
        },
    ]
    compiled = (
        found.bundled
        if found.user is None and found.bundled
        else cache_path(found, "user" if found.user else "library")
    )
    entries.append(
        {
            "what": "compiled",
            "path": str(compiled or ""),
            "exists": bool(compiled and os.path.isfile(compiled)),
            "fresh": opening.is_fresh(found),
        }
    )
    return result_of("data-where", Answer({"places": [entry for entry in entries if entry["path"]]}))


def schema(
    session: Session,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Such as monographs or output-lookup; without it, the list."),
    ] = None,
) -> Result:
    """The JSON Schema of each form of library file, and of what each command prints as JSON.

    \b
    Examples:
      mono data schema
      mono data schema monographs --json
      mono data schema output-dose > dose.schema.json
    """
    from monocli.library import formats, outputs

    files = {formats.schema_name(pattern): (pattern, record) for pattern, record in formats.FORMATS}
    commands = {outputs.output_name(command): command for command in outputs.OUTPUTS}
    if name is None:
        listed = [{"name": key, "files": pattern} for key, (pattern, _) in files.items()]
        listed += [{"name": key, "command": command} for key, command in commands.items()]
        return result_of("data-schema", Answer({"schemas": listed}))
    if name in files:
        pattern, record = files[name]
        found = {"name": name, "files": pattern, "schema": formats.json_schema(record)}
        return result_of("data-schema", Answer(found))
    if name in commands:
        found = {"name": name, "command": commands[name], "schema": outputs.json_schema(commands[name])}
        return result_of("data-schema", Answer(found))
    message, known = f"there is no schema {name!r}", (*files, *commands)
    return result_of("data-schema", Refusal("unknown-schema", message, suggestions=known, kind=BAD_INPUT))


GROUP = (check, where, schema)
"""The commands under "mono data"."""
