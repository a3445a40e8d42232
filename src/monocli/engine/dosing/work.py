"""The work shown: steps, citations, and the refusals that every part of dosing shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from monocli.engine import cited
from monocli.engine.answers import BAD_INPUT, Refusal

if TYPE_CHECKING:
    from monocli.records.output.common import Choice, SourceRef
    from monocli.records.output.dose_rules import DoseStep

OWN: SourceRef = {"source": cited.OWN}
"""Citation of what this library itself decided or worked out."""


def cite(*records: Mapping[str, object]) -> SourceRef:
    """Where the first record is printed.

    Its section, if it names none, is that of the next record with the same source.
    """
    source = str(next((r["source"] for r in records if "source" in r), ""))
    same = (r for r in records if r.get("source", source) == source)
    section = next((r["section"] for r in same if "section" in r), None)
    return {"source": source, "section": str(section)} if section else {"source": source}


def step(
    rule: str,
    text: str,
    citation: SourceRef,
    *,
    result: str | None = None,
    formula: str | None = None,
    inputs: str | None = None,
) -> DoseStep:
    """One step of the work: rule, sentence, and where they apply formula, numbers put in, and result."""
    work = {"formula": formula, "inputs": inputs, "result": result}
    given = {key: value for key, value in work.items() if value is not None}
    return cast("DoseStep", {"rule": rule, "text": text, **given, **citation})


def needed(
    code: str, option: str, message: str, hint: str | None = None, suggestions: tuple[str | Choice, ...] = ()
) -> Refusal:
    """More is needed before there can be an answer: says which option brings it."""
    return Refusal(code, message, hint or f"add {option}", suggestions, kind=BAD_INPUT, detail={"field": option})


def conflicting(first: str, second: str, message: str, hint: str | None = None) -> Refusal:
    """Two options that contradict each other."""
    detail = {"field": first, "fields": [first, second]}
    return Refusal("conflicting-options", f"{first} and {second}: {message}", hint, kind=BAD_INPUT, detail=detail)


def listed(words: list[str], joint: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}" if words else ""
