"""The kinds of section that labels have, and the number and heading with which the text of one may begin."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from monocli.library.labels.headings import HeadingWords

if TYPE_CHECKING:
    from monocli.records.labels import LabelSection, LabelsFile

NO_PARENTS = frozenset(("package_label_principal_display_panel", "spl_product_data_elements", "recent_major_changes"))
"""Fields without sub-sections: that another text stands in theirs is chance."""
_NUMBER = re.compile(r"(\d(?: ?\d)?(?:\.\d{1,2})*)\.?\s+(?=\S)")
_WORD = re.compile(r"[A-Z][A-Za-z’'-]{2,}|[A-Z]{2} [A-Z][a-z]")
_CAPITALS = re.compile(r"[A-Z]{3}|[A-Z][a-z]{3}")


class Catalogue:
    """The kinds of section, by field and by LOINC code."""

    def __init__(self, words: LabelsFile) -> None:
        sections = words["sections"]
        self._words = words
        self.order = {section["id"]: place for place, section in enumerate(sections)}
        self.by_id: Mapping[str, LabelSection] = {section["id"]: section for section in sections}
        self.by_loinc: Mapping[str, LabelSection] = {section["loinc"]: section for section in sections}
        self._headings = {s["id"]: _heading_pattern([s["title"], *s.get("headings", [])]) for s in sections}
        numbers = [section["number"] for section in sections if "number" in section]
        self._twice_given = frozenset(number for number in numbers if numbers.count(number) > 1)

    @cached_property
    def heading_words(self) -> HeadingWords:
        """By which headings are told from the text behind them."""
        return HeadingWords(self._words["headings"], [section["title"] for section in self._words["sections"]])

    def loinc(self, id: str) -> str | None:
        section = self.by_id.get(id)
        return section["loinc"] if section else None

    def title(self, id: str) -> str:
        """What a section is called; an unknown field by its own name."""
        section = self.by_id.get(id)
        return section["title"] if section else id.replace("_", " ").strip().capitalize()

    def number(self, id: str) -> str | None:
        """The number that the format gives it."""
        section = self.by_id.get(id)
        return section.get("number") if section else None

    def headed(self, id: str, text: str) -> tuple[str | None, str, str]:
        """(number, title, text) of a text that may begin with its number and its heading."""
        number, start = None, 0
        if (
            id not in NO_PARENTS
            and (match := _NUMBER.match(text))
            and self._is_number(id, match[1], text[match.end() :])
        ):
            number, start = match[1].replace(" ", ""), match.end()
        heading = self._headings.get(id)
        title = heading.match(text, start) if heading else None
        if title is None:
            # The number of its own kind goes with its title, where the format has not given it to two kinds in turn;
            # any other number with what stands after it.
            own = number is None or (number == self.number(id) and number not in self._twice_given)
            return number, self.title(id) if own else "", text[start:]
        return number, title[1], text[title.end() :].lstrip(" :-–—.")

    def _is_number(self, id: str, number: str, rest: str) -> bool:
        """Whether a text begins with the number of a section: the one of its kind, or one with a point in it, and not
        with an amount."""
        if "." in number:
            return bool(_WORD.match(rest))
        return number.replace(" ", "") == self.number(id) and bool(_CAPITALS.match(rest))


def _heading_pattern(titles: Sequence[str]) -> re.Pattern[str]:
    words = sorted(("[ ]+".join(map(re.escape, title.split())) for title in titles), key=len, reverse=True)
    return re.compile(rf"((?:{'|'.join(words)})S?)(?![\w-])(?=\W|$)", re.IGNORECASE)
