"""Writes what is generated in docs/ from the program itself: `python docs/build.py`. Tests compare, they do not write.

docs/cli-reference.md is the help of every command, and docs/man/mono.1 the same as a man page, with the exit codes and
the environment taken from their pages here. docs/schemas/ has the JSON Schema of what each command prints.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent / "src"))

from monocli import __version__  # noqa: E402 - the checkout's own package, however this is run
from monocli.cli.app import ABOUT, root  # noqa: E402
from monocli.cli.help_topics import TOPICS  # noqa: E402
from monocli.library.outputs import OUTPUTS, json_schema  # noqa: E402
from monocli.render.help import Block, blocks, plain  # noqa: E402

WIDTH = 80
_PAGES = {file: topic for topic, (file, _) in TOPICS.items()}
_AS_ASCII = str.maketrans(
    {"…": "...", "–": "\\(en", "−": "\\(mi", "×": "\\(mu", "≥": "\\(>=", "²": "\\(S2", "µ": "\\(mc", "·": "\\(pc"}
)


def main() -> None:
    """Write every generated file."""
    for path, text in generated().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def generated() -> dict[Path, str]:
    """Each generated file with what it should hold."""
    schemas = {DOCS / "schemas" / f"{command}.json": schema(command) for command in OUTPUTS}
    return {DOCS / "cli-reference.md": reference(), DOCS / "man" / "mono.1": manual(), **schemas}


def schema(command: str) -> str:
    """docs/schemas/<command>.json."""
    return json.dumps(json_schema(command), ensure_ascii=False, indent=2) + "\n"


def commands() -> Iterator[tuple[str, Any, Any]]:
    """(full name, typer command, its context) of the program, of every command, and of every command below one."""
    group = root()
    context = group.make_context("mono", [], resilient_parsing=True, terminal_width=WIDTH)
    yield "mono", group, context
    yield from _below("mono", group, context)


def _below(path: str, group: Any, context: Any) -> Iterator[tuple[str, Any, Any]]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        inner = command.make_context(name, [], parent=context, resilient_parsing=True, terminal_width=WIDTH)
        yield f"{path} {name}", command, inner
        if hasattr(command, "list_commands"):
            yield from _below(f"{path} {name}", command, inner)


def reference() -> str:
    """docs/cli-reference.md."""
    parts = ["# Command reference", "Written by `docs/build.py` from the help of each command. Do not edit."]
    for path, command, context in commands():
        parts.append(f"## {path}\n\n```text\n{command.get_help(context).rstrip()}\n```")
    return "\n\n".join(parts) + "\n"


def manual() -> str:
    """docs/man/mono.1, in the man macros that every roff reads."""
    (_, program, context), *rest = commands()
    lines = [
        '.\\" Written by docs/build.py from the help of each command. Do not edit.',
        f'.TH MONO 1 "" "mono {__version__}" "User Commands"',
        ".SH NAME",
        "mono \\- exact, sourced answers about drugs, offline",
        ".SH SYNOPSIS",
        ".B mono",
        "[\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIARGS\\fR]...",
        ".SH DESCRIPTION",
        *_described(program.help),
        ".SH OPTIONS",
        *_parameters(program, context),
        ".SH COMMANDS",
        *(line for name, about in ABOUT.items() for line in (".TP", f".B mono {name}", _roff(about))),
    ]
    for path, command, inner in rest:
        usage = " ".join(command.collect_usage_pieces(inner))
        lines += [f'.SH "{path.upper()}"', f".B {_roff(path)}", _roff(usage), ".PP", *_described(command.help)]
        lines += _parameters(command, inner)
    for title, page in (("EXIT STATUS", "exit-codes.md"), ("ENVIRONMENT", "environment.md")):
        lines += [f'.SH "{title}"', *_page((DOCS / page).read_text(encoding="utf-8"))]
    lines += [".SH SEE ALSO", 'The topics of "mono help", and the folder docs of the source.']
    return "\n".join(lines) + "\n"


def _described(text: str | None) -> Iterator[str]:
    """Help text: paragraphs are filled, those after a \\b keep their lines."""
    for number, paragraph in enumerate((text or "").split("\n\n")):
        if number:
            yield ".PP"
        if paragraph.lstrip().startswith("\b"):
            yield from (".nf", *map(_roff, paragraph.strip("\b\n").split("\n")), ".fi")
        else:
            yield _roff(" ".join(paragraph.split()))


def _parameters(command: Any, context: Any) -> Iterator[str]:
    """Arguments and options, each with its help, as `--help` has them."""
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None:
            name, text = record
            yield from (".TP", f".B {_roff(name)}", _roff(" ".join(text.split())) or "\\&")


def _page(markdown: str) -> Iterator[str]:
    """A page of docs/ without its title."""
    for block in list(blocks(markdown))[1:]:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    if block.kind == "heading":
        yield f'.SS "{_inline(block.text)}"'
    elif block.kind == "code":
        yield from (".PP", ".nf", *map(_roff, block.text.split("\n")), ".fi")
    elif block.kind == "item":
        yield from (f".IP {block.mark if block.mark != '-' else chr(92) + '(bu'} 3", _inline(block.text))
    elif block.kind == "table":
        for row in block.rows[1:]:
            yield from (".TP", f".B {_inline(row[0])}", "; ".join(_inline(cell) for cell in row[1:]))
    else:
        yield from (".PP", _inline(block.text))


def _inline(text: str) -> str:
    return _roff("".join(run for run, _ in plain(text, _PAGES)))


def _roff(text: str) -> str:
    """Text that roff takes as it is: no escape, no request, no quotation mark that ends an argument, ASCII only."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq").replace("'", "\\(aq")
    escaped = "".join(c if c.isascii() else f"\\[u{ord(c):04X}]" for c in escaped.translate(_AS_ASCII))
    return re.sub(r"^\.", r"\\&.", escaped)


if __name__ == "__main__":
    main()
