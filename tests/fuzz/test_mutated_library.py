"""The library's own files with a few slips in them: told as problems, or answered from without a fault.

What passes every check must be fit for every command, so whatever is accepted is compiled and asked. More by hand:
MONO_FUZZ_EXAMPLES=2000 pytest tests/fuzz/test_mutated_library.py
"""

from __future__ import annotations

import copy
import io
import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fuzz_targets import compiled, substances
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

import strategies
from conftest import ROOT
from monocli.cli.main import run as run_command_line
from monocli.cli.session import Session
from monocli.library import checks, formats
from monocli.library.documents import Document, Documents, from_folder
from monocli.library.strict_yaml import SourceFile, read
from told import told

EXAMPLES = int(os.environ.get("MONO_FUZZ_EXAMPLES", "3"))
FILES = sorted(
    path.relative_to(ROOT / "data").as_posix()
    for path in (ROOT / "data").glob("*/**/*.yaml")
    if ".cases." not in path.name
)
RULES = [
    file
    for file in FILES
    if not file.startswith(("agents/", "monographs/", "interactions/ansm/", "interactions/ndfrt-2014/"))
    or file.startswith(("agents/classes", "agents/enzymes", "agents/k", "monographs/imexon", "interactions/ansm/u"))
]
QUESTIONS = (
    "lookup imatinib",
    "show imexon",
    "show imatinib dose",
    "brands",
    "refs imexon",
    "search oedema",
    "units 18e6",
    "units",
    "units 1.1mg --of aldesleukin",
    "units 400mg --of imatinib --to mesilate",
    "units 1U",
    "units 18MIU/kg --weight 70",
    "dose imatinib",
    "dose imatinib -i gist",
    "dose imatinib -i cml-chronic --age 8 --region uk --bsa 1.1 --explain",
    "dose imatinib -i cml-new --age 8 --region us --height 130 --weight 28",
    "dose imatinib -i gist --bilirubin 2.5 --ast 3 --region us --with rifampicin",
    "dose imatinib -i gist --hepatic severe --region us",
    "adjust imatinib --current 600mg --bilirubin 3.4 --transaminases 2",
    "adjust imatinib --current 400mg --reduce",
    "adjust imatinib --current 400mg --start rifampicin",
    "adjust imatinib --current 340mg/m2 --population child --bsa 1.1 --reduce",
    "interactions imatinib",
    "interactions imatinib ketoconazole warfarin aldesleukin",
    "interactions CYP3A4 imatinib",
    "compat aldesleukin",
    "compat aldesleukin lorazepam ondansetron",
    "compat aldesleukin --diluent glucose5% --amount 1.1mg --volume 25mL --region us",
    "data where",
)


@cache
def sound() -> Documents:
    """The library as it is."""
    documents = from_folder(ROOT / "data", "data")
    documents.join_agents()
    checks.check(documents, substances())
    assert documents.problems() == []
    return documents


@cache
def raw(file: str) -> Any:
    """A file's value with every scalar as text."""
    return read(ROOT / "data" / file, file).value


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*path, key)
            yield from _places(item, (*path, key))


@cache
def places(file: str) -> list[tuple[Any, ...]]:
    """Every key path of a file."""
    return list(_places(raw(file)))


SLIPS = ("drop", "twice", "add", "empty", "instead", "instead")
NUMBERS = ("0", "-1", "1", "0.0000000001", "999999999999999999999999", "1.5", "1e5", "-0", "01", "3", "100", "0.1")


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    """What stands at a key path; None where an earlier slip has removed it."""
    try:
        for step in path:
            value = value[step]
    except (KeyError, IndexError, TypeError):
        return None
    return value


def slip(draw: st.DrawFn, value: Any, paths: list[tuple[Any, ...]]) -> None:
    """Change the value in one place, as a hurried hand would, or a worse one."""
    path, other = draw(st.sampled_from(paths)), draw(st.sampled_from(paths))
    holder, key, old = _at(value, path[:-1]), path[-1], _at(value, path)
    if old is None or isinstance(holder, str):
        return
    kind = draw(st.sampled_from(SLIPS))
    if kind == "drop":
        del holder[key]
    elif kind == "twice" and isinstance(holder, list):
        holder.append(copy.deepcopy(old))
    elif kind == "add" and isinstance(holder, dict):
        holder.setdefault(str(other[-1]), draw(st.sampled_from(["x", "yes", "1"])))
    elif kind == "empty" and isinstance(old, dict | list):
        old.clear()
    else:
        holder[key] = draw(st.sampled_from(_instead(old, copy.deepcopy(_at(value, other)))))


def _instead(old: Any, other: Any) -> list[Any]:
    """What may come to stand in the place of a value."""
    changed = [f"-{old}", old.swapcase()] if isinstance(old, str) else []
    return [*changed, *NUMBERS, *strategies.NASTY[2:], [old], {"x": "y"}, *([other] * 20 if other is not None else [])]


@st.composite
def mutated(draw: st.DrawFn, file: str) -> Any:
    """The value of a file with one to three slips."""
    value = copy.deepcopy(raw(file))
    for _ in range(draw(st.integers(1, 3))):
        slip(draw, value, places(file))
    return value


def with_file(file: str, value: Any) -> Documents:
    """The library with this value for one of its files; the others are known to be good."""
    source = SourceFile(file)
    source.value = value
    kind, _, stem = file.removesuffix(".yaml").partition("/")
    document = Document(kind, stem, formats.validate(source, told(formats.format_of(file))) or {}, source)
    others = [
        Document(d.kind, d.id, copy.deepcopy(d.value) if d.kind == "agents" else d.value)
        for d in sound()
        if (d.kind, d.id) != (kind, stem)
    ]
    documents = Documents([*others, document])
    documents.join_agents()
    checks.check(documents, substances())
    return documents


def ask(library: Any, environ: dict[str, str], line: str, form: str) -> tuple[int, str, str]:
    """What a command line says from this library."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(3)]
    session = Session(environ, *streams)
    session.__dict__["library"] = library
    code = run_command_line([*line.split(), *(["--json"] if form == "json" else [])], session)
    for stream in streams:
        stream.flush()
    out, err = (stream.buffer.getvalue().decode() for stream in streams[1:])
    return code, out, err


@pytest.mark.long
@pytest.mark.parametrize("file", RULES)
@settings(strategies.STEADY, max_examples=EXAMPLES, phases=[Phase.explicit, Phase.generate])
@given(data=st.data())
def test_a_slip_in_a_file_is_told_or_does_no_harm(world: dict[str, str], file: str, data: st.DataObject) -> None:
    value = data.draw(mutated(file))
    # A lone surrogate stands in no file: reading refuses it before there is a value.
    assume(json.dumps(value, ensure_ascii=False).isprintable())
    documents = with_file(file, value)
    found = documents.problems()
    for problem in found:
        assert problem.message
        json.dumps(problem.as_json())
    if found:
        return
    library = compiled(documents)
    for line in QUESTIONS:
        for form in ("json", "table"):
            code, _, err = ask(library, world, line, form)
            assert code in (0, 1, 2), f"{line}: {code}\n{err}"


def test_every_file_is_mutated_by_hand_now_and_then() -> None:
    assert len(RULES) > 12
    assert all((Path(ROOT) / "data" / file).is_file() for file in RULES)
