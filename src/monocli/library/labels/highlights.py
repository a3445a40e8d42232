"""The highlights of a section, which openFDA puts between its own text and its sub-sections without a mark.

They are told apart only where nothing else can be meant: where all that stands before the first sub-section is items
with a reference to the section's own sub-sections, from the first sentence on; where a text is there twice, the second
time with a reference to the section; and where the title of a boxed warning stands a second time with the sentence that
the US format has behind it in the highlights alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from monocli.library.labels.nodes import SectionNode

_ELSEWHERE = re.compile(r"\bsee\b|described|discussed", re.IGNORECASE)
_ITEM = re.compile(r"[•■○]|[A-Z][^.:;]{2,80}:")
"""How an item may begin that has several sentences."""
_BOXED = "see full prescribing information for complete boxed warning"
_TITLE = 12
"""Letters by which the title of a boxed warning is found again."""
_NEXT_SENTENCE = re.compile(r"[.!?] (?=[A-Z•])")


def set_apart(nodes: Sequence[SectionNode]) -> None:
    """Move what is highlights of chapters from their text, where that can be told."""
    for node in nodes:
        if node.id == "boxed_warning" and not node.highlights:
            node.text, node.highlights = _boxed(node.text)
        if not node.number or "." in node.number or not node.text:
            continue
        if node.children:
            if _is_items(node.text, node.number):
                node.text, node.highlights = "", node.text
        else:
            node.text, node.highlights = _halves(node.text, node.number)


def _is_items(text: str, number: str) -> bool:
    """Whether a text is items with references to sub-sections of a section, and its first sentence is of the first."""
    first = re.search(rf"\( ?(?:\d{{1,2}}(?:\.\d+)?, ?)*{number}\.\d{{1,2}}[^()]*\)", text)
    if first is None or _ELSEWHERE.search(text):
        return False
    item = text[: first.start()].strip()
    return bool(_ITEM.match(item)) or not _NEXT_SENTENCE.search(item)


def _boxed(text: str) -> tuple[str, str]:
    """A boxed warning as (text, highlights); whole where it has none, or where these begin is not told."""
    folded = text.casefold()
    end = folded.find(_BOXED)
    start = folded.rfind(folded[:_TITLE], _TITLE, max(end, 0))
    if start < 0 or len(folded) != len(text) or not folded.startswith(folded[start:end].rstrip(" .")):
        return text, ""
    return text[:start].rstrip(), text[start:]


def _halves(text: str, number: str) -> tuple[str, str]:
    """A text that is there twice as (text, highlights), the second with a reference behind it; else the text whole."""
    match = re.search(rf"\(? ?{number} ?\)\.?$", text)
    if match is None:
        return text, ""
    said = text[: match.start()].strip()
    half = len(said) // 2
    if len(said) % 2 and said[half] == " " and said[:half] == said[half + 1 :]:
        return said[:half], text[half + 1 :]
    return text, ""
