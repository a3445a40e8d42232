"""Where something comes from is said from the data of the answer, in a library of the reader's own too."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

import tiny
from monocli.cli.main import run
from monocli.cli.session import Session
from monocli.library.opening import open_library

WORLD = {"COLUMNS": "200"}


@pytest.fixture
def mono(tmp_path: Path) -> Callable[..., str]:
    """Runs a command line on a library whose one book is called "book"."""
    library = open_library(tiny.places_of(tmp_path))

    def call(*argv: str) -> str:
        out = io.StringIO()
        session = Session(WORLD, io.StringIO(), out, io.StringIO())
        session.__dict__["library"] = library
        run(list(argv), session)
        return out.getvalue()

    return call


def test_the_literature_is_printed_where_the_data_says(mono: Callable[..., str]) -> None:
    out = mono("refs", "alphatinib")
    assert "2 references, as printed in book." in out
    assert "martindale" not in out


def test_a_source_stands_beside_what_is_not_of_the_monographs_own(mono: Callable[..., str]) -> None:
    shown = mono("show", "alphatinib", "--all")
    assert "no more than 1.50 g. (label)" in shown
    assert "400 mg a day. [1]\n" in shown
    card = mono("lookup", "alphatinib", "--details")
    assert "AB123 (label)" in card
    assert "L01EA01 (label)" in card
    assert "Alphatinib Mesylate\n" in card
