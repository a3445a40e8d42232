"""The edge: runs a command, shows what it gave back, and turns every way to fail into the exit code that the contract
names."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator

import typer

from monocli.cli import exits
from monocli.cli.app import BELOW, COMMANDS, SHEETS, Invocation, root
from monocli.cli.session import InputFailed, Session, from_process
from monocli.library.errors import InvalidLibrary, MissingLibrary
from monocli.result import Result


def main() -> int:
    """Run the command line of this process; the exit code."""
    session = from_process(os.environ)
    code = exits.ANSWERED
    try:
        code = run(sys.argv[1:], session)
        session.stdout.flush()
    except BrokenPipeError:
        # The reader has what it wanted (`mono … | head -1`): the exit code stays that of the answer.
        pass
    except (OSError, OutputFailed) as error:
        # Only output gets here: a full disk, a device that fails; and stderr may lie on the same one.
        with contextlib.suppress(OSError):
            session.stderr.write(f"Error: the answer could not be written: {error} [output-failed]\n")
        code = exits.NO_ANSWER
    except KeyboardInterrupt:
        code = exits.INTERRUPTED
    return code


_COMPLETE = "_MONO_COMPLETE"
"""Set by the scripts of shells, which say in further variables what is being typed."""


class OutputFailed(Exception):
    """The answer could not be written, through no fault of the program; `__cause__` says why."""


def run(arguments: list[str], session: Session) -> int:
    """Run one command line in a session; the exit code."""
    wanted = wanted_format(arguments)
    command = wanted_command(arguments)
    try:
        outcome = _parsed(arguments, session)
        if not isinstance(outcome, Invocation):
            return outcome if isinstance(outcome, int) else exits.ANSWERED
        return show(outcome.replaced(arguments=tuple(arguments)), session)
    except (BrokenPipeError, OutputFailed):
        raise
    except (KeyboardInterrupt, typer.Abort):
        return exits.INTERRUPTED
    except typer.TyperException as error:
        result = usage_error(command, error)
    except InvalidLibrary as error:
        result = Result(command, "error", exits.INVALID_LIBRARY, errors=[invalid_library(error)])
    except MissingLibrary as error:
        result = Result(
            command, "error", exits.INVALID_LIBRARY, errors=[{"code": "library-missing", "message": str(error)}]
        )
    except InputFailed as error:
        result = Result(command, "error", exits.BAD_INPUT, errors=[{"code": "input-failed", "message": str(error)}])
    except Exception as error:
        result = bug(command, error, session) if _COMPLETE not in session.environ else _not_completed()
    return show(Invocation(command, result, wanted, "auto"), session)


def _not_completed() -> Result:
    """What a shell asked in a way that typer cannot read is no fault of the program."""
    message = "the shell does not say what is being typed (COMP_WORDS, COMP_CWORD)"
    return Result("mono", "error", exits.BAD_INPUT, errors=[{"code": "usage", "message": message}])


def _parsed(arguments: list[str], session: Session) -> object:
    """What the command gives back. What the parser prints by itself (help, completion) goes to the session's stdout,
    in its encoding."""
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            return root().main(arguments, prog_name="mono", standalone_mode=False, obj=session)
    finally:
        if printed.getvalue():
            _print(printed.getvalue(), session)


def _print(text: str, session: Session) -> None:
    from monocli.render.tabular import encodable

    try:
        session.stdout.write(encodable(text, getattr(session.stdout, "encoding", None)))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputFailed(str(error)) from error


def show(invocation: Invocation, session: Session) -> int:
    """Print a result in the format that was asked for; the exit code, of several results the worst."""
    from monocli.render import output

    outcome = invocation.outcome
    results: Iterator[Result] = iter([outcome]) if isinstance(outcome, Result) else outcome
    try:
        return output.write(results, session, invocation)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputFailed(str(error)) from error


def wanted_command(arguments: list[str]) -> str:
    """The command named on a command line that may be unfit to parse ("lookup", "data-check"); "mono" without one."""
    words = iter(arguments)
    command = next((word for word in words if word in COMMANDS), "mono")
    below = next((word for word in words if word in BELOW.get(command, ())), None)
    return f"{command}-{below}" if below else command


def wanted_format(arguments: list[str]) -> str:
    """The format named on a command line that may be unfit to parse, so that even its error comes in that format."""
    chosen = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            break
        if word == "--json":
            chosen.append("json")
        elif word in ("--format", "-f"):
            chosen.append(next(words, ""))
        elif word.startswith("--format="):
            chosen.append(word.partition("=")[2])
        elif word.startswith("-f") and not word.startswith("--"):
            chosen.append(word[2:].removeprefix("="))
    return next((format for format in ("jsonl", "json") if format in chosen), "table")


def usage_error(command: str, error: typer.TyperException) -> Result:
    """What typer says of a command line that it cannot parse, as a result."""
    from monocli.library.spelling import near_spellings

    message = error.format_message() if hasattr(error, "format_message") else str(error)
    context = getattr(error, "ctx", None)
    named = "" if command == "mono" else " " + command.replace("-", " ")
    path = context.command_path if context is not None else f"mono{named}"
    code, typed = "usage", getattr(error, "option_name", None) or ""
    options = (name for option in context.command.params for name in option.opts) if context is not None else ()
    suggestions = near_spellings(typed, (name for name in options if name.startswith("--"))) if typed else []
    if message.startswith("No such command"):
        code, suggestions = "unknown-command", _commands_like(message, BELOW.get(command) or COMMANDS)
    if "'html' is not one of" in message:
        message = f"a sheet (--format html) is printed by {', '.join(SHEETS)}"
    below = BELOW.get(command, ())
    if message.startswith("Usage:") and below:
        message, suggestions = f"{path} needs one of its commands: {', '.join(below)}", [*below]
    problem: dict[str, object] = {
        "code": code,
        # One line, also where an option that was typed has line ends.
        "message": " ".join(re.split(r"Did you mean|\(Possible option", message)[0].split()),
        "hint": f'See "{path} --help".',
    }
    if suggestions:
        problem["suggestions"] = suggestions
    return Result(command, "error", exits.BAD_INPUT, errors=[problem])


def _commands_like(message: str, commands: Iterable[str]) -> list[str]:
    typed = message.split("'")[1] if "'" in message else ""
    if f"--{typed}" in ("--version", "--help"):
        return [f"--{typed}"]
    from monocli.library.spelling import near_spellings

    near = near_spellings(typed, commands)
    return near if near or not typed or commands is not COMMANDS else [f"lookup {typed}"]


def invalid_library(error: InvalidLibrary) -> dict[str, object]:
    """The problems of library data as one error of the envelope."""
    count = len(error.problems)
    message = f"the library data has {count} problem{'s' if count != 1 else ''}; nothing is answered from it"
    hint = 'Mend the files that are named, or see "mono data check" and "mono data where".'
    return {
        "code": "invalid-library",
        "message": message,
        "hint": hint,
        "problems": [p.as_json() for p in error.problems],
    }


def bug(command: str, error: Exception, session: Session) -> Result:
    """A fault of the program: said as such, with the traceback on stderr for the report."""
    import traceback

    session.stderr.write("".join(traceback.format_exception(error)))
    message = f"this is a fault in mono, not in what you asked: {type(error).__name__}: {error}"
    return Result(
        command,
        "error",
        exits.BUG,
        errors=[{"code": "internal-error", "message": message, "hint": "Please report it."}],
    )
