"""Records of units for tests: the library's own, and any written as YAML on the spot."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from formula_records import book
from monocli.engine.answers import Answer, Refusal
from monocli.engine.units import Converter, Registry
from monocli.engine.units.weighing import read_weight
from monocli.library import formats, strict_yaml
from told import told

UNITS = Path(__file__).parent.parent / "data" / "units"


def records(text: str, name: str = "made-up.yaml") -> Any:
    """A file of data/units/ written as YAML, checked as the library checks it."""
    source = strict_yaml.SourceFile(name)
    strict_yaml.parse(text, source)
    record = formats.validate(source, told(formats.format_of(f"units/{name}")))
    assert not source.problems, source.problems
    return record


@cache
def library_records() -> tuple[Any, ...]:
    """Every file of data/units/."""
    paths = sorted(path for path in UNITS.glob("*.yaml") if not path.name.endswith(".cases.yaml"))
    return tuple(records(path.read_text(encoding="utf-8"), path.name) for path in paths)


@cache
def library_registry() -> Registry:
    return Registry(library_records())


def convert(
    text: str, *to: str, of: str | None = None, weight: str | None = None, registry: Registry | None = None
) -> Answer[Any] | Refusal:
    """One conversion with the library's units, or with those of another registry."""
    known = registry or library_registry()
    selection = None
    if of is not None:
        found = known.substances(of)
        selection = found[0] if found else known.of_monograph(of, of)
    read_as = read_weight(book().measures["weight"], book().table, weight) if weight is not None else None
    return Converter(known, to, selection, read_as).convert(text)


def answer(text: str, *to: str, **more: Any) -> Answer[Any]:
    """The same, where there must be an answer."""
    result = convert(text, *to, **more)
    assert isinstance(result, Answer), result
    return result


def refusal(text: str, *to: str, **more: Any) -> Refusal:
    """The same, where there must be none."""
    result = convert(text, *to, **more)
    assert isinstance(result, Refusal), result
    return result


def amounts(result: Answer[Any]) -> list[str]:
    """The results as text, "1.1 mg"."""
    return [
        f"{item['value']} {item['unit']}{' ' + item['form'] if 'form' in item else ''}" for item in result.data["to"]
    ]


def warned(result: Answer[Any]) -> set[str]:
    return {note.code for note in result.notes}
