"""What a command gives back: the envelope that JSON prints and that tables are drawn from. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Result:
    """One answered (or refused) command. `status` and `exit_code` always agree; `data` is None where there is none.

    `shown` holds the options of the command line that say how much of the answer a page shows (`details`, `explain`);
    they are no part of the answer.
    """

    command: str
    status: str = "ok"
    exit_code: int = 0
    data: dict[str, Any] | None = None
    warnings: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    shown: Mapping[str, Any] = field(default_factory=dict)
