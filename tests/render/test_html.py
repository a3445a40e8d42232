"""The sheet to sign: whole, well formed, closed to the outside, and data in it stays data."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise

import pytest

from conftest import CLOCK, Run
from monocli.cli.app import COMMANDS, SHEETS
from monocli.render.html import About, SourceNamed, painted
from monocli.render.page import Page

VOID = {"meta", "br"}
LINES = {
    "dose": ("dose", "imatinib", "-i", "cml-chronic", "--age", "8", "--region", "uk", "--bsa", "1.1"),
    "dose list": ("dose", "imatinib"),
    "adjust": ("adjust", "imatinib", "--current", "600 mg", "--bilirubin", "3.4", "--transaminases", "2"),
    "interactions": ("interactions", "imatinib", "warfarin", "ketoconazole"),
    "compat": ("compat", "aldesleukin", "lorazepam"),
    "units": ("units", "18e6"),
    "calc": ("calc", "cockcroft-gault", "age=70", "weight=60", "creatinine=1.2 mg/dL", "sex=f"),
    "calc question": ("calc", "qtc", "qt=400", "heart-rate=75"),
}


class Sheet(HTMLParser):
    """Reads a sheet as a browser does, and objects to what is not closed, not in order, or leads outside."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.seen)


def sheet_of(run: Run, *line: str) -> Sheet:
    return Sheet(run(*line, "--format", "html").stdout)


@pytest.mark.parametrize("name", LINES)
def test_a_sheet_is_whole_and_loads_nothing(run: Run, name: str) -> None:
    outcome = run(*LINES[name], "--format", "html")
    assert outcome.stdout.startswith("<!DOCTYPE html>\n")
    sheet = Sheet(outcome.stdout)
    policy = [attrs["content"] for tag, attrs in sheet.seen if attrs.get("http-equiv") == "Content-Security-Policy"]
    assert policy
    assert str(policy[0]).startswith("default-src 'none'")
    names = {attribute for _, attrs in sheet.seen for attribute in attrs}
    assert not names & {"src", "href", "srcset", "data", "action", "background"}
    assert not any(attribute.startswith("on") for attribute in names)
    assert not any(word in outcome.stdout for word in ("<script", "url(", "@import", "<link", "<img"))


@pytest.mark.parametrize("name", LINES)
def test_a_sheet_can_be_read_without_eyes(run: Run, name: str) -> None:
    sheet = sheet_of(run, *LINES[name])
    tags = dict(sheet.seen)
    assert tags["html"]["lang"] == "en-GB"
    assert sheet.count("main") == 1
    levels = [int(tag[1]) for tag, _ in sheet.seen if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in sheet.seen if tag == "th")
    assert sheet.count("caption") == sheet.count("table") >= 2


@pytest.mark.parametrize("name", LINES)
def test_a_sheet_says_how_it_came_about_and_is_signed_twice(run: Run, name: str) -> None:
    sheet = sheet_of(run, *LINES[name])
    for said in ("Calculated by", "Checked by", "signature", CLOCK.isoformat(sep=" "), "edition ", "Sources"):
        assert said in sheet.text
    assert f"mono {LINES[name][0]}" in sheet.text
    assert "--format html" in sheet.text
    cited = run(*LINES[name], "--json").json["library"]["sources"]
    titles = {source["id"]: source["title"] for source in run("sources", *cited, "--json").data["sources"]}
    assert cited
    for id, title in titles.items():
        assert f"{id} {title}" in sheet.text


def test_what_was_typed_is_data(run: Run) -> None:
    outcome = run("interactions", "imatinib", "warfarin", "<script>alert(1)</script>", "--format", "html")
    assert outcome.exit == 1
    sheet = Sheet(outcome.stdout)
    assert sheet.count("script") == 0
    assert "NOT RECOGNISED" in sheet.text
    assert "<script>alert(1)</script>" in sheet.text


def test_markup_in_data_is_data() -> None:
    page = Page()
    bad = "</h1><img src=x onerror=alert(1)>&amp;"
    page.heading(bad, bad)
    page.line(bad)
    page.bullets([bad])
    page.pairs([(bad, bad)])
    page.references([(bad, bad)])
    page.table([bad], [[bad]], title=bad)
    page.unfolded(bad)
    sheet = Sheet(painted(page, About(bad, bad, bad, bad, bad, [SourceNamed(bad, bad, bad)])))
    assert sheet.count("img") == 0
    assert sheet.text.count("onerror=alert(1)>&amp;") >= 15


def test_an_encoding_that_is_not_utf_8_loses_no_character(run: Run) -> None:
    line = ("interactions", "imatinib", "“Ковид”", "--format", "html")
    outcome = run(*line, encoding="ascii")
    assert Sheet(outcome.stdout).text == Sheet(run(*line).stdout).text


def test_other_commands_name_those_that_print_sheets(run: Run) -> None:
    for command in sorted(set(COMMANDS) - set(SHEETS) - {"data", "labels"}):
        outcome = run(command, "imatinib", "--format", "html")
        assert (outcome.exit, outcome.stdout) == (2, "")
        assert "a sheet (--format html) is printed by dose, adjust, interactions" in outcome.stderr


@pytest.mark.parametrize(
    ("line", "stdin"),
    [
        (("units", "-"), "18e6\n5 mg\n"),
        (("interactions", "-"), "imatinib; warfarin\nimatinib; rifampicin\n"),
        (("calc", "cockcroft-gault", "-"), "age,weight (kg),creatinine (mg/dL),sex\n70,60,1.2,f\n"),
    ],
)
def test_a_sheet_holds_one_answer(run: Run, line: tuple[str, ...], stdin: str) -> None:
    outcome = run(*line, "--format", "html", stdin=stdin)
    assert (outcome.exit, outcome.stdout) == (2, "")


def test_a_refusal_prints_no_sheet(run: Run) -> None:
    outcome = run("dose", "imatinib", "-i", "xyzzy", "--format", "html")
    assert (outcome.exit, outcome.stdout) == (1, "")
    assert "unknown-indication" in outcome.stderr
