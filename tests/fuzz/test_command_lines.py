"""Whole command lines, each command with all its options and anything for their values: an answer or a reason, never a
fault.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from conftest import Outcome, Run
from harmless import harmless
from monocli.cli.app import COMMANDS, load

EXAMPLES = int(os.environ.get("MONO_FUZZ_EXAMPLES", "8"))
"""For a command in a test run; more by hand, such as MONO_FUZZ_EXAMPLES=2000."""
EXITS = (0, 1, 2, 5)
"""Any but 3, a fault, and 4, for the library is sound; only "data check" may be led to a folder that is none."""
ENVELOPE = ["schema", "command", "status", "exit_code", "library", "data", "warnings", "errors"]
SHARED = {"--format", "-f", "--json", "--color", "--help", "-h"}


@pytest.fixture(autouse=True)
def somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No command line meets a file of the checkout."""
    monkeypatch.chdir(tmp_path)


def one_envelope(outcome: Outcome) -> Any:
    """The one envelope on stdout, which agrees with the process."""
    assert outcome.exit in EXITS or (outcome.exit == 4 and '"data-check"' in outcome.stdout)
    assert outcome.stderr == ""
    assert harmless(outcome.stdout)
    document = json.loads(outcome.stdout)
    assert list(document) == ENVELOPE
    assert document["exit_code"] == outcome.exit
    assert (document["status"] == "ok") == (outcome.exit == 0) or outcome.exit == 5
    assert bool(document["errors"]) == (document["status"] != "ok")
    return document


def _asks_for_help(line: list[str]) -> bool:
    return any(word in ("--help", "-h") for word in line)


@pytest.mark.long
@pytest.mark.parametrize("command", strategies.OPTIONS)
@settings(strategies.STEADY, max_examples=EXAMPLES)
@given(data=st.data())
def test_any_command_line(run: Run, command: str, data: st.DataObject) -> None:
    line = data.draw(strategies.command_lines(command))
    stdin = data.draw(
        st.sampled_from(
            ["", "imatinib\n18e6 IU\n\x1b[31m;x\n", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")]
        )
    )
    asks = _asks_for_help(line)
    first, rest = line[: command.count(" ") + 1], line[command.count(" ") + 1 :]
    with_json = run(*first, "--json", *rest, stdin=stdin)
    if not asks:
        one_envelope(with_json)
    form = data.draw(st.sampled_from(["table", "csv", "md"]))
    columns = data.draw(st.sampled_from(["20", "60", "80", "200"]))
    shown = run(*first, "--format", form, *rest, stdin=stdin, env={"COLUMNS": columns})
    assert shown.exit in EXITS or (shown.exit == 4 and command == "data check")
    assert "Traceback" not in shown.stdout + shown.stderr
    assert harmless(shown.stdout.replace("\r\n", "\n"))
    assert harmless(shown.stderr)
    if form == "table":
        assert shown.exit == with_json.exit


@settings(strategies.STEADY, max_examples=30)
@given(st.lists(strategies.words(), max_size=4))
def test_any_words_at_all(run: Run, words: list[str]) -> None:
    outcome = run(*words)
    assert outcome.exit in EXITS
    assert "Traceback" not in outcome.stderr
    assert harmless(outcome.stdout)
    assert harmless(outcome.stderr)


def _option_names(command: Any) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts if name.startswith("-")}


def test_the_strategies_know_every_option() -> None:
    held: dict[str, set[str]] = {}
    for name in COMMANDS:
        command: Any = load(name)
        for sub in getattr(command, "commands", {}):
            held[f"{name} {sub}"] = _option_names(command.commands[sub])
        if not hasattr(command, "commands"):
            held[name] = _option_names(command)
    for options in held.values():
        options -= SHARED
    assert {name: set(options) for name, options in strategies.OPTIONS.items()} == held
