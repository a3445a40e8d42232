"""What JSON says stands in the opened table and in Markdown; CSV leaves out what docs/csv.md declares, and no more."""

from __future__ import annotations

import csv
import io
import re
import shlex
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import agreeing
from conftest import Run
from monocli.cli.app import DETAILED, SHEETS
from monocli.library.store import Library

DECLARED = Path(__file__).parent.parent.parent / "docs" / "csv.md"
WIDE = {"COLUMNS": "5000"}
NOT_PROSE = {
    "a code, an id or a place in a file, which people read as a name, a title or a heading": (
        "id kind code lines rule by monograph status agent between affected drug not_recorded class treatment section "
        "within"
    ),
    "a number of the search itself": "matches score total",
    "set out another way: a verdict in capitals, yes and no as a sentence": (
        "verdict applies bearing direction evidence"
    ),
}
"""Keys that stand in JSON for programs, by the reason why no text need show them."""
ELSEWHERE = {
    "lookup results.monograph.sections.title": "the first ten are named, the rest are counted, and show has all",
    "lookup results.monograph.brands.as_printed": "countries are named in full; brands has them as printed",
    "lookup results.monograph.brands.country": "countries are named in full",
    "lookup results.monograph.brands.also": "in brands",
    "lookup results.monograph.names.kind": "names that are spelt alike stand together",
    "interactions drugs.matched.countries": "in lookup",
    "interactions drugs.matched.note": "in lookup",
    "interactions roles.enzyme": "the enzyme of a transporter's role is in its sentence",
    "interactions interactions.roles.enzyme": "the role is told in the statement",
    "interactions partners.members": "a class is named; lookup has its members",
    "dose regimens.schedules.tablets.with_half.difference_percent": "two digits in the sentence beside it",
    "dose regimens.schedules.tablets.difference_percent": "two digits in the sentence beside it",
    "lookup results.agent.classes": "the classes are named, and those beyond a few are counted",
    "dose indications.label": "the disease stands once, above its stages and forms",
    "dose regimens.scaled.by": "told by the area or the weight that is shown",
    "calc group": "the title of the group heads its formulas",
    "calc calculations.formula": "named by its name",
    "calc not_worked_out.formula": "named by its name",
    "dose exclusions.met": "a sentence, where a fact was given that decides it",
    "dose exclusions.conditions": "the text of the rule",
    "dose regimens.preparation.lines.what": "a remark has no name of its own",
    "dose regimens.preparation.mass.exact": "six digits in the work",
    "dose regimens.preparation.concentration.by_bag.exact": "six digits in the line",
    "units query": "the quantity that was read stands in its place",
    "show sections.statements.effects.effect": "the statement tells it; --by lists it as a term",
    "show sections.sections.statements.effects.effect": "the statement tells it; --by lists it as a term",
    "data files": "one file pattern a line",
    "data paths": "in data where",
    "show groups.effects.system": "one order at a time, as --by asks",
    "show sections.sections.statements.effects.system": "in the order that --by asks",
    "show sections.statements.effects.system": "in the order that --by asks",
    "help topics.about": "in the list of topics: help",
    "help topics.topic": "in the list of topics: help",
    "help topics.file": "a file of the documentation",
    "help text": "the text is laid out",
}
"""What a page leaves to another, by the reason."""


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each text and number of a JSON answer with its keys; what is null, yes or no stands in sentences."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    elif value is not None and not isinstance(value, bool) and str(value).strip():
        yield path, str(value)


def folded(text: str) -> str:
    """Without space, markup and case."""
    return re.sub(r"\\|\*\*|[«»`]|<br>|\s", "", text).casefold()


BY_ITSELF = ("beside", "other_sources", "from_sources")
"""Other sources of doses: the page says what differs, and --source gives the whole answer of each."""


def lost(said: Any, shown: str, allowed: set[str], command: str) -> set[str]:
    """What JSON says and the text does not."""
    text = folded(shown)
    return {
        f"{command} {path}: {value}"
        for path, value in leaves(said)
        if f"{command} {path}" not in allowed and path.split(".")[0] not in BY_ITSELF and folded(value) not in text
    }


