"""Dose rules for tests: the library's own, and any written as YAML on the spot; and the commands, run in process."""

from __future__ import annotations

import io
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from formula_records import book
from in_options import in_options
from monocli.cli.main import run
from monocli.cli.session import Session
from monocli.engine.answers import Answer, Refusal
from monocli.engine.dosing.adjusting import adjust
from monocli.engine.dosing.answering import dose
from monocli.engine.dosing.book import DoseBook
from monocli.engine.dosing.known import Bodies
from monocli.engine.dosing.requests import Measurement, OtherDrug, Recorded, Request
from monocli.library import formats, strict_yaml
from told import told

DATA = Path(__file__).parent.parent / "data"
DRUG = "imatinib-mesilate"
DRUGS = {"rifampicin", "phenytoin", "carbamazepine", "ketoconazole", "warfarin", "st-johns-wort"}


def records(text: str, name: str) -> Any:
    """A file of the library written as YAML, checked as the library checks it; `name` is its path below data/."""
    source = strict_yaml.SourceFile(name)
    strict_yaml.parse(text, source)
    record = formats.validate(source, told(formats.format_of(name)))
    assert not source.problems, source.problems
    return record


@cache
def library_file(name: str) -> Any:
    return records((DATA / name).read_text(encoding="utf-8"), name)


def rules() -> Any:
    """The dose rules of the library's first drug."""
    return library_file(f"doses/{DRUG}.yaml")


def formulas() -> Bodies:
    """What the library knows of bodies."""
    return Bodies(lambda: library_file("measures/body.yaml"), book)


LABELLED = {"rifampicin", "carbamazepine"}
"""Partners of which another source says the same."""


def partner(name: str) -> OtherDrug:
    """A partner as the library would resolve its id; any other name is unknown."""
    if name not in DRUGS:
        return OtherDrug(name, "unknown")
    said = Recorded("other-source", "avoid", "Avoid it.", ({"source": "a-label"},), beside=True)
    return OtherDrug(name, "agent", name, name, recorded=(said,) if name in LABELLED else ())


def request(**given: Any) -> Request:
    """A request with `bilirubin=`, `ast=` and `partners=` ("a b") as short forms."""
    values = _measurements(given, "bilirubin", "ast")
    others = tuple(partner(name) for name in given.pop("partners", "").split())
    return Request(measurements=values, partners=others, **given)


def _measurements(given: dict[str, Any], *names: str) -> tuple[Measurement, ...]:
    return tuple(Measurement(v, given.pop(v)) for v in names if v in given)


def ask(document: Any = None, **given: Any) -> Answer[Any] | Refusal:
    """A dose by the library's rules, or by those of another document."""
    return in_options(dose(DoseBook(document or rules()), formulas(), request(**given)))


def answer(document: Any = None, **given: Any) -> Answer[Any]:
    outcome = ask(document, **given)
    assert isinstance(outcome, Answer), outcome
    return outcome


def refusal(document: Any = None, **given: Any) -> Refusal:
    outcome = ask(document, **given)
    assert isinstance(outcome, Refusal), outcome
    return outcome


def change(document: Any = None, **given: Any) -> Answer[Any] | Refusal:
    """A change during treatment, with `bilirubin=`, `transaminases=` and `start=` as short forms."""
    values = _measurements(given, "bilirubin", "transaminases")
    start = tuple(partner(name) for name in given.pop("start", "").split())
    return in_options(
        adjust(DoseBook(document or rules()), formulas(), Request(measurements=values, start=start, **given))
    )


def codes(outcome: Answer[Any] | Refusal) -> set[str]:
    """Codes of the warnings."""
    return {note.code for note in outcome.notes}


def daily(outcome: Answer[Any]) -> list[str]:
    return [regimen["daily"]["value"] for regimen in outcome.data["regimens"]]


def mono(*arguments: str, columns: int = 120) -> tuple[int, str, str]:
    """(exit code, stdout, stderr) of a command line run in process."""
    out, err = io.StringIO(), io.StringIO()
    environ = {**os.environ, "COLUMNS": str(columns), "NO_COLOR": "1", "MONO_PAGER": ""}
    code = run(list(arguments), Session(environ, io.StringIO(), out, err))
    return code, out.getvalue(), err.getvalue()


def envelope(*arguments: str) -> dict[str, Any]:
    """The JSON document that a command line prints."""
    code, out, err = mono(*arguments, "--json")
    document: dict[str, Any] = json.loads(out)
    assert document["exit_code"] == code
    assert err == ""
    return document
