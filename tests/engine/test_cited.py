"""Which sources an answer names."""

from __future__ import annotations

import json

from conftest import Run
from monocli.engine.cited import cited


def test_every_key_that_names_a_source_is_read() -> None:
    data = {
        "source": "a",
        "action_source": "b",
        "sources": [{"source": "c", "section": "x"}, "d"],
        "statements": [{"source": "a", "also": [{"sources": [{"source": "e"}]}]}],
        "query": "f",
        "matched": None,
    }
    assert cited(data) == {"a", "b", "c", "d", "e"}
    assert cited([], None, {}, "a", [["a", "b"]]) == set()


def test_an_envelope_lists_what_it_cites_and_no_more(run: Run) -> None:
    """Each of 66 ids stood in every answer, 1.15 kB a line. (tests/published.py holds every answer to it.)"""
    assert run("show", "imexon", "--all", "--json").json["library"]["sources"] == ["martindale-2009"]
    assert run("lookup", "xyzzy", "--json").json["library"]["sources"] == []
    assert run("data", "where", "--json").json["library"]["sources"] == []


def test_each_line_of_a_stream_lists_its_own(run: Run) -> None:
    """(tests/published.py compares each line with what it cites; here is that some cite and some do not.)"""
    lists = "imatinib; warfarin\nxyzzy; yzzyx\nimexon; paracetamol\naldesleukin\nimatinib; Glivec\n[\n"
    for argv, stdin in (
        (["interactions", "-"], lists),
        (["lookup", "-"], "imexon\nxyzzy\n"),
        (["units", "-"], "18 MIU\n5 parsecs\n"),
    ):
        lines = run(*argv, "-f", "jsonl", stdin=stdin).stdout.splitlines()
        sources = [json.loads(line)["library"]["sources"] for line in lines]
        assert sources[0]
        assert sources[-1] == []
