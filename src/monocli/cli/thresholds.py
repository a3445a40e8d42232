"""`--fail-on`: an exit code of its own where any source asks for an action that bad or worse."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monocli.cli.exits import THRESHOLD_MET
from monocli.engine.interactions.check import threshold_met
from monocli.result import Result

if TYPE_CHECKING:
    from monocli.records.output.interactions import Interactions
    from monocli.records.words import Action


def with_threshold(result: Result, fail_on: Action | None) -> Result:
    """The result with exit code 5 where the threshold is met."""
    data = cast("Interactions | None", result.data)
    if fail_on is not None and data is not None and threshold_met(data, fail_on):
        result = result.replaced(exit_code=THRESHOLD_MET)
    return result
