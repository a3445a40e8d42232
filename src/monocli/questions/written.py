"""A line of a medication list as people write it: an exact name, and beside it nothing but strength, form, route and
frequency.

Whatever else stands there makes the line unread: it may be an allergy, a taper, another person's drug, or a second one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from monocli.engine.names import MAX_NAME_LENGTH, normalise, visible
from monocli.library.kinds import AGENTS, LINE_WORDS
from monocli.library.readings import FoundName
from monocli.library.resolving import exact, find, resolve
from monocli.records.record import Record

if TYPE_CHECKING:
    from monocli.library.store import Library
    from monocli.records.agents import Agent
    from monocli.records.library import LineWords
    from monocli.records.resolution import Resolution

DRUGS = ("monograph", "agent")
BARE_ONLY = "bare-only"
"""The group of words that are names by themselves, and with others beside them say too little."""
# Compiled when they are needed (`re` keeps them): a line that is a name and no more needs none of them.
_MARK = r"^\s*(?:[-*•·–—▪☐☑✓]|\[[ xX]?\]|\(?\d{1,2}[.)](?=\s)|[a-zA-Z][.)](?=\s))\s*"
"""What stands before an item of a list."""
_SIGNS = r"[®™©]"
_BRACKETS = r"[(\[]([^()\[\]]+)[)\]]"
_PARTS = r"\s+[/+]\s+"
"""Between the parts of a combination that have a strength each."""
_NAMES_AND_STRENGTHS = r"\b([^\W\d]{4,}(?:/[^\W\d]{4,})+)\s+(\d+(?:\.\d+)?(?:[/-]\d+(?:\.\d+)?)+)(?![\d/])"
"""Names and as many strengths, each joined by strokes."""
_NUMBER = r"\d+(?:[.,]\d+)*"
_SERIES = rf"[<>~≤≥qdx]?(?:{_NUMBER}|[.,]\d+)(?:[x×:^⁄]{_NUMBER})*%?"
"""Numbers, and what a schedule has before them (q8h, d1, x3)."""
_BETWEEN = r"[\s/@+()\-]+"
_FOR = r"(?i)\bfor(?=\s+(?:\d|injection|infusion|inhalation))"
""" "For 10 days", "for injection": of the course or the form, where any other "for" is an indication."""
_HAS_DIGIT = r"\d"
_MOST_TOKENS = 24
_MOST_PARTS = 6
_WIDER = 3
"""A name may go on with words that elsewhere are set aside ("NovoMix 30"): so many more are tried."""


class LineReader:
    """Reads lines by the words that the library's data sets aside."""

    def __init__(self, library: Library, by_label: Callable[[str], Resolution | None] | None = None) -> None:
        """`by_label` finds the drug of a name that the library does not know and an imported label bears."""
        self._library, self._by_label = library, by_label

    @cached_property
    def _groups(self) -> list[LineWords]:
        return self._library.document(LINE_WORDS, "line_words") or []

    @cached_property
    def _words(self) -> frozenset[str]:
        aside = (group for group in self._groups if group["id"] != BARE_ONLY)
        return frozenset(normalise(word) for group in aside for word in group["words"])

    @cached_property
    def _bare(self) -> frozenset[str]:
        """Names that are names only where nothing stands beside them."""
        bare = (group for group in self._groups if group["id"] == BARE_ONLY)
        return frozenset(normalise(word) for group in bare for word in group["words"])

    @cached_property
    def _phrases(self) -> re.Pattern[str]:
        """What is set aside as two words and not as either of them."""
        phrases = (re.escape(word) for group in self._groups for word in group["words"] if " " in word)
        return re.compile(rf"\b(?:{'|'.join(phrases) or '(?!)'})\b", re.IGNORECASE)

    @cached_property
    def _routes(self) -> dict[str, LineWords]:
        """What a word says of the route, where that matters."""
        return {normalise(word): group for group in self._groups if "route" in group for word in group["words"]}

    def drugs(self, query: str) -> list[Resolution]:
        """The drugs of a line: the one that it names, or the parts of a combination. What names none is one that is
        unknown, with what it resembles."""
        if known := self.known(query):
            return known
        labelled = self._by_label(query) if self._by_label is not None else None
        return [labelled or self.unknown(query)]

    def unknown(self, query: str) -> Resolution:
        """A line that names no drug, with what it resembles: the whole of it, or else what is left without the words
        that are set aside ("warfrin 5 mg od"). A name of several drugs with a dose beside it is asked back."""
        told = resolve(self._library, query)
        if told["id"] is None and len(query) <= MAX_NAME_LENGTH:
            name = " ".join(token for token in _tokens(re.sub(_MARK, "", query)) if not self._is_aside(token))
            several = exact(self._library, name) if name else None
            if several is not None and several.get("ambiguous"):
                return {**told, "suggestions": several["suggestions"], "ambiguous": True}
            if name and not told["suggestions"] and normalise(name) != normalise(query):
                told["suggestions"] = resolve(self._library, name)["suggestions"]
        return told

    def known(self, query: str) -> list[Resolution]:
        """The same, and nothing where a line names no drug."""
        whole = exact(self._library, query)
        if whole is not None:
            return self.parts_of(whole)
        return self._read_as(query) if len(query) <= MAX_NAME_LENGTH else []

    def parts_of(self, whole: Resolution) -> list[Resolution]:
        """A drug, or the parts of a combination."""
        combination = self._combination(whole["id"]) if whole["status"] == "agent" else None
        if combination is None:
            return [whole]
        parts = [(part, self._name_of(part)) for part in combination["components"]]
        return [{**whole, "id": part, "title": name, "part_of": combination["name"]} for part, name in parts]

    def _combination(self, id: str | None) -> Agent | None:
        """The record of a combination of drugs that have names of their own. The two forms of one drug that mirror
        each other are none: nobody takes them as two."""
        record = self._agent(id) if id else None
        if record is None or "components" not in record:
            return None
        named = normalise(record["name"])
        return record if all(normalise(self._name_of(part)) in named for part in record["components"]) else None

    def _name_of(self, drug: str) -> str:
        record = self._agent(drug)
        return record["name"] if record else drug

    def _agent(self, id: str) -> Agent | None:
        return self._library.document(AGENTS, id) or self._library.substance(id)

    def _read_as(self, query: str) -> list[Resolution]:
        """An exact name with words beside it that are set aside (`read_as`, `left_aside`, `route`)."""
        read = self._read(query)
        if read is None:
            return []
        told: Resolution = {
            "query": visible(query),
            "status": read.drugs[0].kind,
            "id": read.drugs[0].id,
            "title": read.drugs[0].title,
            "matched": read.drugs[0].matched,
            "suggestions": [],
            "read_as": read.name,
            "left_aside": list(read.aside),
        }
        self.tell_route(told, read.aside)
        if len(read.drugs) == 1:
            return self.parts_of(told)
        return [
            {**told, "status": d.kind, "id": d.id, "title": d.title, "matched": d.matched, "part_of": read.name}
            for d in read.drugs
        ]

    def _read(self, line: str) -> _Read | None:
        """The drug of a line, or several with a strength each ("amlodipine 10 MG / benazepril 20 MG")."""
        text = re.sub(_FOR, "", re.sub(_SIGNS, "", re.sub(_MARK, "", line)))
        text = self._phrases.sub(lambda found: found[0].replace(" ", "-"), text)
        first, *others = [part for part in text.split("|") if part.strip()] or [""]
        text = first + "".join(f" ({other.strip()})" for other in others)
        outside, inside = re.sub(_BRACKETS, " ", text), re.findall(_BRACKETS, text)
        read = self._read_plain(outside) or self._read_parts(outside)
        for said in inside if read else ():
            # A second name in brackets must be the same drug; else it is a strength, a form, or too much.
            assert read is not None
            if not all(map(self._is_aside, _tokens(said))):
                again = self._read_plain(said)
                if again is None or self._ids(again) != self._ids(read):
                    return None
            read = read.replaced(aside=(*read.aside, said))
        return read

    def _ids(self, read: _Read) -> set[str]:
        """The drugs that were read; of a combination its parts."""
        ids = set()
        for drug in read.drugs:
            combination = self._combination(drug.id) if drug.kind == "agent" else None
            ids |= set(combination["components"]) if combination else {drug.id}
        return ids

    def _read_parts(self, text: str) -> _Read | None:
        """The combination of several drugs, or where the library has none of them, these drugs. Each must have a
        strength: two names with a stroke between them may be a change from one to the other."""
        parts = re.split(_PARTS, text)
        if len(parts) == 1:
            parts = _joined(text)
        reads = [self._read_plain(part) for part in parts] if 1 < len(parts) <= _MOST_PARTS else [None]
        if any(read is None or not any(re.search(_HAS_DIGIT, word) for word in read.aside) for read in reads):
            return None
        named = [read for read in reads if read is not None]
        name, aside = " / ".join(read.name for read in named), tuple(a for read in named for a in read.aside)
        combination = find(self._library, " + ".join(read.drugs[0].title for read in named), DRUGS)
        if isinstance(combination, FoundName):
            return _Read((combination,), name, aside)
        drugs = tuple(drug for read in named for drug in read.drugs)
        return _Read(drugs, name, aside) if len({drug.id for drug in drugs}) == len(named) else None

    def _read_plain(self, text: str) -> _Read | None:
        tokens = _tokens(text)
        if not 0 < len(tokens) <= _MOST_TOKENS:
            return None
        needed = [at for at, token in enumerate(tokens) if not self._is_aside(token)]
        if not needed:
            return None
        for start, end in _spans(needed[0], needed[-1] + 1, len(tokens)):
            for name in self._writings(tokens, start, end):
                drug = find(self._library, name, DRUGS)
                if isinstance(drug, FoundName) and not normalise(name).isdigit() and normalise(name) not in self._bare:
                    return _Read((drug,), name, (*tokens[:start], *tokens[end:]))
        return None

    def _writings(self, tokens: list[str], start: int, end: int) -> Iterator[str]:
        """The words as one name, and with the number of a letter joined to it ("vitamin B 12", where no unit follows
        that would make an amount of it)."""
        words = tokens[start:end]
        yield " ".join(words)
        unit = end < len(tokens) and normalise(tokens[end]) in self._words and not re.search(_HAS_DIGIT, tokens[end])
        if len(words) > 2 and len(words[-2]) == 1 and words[-2].isalpha() and words[-1].isdigit() and not unit:
            yield " ".join((*words[:-2], words[-2] + words[-1]))

    def _is_aside(self, token: str) -> bool:
        """Whether a word is a number, a unit, a form, a route or a frequency, or several of them joined."""
        key = normalise(token).strip(" .,;:")
        if not key or key in self._words or token in self._words:
            return True
        return all(self._is_simple(part.strip(".,")) for part in re.split(_BETWEEN, key) if part)

    def _is_simple(self, part: str) -> bool:
        number = re.match(_SERIES, part)
        rest = part[number.end() :] if number else part
        return not rest or rest in self._words

    def tell_route(self, told: Resolution, aside: Sequence[str]) -> None:
        """Enter the route that words say: by mouth, or injected, whatever else is said of the form, else where it acts.
        Of systemic routes the way, where the words agree on one."""
        keys = [key for text in aside for key in normalise(text).replace("/", " ").split()]
        said = [self._routes[key] for key in keys if key in self._routes]
        said = [group for group in said if not group.get("form")] or said
        routes = [group["route"] for group in said]
        if not routes:
            return
        told["route"] = "systemic" if "systemic" in routes else routes[0]
        ways = {group["by"] for group in said if "by" in group}
        if told["route"] == "systemic" and len(ways) == 1:
            told["systemic_route"] = next(iter(ways))


class _Read(Record):
    drugs: tuple[FoundName, ...]
    """One, or several that are together in one product."""
    name: str
    aside: tuple[str, ...]


def _tokens(text: str) -> list[str]:
    return [token for word in text.split() if (token := word.strip(",;:"))]


def _joined(text: str) -> list[str]:
    """The parts of "fluticasone/salmeterol 250/50 bd", each with its strength and the rest."""
    found = re.search(_NAMES_AND_STRENGTHS, text)
    names, strengths = (found[1].split("/"), re.split("[/-]", found[2])) if found else ([], [])
    if found is None or len(names) != len(strengths):
        return []
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return [f"{name} {strength} {rest}" for name, strength in zip(names, strengths, strict=True)]


def _spans(start: int, end: int, count: int) -> Iterator[tuple[int, int]]:
    """The words that must be of the name, with as many more on both sides as it may have, the longest first."""
    spans = [
        (first, last)
        for first in range(max(0, start - _WIDER), start + 1)
        for last in range(end, min(count, end + _WIDER) + 1)
    ]
    return iter(sorted(spans, key=lambda span: (span[0] - span[1], span[0])))
