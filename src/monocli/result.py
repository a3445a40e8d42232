"""What a command gives back: the envelope that JSON prints and that tables are drawn from. Imports nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Result:
    """One answered (or refused) command. `status` and `exit_code` always agree; `data` is None where there is none."""

    command: str
    status: str = "ok"
    exit_code: int = 0
    data: dict[str, Any] | None = None
    warnings: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
