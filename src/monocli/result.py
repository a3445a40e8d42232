"""What a command gives back: the envelope that JSON prints and that tables are drawn from. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from monocli.records.record import Record


class Result(Record):
    """One answered (or refused) command. `status` and `exit_code` always agree; `data` is None where there is none.

    `shown` holds the options of the command line that say how much of the answer a page shows (`details`, `explain`);
    they are no part of the answer.
    """

    command: str
    status: str = "ok"
    exit_code: int = 0
    data: dict[str, Any] | None = None
    warnings: Sequence[dict[str, Any]] = ()
    errors: Sequence[dict[str, Any]] = ()
    shown: Mapping[str, Any] = MappingProxyType({})
