"""mono help: topics, commands, and their drawing at any width."""

from __future__ import annotations

import io
import re

import pytest

from conftest import Run
from monocli.cli.help_topics import TOPICS, docs_folder
from monocli.cli.main import run
from monocli.cli.session import Session


def mono(*arguments: str, columns: str = "80") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = run(list(arguments), Session({"COLUMNS": columns}, io.StringIO(), out, err))
    return code, out.getvalue(), err.getvalue()


def letters(text: str) -> str:
    return re.sub(r"\W+", " ", text)


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("columns", ["60", "80", "200"])
def test_a_topic_folds_and_loses_no_word(topic: str, columns: str) -> None:
    code, shown, problems = mono("help", topic, columns=columns)
    assert (code, problems) == (0, "")
    assert max(map(len, shown.splitlines())) <= int(columns)
    page = (docs_folder() / TOPICS[topic][0]).read_text(encoding="utf-8")
    links_fences_and_long_codes = re.compile(r"\]\([^)]*\)|^```\w*|`[^`\s]{19,}`", re.MULTILINE)
    words = set(letters(links_fences_and_long_codes.sub("]", page)).split())
    assert not words - set(letters(shown).split())


def test_every_command_has_help_under_help() -> None:
    code, shown, _ = mono("help", "lookup")
    assert code == 0
    assert shown.startswith("Usage: mono lookup")
    assert "-h, --help" in shown
    assert mono("help", "data", "check")[1].startswith("Usage: mono data check")


def test_the_list_has_topics_and_commands() -> None:
    code, shown, _ = mono("help")
    assert code == 0
    assert all(word in shown for word in (*TOPICS, "lookup", "compat"))


def test_json(run: Run) -> None:
    outcome = run("help", "exit-codes", "--json")
    assert (outcome.exit, outcome.stderr) == (0, "")
    assert outcome.json["schema"] == "mono/help/1"
    assert outcome.data["topic"] == "exit-codes"
    assert outcome.data["text"].startswith("# Exit codes")
    command = run("help", "units", "--json").data
    assert (command["kind"], command["topic"]) == ("command", "units")


@pytest.mark.parametrize(
    ("typed", "meant"), [("exit", "exit-codes"), ("lokup", "lookup"), ("safty", "safety"), ("Exit Codes", "")]
)
def test_an_unknown_topic_suggests(typed: str, meant: str) -> None:
    code, shown, problems = mono("help", typed)
    if not meant:
        assert (code, problems) == (0, "")
        return
    assert (code, shown) == (1, "")
    assert "unknown-topic" in problems
    assert meant in problems


def test_other_formats() -> None:
    assert mono("help", "safety", "--format", "md")[1].startswith("# Safety")
    assert mono("help", "--format", "csv")[1].startswith("kind,name,about")
