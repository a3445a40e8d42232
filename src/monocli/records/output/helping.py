"""`data` of help."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict


class Topic(TypedDict):
    topic: str
    file: str
    """The page in docs/."""
    about: str


class CommandListed(TypedDict):
    command: str
    about: str


class Help(TypedDict):
    """A topic, the help of a command, or the list of both."""

    topic: str | None
    """Null for the list."""
    kind: Literal["index", "topic", "command"]
    text: str
    """Markdown for the list and for a topic, plain text 80 columns wide for a command."""
    topics: NotRequired[list[Topic]]
    commands: NotRequired[list[CommandListed]]
