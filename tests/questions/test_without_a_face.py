"""Every question can be asked of a library without a command line: no typer, no session of the process."""

from __future__ import annotations

import inspect
import pkgutil
import subprocess
import sys
from importlib import import_module
from typing import Any

import pytest

import monocli.questions
from monocli.engine.answers import Answer, Refusal
from monocli.engine.dosing.requests import Request
from monocli.engine.inputs import asked
from monocli.library.store import Library
from monocli.questions import brands, compat, dosing, interactions, lookup, refs, search, show, units

ROOMS = [module.name for module in pkgutil.iter_modules(monocli.questions.__path__)]


def test_no_question_loads_a_face() -> None:
    code = (
        "import pkgutil, importlib, sys, monocli.questions as q\n"
        "for m in pkgutil.iter_modules(q.__path__): importlib.import_module('monocli.questions.' + m.name)\n"
        "faces = ('typer', 'rich', 'monocli.cli', 'monocli.render')\n"
        "print(sorted(name for name in sys.modules if name.startswith(faces)))"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"


def data(outcome: Answer[Any] | Refusal) -> Any:
    assert isinstance(outcome, Answer), outcome
    return outcome.data


def code(outcome: object) -> str:
    assert isinstance(outcome, Refusal), outcome
    return outcome.code


def test_lookup(library: Library) -> None:
    card = lookup.lookup(library, "STI-571")["monograph"]
    assert card is not None
    assert card["id"] == "imatinib-mesilate"
    assert lookup.lookup(library, "xyzzy")["status"] == "unknown"


def test_show_search_refs_brands(library: Library) -> None:
    assert data(show.show(library, "imatinib", ["kidneys"]))["sections"]
    assert code(show.show(library, "ketoconazole")) == "no-monograph"
    assert data(search.search(library, ["splenic", "rupture"]))["total"]
    assert code(search.search(library, ["!"])) == "empty-query"
    assert data(refs.refs(library, "imatinib", year="2004"))["references"]
    assert code(refs.refs(library, author="Nobody At All")) == "nothing-found"
    assert data(brands.brands(library, "imatinib", "India"))["brands"]
    assert code(brands.brands(library, country="Atlantis")) == "country-not-listed"


def test_dose_and_adjust(library: Library) -> None:
    dose = data(dosing.dose(library, "imatinib", Request(indication="gist"), ["rifampicin"]))
    assert [regimen["daily"]["value"] for regimen in dose["regimens"]] == ["600", "900"]
    needed = dosing.dose(library, "imatinib", Request(indication="cml-chronic", age="9"))
    assert isinstance(needed, Refusal)
    assert (needed.kind, needed.detail["field"]) == ("bad-input", asked("region"))
    changed = data(dosing.adjust(library, "imatinib", Request(current="400 mg"), ["rifampicin"]))
    assert changed["to"]["value"] == "600"


def test_compat(library: Library) -> None:
    assert data(compat.compat(library, "aldesleukin", ["lorazepam"]))["findings"][0]["verdict"] == "incompatible"
    assert code(compat.compat(library, "aldesleukin", ["aldesleukin"])) == "same-drug"


def test_interactions(library: Library) -> None:
    answer = interactions.interactions(library, ["imatinib", "rifampin", "xyzzy"])
    assert isinstance(answer, Answer)
    assert answer.data["pairs"][0]["action"] == "avoid"
    assert answer.refusals[0].code == "unknown-name"
    assert isinstance(interactions.interactions(library, ["xyzzy"]), Refusal)


def test_units(library: Library) -> None:
    converter = units.converter(library, ["mg"])
    assert not isinstance(converter, Refusal)
    assert data(converter.convert("18 MIU"))["to"][0]["value"] == "1.1"
    assert code(units.converter(library, of="xyzzy")) == "unknown-substance"
    assert data(units.listing(library))["substances"]


@pytest.mark.parametrize("name", ROOMS)
def test_every_question_takes_a_library_and_nothing_of_a_face(name: str) -> None:
    module = import_module(f"monocli.questions.{name}")
    for function in vars(module).values():
        if inspect.isfunction(function) and function.__module__ == module.__name__ and function.__name__[0] != "_":
            assert "session" not in inspect.signature(function).parameters
