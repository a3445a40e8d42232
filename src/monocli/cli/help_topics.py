"""mono help: the pages of docs/ in the terminal, and the help of each command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monocli.cli.wording import result_of
from monocli.engine.answers import Answer, Refusal
from monocli.engine.names import normalise, visible
from monocli.library.spelling import near_spellings
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session
    from monocli.records.output.helping import CommandListed, Help, Topic

TOPICS = {
    "exit-codes": ("exit-codes.md", "what each exit code means, and how a script uses it"),
    "json": ("json.md", "the envelope, numbers, and what each command gives"),
    "environment": ("environment.md", "variables, and where files lie"),
    "safety": ("safety.md", "what the program does and does not do; read this first"),
    "data": ("data-format.md", "every file of the library, and how to add your own"),
    "lists": ("lists.md", "medication lists from files: text, tables, FHIR"),
    "labels": ("labels.md", "labels of your own: import, show, search, compare"),
    "dose-data": ("dose-data.md", "how to write doses"),
    "interaction-data": ("interaction-data.md", "how to write interactions, classes and mixtures"),
    "unit-data": ("units.md", "how numbers and units are read, and how to write units"),
    "formula-data": ("formulas.md", "how to write clinical formulas and measures"),
    "messages": ("messages.md", "every error and warning code, and what to do"),
    "design": ("design.md", "how the program is built"),
}
"""Topic → (file in docs/, what it is about). The same files are the documentation of the repository."""
_WIDTH = 80


def topic_names(incomplete: str) -> list[str]:
    """Topics and commands that begin as typed, for the shell."""
    from monocli.cli.app import COMMANDS

    return [name for name in dict.fromkeys((*TOPICS, *COMMANDS)) if name.startswith(incomplete.casefold())]


def help_topic(
    session: Session,
    topic: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC]", help="A topic or a command; without it, the list of both.", autocompletion=topic_names
        ),
    ] = None,
    format: str = "table",
) -> Result:
    """Explain a topic or a command; without one, list both.

    \b
    Examples:
      mono help
      mono help safety
      mono help exit-codes
      mono help lookup
    """
    words = [normalise(word) for word in topic or []]
    if not any(words):
        return result_of("help", Answer(_index()))
    name = "-".join(" ".join(words).split())
    if name in TOPICS:
        return result_of("help", _topic(name))
    width = None if format == "table" else _WIDTH
    text = _command_help(" ".join(words).split(), width)
    if text is not None:
        return result_of("help", Answer({"topic": " ".join(words), "kind": "command", "text": text}))
    return result_of("help", _unknown(" ".join(topic or [])))


def docs_folder() -> Path:
    """Where the pages lie: in the package of an installation, in docs/ of a checkout."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "_docs"
    return shipped if shipped.is_dir() else package.parent.parent / "docs"


def _topic(name: str) -> Answer[Help] | Refusal:
    path = docs_folder() / TOPICS[name][0]
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        message = f"the page of this topic cannot be read: {path}: {error.strerror}"
        return Refusal("help-missing", message, hint="Install mono again.")
    return Answer({"topic": name, "kind": "topic", "text": text, "topics": _topics()})


def _topics() -> list[Topic]:
    return [{"topic": name, "file": file, "about": about} for name, (file, about) in TOPICS.items()]


def _index() -> Help:
    """Topics and commands, as data and as text."""
    from monocli.cli.app import ABOUT

    topics = _topics()
    commands: list[CommandListed] = [{"command": name, "about": about} for name, about in ABOUT.items()]
    lines = [
        "# mono help",
        "",
        "A topic or a command after `mono help` explains it.",
        "",
        "| topic | about |",
        "|---|---|",
    ]
    lines += [*(f"| {t['topic']} | {t['about']} |" for t in topics), "", "| command | what it answers |", "|---|---|"]
    lines += [f"| {c['command']} | {c['about']} |" for c in commands]
    return {"topic": None, "kind": "index", "text": "\n".join(lines) + "\n", "topics": topics, "commands": commands}


def _command_help(words: list[str], width: int | None) -> str | None:
    """The help of a command such as `lookup` or `data check`, or None where there is none of that name."""
    from monocli.cli.app import root

    command: Any = root()
    context = command.make_context("mono", [], resilient_parsing=True, terminal_width=width)
    for word in words:
        command = command.get_command(context, word) if hasattr(command, "get_command") else None
        if command is None:
            return None
        context = command.make_context(word, [], parent=context, resilient_parsing=True, terminal_width=width)
    return f"{command.get_help(context)}\n"


def _unknown(typed: str) -> Refusal:
    from monocli.cli.app import COMMANDS

    names = list(dict.fromkeys((*TOPICS, *COMMANDS)))
    key = "-".join(normalise(typed).split())
    near = [name for name in names if len(key) > 2 and (key in name or name in key)]
    near += [name for name in near_spellings(key, names) if name not in near]
    hint = '"mono help" lists the topics and commands.'
    return Refusal("unknown-topic", f"there is no help on {visible(typed)!r}", hint=hint, suggestions=tuple(near))
