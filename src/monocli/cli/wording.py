"""The engine's outcomes in the words of a command line: inputs as options, other questions as commands, and how an
outcome ends as the exit code of the contract."""

from __future__ import annotations

from typing import cast

from monocli.cli import exits
from monocli.engine.answers import NO_ANSWER, Answer, Note, Refusal
from monocli.engine.inputs import spoken
from monocli.result import Result

_KEYS = {"field": "option", "fields": "options"}


def result_of(command: str, outcome: Answer[object] | Refusal) -> Result:
    """The envelope of an answer or refusal. What other sources say beside an answer has warnings of its own."""
    warnings = [as_json(note) for note in outcome.notes]
    data = cast("dict[str, object] | None", outcome.data)
    if data is not None and data.get("beside"):
        data["beside"] = _worded(data["beside"])
    if isinstance(outcome, Refusal):
        status = "refused" if outcome.kind == NO_ANSWER else "error"
        return Result(command, status, exit_code(outcome), data, warnings, [as_json(outcome)])
    if outcome.refusals:
        errors = [as_json(refusal) for refusal in outcome.refusals]
        status = "refused" if outcome.empty else "partial"
        return Result(command, status, max(map(exit_code, outcome.refusals)), data, warnings, errors)
    return Result(command, data=data, warnings=warnings)


def exit_code(refusal: Refusal) -> int:
    return exits.NO_ANSWER if refusal.kind == NO_ANSWER else exits.BAD_INPUT


def as_json(said: Note | Refusal) -> dict[str, object]:
    """A warning or an error as the envelope shows it."""
    return cast("dict[str, object]", _worded(said.as_json()))


def worded(text: str) -> str:
    """A sentence of the engine: `--bsa-formula`, `mono show imatinib`."""
    return spoken(text, _option, _command)


def _worded(value: object) -> object:
    """The same value with every text in it worded."""
    if isinstance(value, str):
        return worded(value)
    if isinstance(value, dict):
        return {_KEYS.get(key, key): _worded(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_worded(inner) for inner in value]
    return value


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _command(question: str) -> str:
    return f"mono {question}"
