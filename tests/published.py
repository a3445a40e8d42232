"""The published schemas of JSON output, and what else every JSON document on stdout keeps to.

`check` holds an output against docs/schemas/ with unknown keys refused, so that a key that is not documented fails.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from monocli.cli.main import wanted_format

SCHEMAS = Path(__file__).parent.parent / "docs" / "schemas"
KEYS = ["schema", "command", "status", "exit_code", "library", "data", "warnings", "errors"]
CODES = {"ok": {0, 5}, "partial": {1, 2, 5}, "refused": {1}, "error": {2, 3, 4}}
"""Exit codes that go with a status."""
INTERRUPTED = 130
NOT_AN_ANSWER = {"-h", "--help", "--version", "--show-completion", "--install-completion"}


@cache
def schema(command: str) -> Any:
    """The published schema of a command's output."""
    return json.loads((SCHEMAS / f"{command}.json").read_text(encoding="utf-8"))


@cache
def strict(command: str) -> Draft202012Validator:
    """The validator of a command's output that knows no key but those of its schema."""
    return Draft202012Validator(closed(schema(command)))


def closed(node: Any) -> Any:
    """The schema with no further keys allowed in any object whose keys it lists."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    inner = {key: closed(value) for key, value in node.items()}
    lists_keys = node.get("type") == "object" and "properties" in node
    return {**inner, "additionalProperties": False} if lists_keys else inner


def check(arguments: Sequence[str | bytes], stdout: str | bytes, code: int) -> None:
    """Hold what a command line printed against the promise, where it is JSON or had to be."""
    words = [word.decode("utf-8", "surrogateescape") if isinstance(word, bytes) else word for word in arguments]
    wanted = wanted_format(words) if asks_for_a_format(words) and not NOT_AN_ANSWER & set(words) else "table"
    text = stdout if isinstance(stdout, str) else stdout.decode("utf-8", "replace")
    if code == INTERRUPTED or (wanted not in ("json", "jsonl") and not re.match(r'\{\s*"schema": ?"mono/', text)):
        return
    documents = documents_of(text)
    if wanted == "json":
        assert len(documents) == 1, f"{len(documents)} documents"
        assert documents[0]["exit_code"] == code
    for document in documents:
        check_document(document)


def asks_for_a_format(words: list[str]) -> bool:
    """Whether a format is named once and beyond doubt: not as the value of another option ("--author --json")."""
    named = [at for at, word in enumerate(words) if word == "--json" or word.startswith(("--format", "-f"))]
    return len(named) == 1 and not (named[0] and words[named[0] - 1].startswith("-"))


def documents_of(stdout: str) -> list[Any]:
    """The one document, or that of each line."""
    try:
        return [json.loads(stdout)]
    except json.JSONDecodeError:
        return [json.loads(line) for line in stdout.split("\n") if line]


_MET: set[str] = set()
"""Outputs that were held against their schema already in this run."""


def check_document(document: Any) -> None:
    """One envelope: its keys in order, status and exit code in agreement, and everything below as the schema says."""
    assert list(document) == KEYS
    assert document["exit_code"] in CODES[document["status"]], (document["status"], document["exit_code"])
    assert document["status"] != "ok" or not document["errors"]
    assert document["status"] == "ok" or document["errors"] or "lists" in document["data"]
    cited = set(sources_of([document["data"], document["warnings"], document["errors"]]))
    assert set(document["library"]["sources"]) == cited, "library.sources are not those that the answer cites"
    text = json.dumps(document)
    if text not in _MET:
        problems = [said(problem) for problem in strict(document["command"]).iter_errors(document)]
        assert not problems, "\n".join(problems)
        _MET.add(text)


def sources_of(node: Any, key: str = "") -> Iterator[str]:
    """Every id of a source in a JSON document, under the keys that name one."""
    if isinstance(node, str):
        if key in ("source", "sources", "action_source"):
            yield node
    elif isinstance(node, list):
        for item in node:
            yield from sources_of(item, key if key == "sources" else "")
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from sources_of(value, name)


def said(problem: Any) -> str:
    """A problem with its place; of a union, what is wrong with the nearest of its records."""
    if problem.context:
        branches: dict[Any, list[Any]] = {}
        for inner in problem.context:
            branches.setdefault(inner.schema_path[0], []).append(inner)
        nearest = min(branches.values(), key=lambda found: (-max(len(e.absolute_path) for e in found), len(found)))
        return "; ".join(said(inner) for inner in nearest)
    return f"{problem.json_path}: {problem.message[:300]}"
