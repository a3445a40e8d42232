"""All that is recorded of one pair, or follows from enzyme roles, as findings and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monocli.engine.interactions.book import Drug, InteractionBook
from monocli.engine.interactions.doubling import doubled_in_pair
from monocli.engine.interactions.findings import finding_of, note_of
from monocli.engine.interactions.given import NOTHING_SAID, Given
from monocli.engine.interactions.matches import Match, matches
from monocli.engine.interactions.ordering import finding_order
from monocli.engine.interactions.predicting import Prediction, predictions

if TYPE_CHECKING:
    from monocli.records.output.interactions import Finding, PairNote
    from monocli.records.words import Direction

_OPPOSITES: dict[str, Direction] = {"increase": "decrease", "decrease": "increase"}
_OTHER: Direction = "other"
_ARTICLES = {"increase": "an", "decrease": "a"}


class PairAnswer:
    """Findings and notes of one pair, each as JSON shows it; both empty where nothing is recorded."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.notes: list[PairNote] = []

    def __bool__(self) -> bool:
        return bool(self.findings or self.notes)


def pair_answer(book: InteractionBook, first: str, second: str, given: Given = NOTHING_SAID) -> PairAnswer:
    """What is known of two different drugs, the same whichever is named first. Of a drug that is given in a form which
    acts where it is applied nothing is predicted.

    What each source says is a finding of its own; they stand worst action first, then documented, class, predicted. A
    prediction that only repeats what some source says of the two, for the same affected drug in the same direction, is
    folded into that finding, whose action stands; what a source says of everything with a role is left out only where
    the same source says more. Of a class as a whole one finding tells what is known of its members beyond that.
    """
    one, other = (book.drug(id) for id in sorted((first, second)))
    answer = PairAnswer()
    if not book.may_answer(one, other):
        return answer
    by_role: list[Match] = []
    for match in matches(book, one, other, given):
        if note := note_of(match):
            answer.notes.append(note)
        elif match.by_role:
            by_role.append(match)
        else:
            answer.findings.append(finding_of(book, match))
    if given.local.isdisjoint((one.id, other.id)):
        _predict(book, one, other, by_role, answer)
    if book.labels is not None:
        findings, notes = book.labels.between(one, other)
        answer.findings += findings
        answer.notes += notes
    answer.findings += doubled_in_pair(book, one, other, given.local)
    if "class" in (one.kind, other.kind):
        # Imported here: few lists name a class.
        from monocli.engine.interactions.members import of_members

        def between(here: str, there: str) -> list[Finding]:
            return pair_answer(book, here, there, given).findings

        answer.findings += of_members(book, one, other, answer.findings, between)
    answer.findings.sort(key=finding_order)
    return answer


def _predict(book: InteractionBook, one: Drug, other: Drug, by_role: list[Match], answer: PairAnswer) -> None:
    """Add what enzyme roles let expect, and what is said of all with a role, where no finding says it already."""
    if not by_role and one.acts_on.isdisjoint(other.cleared_by) and other.acts_on.isdisjoint(one.cleared_by):
        return
    said = {(finding["affected"], finding["direction"]) for finding in answer.findings}
    by_source = {(f["affected"], f["direction"], f["sources"][0]["source"]) for f in answer.findings}
    found: dict[tuple[str, Direction], Prediction] = {}
    for perpetrator, victim in ((one, other), (other, one)):
        for prediction in predictions(book, perpetrator, victim):
            found[prediction.affected, prediction.direction] = prediction
    for match in by_role:
        target, direction = match.affected or one, match.rule.get("direction", _OTHER)
        if (target.id, direction, match.rule["source"]) not in by_source:
            prediction = found.setdefault((target.id, direction), Prediction(target.id, direction, target.name))
            prediction.rules.append(match)
    shown = {key: prediction for key, prediction in found.items() if prediction.rules or key not in said}
    for key in found.keys() - shown.keys():
        saying = next(f for f in answer.findings if (f["affected"], f["direction"]) == key)
        saying["folded"] = found[key].as_finding([one.id, other.id], book.enzymes)
    for (target_id, direction), prediction in shown.items():
        opposite = _OPPOSITES.get(direction, direction)
        if opposite == direction:
            continue
        if (target_id, opposite) in shown:
            other_way = shown[target_id, opposite].mechanism()
            prediction.against = f"{other_way} may {opposite} exposure to {prediction.affected_name} as well"
        elif (target_id, opposite) in said:
            prediction.against = f"what is recorded of the pair points to {_ARTICLES[opposite]} {opposite}"
    answer.findings += [prediction.as_finding([one.id, other.id], book.enzymes) for prediction in shown.values()]