def prose(said: Any, command: str) -> set[str]:
    """The keys of an answer that no page need show."""
    keys = set(" ".join(NOT_PROSE.values()).split())
    return {f"{command} {path}" for path, _ in leaves(said) if path.split(".")[-1] in keys} | set(ELSEWHERE)


def opened(run: Run, argv: list[str]) -> str:
    """The table with every option that opens more of it."""
    for option in ("--explain", "--all", "--details"):
        if argv[0] in {*DETAILED, "show"}:
            more = run(*argv, option, env=WIDE)
            argv = argv if "No such option" in more.stderr else [*argv, option]
    outcome = run(*argv, env=WIDE)
    return outcome.stdout + outcome.stderr


def command_lines(library: Library) -> Iterator[list[str]]:
    yield from map(shlex.split, agreeing.FIXED)
    yield from agreeing.drawn(library, seed=9, count=12)


def test_every_command_with_details_or_a_sheet_is_among_them() -> None:
    asked = {shlex.split(line)[0] for line in agreeing.FIXED}
    assert {*DETAILED, *SHEETS} <= asked


def test_table_and_markdown_say_all_that_json_says(run: Run, library: Library) -> None:
    missing: dict[str, str] = {}
    for argv in command_lines(library):
        answer = run(*argv, "--json").json
        if not answer["data"] or "schema" in argv:
            continue
        said = {**answer["data"], "warnings": [{"message": w["message"]} for w in answer["warnings"]]}
        allowed = prose(said, argv[0])
        markdown = run(*argv, "--format", "md")
        pages = {"table": opened(run, argv), "md": markdown.stdout + markdown.stderr}
        if argv[0] in SHEETS:
            sheet = run(*argv, "--format", "html")
            pages["html"] = unescape(re.sub("<[^>]+>", "", sheet.stdout)) + sheet.stderr
        for name, page in pages.items():
            for what in lost(said, page, allowed, argv[0]):
                missing.setdefault(f"{name} {what.split(':')[0]}", f"{what} <- {shlex.join(argv)}")
            assert (
                name == "html"
                or page.count("[FATAL]") + page.count("\\[FATAL]") >= len(fatal(answer["data"]))
                or "--by" in argv
            ), argv
    assert not missing, "\n".join(missing.values())


def fatal(said: Any) -> list[str]:
    """The marks of death of the statements of a shown monograph."""
    return [path for path, _ in leaves(said) if path.endswith("statements.fatal")]


def declared() -> dict[str, tuple[list[str], set[str]]]:
    """From docs/csv.md: of each command its columns, and the keys of JSON that it leaves out."""
    found = {}
    for part in DECLARED.read_text(encoding="utf-8").split("\n## ")[1:]:
        columns, _, left_out = part.partition("Left out:")
        found[part.split("\n")[0]] = (re.findall(r"`(\w+)`", columns), set(re.findall(r"`([\w.]+)`", left_out)))
    return found


@pytest.mark.parametrize("command", list(declared()))
def test_csv_leaves_out_what_is_declared_and_no_more(run: Run, library: Library, command: str) -> None:
    columns, left_out = declared()[command]
    missing: dict[str, str] = {}
    for argv in command_lines(library):
        if argv[0] != command or not (answer := run(*argv, "--json").json)["data"]:
            continue
        outcome = run(*argv, "--format", "csv")
        header = next(csv.reader(io.StringIO(outcome.stdout)))
        assert set(header) <= set(columns), argv
        said = {**answer["data"], "warnings": [{"message": w["message"]} for w in answer["warnings"]]}
        allowed = {f"{command} {path}" for path, _ in leaves(said) if belongs(path, left_out)}
        for what in lost(said, (outcome.stdout + outcome.stderr).replace('""', '"'), allowed, command):
            missing.setdefault(what.split(":")[0], f"{what} <- {shlex.join(argv)}")
    assert not missing, "\n".join(missing.values())


def belongs(path: str, left_out: set[str]) -> bool:
    """Whether a path is declared as left out, itself or with what it is part of."""
    parts = path.split(".")
    return any(".".join(parts[: i + 1]) in left_out for i in range(len(parts)))
