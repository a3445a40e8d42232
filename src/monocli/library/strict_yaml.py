"""Strict YAML: every scalar is text, every key stands once, nothing is shared, tagged or left empty.

`1:10` is not 70, `no` is not false and `2009-01-01` is not a date until the schema says so. Anchors, aliases and tags
are refused (a file of a few lines could otherwise expand without end or name a Python object), as are files beyond
`MAX_BYTES`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import yaml

from monocli.engine.names import visible
from monocli.library.problems import Path, Problem, path_text

MAX_BYTES = 8_000_000
MAX_DEPTH = 40
MAX_VALUES = 200_000
"""Scalars, lists and mappings in one file; a monograph of this library has some thousands."""
MAX_PROBLEMS = 1000
"""Problems of one file that are listed; how many more there are is said in one line."""
PROSE = frozenset(
    ("text", "statement", "note", "remark", "reason", "meaning", "detail", "why", "question", "citation", "condition")
)
"""Keys whose text may have several lines; any other text (a title, a name, a unit) is one line."""
_HINTS = (
    ("mapping values are not allowed", "a text with a colon and a space stands in quotation marks"),
    ("cannot start any token", "a tab or such a sign at the beginning of a text: indent with spaces, quote the text"),
    ("expected '-' indicator", "do the lines of one list begin at one column?"),
    ("expected <block end>", "do the lines of one record begin at one column?"),
    ("expected key", "do the lines of one record begin at one column?"),
)
"""What the parser says, and what is usually the matter."""
YamlNode = str | list["YamlNode"] | dict[str, "YamlNode"]
"""What a file holds before its schema has said which texts are numbers or yes and no."""
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LIBYAML_TOO_DEEP = "maximum nesting depth"
"""What libyaml from 0.2.6 says beyond a depth of its own, which is far beyond `MAX_DEPTH`."""


@dataclass(slots=True)
class SourceFile:
    """One YAML file as read: its value with all scalars as text, where each key path stands, and what is wrong with
    it."""

    file: str
    value: YamlNode | None = None
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    """What a person should look at; the file can be read all the same."""
    moved: dict[str, dict[int, int]] = field(default_factory=dict)
    """Lists laid over those of another file: key → place in the combined list → place in this file."""
    unlisted: int = 0
    """Problems beyond `MAX_PROBLEMS`, which are only counted."""

    def all_problems(self) -> list[Problem]:
        """The problems, with a last one that stands for those that are not listed."""
        if not self.unlisted:
            return self.problems
        message = f"{self.unlisted:,} more problems of this file are not listed"
        return [*self.problems, Problem(self.file, 1, 1, "", message, "more-problems")]

    def problem(self, path: Path, message: str, code: str = "invalid") -> None:
        """Note a problem at a key path, or at the nearest key above it that stands in the file."""
        if len(self.problems) >= MAX_PROBLEMS:
            self.unlisted += 1
            return
        self.problems.append(self._at(path, message, code))

    def warn(self, path: Path, message: str, code: str) -> None:
        """Note at a key path what a person should look at."""
        if len(self.warnings) < MAX_PROBLEMS:
            self.warnings.append(self._at(path, message, code))

    def _at(self, path: Path, message: str, code: str) -> Problem:
        path = self._own(path)
        nearest = path
        while nearest and nearest not in self.places:
            nearest = nearest[:-1]
        line, column = self.places.get(nearest, (1, 1))
        return Problem(self.file, line, column, path_text(path), message, code)

    def holds(self, path: Path) -> bool:
        """Whether what stands at a key path of the combined value stands in this file."""
        return self._own(path) in self.places and self._own(path) != ()

    def _own(self, path: Path) -> Path:
        """The key path in this file of a key path in the combined value; empty for a record of the other file."""
        if len(path) < 2 or path[0] not in self.moved:
            return path
        index = self.moved[str(path[0])].get(int(path[1]))
        return () if index is None else (path[0], index, *path[2:])


def read(path: FilePath, shown_as: str) -> SourceFile:
    """Read a file; what cannot be read is a problem of it, not an exception."""
    source = SourceFile(shown_as)
    try:
        if not path.is_file() and path.exists():
            source.problem((), "is not a regular file", "unreadable")
            return source
        if path.stat().st_size > MAX_BYTES:
            source.problem((), f"the file is larger than {MAX_BYTES:,} bytes; split it", "too-large")
            return source
        with path.open("rb") as file:
            text = file.read(MAX_BYTES).decode("utf-8")
    except OSError as error:
        source.problem((), f"cannot be read: {error.strerror}", "unreadable")
    except UnicodeDecodeError as error:
        source.problem((), f"not UTF-8: byte {error.object[error.start]:#04x} at offset {error.start}", "not-utf8")
    else:
        parse(text, source)
    return source


def parse(text: str, source: SourceFile) -> None:
    """Fill `source` from YAML text."""
    if _has_sharing(text, source):
        return
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        _yaml_problem(source, error, text)
        return
    except RecursionError:
        source.problem((), "nested too deeply", "too-deep")
        return
    if node is None:
        source.problem((), "the file is empty; expected keys and values", "empty")
        return
    source.value = _value(node, (), source)


def _has_sharing(text: str, source: SourceFile, loader: Any = _Loader) -> bool:
    """Whether the text uses anchors, aliases, tags or several documents; each is noted as a problem."""
    documents = depth = values = 0
    try:
        for event in yaml.parse(text, Loader=loader):
            what, tag, mark = None, getattr(event, "tag", None), event.start_mark
            if isinstance(event, yaml.AliasEvent):
                what = "an alias (*)"
            elif getattr(event, "anchor", None):
                what = "an anchor (&)"
            elif tag:
                what = f"a tag ({tag})"
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                what = "a second document (---)" if documents > 1 else None
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            values += isinstance(event, yaml.NodeEvent)
            if depth > MAX_DEPTH:
                what = f"more than {MAX_DEPTH} levels of nesting"
            if values > MAX_VALUES and mark:
                message = f"the file holds more than {MAX_VALUES:,} values; split it"
                source.problems.append(Problem(source.file, mark.line + 1, mark.column + 1, "", message, "too-large"))
                return True
            if what and mark:
                message = f"{what} is not used in library data; write the value out"
                source.problems.append(Problem(source.file, mark.line + 1, mark.column + 1, "", message, "not-plain"))
                return True
    except yaml.YAMLError as error:
        if _LIBYAML_TOO_DEEP in str(error) and loader is not yaml.SafeLoader:
            # It gives up before it hands over what leads there; Python's own parser gets as far as our limit.
            return _has_sharing(text, source, yaml.SafeLoader)
        _yaml_problem(source, error, text)
        return True
    return False


def _yaml_problem(source: SourceFile, error: yaml.YAMLError, text: str) -> None:
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be parsed"
    written = text.split("\n")[line - 1 : line]
    indent = written[0][: len(written[0]) - len(written[0].lstrip())] if written else ""
    hint = "a tab: indent with spaces" if "\t" in indent else next((h for s, h in _HINTS if s in str(said)), "")
    message = f"not YAML: {said}" + (f" ({hint})" if hint else "")
    source.problems.append(Problem(source.file, line, column, "", message, "not-yaml"))


def _value(node: yaml.Node, path: Path, source: SourceFile) -> YamlNode:
    source.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.ScalarNode):
        if node.value == "" or (node.style not in ("'", '"', "|", ">") and node.value in ("~", "null")):
            source.problem(path, f"no value; write one or leave the key out{comma(path)}", "no-value")
        _check_characters(node.value, path, source)
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, index), source) for index, item in enumerate(node.value)]
    mapping: dict[str, YamlNode] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            source.problem(path, "a key must be plain text", "bad-key")
            continue
        key = key_node.value
        here = (*path, key)
        if key in mapping:
            source.places[here] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            source.problem(here, "the key stands twice", "duplicate-key")
            continue
        _check_characters(key, path, source)
        mapping[key] = _value(value_node, here, source)
        source.places[here] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
    return mapping


def comma(path: Path) -> str:
    """What is added where a key is what a comma made of a number ("{daily: 200,5}")."""
    key = str(path[-1]) if path else ""
    return "; is that a number with a comma? Write a point, and thousands without a comma" if key.isdecimal() else ""


def _check_characters(text: str, path: Path, source: SourceFile) -> None:
    """Text holds only what a terminal shows: no control characters (but line ends in prose), none that reorder or hide
    text."""
    if text.isprintable():
        return
    for character in text:
        if character in "\u2028\u2029" or (character != "\n" and visible(character) != character):
            message = f"the character U+{ord(character):04X} cannot be shown; leave it out"
            source.problem(path, message, "unprintable")
            return
    if "\n" in text and not (path and path[-1] in PROSE):
        source.problem(path, "a line break; write the text in one line", "line-break")
