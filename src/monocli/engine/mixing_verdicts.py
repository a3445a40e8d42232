"""The verdict on what was asked of a mixture, by what its findings say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monocli.records.output.compatibility import Bearing, CompatibilityFinding, Condition, VerdictOnAsked
    from monocli.records.words import Verdict

FAVOURABLE: tuple[Verdict, ...] = ("within-range", "recommended", "allowed")
"""Verdicts that hold only under their conditions: where a given condition contradicts, the verdict is `unknown`."""
VERDICTS: tuple[Verdict, ...] = (
    "incompatible",
    "loses-activity",
    "not-recommended",
    "out-of-range",
    "unknown",
    "within-range",
    "recommended",
    "allowed",
)
"""In the order in which findings that apply alike are shown."""
SPECIFIC = ("container", "hours", "albumin", "setting")
"""Conditions that tell one way of giving a drug from another; a diluent and a region alone do not."""


def bearing(finding: CompatibilityFinding) -> Bearing:
    """What a finding is to the question.

    It is the answer where it applies, says that nothing is known, or holds what was given against its range. It is from
    elsewhere where it is recorded for other conditions than those given, or hangs on a container, a time or albumin,
    none of which was given; else it may be the answer.
    """
    held = finding["applies"] == "unclear" and "calculated" in finding
    if finding["applies"] == "yes" or finding["verdict"] == "unknown" or held:
        return "answer"
    specific = [item for item in finding["conditions"] if item["condition"] in SPECIFIC]
    not_compared = bool(specific) and all(item["asked"] is None for item in specific)
    return "elsewhere" if finding["applies"] == "no" or not_compared else "possible"


def _judges(finding: CompatibilityFinding) -> bool:
    """Whether a finding has a verdict on the question: an answer; or a loss or a warning for a container, a time or
    albumin that was given and fits, which hangs on one other condition alone."""
    if bearing(finding) == "answer":
        return True
    left = sum(item["fits"] is None for item in finding["conditions"])
    warned = finding["applies"] == "unclear" and finding["verdict"] not in FAVOURABLE
    return warned and left == 1 and any(item["fits"] for item in finding["conditions"] if item["condition"] in SPECIFIC)


def only_unknown(findings: Iterable[CompatibilityFinding]) -> bool:
    """Whether there are verdicts on the question and all of them say that it is not known."""
    return {finding["verdict"] for finding in findings if _judges(finding)} == {"unknown"}


def verdicts(
    findings: Sequence[CompatibilityFinding], hanging: Sequence[CompatibilityFinding] = ()
) -> list[VerdictOnAsked]:
    """One verdict on each subject that was asked for and each way in which one is judged, the worst first.

    Where nothing of `hanging` (the findings on one part of the question) is an answer, each verdict in it stands as one
    that hangs on conditions that were not given.
    """
    answers = [finding for finding in findings if _judges(finding)]
    if not any(map(_judges, hanging)):
        answers += [finding for finding in hanging if finding["applies"] == "unclear"]
    found: list[VerdictOnAsked] = []
    for finding in answers:
        said: VerdictOnAsked = {
            "verdict": finding["verdict"],
            "subject": finding["subject"],
            "recorded_otherwise": (finding["verdict"], finding["applies"]) == ("unknown", "no"),
            "conditional": finding["applies"] == "unclear",
        }
        if said["conditional"]:
            said["hangs_on"] = [_hanging(item) for item in finding["conditions"] if item["fits"] is None]
        if "calculated" in finding and "range" in finding:
            said["calculated"], said["range"] = finding["calculated"], finding["range"]
        if said not in found:
            found.append(said)
    return sorted(found, key=lambda said: VERDICTS.index(said["verdict"]))


def _hanging(condition: Condition) -> str:
    """A condition that was not given, in words."""
    if condition["condition"] == "region":
        return condition["stated"].upper()
    return f"{'albumin ' if condition['condition'] == 'albumin' else ''}{condition['stated']}"


def asks_for_another(finding: CompatibilityFinding) -> bool:
    """Whether it answers the question, and what was asked for is not to be used."""
    return bearing(finding) == "answer" and finding["verdict"] not in FAVOURABLE
