"""A batch of lists answered as JSON text, one envelope a list, without building what the lists before have built
already.

The text of every finding, name and warning is made once and joined after that; a list costs little more than its own
length. What comes out is the document that the one-call form gives, as compact JSON (a test compares the two).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, cast

from monocli.engine.answers import Answer, Note, Refusal
from monocli.engine.cited import cited
from monocli.engine.interactions.book import Drug, InteractionBook
from monocli.engine.interactions.check import (
    Pairs,
    check,
    labels_read,
    not_recorded_note,
    nothing_recorded,
    see_also,
    see_compat,
    shown,
    threshold_met,
    unknown_name,
)
from monocli.engine.interactions.doubling import of_one_product, products_of, same_drug_twice
from monocli.engine.interactions.given import Given, given_in
from monocli.engine.interactions.ordering import Order, finding_order, pairs_of
from monocli.engine.interactions.pairs import PairAnswer, pair_answer
from monocli.engine.interactions.single import recorded
from monocli.records.record import Record
from monocli.records.words import ACTIONS

if TYPE_CHECKING:
    from monocli.records.output.interactions import Interactions
    from monocli.records.resolution import Resolution
    from monocli.records.words import Action

MAX_NAMES = 60_000
"""Names kept; beyond it the memory is emptied and filled anew, so that it stays flat however long the input."""
MAX_REMEMBERED = 20_000
"""Pairs kept, in the same way; their answers are far longer."""


class Composed(Record):
    """One list answered: what its envelope holds, `data`, `warnings` and `errors` as JSON text.

    A threshold that was met outweighs a name that was not recognised, which stands in `errors` all the same.
    """

    status: str
    met: bool
    """Whether a threshold was met."""
    data: str
    warnings: str
    errors: str
    sources: set[str]
    """Ids of the sources that these cite."""


class _Name(Record):
    mention: Resolution
    id: str | None
    text: str
    error: str
    sources: set[str]


class _Pair(Record):
    findings: tuple[tuple[Order, str], ...]
    line: tuple[tuple[Order, str], ...]
    """What stands under `pairs`, if it has a finding."""
    notes: tuple[str, ...]
    worst: int
    sources: set[str]


class _Met:
    """What the pairs of one list hold: findings and lines with their order, notes, the sources of all of these, and
    which pairs have any, or are parts of one product.
    """

    def __init__(self) -> None:
        self.findings: list[tuple[Order, str]] = []
        self.lines: list[tuple[Order, str]] = []
        self.notes: list[str] = []
        self.pairs: set[tuple[str, str]] = set()
        self.sources: set[str] = set()


class Composer:
    """Answers lists of names. `resolve` gives the mentions of a name, `as_json` the record of a warning or an error as
    it is shown, `dumps` the JSON text of a value, `beside` warnings that hold for every list."""

    def __init__(
        self,
        book: InteractionBook,
        resolve: Callable[[str], list[Resolution]],
        dumps: Callable[[object], str],
        as_json: Callable[[Note | Refusal], dict[str, object]],
        fail_on: Action | None = None,
        beside: Sequence[Note] = (),
    ) -> None:
        self._book, self._resolve, self._fail_on = book, resolve, fail_on
        self._dumps, self._as_json = dumps, as_json
        self._limit = ACTIONS.index(fail_on) if fail_on else -1
        self._names: dict[str, list[_Name]] = {}
        self._pairs: dict[tuple[str, str, Given], _Pair | None] = {}
        self._counts: dict[int, str] = {}
        self._pointers: dict[str, tuple[tuple[str, ...], set[str]]] = {}
        self._beside = beside
        self._nothing = dumps(as_json(nothing_recorded(None, book.edition)))

    def compose(self, names: list[str], place: dict[str, object]) -> Composed:
        """The answer for one list. `place` (its line and id) becomes `data.list`."""
        known = [drug for name in names for drug in self._known(name)]
        if len(names) == 1:
            return self._single(known, place)
        ids = list(dict.fromkeys(name.id for name in known if name.id is not None))
        met, worst = self._met(ids, [name.mention for name in known])
        findings, lines = met.findings, met.lines
        if len(ids) < len(known):
            again = same_drug_twice(self._book, [name.mention for name in known])
            findings = [(finding_order(finding), self._dumps(finding)) for finding in again] + findings
            twice = zip(again, pairs_of(again), strict=True)
            lines = [(finding_order(finding), self._dumps(line)) for finding, line in twice] + lines
            met.sources.update(cited(again))
            worst = min([worst, *(ACTIONS.index(finding["action"]) for finding in again)])
        findings.sort(key=_order)
        lines.sort(key=_order)
        unknown = [name for name in known if name.id is None]
        missing, count = self._not_recorded(ids, met.pairs)
        data = (
            f'{{"drugs":[{",".join([name.text for name in known])}],'
            f'"pairs":[{",".join([text for _, text in lines])}],'
            f'"interactions":[{",".join([text for _, text in findings])}],'
            f'"notes":[{",".join(met.notes)}],"not_recorded":[{missing}],'
            f'"not_checked":{self._dumps([name.mention["query"] for name in unknown]) if unknown else "[]"},'
            f'"list":{self._dumps(place)}}}'
        )
        nothing = not (unknown or findings or met.notes)
        status = ("partial" if ids else "refused") if unknown else "refused" if nothing else "ok"
        errors = ",".join(name.error for name in unknown) or (self._nothing if nothing else "")
        warnings = self._warnings(ids, count, met)
        met.sources.update(*[name.sources for name in known])
        return Composed(status, worst <= self._limit, data, warnings, f"[{errors}]", met.sources)

    def _single(self, known: list[_Name], place: dict[str, object]) -> Composed:
        """A list of one name: all that is recorded of it."""
        outcome = recorded(self._book, [name.mention for name in known])
        refusals = (outcome,) if isinstance(outcome, Refusal) else outcome.refusals
        met = (
            self._fail_on is not None
            and outcome.data is not None
            and threshold_met(cast("Interactions", outcome.data), self._fail_on)
        )
        data = "null" if outcome.data is None else self._dumps({**outcome.data, "list": place})
        warnings = [self._as_json(note) for note in (*outcome.notes, *self._beside)]
        errors = [self._as_json(refusal) for refusal in refusals]
        status, sources = "refused" if refusals else "ok", cited(outcome.data, warnings, errors)
        return Composed(status, met, data, self._dumps(warnings), self._dumps(errors), sources)

    def _met(self, ids: list[str], mentions: list[Resolution]) -> tuple[_Met, int]:
        """What the pairs hold, and the worst action among it."""
        met = _Met()
        worst, drugs = len(ACTIONS), [self._book.drug(drug_id) for drug_id in ids]
        may_answer = self._book.may_answer
        given, products = given_in(self._book, mentions), products_of(mentions)
        for place, one in enumerate(drugs):
            for other in drugs[place + 1 :]:
                first, second = one.id, other.id
                if of_one_product(products[first], products[second]):
                    met.pairs.add((first, second) if first < second else (second, first))
                    continue
                pair = self._pair(one, other, given) if may_answer(one, other) else None
                if pair is not None:
                    met.findings.extend(pair.findings)
                    met.lines.extend(pair.line)
                    met.notes.extend(pair.notes)
                    met.sources.update(pair.sources)
                    met.pairs.add((first, second) if first < second else (second, first))
                    worst = min(worst, pair.worst)
        return met, worst

    def _not_recorded(self, ids: list[str], met: set[tuple[str, str]]) -> tuple[str, int]:
        """The pairs without a record as JSON text, in the order of their ids, and how many they are."""
        ordered = sorted(ids)
        texts = [self._dumps(drug_id) for drug_id in ordered]
        partners: dict[str, set[str]] = {}
        for first, second in met:
            partners.setdefault(first, set()).add(second)
        rows = []
        for place, first in enumerate(ordered[:-1]):
            rest = texts[place + 1 :]
            if first in partners:
                later = ordered[place + 1 :]
                rest = [text for text, second in zip(rest, later, strict=True) if second not in partners[first]]
            if rest:
                rows.append(f"[{texts[place]}," + f"],[{texts[place]},".join(rest) + "]")
        return ",".join(rows), len(ordered) * (len(ordered) - 1) // 2 - len(met)

    def _warnings(self, ids: list[str], count: int, met: _Met) -> str:
        texts: list[str] = []
        if count:
            if count not in self._counts:
                self._counts[count] = self._dumps(self._as_json(not_recorded_note(count, self._book.edition)))
            texts.append(self._counts[count])
        mixing = [self._as_json(note) for note in see_compat(self._book, ids)]
        met.sources.update(cited(mixing))
        texts.extend(map(self._dumps, mixing))
        for drug_id in ids:
            if drug_id not in self._pointers:
                pointers = [self._as_json(note) for note in see_also(self._book, [drug_id])]
                self._pointers[drug_id] = tuple(map(self._dumps, pointers)), cited(pointers)
            pointed, sources = self._pointers[drug_id]
            texts.extend(pointed)
            met.sources.update(sources)
        texts.extend(self._dumps(self._as_json(note)) for note in labels_read(self._book, ids, met.sources))
        texts.extend(self._dumps(self._as_json(note)) for note in self._beside)
        return f"[{','.join(texts)}]"

    def _known(self, name: str) -> list[_Name]:
        """What a name of a list is: one drug, or the parts of a combination."""
        known = self._names.get(name)
        if known is None:
            if len(self._names) >= MAX_NAMES:
                self._names.clear()
            known = self._names[name] = [self._told(mention) for mention in self._resolve(name)]
        return known

    def _told(self, mention: Resolution) -> _Name:
        error = self._as_json(unknown_name(mention, self._book)) if mention["id"] is None else None
        told, text = shown(mention), self._dumps(error) if error else ""
        return _Name(mention, mention["id"], self._dumps(told), text, cited(told, error))

    def _pair(self, one: Drug, other: Drug, given: Given) -> _Pair | None:
        first, second = (one.id, other.id) if one.id < other.id else (other.id, one.id)
        key = (first, second, given.of(one, other))
        if key not in self._pairs:
            if len(self._pairs) >= MAX_REMEMBERED:
                self._pairs.clear()
            self._pairs[key] = self._composed(*key)
        return self._pairs[key]

    def _composed(self, first: str, second: str, given: Given) -> _Pair | None:
        answer = pair_answer(self._book, first, second, given)
        if not answer:
            return None
        ordered = [(finding_order(finding), self._dumps(finding)) for finding in answer.findings]
        lines = pairs_of(answer.findings)
        line = tuple((ordered[0][0], self._dumps(pair)) for pair in lines)
        worst = min((ACTIONS.index(finding["action"]) for finding in answer.findings), default=len(ACTIONS))
        notes = tuple(self._dumps(note) for note in answer.notes)
        return _Pair(tuple(ordered), line, notes, worst, cited(answer.findings, answer.notes))


def _order(item: tuple[Order, str]) -> Order:
    return item[0]


def plain(
    book: InteractionBook, names: Sequence[Sequence[Resolution]], pairs: Pairs | None = None
) -> Answer[Interactions] | Refusal:
    """The one-call form: one name alone, or every pair of several. Each name is one drug, or parts of a combination."""
    mentions = [mention for name in names for mention in name]
    return recorded(book, mentions) if len(names) == 1 else check(book, mentions, pairs)


def remembered_pairs(book: InteractionBook) -> Pairs:
    """The answers for pairs, each made once. They are shared: whoever gets one leaves it as it is."""
    nothing = PairAnswer()
    answer = lru_cache(MAX_REMEMBERED)(partial(pair_answer, book))

    def look_up(first: str, second: str, given: Given) -> PairAnswer:
        if not book.may_answer(book.drug(first), book.drug(second)):
            return nothing
        return answer(first, second, given) if first < second else answer(second, first, given)

    return look_up
