"""What a label says of another drug: the sentences of certain sections that name it, or a class that it is listed in,
and what they say to do. The words that decide are data; where none of them stands, it is to be noted and no more.

Words are looked for as they are: a pattern of all of them takes longer to make than the texts of a label to read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from monocli.engine.labels.sentences import clause_around, quoted, sentences
from monocli.records.words import ACTIONS

if TYPE_CHECKING:
    from monocli.records.labels import LabelInteractions
    from monocli.records.words import Action

SHORTEST_NAME = 4
"""A shorter name, or an abbreviation in small letters, stands in a text as something else."""
_LONGEST_HEADING = 60
"""Letters of a row of one cell that heads those below it; a longer one is a sentence of its own."""
_AS_TYPED = tuple(zip("’‘ʼ‐‑‒–—−", "'''------", strict=True))
"""Apostrophes and dashes as one, each for one letter, so that places stay."""


class LabelPart:
    """A section's own text, or a table of it as a grid, with the kind of section that it stands in: its own field, or
    that of the section around it."""

    __slots__ = ("_folded", "_typed", "heads", "kind", "number", "rows", "text", "title")

    def __init__(
        self, kind: str, number: str | None, title: str, text: str, rows: Sequence[Sequence[str]] = (), heads: int = 0
    ) -> None:
        """Of a table `rows` hold its cells, `heads` of them headings of the columns, from the first."""
        self.kind, self.number, self.title, self.text, self.rows, self.heads = kind, number, title, text, rows, heads
        self._typed: str | None = None
        self._folded = ""

    def as_read(self) -> tuple[str, str]:
        """The text with apostrophes and dashes as one, and that in small letters: made once for all names that are
        looked for in it."""
        if self._typed is None:
            self._typed = _typed(self.text)
            self._folded = self._typed.casefold()
        return self._typed, self._folded


class Mention:
    """A sentence, or a row of a table with its headings, that names a drug or a class of it.

    `name` is as the label writes it, `negation` the words that say that there is nothing to do, where nothing else in
    the clause says more, `class_id` the class that is named in place of the drug.
    """

    __slots__ = ("action", "class_id", "from_table", "name", "negation", "part", "quote")

    def __init__(
        self,
        part: LabelPart,
        quote: str,
        name: str,
        said: tuple[Action, str | None],
        class_id: str | None,
        *,
        from_table: bool = False,
    ) -> None:
        self.part, self.quote, self.name, self.class_id, self.from_table = part, quote, name, class_id, from_table
        self.action, self.negation = said


class QuotedNames:
    """The names under which a drug is looked for in texts: its own, and those of classes with their ids."""

    def __init__(self, own: Sequence[str], classes: Mapping[str, Sequence[str]]) -> None:
        self._own = {_folded(name) for name in own if _is_name(name)}
        self._classes: dict[str, str] = {}
        for id, names in classes.items():
            self._classes.update({_folded(name): id for name in names if _is_name(name)})
        self._names = sorted(self._own | self._classes.keys(), key=len, reverse=True)

    def may_stand_in(self, markup: str) -> bool:
        """Whether a table may name the drug; its markup may write an apostrophe in another way."""
        folded = _folded(markup)
        return any(name.partition("'")[0] in folded for name in self._names)

    def places(self, text: str, folded: str) -> list[tuple[int, int]]:
        """Where any of the names stands whole, also with an s behind it; of names that overlap the longest. `folded` is
        the text in small letters."""
        found: list[tuple[int, int]] = []
        # A letter that is two in small letters would move every place after it.
        for name in self._names if len(folded) == len(text) else ():
            for start, end in _whole(folded, name):
                if not any(start < last and first < end for first, last in found):
                    found.append((start, end))
        return sorted(found)

    def class_of(self, name: str) -> str | None:
        """The class that a name is one of; None for a name of the drug itself."""
        key = _folded(name)
        keys = (key, key.removesuffix("s"))
        return (
            None if self._own & set(keys) else next((self._classes[one] for one in keys if one in self._classes), None)
        )


def _whole(folded: str, word: str, *, plural: bool = True) -> Iterator[tuple[int, int]]:
    """Where a word or a phrase stands in a text and is no part of a longer one; both in small letters."""
    start = folded.find(word)
    while start >= 0:
        end = start + len(word)
        if plural and folded.startswith("s", end):
            end += 1
        before, after = folded[start - 1 : start], folded[end : end + 1]
        if not (before.isalnum() or (before in ("-", "_") and before)) and not (after.isalnum() or after == "_"):
            yield start, end
        start = folded.find(word, start + 1)


def _typed(text: str) -> str:
    # Where one of the signs stands is found much faster than every letter is exchanged.
    if not text.isascii():
        for sign, plain in _AS_TYPED:
            if sign in text:
                text = text.replace(sign, plain)
    return text


def _folded(name: str) -> str:
    return _typed(name).casefold()


def _is_name(name: str) -> bool:
    return len(name) >= SHORTEST_NAME or (name.isupper() and len(name) == SHORTEST_NAME - 1)


class SentenceReader:
    """Reads sentences by the words of the data."""

    def __init__(self, words: LabelInteractions) -> None:
        self.sections = frozenset(words["sections"])
        self._by_section: dict[str, Action] = {one["section"]: one["action"] for one in words["by_section"]}
        self._phrases, self._negations, self._clauses = words["phrases"], words["negations"], words["clauses"]

    def mentions(self, parts: Sequence[LabelPart], names: QuotedNames) -> list[Mention]:
        """Everything that the parts say of the drug, each sentence once."""
        found: dict[str, Mention] = {}
        for part in parts:
            for mention in (*self._in_text(part, names), *self._in_table(part, names)):
                held = found.setdefault(mention.quote, mention)
                if ACTIONS.index(mention.action) < ACTIONS.index(held.action):
                    found[mention.quote] = mention
        return list(found.values())

    def _in_text(self, part: LabelPart, names: QuotedNames) -> Iterator[Mention]:
        text, folded = part.as_read()
        places = names.places(text, folded)
        if not places:
            return
        for start, end in sentences(text):
            inside = [place for place in places if start <= place[0] < end]
            for place in _one_of_each(text, inside, names):
                sentence, name = text[start:end], (place[0] - start, place[1] - start)
                said = self._said(part, sentence, name)
                quote = quoted(part.text, start, end, place)
                written = part.text[place[0] : place[1]]
                yield Mention(part, quote, written, said, names.class_of(text[place[0] : place[1]]))

    def _in_table(self, part: LabelPart, names: QuotedNames) -> Iterator[Mention]:
        """Rows that name the drug. A row of one cell heads the rows below it: where it names the drug itself these are
        what is said of it, each with that heading before it."""
        heads = part.rows[: part.heads]
        over: tuple[str, str, int] | None = None
        for at, row in enumerate(part.rows[part.heads :], part.heads):
            named = _named_in(row, names)
            alone = set(filter(None, row))
            if len(alone) == 1:
                heading = alone.pop()
                over = None
                if named is not None and named[1] is None and len(heading) <= _LONGEST_HEADING:
                    over = (heading, named[0], at)
                if over is not None and _heads_rows(part.rows, at):
                    continue
            elif over is not None:
                named = (over[1], None)
            if named is None:
                continue
            told = with_headings(heads, row)
            if over is not None and over[2] != at:
                told = f"{over[0]} | {told}"
            said = self._said(part, _typed(told), (0, len(told)))
            yield Mention(part, told, named[0], said, named[1], from_table=True)

    def _said(self, part: LabelPart, sentence: str, name: tuple[int, int]) -> tuple[Action, str | None]:
        """What a sentence says to do: by its clause, else by all of it, else by its section."""
        start, end = clause_around(sentence, name, self._clauses)
        action, negation = self._of_clause(sentence[start:end])
        if action is None and negation is None and (start, end) != (0, len(sentence)):
            action = self._of_clause(sentence)[0]
        if action is not None or negation is not None:
            return action or "note", negation if action is None else None
        return self._by_section.get(part.kind, "note"), None

    def _of_clause(self, clause: str) -> tuple[Action | None, str | None]:
        """The worst that a clause says to do, what is negated in it left out; else the words that negate."""
        folded = " ".join(_folded(clause).split())
        denied = sorted(span for words in self._negations for span in _whole(folded, words, plural=False))
        for phrases in self._phrases:
            for words in phrases["words"]:
                for place, _ in _whole(folded, words, plural=False):
                    if not any(start <= place < end for start, end in denied):
                        return phrases["action"], None
        return None, folded[slice(*denied[0])] if denied else None


def _named_in(row: Sequence[str], names: QuotedNames) -> tuple[str, str | None] | None:
    """The name in the first cell of a row that names the drug, as it is written there, and the class that it is one of;
    the drug itself before a class."""
    for cell in dict.fromkeys(row):
        text = _typed(cell)
        found = [
            (cell[start:end], names.class_of(text[start:end])) for start, end in names.places(text, text.casefold())
        ]
        if found:
            return next((one for one in found if one[1] is None), found[0])
    return None


def _heads_rows(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether a row of more than one cell follows."""
    return at + 1 < len(rows) and len(set(filter(None, rows[at + 1]))) > 1


def _one_of_each(text: str, places: Sequence[tuple[int, int]], names: QuotedNames) -> list[tuple[int, int]]:
    """The first place at which the drug itself is named; only where it is not, the first of each class."""
    own = [place for place in places if names.class_of(text[place[0] : place[1]]) is None]
    if own:
        return own[:1]
    first: dict[str | None, tuple[int, int]] = {}
    for place in places:
        first.setdefault(names.class_of(text[place[0] : place[1]]), place)
    return list(first.values())


def with_headings(heads: Sequence[Sequence[str]], row: Sequence[str]) -> str:
    """A row of a table with the heading of each cell before it; a cell that spans several columns once."""
    told: list[str] = []
    for place, cell in enumerate(row):
        if not cell or (place and cell == row[place - 1]):
            continue
        above = dict.fromkeys(head[place] for head in heads if place < len(head) and head[place])
        heading = " / ".join(above)
        told.append(f"{heading}: {cell}" if heading and heading != cell else cell)
    return " | ".join(told)
