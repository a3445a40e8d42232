"""What a command gives back: the envelope that JSON prints and that tables are drawn from. Imports nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from monocli.engine.exits import NO_ANSWER

if TYPE_CHECKING:
    from monocli.engine.answers import Answer, Refusal


@dataclass(frozen=True, slots=True)
class Result:
    """One answered (or refused) command. `status` and `exit_code` always agree; `data` is None where there is none."""

    command: str
    status: str = "ok"
    exit_code: int = 0
    data: dict[str, Any] | None = None
    warnings: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, command: str, outcome: Answer | Refusal) -> Result:
        """The envelope of an engine's answer or refusal."""
        from monocli.engine.answers import Refusal

        warnings = [note.as_json() for note in outcome.notes]
        if isinstance(outcome, Refusal):
            status = "refused" if outcome.exit_code == NO_ANSWER else "error"
            return cls(command, status, outcome.exit_code, outcome.data, warnings, [outcome.as_json()])
        if outcome.refusals:
            errors = [refusal.as_json() for refusal in outcome.refusals]
            return cls(command, "partial", max(r.exit_code for r in outcome.refusals), outcome.data, warnings, errors)
        return cls(command, data=outcome.data, warnings=warnings)
