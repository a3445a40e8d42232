"""docs/messages.md has every code that the program can print, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from generated_docs import DOCS, ROOT

CODE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
MAKERS = {"Refusal", "Note", "needed", "refuse_at", "_bad", "_refuse"}
"""Functions whose first argument is a code."""


def codes_in_source() -> Iterator[tuple[str, str]]:
    """(code, where) of every code written out in the source."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for value in _codes_of(node):
                if isinstance(value, ast.Constant) and isinstance(value.value, str) and CODE.fullmatch(value.value):
                    yield value.value, f"{path.name}:{value.lineno}"


def _codes_of(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in MAKERS:
            yield from node.args[:1]
            yield from (keyword.value for keyword in node.keywords if keyword.arg == "code")
        if name == "problem":
            yield from node.args[2:3]
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == "code":
                yield value


def documented() -> set[str]:
    text = (DOCS / "messages.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE)
    return {code for cell in cells for code in re.findall(r"`([a-z0-9_-]+)`", cell)}


def test_every_code_in_the_source_is_documented() -> None:
    known = documented()
    missing = {code: where for code, where in codes_in_source() if code not in known and code not in {"codes"}}
    assert not missing


def test_every_documented_code_exists() -> None:
    written = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    written += " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "data").rglob("*.yaml"))
    from_pydantic = {"missing", "extra_forbidden", "list_type"}
    gone = {code for code in documented() - from_pydantic if not re.search(rf"(?<![\w-]){code}(?![\w-])", written)}
    assert not gone
