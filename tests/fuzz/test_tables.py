"""Tables at every width and in every encoding: not a character is lost or cut, and what JSON says they say too."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from conftest import Run
from harmless import harmless
from monocli.library.kinds import CARDS
from monocli.library.store import Library

WIDTHS = (20, 33, 60, 80, 120, 200)
WIDE = 99_999
COMMANDS = (
    "lookup imatinib aldesleukin ketoconazole",
    "lookup Гливек imatanib",
    "show imatinib",
    "show imexon --all",
    "show imatinib --all",
    "show aldesleukin --all",
    "show interleukin-2 --all",
    "show imatinib adverse-effects --by system",
    "search renal",
    "search Novartis --kind reference",
    "refs imatinib",
    "refs",
    "brands",
    "brands --brand Proleukin",
    "units",
    "units 18e6 --explain",
    "units 400mg --of imatinib --to mesilate --explain",
    "units 600,000IU/kg --weight 70 --to mg",
    "dose imatinib",
    "dose imatinib -i gist --explain",
    "dose imatinib -i cml-chronic --age 8 --region uk --bsa 1.1 --explain",
    "dose imatinib -i cml-new --age 8 --region us --height 130 --weight 28 --explain",
    "dose imatinib -i gist --hepatic severe --region us",
    "dose imatinib -i mds --with rifampicin",
    "adjust imatinib --current 600mg --bilirubin 3.4 --transaminases 2 --explain",
    "adjust imatinib --current 340mg/m2 --population child --bsa 1.1 --reduce",
    "interactions imatinib",
    "interactions imatinib --details",
    "interactions aldesleukin",
    "interactions imatinib ketoconazole warfarin aldesleukin",
    "compat aldesleukin",
    "compat aldesleukin lorazepam ganciclovir",
    "compat aldesleukin --amount 1.1mg --volume 25mL --region us",
    "data where",
    "data schema",
    "help",
    "help safety",
    "help json",
    "help messages",
    "help units",
)
SAID = {
    **{f"show {name} --all": ("text",) for name in ("imatinib", "imexon", "aldesleukin", "interleukin-2")},
    "search renal": ("text",),
    "search Novartis --kind reference": ("text",),
    "refs": ("authors", "title", "journal"),
    "brands": ("name", "also"),
    "interactions imatinib --details": ("statement",),
    "interactions aldesleukin --details": ("statement",),
    "interactions imatinib ketoconazole warfarin aldesleukin --details": ("statement",),
    "compat aldesleukin lorazepam ganciclovir": ("statement",),
    "units 18e6 --explain": ("value", "unit"),
    "dose imatinib -i cml-chronic --age 8 --region uk --bsa 1.1 --explain": ("value",),
    "dose imatinib -i gist --explain --details": ("value", "text"),
    "dose imatinib -i gist --source gleevec-label --explain --details": ("value", "text"),
}
"""Command → the keys of its JSON whose words its table shows."""
HEADS = ("rule", "what", "said", "numbers", "equation", "usual", "doses")
SIGNS = str.maketrans({"■": "X", "▲": "!", "●": "o", "○": "i"})
"""Signs of actions, with what stands in their place where the encoding has none."""
BOXES = re.compile(r"[\u2500-\u257f|+=_-]")


def inked(text: str) -> Counter[str]:
    """How often each character stands there, apart from spaces and lines of tables."""
    return Counter(BOXES.sub("", "".join(text.split())))


def _shown(run: Run, line: str, **env: str) -> str:
    return run(*line.split(), env=env).stdout


def missing(line: str, wide: str, narrow: str) -> list[str]:
    """What the wide table says and the narrow one does not.

    Where the doses of `dose` and `adjust` become a list on a narrow page the heads of their columns go, and each word
    is
    looked for instead of each character.
    """
    if not line.startswith(("dose", "adjust")):
        return list((inked(wide) - inked(narrow)).elements())
    squeezed = "".join(narrow.split())
    return [word for word in wide.split() if word not in squeezed and word not in HEADS and BOXES.sub("", word)]


@pytest.mark.parametrize("line", COMMANDS)
def test_no_character_is_lost_at_any_width(run: Run, line: str) -> None:
    wide = _shown(run, line, COLUMNS=str(WIDE))
    for width in WIDTHS:
        shown = _shown(run, line, COLUMNS=str(width))
        assert harmless(shown)
        assert shown.count("…") <= wide.count("…")
        assert not missing(line, wide, shown), width
        if width >= 60 and not line.startswith(("data where", "help")):
            assert max(map(_cells, shown.splitlines()), default=0) <= width


def _cells(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def _said(value: Any, keys: tuple[str, ...], key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            if name not in ("other_sources", "beside"):  # of these the table says how to ask for the whole
                yield from _said(item, keys, name)
    elif isinstance(value, list):
        for item in value:
            yield from _said(item, keys, key)
    elif isinstance(value, str) and key in keys:
        yield value


def _folded(text: str) -> str:
    """The words without what parts them, and without the marks that `search` puts round what it found."""
    return re.sub("[«»…]", "", "".join(text.split()))


@pytest.mark.parametrize(("line", "keys"), SAID.items())
def test_what_json_says_the_table_says(run: Run, line: str, keys: tuple[str, ...]) -> None:
    said = set(_said(run(*line.split(), "--json").data, keys))
    assert said
    shown = _folded(_shown(run, line, COLUMNS=str(WIDE)))
    assert not {text for text in said if _folded(text) not in shown}


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("line", COMMANDS)
def test_no_character_is_lost_in_any_encoding(run: Run, line: str, encoding: str) -> None:
    """What an encoding cannot carry stands there as an escape."""
    wide = run(*line.split(), env={"COLUMNS": str(WIDE)}).stdout
    wide = wide.translate(SIGNS) if encoding in ("ascii", "cp1252") else wide
    kept = re.sub("[\u2500-\u257f]", "", wide).encode(encoding, "backslashreplace").decode(encoding)
    for width in (60,):
        shown = run(*line.split(), env={"COLUMNS": str(width)}, encoding=encoding).stdout
        assert "\x1b" not in shown
        assert not missing(line, kept, shown)


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}])
@pytest.mark.parametrize("line", COMMANDS)
def test_without_colour_the_same_is_said(run: Run, line: str, env: dict[str, str]) -> None:
    plain = _shown(run, line)
    assert _shown(run, line, **env) == plain
    assert "\x1b" not in plain


@settings(strategies.STEADY, max_examples=60)
@given(line=st.sampled_from(COMMANDS), width=st.integers(20, 200))
def test_any_command_at_any_width(run: Run, line: str, width: int) -> None:
    assert not missing(line, _shown(run, line, COLUMNS=str(WIDE)), _shown(run, line, COLUMNS=str(width)))


@settings(strategies.STEADY, max_examples=40)
@given(data=st.data(), width=st.integers(20, 200))
def test_every_section_of_every_monograph_at_any_width(
    run: Run, library: Library, data: st.DataObject, width: int
) -> None:
    card = data.draw(st.sampled_from(library.documents(CARDS)))
    section = data.draw(st.sampled_from([section["id"] for section in card["sections"]]))
    wide = run("show", card["id"], section, env={"COLUMNS": str(WIDE)})
    narrow = run("show", card["id"], section, env={"COLUMNS": str(width)})
    assert not missing("show", wide.stdout, narrow.stdout)
    shown = _folded(wide.stdout)
    for text in _said(run("show", card["id"], section, "--json").data, ("text", "title")):
        assert _folded(text) in shown


MARKUP = [
    "[oral]",
    "[bold]x[/bold]",
    "[/]",
    "[link=x]y[/link]",
    ":pill:",
    "\\[x]",
    "[@click=x]y",
    "x" * 300,
    "a b " * 80,
    "日本語" * 30,
    "e\u0301" * 50,
    "1234567890" * 20,
]


@pytest.mark.parametrize("text", MARKUP)
def test_markup_and_long_words_survive_in_what_was_typed(run: Run, text: str) -> None:
    for width in (20, 80, 200):
        outcome = run("lookup", "--", text, env={"COLUMNS": str(width)})
        kept = text if len(text) <= 200 else text[:200]
        assert _folded(kept.strip()) in _folded(outcome.stdout + outcome.stderr)
