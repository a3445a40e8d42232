"""docs/schemas/ has the schema of every command's output as the program would make it now."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from generated_docs import DOCS, build
from monocli.cli.app import BELOW, COMMANDS
from monocli.library.outputs import OUTPUTS

SCHEMAS = DOCS / "schemas"
COUNTS = {
    "exit_code", "total", "score", "number", "reference", "references", "times_daily", "count", "matches",
    "entry", "rules", "roles", "by_content", "by_volume", "every_hours",
    "files", "own_files", "line", "column", "position", "members", "pairs",
    "read", "new", "newer", "older", "same", "passed_over", "labels", "versions", "bytes", "others", "all",
    "header_rows", "figures_missing",
}  # fmt: skip
"""What is a plain number in JSON: counts and positions. Everything else is text with its unit."""


def published(command: str) -> Any:
    return json.loads((SCHEMAS / f"{command}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("command", OUTPUTS)
def test_current(command: str) -> None:
    path = SCHEMAS / f"{command}.json"
    assert path.read_text(encoding="utf-8") == build().schema(command), "run: python docs/build.py"


def test_no_other_file_lies_there() -> None:
    assert {path.name for path in SCHEMAS.iterdir()} == {f"{command}.json" for command in OUTPUTS}


def test_every_command_has_one() -> None:
    below = {f"{command}-{name}" for command, names in BELOW.items() for name in names}
    assert set(OUTPUTS) == {*COMMANDS, *below, "mono"}


@pytest.mark.parametrize("command", OUTPUTS)
def test_a_schema_names_itself_and_takes_further_keys(command: str) -> None:
    schema = published(command)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == schema["properties"]["schema"]["const"] == f"mono/{command}/1"
    assert schema["properties"]["command"] == {"const": command}
    assert not [node for node in nodes(schema) if node.get("additionalProperties") is False]


@pytest.mark.parametrize("command", OUTPUTS)
def test_only_counts_are_numbers(command: str) -> None:
    schema = published(command)
    assert not [node for node in nodes(schema) if node.get("type") == "number"]
    numbers = {
        key
        for node in nodes(schema)
        for key, value in node.get("properties", {}).items()
        if any(inner.get("type") == "integer" for inner in nodes(value))
    }
    assert numbers <= COUNTS, numbers - COUNTS


@pytest.mark.parametrize("command", [command for command, records in OUTPUTS.items() if records])
def test_the_page_and_the_schema_speak_of_the_same_keys(command: str) -> None:
    """docs/json.md names every key of `data`, and marks none as optional, null or a list that no record has."""
    schema = published(command)
    sections = {part.split("\n", 1)[0]: part for part in (DOCS / "json.md").read_text(encoding="utf-8").split("\n### ")}
    group = {
        "data": "data check, data where, data schema",
        "labels": "labels import, labels list, labels show, labels diff, labels remove, labels where",
    }
    prefix = command.partition("-")[0]
    text = sections[group.get(prefix, command)]
    branches = [branch.get("$ref", "").rpartition("/")[2] for branch in nodes(schema["properties"]["data"])]
    keys = {key for name in branches if name for key in schema["$defs"][name]["properties"]}
    assert keys <= set(re.findall(r"[a-z_]+", text)), keys - set(re.findall(r"[a-z_]+", text))
    commands = [name for name in OUTPUTS if name.startswith(f"{prefix}-")] if prefix in group else [command]
    known = {key for name in commands for node in nodes(published(name)) for key in node.get("properties", {})}
    blocks = "\n".join(re.findall(r"```\n(.*?)```", text, re.DOTALL))
    assert set(re.findall(r"([a-z_]+)(?:\[\]|\?|\|null)", blocks)) <= known


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    """Every object of a schema, at any depth."""
    if isinstance(schema, dict):
        yield schema
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    for value in inner:
        yield from nodes(value)
