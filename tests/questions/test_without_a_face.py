"""Every question can be asked of a library without a command line: no typer, no session of the process."""

from __future__ import annotations

import subprocess
import sys

from monocli.engine.answers import Answer, Refusal
from monocli.library.store import Library
from monocli.questions import interactions, units


def test_no_question_loads_a_face() -> None:
    code = (
        "import pkgutil, importlib, sys, monocli.questions as q\n"
        "for m in pkgutil.iter_modules(q.__path__): importlib.import_module('monocli.questions.' + m.name)\n"
        "faces = ('typer', 'rich', 'monocli.cli', 'monocli.render')\n"
        "print(sorted(name for name in sys.modules if name.startswith(faces)))"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"


def test_interactions(library: Library) -> None:
    answer = interactions.interactions(library, ["imatinib", "rifampin", "xyzzy"])
    assert isinstance(answer, Answer)
    assert answer.data["interactions"][0]["action"] == "adjust"
    assert answer.refusals[0].code == "unknown-name"
    assert isinstance(interactions.interactions(library, ["xyzzy"]), Refusal)


def test_units(library: Library) -> None:
    converter = units.converter(library, ["mg"])
    assert not isinstance(converter, Refusal)
    answer = converter.convert("18 MIU")
    assert isinstance(answer, Answer)
    assert answer.data["to"][0]["value"] == "1.1"
    refused = units.converter(library, of="xyzzy")
    assert isinstance(refused, Refusal)
    assert refused.code == "unknown-substance"
    assert units.listing(library).data["substances"]
